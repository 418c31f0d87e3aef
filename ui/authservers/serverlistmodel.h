// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

#include <QAbstractListModel>

#include <map>
#include <optional>
#include <vector>

namespace latchkey {

/// How much an authorization server holds.
struct ServerCounts
{
    int scopes = 0;
    int apps = 0;
    friend bool operator==(const ServerCounts &, const ServerCounts &) = default;
};

/// The authorization servers of a tenant by name, with what is known of each: resource identifier,
/// counts, staged changes. Roles as for TwoLineDelegate.
class ServerListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// What is known of servers that are not among them is forgotten.
    void setServers(std::vector<AuthServer> servers);
    void setCounts(AuthServerId id, ServerCounts counts);
    void setPending(AuthServerId id, int changes);
    void setFilter(const QString &text);

    /// All of them, whatever the filter.
    const std::vector<AuthServer> &servers() const { return m_servers; }
    const AuthServer &serverAt(int row) const { return m_servers.at(m_shown.at(static_cast<size_t>(row))); }
    const AuthServer *server(AuthServerId id) const;
    int rowOf(AuthServerId id) const; ///< -1 if it is not shown
    int pendingOf(AuthServerId id) const;
    int pendingTotal() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<size_t> matching() const;
    void announce(AuthServerId id);
    QString countsText(AuthServerId id) const;

    std::vector<AuthServer> m_servers;
    std::vector<size_t> m_shown;
    std::map<AuthServerId, ServerCounts> m_counts;
    std::map<AuthServerId, int> m_pending;
    QString m_filter;
};

} // namespace latchkey
