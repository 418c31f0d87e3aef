// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/profilelistmodel.h"

#include "logins/loginrun.h"
#include "models/itemroles.h"
#include "style/icons.h"
#include "style/theme.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

std::vector<ProfileRow> profileRows(const std::vector<LoginProfile> &profiles,
                                    const std::vector<LoginRecord> &newestFirst)
{
    std::vector<ProfileRow> rows;
    for (const LoginProfile &profile : profiles) {
        const auto last =
            std::find_if(newestFirst.begin(), newestFirst.end(),
                         [&profile](const LoginRecord &each) { return each.profile == profile.id; });
        rows.push_back({profile, last == newestFirst.end() ? std::nullopt : std::optional(*last)});
    }
    return rows;
}

ProfileListModel::ProfileListModel(const Clock &clock, QObject *parent)
    : QAbstractListModel(parent)
    , m_clock(clock)
{
}

void ProfileListModel::setRows(std::vector<ProfileRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    filter();
    endResetModel();
}

void ProfileListModel::setFilter(const QString &text)
{
    beginResetModel();
    m_filter = text.trimmed();
    filter();
    endResetModel();
}

void ProfileListModel::filter()
{
    m_shown.clear();
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].profile.name.contains(m_filter, Qt::CaseInsensitive))
            m_shown.push_back(i);
    }
}

const ProfileRow &ProfileListModel::shown(int row) const
{
    return m_rows.at(m_shown.at(static_cast<size_t>(row)));
}

int ProfileListModel::rowOf(LoginProfileId id) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (at(row).id == id)
            return row;
    }
    return -1;
}

int ProfileListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QString ProfileListModel::subtitle(const ProfileRow &row)
{
    const LoginExpectation &expected = row.profile.expectation;
    if (row.last && !row.wasMet())
        return tr("Not as expected");
    if (row.last && expected.kind == LoginExpectation::Kind::Error)
        return tr("As expected: %1")
            .arg(expected.description.isEmpty() ? expected.error : expected.description);
    return grantName(row.profile.request.grant);
}

QString ProfileListModel::outcome(const ProfileRow &row) const
{
    if (!row.last)
        return tr("never run");
    return (row.wasMet() ? tr("as expected at %1") : tr("not as expected at %1"))
        .arg(timeOrDate(row.last->at, m_clock));
}

QVariant ProfileListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ProfileRow &row = shown(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.profile.name;
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3").arg(row.profile.name, grantName(row.profile.request.grant), outcome(row));
    case IdRole:
        return row.profile.id.value;
    case SubtitleRole:
        return subtitle(row);
    case TrailingRole:
        return row.last ? timeOrDate(row.last->at, m_clock) : tr("Never");
    case GlyphRole:
        return static_cast<int>(!row.last ? Icon::Pending : row.wasMet() ? Icon::Success : Icon::Error);
    case ToneRole:
        return static_cast<int>(!row.last ? Tone::Muted : row.wasMet() ? Tone::Ok : Tone::Danger);
    default:
        return {};
    }
}

} // namespace latchkey
