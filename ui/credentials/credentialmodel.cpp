// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialmodel.h"

#include "core/nameorder.h"
#include "models/itemroles.h"
#include "widgets/countdownchip.h"

#include <QLocale>

namespace latchkey {

namespace {

// A pair's index carries its group's number plus one; a group's index carries zero.
constexpr quintptr kGroupLevel = 0;

} // namespace

CredentialModel::CredentialModel(const Clock &clock, QObject *parent)
    : QAbstractItemModel(parent)
    , m_clock(clock)
{
}

void CredentialModel::setRows(std::vector<CredentialRow> rows)
{
    const auto byName = [](const CredentialRow &left, const CredentialRow &right) {
        return compareNames(left.credential.name, right.credential.name) < 0;
    };
    if (!std::ranges::is_sorted(rows, byName)) // the workspace gives them so
        std::ranges::stable_sort(rows, byName);
    // Told as a change of data where nothing moves, so that focus, selection and scroll stay.
    const std::vector<Group> before = m_groups;
    const std::vector<CredentialId> idsBefore = ids();
    const std::vector<CredentialRow> rowsBefore = std::exchange(m_rows, std::move(rows));
    arrange();
    const bool moved = ids() != idsBefore || m_groups != before;
    if (!moved) {
        tellAll();
        return;
    }
    std::vector<Group> after = std::exchange(m_groups, before);
    std::vector<CredentialRow> rowsAfter = std::exchange(m_rows, rowsBefore);
    beginResetModel();
    m_rows = std::move(rowsAfter);
    m_groups = std::move(after);
    endResetModel();
}

std::vector<CredentialId> CredentialModel::ids() const
{
    std::vector<CredentialId> ids;
    for (const CredentialRow &row : m_rows)
        ids.push_back(row.credential.id);
    return ids;
}

void CredentialModel::tellAll()
{
    for (int group = 0; group < rowCount(); ++group) {
        const QModelIndex parent = index(group, 0);
        emit dataChanged(index(0, 0, parent), index(rowCount(parent) - 1, ColumnCount - 1, parent));
    }
}

void CredentialModel::setFilter(std::optional<CredentialGroup> group, const QString &text)
{
    beginResetModel();
    m_only = group;
    m_text = text.trimmed();
    arrange();
    endResetModel();
}

void CredentialModel::sort(int column, Qt::SortOrder order)
{
    beginResetModel();
    m_sortColumn = column;
    m_sortOrder = order;
    arrange();
    endResetModel();
}

void CredentialModel::tick()
{
    for (int group = 0; group < rowCount(); ++group) {
        const QModelIndex parent = index(group, 0);
        emit dataChanged(index(0, Token, parent), index(rowCount(parent) - 1, Age, parent),
                         {Qt::DisplayRole, TextToneRole});
    }
}

int CredentialModel::count(CredentialGroup group) const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [group](const CredentialRow &row) {
        return groupOf(row.credential) == group;
    }));
}

bool CredentialModel::passes(const ApiCredential &credential) const
{
    if (m_only && groupOf(credential) != *m_only)
        return false;
    return m_text.isEmpty() || credential.name.contains(m_text, Qt::CaseInsensitive) ||
           credential.clientId.contains(m_text, Qt::CaseInsensitive) ||
           credential.note.contains(m_text, Qt::CaseInsensitive);
}

/// By the sorted column alone; pairs that are equal there stay in the order of their names.
std::strong_ordering CredentialModel::compare(const CredentialRow &left, const CredentialRow &right) const
{
    const ApiCredential &a = left.credential;
    const ApiCredential &b = right.credential;
    switch (m_sortColumn) {
    case Level:
        return a.level <=> b.level;
    case Token:
        return left.tokenDeadline <=> right.tokenDeadline;
    case Used:
        return a.usedAt.toMSecsSinceEpoch() <=> b.usedAt.toMSecsSinceEpoch();
    case Age:
        return b.addedAt.toMSecsSinceEpoch() <=> a.addedAt.toMSecsSinceEpoch();
    default:
        return std::strong_ordering::equal;
    }
}

void CredentialModel::sortMembers(std::vector<size_t> &members) const
{
    const bool isDown = m_sortOrder == Qt::DescendingOrder;
    if (m_sortColumn == Name) { // as the rows are
        if (isDown)
            std::ranges::reverse(members);
        return;
    }
    std::vector<QString> texts; // made once: a comparison is made more often than there are rows
    if (m_sortColumn == State || m_sortColumn == ClientId || m_sortColumn == SecretAt ||
        m_sortColumn == Note) {
        texts.resize(m_rows.size());
        for (size_t place : members)
            texts[place] = text(m_rows[place], m_sortColumn);
    }
    std::ranges::stable_sort(members, [&](size_t a, size_t b) {
        if (isDown)
            std::swap(a, b);
        if (texts.empty())
            return compare(m_rows[a], m_rows[b]) < 0;
        return texts[a] != texts[b] && compareNames(texts[a], texts[b]) < 0;
    });
}

void CredentialModel::arrange()
{
    m_groups.clear();
    for (CredentialGroup kind :
         {CredentialGroup::NeedsAttention, CredentialGroup::Enabled, CredentialGroup::Disabled}) {
        Group group{.kind = kind};
        for (size_t place = 0; place < m_rows.size(); ++place) {
            if (groupOf(m_rows[place].credential) == kind && passes(m_rows[place].credential))
                group.members.push_back(place);
        }
        sortMembers(group.members);
        if (!group.members.empty())
            m_groups.push_back(std::move(group));
    }
}

const CredentialRow *CredentialModel::row(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == kGroupLevel)
        return nullptr;
    const Group &group = m_groups.at(index.internalId() - 1);
    return &m_rows.at(group.members.at(static_cast<size_t>(index.row())));
}

const CredentialRow *CredentialModel::row(CredentialId id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [id](const CredentialRow &row) { return row.credential.id == id; });
    return found == m_rows.end() ? nullptr : &*found;
}

QModelIndex CredentialModel::indexOf(CredentialId id) const
{
    for (int group = 0; group < rowCount(); ++group) {
        const QModelIndex parent = index(group, 0);
        for (int at = 0; at < rowCount(parent); ++at) {
            const QModelIndex found = index(at, 0, parent);
            if (row(found)->credential.id == id)
                return found;
        }
    }
    return {};
}

QModelIndex CredentialModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : kGroupLevel);
}

QModelIndex CredentialModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == kGroupLevel)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, kGroupLevel);
}

int CredentialModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != kGroupLevel || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups.at(static_cast<size_t>(parent.row())).members.size());
}

int CredentialModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

Qt::ItemFlags CredentialModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return index.internalId() == kGroupLevel
               ? Qt::ItemIsEnabled | Qt::ItemIsSelectable
               : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant CredentialModel::groupData(const Group &group, int column, int role) const
{
    const int members = static_cast<int>(group.members.size());
    switch (role) {
    case Qt::DisplayRole:
        return column == 0 ? QVariant(credentialGroupName(group.kind)) : QVariant();
    case Qt::AccessibleTextRole:
        return column == 0 ? QVariant(tr("%1, %2").arg(credentialGroupName(group.kind)).arg(members))
                           : QVariant();
    case GroupRole:
        return true;
    case CountRole:
        return members;
    default:
        return {};
    }
}

QString CredentialModel::text(const CredentialRow &row, int column) const
{
    const ApiCredential &credential = row.credential;
    switch (column) {
    case State:
        return badgeOf(credential, row.isDisabling).text;
    case Name:
        return credential.name;
    case ClientId:
        return shortClientId(credential.clientId);
    case Level:
        return credential.level ? scopeLevelName(*credential.level) : tr("Not recorded");
    case SecretAt:
        return secretPlaceText(credential);
    case Token:
        if (!row.tokenDeadline)
            return tr("None");
        if (*row.tokenDeadline <= m_clock.monotonic())
            return tr("Expired");
        return durationText(
            std::chrono::ceil<std::chrono::seconds>(*row.tokenDeadline - m_clock.monotonic()));
    case Used:
        return agoText(credential.usedAt, m_clock.now());
    case Age:
        return ageText(credential.addedAt, m_clock.now());
    case Note:
        return credential.note;
    default:
        return {};
    }
}

QString CredentialModel::tooltip(const CredentialRow &row, int column) const
{
    switch (column) {
    case Name:
        return row.isAtWork
                   ? tr("%1\nThe panels of this window work as this pair.").arg(row.credential.clientId)
                   : row.credential.clientId;
    case ClientId:
        return row.credential.clientId;
    case Level:
        return row.credential.level ? scopeLevelMeaning(*row.credential.level) : QString();
    case Used:
        return row.credential.usedAt.isValid()
                   ? QLocale().toString(row.credential.usedAt.toLocalTime(), QLocale::LongFormat)
                   : QString();
    case Age:
        return tr("Added %1")
            .arg(QLocale().toString(row.credential.addedAt.toLocalTime(), QLocale::LongFormat));
    case Note:
        return row.credential.note;
    default:
        return {};
    }
}

Tone CredentialModel::textTone(const CredentialRow &row, int column) const
{
    switch (column) {
    case State: {
        const Tone tone = badgeOf(row.credential, row.isDisabling).tone;
        return tone == Tone::Ok ? Tone::Normal : tone;
    }
    case SecretAt:
        return row.credential.secretMissing                   ? Tone::Warn
               : row.credential.place == SecretPlace::Session ? Tone::Normal
                                                              : Tone::Muted;
    case Token:
        return row.tokenDeadline && *row.tokenDeadline > m_clock.monotonic() ? Tone::Normal : Tone::Muted;
    case ClientId:
    case Used:
    case Age:
        return Tone::Muted;
    default:
        return Tone::Normal;
    }
}

QVariant CredentialModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() == kGroupLevel)
        return groupData(m_groups.at(static_cast<size_t>(index.row())), index.column(), role);
    const CredentialRow &pair = *row(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(pair, index.column());
    case Qt::ToolTipRole:
        return tooltip(pair, index.column());
    case Qt::AccessibleTextRole:
        if (index.column() != Name)
            return text(pair, index.column());
        return pair.isAtWork
                   ? tr("%1, at work, client ID %2").arg(pair.credential.name, pair.credential.clientId)
                   : tr("%1, client ID %2").arg(pair.credential.name, pair.credential.clientId);
    case MarkRole:
        return index.column() == Name && pair.isAtWork ? QVariant(static_cast<int>(Icon::Play)) : QVariant();
    case GlyphRole:
        return index.column() == State
                   ? QVariant(static_cast<int>(badgeOf(pair.credential, pair.isDisabling).icon))
                   : QVariant();
    case ToneRole:
        return static_cast<int>(badgeOf(pair.credential, pair.isDisabling).tone);
    case TextToneRole:
        return static_cast<int>(textTone(pair, index.column()));
    case SubtitleRole:
        return index.column() == Name ? QVariant(shortClientId(pair.credential.clientId)) : QVariant();
    case FixedSubtitleRole:
        return true;
    case FixedFontRole:
        return index.column() == ClientId;
    case IdRole:
        return pair.credential.id.value;
    default:
        return {};
    }
}

QVariant CredentialModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State:
        return tr("State");
    case Name:
        return tr("Name");
    case ClientId:
        return tr("Client ID");
    case Level:
        return tr("Scope level");
    case SecretAt:
        return tr("Secret");
    case Token:
        return tr("Token");
    case Used:
        return tr("Used here");
    case Age:
        return tr("Age");
    case Note:
        return tr("Owner note");
    default:
        return {};
    }
}

} // namespace latchkey
