// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/unfinishedwork.h"

namespace latchkey {

/// Where keychain, workspace and tenant disagree. Remedies: for a missing secret
/// CredentialRegister::replaceSecret() or remove(), for leftovers CredentialRegister::removeLeftovers(), for
/// the rest those of UnfinishedWork.
struct RepairReport
{
    std::vector<ApiCredential> missing{}; ///< rows without their secret
    QStringList leftovers{};              ///< keys in the keychain that no row has
    YoungLeftovers young{};
    std::vector<Operation> unfinished{};

    bool isEmpty() const
    {
        return missing.empty() && leftovers.empty() && young.count == 0 && unfinished.empty();
    }
};

/// Looks for what disagrees: asks for the secret of every row, one at a time. A keychain that is locked,
/// denies or does not answer ends it with that error; nothing is taken for missing then.
class CredentialRepair : public QObject
{
    Q_OBJECT

public:
    /// The session must outlive it. Destroying it stops the looking.
    explicit CredentialRepair(Session &session, QObject *parent = nullptr);

    void look(Continuation<RepairReport> continuation);

signals:
    void progressed(qsizetype looked, qsizetype all);

private:
    void lookNext();
    void finish();

    Session &m_session;
    UnfinishedWork m_unfinished;
    std::vector<ApiCredential> m_rows;
    size_t m_next = 0;
    RepairReport m_report;
    std::optional<Continuation<RepairReport>> m_continuation;
};

} // namespace latchkey
