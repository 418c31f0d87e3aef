// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/errorexplainer.h"
#include "style/theme.h"

#include <QHash>
#include <QWidget>

#include <functional>
#include <optional>

class QVBoxLayout;

namespace latchkey {

class Label;

/// What happened and why, likeliest cause first, each with the next test: a button where this
/// window can do it, words where it cannot.
class ExplainPane final : public QWidget
{
    Q_OBJECT

public:
    /// What stands beside the button of a next step, mostly nothing; none: there is no such button here.
    using Offer = std::function<std::optional<QString>(const QString &action)>;

    ExplainPane(const Explanation &explanation, const Offer &offer, QWidget *parent = nullptr);

    /// What a next step found out, below its button; replaces what it said before.
    void showAnswer(const QString &action, const QString &sentence, Tone tone = Tone::Normal);

signals:
    void actionRequested(const QString &action);

private:
    QWidget *makeCause(int number, const Cause &cause, const Offer &offer);
    void addStep(QVBoxLayout *texts, const Cause &cause, const QString &beside);

    bool m_hasMain = false;
    QHash<QString, Label *> m_answers; ///< by action
};

} // namespace latchkey
