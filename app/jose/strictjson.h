// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QJsonObject>

namespace latchkey {

/// A JSON object of a token or a key set: UTF-8 without byte order mark, nothing after it, no name
/// twice in one object (QJsonDocument would let the last one win). `place` names it in the error
/// InvalidInput.
Result<QJsonObject> strictObject(const QByteArray &json, const QString &place);

} // namespace latchkey
