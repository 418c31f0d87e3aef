// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "oidc/loginrecord.h"

#include <QAbstractListModel>

#include <set>
#include <vector>

namespace latchkey {

/// The history of logins but for those of this session, newest first. Roles as for TwoLineDelegate.
class EarlierRunsModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    /// The clock must outlive it.
    explicit EarlierRunsModel(const Clock &clock, QObject *parent = nullptr);

    /// `shown`: those that stand elsewhere.
    void setRecords(const std::vector<LoginRecord> &newestFirst, const std::set<qint64> &shown);
    const LoginRecord &at(int row) const { return m_records.at(static_cast<size_t>(row)); }
    int rowOf(LoginRecordId id) const; ///< -1: it is gone

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    const Clock &m_clock;
    std::vector<LoginRecord> m_records;
};

} // namespace latchkey
