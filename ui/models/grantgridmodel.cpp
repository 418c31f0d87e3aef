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
    m_shown.setPlan(plan, std::move(scopes));
    m_marks.clear();
    m_shown.show(m_shown.passing());
    endResetModel();
    emit changed();
}

void GrantGridModel::setAppFilter(const QString &text)
{
    m_shown.filter.appFilter = text.trimmed();
    filter();
}

void GrantGridModel::setScopeFilter(const QString &text)
{
    m_shown.filter.scopeFilter = text.trimmed();
    filter();
}

void GrantGridModel::setShow(Show show)
{
    m_shown.filter.show = show;
    filter();
}

void GrantGridModel::sortBy(Sort by, bool descending)
{
    m_shown.filter.setSort(by, descending);
    m_shown.putInOrder();
    filter();
}

void GrantGridModel::setWritable(bool writable)
{
    if (std::exchange(m_writable, writable) != writable)
        announceAll();
}

int GrantGridModel::wantedCount(AppId app) const
{
    const auto row = plan() ? plan()->table().rowOf(app) : std::nullopt;
    return row ? countCommonBits(plan()->wantedAt(*row), m_shown.listed()) : 0;
}

void GrantGridModel::toggle(const QItemSelection &cells)
{
    edit([&](GrantPlan &plan) {
        std::vector<GrantBlock> edits = m_shown.blocks(cells, GrantEdit::Grant);
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
    edit([&](GrantPlan &plan) { return plan.edit(m_shown.blocks(cells, GrantEdit::AsLoaded)); });
}

void GrantGridModel::editScopes(const std::vector<AppId> &apps, const std::vector<ScopeId> &scopes,
                                GrantEdit what)
{
    edit([&](GrantPlan &plan) {
        return plan.edit({{.rows = m_shown.planRows(apps), .scopes = plan.columnsOf(scopes), .edit = what}});
    });
}

void GrantGridModel::editAllScopes(const std::vector<AppId> &apps, GrantEdit what)
{
    edit([&](GrantPlan &plan) {
        return plan.edit({{.rows = m_shown.planRows(apps), .scopes = m_shown.listed(), .edit = what}});
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
        BitRow granted = m_shown.listed();
        BitRow revoked = m_shown.listed();
        for (size_t i = 0; i < granted.size(); ++i) {
            granted[i] &= plan.wantedAt(*row)[i];
            revoked[i] &= ~plan.wantedAt(*row)[i];
        }
        const std::vector<quint32> rows = m_shown.planRows(apps);
        return plan.edit({{.rows = rows, .scopes = granted, .edit = GrantEdit::Grant},
                          {.rows = rows, .scopes = revoked, .edit = GrantEdit::Revoke}});
    });
}

void GrantGridModel::addApps(const std::vector<std::pair<AppId, QString>> &apps, std::optional<AppId> like)
{
    edit([&](GrantPlan &plan) {
        const auto row = like ? plan.table().rowOf(*like) : std::nullopt;
        BitRow columns = m_shown.listed();
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
        if (plan() && plan()->isRemoved(app))
            kept.emplace_back(app, QString());
    }
    edit([&](GrantPlan &plan) { return plan.addApps(kept); });
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
    m_shown.takePlan();
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
    if (!rows.empty() && columnCount() > 0)
        emit dataChanged(index(rows.front(), 0), index(rows.back(), columnCount() - 1));
}

int GrantGridModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_shown.rowCount();
}

int GrantGridModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_shown.columnCount();
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
    if (!plan() || !m_writable || !change(*plan()))
        return false;
    m_marks.clear();
    if (!m_shown.isInOrder())
        m_shown.putInOrder();
    filter(true);
    emit changed();
    return true;
}

void GrantGridModel::filter(bool announce)
{
    ShownGrants::Cells now = m_shown.passing();
    const bool isSame = m_shown.isShown(now);
    if (!isSame)
        beginResetModel(); // views that keep the selection by id look at what was shown
    m_shown.show(std::move(now));
    if (!isSame)
        endResetModel();
    else if (announce)
        announceAll();
}

void GrantGridModel::announceAll()
{
    if (rowCount() == 0 || columnCount() == 0)
        return;
    emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    emit headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

GrantState GrantGridModel::stateAt(const QModelIndex &cell) const
{
    return plan()->stateAt(m_shown.planRow(cell.row()), m_shown.planColumn(cell.column()));
}

CellMark GrantGridModel::markAt(const QModelIndex &cell) const
{
    if (m_marks.empty())
        return CellMark::None;
    const auto mark = m_marks.find({idAt(cell.row()), scopeAt(cell.column()).id});
    return mark == m_marks.end() ? CellMark::None : mark->second;
}

} // namespace latchkey
