// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

#include <optional>
#include <vector>

namespace latchkey {

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
};

/// The scopes of one client app of a list; none if it is not in it.
std::optional<ScopeSet> scopesOf(const std::vector<ClientApp> &apps, AppId id);

/// How a tenant stands to a change: as when it was loaded, already as wanted, or changed by someone
/// else.
enum class Standing { AsLoaded, AsWanted, Changed };
Standing standing(const GrantChange &change, const std::vector<ClientApp> &now);

} // namespace latchkey
