// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/linedrow.h"

#include "style/theme.h"

#include <QPainter>

namespace latchkey {

void LinedRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeFor(palette()).line);
}

} // namespace latchkey
