// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QJsonObject>

#include <optional>

namespace latchkey {

/// The first name that occurs twice in one object of a text that parseJson() accepts; it would let the last
/// one win.
std::optional<QString> repeatedName(const QByteArray &json);

/// A JSON object of a token or a key set: UTF-8 without byte order mark, nothing after it, no name
/// twice in one object. `place` names it in the error
/// InvalidInput.
Result<QJsonObject> strictObject(const QByteArray &json, const QString &place);

} // namespace latchkey
