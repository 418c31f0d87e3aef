// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/grantgridmodel.h"

namespace latchkey {

/// The scopes that a GrantGridModel shows, for one of its client apps: a checklist. Roles as for
/// TableDelegate.
class GrantScopeListModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Scope, State, Description, ColumnCount };

    /// The grid must outlive it.
    explicit GrantScopeListModel(GrantGridModel &grid, QObject *parent = nullptr);

    /// None, or one that is not shown: an empty list.
    void setApp(std::optional<AppId> app);
    std::optional<AppId> app() const { return m_app; }
    /// The cell of the grid that a row stands for; invalid: none.
    QModelIndex cellOf(int row) const { return m_grid.index(m_row, row); }
    QItemSelection cellsOf(const QItemSelection &rows) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    QVariant stateData(const QModelIndex &cell, int role) const;

    GrantGridModel &m_grid;
    std::optional<AppId> m_app;
    int m_row = -1; ///< of the app in the grid
};

} // namespace latchkey
