// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/apiroute.h"

namespace latchkey::sandbox {

// What the routes below /api/2/api_authorizations have in common.

/// The server whose id is the first in the path; null where there is none.
Server *serverOf(Tenant &tenant, const ApiCall &call);
QJsonObject scopeJson(ScopeId id, const ScopeText &scope);

} // namespace latchkey::sandbox
