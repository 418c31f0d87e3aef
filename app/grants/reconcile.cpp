// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/reconcile.h"

#include "grants/grantjournal.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Reconcile", text);
}

/// Sooner than any tenant or proxy can be trusted to have given up on a request.
bool wasJustSent(const JournalRow &row)
{
    constexpr qint64 longest = 300; // s
    return row.stateAt.secsTo(QDateTime::currentDateTimeUtc()) < longest;
}

JournalEvent settled(const JournalRow &row, const std::optional<ScopeSet> &now, bool serverIsGone)
{
    JournalEvent event{.row = row.id, .readAt = QDateTime::currentDateTimeUtc(), .found = now};
    switch (standing(row.change, now)) {
    case Standing::AsWanted:
        event.state = JournalState::Proven;
        break;
    case Standing::AsLoaded:
        event.state = JournalState::NotStored;
        event.reason = wasJustSent(row)
                           ? tr("The tenant was read again and does not have it. It was sent a moment ago: "
                                "should it still be under way, it may come later.")
                           : tr("The tenant was read again and does not have it.");
        break;
    case Standing::Changed:
        event.state = JournalState::Conflict;
        event.reason =
            tr("The tenant was read again and has something else. Someone may have changed it since.");
        break;
    }
    if (serverIsGone && event.state != JournalState::Proven)
        event.reason = tr("The authorization server is gone.");
    return event;
}

void settle(GrantJournal &journal, const JournalEntry &entry, const std::vector<ClientApp> &apps,
            bool serverIsGone, const Continuation<JournalEntry> &continuation)
{
    const ClientAppIndex index(apps);
    std::vector<JournalEvent> events;
    for (const JournalRow &row : entry.rows) {
        if (isOpen(row))
            events.push_back(settled(row, index.scopesOf(row.change.app), serverIsGone));
        else if (row.state == JournalState::Planned)
            events.push_back({.row = row.id, .state = JournalState::Skipped});
    }
    continuation(
        journal.append(entry.tenant, events).and_then([&] { return journal.close(entry); }).and_then([&] {
            return journal.entry(entry.tenant, entry.id);
        }));
}

} // namespace

void reconcile(GrantJournal &journal, AuthServersApi api, const JournalEntry &entry,
               Continuation<JournalEntry> continuation)
{
    QObject *context = continuation.context();
    const auto take = [&journal, entry, continuation](const Result<std::vector<ClientApp>> &apps) {
        if (apps)
            settle(journal, entry, *apps, false, continuation);
        else if (apps.error().kind == ErrorKind::NotFound)
            settle(journal, entry, {}, true, continuation);
        else
            continuation(fail(apps.error()));
    };
    if (std::any_of(entry.rows.begin(), entry.rows.end(), isOpen))
        return api.clientApps(entry.server, Continuation<std::vector<ClientApp>>(context, take));
    // Nothing of it was sent, so nothing has to be read.
    finishLater<std::vector<ClientApp>>(Continuation<std::vector<ClientApp>>(context, take),
                                        std::vector<ClientApp>());
}

} // namespace latchkey
