// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/applying.h"
#include "cli/changejson.h"
#include "cli/grantreport.h"
#include "cli/serverreport.h"
#include "cli/verbs.h"
#include "cli/written.h"
#include "core/plaintext.h"
#include "grants/grantjournal.h"
#include "grants/journaltext.h"
#include "grants/reconcile.h"
#include "grants/undoplan.h"
#include "onelogin/authserversapi.h"

#include <algorithm>
#include <deque>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QString signsOf(const JournalEntry &entry, const GrantChange &change)
{
    QStringList signs;
    for (const QString &value : scopeValues(entry, change.added()))
        signs.append(u'+' + value);
    for (const QString &value : scopeValues(entry, change.removed()))
        signs.append(u'-' + value);
    if (change.action == GrantAction::AddClientApp)
        signs.prepend(Command::tr("client app added"));
    if (change.action == GrantAction::RemoveClientApp)
        signs.prepend(Command::tr("client app removed"));
    return plainLine(signs.join(u' '));
}

ScopeNames namesIn(const JournalEntry &entry)
{
    return [&entry](const ScopeSet &scopes) { return scopeValues(entry, scopes); };
}

QJsonObject rowJson(const JournalEntry &entry, const JournalRow &row)
{
    QJsonObject json = changeJson(row.change, namesIn(entry));
    json.insert(u"before"_s, toJson(scopeValues(entry, row.change.before)));
    json.insert(u"after"_s, toJson(scopeValues(entry, row.change.after)));
    json.insert(u"state"_s, journalStateKey(row.state));
    json.insert(u"state_at"_s, toJson(row.stateAt));
    json.insert(u"reason"_s, row.reason);
    json.insert(u"request_id"_s, row.requestId);
    return json;
}

QJsonObject entryJson(const JournalEntry &entry)
{
    QJsonArray rows;
    for (const JournalRow &row : entry.rows)
        rows.append(rowJson(entry, row));
    return {{u"id"_s, entry.id.value},
            {u"at"_s, toJson(entry.at)},
            {u"who"_s, entry.who},
            {u"origin"_s, originKey(entry.origin)},
            {u"source"_s, entry.source},
            {u"undoes"_s, entry.undoes ? QJsonValue(entry.undoes->value) : QJsonValue(QJsonValue::Null)},
            {u"server"_s, ownerJson({.id = entry.server, .name = entry.serverName})},
            {u"changes"_s, rows}};
}

QString entryText(const JournalEntry &entry)
{
    QString text =
        Command::tr("%1  %2  %3  by %4\n")
            .arg(entry.id.value)
            .arg(entry.at.toString(Qt::ISODate), plainLine(entry.serverName), plainLine(entry.who));
    for (const JournalRow &row : entry.rows) {
        text += u"    %1: %2 (%3)\n"_s.arg(plainLine(row.change.appName), signsOf(entry, row.change),
                                           journalStateText(row.state));
        if (!row.reason.isEmpty())
            text += u"        %1\n"_s.arg(plainLine(row.reason));
    }
    return text;
}

/// The servers that the first argument means, by id or by a name that they had; none: all of them.
Result<JournalServers> askedServers(const Command &command, const GrantJournal &journal, TenantId tenant)
{
    const QString wanted = command.argument(0);
    if (wanted.isEmpty())
        return JournalServers();
    return journal.servers(tenant).map([&wanted](const std::vector<AuthServer> &servers) -> JournalServers {
        std::vector<AuthServerId> ids;
        for (const AuthServer &server : servers) {
            if (server.id.toString() == wanted || server.name.compare(wanted, Qt::CaseInsensitive) == 0)
                ids.push_back(server.id);
        }
        return ids;
    });
}

/// Settles one entry after the other; ends the run.
class ReconcileRun : public QObject
{
public:
    ReconcileRun(Command &command, ApiClient &api, GrantJournal &journal, std::vector<JournalEntry> entries)
        : QObject(&command)
        , m_command(command)
        , m_api(api)
        , m_journal(journal)
        , m_entries(entries.begin(), entries.end())
    {
    }

    void next()
    {
        if (m_entries.empty())
            return tell();
        const JournalEntry entry = m_entries.front();
        m_entries.pop_front();
        reconcile(m_journal, AuthServersApi(m_api), entry,
                  m_command.expect<JournalEntry>([this](const JournalEntry &settled) {
                      m_json.append(entryJson(settled));
                      m_text += entryText(settled);
                      m_allStored = m_allStored && std::all_of(settled.rows.begin(), settled.rows.end(),
                                                               [](const JournalRow &row) {
                                                                   return row.state == JournalState::Proven;
                                                               });
                      next();
                  }));
    }

private:
    void tell()
    {
        if (m_json.isEmpty())
            m_text = Command::tr("No apply was interrupted.\n");
        m_command.succeed({{u"entries"_s, m_json}}, m_text, m_allStored ? Exit::Done : Exit::Refused);
    }

    Command &m_command;
    ApiClient &m_api;
    GrantJournal &m_journal;
    std::deque<JournalEntry> m_entries;
    QJsonArray m_json;
    QString m_text;
    bool m_allStored = true;
};

void reportUndone(Command &command, const GrantApply &apply, QJsonObject json, const JournalEntry &head)
{
    QString text;
    QJsonArray states;
    for (const AppliedChange &row : apply.changes()) {
        if (row.error)
            printError(errorText(*row.error));
        text += u"%1: %2 (%3)\n"_s.arg(plainLine(row.change.appName), signsOf(head, row.change),
                                       journalStateText(journalState(row)));
        states.append(QJsonObject{{u"app_id"_s, row.change.app.value},
                                  {u"verified"_s, row.state == ApplyState::Verified},
                                  {u"state"_s, stateKey(row)},
                                  {u"error"_s, toJson(row.error)}});
    }
    json.insert(u"applied"_s, states);
    command.succeed(json, text, outcome(apply.changes()));
}

void undo(Command &command, ApiClient &api, const JournalEntry &entry, const ServerGrants &grants)
{
    const UndoPlan plan = undoPlan(entry, grants.scopes, grants.clientApps);
    JournalEntry head = headOf(command, grants, ChangeOrigin::Undo);
    head.undoes = entry.id;
    QJsonArray notes;
    for (const UndoNote &note : plan.notes) {
        notes.append(note.text);
        printError(plainLine(note.text) + u'\n');
    }
    QJsonArray changes;
    for (const GrantChange &change : plan.changes)
        changes.append(changeJson(change, namesIn(head), head.serverName));
    const QJsonObject json{{u"undoes"_s, entry.id.value}, {u"changes"_s, changes}, {u"notes"_s, notes}};
    if (plan.changes.empty())
        return command.succeed(
            json, Command::tr("Nothing of entry %1 can be taken back.\n").arg(entry.id.value), Exit::Refused);
    if (!command.has(u"yes"_s)) {
        QString text;
        for (const GrantChange &change : plan.changes)
            text += u"%1: %2\n"_s.arg(plainLine(change.appName), signsOf(head, change));
        return command.succeed(json, text + Command::tr("Nothing was sent. --yes takes it back.\n"),
                               Exit::Refused);
    }
    GrantApply *apply = makeApply(command, api, plan.changes, head);
    QObject::connect(apply, &GrantApply::finished, &command,
                     [&command, apply, json, head] { reportUndone(command, *apply, json, head); });
    unlessGrantsBreak(command, api, grants, plan.changes, [apply] { apply->start(); });
}

} // namespace

void grantsChanges(Command &command)
{
    const auto journal = journalOf(command);
    if (!journal)
        return command.refuse(journal.error());
    tellInterruptedApplies(command);
    const auto [grants, tenant] = *journal;
    const Result<std::vector<JournalEntry>> entries =
        askedServers(command, *grants, tenant)
            .and_then([grants = grants, tenant = tenant](const auto &servers) {
                return grants->entries(tenant, servers);
            });
    if (!entries)
        return command.refuse(entries.error());
    QJsonArray json;
    QString text;
    for (const JournalEntry &entry : *entries) {
        json.append(entryJson(entry));
        text += entryText(entry);
    }
    command.succeed({{u"entries"_s, json}}, json.isEmpty() ? Command::tr("No changes yet.\n") : text);
}

void grantsReconcile(Command &command)
{
    const auto journal = journalOf(command);
    if (!journal)
        return command.refuse(journal.error());
    const auto entries = journal->first->unfinished(journal->second);
    if (!entries)
        return command.refuse(entries.error());
    command.withApi([&command, journal, entries](ApiClient &api) {
        (new ReconcileRun(command, api, *journal->first, *entries))->next();
    });
}

void grantsUndo(Command &command)
{
    const auto journal = journalOf(command);
    if (!journal)
        return command.refuse(journal.error());
    const Result<JournalEntry> entry =
        journal->first->entry(journal->second, {command.argument(0).toLongLong()});
    if (!entry)
        return command.refuse(entry.error());
    command.withApi([&command, entry = *entry](ApiClient &api) {
        findServer(command, api, entry.server.toString(), [&command, &api, entry](const AuthServer &server) {
            readGrants(command, api, server, [&command, &api, entry](const ServerGrants &grants) {
                undo(command, api, entry, grants);
            });
        });
    });
}

} // namespace latchkey::cli
