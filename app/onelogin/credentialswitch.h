// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/sandboxportal.h"
#include "onelogin/session.h"

namespace latchkey {

class OperationLog;

/// What became of a disable or an enable.
struct SwitchOutcome
{
    bool isAtTenant = false; ///< the sandbox was told; elsewhere that is left to the person, in the portal
    /// Disable: why the token at hand could not be revoked. Enable: why the pair gets no token.
    std::optional<Error> warning{};
};

/// Disables or enables one API credential, here and at a sandbox with a portal.
///
/// A disabled pair is no longer used here at once, its token is revoked, and then the sandbox is told; what
/// is left is noted as a watch, see DisableWatch. An enabled one is proven by one token request.
///
/// Destroying it leaves what is under way to UnfinishedWork. So does an error of a disable: the pair is
/// disabled here alone. An error of an enable: nothing was changed, except with OutcomeUnknown.
class CredentialSwitch : public QObject
{
    Q_OBJECT

public:
    /// The session must outlive it.
    CredentialSwitch(Session &session, ApiCredential credential, QObject *parent = nullptr);

    void disable(Continuation<SwitchOutcome> continuation);
    void enable(Continuation<SwitchOutcome> continuation);
    /// Goes on with one that was interrupted.
    void resume(const Operation &operation, Continuation<SwitchOutcome> continuation);

private:
    void start(OperationKind kind, Continuation<SwitchOutcome> continuation);
    void begin(const Operation &operation);
    void disableHere();
    void tellTenant();
    void receivePortal(const Result<std::optional<PortalCredential>> &changed);
    void noteWatch();
    void enableHere();
    void prove();
    void giveUp(const Error &error);
    void finish(const Result<SwitchOutcome> &outcome);
    OperationLog &operations() const;

    Session &m_session;
    ApiCredential m_credential;
    SandboxPortal m_portal;
    bool m_isResumed = false;
    Operation m_operation;
    std::optional<Operation> m_before; ///< what was left of an earlier one
    std::shared_ptr<const void> m_handle;
    SwitchOutcome m_outcome;
    std::optional<Continuation<SwitchOutcome>> m_continuation;
};

} // namespace latchkey
