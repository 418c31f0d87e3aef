// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace latchkey {

/// Base64url without padding, RFC 7515 section 2.
QByteArray toBase64Url(QByteArrayView bytes);

/// Strict: no padding, no white space, no other alphabet, no non-zero trailing bits.
/// Qt's own decoder accepts the last (measured on 6.4.2).
std::optional<QByteArray> fromBase64Url(QByteArrayView text);

} // namespace latchkey
