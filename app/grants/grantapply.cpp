// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantapply.h"

#include "grants/grantjournal.h"
#include "onelogin/apiclient.h"
#include "onelogin/writeproof.h"

#include <QTimer>

#include <algorithm>
#include <numeric>

namespace latchkey {

namespace {

/// Refusals that the next change would meet too.
bool concernsAll(const Error &error)
{
    return error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Forbidden ||
           error.kind == ErrorKind::ReadOnly || error.kind == ErrorKind::RateLimited;
}

/// A 429 whose end is waited for.
bool isPassingLimit(const Error &error)
{
    return error.kind == ErrorKind::RateLimited && error.retryAfter &&
           *error.retryAfter <= ApiClient::kLongestWait;
}

} // namespace

bool isUnknown(const AppliedChange &row)
{
    return row.state == ApplyState::NotStored && row.error && row.error->kind == ErrorKind::OutcomeUnknown;
}

JournalState journalState(const AppliedChange &row)
{
    switch (row.state) {
    case ApplyState::Verified:
        return JournalState::Proven;
    case ApplyState::NotStored:
        return isUnknown(row) ? JournalState::Unknown : JournalState::NotStored;
    case ApplyState::Conflict:
        return JournalState::Conflict;
    case ApplyState::Skipped:
        return JournalState::Skipped;
    case ApplyState::Waiting:
    case ApplyState::ReadingBefore:
    case ApplyState::Sending:
    case ApplyState::ReadingBack:
        break;
    }
    return JournalState::Planned;
}

GrantApply::GrantApply(AuthServersApi api, AuthServerId server, std::vector<GrantChange> changes,
                       const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_server(server)
    , m_clock(clock)
    , m_context(std::make_unique<QObject>())
{
    m_changes.reserve(changes.size());
    for (GrantChange &change : changes)
        m_changes.push_back({.change = std::move(change)});
    m_waiting.resize(m_changes.size());
    std::iota(m_waiting.begin(), m_waiting.end(), size_t{0});
}

void GrantApply::setJournal(GrantJournal &journal, JournalEntry head)
{
    m_journal = &journal;
    m_entry = std::move(head);
}

std::optional<JournalEntryId> GrantApply::journalEntry() const
{
    return m_entry.id.isValid() ? std::optional(m_entry.id) : std::nullopt;
}

void GrantApply::start()
{
    inNextTurn([this] { begin(); });
}

void GrantApply::stopSending()
{
    m_stopping = true;
}

void GrantApply::read()
{
    const size_t upcoming = m_stopping ? 0 : std::min(m_batchSize, m_waiting.size());
    for (size_t i = 0; i < upcoming; ++i)
        enter(m_waiting[i], ApplyState::ReadingBefore);
    m_api.clientApps(m_server, then(m_context.get(), [this](Result<std::vector<ClientApp>> apps) {
                         if (apps)
                             take(std::move(*apps));
                         else
                             failReading(apps.error());
                     }));
}

void GrantApply::take(std::vector<ClientApp> apps)
{
    m_readAt = m_clock.monotonic();
    m_readTime = m_clock.now();
    m_clientApps = std::move(apps);
    m_index = ClientAppIndex(m_clientApps);
    prove();
    if (m_stopping)
        skipRest();
    else
        chooseBatch();
    writeInTurns(&GrantApply::pump);
}

void GrantApply::inNextTurn(std::function<void()> step)
{
    auto *timer = new QTimer(m_context.get()); // QTimer::singleShot(0) is a posted event, which goes first
    timer->setSingleShot(true);
    timer->callOnTimeout(timer, [timer, step = std::move(step)] {
        timer->deleteLater();
        step();
    });
    timer->start(0);
}

// The answer to a write is only a hint: what counts is what the tenant lists afterwards, and a write
// without an answer may well have been stored.
void GrantApply::prove()
{
    for (const size_t row : std::exchange(m_batch, {})) {
        if (remember(row) == Standing::AsWanted)
            settle(row, ApplyState::Verified);
        else
            settle(row, ApplyState::NotStored, writeNotStored(sendError(row)));
    }
    m_sendErrors.clear();
}

void GrantApply::chooseBatch()
{
    m_sent = 0;
    m_noted = 0;
    m_isLimited = false;
    while (!m_waiting.empty() && m_batch.size() < m_batchSize) {
        const size_t row = m_waiting.front();
        m_waiting.pop_front();
        switch (remember(row)) {
        case Standing::AsWanted:
            settle(row, ApplyState::Verified);
            break;
        case Standing::Changed:
            settle(row, ApplyState::Conflict);
            break;
        case Standing::AsLoaded:
            m_batch.push_back(row);
            break;
        }
    }
}

bool GrantApply::maySend() const
{
    return !m_stopping && !m_isLimited && m_sent < m_batch.size() && m_flying < m_sideBySide &&
           m_clock.monotonic() - m_readAt <= kFreshFor;
}

void GrantApply::pump()
{
    while (maySend()) {
        if (m_sent == m_noted)
            noteNextSent();
        else
            send(m_batch[m_sent++]);
    }
    if (m_flying == 0)
        endBatch();
}

void GrantApply::send(size_t row)
{
    ++m_flying;
    enter(row, ApplyState::Sending);
    const GrantChange &change = m_changes[row].change;
    auto sent = then(m_context.get(), [this, row](const Result<> &answer) { takeAnswer(row, answer); });
    switch (change.action) {
    case GrantAction::AddClientApp:
        return m_api.addClientApp(m_server, change.app, change.after, std::move(sent));
    case GrantAction::UpdateClientApp:
        return m_api.updateClientApp(m_server, change.app, change.after, std::move(sent));
    case GrantAction::RemoveClientApp:
        return m_api.removeClientApp(m_server, change.app, std::move(sent));
    }
}

void GrantApply::takeAnswer(size_t row, const Result<> &answer)
{
    --m_flying;
    if (!answer && isPassingLimit(answer.error()) && ++m_refusals[row] < kMostRefusals) {
        m_isLimited = true;
        putBack(row);
        return pump();
    }
    if (!answer) {
        m_sendErrors.insert_or_assign(row, answer.error());
        m_stopping = m_stopping || concernsAll(answer.error());
    }
    enter(row, ApplyState::ReadingBack);
    pump();
}

// What was too slow for its reading waits for the next, and no later batch is larger than what went through.
void GrantApply::endBatch()
{
    if (m_sent < m_batch.size() && !m_isLimited)
        m_largestBatch = std::max(m_sent, kSideBySide);
    if (m_batchSize == 1 && m_clock.monotonic() - m_readAt <= kQuick)
        m_sideBySide = 2 * kSideBySide;
    m_batchSize = m_largestBatch;
    while (m_batch.size() > m_sent)
        putBack(m_batch.back());
    if (m_batch.empty() && m_waiting.empty())
        finish();
    else
        read();
}

/// A row of the batch that was not sent, or not taken: for a later one, after another reading.
void GrantApply::putBack(size_t row)
{
    const auto place = std::ranges::find(m_batch, row);
    const auto index = static_cast<size_t>(place - m_batch.begin());
    if (index < m_sent)
        --m_sent;
    if (index < m_noted) {
        --m_noted;
        note(row, JournalState::Planned);
    }
    m_batch.erase(place);
    m_waiting.push_front(row);
    enter(row, ApplyState::Waiting);
}

Standing GrantApply::remember(size_t row)
{
    AppliedChange &applied = m_changes[row];
    applied.found = m_index.scopesOf(applied.change.app);
    applied.readAt = m_readTime;
    return standing(applied.change, applied.found);
}

std::optional<Error> GrantApply::sendError(size_t row) const
{
    const auto error = m_sendErrors.find(row);
    return error == m_sendErrors.end() ? std::nullopt : std::optional(error->second);
}

void GrantApply::failReading(const Error &error)
{
    for (const size_t row : std::exchange(m_batch, {}))
        settle(row, ApplyState::NotStored, unprovenWrite(sendError(row), error));
    if (m_stopping)
        skipRest();
    failRest(error);
}

void GrantApply::skipRest()
{
    for (const size_t row : std::exchange(m_waiting, {}))
        settle(row, ApplyState::Skipped);
}

void GrantApply::failRest(const Error &error)
{
    for (const size_t row : std::exchange(m_waiting, {}))
        settle(row, ApplyState::NotStored, error);
    writeInTurns(&GrantApply::finish);
}

void GrantApply::giveUp(const QString &reason)
{
    m_context.reset();
    if (!m_entry.id.isValid()) // not begun: there is nothing to write down
        m_journal = nullptr;
    for (size_t i = 0; i < m_batch.size(); ++i) {
        const size_t row = m_batch[i];
        if (i >= m_sent)
            settle(row, ApplyState::Skipped);
        else
            settle(row, ApplyState::NotStored, unprovenWrite(sendError(row), {.message = reason}));
    }
    m_batch.clear();
    skipRest();
    writeDown(m_events.size());
    finish();
}

void GrantApply::finish()
{
    // An end that cannot be written down leaves an entry that the next start looks at in vain.
    if (m_journal)
        (void)m_journal->close(m_entry);
    m_held.reset();
    emit finished();
}

void GrantApply::enter(size_t row, ApplyState state)
{
    m_changes[row].state = state;
    emit changed(static_cast<qsizetype>(row));
}

void GrantApply::settle(size_t row, ApplyState state, std::optional<Error> error)
{
    m_changes[row].error = std::move(error);
    enter(row, state);
    note(row, journalState(m_changes[row]));
}

} // namespace latchkey
