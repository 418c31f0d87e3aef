// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantjournal.h"

#include "core/json.h"
#include "core/process.h"
#include "store/rows.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <functional>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Longer than a tenant can make an apply wait. A process id that the system gave to another program
// meanwhile delays what is told by no more than this.
constexpr std::chrono::seconds kLongestPause = std::chrono::minutes(70);

constexpr QLatin1StringView kEntryColumns =
    "tenant_id, server_id, server_name, who, origin, source, undoes, scopes, at, process"_L1;
constexpr qsizetype kEntryColumnCount = 10;
constexpr QLatin1StringView kLastEvent = "(SELECT MAX(id) FROM grant_events WHERE row_id = grant_rows.id)"_L1;

/// "3,5"
template<typename Range, typename Projection = std::identity>
QString joined(const Range &range, Projection idOf = {})
{
    QStringList ids;
    for (const auto &each : range)
        ids.append(std::invoke(idOf, each).toString());
    return ids.join(u',');
}

/// A JSON array.
QString toText(const ScopeSet &scopes)
{
    return u'[' + joined(scopes) + u']';
}

ScopeSet scopesFrom(const QString &text)
{
    ScopeSet scopes;
    for (const QJsonValue id : QJsonDocument::fromJson(text.toUtf8()).array())
        scopes.insert({id.toInteger()});
    return scopes;
}

QString toText(const std::map<ScopeId, QString> &values)
{
    QJsonObject json;
    for (const auto &[id, value] : values)
        json.insert(id.toString(), value);
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

std::map<ScopeId, QString> valuesFrom(const QString &text)
{
    std::map<ScopeId, QString> values;
    const QJsonObject json = QJsonDocument::fromJson(text.toUtf8()).object();
    for (auto each = json.begin(); each != json.end(); ++each)
        values.emplace(ScopeId{each.key().toLongLong()}, each.value().toString());
    return values;
}

QVariantList entryValues(const JournalEntry &entry)
{
    return {entry.tenant.value,
            entry.server.value,
            entry.serverName,
            entry.who,
            originKey(entry.origin),
            entry.source,
            entry.undoes ? QVariant(entry.undoes->value) : QVariant(),
            toText(entry.scopeValues),
            timeValue(entry.at),
            entry.process};
}

JournalEntry readEntry(const QSqlQuery &row)
{
    JournalEntry entry{.id = {row.value(0).toLongLong()},
                       .tenant = {row.value(1).toLongLong()},
                       .server = {row.value(2).toLongLong()},
                       .serverName = row.value(3).toString(),
                       .who = row.value(4).toString(),
                       .origin = originFromKey(row.value(5).toString()),
                       .source = row.value(6).toString(),
                       .scopeValues = valuesFrom(row.value(8).toString()),
                       .at = readTime(row.value(9)),
                       .process = row.value(10).toLongLong()};
    if (!row.value(7).isNull())
        entry.undoes = JournalEntryId{row.value(7).toLongLong()};
    return entry;
}

JournalRow readRow(const QSqlQuery &row)
{
    JournalRow read{.id = {row.value(0).toLongLong()},
                    .change = {.action = grantActionFromKey(row.value(3).toString()),
                               .app = {row.value(1).toLongLong()},
                               .appName = row.value(2).toString(),
                               .before = scopesFrom(row.value(4).toString()),
                               .after = scopesFrom(row.value(5).toString())}};
    if (row.value(6).isNull())
        return read;
    read.state = journalStateFromKey(row.value(6).toString());
    read.stateAt = readTime(row.value(7));
    read.reason = row.value(8).toString();
    read.requestId = row.value(9).toString();
    read.readAt = readTime(row.value(10));
    if (!row.value(11).isNull())
        read.found = scopesFrom(row.value(11).toString());
    return read;
}

} // namespace

GrantJournal::GrantJournal(OpenDatabase file)
    : m_file(std::move(file))
{
}

Result<JournalEntry> GrantJournal::begin(JournalEntry entry, const std::vector<GrantChange> &changes)
{
    entry.at = QDateTime::currentDateTimeUtc();
    entry.process = QCoreApplication::applicationPid();
    Result<JournalEntry> begun = m_file.write<JournalEntry>([&]() -> Result<JournalEntry> {
        if (const Result<void> alone = refuseSecond(entry); !alone)
            return fail(alone.error());
        const Result<QSqlQuery> done = run(m_file.database,
                                           u"INSERT INTO grant_entries (%1) VALUES (%2)"_s.arg(
                                               kEntryColumns, placeholders(kEntryColumnCount)),
                                           entryValues(entry));
        if (!done)
            return fail(done.error());
        entry.id = {done->lastInsertId().toLongLong()};
        entry.rows.clear();
        return insertRows(entry, changes).map([&entry] { return entry; });
    });
    if (begun)
        emit changed(entry.tenant);
    return begun;
}

Result<void> GrantJournal::extend(JournalEntry &entry, const std::vector<GrantChange> &changes)
{
    const Result<void> done = m_file.write([&] { return insertRows(entry, changes); });
    if (done)
        emit changed(entry.tenant);
    return done;
}

Result<void> GrantJournal::insertRows(JournalEntry &entry, const std::vector<GrantChange> &changes)
{
    QList<QVariantList> values;
    for (const GrantChange &change : changes)
        values.append(QVariantList{entry.id.value, change.app.value, change.appName,
                                   grantActionKey(change.action), toText(change.before),
                                   toText(change.after)});
    const Result<qint64> last =
        runEach(m_file.database,
                u"INSERT INTO grant_rows (entry_id, app_id, app_name, action, before_scopes, after_scopes)"
                " VALUES (?, ?, ?, ?, ?, ?)"_s,
                values);
    if (!last)
        return fail(last.error());
    // One after the other under the write lock, so that the ids follow one another.
    qint64 id = *last - static_cast<qint64>(changes.size());
    for (const GrantChange &change : changes)
        entry.rows.push_back({.id = {++id}, .change = change});
    return {};
}

Result<void> GrantJournal::append(TenantId tenant, const std::vector<JournalEvent> &events)
{
    if (events.empty())
        return {};
    const QVariant now = timeValue(QDateTime::currentDateTimeUtc());
    QList<QVariantList> values;
    for (const JournalEvent &event : events)
        values.append(QVariantList{event.row.value, now, journalStateKey(event.state), event.reason,
                                   event.requestId, timeValue(event.readAt),
                                   event.found ? QVariant(toText(*event.found)) : QVariant()});
    const Result<void> done = m_file.write([&]() -> Result<void> {
        return runEach(m_file.database,
                       u"INSERT INTO grant_events (row_id, at, state, reason, request_id, read_at, found)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
                       values)
            .map([](qint64) {});
    });
    if (done)
        emit changed(tenant);
    return done;
}

Result<void> GrantJournal::close(const JournalEntry &entry)
{
    const Result<void> done = m_file.write([&]() -> Result<void> {
        const Result<QSqlQuery> closed =
            run(m_file.database,
                u"INSERT OR IGNORE INTO grant_ends (entry_id, at) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM"
                " grant_rows LEFT JOIN grant_events ON grant_events.id = %1 WHERE grant_rows.entry_id = ?"
                " AND (grant_events.state IS NULL OR grant_events.state IN ('planned', 'sent', 'unknown')))"_s
                    .arg(kLastEvent),
                {entry.id.value, timeValue(QDateTime::currentDateTimeUtc()), entry.id.value});
        return closed ? Result<void>() : fail(closed.error());
    });
    if (done)
        emit changed(entry.tenant);
    return done;
}

Result<std::vector<JournalEntry>> GrantJournal::heads(const QString &rest, const QVariantList &values) const
{
    Result<QSqlQuery> query =
        run(m_file.database, u"SELECT id, %1 FROM grant_entries WHERE %2"_s.arg(kEntryColumns, rest), values);
    if (!query)
        return fail(query.error());
    std::vector<JournalEntry> entries;
    while (query->next())
        entries.push_back(readEntry(*query));
    return entries;
}

Result<std::vector<JournalEntry>> GrantJournal::newest(TenantId tenant, const JournalServers &servers) const
{
    QString rest = u"tenant_id = ?"_s;
    if (servers)
        rest += u" AND server_id IN (%1)"_s.arg(joined(*servers));
    return heads(rest + u" ORDER BY id DESC LIMIT %1"_s.arg(kMostListed), {tenant.value});
}

Result<std::vector<JournalSummary>> GrantJournal::summaries(TenantId tenant,
                                                            const JournalServers &servers) const
{
    const Result<std::vector<JournalEntry>> entries = newest(tenant, servers);
    if (!entries)
        return fail(entries.error());
    Result<QSqlQuery> query =
        run(m_file.database,
            u"SELECT entry_id, COALESCE(grant_events.state, 'planned'), COUNT(*) FROM grant_rows LEFT JOIN"
            " grant_events ON grant_events.id = %1 WHERE entry_id IN (%2) GROUP BY 1, 2"_s.arg(
                kLastEvent, joined(*entries, &JournalEntry::id)));
    if (!query)
        return fail(query.error());
    std::map<JournalEntryId, std::map<JournalState, int>> counts;
    while (query->next())
        counts[{query->value(0).toLongLong()}][journalStateFromKey(query->value(1).toString())] +=
            query->value(2).toInt();
    std::vector<JournalSummary> summaries;
    for (const JournalEntry &entry : *entries)
        summaries.push_back({.entry = entry, .counts = counts[entry.id]});
    return summaries;
}

Result<std::vector<JournalEntry>> GrantJournal::entries(TenantId tenant, const JournalServers &servers) const
{
    Result<std::vector<JournalEntry>> entries = newest(tenant, servers);
    if (!entries)
        return entries;
    return readRows(*entries).map([&entries] { return std::move(*entries); });
}

Result<std::vector<AuthServer>> GrantJournal::servers(TenantId tenant) const
{
    Result<QSqlQuery> query = run(
        m_file.database, u"SELECT DISTINCT server_id, server_name FROM grant_entries WHERE tenant_id = ?"_s,
        {tenant.value});
    if (!query)
        return fail(query.error());
    std::vector<AuthServer> servers;
    while (query->next())
        servers.push_back({.id = {query->value(0).toLongLong()}, .name = query->value(1).toString()});
    return servers;
}

Result<void> GrantJournal::readRows(std::vector<JournalEntry> &entries) const
{
    Result<QSqlQuery> query =
        run(m_file.database,
            u"SELECT grant_rows.id, app_id, app_name, action, before_scopes, after_scopes, state, at, reason,"
            " request_id, read_at, found, entry_id FROM grant_rows LEFT JOIN grant_events ON"
            " grant_events.id = %1 WHERE entry_id IN (%2) ORDER BY grant_rows.id"_s.arg(
                kLastEvent, joined(entries, &JournalEntry::id)));
    if (!query)
        return fail(query.error());
    std::map<JournalEntryId, JournalEntry *> byId;
    for (JournalEntry &entry : entries)
        byId.emplace(entry.id, &entry);
    while (query->next())
        byId.at({query->value(12).toLongLong()})->rows.push_back(readRow(*query));
    return {};
}

Result<JournalEntry> GrantJournal::entry(TenantId tenant, JournalEntryId id) const
{
    Result<std::vector<JournalEntry>> found = heads(u"tenant_id = ? AND id = ?"_s, {tenant.value, id.value});
    if (!found)
        return fail(found.error());
    if (found->empty())
        return fail(ErrorKind::NotFound, tr("The journal of this tenant has no entry %1.").arg(id.value));
    return readRows(*found).map([&found] { return found->front(); });
}

Result<std::vector<JournalEntry>> GrantJournal::unfinished(TenantId tenant) const
{
    Result<std::vector<JournalEntry>> entries =
        heads(u"tenant_id = ? AND id NOT IN (SELECT entry_id FROM grant_ends) ORDER BY id"_s, {tenant.value});
    if (!entries)
        return entries;
    std::erase_if(*entries, [this](const JournalEntry &each) { return isUnderWay(each); });
    return readRows(*entries).map([&entries] { return std::move(*entries); });
}

std::shared_ptr<const void> GrantJournal::hold(JournalEntryId id)
{
    auto handle = std::make_shared<JournalEntryId>(id);
    m_held[id] = handle;
    return handle;
}

Result<void> GrantJournal::refuseSecond(const JournalEntry &entry) const
{
    const Result<std::vector<JournalEntry>> open =
        heads(u"tenant_id = ? AND server_id = ? AND id NOT IN (SELECT entry_id FROM grant_ends)"_s,
              {entry.tenant.value, entry.server.value});
    if (!open)
        return fail(open.error());
    for (const JournalEntry &each : *open) {
        if (isUnderWay(each))
            return fail(
                ErrorKind::Storage,
                tr("Other changes of %1 are under way (entry %2, begun at %3). Wait until they are done, "
                   "and read again.")
                    .arg(each.serverName, each.id.toString(),
                         QLocale().toString(each.at.toLocalTime(), QLocale::ShortFormat)));
    }
    return {};
}

bool GrantJournal::isUnderWay(const JournalEntry &entry) const
{
    if (entry.process == QCoreApplication::applicationPid()) {
        const auto held = m_held.find(entry.id);
        return held != m_held.end() && !held->second.expired();
    }
    Result<QSqlQuery> last = run(m_file.database,
                                 u"SELECT MAX(grant_events.at) FROM grant_events JOIN grant_rows ON"
                                 " grant_rows.id = row_id WHERE entry_id = ?"_s,
                                 {entry.id.value});
    const QDateTime at =
        last && last->next() && !last->value(0).isNull() ? readTime(last->value(0)) : entry.at;
    const qint64 age = at.secsTo(QDateTime::currentDateTimeUtc());
    return age >= 0 && age < kLongestPause.count() && isRunning(entry.process);
}

} // namespace latchkey
