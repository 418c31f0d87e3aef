// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/credentialremoval.h"

#include "store/workspace.h"

namespace latchkey {

CredentialRemoval::CredentialRemoval(Session &session, ApiCredential credential, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_credential(std::move(credential))
    , m_portal(session.http(), session.tenant())
{
}

void CredentialRemoval::start(Undo undo, Continuation<RemovalOutcome> continuation)
{
    m_undo = undo;
    m_continuation = std::move(continuation);
    OperationLog &operations = m_session.credentials().workspace().operations();
    const Result<std::optional<Operation>> before = operations.ofCredential(m_credential.id);
    if (!before)
        return finishLater<RemovalOutcome>(*m_continuation, fail(before.error()));
    m_before = *before;
    const Result<Operation> begun = operations.begin({.tenant = m_credential.tenant,
                                                      .credential = m_credential.id,
                                                      .kind = OperationKind::Remove,
                                                      .name = m_credential.name,
                                                      .clientId = m_credential.clientId,
                                                      .hadToken = m_session.hasToken(m_credential.id)});
    if (begun)
        begin(*begun);
    else
        finishLater<RemovalOutcome>(*m_continuation, fail(begun.error()));
}

void CredentialRemoval::resume(const Operation &operation, Continuation<RemovalOutcome> continuation)
{
    m_isResumed = true;
    m_continuation = std::move(continuation);
    begin(operation);
}

void CredentialRemoval::begin(const Operation &operation)
{
    m_operation = operation;
    m_handle = m_session.credentials().workspace().operations().hold(operation.id);
    if (m_operation.step != OperationStep::Begun)
        removeHere();
    else if (SandboxPortal::isFor(m_session.tenant()))
        deleteAtTenant();
    else
        revoke();
}

void CredentialRemoval::deleteAtTenant()
{
    m_portal.find(
        m_credential.clientId, then(this, [this](const Result<std::optional<PortalCredential>> &found) {
            if (!found && found.error().kind == ErrorKind::NotFound)
                return revoke(); // no portal: as at any other tenant
            if (!found)
                return giveUp(found.error());
            if (*found)
                return m_portal.remove((*found)->id, then(this, [this](const Result<void> &removed) {
                                           receivePortal(removed);
                                       }));
            m_outcome.isGoneAtTenant = true;
            m_outcome.wasUnknown = !m_isResumed; // else perhaps by our own hand, before we were interrupted
            revoke();
        }));
}

void CredentialRemoval::receivePortal(const Result<void> &removed)
{
    if (!removed)
        return giveUp(removed.error());
    m_outcome.isGoneAtTenant = true;
    removeHere(); // its tokens are gone with it
}

void CredentialRemoval::revoke()
{
    if (!m_operation.hadToken)
        return removeHere();
    m_session.endToken(m_credential,
                       then(this, [this](const Result<void> &revoked) { receiveRevocation(revoked); }));
}

void CredentialRemoval::receiveRevocation(const Result<void> &revoked)
{
    const bool isRefused = !revoked && revoked.error().kind == ErrorKind::Unauthorized;
    if (!revoked && m_isResumed && !m_outcome.isGoneAtTenant &&
        (isKeychain(revoked.error().kind) || isTransport(revoked.error().kind)))
        return giveUp(revoked.error()); // it may work later, and the secret is needed for it
    if (!revoked && !isRefused && !m_outcome.isGoneAtTenant)
        m_outcome.warning = revoked.error();
    removeHere();
}

void CredentialRemoval::removeHere()
{
    CredentialRegister &credentials = m_session.credentials();
    if (m_undo == Undo::Offered && !m_outcome.isGoneAtTenant && m_operation.step == OperationStep::Begun) {
        const Result<Operation> hidden = credentials.hide(m_operation);
        if (!hidden)
            return giveUp(hidden.error());
        m_operation = *hidden;
        m_outcome.canUndo = true;
        m_outcome.before = m_before;
        return finish(m_outcome);
    }
    credentials.finishRemoval(m_operation,
                              then(this, [this](const Result<void> &removed) { receiveRemoval(removed); }));
}

void CredentialRemoval::receiveRemoval(const Result<void> &removed)
{
    if (removed)
        return finish(m_outcome);
    if (m_outcome.isGoneAtTenant) {
        m_outcome.isLeftHere = true;
        m_outcome.warning = removed.error(); // hidden; it goes when the keychain can be reached
        return finish(m_outcome);
    }
    m_operation.step = OperationStep::Final;
    giveUp(removed.error());
}

/// Nothing was deleted: as if it had not begun, unless only a reading can tell.
void CredentialRemoval::giveUp(const Error &error)
{
    if (!m_isResumed && error.kind != ErrorKind::OutcomeUnknown &&
        m_session.credentials().workspace().operations().takeBack(m_operation, m_before))
        emit m_session.credentials().changed(m_credential.tenant); // it may have been hidden for a moment
    finish(fail(error));
}

void CredentialRemoval::finish(const Result<RemovalOutcome> &outcome)
{
    m_handle.reset();
    finishLater(*m_continuation, outcome);
}

} // namespace latchkey
