// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/servergrants.h"
#include "net/continuation.h"
#include "onelogin/appsapi.h"
#include "onelogin/authserversapi.h"

namespace latchkey {

/// What is granted at a tenant.
struct TenantGrants
{
    std::vector<ServerGrants> servers{};
    std::vector<OidcApp> apps{}; ///< with id and name, if they were wanted
};

/// Reads what is granted of servers, one server after the other. Destroying it cancels.
class GrantsReader : public QObject
{
    Q_OBJECT

public:
    enum class Apps { Read, Leave };

    explicit GrantsReader(ApiClient &api, QObject *parent = nullptr)
        : QObject(parent)
        , m_servers(api)
        , m_apps(api)
    {
    }

    /// Once. Calls back with all of it, or with the first error.
    void start(std::vector<AuthServer> servers, Apps apps, const Continuation<TenantGrants> &continuation);
    /// Every server of the tenant.
    void startAll(Apps apps, const Continuation<TenantGrants> &continuation);

signals:
    void progressed(int read, int all);

private:
    void readNext(size_t index);
    void readApps();
    template<typename T, typename Callable>
    Continuation<T> onwards(Callable callable);

    AuthServersApi m_servers;
    AppsApi m_apps;
    Apps m_wanted = Apps::Leave;
    TenantGrants m_grants{};
    std::optional<Continuation<TenantGrants>> m_continuation{};
};

} // namespace latchkey
