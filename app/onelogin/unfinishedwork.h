// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/credentialcreation.h"
#include "onelogin/credentialremoval.h"
#include "onelogin/credentialswitch.h"

namespace latchkey {

/// What can be done about an operation that was interrupted.
enum class Remedy {
    Keep,           ///< Create: the pair's secret is fetched from the portal and stored
    DeleteAtTenant, ///< Create: the pair is deleted at the portal
    Finish,         ///< Remove, Disable, Enable: done to the end
    Undo            ///< Remove, Disable, Enable: as it was before, as far as that is possible
};

/// One operation after settle().
struct SettledOperation
{
    Operation operation{};
    bool isSettled = false; ///< otherwise it waits for a Remedy, or for what `error` says
    std::optional<Error> error{};
    std::optional<Error> warning{}; ///< settled, but for this
};

/// What an earlier run of the program left half done at one tenant, and how it ends.
///
/// Made when a session is opened: settle(), then show what is left. Never touches what another window or
/// another flow is at work on.
class UnfinishedWork : public QObject
{
    Q_OBJECT

public:
    /// The session must outlive it.
    explicit UnfinishedWork(Session &session, QObject *parent = nullptr);

    Result<std::vector<Operation>> list() const;
    /// What happened, in sentences.
    static QString explanation(const Operation &operation);
    static std::vector<Remedy> remedies(const Operation &operation);

    /// Finishes removals, disables and enables, and forgets creations that left nothing; a pair that the
    /// sandbox made is left to the person. One after the other; the list has one entry for each.
    void settle(Continuation<std::vector<SettledOperation>> continuation);

    /// These four refuse, with Storage, what another flow is at work on by then.
    void keep(const Operation &operation, const QString &name, Continuation<ApiCredential> continuation);
    void deleteAtTenant(const Operation &operation, Continuation<> continuation);
    /// The value: what did not work beside it.
    void finish(const Operation &operation, Continuation<std::optional<Error>> continuation);
    /// Error NotFound: the pair is gone at the sandbox, so its removal can only be finished.
    void undo(const Operation &operation, Continuation<> continuation);

private:
    void settleNext();
    void record(SettledOperation settled);
    Result<void> mayBegin(const Operation &operation) const;
    Result<ApiCredential> rowOf(const Operation &operation) const;
    void undoRemoval(const Operation &operation, Continuation<> continuation);
    Result<void> strike(const Operation &operation) const;

    Session &m_session;
    SandboxPortal m_portal;
    std::vector<Operation> m_left;
    std::vector<SettledOperation> m_settled;
    std::optional<Continuation<std::vector<SettledOperation>>> m_continuation;
};

} // namespace latchkey
