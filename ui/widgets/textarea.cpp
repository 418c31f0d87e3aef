// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/textarea.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "style/theme.h"
#include "style/typography.h"

#include <QEvent>
#include <QPainter>

namespace latchkey {

TextArea::TextArea(int lines, QWidget *parent)
    : QPlainTextEdit(parent)
{
    setTextStyle(this, TextStyle::Fixed);
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setLayoutDirection(Qt::LeftToRight); // values are, whatever the language
    viewport()->setAutoFillBackground(false);
    setViewportMargins(metrics::space4, metrics::space4, metrics::space4, metrics::space4);
    const int text = QFontMetrics(font()).lineSpacing() * lines;
    setFixedHeight(text + static_cast<int>(2 * document()->documentMargin()) + 2 * metrics::space4);
}

bool TextArea::event(QEvent *event)
{
    if (event->type() != QEvent::Paint)
        return QPlainTextEdit::event(event);
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    paintRounded(&painter, rect(), metrics::controlRadius, isEnabled() ? theme.base : theme.sunken,
                 hasFieldError(this) ? theme.danger
                 : !isEnabled()      ? theme.line
                 : hasFocus()        ? theme.accent
                                     : theme.lineStrong);
    return true;
}

void TextArea::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    update();
}

void TextArea::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    update();
}

} // namespace latchkey
