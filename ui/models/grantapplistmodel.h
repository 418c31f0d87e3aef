// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/grantgridmodel.h"

#include <QAbstractListModel>

namespace latchkey {

/// The client apps that a GrantGridModel shows, as a list. Roles as for TwoLineDelegate.
class GrantAppListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    /// The grid must outlive it.
    explicit GrantAppListModel(GrantGridModel &grid, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QString countText(int row) const;

    GrantGridModel &m_grid;
};

} // namespace latchkey
