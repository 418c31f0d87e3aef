// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantchange.h"

#include <algorithm>
#include <iterator>

namespace latchkey {

namespace {

ScopeSet minus(const ScopeSet &left, const ScopeSet &right)
{
    ScopeSet difference;
    std::set_difference(left.begin(), left.end(), right.begin(), right.end(),
                        std::inserter(difference, difference.end()));
    return difference;
}

std::optional<ScopeSet> expectedBefore(const GrantChange &change)
{
    return change.action == GrantAction::AddClientApp ? std::nullopt : std::optional(change.before);
}

std::optional<ScopeSet> expectedAfter(const GrantChange &change)
{
    return change.action == GrantAction::RemoveClientApp ? std::nullopt : std::optional(change.after);
}

} // namespace

std::optional<ScopeSet> scopesOf(const std::vector<ClientApp> &apps, AppId id)
{
    const auto app =
        std::find_if(apps.begin(), apps.end(), [id](const ClientApp &each) { return each.id == id; });
    return app == apps.end() ? std::nullopt : std::optional(app->scopes);
}

Standing standing(const GrantChange &change, const std::vector<ClientApp> &now)
{
    const std::optional<ScopeSet> found = scopesOf(now, change.app);
    if (found == expectedAfter(change))
        return Standing::AsWanted;
    return found == expectedBefore(change) ? Standing::AsLoaded : Standing::Changed;
}

ScopeSet GrantChange::added() const
{
    return minus(after, before);
}

ScopeSet GrantChange::removed() const
{
    return minus(before, after);
}

} // namespace latchkey
