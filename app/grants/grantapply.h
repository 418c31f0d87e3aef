// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "grants/grantplan.h"
#include "net/continuation.h"
#include "onelogin/authserversapi.h"

namespace latchkey {

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

struct AppliedChange
{
    GrantChange change{};
    ApplyState state = ApplyState::Waiting;
    std::optional<Error> error{};    ///< for NotStored; kind OutcomeUnknown alone: it may be stored
    std::optional<ScopeSet> found{}; ///< what the last reading showed; none: no client app
    QDateTime readAt{};
};

/// Applies changes one by one: reads before, sends once, reads back. A request whose outcome is
/// unknown is settled by the reading, never by sending again. Goes on after a failed row; stops
/// after the current row when asked.
class GrantApply : public QObject
{
    Q_OBJECT

public:
    GrantApply(AuthServersApi api, AuthServerId server, std::vector<GrantChange> changes, const Clock &clock,
               QObject *parent = nullptr);

    void start();
    void stopAfterThisOne();
    const std::vector<AppliedChange> &changes() const { return m_changes; }
    /// The client apps as last read.
    const std::vector<ClientApp> &clientApps() const { return m_clientApps; }

signals:
    void changed(qsizetype row);
    void finished();

private:
    void next();
    void readBefore();
    void sendChange();
    void readBack(const std::optional<Error> &sendError);
    void settle(ApplyState state, std::optional<Error> error = {});
    void enter(ApplyState state);
    Standing remember(std::vector<ClientApp> apps);
    static Error unproven(const std::optional<Error> &sendError, const Error &readError);
    static Error notStored(const std::optional<Error> &sendError);

    AuthServersApi m_api;
    AuthServerId m_server;
    std::vector<AppliedChange> m_changes;
    std::vector<ClientApp> m_clientApps;
    const Clock &m_clock;
    size_t m_current = 0;
    bool m_stopping = false;
};

} // namespace latchkey
