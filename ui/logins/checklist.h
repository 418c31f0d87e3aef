// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/check.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace latchkey {

/// What was checked of a token, one row each, in the order of the checks; the names are always there,
/// so that nothing moves when the outcome arrives.
class Checklist final : public QWidget
{
    Q_OBJECT

public:
    explicit Checklist(QWidget *parent = nullptr);

    void setChecking();
    void setChecks(const std::vector<Check> &checks);

private:
    QVBoxLayout *m_column = nullptr;
};

/// Why a check went as it did, with times as a clock here shows them, and no distance that would soon be
/// wrong: "It expires at 17:04:12.", "It expired at 14 Nov 2023 23:13:20, 3 years ago."
QString checkSentence(const Check &check);
/// "Authorized party" of `authorized_party`; the name itself if it is none of ours.
QString checkTitle(const QString &name);

} // namespace latchkey
