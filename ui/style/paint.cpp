// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/paint.h"

#include "style/metrics.h"
#include "style/typography.h"

namespace latchkey {

void paintRounded(QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill,
                  const QColor &border, qreal borderWidth)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (border.isValid()) {
        const qreal half = borderWidth / 2;
        painter->setPen(QPen(border, borderWidth));
        painter->drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half);
    } else {
        painter->setPen(Qt::NoPen);
        painter->drawRoundedRect(rect, radius, radius);
    }
    painter->restore();
}

void paintInnerFocus(QPainter *painter, const QRect &rect, const Theme &theme)
{
    painter->save();
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(theme.accent, metrics::focusWidth, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter->drawRect(rect.adjusted(1, 1, -1, -1));
    painter->restore();
}

int keyHintWidth(const QString &keys)
{
    QFont font = fontFor(TextStyle::Small);
    font.setWeight(QFont::Medium);
    return QFontMetrics(font).horizontalAdvance(keys) + 12;
}

void paintKeyHint(QPainter *painter, const QRect &rect, const QString &keys, const QColor &text,
                  const QColor &border, const QColor &fill)
{
    QFont font = fontFor(TextStyle::Small);
    font.setWeight(QFont::Medium);
    const int width = keyHintWidth(keys);
    const int height = QFontMetrics(font).height() + 3;
    const QRect box(rect.x(), rect.y() + (rect.height() - height) / 2, width, height);
    paintRounded(painter, box, metrics::tagRadius, fill, border);
    painter->save();
    painter->setFont(font);
    painter->setPen(text);
    painter->drawText(box, Qt::AlignCenter, keys);
    painter->restore();
}

int countTagWidth(const QString &count)
{
    return QFontMetrics(fontFor(TextStyle::Small)).horizontalAdvance(count) + 16;
}

void paintCountTag(QPainter *painter, const QRect &rect, const QString &count, const Theme &theme)
{
    paintRounded(painter, rect, metrics::tagRadius, theme.accent);
    painter->setFont(fontFor(TextStyle::Small));
    painter->setPen(theme.onAccent);
    painter->drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, count);
}

void paintRowBackground(QPainter *painter, const QStyleOption &option, bool first)
{
    const Theme &theme = themeFor(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected)
        painter->fillRect(option.rect,
                          option.state.testFlag(QStyle::State_Active) ? theme.accentTint : theme.hover);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, theme.hover);
    if (selected && first) {
        QRect bar = option.rect;
        bar.setWidth(metrics::selectionBar);
        painter->fillRect(QStyle::visualRect(option.direction, option.rect, bar), theme.accent);
    }
}

} // namespace latchkey
