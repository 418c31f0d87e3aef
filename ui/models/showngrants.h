// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/grantrows.h"

#include <QItemSelection>

namespace latchkey {

/// What of a plan is in sight: rows and columns of a grid, and which apps and scopes of the plan they are.
/// The plan is somebody else's and outlives its use here.
class ShownGrants
{
public:
    /// Rows and columns, in order.
    struct Cells
    {
        std::vector<quint32> rows{};    ///< of the plan
        std::vector<AppId> ids{};       ///< their apps: a plan that was loaded anew has other rows
        std::vector<quint32> columns{}; ///< indexes into scopes()
    };

    GrantRows filter{};

    /// Null: nothing to show. What is in sight stays until show().
    void setPlan(GrantPlan *plan, std::vector<Scope> scopes);
    GrantPlan *plan() const { return m_plan; }
    const std::vector<Scope> &scopes() const { return m_scopes; }
    const BitRow &listed() const { return m_listed; } ///< the scopes as bits of the plan

    /// After the plan was loaded anew: its rows and columns have other numbers.
    void takePlan();
    void putInOrder();
    /// No app came or went since.
    bool isInOrder() const { return m_ordered == (m_plan ? m_plan->rowCount() : 0); }
    /// What passes the filter now.
    Cells passing() const;
    /// The same apps and scopes are in sight.
    bool isShown(const Cells &cells) const;
    void show(Cells cells) { m_cells = std::move(cells); }

    int rowCount() const { return static_cast<int>(m_cells.rows.size()); }
    int columnCount() const { return static_cast<int>(m_cells.columns.size()); }
    quint32 planRow(int row) const { return m_cells.rows[static_cast<size_t>(row)]; }
    size_t planColumn(int column) const
    {
        return m_planColumns[m_cells.columns[static_cast<size_t>(column)]];
    }
    AppId idAt(int row) const { return m_cells.ids[static_cast<size_t>(row)]; }
    QString nameAt(int row) const { return m_plan->table().nameAt(planRow(row)); }
    const Scope &scopeAt(int column) const;
    int rowOf(AppId app) const;                                    ///< -1 if it is not shown
    std::vector<int> rowsOf(const std::vector<AppId> &apps) const; ///< of those that are shown, in order
    int columnOf(ScopeId scope) const;                             ///< -1 if it is not shown
    /// The first row, from this one on and round, whose app's name begins so; -1: none.
    int findApp(const QString &beginning, int from) const;

    std::vector<GrantBlock> blocks(const QItemSelection &cells, GrantEdit what) const;
    /// Of those that the plan has, shown or not.
    std::vector<quint32> planRows(const std::vector<AppId> &apps) const;

private:
    GrantPlan *m_plan = nullptr;
    std::vector<Scope> m_scopes;
    std::vector<size_t> m_planColumns; ///< of m_scopes
    BitRow m_listed;
    Cells m_cells;
    size_t m_ordered = 0; ///< rows of the plan when it was sorted
};

} // namespace latchkey
