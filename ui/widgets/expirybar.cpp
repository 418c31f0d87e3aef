// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/expirybar.h"

#include "style/paint.h"

namespace latchkey {

ExpiryBar::ExpiryBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ExpiryBar::setLeft(double left, Tone tone)
{
    const double bounded = std::clamp(left, 0.0, 1.0);
    if (qFuzzyCompare(bounded + 1, m_left + 1) && tone == m_tone)
        return;
    m_left = bounded;
    m_tone = tone;
    update();
}

void ExpiryBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeFor(palette());
    paintRounded(&painter, rect(), 2, theme.line);
    if (m_left <= 0)
        return;
    const QRect part(0, 0, std::max(4, qRound(width() * m_left)), height());
    paintRounded(&painter, QStyle::visualRect(layoutDirection(), rect(), part), 2, ink(theme, m_tone));
}

} // namespace latchkey
