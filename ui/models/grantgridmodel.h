// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/grantplan.h"

#include <QAbstractTableModel>

#include <functional>
#include <map>
#include <vector>

namespace latchkey {

/// What an apply says of a cell beyond its staged state.
enum class CellMark { None, Sending, NotStored };

/// Client apps by scopes, as staged in a GrantPlan that somebody else owns. Filters by an index
/// vector of its own. Passive: edits go to the plan, changed() says so, nothing is sent.
class GrantGridModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        StateRole = Qt::UserRole, ///< GrantState of a cell as int
        MarkRole,                 ///< CellMark of a cell as int
        LoadedCountRole,          ///< header: scopes of the app, or apps of the scope, as loaded
        WantedCountRole,          ///< header: the same as staged
        PendingRole,              ///< header: true if something is staged
        AddedRole,                ///< row header: staged to become a client app
        RemovedRole,              ///< row header: staged to be removed
    };
    enum class Show { All, Differences, Pending };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null: nothing to show. The plan must outlive its use here.
    void setPlan(GrantPlan *plan, std::vector<Scope> scopes);
    GrantPlan *plan() const { return m_plan; }
    const std::vector<Scope> &scopes() const { return m_scopes; }

    void setAppFilter(const QString &text);
    void setScopeFilter(const QString &text);
    /// Differences: only scopes that some of the shown apps have and others have not.
    void setShow(Show show);
    /// Not writable: cells cannot be checked, edits are refused.
    void setWritable(bool writable);
    bool isWritable() const { return m_writable; }

    const ClientApp &appAt(int row) const;
    const Scope &scopeAt(int column) const;
    int rowOf(AppId app) const;                       ///< -1 if it is not shown
    int columnOf(ScopeId scope) const;                ///< -1 if it is not shown
    int changeCount() const { return m_changeCount; } ///< single scopes, and apps without one
    int addCount() const { return m_addCount; }
    int removeCount() const { return m_removeCount; }

    /// All granted: removes them all, else adds what is missing. One undo step.
    void toggle(const QModelIndexList &cells);
    /// Makes the cells as loaded again. One undo step.
    void dropPending(const QModelIndexList &cells);
    /// One undo step over any number of apps.
    void setWanted(const std::map<AppId, ScopeSet> &edits);
    void addApps(const std::vector<std::pair<AppId, QString>> &apps);
    void removeApp(AppId app);
    void discard();
    void undo();
    void redo();
    /// After the plan was changed elsewhere.
    void refresh();

    void setMark(AppId app, ScopeId scope, CellMark mark);

    /// "partner-gateway, void:invoices, granted, will be removed"
    QString sentence(const QModelIndex &cell) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void changed(); ///< what is staged may be another now

private:
    struct Counts
    {
        int loaded = 0;
        int wanted = 0;
        friend bool operator==(const Counts &, const Counts &) = default;
    };

    bool edit(const std::function<bool(GrantPlan &)> &change);
    std::vector<ClientApp> sortedApps() const;
    void recount(const std::vector<ClientApp> &apps);
    std::vector<size_t> shownRows(const std::vector<ClientApp> &apps) const;
    std::vector<size_t> shownColumns(const std::vector<ClientApp> &apps,
                                     const std::vector<size_t> &rows) const;
    void takePlan();
    void filter();
    void announceAll();
    QVariant rowHeader(int row, int role) const;
    QVariant columnHeader(int column, int role) const;
    GrantState stateAt(const QModelIndex &cell) const;
    CellMark markAt(const QModelIndex &cell) const;

    GrantPlan *m_plan = nullptr;
    std::vector<Scope> m_scopes;
    std::vector<size_t> m_rows;    ///< indexes into m_apps
    std::vector<size_t> m_columns; ///< indexes into m_scopes
    std::vector<ClientApp> m_apps; ///< the plan's, by name
    std::vector<Counts> m_scopeCounts;
    std::map<std::pair<AppId, ScopeId>, CellMark> m_marks;
    QString m_appFilter;
    QString m_scopeFilter;
    Show m_show = Show::All;
    int m_changeCount = 0;
    int m_addCount = 0;
    int m_removeCount = 0;
    bool m_writable = true;
};

} // namespace latchkey
