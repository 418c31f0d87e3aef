// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace latchkey {

class Workspace;

/// Gives the window the size and the place that it had when it was last closed, as far as the screen has
/// room.
void restorePlace(QWidget &window, Workspace &workspace);
void keepPlace(const QWidget &window, Workspace &workspace);

} // namespace latchkey
