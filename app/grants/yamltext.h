// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QHash>
#include <QJsonValue>
#include <QString>

namespace latchkey {

/// A YAML document as a JSON value, every scalar a string or null, and where each value stands.
struct YamlText
{
    QJsonValue value{};
    QHash<QString, int> lines{}; ///< from 1, by the paths of JsonReader: "apps[1].scopes"
};

/// One document of at most a few levels: no aliases, no tags, no key twice in one mapping. Error
/// InvalidInput names the line and column.
Result<YamlText> parseYaml(const QString &text);

/// A scalar that every reader of YAML takes for this string. One line of what can be seen.
QByteArray yamlScalar(const QString &text);

} // namespace latchkey
