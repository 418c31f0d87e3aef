// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "core/secret.h"
#include "net/continuation.h"
#include "store/operation.h"

#include <QTimer>

namespace latchkey {

class SecretStore;
class Workspace;

/// What a person fills in for a new API credential.
struct CredentialDraft
{
    TenantId tenant{};
    QString name{};
    QString clientId{};
    std::optional<ScopeLevel> level{};
    QString note{};
    SecretPlace place = SecretPlace::Keychain;
};

/// Secrets that no row has and that are too young to be leftovers for sure.
struct YoungLeftovers
{
    int count = 0;
    QDateTime oldAt{}; ///< when the last of them is old enough; invalid where there are none
};

/// The register of API credentials: rows in the workspace, their secrets in the keychain or in
/// memory, kept in step. The tenant itself offers no API for this.
class CredentialRegister : public QObject
{
    Q_OBJECT

public:
    /// All three must outlive the register.
    CredentialRegister(Workspace &workspace, SecretStore &keychain, SecretStore &session,
                       QObject *parent = nullptr);

    /// But those that are being removed.
    Result<std::vector<ApiCredential>> list(TenantId tenant) const;

    /// What add() would refuse before anything is stored; with a keychain that is not open it fails as
    /// the secret would.
    void checkDraft(const CredentialDraft &draft, Continuation<> continuation);
    /// Stores the secret first (read back), then the row; a row that cannot be written takes the
    /// secret away again. InvalidInput: empty name or id, a name in use, characters outside
    /// RFC 6749 appendix A (pasted no-break spaces, line ends) named by position.
    void add(const CredentialDraft &draft, const Secret &secret, Continuation<ApiCredential> continuation);
    /// SecretMissing if its place has none (deleted outside, or an earlier session's); the row
    /// remembers it.
    void secret(const ApiCredential &credential, Continuation<Secret> continuation);
    /// Notes which pairs have lost the secret that was kept for an earlier session only: one change for all.
    void noteLostSecrets(TenantId tenant);
    /// Stores another secret (Paste again), also in another place.
    void replaceSecret(const ApiCredential &credential, const Secret &secret, SecretPlace place,
                       Continuation<> continuation);
    Result<void> setState(CredentialId id, CredentialState state);
    Result<void> update(const ApiCredential &credential); ///< name, level, note
    /// After a token request: when, and what it said of the pair.
    Result<void> markUsed(CredentialId id, const QDateTime &when, CredentialProblem problem);
    /// The secret first (looked for again), then the row.
    void remove(const ApiCredential &credential, Continuation<> continuation);
    /// Hides the row of a removal that is through at the tenant; secret and row go after undoTime(), or at
    /// the next start that is later.
    Result<Operation> hide(const Operation &removal);
    /// Brings a hidden row back, and what the removal took the place of. Error Storage: it is too late.
    Result<void> undoRemoval(CredentialId id, const std::optional<Operation> &before = {});
    /// Secret and row of a removal go now. A keychain that cannot be reached leaves the row hidden.
    void finishRemoval(const Operation &removal, Continuation<> continuation);
    /// The same for every removal whose time has come, whatever its tenant; the others follow in time.
    /// To be called at the start and when the keychain was opened.
    void finishRemovals(Continuation<> continuation);
    std::chrono::milliseconds undoTime() const { return m_undoTime; }
    void setUndoTime(std::chrono::milliseconds time) { m_undoTime = time; }

    /// Secrets in the index of the keychain without a row, but those that may just be being added.
    Result<QStringList> leftovers() const;
    Result<YoungLeftovers> youngLeftovers() const;
    /// Removes what a crash or an unreachable keychain left behind: secrets in the index of the
    /// keychain without a row. Stops at the first that cannot be removed.
    void removeLeftovers(Continuation<> continuation);

    Workspace &workspace() const { return m_workspace; }
    SecretStore &storeOf(SecretPlace place) const;

signals:
    void changed(latchkey::TenantId tenant);

private:
    Result<void> store(const ApiCredential &credential, const Secret &secret, Continuation<> continuation);
    void takeBack(const ApiCredential &credential, const Result<void> &put, std::function<void()> done);
    void rememberMissing(CredentialId id, bool missing);
    void removeNext(QStringList keys, Continuation<> continuation);
    std::chrono::milliseconds timeToUndo(const Operation &removal) const;
    void finishNext(std::vector<Operation> removals, const Result<void> &sofar, Continuation<> continuation);
    void scheduleRemovals();

    Workspace &m_workspace;
    SecretStore &m_keychain;
    SecretStore &m_session;
    std::chrono::milliseconds m_undoTime = std::chrono::seconds(10);
    QTimer m_removalTimer;
};

} // namespace latchkey
