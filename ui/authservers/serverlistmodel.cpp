// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/serverlistmodel.h"

#include "core/plaintext.h"
#include "models/itemroles.h"

#include <algorithm>
#include <numeric>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString withoutScheme(const QString &identifier)
{
    const qsizetype end = identifier.indexOf("://"_L1);
    return end < 0 ? identifier : identifier.mid(end + 3);
}

} // namespace

void ServerListModel::setServers(std::vector<AuthServer> servers)
{
    std::stable_sort(servers.begin(), servers.end(), [](const AuthServer &left, const AuthServer &right) {
        return QString::localeAwareCompare(left.name, right.name) < 0;
    });
    beginResetModel();
    m_servers = std::move(servers);
    m_shown = matching();
    std::erase_if(m_counts, [this](const auto &entry) { return !server(entry.first); });
    std::erase_if(m_pending, [this](const auto &entry) { return !server(entry.first); });
    endResetModel();
}

void ServerListModel::setCounts(AuthServerId id, ServerCounts counts)
{
    m_counts[id] = counts;
    announce(id);
}

void ServerListModel::setPending(AuthServerId id, int changes)
{
    m_pending[id] = changes;
    announce(id);
}

void ServerListModel::setFilter(const QString &text)
{
    m_filter = text.trimmed();
    const std::vector<size_t> shown = matching();
    if (shown == m_shown)
        return;
    beginResetModel();
    m_shown = shown;
    endResetModel();
}

const AuthServer *ServerListModel::server(AuthServerId id) const
{
    const auto found = std::find_if(m_servers.begin(), m_servers.end(),
                                    [id](const AuthServer &server) { return server.id == id; });
    return found == m_servers.end() ? nullptr : &*found;
}

int ServerListModel::rowOf(AuthServerId id) const
{
    const auto found =
        std::find_if(m_shown.begin(), m_shown.end(), [&](size_t i) { return m_servers[i].id == id; });
    return found == m_shown.end() ? -1 : static_cast<int>(found - m_shown.begin());
}

int ServerListModel::pendingOf(AuthServerId id) const
{
    const auto pending = m_pending.find(id);
    return pending == m_pending.end() ? 0 : pending->second;
}

int ServerListModel::pendingTotal() const
{
    return std::accumulate(m_pending.begin(), m_pending.end(), 0,
                           [](int sum, const auto &entry) { return sum + entry.second; });
}

int ServerListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant ServerListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AuthServer &server = serverAt(index.row());
    const auto pending = m_pending.find(server.id);
    const int changes = pending == m_pending.end() ? 0 : pending->second;
    switch (role) {
    case Qt::DisplayRole:
        return withVisibleControls(server.name);
    case Qt::ToolTipRole:
        return server.name + u'\n' + server.resourceIdentifier;
    case Qt::AccessibleTextRole: {
        QStringList words{server.name, withoutScheme(server.resourceIdentifier), countsText(server.id)};
        if (changes > 0)
            words.append(tr("%n pending change(s)", nullptr, changes));
        words.removeAll({});
        return words.join(", "_L1);
    }
    case IdRole:
        return server.id.value;
    case SubtitleRole:
        return withoutScheme(server.resourceIdentifier);
    case ThirdLineRole:
        return countsText(server.id);
    case CountRole:
        return changes > 0 ? QVariant(changes) : QVariant();
    default:
        return {};
    }
}

std::vector<size_t> ServerListModel::matching() const
{
    std::vector<size_t> shown;
    for (size_t i = 0; i < m_servers.size(); ++i) {
        if (m_filter.isEmpty() || m_servers[i].name.contains(m_filter, Qt::CaseInsensitive) ||
            m_servers[i].resourceIdentifier.contains(m_filter, Qt::CaseInsensitive))
            shown.push_back(i);
    }
    return shown;
}

void ServerListModel::announce(AuthServerId id)
{
    if (const int row = rowOf(id); row >= 0)
        emit dataChanged(index(row), index(row));
}

QString ServerListModel::countsText(AuthServerId id) const
{
    const auto found = m_counts.find(id);
    if (found == m_counts.end())
        return {};
    const auto &[scopes, apps] = found->second;
    if (scopes == 0 && apps == 0)
        return tr("No scopes yet");
    //: "8 scopes, 12 apps"
    return tr("%1, %2").arg(scopes == 0 ? tr("No scopes") : tr("%n scope(s)", nullptr, scopes),
                            tr("%n app(s)", nullptr, apps));
}

} // namespace latchkey
