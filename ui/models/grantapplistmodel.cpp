// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grantapplistmodel.h"

#include "models/itemroles.h"

namespace latchkey {

GrantAppListModel::GrantAppListModel(GrantGridModel &grid, QObject *parent)
    : QAbstractListModel(parent)
    , m_grid(grid)
{
    connect(&grid, &QAbstractItemModel::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(&grid, &QAbstractItemModel::modelReset, this, [this] { endResetModel(); });
    connect(&grid, &QAbstractItemModel::headerDataChanged, this,
            [this](Qt::Orientation orientation, int first, int last) {
                if (orientation == Qt::Vertical && m_active)
                    emit dataChanged(index(first), index(last));
            });
}

void GrantAppListModel::setActive(bool active)
{
    if (active == m_active)
        return;
    beginResetModel();
    m_active = active;
    endResetModel();
}

int GrantAppListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_active ? 0 : m_grid.rowCount();
}

QVariant GrantAppListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return m_grid.headerData(index.row(), Qt::Vertical, role);
    case IdRole:
        return m_grid.idAt(index.row()).value;
    case TrailingRole:
        return countText(index.row());
    default:
        return {};
    }
}

QString GrantAppListModel::countText(int row) const
{
    const auto value = [&](int role) { return m_grid.headerData(row, Qt::Vertical, role); };
    const int loaded = value(GrantGridModel::LoadedCountRole).toInt();
    const int wanted = value(GrantGridModel::WantedCountRole).toInt();
    const qsizetype all = static_cast<qsizetype>(m_grid.scopes().size());
    if (value(GrantGridModel::RemovedRole).toBool())
        return tr("Will be removed");
    if (all == 0) // a server without scopes
        return value(GrantGridModel::AddedRole).toBool() ? tr("New") : QString();
    if (value(GrantGridModel::AddedRole).toBool())
        return tr("New, %1 of %2").arg(wanted).arg(all);
    if (value(GrantGridModel::PendingRole).toBool() && loaded == wanted)
        return tr("+%1 \u2212%2")
            .arg(value(GrantGridModel::AddCountRole).toInt())
            .arg(value(GrantGridModel::RemoveCountRole).toInt());
    if (value(GrantGridModel::PendingRole).toBool())
        return tr("%1 → %2").arg(loaded).arg(wanted);
    return tr("%1 of %2").arg(loaded).arg(all);
}

} // namespace latchkey
