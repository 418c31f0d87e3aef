// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/sandboxportal.h"
#include "onelogin/session.h"

namespace latchkey {

/// What became of a removal.
struct RemovalOutcome
{
    bool isGoneAtTenant = false; ///< the sandbox has no such pair any more
    bool wasUnknown = false;     ///< it had none before either: nothing was deleted there
    bool canUndo = false;        ///< the row is hidden, and comes back with CredentialRegister::undoRemoval()
    bool isLeftHere = false;     ///< its row is hidden but still to be removed: see `warning`
    /// What was left of an earlier operation, for undoRemoval(): a watch that was due.
    std::optional<Operation> before{};
    /// What did not work: the token could not be revoked, or the keychain keeps the secret for now.
    std::optional<Error> warning{};
};

/// Deletes one API credential. On a sandbox with a portal the pair goes there at once, and then its secret
/// and row here. Elsewhere the token at hand is revoked and the row hidden; secret and row follow after
/// CredentialRegister::undoTime().
///
/// Destroying it leaves what is under way to UnfinishedWork. An error: nothing was deleted, except with
/// OutcomeUnknown, which UnfinishedWork settles.
class CredentialRemoval : public QObject
{
    Q_OBJECT

public:
    enum class Undo { Offered, None };

    /// The session must outlive it.
    CredentialRemoval(Session &session, ApiCredential credential, QObject *parent = nullptr);

    void start(Undo undo, Continuation<RemovalOutcome> continuation);
    /// Goes on with one that was interrupted.
    void resume(const Operation &operation, Continuation<RemovalOutcome> continuation);

private:
    void begin(const Operation &operation);
    void deleteAtTenant();
    void receivePortal(const Result<void> &removed);
    void revoke();
    void receiveRevocation(const Result<void> &revoked);
    void removeHere();
    void receiveRemoval(const Result<void> &removed);
    void finish(const Result<RemovalOutcome> &outcome);
    void giveUp(const Error &error);

    Session &m_session;
    ApiCredential m_credential;
    SandboxPortal m_portal;
    Undo m_undo = Undo::Offered;
    bool m_isResumed = false;
    Operation m_operation;
    std::optional<Operation> m_before; ///< what was left of an earlier one
    std::shared_ptr<const void> m_handle;
    RemovalOutcome m_outcome;
    std::optional<Continuation<RemovalOutcome>> m_continuation;
};

} // namespace latchkey
