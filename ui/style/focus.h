// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace latchkey {

/// The first widget in the order of tabs that can take the focus inside `within`; null if none can.
QWidget *firstFocusable(const QWidget *within);
/// The widget inside `within` that had the focus last if it can take it, else the first that can.
QWidget *lastFocused(const QWidget *within);

} // namespace latchkey
