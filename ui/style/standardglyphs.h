// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QStyle>

namespace latchkey {

/// Our glyph for an icon that Qt's own dialogs ask for; null: what Qt has.
QIcon standardGlyph(QStyle::StandardPixmap which, bool isMirrored);

} // namespace latchkey
