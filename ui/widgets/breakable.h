// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

/// The text with places to break its very long words at, for labels that wrap: else they would be as wide as
/// the longest word. Not for what can be selected and copied.
QString breakable(const QString &text);
/// A text that is part of a button: its middle is left out where it is very long. Not yet a label.
QString forButton(const QString &text);
/// The text as a control shows it that would take an ampersand for a mark of the next letter's key.
QString asLabel(const QString &text);

} // namespace latchkey
