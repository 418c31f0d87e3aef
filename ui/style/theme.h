// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"

#include <QColor>
#include <QPalette>

namespace latchkey {

enum class ThemeKind { Light, Dark, LightMoreContrast, DarkMoreContrast };

/// Every colour the program paints with, by what it is for.
struct Theme
{
    QColor window{};
    QColor base{};
    QColor sunken{};
    QColor hover{};
    QColor line{};
    QColor lineMid{};
    QColor lineStrong{};
    QColor text{};
    QColor muted{};
    QColor disabled{};
    QColor accent{};
    QColor accentHover{};
    QColor accentDown{};
    QColor accentTint{};
    QColor accentInk{};
    QColor onAccent{};
    QColor ok{};
    QColor okTint{};
    QColor okLine{};
    QColor warn{};
    QColor warnTint{};
    QColor warnLine{};
    QColor danger{};
    QColor dangerTint{};
    QColor dangerLine{};
    QColor onDanger{};
    QColor envProduction{};
    QColor envStaging{};
    QColor envDevelopment{};
    QColor envSandbox{};
    QColor onEnv{};
    QColor scrim{};
};

const Theme &theme(ThemeKind kind);
/// The theme a palette of paletteFor() was made from; the nearest one for a foreign palette.
const Theme &themeFor(const QPalette &palette);
QPalette paletteFor(ThemeKind kind);

/// What a colour says about a thing. Never alone: a glyph or a word stands beside it.
enum class Tone { Normal, Muted, Accent, Ok, Warn, Danger };

/// Text and glyphs in this tone.
QColor ink(const Theme &theme, Tone tone);
/// The tint behind such text.
QColor tint(const Theme &theme, Tone tone);
/// The border around such a tint.
QColor outline(const Theme &theme, Tone tone);
QColor environmentColor(const Theme &theme, TenantType type);

} // namespace latchkey
