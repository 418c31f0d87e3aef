// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantplan.h"

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

const ScopeSet &noScopes()
{
    static const ScopeSet none;
    return none;
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

GrantPlan::GrantPlan(std::vector<ClientApp> loaded)
{
    setLoaded(std::move(loaded));
    rebuildApps();
}

GrantState GrantPlan::state(AppId app, ScopeId scope) const
{
    const bool has = granted(app).contains(scope);
    const bool wants = wanted(app).contains(scope);
    if (has)
        return wants ? GrantState::Granted : GrantState::PendingRemove;
    return wants ? GrantState::PendingAdd : GrantState::NotGranted;
}

const ScopeSet &GrantPlan::granted(AppId app) const
{
    const auto loaded = m_loaded.find(app);
    return loaded == m_loaded.end() ? noScopes() : loaded->second.scopes;
}

const ScopeSet &GrantPlan::wanted(AppId app) const
{
    const auto staged = m_stage.find(app);
    return staged == m_stage.end() ? granted(app) : staged->second.wanted;
}

bool GrantPlan::isAdded(AppId app) const
{
    const auto staged = m_stage.find(app);
    return staged != m_stage.end() && staged->second.added;
}

bool GrantPlan::isRemoved(AppId app) const
{
    const auto staged = m_stage.find(app);
    return staged != m_stage.end() && staged->second.removed;
}

bool GrantPlan::setWanted(AppId app, const ScopeSet &scopes)
{
    return setWanted(std::map<AppId, ScopeSet>{{app, scopes}});
}

bool GrantPlan::toggle(AppId app, ScopeId scope)
{
    ScopeSet scopes = wanted(app);
    if (scopes.erase(scope) == 0)
        scopes.insert(scope);
    return setWanted(app, scopes);
}

bool GrantPlan::setWanted(const std::map<AppId, ScopeSet> &edits)
{
    Stage stage = m_stage;
    for (const auto &[app, scopes] : edits) {
        if (const auto staged = stage.find(app); staged != stage.end() && staged->second.added) {
            staged->second.wanted = scopes;
        } else if (const auto loaded = m_loaded.find(app); loaded != m_loaded.end()) {
            if (scopes == loaded->second.scopes)
                stage.erase(app);
            else
                stage[app] = {.wanted = scopes, .name = loaded->second.name};
        }
    }
    return commit(std::move(stage));
}

bool GrantPlan::addApp(AppId app, const QString &name)
{
    Stage stage = m_stage;
    if (isRemoved(app))
        stage.erase(app);
    else if (!m_loaded.contains(app))
        stage.try_emplace(app, Staged{.added = true, .name = name});
    return commit(std::move(stage));
}

bool GrantPlan::removeApp(AppId app)
{
    Stage stage = m_stage;
    if (isAdded(app))
        stage.erase(app);
    else if (const auto loaded = m_loaded.find(app); loaded != m_loaded.end())
        stage[app] = {.removed = true, .name = loaded->second.name};
    return commit(std::move(stage));
}

void GrantPlan::discard()
{
    m_stage.clear();
    m_undo.clear();
    m_redo.clear();
    rebuildApps();
}

void GrantPlan::undo()
{
    if (m_undo.empty())
        return;
    m_redo.push_back(std::exchange(m_stage, std::move(m_undo.back())));
    m_undo.pop_back();
    rebuildApps();
}

void GrantPlan::redo()
{
    if (m_redo.empty())
        return;
    m_undo.push_back(std::exchange(m_stage, std::move(m_redo.back())));
    m_redo.pop_back();
    rebuildApps();
}

bool GrantPlan::isEmpty() const
{
    return m_stage.empty();
}

std::vector<GrantChange> GrantPlan::changes() const
{
    std::vector<GrantChange> changes;
    changes.reserve(m_stage.size());
    for (const ClientApp &app : m_apps) {
        const auto staged = m_stage.find(app.id);
        if (staged == m_stage.end())
            continue;
        const GrantAction action = staged->second.added     ? GrantAction::AddClientApp
                                   : staged->second.removed ? GrantAction::RemoveClientApp
                                                            : GrantAction::UpdateClientApp;
        changes.push_back({.action = action,
                           .app = app.id,
                           .appName = app.name,
                           .before = app.scopes,
                           .after = staged->second.wanted});
    }
    return changes;
}

// An edit is what a person added and took away, not the whole list of that moment: what someone
// else changed meanwhile in the same app is neither undone nor granted again.
void GrantPlan::rebase(std::vector<ClientApp> loaded)
{
    const std::map<AppId, ClientApp> old = std::exchange(m_loaded, {});
    setLoaded(std::move(loaded));
    Stage stage;
    for (const auto &[app, staged] : m_stage) {
        const auto fresh = m_loaded.find(app);
        if (staged.removed) {
            if (fresh != m_loaded.end())
                stage.emplace(app, staged);
            continue;
        }
        const auto before = old.find(app);
        const ScopeSet &had = before == old.end() ? noScopes() : before->second.scopes;
        const ScopeSet &has = fresh == m_loaded.end() ? noScopes() : fresh->second.scopes;
        const ScopeSet added = minus(staged.wanted, had);
        ScopeSet wanted = minus(has, minus(had, staged.wanted));
        wanted.insert(added.begin(), added.end());
        const bool isNew = fresh == m_loaded.end();
        if (isNew ? staged.added || !wanted.empty() : wanted != has)
            stage.emplace(app, Staged{.wanted = std::move(wanted), .added = isNew, .name = staged.name});
    }
    m_stage = std::move(stage);
    m_undo.clear();
    m_redo.clear();
    rebuildApps();
}

bool GrantPlan::commit(Stage stage)
{
    if (stage == m_stage)
        return false;
    m_undo.push_back(std::exchange(m_stage, std::move(stage)));
    m_redo.clear();
    rebuildApps();
    return true;
}

void GrantPlan::setLoaded(std::vector<ClientApp> loaded)
{
    m_order.clear();
    for (ClientApp &app : loaded) {
        const AppId id = app.id;
        if (m_loaded.insert_or_assign(id, std::move(app)).second)
            m_order.push_back(id);
    }
}

void GrantPlan::rebuildApps()
{
    m_apps.clear();
    m_apps.reserve(m_order.size());
    for (AppId id : m_order)
        m_apps.push_back(m_loaded.at(id));
    for (const auto &[id, staged] : m_stage) {
        if (staged.added)
            m_apps.push_back({.id = id, .name = staged.name});
    }
}

} // namespace latchkey
