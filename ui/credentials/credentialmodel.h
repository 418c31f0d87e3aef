// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "credentials/credentialtext.h"

#include <QAbstractItemModel>

#include <array>

namespace latchkey {

/// What the list shows of one pair.
struct CredentialRow
{
    ApiCredential credential{};
    std::optional<Clock::Instant> tokenDeadline{}; ///< of the token at hand
    bool isDisabling = false;                      ///< the tenant may still accept the disabled pair
    bool isAtWork = false;                         ///< the panels of the window work as it
};

/// The pairs of a tenant in three groups, filtered and sorted within each. Two levels: a group is
/// a top row, its pairs are its children; a group without pairs is not there. IdRole is the id of a
/// pair as qint64, and not there for a group.
class CredentialModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { State, Name, ClientId, Level, SecretAt, Token, Used, Age, Note, ColumnCount };

    /// `clock` must outlive the model.
    explicit CredentialModel(const Clock &clock, QObject *parent = nullptr);

    void setRows(std::vector<CredentialRow> rows);
    void setFilter(std::optional<CredentialGroup> group, const QString &text);
    /// Tells the views about what time has changed.
    void tick();

    /// Of all pairs, whatever the filter.
    int count(CredentialGroup group) const;
    int total() const { return static_cast<int>(m_rows.size()); }
    const CredentialRow *row(const QModelIndex &index) const;
    const CredentialRow *row(CredentialId id) const;
    QModelIndex indexOf(CredentialId id) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

private:
    struct Group
    {
        CredentialGroup kind = CredentialGroup::Enabled;
        std::vector<size_t> members{}; ///< places in m_rows

        friend bool operator==(const Group &, const Group &) = default;
    };

    void arrange();
    std::vector<CredentialId> ids() const;
    void tellAll();
    bool passes(const ApiCredential &credential) const;
    std::strong_ordering compare(const CredentialRow &left, const CredentialRow &right) const;
    void sortMembers(std::vector<size_t> &members) const;
    QVariant groupData(const Group &group, int column, int role) const;
    QString text(const CredentialRow &row, int column) const;
    QString tooltip(const CredentialRow &row, int column) const;
    Tone textTone(const CredentialRow &row, int column) const;

    const Clock &m_clock;
    std::vector<CredentialRow> m_rows;
    std::vector<Group> m_groups;
    std::optional<CredentialGroup> m_only;
    QString m_text;
    int m_sortColumn = Name;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace latchkey
