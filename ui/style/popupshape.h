// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace latchkey {

/// Gives a popup round corners whatever composites windows, or does not.
void shapePopup(QWidget *popup);

} // namespace latchkey
