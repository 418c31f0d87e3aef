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

ClientAppIndex::ClientAppIndex(const std::vector<ClientApp> &apps)
{
    m_apps.reserve(static_cast<qsizetype>(apps.size()));
    for (const ClientApp &app : apps)
        m_apps.insert(app.id, &app);
}

std::optional<ScopeSet> ClientAppIndex::scopesOf(AppId id) const
{
    const ClientApp *app = m_apps.value(id);
    return app ? std::optional(app->scopes) : std::nullopt;
}

Standing standing(const GrantChange &change, const std::optional<ScopeSet> &now)
{
    if (now == expectedAfter(change))
        return Standing::AsWanted;
    return now == expectedBefore(change) ? Standing::AsLoaded : Standing::Changed;
}

std::optional<GrantChange> onTopOf(const GrantChange &change, const std::optional<ScopeSet> &now)
{
    GrantChange onTop{.action = change.action, .app = change.app, .appName = change.appName};
    onTop.before = now.value_or(ScopeSet());
    if (change.action == GrantAction::RemoveClientApp)
        return now ? std::optional(onTop) : std::nullopt;
    const ScopeSet added = change.added();
    if (!now && change.action == GrantAction::UpdateClientApp && added.empty())
        return std::nullopt;
    onTop.action = now ? GrantAction::UpdateClientApp : GrantAction::AddClientApp;
    onTop.after = minus(onTop.before, change.removed());
    onTop.after.insert(added.begin(), added.end());
    return now && onTop.after == *now ? std::nullopt : std::optional(onTop);
}

ScopeSet GrantChange::added() const
{
    return minus(after, before);
}

ScopeSet GrantChange::removed() const
{
    return minus(before, after);
}

int GrantChange::count() const
{
    return std::max(1, static_cast<int>(added().size() + removed().size()));
}

} // namespace latchkey
