// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/sandboxportal.h"
#include "onelogin/session.h"

namespace latchkey {

class OperationLog;

/// Has the portal of a sandbox make a pair and keeps it here: the pair is asked for only once it is known
/// that name, level and keychain will do.
///
/// Destroying it leaves what is under way to UnfinishedWork, as does an error after the pair was made:
/// isMade() then, and the pair can be kept or deleted there.
class CredentialCreation : public QObject
{
    Q_OBJECT

public:
    /// The session must outlive it.
    explicit CredentialCreation(Session &session, QObject *parent = nullptr);

    /// The draft's tenant and client ID are not used.
    void start(const CredentialDraft &draft, Continuation<ApiCredential> continuation);
    /// Keeps a pair that an interrupted creation made, under its name or another. NotFound: there is
    /// none, and the operation is settled.
    void keep(const Operation &operation, const QString &name, Continuation<ApiCredential> continuation);
    /// Deletes such a pair at the portal.
    void discard(const Operation &operation, Continuation<> continuation);
    /// Settles an interrupted creation that left nothing, or that was through but for saying so. True:
    /// there is a pair to keep or to discard.
    void lookAgain(const Operation &operation, Continuation<bool> continuation);

    /// The portal has made the pair; its operation tells which.
    bool isMade() const { return m_operation.step == OperationStep::Made; }
    const Operation &operation() const { return m_operation; }

private:
    void listBefore();
    void create(PortalId before);
    void receivePair(const Result<PortalPair> &pair);
    void store(const PortalPair &pair);
    void locate(Continuation<std::optional<PortalId>> continuation);
    Result<bool> isKept(const QString &clientId) const;
    void take(const Operation &operation);
    Result<void> settle();
    void finish(const Result<ApiCredential> &result);
    OperationLog &operations() const;

    Session &m_session;
    SandboxPortal m_portal;
    CredentialDraft m_draft;
    Operation m_operation;
    std::shared_ptr<const void> m_handle;
    std::optional<Continuation<ApiCredential>> m_continuation;
};

} // namespace latchkey
