// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringView>

namespace latchkey {

/// The most characters that one character may be spelled with; HTML lets a number begin with zeros.
constexpr qsizetype kLongestEscape = 20;

/// How much of the start of `text` spells the whole value, of UCS-4, each character as it is or escaped as in
/// a URL (RFC 3986), JSON (RFC 8259) or HTML; 0: it does not.
qsizetype spelledLength(QStringView text, const QList<uint> &value);

} // namespace latchkey
