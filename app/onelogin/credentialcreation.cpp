// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/credentialcreation.h"

#include "store/workspace.h"

#include <algorithm>

namespace latchkey {

CredentialCreation::CredentialCreation(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_portal(session.http(), session.tenant())
{
}

OperationLog &CredentialCreation::operations() const
{
    return m_session.credentials().workspace().operations();
}

void CredentialCreation::start(const CredentialDraft &draft, Continuation<ApiCredential> continuation)
{
    m_draft = draft;
    m_draft.tenant = m_session.tenant().id;
    m_draft.name = draft.name.trimmed();
    m_continuation = std::move(continuation);
    if (!m_draft.level)
        return finish(fail(ErrorKind::InvalidInput, tr("Choose the scope level of the new pair.")));
    m_session.credentials().checkDraft(m_draft, then(this, [this](const Result<void> &checked) {
                                           if (checked)
                                               listBefore();
                                           else
                                               finish(fail(checked.error()));
                                       }));
}

void CredentialCreation::listBefore()
{
    m_portal.list(then(this, [this](const Result<std::vector<PortalCredential>> &listed) {
        if (!listed)
            return finish(fail(listed.error()));
        PortalId highest;
        for (const PortalCredential &each : *listed)
            highest = std::max(highest, each.id);
        create(highest);
    }));
}

void CredentialCreation::create(PortalId before)
{
    const Result<Operation> begun = operations().begin({.tenant = m_draft.tenant,
                                                        .kind = OperationKind::Create,
                                                        .name = m_draft.name,
                                                        .level = m_draft.level,
                                                        .note = m_draft.note,
                                                        .place = m_draft.place,
                                                        .portalBefore = before});
    if (!begun)
        return finish(fail(begun.error()));
    take(*begun);
    m_portal.create(m_draft.name, *m_draft.level, before,
                    then(this, [this](const Result<PortalPair> &pair) { receivePair(pair); }));
}

void CredentialCreation::receivePair(const Result<PortalPair> &pair)
{
    if (!pair) {
        if (pair.error().kind != ErrorKind::OutcomeUnknown)
            (void)settle();
        return finish(fail(pair.error()));
    }
    Operation made = m_operation;
    made.step = OperationStep::Made;
    made.portalId = pair->credential.id;
    made.clientId = pair->credential.clientId;
    const Result<Operation> noted = operations().advance(m_operation, made);
    if (!noted)
        return finish(fail(noted.error()));
    m_operation = *noted;
    store(*pair);
}

void CredentialCreation::store(const PortalPair &pair)
{
    m_draft.clientId = pair.credential.clientId;
    m_session.credentials().add(m_draft, pair.secret, then(this, [this](const Result<ApiCredential> &added) {
                                    if (added)
                                        (void)settle(); // else it is found to be through at the next start
                                    finish(added);
                                }));
}

void CredentialCreation::take(const Operation &operation)
{
    m_operation = operation;
    m_handle = operations().hold(operation.id);
}

Result<void> CredentialCreation::settle()
{
    const Result<void> settled = operations().strike(m_operation);
    m_handle.reset();
    return settled;
}

void CredentialCreation::finish(const Result<ApiCredential> &result)
{
    m_handle.reset();
    finishLater(*m_continuation, result);
}

Result<bool> CredentialCreation::isKept(const QString &clientId) const
{
    return m_session.credentials()
        .list(m_session.tenant().id)
        .map([&](const std::vector<ApiCredential> &rows) {
            return std::any_of(rows.begin(), rows.end(),
                               [&](const ApiCredential &row) { return row.clientId == clientId; });
        });
}

/// The pair that the operation left at the portal; none: it left none, or it is kept here already.
void CredentialCreation::locate(Continuation<std::optional<PortalId>> continuation)
{
    m_portal.list(then(this, [this, continuation](const Result<std::vector<PortalCredential>> &listed) {
        if (!listed)
            return continuation(fail(listed.error()));
        std::optional<PortalCredential> found;
        if (m_operation.step != OperationStep::Made) {
            found = madeAfter(m_operation.portalBefore, m_operation.name, *listed);
        } else {
            const auto made =
                std::find_if(listed->begin(), listed->end(), [this](const PortalCredential &each) {
                    return each.clientId == m_operation.clientId;
                });
            found = made == listed->end() ? std::nullopt : std::optional(*made);
        }
        const Result<bool> kept = found ? isKept(found->clientId) : Result<bool>(false);
        if (!kept)
            return continuation(fail(kept.error()));
        continuation(found && !*kept ? std::optional(found->id) : std::nullopt);
    }));
}

void CredentialCreation::lookAgain(const Operation &operation, Continuation<bool> continuation)
{
    take(operation);
    locate(then(this, [this, continuation](const Result<std::optional<PortalId>> &found) {
        const bool isNothingLeft = found && !*found;
        const Result<void> settled = isNothingLeft ? settle() : Result<void>();
        m_handle.reset();
        if (!found)
            continuation(fail(found.error()));
        else if (!settled)
            continuation(fail(settled.error()));
        else
            continuation(!isNothingLeft);
    }));
}

void CredentialCreation::keep(const Operation &operation, const QString &name,
                              Continuation<ApiCredential> continuation)
{
    take(operation);
    m_draft = {.tenant = operation.tenant,
               .name = name,
               .level = operation.level,
               .note = operation.note,
               .place = operation.place};
    m_continuation = std::move(continuation);
    locate(then(this, [this](const Result<std::optional<PortalId>> &found) {
        if (!found)
            return finish(fail(found.error()));
        if (!*found) {
            (void)settle();
            return finish(fail(ErrorKind::NotFound, tr("The sandbox has no such pair (any more).")));
        }
        m_portal.view(**found, then(this, [this](const Result<PortalPair> &pair) {
            if (pair)
                store(*pair);
            else
                finish(fail(pair.error()));
        }));
    }));
}

void CredentialCreation::discard(const Operation &operation, Continuation<> continuation)
{
    take(operation);
    const auto finished = then(this, [this, continuation](const Result<void> &removed) {
        const Result<void> settled = removed ? settle() : removed;
        m_handle.reset();
        continuation(settled);
    });
    locate(after<std::optional<PortalId>>(finished, [this, finished](const std::optional<PortalId> &found) {
        if (found)
            m_portal.remove(*found, finished);
        else
            finished({});
    }));
}

} // namespace latchkey
