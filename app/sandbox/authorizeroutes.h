// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/message.h"
#include "sandbox/tenant.h"

namespace latchkey::sandbox {

/// /oidc/2/auth: the login page. A GET is an authorization request; the form comes back by POST, with the
/// same query.
Response answerAuthorize(Tenant &tenant, const Request &request);

/// /oidc/2/logout, OpenID Connect RP-Initiated Logout: ends the session of the browser, or that of the ID
/// token, and its tokens. `logout=false` ends the tokens alone.
Response answerLogOut(Tenant &tenant, const Request &request);

} // namespace latchkey::sandbox
