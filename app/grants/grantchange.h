// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

#include <QHash>

#include <optional>
#include <vector>

namespace latchkey {

/// What a change does to its app: a new client app, other scopes of one, or none any more.
enum class GrantAction { AddClientApp, UpdateClientApp, RemoveClientApp };

/// What one app's request will change, as sets.
struct GrantChange
{
    GrantAction action = GrantAction::UpdateClientApp;
    AppId app{};
    QString appName{};
    ScopeSet before{};
    ScopeSet after{};

    ScopeSet added() const;
    ScopeSet removed() const;
    /// As people count it: the scopes added and removed, or one for an app that comes or goes without any.
    int count() const;
};

/// A list of client apps by their id. The list outlives it.
class ClientAppIndex
{
public:
    ClientAppIndex() = default;
    explicit ClientAppIndex(const std::vector<ClientApp> &apps);
    std::optional<ScopeSet> scopesOf(AppId id) const; ///< none if it is not in the list

private:
    QHash<AppId, const ClientApp *> m_apps;
};

/// How a tenant stands to a change: as when it was loaded, already as wanted, or changed by someone
/// else.
enum class Standing { AsLoaded, AsWanted, Changed };
/// `now`: the scopes of its app; none: no client app.
Standing standing(const GrantChange &change, const std::optional<ScopeSet> &now);
/// The same edit on top of what is there now, as GrantPlan::rebase() makes it; none: nothing is left to do.
std::optional<GrantChange> onTopOf(const GrantChange &change, const std::optional<ScopeSet> &now);

} // namespace latchkey
