// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QStyleOption>

class QWidget;

/// How LatchkeyStyle draws headers, tabs, menus and scroll bars.
namespace latchkey::views {

/// `leading`: the margin before the first section.
void drawHeader(const QStyleOptionHeader &option, QPainter *painter, int leading);
void drawTab(const QStyleOptionTab &option, QPainter *painter);
QSize tabSize(const QStyleOptionTab &option);
void drawMenuItem(const QStyleOptionMenuItem &option, QPainter *painter);
QSize menuItemSize(const QStyleOptionMenuItem &option, const QSize &contents);
void drawMenuBarItem(const QStyleOptionMenuItem &option, QPainter *painter);
void drawScrollBar(const QStyleOptionSlider &option, const QRect &thumb, QPainter *painter);
/// The thumb of a scroll bar without arrow buttons.
QRect scrollBarThumb(const QStyleOptionSlider &option, int shortest);
void drawBranch(const QStyleOption &option, QPainter *painter);
void drawGroupBox(const QStyleOptionGroupBox &option, QPainter *painter);

} // namespace latchkey::views
