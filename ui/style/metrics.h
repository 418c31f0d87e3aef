// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetrics>

/// Lengths in logical pixels. Heights that hold text grow with the font: see heightFor().
namespace latchkey::metrics {

inline constexpr int space4 = 4;
inline constexpr int space8 = 8;
inline constexpr int space12 = 12;
inline constexpr int space16 = 16;
inline constexpr int space20 = 20;
inline constexpr int space24 = 24;
inline constexpr int space32 = 32;

inline constexpr int panelMargin = 20;
inline constexpr int paneMargin = 16;
inline constexpr int cardMargin = 14;
inline constexpr int dialogMargin = 24;
inline constexpr int labelToField = 4;
inline constexpr int fieldToField = 13;
inline constexpr int groupToGroup = 16;
inline constexpr int labelColumn = 112;

inline constexpr int tableHead = 30;
inline constexpr int row = 34;
inline constexpr int denseRow = 31;
inline constexpr int twoLineRow = 44;
inline constexpr int groupHead = 30;
inline constexpr int control = 30;
inline constexpr int smallControl = 26;
inline constexpr int segment = 28;
inline constexpr int chip = 24;
inline constexpr int badge = 20;
inline constexpr int navigationRow = 36;
inline constexpr int topBar = 48;
inline constexpr int statusBar = 28;
inline constexpr int environmentBand = 4;

inline constexpr int tagRadius = 4;
inline constexpr int controlRadius = 6;
inline constexpr int cardRadius = 8;
inline constexpr int selectionBar = 3;
inline constexpr int focusWidth = 2;
inline constexpr int focusGap = 1;

inline constexpr int iconNavigation = 20;
inline constexpr int iconTool = 18;
inline constexpr int iconButton = 16;
inline constexpr int iconBadge = 14;

/// The height that is `atReference` at the reference font (13 px, lines of 18) and grows with the font.
inline int heightFor(int atReference, const QFontMetrics &font, int referenceLine = 18)
{
    return std::max(atReference, atReference + font.height() - referenceLine);
}

} // namespace latchkey::metrics
