// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "grants/grantplan.h"
#include "grants/journalentry.h"
#include "net/continuation.h"
#include "onelogin/authserversapi.h"

#include <deque>
#include <memory>

namespace latchkey {

class GrantJournal;

/// How far one change of an apply is.
enum class ApplyState {
    Waiting,
    ReadingBefore, ///< has someone else changed this app since it was loaded?
    Sending,
    ReadingBack,
    Verified,  ///< re-read: the tenant has exactly what was wanted
    NotStored, ///< re-read: it has not, or that could not be read; `error` says which and why
    Conflict,  ///< not sent: the tenant differs from what was loaded
    Skipped,   ///< not sent: stopped before
};

/// One change of an apply: how far it is, and what the tenant said and showed of it.
struct AppliedChange
{
    GrantChange change{};
    ApplyState state = ApplyState::Waiting;
    std::optional<Error> error{};    ///< for NotStored; kind OutcomeUnknown alone: it may be stored
    std::optional<ScopeSet> found{}; ///< what the last reading showed; none: no client app
    QDateTime readAt{};
};

/// It was sent, and nothing says what became of it.
bool isUnknown(const AppliedChange &row);
/// What it is written down as.
JournalState journalState(const AppliedChange &row);

/// Applies changes in batches: reads the client apps, sends what still stands as it was loaded, each
/// change once and a few side by side, and reads again, which proves the batch and is what the next
/// one is held against. The first batch is one change; the others are what can be sent while the reading
/// before them is no older than kFreshFor. A request whose outcome is unknown is settled by the reading,
/// never by sending again. Where the tenant asks to wait, what it did not take waits for another reading, as
/// often as kMostRefusals and an hour at most. Goes on after a refused row, unless the tenant refuses us
/// altogether.
class GrantApply : public QObject
{
    Q_OBJECT

public:
    static constexpr size_t kSideBySide = 6; ///< as there are connections: none waits for one and gets old
    static constexpr std::chrono::milliseconds kQuick{
        50}; ///< an answer; then as many again wait, and soon go
    static constexpr size_t kLargestBatch = 2000;
    static constexpr size_t kSlice = 250;   ///< rows that are written down at a time
    static constexpr int kMostRefusals = 5; ///< with a 429, of one change
    static constexpr std::chrono::milliseconds kFreshFor{2000};

    GrantApply(AuthServersApi api, AuthServerId server, std::vector<GrantChange> changes, const Clock &clock,
               QObject *parent = nullptr);

    /// Before start(): every step is written down in the journal before it is taken; what cannot be
    /// written down is not sent. `head` as of journalHead().
    void setJournal(GrantJournal &journal, JournalEntry head);
    void start();
    /// Sends nothing more; what is under way is read back.
    void stopSending();
    /// Ends at once, without reading back what is under way: it may be stored, `reason` says why that
    /// is not known. finished() comes before this returns. Not from a slot of changed(), which is in the
    /// middle of what ends here.
    void giveUp(const QString &reason);

    const std::vector<AppliedChange> &changes() const { return m_changes; }
    /// The client apps as last read.
    const std::vector<ClientApp> &clientApps() const { return m_clientApps; }
    /// The entry of the journal, if one is kept and was begun.
    std::optional<JournalEntryId> journalEntry() const;

signals:
    void changed(qsizetype row);
    void finished();

private:
    void begin();
    void plan();
    std::vector<GrantChange> nextPlanned() const;
    void inNextTurn(std::function<void()> step);
    void read();
    void take(std::vector<ClientApp> apps);
    void failReading(const Error &error);
    Standing remember(size_t row);
    void prove();
    void chooseBatch();
    void pump();
    void noteNextSent();
    bool maySend() const;
    void send(size_t row);
    void takeAnswer(size_t row, const Result<> &answer);
    void endBatch();
    void putBack(size_t row);
    std::optional<Error> sendError(size_t row) const;
    void skipRest();
    void failRest(const Error &error);
    void finish();
    void enter(size_t row, ApplyState state);
    void settle(size_t row, ApplyState state, std::optional<Error> error = {});
    void note(size_t row, JournalState state);
    void writeInTurns(void (GrantApply::*next)());
    void writeDown(size_t count);

    AuthServersApi m_api;
    AuthServerId m_server;
    std::vector<AppliedChange> m_changes;
    std::vector<ClientApp> m_clientApps;
    ClientAppIndex m_index; ///< of m_clientApps
    const Clock &m_clock;
    Clock::Instant m_readAt{};
    QDateTime m_readTime; ///< the same moment as people read it

    std::deque<size_t> m_waiting;         ///< rows that no batch has yet
    std::vector<size_t> m_batch;          ///< rows to send, and sent
    size_t m_sent = 0;                    ///< how many of the batch
    size_t m_noted = 0;                   ///< how many of it are written down as sent
    size_t m_flying = 0;                  ///< how many of them have no answer yet
    std::map<size_t, Error> m_sendErrors; ///< of the batch
    size_t m_batchSize = 1;
    size_t m_sideBySide = kSideBySide;
    size_t m_largestBatch = kLargestBatch; ///< less where the tenant is too slow for it
    bool m_isLimited = false;              ///< the tenant asked to wait: nothing more is sent of the batch
    std::map<size_t, int> m_refusals;      ///< with a 429
    bool m_stopping = false;
    std::unique_ptr<QObject> m_context; ///< of what is under way at the tenant

    GrantJournal *m_journal = nullptr;
    JournalEntry m_entry;
    std::vector<JournalEvent> m_events; ///< still to be written down
    std::shared_ptr<const void> m_held;
};

} // namespace latchkey
