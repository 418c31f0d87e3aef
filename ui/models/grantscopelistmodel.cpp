// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grantscopelistmodel.h"

#include "core/plaintext.h"
#include "models/grantstatewords.h"
#include "models/itemroles.h"

namespace latchkey {

GrantScopeListModel::GrantScopeListModel(GrantGridModel &grid, QObject *parent)
    : QAbstractTableModel(parent)
    , m_grid(grid)
{
    connect(&grid, &QAbstractItemModel::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(&grid, &QAbstractItemModel::modelReset, this, [this] {
        m_row = m_app ? m_grid.rowOf(*m_app) : -1;
        endResetModel();
    });
    connect(&grid, &QAbstractItemModel::dataChanged, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void GrantScopeListModel::setApp(std::optional<AppId> app)
{
    const int row = app ? m_grid.rowOf(*app) : -1;
    if (app == m_app && row == m_row)
        return;
    const bool isOther = (row < 0) != (m_row < 0);
    if (isOther)
        beginResetModel();
    m_app = app;
    m_row = row;
    if (isOther)
        endResetModel();
    else if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QItemSelection GrantScopeListModel::cellsOf(const QItemSelection &rows) const
{
    QItemSelection cells;
    for (const QItemSelectionRange &range : rows)
        cells.select(cellOf(range.top()), cellOf(range.bottom()));
    return cells;
}

int GrantScopeListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_row < 0 ? 0 : m_grid.columnCount();
}

int GrantScopeListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant GrantScopeListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QModelIndex cell = cellOf(index.row());
    if (role == Qt::AccessibleTextRole)
        return m_grid.sentence(cell);
    const latchkey::Scope &scope = m_grid.scopeAt(cell.column());
    switch (index.column()) {
    case Scope:
        if (role == Qt::CheckStateRole)
            return cell.data(Qt::CheckStateRole);
        if (role == FixedFontRole)
            return true;
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(withVisibleControls(scope.value))
                                                                  : QVariant();
    case Description:
        return role == Qt::DisplayRole || role == Qt::ToolTipRole
                   ? QVariant(withVisibleControls(scope.description))
                   : QVariant();
    case State:
        return stateData(cell, role);
    default:
        return {};
    }
}

QVariant GrantScopeListModel::stateData(const QModelIndex &cell, int role) const
{
    GrantStateWords words = wordsFor(static_cast<GrantState>(cell.data(GrantGridModel::StateRole).toInt()));
    switch (static_cast<CellMark>(cell.data(GrantGridModel::CellMarkRole).toInt())) {
    case CellMark::Sending:
        words = {Icon::Clock, Tone::Muted, tr("Being sent")};
        break;
    case CellMark::NotStored:
        words = {Icon::Error, Tone::Danger, tr("Not stored")};
        break;
    case CellMark::None:
        break;
    }
    switch (role) {
    case Qt::DisplayRole:
        return words.text;
    case GlyphRole:
        return static_cast<int>(words.icon);
    case ToneRole:
        return static_cast<int>(words.tone);
    case TextToneRole:
        return static_cast<int>(words.tone == Tone::Accent ? Tone::Normal : words.tone);
    default:
        return {};
    }
}

bool GrantScopeListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    return index.isValid() && index.column() == Scope && m_grid.setData(cellOf(index.row()), value, role);
}

QVariant GrantScopeListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Scope:
        return tr("Scope");
    case State:
        return tr("State");
    case Description:
        return tr("Description");
    default:
        return {};
    }
}

Qt::ItemFlags GrantScopeListModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == Scope && m_grid.isWritable() ? flags | Qt::ItemIsUserCheckable
                                                                             : flags;
}

} // namespace latchkey
