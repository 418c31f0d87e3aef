// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grantgridmodel.h"

#include "core/plaintext.h"
#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

int count(const ScopeSet &scopes)
{
    return static_cast<int>(scopes.size());
}

bool isChecked(GrantState state)
{
    return state == GrantState::Granted || state == GrantState::PendingAdd;
}

bool isPending(const GrantPlan &plan, AppId app)
{
    return plan.isAdded(app) || plan.isRemoved(app) || plan.granted(app) != plan.wanted(app);
}

} // namespace

void GrantGridModel::setPlan(GrantPlan *plan, std::vector<Scope> scopes)
{
    beginResetModel();
    m_plan = plan;
    m_scopes = std::move(scopes);
    m_marks.clear();
    m_apps = sortedApps();
    recount(m_apps);
    m_rows = shownRows(m_apps);
    m_columns = shownColumns(m_apps, m_rows);
    endResetModel();
    emit changed();
}

void GrantGridModel::setAppFilter(const QString &text)
{
    m_appFilter = text.trimmed();
    filter();
}

void GrantGridModel::setScopeFilter(const QString &text)
{
    m_scopeFilter = text.trimmed();
    filter();
}

void GrantGridModel::setShow(Show show)
{
    m_show = show;
    filter();
}

void GrantGridModel::setWritable(bool writable)
{
    if (std::exchange(m_writable, writable) != writable)
        announceAll();
}

const ClientApp &GrantGridModel::appAt(int row) const
{
    return m_apps.at(m_rows.at(static_cast<size_t>(row)));
}

const Scope &GrantGridModel::scopeAt(int column) const
{
    return m_scopes.at(m_columns.at(static_cast<size_t>(column)));
}

int GrantGridModel::rowOf(AppId app) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](size_t i) { return m_apps[i].id == app; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int GrantGridModel::columnOf(ScopeId scope) const
{
    const auto found =
        std::find_if(m_columns.begin(), m_columns.end(), [&](size_t i) { return m_scopes[i].id == scope; });
    return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin());
}

void GrantGridModel::toggle(const QModelIndexList &cells)
{
    const bool allOn = std::all_of(cells.begin(), cells.end(),
                                   [this](const QModelIndex &cell) { return isChecked(stateAt(cell)); });
    edit([&](GrantPlan &plan) {
        std::map<AppId, ScopeSet> edits;
        for (const QModelIndex &cell : cells) {
            const AppId app = appAt(cell.row()).id;
            ScopeSet &wanted = edits.try_emplace(app, plan.wanted(app)).first->second;
            if (allOn)
                wanted.erase(scopeAt(cell.column()).id);
            else
                wanted.insert(scopeAt(cell.column()).id);
        }
        return plan.setWanted(edits);
    });
}

void GrantGridModel::dropPending(const QModelIndexList &cells)
{
    edit([&](GrantPlan &plan) {
        std::map<AppId, ScopeSet> edits;
        for (const QModelIndex &cell : cells) {
            const AppId app = appAt(cell.row()).id;
            const ScopeId scope = scopeAt(cell.column()).id;
            ScopeSet &wanted = edits.try_emplace(app, plan.wanted(app)).first->second;
            if (plan.granted(app).contains(scope))
                wanted.insert(scope);
            else
                wanted.erase(scope);
        }
        return plan.setWanted(edits);
    });
}

void GrantGridModel::setWanted(const std::map<AppId, ScopeSet> &edits)
{
    edit([&](GrantPlan &plan) { return plan.setWanted(edits); });
}

void GrantGridModel::addApps(const std::vector<std::pair<AppId, QString>> &apps)
{
    edit([&](GrantPlan &plan) {
        bool any = false;
        for (const auto &[app, name] : apps)
            any = plan.addApp(app, name) || any;
        return any;
    });
}

void GrantGridModel::removeApp(AppId app)
{
    edit([&](GrantPlan &plan) { return plan.removeApp(app); });
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
    emit changed();
}

void GrantGridModel::setMark(AppId app, ScopeId scope, CellMark mark)
{
    if (mark == CellMark::None)
        m_marks.erase({app, scope});
    else
        m_marks[{app, scope}] = mark;
    const int row = rowOf(app);
    const int column = columnOf(scope);
    if (row >= 0 && column >= 0)
        emit dataChanged(index(row, column), index(row, column));
}

QString GrantGridModel::sentence(const QModelIndex &cell) const
{
    const QString app = appAt(cell.row()).name;
    const QString scope = scopeAt(cell.column()).value;
    switch (markAt(cell)) {
    case CellMark::Sending:
        return tr("%1, %2, being sent").arg(app, scope);
    case CellMark::NotStored:
        return tr("%1, %2, not stored").arg(app, scope);
    case CellMark::None:
        break;
    }
    switch (stateAt(cell)) {
    case GrantState::Granted:
        return tr("%1, %2, granted").arg(app, scope);
    case GrantState::NotGranted:
        return tr("%1, %2, not granted").arg(app, scope);
    case GrantState::PendingAdd:
        return tr("%1, %2, not granted, will be added").arg(app, scope);
    case GrantState::PendingRemove:
        return tr("%1, %2, granted, will be removed").arg(app, scope);
    }
    return {};
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
    case MarkRole:
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
        toggle({cell});
    return true;
}

QVariant GrantGridModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || section >= (orientation == Qt::Vertical ? rowCount() : columnCount()))
        return {};
    return orientation == Qt::Vertical ? rowHeader(section, role) : columnHeader(section, role);
}

QVariant GrantGridModel::rowHeader(int row, int role) const
{
    const ClientApp &app = appAt(row);
    const int loaded = count(m_plan->granted(app.id));
    const int wanted = count(m_plan->wanted(app.id));
    const int all = static_cast<int>(m_scopes.size());
    switch (role) {
    case Qt::DisplayRole:
        return withVisibleControls(app.name);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        if (m_plan->isRemoved(app.id))
            return tr("%1, will be removed as client app").arg(app.name);
        if (m_plan->isAdded(app.id))
            return tr("%1, will be added as client app with %2 of %3 scopes")
                .arg(app.name)
                .arg(wanted)
                .arg(all);
        if (isPending(*m_plan, app.id))
            return tr("%1, %2 of %3 scopes, then %4").arg(app.name).arg(loaded).arg(all).arg(wanted);
        return tr("%1, %2 of %3 scopes").arg(app.name).arg(loaded).arg(all);
    case LoadedCountRole:
        return loaded;
    case WantedCountRole:
        return wanted;
    case PendingRole:
        return isPending(*m_plan, app.id);
    case AddedRole:
        return m_plan->isAdded(app.id);
    case RemovedRole:
        return m_plan->isRemoved(app.id);
    default:
        return {};
    }
}

QVariant GrantGridModel::columnHeader(int column, int role) const
{
    const Scope &scope = scopeAt(column);
    const Counts counts = m_scopeCounts.at(m_columns.at(static_cast<size_t>(column)));
    switch (role) {
    case Qt::DisplayRole:
        return withVisibleControls(scope.value);
    case Qt::AccessibleTextRole:
        return tr("%1, %n app(s)", nullptr, counts.wanted).arg(scope.value);
    case Qt::ToolTipRole:
        return scope.description.isEmpty() ? scope.value : scope.value + u'\n' + scope.description;
    case LoadedCountRole:
        return counts.loaded;
    case WantedCountRole:
        return counts.wanted;
    case PendingRole:
        return counts.loaded != counts.wanted;
    default:
        return {};
    }
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
    takePlan();
    emit changed();
    return true;
}

std::vector<ClientApp> GrantGridModel::sortedApps() const
{
    std::vector<ClientApp> apps = m_plan ? m_plan->apps() : std::vector<ClientApp>();
    std::stable_sort(apps.begin(), apps.end(), [](const ClientApp &left, const ClientApp &right) {
        return QString::localeAwareCompare(left.name, right.name) < 0;
    });
    return apps;
}

void GrantGridModel::recount(const std::vector<ClientApp> &apps)
{
    std::map<ScopeId, Counts> counts;
    m_changeCount = m_addCount = m_removeCount = 0;
    for (const ClientApp &app : apps) {
        for (ScopeId scope : m_plan->granted(app.id))
            ++counts[scope].loaded;
        for (ScopeId scope : m_plan->wanted(app.id))
            ++counts[scope].wanted;
    }
    for (const GrantChange &change : m_plan ? m_plan->changes() : std::vector<GrantChange>()) {
        const int added = count(change.added());
        const int removed = count(change.removed());
        m_addCount += added;
        m_removeCount += removed;
        m_changeCount += std::max(1, added + removed);
        if (added + removed == 0)
            ++(change.action == GrantAction::RemoveClientApp ? m_removeCount : m_addCount);
    }
    m_scopeCounts.clear();
    for (const Scope &scope : m_scopes)
        m_scopeCounts.push_back(counts[scope.id]);
}

std::vector<size_t> GrantGridModel::shownRows(const std::vector<ClientApp> &apps) const
{
    std::vector<size_t> rows;
    for (size_t i = 0; i < apps.size(); ++i) {
        const bool named = m_appFilter.isEmpty() || apps[i].name.contains(m_appFilter, Qt::CaseInsensitive);
        if (named && (m_show != Show::Pending || isPending(*m_plan, apps[i].id)))
            rows.push_back(i);
    }
    return rows;
}

std::vector<size_t> GrantGridModel::shownColumns(const std::vector<ClientApp> &apps,
                                                 const std::vector<size_t> &rows) const
{
    std::vector<size_t> columns;
    for (size_t i = 0; i < m_scopes.size(); ++i) {
        const Scope &scope = m_scopes[i];
        if (!m_scopeFilter.isEmpty() && !scope.value.contains(m_scopeFilter, Qt::CaseInsensitive) &&
            !scope.description.contains(m_scopeFilter, Qt::CaseInsensitive))
            continue;
        if (m_show == Show::Differences) {
            const auto holders = std::count_if(rows.begin(), rows.end(), [&](size_t row) {
                return m_plan->wanted(apps[row].id).contains(scope.id);
            });
            if (holders == 0 || holders == static_cast<qsizetype>(rows.size()))
                continue;
        }
        columns.push_back(i);
    }
    return columns;
}

void GrantGridModel::takePlan()
{
    std::vector<ClientApp> apps = sortedApps();
    recount(apps);
    std::vector<size_t> rows = shownRows(apps);
    std::vector<size_t> columns = shownColumns(apps, rows);
    const bool sameRows =
        std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                   [&](size_t now, size_t before) { return apps[now].id == m_apps[before].id; });
    const bool same = sameRows && columns == m_columns;
    if (!same)
        beginResetModel(); // views that keep the selection by id look at what was shown
    m_apps = std::move(apps);
    m_rows = std::move(rows);
    m_columns = std::move(columns);
    if (same)
        announceAll();
    else
        endResetModel();
}

// The plan is as it was: neither copied, counted nor sorted again.
void GrantGridModel::filter()
{
    std::vector<size_t> rows = shownRows(m_apps);
    std::vector<size_t> columns = shownColumns(m_apps, rows);
    if (rows == m_rows && columns == m_columns)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    m_columns = std::move(columns);
    endResetModel();
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
    return m_plan->state(appAt(cell.row()).id, scopeAt(cell.column()).id);
}

CellMark GrantGridModel::markAt(const QModelIndex &cell) const
{
    const auto mark = m_marks.find({appAt(cell.row()).id, scopeAt(cell.column()).id});
    return mark == m_marks.end() ? CellMark::None : mark->second;
}

} // namespace latchkey
