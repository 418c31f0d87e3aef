// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/message.h"
#include "sandbox/tenant.h"

namespace latchkey::sandbox {

/// /oidc/2: discovery, keys, login page, token, userinfo, introspection, revocation, logout.
Response answerOidc(Tenant &tenant, const Request &request);

} // namespace latchkey::sandbox
