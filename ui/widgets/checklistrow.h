// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/theme.h"

#include <QWidget>

namespace latchkey {

class Glyph;
class Label;

/// One check and its outcome: glyph, what, why, the word.
class ChecklistRow final : public QWidget
{
    Q_OBJECT

public:
    enum class Outcome { Pass, Fail, NotChecked, Checking };

    ChecklistRow(const QString &what, Outcome outcome, const QString &why, QWidget *parent = nullptr);

    void setWhat(const QString &what);
    /// Of the column of what is checked, so that rows stand in line.
    void setWhatWidth(int width);
    void setOutcome(Outcome outcome, const QString &why);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph *m_glyph = nullptr;
    Label *m_what = nullptr;
    Label *m_why = nullptr;
    Label *m_word = nullptr;
};

} // namespace latchkey
