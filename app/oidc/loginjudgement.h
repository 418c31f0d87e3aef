// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginoutcome.h"
#include "oidc/loginrequest.h"
#include "oidc/tokenjudgement.h"

namespace latchkey {

/// What a token of a login is held against: OpenID Connect Core 3.1.3.7 for an ID token; an access token is
/// for the resource and of the client.
TokenQuestion questionOf(const LoginRequest &request, const LoginOutcome &outcome, const DecodedJws &token,
                         TokenRole role);

/// Judges the ID token of a login, if it gave one, and completes the outcome with the verdict. After a check
/// that failed it is no longer ok: its error is `token_` and the name of the check, and its tokens are there
/// to be looked at only. Keys that cannot be had leave the signature unchecked, which is a note. `keys` and
/// `clock` must outlive the continuation's context.
void judgeIdToken(const LoginRequest &request, LoginOutcome outcome, JwksCache &keys, const Clock &clock,
                  const Continuation<LoginOutcome> &continuation);

} // namespace latchkey
