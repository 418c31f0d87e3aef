// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/discovery.h"
#include "oidc/loginrequest.h"
#include "oidc/scriptedserver.h"

namespace latchkey {

using namespace Qt::StringLiterals;

/// A token that no text may show.
inline const Secret kToken = Secret::copyOf("the-token-itself");

inline OidcClient someClient()
{
    return {.clientId = u"billing-service"_s, .clientSecret = Secret::copyOf("app-secret-1")};
}

/// A provider whose endpoints are paths of that address.
inline ProviderMetadata scripted(const QUrl &base)
{
    const auto at = [&base](const QString &path) {
        QUrl url = base;
        url.setPath(path);
        return url;
    };
    return {.issuer = base.toString(),
            .tokenEndpoint = at(u"/token"_s),
            .userinfoEndpoint = at(u"/me"_s),
            .introspectionEndpoint = at(u"/introspect"_s),
            .revocationEndpoint = at(u"/revoke"_s),
            .endSessionEndpoint = at(u"/logout"_s)};
}

} // namespace latchkey
