// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grantgridmodel.h"

#include "core/plaintext.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool isChecked(GrantState state)
{
    return state == GrantState::Granted || state == GrantState::PendingAdd;
}

} // namespace

void GrantGridModel::setPlan(GrantPlan *plan, std::vector<Scope> scopes)
{
    beginResetModel();
    m_plan = plan;
    m_scopes = std::move(scopes);
    m_marks.clear();
    takePlan();
    take(shown());
    endResetModel();
    emit changed();
}

void GrantGridModel::setAppFilter(const QString &text)
{
    m_shown.appFilter = text.trimmed();
    filter();
}

void GrantGridModel::setScopeFilter(const QString &text)
{
    m_shown.scopeFilter = text.trimmed();
    filter();
}

void GrantGridModel::setShow(Show show)
{
    m_shown.show = show;
    filter();
}

void GrantGridModel::sortBy(Sort by, bool descending)
{
    m_shown.setSort(by, descending);
    putInOrder();
    filter();
}

void GrantGridModel::setWritable(bool writable)
{
    if (std::exchange(m_writable, writable) != writable)
        announceAll();
}

GrantGridModel::App GrantGridModel::appAt(int row) const
{
    return {idAt(row), m_plan->table().nameAt(planRow(row))};
}

const Scope &GrantGridModel::scopeAt(int column) const
{
    return m_scopes.at(m_columns.at(static_cast<size_t>(column)));
}

int GrantGridModel::rowOf(AppId app) const
{
    const auto found = std::ranges::find(m_ids, app);
    return found == m_ids.end() ? -1 : static_cast<int>(found - m_ids.begin());
}

std::vector<int> GrantGridModel::rowsOf(const std::vector<AppId> &apps) const
{
    if (!m_plan)
        return {};
    std::vector<int> shownAt(m_plan->rowCount(), -1);
    for (size_t row = 0; row < m_rows.size(); ++row)
        shownAt[m_rows[row]] = static_cast<int>(row);
    std::vector<int> rows;
    for (quint32 row : planRows(apps)) {
        if (shownAt[row] >= 0)
            rows.push_back(shownAt[row]);
    }
    std::ranges::sort(rows);
    return rows;
}

int GrantGridModel::columnOf(ScopeId scope) const
{
    const auto found = std::ranges::find(m_columns, scope, [this](quint32 i) { return m_scopes[i].id; });
    return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin());
}

int GrantGridModel::findApp(const QString &beginning, int from) const
{
    const QString wanted = beginning.toCaseFolded();
    for (int i = 0; i < rowCount(); ++i) {
        const int row = (from + i) % rowCount();
        if (m_plan->table().foldedNameAt(planRow(row)).startsWith(wanted))
            return row;
    }
    return -1;
}

int GrantGridModel::wantedCount(AppId app) const
{
    const auto row = m_plan ? m_plan->table().rowOf(app) : std::nullopt;
    return row ? countCommonBits(m_plan->wantedAt(*row), m_listed) : 0;
}

void GrantGridModel::toggle(const QItemSelection &cells)
{
    edit([&](GrantPlan &plan) {
        std::vector<GrantBlock> edits = blocks(cells, GrantEdit::Grant);
        const bool allOn = std::ranges::all_of(edits, [&](const GrantBlock &block) {
            const int width = countBits(block.scopes);
            return std::ranges::all_of(block.rows, [&](quint32 row) {
                return countCommonBits(plan.wantedAt(row), block.scopes) == width;
            });
        });
        for (GrantBlock &block : edits)
            block.edit = allOn ? GrantEdit::Revoke : GrantEdit::Grant;
        return plan.edit(edits);
    });
}

void GrantGridModel::dropPending(const QItemSelection &cells)
{
    edit([&](GrantPlan &plan) { return plan.edit(blocks(cells, GrantEdit::AsLoaded)); });
}

void GrantGridModel::editScopes(const std::vector<AppId> &apps, const std::vector<ScopeId> &scopes,
                                GrantEdit what)
{
    edit([&](GrantPlan &plan) {
        return plan.edit({{.rows = planRows(apps), .scopes = plan.columnsOf(scopes), .edit = what}});
    });
}

void GrantGridModel::editAllScopes(const std::vector<AppId> &apps, GrantEdit what)
{
    edit([&](GrantPlan &plan) {
        return plan.edit({{.rows = planRows(apps), .scopes = m_listed, .edit = what}});
    });
}

void GrantGridModel::revokeFromAll(ScopeId scope)
{
    edit([&](GrantPlan &plan) {
        return plan.edit(
            {{.rows = plan.table().byName(), .scopes = plan.columnsOf({scope}), .edit = GrantEdit::Revoke}});
    });
}

// A scope that the server does not list is neither copied nor taken away.
void GrantGridModel::copyGrants(AppId source, const std::vector<AppId> &apps)
{
    edit([&](GrantPlan &plan) {
        const auto row = plan.table().rowOf(source);
        if (!row)
            return false;
        BitRow granted = m_listed;
        BitRow revoked = m_listed;
        for (size_t i = 0; i < granted.size(); ++i) {
            granted[i] &= plan.wantedAt(*row)[i];
            revoked[i] &= ~plan.wantedAt(*row)[i];
        }
        const std::vector<quint32> rows = planRows(apps);
        return plan.edit({{.rows = rows, .scopes = granted, .edit = GrantEdit::Grant},
                          {.rows = rows, .scopes = revoked, .edit = GrantEdit::Revoke}});
    });
}

void GrantGridModel::addApps(const std::vector<std::pair<AppId, QString>> &apps, std::optional<AppId> like)
{
    edit([&](GrantPlan &plan) {
        const auto row = like ? plan.table().rowOf(*like) : std::nullopt;
        BitRow columns = m_listed;
        for (size_t i = 0; i < columns.size(); ++i)
            columns[i] &= row ? plan.wantedAt(*row)[i] : 0;
        return plan.addApps(apps, plan.scopesIn(columns));
    });
}

void GrantGridModel::removeApps(const std::vector<AppId> &apps)
{
    edit([&](GrantPlan &plan) { return plan.removeApps(apps); });
}

void GrantGridModel::keepApps(const std::vector<AppId> &apps)
{
    std::vector<std::pair<AppId, QString>> kept;
    for (AppId app : apps) {
        if (m_plan && m_plan->isRemoved(app))
            kept.emplace_back(app, QString());
    }
    edit([&](GrantPlan &plan) { return plan.addApps(kept); });
}

void GrantGridModel::setWanted(const std::map<AppId, ScopeSet> &edits)
{
    edit([&](GrantPlan &plan) { return plan.setWanted(edits); });
}

void GrantGridModel::stageInstead(const std::vector<GrantChange> &changes)
{
    edit([&](GrantPlan &plan) { return plan.stageInstead(changes); });
}

void GrantGridModel::discard()
{
    edit([](GrantPlan &plan) {
        plan.discard();
        return true;
    });
}

void GrantGridModel::undo()
{
    edit([](GrantPlan &plan) {
        plan.undo();
        return true;
    });
}

void GrantGridModel::redo()
{
    edit([](GrantPlan &plan) {
        plan.redo();
        return true;
    });
}

void GrantGridModel::refresh()
{
    takePlan();
    filter(true);
    emit changed();
}

void GrantGridModel::setMarks(const Marks &marks)
{
    std::vector<AppId> apps;
    for (const auto &[cell, mark] : marks) {
        if (mark == CellMark::None)
            m_marks.erase(cell);
        else
            m_marks.insert_or_assign(cell, mark);
        if (apps.empty() || apps.back() != cell.first)
            apps.push_back(cell.first);
    }
    const std::vector<int> rows = rowsOf(apps);
    if (!rows.empty() && !m_columns.empty())
        emit dataChanged(index(rows.front(), 0), index(rows.back(), columnCount() - 1));
}

int GrantGridModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int GrantGridModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant GrantGridModel::data(const QModelIndex &cell, int role) const
{
    if (!checkIndex(cell, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::CheckStateRole:
        return isChecked(stateAt(cell)) ? Qt::Checked : Qt::Unchecked;
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return sentence(cell);
    case StateRole:
        return static_cast<int>(stateAt(cell));
    case CellMarkRole:
        return static_cast<int>(markAt(cell));
    default:
        return {};
    }
}

bool GrantGridModel::setData(const QModelIndex &cell, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !m_writable || !checkIndex(cell, CheckIndexOption::IndexIsValid))
        return false;
    const bool wanted = value.toInt() == Qt::Checked;
    if (wanted != isChecked(stateAt(cell)))
        toggle(QItemSelection(cell, cell));
    return true;
}

Qt::ItemFlags GrantGridModel::flags(const QModelIndex &cell) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(cell);
    return cell.isValid() && m_writable ? flags | Qt::ItemIsUserCheckable : flags;
}

bool GrantGridModel::edit(const std::function<bool(GrantPlan &)> &change)
{
    if (!m_plan || !m_writable || !change(*m_plan))
        return false;
    m_marks.clear();
    if (m_plan->rowCount() != m_ordered)
        putInOrder();
    filter(true);
    emit changed();
    return true;
}

std::vector<GrantBlock> GrantGridModel::blocks(const QItemSelection &cells, GrantEdit what) const
{
    std::vector<GrantBlock> blocks;
    for (const QItemSelectionRange &range : cells) {
        GrantBlock block{.edit = what};
        block.rows.assign(m_rows.begin() + range.top(), m_rows.begin() + range.bottom() + 1);
        for (int column = range.left(); column <= range.right(); ++column)
            setBit(block.scopes, planColumn(column));
        blocks.push_back(std::move(block));
    }
    return blocks;
}

std::vector<quint32> GrantGridModel::planRows(const std::vector<AppId> &apps) const
{
    std::vector<quint32> rows;
    rows.reserve(apps.size());
    for (AppId app : apps) {
        if (const auto row = m_plan->table().rowOf(app))
            rows.push_back(static_cast<quint32>(*row));
    }
    return rows;
}

// Rows and columns of a plan that was loaded anew have other numbers.
void GrantGridModel::takePlan()
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

void GrantGridModel::putInOrder()
{
    m_ordered = m_plan ? m_plan->rowCount() : 0;
    if (m_plan)
        m_shown.sort(*m_plan, m_listed);
}

GrantGridModel::Shown GrantGridModel::shown() const
{
    Shown now;
    if (!m_plan)
        return now;
    now.rows = m_shown.rows(*m_plan);
    now.columns = m_shown.scopes(*m_plan, m_scopes, m_planColumns, now.rows);
    now.ids.reserve(now.rows.size());
    for (quint32 row : now.rows)
        now.ids.push_back(m_plan->table().idAt(row));
    return now;
}

void GrantGridModel::take(Shown now)
{
    m_rows = std::move(now.rows);
    m_ids = std::move(now.ids);
    m_columns = std::move(now.columns);
}

void GrantGridModel::filter(bool announce)
{
    Shown now = shown();
    const bool isSame = now.ids == m_ids && now.columns == m_columns;
    if (!isSame)
        beginResetModel(); // views that keep the selection by id look at what was shown
    take(std::move(now));
    if (!isSame)
        endResetModel();
    else if (announce)
        announceAll();
}

void GrantGridModel::announceAll()
{
    if (m_rows.empty() || m_columns.empty())
        return;
    emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    emit headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

GrantState GrantGridModel::stateAt(const QModelIndex &cell) const
{
    return m_plan->stateAt(planRow(cell.row()), planColumn(cell.column()));
}

CellMark GrantGridModel::markAt(const QModelIndex &cell) const
{
    if (m_marks.empty())
        return CellMark::None;
    const auto mark = m_marks.find({idAt(cell.row()), scopeAt(cell.column()).id});
    return mark == m_marks.end() ? CellMark::None : mark->second;
}

} // namespace latchkey
