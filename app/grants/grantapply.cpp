// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantapply.h"

#include <algorithm>

namespace latchkey {

GrantApply::GrantApply(AuthServersApi api, AuthServerId server, std::vector<GrantChange> changes,
                       const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_server(server)
    , m_clock(clock)
{
    m_changes.reserve(changes.size());
    for (GrantChange &change : changes)
        m_changes.push_back({.change = std::move(change)});
}

void GrantApply::start()
{
    QMetaObject::invokeMethod(this, &GrantApply::next, Qt::QueuedConnection);
}

void GrantApply::stopAfterThisOne()
{
    m_stopping = true;
}

void GrantApply::next()
{
    while (m_stopping && m_current < m_changes.size()) {
        enter(ApplyState::Skipped);
        ++m_current;
    }
    if (m_current == m_changes.size())
        emit finished();
    else
        readBefore();
}

void GrantApply::readBefore()
{
    enter(ApplyState::ReadingBefore);
    m_api.clientApps(m_server, then(this, [this](Result<std::vector<ClientApp>> apps) {
                         if (!apps)
                             return settle(ApplyState::NotStored, std::move(apps.error()));
                         switch (remember(std::move(*apps))) {
                         case Standing::AsWanted:
                             return settle(ApplyState::Verified);
                         case Standing::Changed:
                             return settle(ApplyState::Conflict);
                         case Standing::AsLoaded:
                             return sendChange();
                         }
                     }));
}

void GrantApply::sendChange()
{
    enter(ApplyState::Sending);
    const GrantChange &change = m_changes[m_current].change;
    auto sent = then(this, [this](Result<> result) {
        readBack(result ? std::nullopt : std::optional(std::move(result.error())));
    });
    switch (change.action) {
    case GrantAction::AddClientApp:
        return m_api.addClientApp(m_server, change.app, change.after, std::move(sent));
    case GrantAction::UpdateClientApp:
        return m_api.updateClientApp(m_server, change.app, change.after, std::move(sent));
    case GrantAction::RemoveClientApp:
        return m_api.removeClientApp(m_server, change.app, std::move(sent));
    }
}

// The answer to the write is only a hint: what counts is what the tenant lists afterwards, and a
// write without an answer may well have been stored.
void GrantApply::readBack(const std::optional<Error> &sendError)
{
    enter(ApplyState::ReadingBack);
    m_api.clientApps(m_server, then(this, [this, sendError](Result<std::vector<ClientApp>> apps) {
                         if (!apps)
                             return settle(ApplyState::NotStored, unproven(sendError, apps.error()));
                         if (remember(std::move(*apps)) == Standing::AsWanted)
                             settle(ApplyState::Verified);
                         else
                             settle(ApplyState::NotStored, notStored(sendError));
                     }));
}

Standing GrantApply::remember(std::vector<ClientApp> apps)
{
    m_clientApps = std::move(apps);
    AppliedChange &row = m_changes[m_current];
    row.found = scopesOf(m_clientApps, row.change.app);
    row.readAt = m_clock.now();
    return standing(row.change, m_clientApps);
}

Error GrantApply::unproven(const std::optional<Error> &sendError, const Error &readError)
{
    if (sendError && !mayHaveBeenDone(sendError->kind))
        return *sendError;
    Error error = readError;
    error.kind = ErrorKind::OutcomeUnknown;
    error.message = tr("The change was sent, but the tenant could not be read again. It may be stored.");
    error.detail = readError.message + u' ' + readError.detail;
    return error;
}

Error GrantApply::notStored(const std::optional<Error> &sendError)
{
    if (!sendError)
        return {.kind = ErrorKind::ServerFailure,
                .message = tr("The tenant accepted the change, but still lists the client app otherwise.")};
    if (!mayHaveBeenDone(sendError->kind))
        return *sendError;
    // The reading has answered what the request could not.
    Error error = *sendError;
    if (error.kind == ErrorKind::OutcomeUnknown)
        error.kind = ErrorKind::Unreachable;
    error.message = tr("The change got no clear answer. The tenant was read again and does not have it.");
    error.detail = (sendError->message + u' ' + sendError->detail).trimmed();
    return error;
}

void GrantApply::enter(ApplyState state)
{
    m_changes[m_current].state = state;
    emit changed(static_cast<qsizetype>(m_current));
}

void GrantApply::settle(ApplyState state, std::optional<Error> error)
{
    m_changes[m_current].error = std::move(error);
    enter(state);
    ++m_current;
    next();
}

} // namespace latchkey
