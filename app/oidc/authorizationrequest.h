// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginrequest.h"

namespace latchkey {

/// One authorization request: what makes it ours alone, and where the browser comes back to.
struct AuthorizationRequest
{
    Secret verifier{};
    Secret state{};
    Secret nonce{};
    QUrl redirectUri{};

    /// With unguessable values, new for each request.
    static AuthorizationRequest make();

    /// Where to send the browser: RFC 6749 section 4.1.1 with PKCE, and OpenID Connect Core section 3.1.2.1.
    /// Error InvalidInput where the endpoint has one of the parameters in its address already.
    Result<QUrl> url(const QUrl &endpoint, const LoginRequest &login) const;
};

} // namespace latchkey
