// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

class QToolButton;

namespace latchkey {

class Clipboard;

/// Text in the fixed font on sunken ground, to read, select and copy.
class CodeBlock final : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// `name` is what the copy button copies: "the request as curl".
    CodeBlock(const QString &name, Clipboard &clipboard, QWidget *parent = nullptr);

    void setCode(const QString &code);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QToolButton *m_copy = nullptr;
};

} // namespace latchkey
