// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "oidc/loginrecord.h"

#include <QAbstractListModel>

#include <vector>

namespace latchkey {

/// A profile and how it ended last.
struct ProfileRow
{
    LoginProfile profile{};
    std::optional<LoginRecord> last{};

    bool wasMet() const { return last && last->metExpectation.value_or(last->ok); }
};

/// The rows of profiles, each with its newest run of the history.
std::vector<ProfileRow> profileRows(const std::vector<LoginProfile> &profiles,
                                    const std::vector<LoginRecord> &newestFirst);

/// The login profiles that pass the filter, by name. Roles as for TwoLineDelegate.
class ProfileListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    /// The clock must outlive it.
    explicit ProfileListModel(const Clock &clock, QObject *parent = nullptr);

    void setRows(std::vector<ProfileRow> rows);
    void setFilter(const QString &text);
    const std::vector<ProfileRow> &rows() const { return m_rows; } ///< whatever the filter
    const LoginProfile &at(int row) const { return shown(row).profile; }
    int rowOf(LoginProfileId id) const; ///< -1 if it is not shown

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    const ProfileRow &shown(int row) const;
    static QString subtitle(const ProfileRow &row);
    QString outcome(const ProfileRow &row) const;
    void filter();

    const Clock &m_clock;
    std::vector<ProfileRow> m_rows;
    std::vector<size_t> m_shown;
    QString m_filter;
};

} // namespace latchkey
