// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/cardrow.h"

#include "style/paint.h"

#include <QPainter>

namespace latchkey {

CardRow::CardRow(std::optional<Tone> tone, bool lined)
    : m_tone(tone)
    , m_lined(lined)
{
}

void CardRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    if (m_tone)
        painter.fillRect(rect(), tint(theme, *m_tone));
    if (m_lined)
        painter.fillRect(QRect(0, 0, width(), 1), m_tone ? outline(theme, *m_tone) : theme.line);
}

} // namespace latchkey
