// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

/// Whether it stands for itself in a line: no control, no line or paragraph separator, no lone surrogate.
bool isPrintable(char32_t character);

/// The text with every character that prints nothing (controls, bidirectional marks, zero-width
/// spaces, lone surrogates) spelled out as ‹U+202E›, so that a name cannot pass for another.
QString withVisibleControls(const QString &text);

/// Whether that is what was typed, as it is or as it was shown to who typed it. An empty text is nobody's
/// word.
bool isTyped(const QString &typed, const QString &text);

/// Whether it holds what steers instead of printing: controls, line ends, marks that change the direction of
/// the text around them. What joins letters or emojis is none of them.
bool hasControls(const QString &text);
/// With spaces in their place, one at a time and none at the ends.
QString withoutControls(const QString &text);

/// Text of a server for a sentence: likewise, so one line, and cut after 1000 characters.
QString plainLine(const QString &text);

} // namespace latchkey
