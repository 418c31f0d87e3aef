// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/stepdelegate.h"

#include "style/metrics.h"
#include "style/paint.h"
#include "style/theme.h"
#include "style/typography.h"

#include <QPainter>

namespace latchkey {

StepDelegate::StepDelegate(int column, QObject *parent)
    : TableDelegate(parent)
    , m_column(column)
{
}

QRect StepDelegate::buttonRect(const QRect &cell, const QString &text, Qt::LayoutDirection direction)
{
    const QFontMetrics font(fontFor(TextStyle::TableHead));
    const int width =
        std::min(font.horizontalAdvance(text) + 2 * metrics::space12, cell.width() - metrics::space16);
    const int height = metrics::heightFor(metrics::smallControl, font, 16);
    const QRect button(cell.x() + metrics::space8, cell.y() + (cell.height() - height) / 2, width, height);
    return QStyle::visualRect(direction, cell, button);
}

void StepDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    if (index.column() != m_column) {
        TableDelegate::paint(painter, option, index);
        return;
    }
    const QString text = index.data().toString();
    const Theme &theme = themeFor(option.palette);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    paintRowBackground(painter, option, false);
    painter->fillRect(QRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1), theme.line);
    const QRect button = buttonRect(option.rect, text, option.direction);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintRounded(painter, button, metrics::controlRadius, hovered ? theme.hover : theme.base, theme.lineMid);
    const QFont font = fontFor(TextStyle::TableHead);
    painter->setFont(font);
    painter->setPen(theme.text);
    painter->drawText(button, Qt::AlignCenter | Qt::TextSingleLine,
                      QFontMetrics(font).elidedText(text, Qt::ElideRight, button.width() - metrics::space8));
    painter->restore();
}

} // namespace latchkey
