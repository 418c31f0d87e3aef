// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/glyph.h"

#include <QPainter>

namespace latchkey {

Glyph::Glyph(Icon icon, Tone tone, int size, QWidget *parent)
    : QWidget(parent)
    , m_icon(icon)
    , m_tone(tone)
    , m_size(size)
{
    setFixedSize(size, size);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void Glyph::setIcon(Icon icon)
{
    m_icon = icon;
    update();
}

void Glyph::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Glyph::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeFor(palette());
    paintIcon(&painter, rect(), m_icon, m_size, isEnabled() ? ink(theme, m_tone) : theme.disabled);
}

} // namespace latchkey
