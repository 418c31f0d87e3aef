// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/message.h"
#include "sandbox/tenant.h"

namespace latchkey::sandbox {

/// POST /oidc/2/token: the password, client credentials, authorization code and refresh token grants.
Response answerToken(Tenant &tenant, const Request &request);

} // namespace latchkey::sandbox
