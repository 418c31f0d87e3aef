// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

class QWidget;

namespace latchkey {

enum class TextStyle {
    Display,
    Title,
    DialogTitle,
    Heading,
    Body,
    BodyStrong,
    Button,
    Caption,
    CaptionStrong, ///< section and field labels
    TableHead,
    Small, ///< tags and key hints
    Fixed,
    FixedSmall, ///< second line of a row
    Code,
};

/// The font of a text style: a factor of `base`, which is the application's font unless given.
QFont fontFor(TextStyle style);
QFont fontFor(TextStyle style, const QFont &base);
/// The line height that belongs to a text style, for text we lay out ourselves.
int lineHeight(TextStyle style);
void setTextStyle(QWidget *widget, TextStyle style);

} // namespace latchkey
