// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/message.h"
#include "sandbox/tenant.h"

namespace latchkey::sandbox {

/// /auth: Generate Token v2, the deprecated Refresh Token, Revoke Token, Get Rate Limit.
Response answerAuth(Tenant &tenant, const Request &request);

/// The `X-RateLimit-*` headers and members.
Headers rateLimitHeaders(const RateLimit &limit);

/// What follows the word `bearer` and one of the separators in `Authorization`; empty where it is
/// not of that form.
QString bearerToken(const Request &request, QLatin1StringView separators);

/// The pair a management token was issued to; null where the token is not valid.
const Pair *pairOfToken(const Tenant &tenant, QStringView token);

} // namespace latchkey::sandbox
