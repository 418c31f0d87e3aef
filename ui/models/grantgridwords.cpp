// SPDX-License-Identifier: GPL-3.0-or-later
// What the grid says: cells and heads in numbers and sentences.
#include "models/grantgridmodel.h"

#include "core/plaintext.h"

namespace latchkey {

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
        return tr("%1, %2, not granted, pending grant").arg(app, scope);
    case GrantState::PendingRemove:
        return plan()->isRemovedAt(m_shown.planRow(cell.row()))
                   ? tr("%1, %2, granted, pending removal of the app").arg(app, scope)
                   : tr("%1, %2, granted, pending revoke").arg(app, scope);
    }
    return {};
}

QVariant GrantGridModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || section >= (orientation == Qt::Vertical ? rowCount() : columnCount()))
        return {};
    return orientation == Qt::Vertical ? rowHeader(section, role) : columnHeader(section, role);
}

int GrantGridModel::countOnlyIn(BitSpan bits, BitSpan others) const
{
    BitRow only = m_shown.listed();
    for (size_t i = 0; i < only.size(); ++i)
        only[i] &= (i < bits.size() ? bits[i] : 0) & ~(i < others.size() ? others[i] : 0);
    return countBits(only);
}

QString GrantGridModel::rowSentence(int row) const
{
    const QString app = appAt(row).name;
    const int loaded = countCommonBits(plan()->grantedAt(m_shown.planRow(row)), m_shown.listed());
    const int wanted = countCommonBits(plan()->wantedAt(m_shown.planRow(row)), m_shown.listed());
    const int all = static_cast<int>(scopes().size());
    if (plan()->isRemovedAt(m_shown.planRow(row)))
        return tr("%1, will be removed as client app").arg(app);
    if (plan()->isAddedAt(m_shown.planRow(row)))
        return tr("%1, will be added as client app with %2 of %3 scopes").arg(app).arg(wanted).arg(all);
    if (plan()->isPendingAt(m_shown.planRow(row)) && loaded == wanted)
        return tr("%1, %2 of %3 scopes, %4 pending grant, %5 pending revoke")
            .arg(app)
            .arg(loaded)
            .arg(all)
            .arg(rowHeader(row, AddCountRole).toInt())
            .arg(rowHeader(row, RemoveCountRole).toInt());
    if (plan()->isPendingAt(m_shown.planRow(row)))
        return tr("%1, %2 of %3 scopes, then %4").arg(app).arg(loaded).arg(all).arg(wanted);
    return tr("%1, %2 of %3 scopes").arg(app).arg(loaded).arg(all);
}

QVariant GrantGridModel::rowHeader(int row, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return withVisibleControls(plan()->table().nameAt(m_shown.planRow(row)));
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return rowSentence(row);
    case LoadedCountRole:
        return countCommonBits(plan()->grantedAt(m_shown.planRow(row)), m_shown.listed());
    case WantedCountRole:
        return countCommonBits(plan()->wantedAt(m_shown.planRow(row)), m_shown.listed());
    case AddCountRole:
        return countOnlyIn(plan()->wantedAt(m_shown.planRow(row)), plan()->grantedAt(m_shown.planRow(row)));
    case RemoveCountRole:
        return countOnlyIn(plan()->grantedAt(m_shown.planRow(row)), plan()->wantedAt(m_shown.planRow(row)));
    case PendingRole:
        return plan()->isPendingAt(m_shown.planRow(row));
    case AddedRole:
        return plan()->isAddedAt(m_shown.planRow(row));
    case RemovedRole:
        return plan()->isRemovedAt(m_shown.planRow(row));
    default:
        return {};
    }
}

QVariant GrantGridModel::columnHeader(int column, int role) const
{
    const Scope &scope = scopeAt(column);
    const int loaded = plan()->loadedCount(scope.id);
    const int wanted = plan()->wantedCount(scope.id);
    switch (role) {
    case Qt::DisplayRole:
        return withVisibleControls(scope.value);
    case Qt::AccessibleTextRole:
        return tr("%1, %n app(s)", nullptr, wanted).arg(scope.value);
    case Qt::ToolTipRole:
        return scope.description.isEmpty() ? scope.value : scope.value + u'\n' + scope.description;
    case LoadedCountRole:
        return loaded;
    case WantedCountRole:
        return wanted;
    case PendingRole:
        return loaded != wanted;
    default:
        return {};
    }
}

} // namespace latchkey
