// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace latchkey {

/// What an item says beside its text, for TableDelegate and TwoLineDelegate.
enum ItemRole {
    IdRole = Qt::UserRole + 1,    ///< QVariant that stays the same across resets
    SortRole,                     ///< what to compare by
    SubtitleRole,                 ///< QString: the second line
    GlyphRole,                    ///< int(Icon) at the leading edge
    ToneRole,                     ///< int(Tone) of the glyph
    TextToneRole,                 ///< int(Tone) of the text
    FixedFontRole,                ///< bool: the text is in the fixed font
    FixedSubtitleRole,            ///< bool: the second line is in the fixed font
    ElideRole,                    ///< int(Qt::TextElideMode) of text and second line
    GroupRole,                    ///< bool: a group head
    CountRole,                    ///< int: number beside a group head, or badge of a list row
    TrailingRole,                 ///< QString: muted text at the trailing edge of a list row
    MarkRole,                     ///< int(Icon) behind the text of a table cell
    ThirdLineRole,                ///< QString: third line of a list row
    LastItemRole = ThirdLineRole, ///< a model's own roles begin behind it
};

} // namespace latchkey
