// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/showngrants.h"

#include <algorithm>

namespace latchkey {

void ShownGrants::setPlan(GrantPlan *plan, std::vector<Scope> scopes)
{
    m_plan = plan;
    m_scopes = std::move(scopes);
    takePlan();
}

void ShownGrants::takePlan()
{
    m_planColumns.clear();
    m_listed.clear();
    if (!m_plan)
        return;
    std::vector<ScopeId> ids;
    for (const Scope &scope : m_scopes)
        ids.push_back(scope.id);
    m_listed = m_plan->columnsOf(ids);
    for (ScopeId id : ids)
        m_planColumns.push_back(*m_plan->table().columnOf(id));
    putInOrder();
}

void ShownGrants::putInOrder()
{
    m_ordered = m_plan ? m_plan->rowCount() : 0;
    if (m_plan)
        filter.sort(*m_plan, m_listed);
}

ShownGrants::Cells ShownGrants::passing() const
{
    Cells now;
    if (!m_plan)
        return now;
    now.rows = filter.rows(*m_plan);
    now.columns = filter.scopes(*m_plan, m_scopes, m_planColumns, now.rows);
    now.ids.reserve(now.rows.size());
    for (quint32 row : now.rows)
        now.ids.push_back(m_plan->table().idAt(row));
    return now;
}

bool ShownGrants::isShown(const Cells &cells) const
{
    return cells.ids == m_cells.ids && cells.columns == m_cells.columns;
}

const Scope &ShownGrants::scopeAt(int column) const
{
    return m_scopes.at(m_cells.columns.at(static_cast<size_t>(column)));
}

int ShownGrants::rowOf(AppId app) const
{
    const auto found = std::ranges::find(m_cells.ids, app);
    return found == m_cells.ids.end() ? -1 : static_cast<int>(found - m_cells.ids.begin());
}

std::vector<int> ShownGrants::rowsOf(const std::vector<AppId> &apps) const
{
    if (!m_plan)
        return {};
    std::vector<int> shownAt(m_plan->rowCount(), -1);
    for (size_t row = 0; row < m_cells.rows.size(); ++row)
        shownAt[m_cells.rows[row]] = static_cast<int>(row);
    std::vector<int> rows;
    for (quint32 row : planRows(apps)) {
        if (shownAt[row] >= 0)
            rows.push_back(shownAt[row]);
    }
    std::ranges::sort(rows);
    return rows;
}

int ShownGrants::columnOf(ScopeId scope) const
{
    const auto found =
        std::ranges::find(m_cells.columns, scope, [this](quint32 i) { return m_scopes[i].id; });
    return found == m_cells.columns.end() ? -1 : static_cast<int>(found - m_cells.columns.begin());
}

int ShownGrants::findApp(const QString &beginning, int from) const
{
    const QString wanted = beginning.toCaseFolded();
    for (int i = 0; i < rowCount(); ++i) {
        const int row = (from + i) % rowCount();
        if (m_plan->table().foldedNameAt(planRow(row)).startsWith(wanted))
            return row;
    }
    return -1;
}

std::vector<GrantBlock> ShownGrants::blocks(const QItemSelection &cells, GrantEdit what) const
{
    std::vector<GrantBlock> blocks;
    for (const QItemSelectionRange &range : cells) {
        GrantBlock block{.edit = what};
        block.rows.assign(m_cells.rows.begin() + range.top(), m_cells.rows.begin() + range.bottom() + 1);
        for (int column = range.left(); column <= range.right(); ++column)
            setBit(block.scopes, planColumn(column));
        blocks.push_back(std::move(block));
    }
    return blocks;
}

std::vector<quint32> ShownGrants::planRows(const std::vector<AppId> &apps) const
{
    std::vector<quint32> rows;
    rows.reserve(apps.size());
    for (AppId app : apps) {
        if (const auto row = m_plan->table().rowOf(app))
            rows.push_back(static_cast<quint32>(*row));
    }
    return rows;
}

} // namespace latchkey
