// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

#include <QJsonObject>

namespace latchkey::cli {

/// Id and name: whose something is.
QJsonObject ownerJson(const AuthServer &server);
/// As the list of servers has it.
QJsonObject serverJson(const AuthServer &server);
/// With what only the server itself tells.
QJsonObject wholeServerJson(const AuthServer &server);
QJsonObject scopeJson(const Scope &scope);

} // namespace latchkey::cli
