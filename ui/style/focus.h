// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace latchkey {

/// The first widget in the order of tabs that can take the focus inside `within`; null if none can.
QWidget *firstFocusable(const QWidget *within);
/// The widget inside `within` that had the focus last; null if it can no longer take it.
QWidget *lastFocused(const QWidget *within);
/// Where a pane is entered. Not by a focus proxy: the Tab key would stop there before the pane's first
/// control.
void setEntry(QWidget *pane, QWidget *entry);
/// Where a pane is entered: at its entry or focus proxy, else at the widget that had the focus last, else at
/// the first one; each only while it can take the focus.
QWidget *entryOf(const QWidget *pane);

} // namespace latchkey
