// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/pickableappmodel.h"

#include "core/plaintext.h"
#include "models/itemroles.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

void PickableAppModel::append(std::vector<PickableApp> apps)
{
    std::vector<size_t> free;
    std::vector<size_t> taken;
    for (PickableApp &app : apps) {
        m_keys.push_back((app.name + u'\n' + app.detail).toCaseFolded());
        if (matches(m_keys.back()))
            (app.taken.isEmpty() ? free : taken).push_back(m_apps.size());
        m_apps.push_back(std::move(app));
    }
    insert(firstTaken(), free);
    insert(rowCount(), taken);
}

void PickableAppModel::insert(int row, const std::vector<size_t> &apps)
{
    if (apps.empty())
        return;
    beginInsertRows({}, row, row + static_cast<int>(apps.size()) - 1);
    m_shown.insert(m_shown.begin() + row, apps.begin(), apps.end());
    endInsertRows();
}

int PickableAppModel::firstTaken() const
{
    const auto place = std::partition_point(m_shown.begin(), m_shown.end(),
                                            [this](size_t app) { return m_apps[app].taken.isEmpty(); });
    return static_cast<int>(place - m_shown.begin());
}

void PickableAppModel::setFilter(const QString &text)
{
    beginResetModel();
    m_filter = text.trimmed().toCaseFolded();
    m_shown.clear();
    for (size_t i = 0; i < m_apps.size(); ++i) {
        if (matches(m_keys[i]))
            m_shown.push_back(i);
    }
    std::ranges::stable_partition(m_shown, [this](size_t app) { return m_apps[app].taken.isEmpty(); });
    endResetModel();
}

void PickableAppModel::setChosen(int row, bool chosen)
{
    if (chosen)
        m_chosen.insert(at(row).id);
    else
        m_chosen.remove(at(row).id);
}

std::vector<std::pair<AppId, QString>> PickableAppModel::chosen() const
{
    std::vector<std::pair<AppId, QString>> apps;
    for (const PickableApp &app : m_apps) {
        if (m_chosen.contains(app.id))
            apps.emplace_back(app.id, app.name);
    }
    return apps;
}

int PickableAppModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant PickableAppModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PickableApp &app = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return withVisibleControls(app.name);
    case Qt::AccessibleTextRole:
        return app.taken.isEmpty() ? app.name : app.name + u", "_s + app.taken;
    case IdRole:
        return app.id.value;
    case SubtitleRole:
        return app.detail;
    case TrailingRole:
        return !app.taken.isEmpty() ? app.taken : m_chosen.contains(app.id) ? tr("Chosen") : QString();
    default:
        return {};
    }
}

Qt::ItemFlags PickableAppModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return at(index.row()).taken.isEmpty() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace latchkey
