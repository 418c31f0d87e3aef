// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    void scopes(AuthServerId id, Continuation<std::vector<Scope>> continuation) const;
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
