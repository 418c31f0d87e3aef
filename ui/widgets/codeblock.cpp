// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/codeblock.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"
#include "widgets/clipboard.h"

#include <QScrollBar>
#include <QToolButton>

namespace latchkey {

namespace {

constexpr int inset = 6;
constexpr int kMaximumLines = 12; ///< grows to as many, then scrolls

} // namespace

CodeBlock::CodeBlock(const QString &name, Clipboard &clipboard, QWidget *parent)
    : QPlainTextEdit(parent)
{
    setAccessibleName(name);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTextStyle(this, TextStyle::Code);
    setLayoutDirection(Qt::LeftToRight);
    viewport()->setAutoFillBackground(false);
    m_copy = makeToolButton(Icon::Copy, tr("Copy %1").arg(name), this);
    m_copy->setObjectName(QStringLiteral("copyCode"));
    m_copy->setIconSize(QSize(metrics::iconButton, metrics::iconButton));
    setSmall(m_copy);
    setViewportMargins(inset, inset, m_copy->sizeHint().width() + 4, inset); // no text under the button
    connect(m_copy, &QToolButton::clicked, this, [this, &clipboard] { clipboard.copyText(toPlainText()); });
}

void CodeBlock::setCode(const QString &code)
{
    setPlainText(code);
    updateGeometry();
}

QSize CodeBlock::sizeHint() const
{
    const int lines = std::clamp(blockCount(), 1, kMaximumLines);
    const int text = lines * fontMetrics().lineSpacing() + static_cast<int>(2 * document()->documentMargin());
    return QSize(320, std::max(metrics::control + 4, text + 2 * inset + 10));
}

QSize CodeBlock::minimumSizeHint() const
{
    return QSize(120, std::min(sizeHint().height(), 3 * metrics::control));
}

bool CodeBlock::event(QEvent *event)
{
    if (event->type() == QEvent::Paint) {
        const Theme &theme = themeFor(palette());
        QPainter painter(this);
        paintRounded(&painter, rect(), metrics::controlRadius, theme.sunken, theme.line);
        return true;
    }
    return QPlainTextEdit::event(event);
}

void CodeBlock::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    const QSize size = m_copy->sizeHint();
    m_copy->setGeometry(QRect(QPoint(viewport()->geometry().right() + 1, 4), size));
    m_copy->raise();
}

} // namespace latchkey
