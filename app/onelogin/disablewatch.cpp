// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/disablewatch.h"

#include "store/workspace.h"

#include <algorithm>

namespace latchkey {

DisableWatch::DisableWatch(Session &session, ApiCredential credential, WatchPace pace, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_credential(std::move(credential))
    , m_pace(std::move(pace))
{
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout(this, &DisableWatch::ask);
}

Result<std::vector<ApiCredential>> DisableWatch::due(Session &session)
{
    const Result<std::vector<Operation>> operations =
        session.credentials().workspace().operations().all(session.tenant().id);
    if (!operations)
        return fail(operations.error());
    std::vector<ApiCredential> due;
    for (const ApiCredential &credential : session.registered()) {
        const bool isDue =
            std::any_of(operations->begin(), operations->end(), [&](const Operation &operation) {
                return operation.kind == OperationKind::Watch && operation.credential == credential.id;
            });
        if (isDue)
            due.push_back(credential);
    }
    return due;
}

void DisableWatch::start(Continuation<WatchVerdict> continuation)
{
    m_continuation = std::move(continuation);
    m_end = m_session.clock().monotonic() + m_pace.limit;
    m_asked = 0;
    OperationLog &operations = m_session.credentials().workspace().operations();
    Result<std::optional<Operation>> noted = operations.ofCredential(m_credential.id);
    if (noted && !*noted) {
        noted = operations
                    .begin({.tenant = m_credential.tenant,
                            .credential = m_credential.id,
                            .kind = OperationKind::Watch,
                            .name = m_credential.name,
                            .clientId = m_credential.clientId})
                    .map([](const Operation &begun) { return std::optional(begun); });
    }
    if (noted && *noted)
        m_handle = operations.hold((*noted)->id);
    ask(); // what cannot be noted is watched all the same
}

std::chrono::milliseconds DisableWatch::untilNext() const
{
    return m_timer.isActive() ? m_timer.remainingTimeAsDuration() : std::chrono::milliseconds(0);
}

void DisableWatch::ask()
{
    m_session.tokenSource(m_credential).probe(then(this, [this](const Result<void> &accepted) {
        receive(accepted);
    }));
}

void DisableWatch::receive(const Result<void> &accepted)
{
    if (!m_continuation)
        return; // cancelled while it asked
    const ErrorKind kind = accepted ? ErrorKind{} : accepted.error().kind;
    if (!accepted && kind == ErrorKind::Unauthorized)
        return finish(WatchVerdict::Refused);
    if (!accepted && isKeychain(kind))
        return finish(fail(accepted.error())); // asked again and again, it would prompt each time
    emit asked(accepted ? std::nullopt : std::optional(accepted.error()));
    if (m_continuation)
        waitAgain(accepted);
}

void DisableWatch::waitAgain(const Result<void> &accepted)
{
    std::chrono::milliseconds wait = m_pace.waits.at(std::min(m_asked++, m_pace.waits.size() - 1));
    if (!accepted && accepted.error().kind == ErrorKind::RateLimited) {
        const auto &asked = accepted.error().retryAfter;
        wait = std::max(wait, asked ? std::chrono::milliseconds(*asked) : m_pace.pauseWhenLimited);
    }
    if (m_session.clock().monotonic() + wait <= m_end)
        m_timer.start(wait);
    else if (accepted)
        finish(WatchVerdict::StillAccepted);
    else
        finish(fail(accepted.error()));
}

void DisableWatch::finish(const Result<WatchVerdict> &verdict)
{
    if (verdict)
        forget();
    m_handle.reset();
    const Continuation<WatchVerdict> continuation = *m_continuation;
    m_continuation.reset();
    continuation(verdict);
}

void DisableWatch::cancel()
{
    m_timer.stop();
    m_continuation.reset();
    m_handle.reset();
    forget();
}

void DisableWatch::forget()
{
    OperationLog &operations = m_session.credentials().workspace().operations();
    const Result<std::optional<Operation>> noted = operations.ofCredential(m_credential.id);
    if (noted && *noted && (*noted)->kind == OperationKind::Watch)
        (void)operations.strike(**noted);
}

} // namespace latchkey
