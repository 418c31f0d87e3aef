// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace latchkey {

/// Indented. What prints nothing stands as an escape, which is the same JSON: a name must not steer what
/// shows it.
QByteArray printableJson(const QJsonObject &object);

} // namespace latchkey
