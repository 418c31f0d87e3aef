// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"

#include <QAbstractListModel>
#include <QSet>

#include <vector>

namespace latchkey {

/// An app that can be picked, or why it cannot.
struct PickableApp
{
    AppId id{};
    QString name{};
    QString detail{};
    QString taken{}; ///< not empty: it cannot be picked, and this says why
};

/// Apps by name under a filter of their own; those that cannot be picked go last. Knows which are chosen,
/// shown or not.
class PickableAppModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void append(std::vector<PickableApp> apps);
    void setFilter(const QString &text);
    const PickableApp &at(int row) const { return m_apps.at(m_shown.at(static_cast<size_t>(row))); }
    /// The row of the first app that cannot be picked; rowCount() where all can.
    int firstTaken() const;
    int total() const { return static_cast<int>(m_apps.size()); }

    void setChosen(int row, bool chosen);
    bool isChosen(int row) const { return m_chosen.contains(at(row).id); }
    qsizetype chosenCount() const { return m_chosen.size(); }
    /// In the order in which they came.
    std::vector<std::pair<AppId, QString>> chosen() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    void insert(int row, const std::vector<size_t> &apps);
    bool matches(const QString &key) const { return m_filter.isEmpty() || key.contains(m_filter); }

    std::vector<PickableApp> m_apps;
    std::vector<QString> m_keys; ///< what the filter looks into
    std::vector<size_t> m_shown;
    QSet<AppId> m_chosen;
    QString m_filter;
};

} // namespace latchkey
