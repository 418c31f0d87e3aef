// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace latchkey {

/// Several lines to type, in the fixed font and framed like a line edit. Tab leaves it.
class TextArea final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit TextArea(int lines, QWidget *parent = nullptr);

protected:
    bool event(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
};

} // namespace latchkey
