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

    /// Not active, as at first: empty, so that a grid that is shown instead costs nothing here.
    void setActive(bool active);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QString countText(int row) const;

    GrantGridModel &m_grid;
    bool m_active = false;
};

} // namespace latchkey
