// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/check.h"

#include <QDateTime>
#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace latchkey {

class Clock;

/// What was checked of a token, one row each, in the order of the checks; the names are always there,
/// so that nothing moves when the outcome arrives.
class Checklist final : public QWidget
{
    Q_OBJECT

public:
    /// The clock must outlive it.
    explicit Checklist(const Clock &clock, QWidget *parent = nullptr);

    void setChecking();
    void setChecks(const std::vector<Check> &checks);

private:
    const Clock &m_clock;
    QVBoxLayout *m_column = nullptr;
};

/// Why a check went as it did, with times as a clock here shows them, and no distance that would soon be
/// wrong: "It expires at 17:04:12.", "It expired at 14 Nov 2023 23:13:20, 3 years ago."
QString checkSentence(const Check &check, const QDateTime &now);
/// "Authorized party" of `authorized_party`; the name itself if it is none of ours.
QString checkTitle(const QString &name);

} // namespace latchkey
