// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statebadge.h"

#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"

#include <QPainter>

namespace latchkey {

namespace {

constexpr int leading = 6;
constexpr int trailing = 8;
constexpr int gap = 5;

QFont badgeFont(bool plain)
{
    return fontFor(plain ? TextStyle::Button : TextStyle::TableHead);
}

} // namespace

StateBadge::StateBadge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

StateBadge::StateBadge(Icon icon, const QString &text, Tone tone, QWidget *parent)
    : StateBadge(parent)
{
    setState(icon, text, tone);
}

void StateBadge::setState(Icon icon, const QString &text, Tone tone)
{
    if (icon == m_icon && text == m_text && tone == m_tone)
        return;
    m_icon = icon;
    m_text = text;
    m_tone = tone;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void StateBadge::setPlain(bool plain)
{
    m_plain = plain;
    updateGeometry();
    update();
}

QSize StateBadge::sizeHint() const
{
    const QFontMetrics font(badgeFont(m_plain));
    const int glyph = m_plain ? metrics::iconButton : metrics::iconBadge;
    const int width = glyph + gap + font.horizontalAdvance(widestText());
    return QSize(m_plain ? width : leading + width + trailing, metrics::heightFor(metrics::badge, font));
}

void StateBadge::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    if (!m_plain)
        paintRounded(&painter, rect(), height() / 2.0, tint(theme, m_tone));
    const QColor color = !isEnabled()             ? theme.disabled
                         : m_tone == Tone::Accent ? theme.accentInk
                                                  : ink(theme, m_tone);
    const bool quietWord = m_plain && m_tone == Tone::Ok;
    const int glyph = m_plain ? metrics::iconButton : metrics::iconBadge;
    const int x = m_plain ? 0 : leading;
    const auto place = [this](const QRect &area) {
        return QStyle::visualRect(layoutDirection(), rect(), area);
    };
    paintIcon(&painter, place(QRect(x, 0, glyph, height())), m_icon, glyph, color);
    painter.setFont(badgeFont(m_plain));
    painter.setPen(quietWord ? theme.text : color);
    painter.drawText(place(QRect(x + glyph + gap, 0, width() - x - glyph - gap, height())),
                     Qt::AlignVCenter | Qt::AlignLeading, m_text);
}

} // namespace latchkey
