// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/claim.h"
#include "core/clientapptable.h"
#include "net/continuation.h"

namespace latchkey {

class ApiClient;

/// The endpoints under /api/2/api_authorizations as typed functions. Needs the level Manage All
/// (Read All may do for the GETs). Errors as ApiClient.
class AuthServersApi
{
public:
    explicit AuthServersApi(ApiClient &api)
        : m_api(&api)
    {
    }

    /// Not paged by the tenant (at most 1000). Items come without the two expirations.
    void list(Continuation<std::vector<AuthServer>> continuation) const;
    void get(AuthServerId id, Continuation<AuthServer> continuation) const;
    /// A write answers with the id alone, so read again. Every attribute is sent and nothing else; a
    /// lifetime that is not set is left out, and an empty text of an update is sent as null.
    void create(const AuthServer &server, Continuation<AuthServerId> continuation) const;
    void update(const AuthServer &server, Continuation<> continuation) const;
    /// With everything that hangs on it. Already gone is a success, here and below.
    void remove(AuthServerId id, Continuation<> continuation) const;

    void scopes(AuthServerId id, Continuation<std::vector<Scope>> continuation) const;
    void addScope(AuthServerId id, const Scope &scope, Continuation<ScopeId> continuation) const;
    void updateScope(AuthServerId id, const Scope &scope, Continuation<> continuation) const;
    void removeScope(AuthServerId id, ScopeId scope, Continuation<> continuation) const;

    void claims(AuthServerId id, Continuation<std::vector<Claim>> continuation) const;
    void addClaim(AuthServerId id, const Claim &claim, Continuation<ClaimId> continuation) const;
    void updateClaim(AuthServerId id, const Claim &claim, Continuation<> continuation) const;
    void removeClaim(AuthServerId id, ClaimId claim, Continuation<> continuation) const;

    void clientApps(AuthServerId id, Continuation<std::vector<ClientApp>> continuation) const;
    /// The same for lists of any length.
    void clientAppTable(AuthServerId id, Continuation<ClientAppTable> continuation) const;
    /// "Add client app": answers ids only, so read again.
    void addClientApp(AuthServerId id, AppId app, const ScopeSet &scopes, Continuation<> continuation) const;
    /// Replaces the whole list of scopes.
    void updateClientApp(AuthServerId id, AppId app, const ScopeSet &scopes,
                         Continuation<> continuation) const;
    void removeClientApp(AuthServerId id, AppId app, Continuation<> continuation) const;

private:
    ApiClient *m_api;
};

} // namespace latchkey
