// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/earlierruns.h"

#include "logins/loginrun.h"
#include "models/itemroles.h"
#include "style/icons.h"
#include "style/theme.h"

#include <algorithm>
#include <iterator>

namespace latchkey {

EarlierRunsModel::EarlierRunsModel(const Clock &clock, QObject *parent)
    : QAbstractListModel(parent)
    , m_clock(clock)
{
}

void EarlierRunsModel::setRecords(const std::vector<LoginRecord> &newestFirst, const std::set<qint64> &shown)
{
    beginResetModel();
    m_records.clear();
    std::copy_if(newestFirst.begin(), newestFirst.end(), std::back_inserter(m_records),
                 [&shown](const LoginRecord &record) { return shown.count(record.id.value) == 0; });
    endResetModel();
}

int EarlierRunsModel::rowOf(LoginRecordId id) const
{
    const auto found = std::find_if(m_records.begin(), m_records.end(),
                                    [id](const LoginRecord &record) { return record.id == id; });
    return found == m_records.end() ? -1 : static_cast<int>(found - m_records.begin());
}

int EarlierRunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_records.size());
}

QVariant EarlierRunsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LoginRecord &record = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return record.name;
    case Qt::AccessibleTextRole:
        return (record.ok ? tr("%1, %2, succeeded at %3") : tr("%1, %2, failed at %3"))
            .arg(record.name, grantName(record.request.grant), timeOrDate(record.at, m_clock));
    case IdRole:
        return record.id.value;
    case SubtitleRole:
        return grantName(record.request.grant);
    case TrailingRole:
        return timeOrDate(record.at, m_clock);
    case GlyphRole:
        return static_cast<int>(record.ok ? Icon::Success : Icon::Error);
    case ToneRole:
        return static_cast<int>(record.ok ? Tone::Ok : Tone::Danger);
    default:
        return {};
    }
}

} // namespace latchkey
