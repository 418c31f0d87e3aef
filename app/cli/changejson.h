// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/grantchange.h"

#include <QJsonObject>

#include <functional>

namespace latchkey::cli {

/// What scopes are called: at the tenant, or in an entry of the journal.
using ScopeNames = std::function<QStringList(const ScopeSet &)>;

/// A change as every verb prints it.
QJsonObject changeJson(const GrantChange &change, const ScopeNames &namesOf);
/// With the name of the server, where nothing around the change has it.
QJsonObject changeJson(const GrantChange &change, const ScopeNames &namesOf, const QString &server);

} // namespace latchkey::cli
