// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

/// The text with places to break its very long words at, for labels that wrap: else they would be as wide as
/// the longest word. Not for what can be selected and copied.
QString breakable(const QString &text);
/// A text that is part of a button: its middle is left out where it is very long.
QString forButton(const QString &text);

} // namespace latchkey
