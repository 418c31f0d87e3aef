// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/session.h"

#include <QTimer>

namespace latchkey {

/// How often a watch asks: after each of these waits in turn, the last one again and again, and for how long.
struct WatchPace
{
    std::vector<std::chrono::milliseconds> waits{std::chrono::seconds(5), std::chrono::seconds(10),
                                                 std::chrono::seconds(20), std::chrono::seconds(30)};
    std::chrono::milliseconds limit = std::chrono::minutes(10);
    std::chrono::milliseconds pauseWhenLimited = std::chrono::minutes(1); ///< 429 without Retry-After
};

enum class WatchVerdict {
    Refused,      ///< the tenant refuses the pair: it is disabled there
    StillAccepted ///< it still gave a token when the time was over
};

/// Waits until a tenant refuses a pair that was disabled, by asking for a token now and then; what it gives
/// is not kept. Trouble on the way is asked through, and given back as an error if it lasts to the end.
///
/// The workspace remembers that the watch is due until there is a verdict, or cancel(). Destroying it
/// stops the asking alone.
class DisableWatch : public QObject
{
    Q_OBJECT

public:
    /// The session must outlive it.
    DisableWatch(Session &session, ApiCredential credential, WatchPace pace = {}, QObject *parent = nullptr);

    /// Those of the tenant for which a watch is due, from this run or an earlier one.
    static Result<std::vector<ApiCredential>> due(Session &session);

    void start(Continuation<WatchVerdict> continuation);
    /// Stops, and the workspace forgets it. The continuation is not called.
    void cancel();

    const ApiCredential &credential() const { return m_credential; }
    bool isRunning() const { return m_continuation.has_value(); }
    /// Until it asks again; zero while it asks.
    std::chrono::milliseconds untilNext() const;

signals:
    /// After each answer: none means that the pair is still accepted.
    void asked(const std::optional<latchkey::Error> &trouble);

private:
    void ask();
    void receive(const Result<void> &accepted);
    void waitAgain(const Result<void> &accepted);
    void finish(const Result<WatchVerdict> &verdict);
    void forget();

    Session &m_session;
    ApiCredential m_credential;
    WatchPace m_pace;
    QTimer m_timer;
    Clock::Instant m_end{};
    size_t m_asked = 0;
    std::shared_ptr<const void> m_handle;
    std::optional<Continuation<WatchVerdict>> m_continuation;
};

} // namespace latchkey
