// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/credentialswitch.h"

#include "store/workspace.h"

namespace latchkey {

CredentialSwitch::CredentialSwitch(Session &session, ApiCredential credential, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_credential(std::move(credential))
    , m_portal(session.http(), session.tenant())
{
}

OperationLog &CredentialSwitch::operations() const
{
    return m_session.credentials().workspace().operations();
}

void CredentialSwitch::disable(Continuation<SwitchOutcome> continuation)
{
    start(OperationKind::Disable, std::move(continuation));
}

void CredentialSwitch::enable(Continuation<SwitchOutcome> continuation)
{
    start(OperationKind::Enable, std::move(continuation));
}

void CredentialSwitch::start(OperationKind kind, Continuation<SwitchOutcome> continuation)
{
    m_continuation = std::move(continuation);
    const Result<std::optional<Operation>> before = operations().ofCredential(m_credential.id);
    if (!before)
        return finish(fail(before.error()));
    m_before = *before;
    const Result<Operation> begun = operations().begin({.tenant = m_credential.tenant,
                                                        .credential = m_credential.id,
                                                        .kind = kind,
                                                        .name = m_credential.name,
                                                        .clientId = m_credential.clientId,
                                                        .hadToken = m_session.hasToken(m_credential.id)});
    if (begun)
        begin(*begun);
    else
        finish(fail(begun.error()));
}

void CredentialSwitch::resume(const Operation &operation, Continuation<SwitchOutcome> continuation)
{
    m_isResumed = true;
    m_continuation = std::move(continuation);
    begin(operation);
}

void CredentialSwitch::begin(const Operation &operation)
{
    m_operation = operation;
    m_handle = operations().hold(operation.id);
    if (operation.kind == OperationKind::Disable)
        disableHere();
    else
        tellTenant();
}

void CredentialSwitch::disableHere()
{
    const Result<void> disabled =
        m_session.credentials().setState(m_credential.id, CredentialState::Disabled);
    if (!disabled)
        return giveUp(disabled.error());
    if (!m_operation.hadToken)
        return tellTenant();
    m_session.endToken(m_credential, then(this, [this](const Result<void> &revoked) {
                           // A refused pair has no token any more.
                           if (!revoked && revoked.error().kind != ErrorKind::Unauthorized)
                               m_outcome.warning = revoked.error();
                           tellTenant();
                       }));
}

void CredentialSwitch::tellTenant()
{
    using Changed = std::optional<PortalCredential>;
    if (!SandboxPortal::isFor(m_session.tenant()))
        return receivePortal(Changed());
    const PortalState state =
        m_operation.kind == OperationKind::Disable ? PortalState::Disabled : PortalState::Enabled;
    m_portal.find(m_credential.clientId, then(this, [this, state](const Result<Changed> &found) {
                      if (!found && found.error().kind == ErrorKind::NotFound)
                          return receivePortal(Changed()); // no portal: as at any other tenant
                      if (!found || !*found)
                          return receivePortal(found);
                      m_portal.setState(
                          (*found)->id, state, then(this, [this](const Result<PortalCredential> &changed) {
                              receivePortal(
                                  changed.map([](const PortalCredential &row) { return Changed(row); }));
                          }));
                  }));
}

void CredentialSwitch::receivePortal(const Result<std::optional<PortalCredential>> &changed)
{
    if (!changed)
        return giveUp(changed.error());
    m_outcome.isAtTenant = changed->has_value();
    if (m_operation.kind == OperationKind::Disable)
        noteWatch();
    else
        enableHere();
}

void CredentialSwitch::noteWatch()
{
    Operation watch = m_operation;
    watch.kind = OperationKind::Watch;
    const Result<Operation> noted = operations().advance(m_operation, watch);
    if (noted)
        finish(m_outcome);
    else
        finish(fail(noted.error()));
}

void CredentialSwitch::enableHere()
{
    const Result<void> enabled = m_session.credentials().setState(m_credential.id, CredentialState::Enabled);
    if (!enabled)
        return finish(fail(enabled.error())); // the tenant was told: UnfinishedWork knows
    if (const Result<void> settled = operations().strike(m_operation); !settled)
        return finish(fail(settled.error()));
    prove();
}

void CredentialSwitch::prove()
{
    m_session.tokenSource(m_credential).fetch(then(this, [this](const Result<ManagementToken> &token) {
        if (!token)
            m_outcome.warning = token.error();
        finish(m_outcome);
    }));
}

void CredentialSwitch::giveUp(const Error &error)
{
    if (!m_isResumed && m_operation.kind == OperationKind::Enable && error.kind != ErrorKind::OutcomeUnknown)
        (void)operations().takeBack(m_operation, m_before);
    finish(fail(error));
}

void CredentialSwitch::finish(const Result<SwitchOutcome> &outcome)
{
    m_handle.reset();
    finishLater(*m_continuation, outcome);
}

} // namespace latchkey
