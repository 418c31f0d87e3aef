// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantsreader.h"

namespace latchkey {

template<typename T, typename Callable>
Continuation<T> GrantsReader::onwards(Callable callable)
{
    return Continuation<T>(this, [this, callable = std::move(callable)](Result<T> result) {
        if (result)
            callable(std::move(*result));
        else
            (*m_continuation)(fail(std::move(result.error())));
    });
}

void GrantsReader::start(std::vector<AuthServer> servers, Apps apps,
                         const Continuation<TenantGrants> &continuation)
{
    m_wanted = apps;
    m_continuation = continuation;
    for (AuthServer &server : servers)
        m_grants.servers.push_back({.server = std::move(server)});
    QMetaObject::invokeMethod(
        this, [this] { readNext(0); }, Qt::QueuedConnection);
}

void GrantsReader::startAll(Apps apps, const Continuation<TenantGrants> &continuation)
{
    m_continuation = continuation;
    m_servers.list(onwards<std::vector<AuthServer>>(
        [this, apps](std::vector<AuthServer> servers) { start(std::move(servers), apps, *m_continuation); }));
}

void GrantsReader::readNext(size_t index)
{
    emit progressed(static_cast<int>(index), static_cast<int>(m_grants.servers.size()));
    if (index == m_grants.servers.size())
        return m_wanted == Apps::Read ? readApps() : (*m_continuation)(std::move(m_grants));
    ServerGrants &grants = m_grants.servers[index];
    m_servers.scopes(grants.server.id, onwards<std::vector<Scope>>([this, &grants, index](auto scopes) {
                         grants.scopes = std::move(scopes);
                         m_servers.clientApps(grants.server.id, onwards<std::vector<ClientApp>>(
                                                                    [this, &grants, index](auto apps) {
                                                                        grants.clientApps = std::move(apps);
                                                                        readNext(index + 1);
                                                                    }));
                     }));
}

void GrantsReader::readApps()
{
    m_apps.list({}, nullptr, onwards<std::vector<OidcApp>>([this](auto apps) {
                    m_grants.apps = std::move(apps);
                    (*m_continuation)(std::move(m_grants));
                }));
}

} // namespace latchkey
