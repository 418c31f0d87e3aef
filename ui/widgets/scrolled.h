// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QScrollArea;
class QWidget;

namespace latchkey {

/// The content in a frameless area that scrolls up and down and shows the ground below it.
QScrollArea *scrolled(QWidget *content);
/// Also where what is shown or hidden around it moves it; not below a pressed mouse.
void keepFocusInView(QScrollArea *scroll);

} // namespace latchkey
