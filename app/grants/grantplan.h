// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

#include <map>
#include <optional>
#include <vector>

namespace latchkey {

enum class GrantState { NotGranted, Granted, PendingAdd, PendingRemove };
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

/// Staged grant changes of one authorization server: what it has, what is wanted, and the
/// difference per app. Pure sets, no network. Every edit can be undone and redone while staged.
class GrantPlan
{
public:
    explicit GrantPlan(std::vector<ClientApp> loaded = {});

    /// The loaded client apps and those staged to be added, in that order; scopes as loaded.
    const std::vector<ClientApp> &apps() const { return m_apps; }
    GrantState state(AppId app, ScopeId scope) const;
    const ScopeSet &granted(AppId app) const; ///< as loaded
    const ScopeSet &wanted(AppId app) const;
    bool isAdded(AppId app) const;   ///< staged to become a client app
    bool isRemoved(AppId app) const; ///< staged to be no client app any more

    /// One edit, one undo step; false if nothing would change.
    bool setWanted(AppId app, const ScopeSet &scopes);
    bool toggle(AppId app, ScopeId scope);
    /// Several apps in one undo step.
    bool setWanted(const std::map<AppId, ScopeSet> &edits);
    bool addApp(AppId app, const QString &name);
    bool removeApp(AppId app);
    void discard(); ///< drops every change and the undo history

    bool canUndo() const { return !m_undo.empty(); }
    bool canRedo() const { return !m_redo.empty(); }
    void undo();
    void redo();

    bool isEmpty() const;
    /// In the order of apps().
    std::vector<GrantChange> changes() const;
    /// Takes a fresh list from the tenant; edits that it already fulfils are dropped, the others
    /// stay pending. Ends the undo history.
    void rebase(std::vector<ClientApp> loaded);

private:
    /// What is wanted of one app where that differs from what is loaded.
    struct Staged
    {
        ScopeSet wanted{};
        bool added = false;
        bool removed = false;
        QString name{};
        friend bool operator==(const Staged &, const Staged &) = default;
    };
    using Stage = std::map<AppId, Staged>;

    bool commit(Stage stage);
    void setLoaded(std::vector<ClientApp> loaded);
    void rebuildApps();

    std::map<AppId, ClientApp> m_loaded;
    std::vector<AppId> m_order;
    std::vector<ClientApp> m_apps;
    Stage m_stage;
    std::vector<Stage> m_undo;
    std::vector<Stage> m_redo;
};

} // namespace latchkey
