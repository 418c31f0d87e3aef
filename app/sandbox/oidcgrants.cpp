// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/oidcgrants.h"

#include <algorithm>
#include <array>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kUserScopes{"openid"_L1, "name"_L1,   "profile"_L1, "groups"_L1,
                                 "email"_L1,  "params"_L1, "phone"_L1,   "offline_access"_L1};

} // namespace

tl::expected<OidcGrant, Response> grantFor(Tenant &tenant, const App &app, const Wish &wish)
{
    OidcGrant grant{.number = tenant.oidcTokens.nextGrant(), .app = app.id, .resource = wish.resource};
    if (wish.user)
        grant.user = wish.user->id;
    const Server *server = nullptr;
    if (!grant.resource.isEmpty()) {
        server = tenant.directory.serverByResource(grant.resource);
        if (!server || !server->clients.contains(app.id)) {
            return tl::unexpected(
                oauthError(400, u"invalid_target"_s, u"resource is unknown or not granted to this client"_s));
        }
    }
    for (const QString &scope : wish.scope.split(u' ', Qt::SkipEmptyParts)) {
        const bool ofUser = wish.user && std::ranges::find(kUserScopes, scope) != kUserScopes.end();
        const bool granted = ofUser || (server && server->grants(app.id, scope));
        if (granted && !grant.scopes.contains(scope))
            grant.scopes.append(scope);
    }
    return grant;
}

} // namespace latchkey::sandbox
