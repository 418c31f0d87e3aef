// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/theme.h"

#include <QPainter>
#include <QStyleOption>

/// What the style and the widgets draw alike.
namespace latchkey {

/// A rounded rectangle whose 1 px border lies on the pixel. An invalid colour draws nothing.
void paintRounded(QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill,
                  const QColor &border = {}, qreal borderWidth = 1);
/// The 2 px accent line inside a cell or row that has the keyboard focus.
void paintInnerFocus(QPainter *painter, const QRect &rect, const Theme &theme);
/// The boxed shortcut of a field or button. Its width:
int keyHintWidth(const QString &keys);
void paintKeyHint(QPainter *painter, const QRect &rect, const QString &keys, const QColor &text,
                  const QColor &border, const QColor &fill);
/// A count in a filled tag. Its width:
int countTagWidth(const QString &count);
void paintCountTag(QPainter *painter, const QRect &rect, const QString &count, const Theme &theme);
/// Tint and accent bar of a selected row, or the tint of the row under the pointer. `first`: the cell
/// at the leading edge, which has the bar.
void paintRowBackground(QPainter *painter, const QStyleOption &option, bool first);

} // namespace latchkey
