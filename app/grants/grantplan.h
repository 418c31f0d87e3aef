// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clientapptable.h"
#include "grants/grantchange.h"

#include <map>

namespace latchkey {

/// How one scope of one app stands: as loaded, or staged to be another.
enum class GrantState { NotGranted, Granted, PendingAdd, PendingRemove };
/// What an edit makes of scopes.
enum class GrantEdit { Grant, Revoke, AsLoaded };

/// What shall become of some scopes of some apps, by the rows and columns of a GrantPlan.
struct GrantBlock
{
    std::vector<quint32> rows{};
    BitRow scopes{};
    GrantEdit edit = GrantEdit::Grant;
};

/// What a plan changes, in numbers.
struct GrantTotals
{
    int apps = 0;
    int added = 0;   ///< scopes, and apps to be added without one
    int removed = 0; ///< scopes, and apps to be removed that have none

    int changes() const { return added + removed; }
};

/// Staged grant changes of one authorization server: what it has, what is wanted, and the difference.
/// Bits, no network: one row an app, one column a scope; a scope that the server does not list has a column
/// like any other, so it is neither lost nor shown. Every edit can be undone and redone while staged; a step
/// keeps the flipped bits of its rows alone.
class GrantPlan
{
public:
    explicit GrantPlan(ClientAppTable loaded = {});

    GrantState state(AppId app, ScopeId scope) const;
    ScopeSet granted(AppId app) const; ///< as loaded
    ScopeSet wanted(AppId app) const;
    bool isAdded(AppId app) const;   ///< staged to become a client app
    bool isRemoved(AppId app) const; ///< staged to be no client app any more
    /// A client app, as loaded or as staged.
    bool hasApp(AppId app) const;
    int appCount() const { return m_appCount; }
    int loadedCount() const { return static_cast<int>(m_loaded); } ///< apps as loaded
    int loadedCount(ScopeId scope) const;                          ///< apps that have it as loaded
    int wantedCount(ScopeId scope) const;

    // By row: apps as loaded in the tenant's order, then those that were added here. A row keeps its number
    // until rebase(); one that is neither loaded nor wanted any more is not listed.
    size_t rowCount() const { return m_table.size(); }
    const ClientAppTable &table() const { return m_table; }
    bool isListed(size_t row) const { return row < m_loaded || m_isClient[row]; }
    bool isAddedAt(size_t row) const { return row >= m_loaded && m_isClient[row]; }
    bool isRemovedAt(size_t row) const { return row < m_loaded && !m_isClient[row]; }
    bool isPendingAt(size_t row) const;
    GrantState stateAt(size_t row, size_t column) const;
    BitSpan grantedAt(size_t row) const { return m_table.granted()[row]; }
    BitSpan wantedAt(size_t row) const { return std::as_const(m_wanted)[row]; }
    /// The columns of these scopes; those without one get one.
    BitRow columnsOf(const std::vector<ScopeId> &scopes);
    ScopeSet scopesIn(BitSpan columns) const;

    /// One edit, one undo step; false if nothing would change.
    bool setWanted(AppId app, const ScopeSet &scopes);
    /// Several apps in one undo step.
    bool setWanted(const std::map<AppId, ScopeSet> &edits);
    bool edit(const std::vector<GrantBlock> &blocks);
    bool addApp(AppId app, const QString &name);
    /// Adds them with these scopes, in one undo step.
    bool addApps(const std::vector<std::pair<AppId, QString>> &apps, const ScopeSet &scopes = {});
    bool removeApp(AppId app);
    bool removeApps(const std::vector<AppId> &apps);
    /// What was planned elsewhere, instead of what is staged, in one undo step.
    bool stageInstead(const std::vector<GrantChange> &changes);
    void discard(); ///< drops every change and the undo history

    bool canUndo() const { return !m_undo.empty(); }
    bool canRedo() const { return !m_redo.empty(); }
    void undo();
    void redo();

    bool isEmpty() const { return m_totals.apps == 0; }
    const GrantTotals &totals() const { return m_totals; }
    /// In the order of the rows.
    std::vector<GrantChange> changes() const;
    /// Takes a fresh list from the tenant; edits that it already fulfils are dropped, the others
    /// stay pending. The undo history goes on where the apps it touches are as they were, else it ends.
    void rebase(ClientAppTable loaded);
    void endHistory();

private:
    /// What one edit changed: bits that flipped in some rows, and rows that became client apps or ceased to
    /// be. Applied again it undoes itself.
    struct Step
    {
        size_t words = 0;
        std::vector<quint32> rows{};
        BitRow flips{}; ///< `words` a row
        std::vector<quint32> apps{};
    };

    void setTable(ClientAppTable loaded);
    size_t rowFor(AppId app, const QString &name);
    void resetAll(Step &step);
    void change(Step &step, size_t row, BitSpan wanted, bool isClient);
    bool finish(Step step);
    void apply(const Step &step);
    void flip(size_t row, BitSpan bits);
    void flipApp(size_t row);
    void count(size_t row, int sign);
    void carryOver(const GrantPlan &before, size_t row, Step &step);
    void takeHistory(const GrantPlan &before);
    bool isLoadedAs(const GrantPlan &before, size_t oldRow) const;
    Step translated(const GrantPlan &before, const Step &step);
    BitRow columnsOfSet(const ScopeSet &scopes);

    ClientAppTable m_table;
    size_t m_loaded = 0; ///< the rows before are the tenant's
    BitRows m_wanted;
    std::vector<bool> m_isClient; ///< as wanted
    std::vector<int> m_wantedCounts;
    int m_appCount = 0;
    GrantTotals m_totals;
    std::vector<Step> m_undo;
    std::vector<Step> m_redo;
};

} // namespace latchkey
