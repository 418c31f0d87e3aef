// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/gonescopes.h"

#include <algorithm>

namespace latchkey {

namespace {

ScopeSet idsOf(const std::vector<Scope> &scopes)
{
    ScopeSet ids;
    for (const Scope &scope : scopes)
        ids.insert(scope.id);
    return ids;
}

QString nameOf(ScopeId id, const std::vector<Scope> &scopes)
{
    const auto found = std::ranges::find(scopes, id, &Scope::id);
    return found == scopes.end() ? id.toString() : found->value;
}

} // namespace

DroppedGrants dropGoneScopes(GrantPlan &plan, const std::vector<Scope> &before, const std::vector<Scope> &now)
{
    const ScopeSet known = idsOf(now);
    DroppedGrants dropped;
    ScopeSet gone;
    std::map<AppId, ScopeSet> edits;
    for (size_t row = 0; row < plan.rowCount(); ++row) {
        if (!plan.isPendingAt(row))
            continue;
        const ScopeSet granted = plan.scopesIn(plan.grantedAt(row));
        ScopeSet wanted = plan.scopesIn(plan.wantedAt(row));
        const size_t erased = std::erase_if(wanted, [&](ScopeId id) {
            const bool isGone = !known.contains(id) && !granted.contains(id);
            if (isGone)
                gone.insert(id);
            return isGone;
        });
        dropped.count += static_cast<int>(erased);
        if (erased > 0)
            edits.emplace(plan.table().idAt(row), std::move(wanted));
    }
    plan.setWanted(edits);
    if (std::ranges::any_of(before, [&](const Scope &scope) { return !known.contains(scope.id); }))
        plan.endHistory();
    for (ScopeId id : gone)
        dropped.scopes.append(nameOf(id, before));
    return dropped;
}

void takeUnlisted(GrantPlan &plan, const std::vector<Scope> &scopes, const std::vector<ClientApp> &now)
{
    const ScopeSet listed = idsOf(scopes);
    const ClientAppIndex index(now);
    std::vector<ClientApp> loaded;
    for (size_t row = 0; row < static_cast<size_t>(plan.loadedCount()); ++row) {
        ClientApp app{.id = plan.table().idAt(row),
                      .name = plan.table().nameAt(row),
                      .scopes = plan.scopesIn(plan.grantedAt(row))};
        std::erase_if(app.scopes, [&](ScopeId id) { return !listed.contains(id); });
        for (ScopeId id : index.scopesOf(app.id).value_or(ScopeSet())) {
            if (!listed.contains(id))
                app.scopes.insert(id);
        }
        loaded.push_back(std::move(app));
    }
    plan.rebase(std::move(loaded));
}

} // namespace latchkey
