// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/errorexplainer.h"

#include <QWidget>

class QVBoxLayout;

namespace latchkey {

/// What happened and why, likeliest cause first, each with the next test: a button where this
/// window can do it, words where it cannot.
class ExplainPane final : public QWidget
{
    Q_OBJECT

public:
    using CanPerform = bool (*)(const QString &action);

    ExplainPane(const Explanation &explanation, CanPerform canPerform, QWidget *parent = nullptr);

signals:
    void actionRequested(const QString &action);

private:
    QWidget *makeCause(int number, const Cause &cause, CanPerform canPerform, bool &mainGiven);
};

} // namespace latchkey
