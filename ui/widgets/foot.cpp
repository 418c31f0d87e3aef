// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/foot.h"

#include "style/theme.h"

#include <QPainter>

namespace latchkey {

void Foot::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.sunken);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
}

} // namespace latchkey
