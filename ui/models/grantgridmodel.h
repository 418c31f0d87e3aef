// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/itemroles.h"
#include "models/showngrants.h"

#include <QAbstractTableModel>
#include <QItemSelection>

#include <functional>
#include <map>
#include <vector>

namespace latchkey {

/// What an apply says of a cell beyond its staged state.
enum class CellMark { None, Sending, NotStored };

/// Client apps by scopes, as staged in a GrantPlan that somebody else owns. Filters and sorts by an index
/// of its own. Passive: edits go to the plan, changed() says so, nothing is sent.
class GrantGridModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        StateRole = LastItemRole + 1, ///< GrantState of a cell as int
        CellMarkRole,                 ///< CellMark of a cell as int
        LoadedCountRole,              ///< header: scopes of the app, or apps of the scope, as loaded
        WantedCountRole,              ///< header: the same as staged
        AddCountRole,                 ///< row header: scopes of the app that are staged to be granted
        RemoveCountRole,              ///< row header: and to be revoked
        PendingRole,                  ///< header: true if something is staged
        AddedRole,                    ///< row header: staged to become a client app
        RemovedRole,                  ///< row header: staged to be removed
    };
    using Show = GrantRows::Show;
    using Sort = GrantRows::Sort;

    /// A client app by name.
    struct App
    {
        AppId id{};
        QString name{};
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null: nothing to show. The plan must outlive its use here.
    void setPlan(GrantPlan *plan, std::vector<Scope> scopes);
    GrantPlan *plan() const { return m_shown.plan(); }
    const std::vector<Scope> &scopes() const { return m_shown.scopes(); }

    void setAppFilter(const QString &text);
    void setScopeFilter(const QString &text);
    /// Differences: only scopes that some of the shown apps have and others have not.
    void setShow(Show show);
    void sortBy(Sort by, bool descending);
    Sort sortedBy() const { return m_shown.filter.sortedBy(); }
    bool isDescending() const { return m_shown.filter.isDescending(); }
    /// Not writable: cells cannot be checked, edits are refused.
    void setWritable(bool writable);
    bool isWritable() const { return m_writable; }

    App appAt(int row) const { return {m_shown.idAt(row), m_shown.nameAt(row)}; }
    AppId idAt(int row) const { return m_shown.idAt(row); }
    const Scope &scopeAt(int column) const { return m_shown.scopeAt(column); }
    int rowOf(AppId app) const { return m_shown.rowOf(app); } ///< -1 if it is not shown
    /// Of those that are shown, in order.
    std::vector<int> rowsOf(const std::vector<AppId> &apps) const { return m_shown.rowsOf(apps); }
    int columnOf(ScopeId scope) const { return m_shown.columnOf(scope); } ///< -1 if it is not shown
    /// The first row, from this one on and round, whose app's name begins so; -1: none.
    int findApp(const QString &beginning, int from) const { return m_shown.findApp(beginning, from); }
    int changeCount() const { return plan() ? plan()->totals().changes() : 0; }
    int addCount() const { return plan() ? plan()->totals().added : 0; }
    int removeCount() const { return plan() ? plan()->totals().removed : 0; }
    /// Scopes that the server lists and the app shall have.
    int wantedCount(AppId app) const;

    /// All granted: removes them all, else adds what is missing. One undo step, as each edit here.
    void toggle(const QItemSelection &cells);
    /// Makes the cells as loaded again.
    void dropPending(const QItemSelection &cells);
    /// Grants or revokes scopes of the server to these apps.
    void editScopes(const std::vector<AppId> &apps, const std::vector<ScopeId> &scopes, GrantEdit what);
    void editAllScopes(const std::vector<AppId> &apps, GrantEdit what);
    void revokeFromAll(ScopeId scope);
    /// They get exactly the scopes that `source` shall have.
    void copyGrants(AppId source, const std::vector<AppId> &apps);
    /// With the scopes of another, where one is given.
    void addApps(const std::vector<std::pair<AppId, QString>> &apps, std::optional<AppId> like = {});
    void removeApps(const std::vector<AppId> &apps);
    /// Those that are staged to be removed stay as loaded.
    void keepApps(const std::vector<AppId> &apps);
    /// What was planned elsewhere, instead of what is staged.
    void stageInstead(const std::vector<GrantChange> &changes);
    void discard();
    void undo();
    void redo();
    /// After the plan was changed elsewhere.
    void refresh();

    using Marks = std::map<std::pair<AppId, ScopeId>, CellMark>;
    /// Of these cells; the others keep theirs until the plan is edited or set.
    void setMarks(const Marks &marks);

    /// "partner-gateway, void:invoices, granted, pending revoke"
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
    bool edit(const std::function<bool(GrantPlan &)> &change);
    void filter(bool announce = false);
    void announceAll();
    QString rowSentence(int row) const;
    /// Scopes that the server lists of `row` that are in one of these and not in the other.
    int countOnlyIn(BitSpan bits, BitSpan others) const;
    QVariant rowHeader(int row, int role) const;
    QVariant columnHeader(int column, int role) const;
    GrantState stateAt(const QModelIndex &cell) const;
    CellMark markAt(const QModelIndex &cell) const;

    ShownGrants m_shown;
    Marks m_marks;
    bool m_writable = true;
};

} // namespace latchkey
