// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "core/tenant.h"
#include "store/operationlog.h"
#include "store/rotationlog.h"

#include <QObject>

#include <optional>
#include <vector>

namespace latchkey {

class GrantJournal;
class LoginStore;

/// What is saved and is no secret: one SQLite file (WAL, foreign keys, synchronous FULL) with
/// versioned migrations. Also the index of the keychain, which cannot be listed. Every function is
/// a short local transaction; errors are Storage or StorageTooNew.
class Workspace : public QObject
{
    Q_OBJECT

public:
    ~Workspace() override;

    /// Opens or makes `{folder}/workspace.sqlite` (folder 0700, file 0600). A file that a newer
    /// version wrote is opened for reading only: see isReadOnly() and readOnlyReason().
    static Result<std::unique_ptr<Workspace>> open(const QString &folder);
    static bool exists(const QString &folder);
    /// $XDG_DATA_HOME/latchkey or the platform's equivalent.
    static QString defaultFolder();

    bool isReadOnly() const;
    QString readOnlyReason() const; ///< a sentence; empty if writable

    Result<std::vector<Tenant>> tenants() const;
    Result<Tenant> addTenant(Tenant tenant); ///< returns it with its id; a name occurs once
    Result<void> updateTenant(const Tenant &tenant);
    enum class Owning { Anything, Nothing };
    /// With its credentials and profiles, whose secrets must be gone before. Owning::Nothing: refused where
    /// it has some, which somebody else has added since.
    Result<void> removeTenant(TenantId id, Owning owning = Owning::Anything);

    /// But those that are being removed.
    Result<std::vector<ApiCredential>> credentials(TenantId tenant) const;
    /// Those that are being removed: hidden until they are gone, or the removal is undone.
    Result<std::vector<ApiCredential>> hiddenCredentials(TenantId tenant) const;
    Result<ApiCredential> credential(CredentialId id) const;
    /// A name and a client ID occur once in a tenant.
    Result<ApiCredential> addCredential(ApiCredential credential);
    /// All of them or none.
    Result<std::vector<ApiCredential>> addCredentials(std::vector<ApiCredential> credentials);
    Result<void> updateCredential(const ApiCredential &credential);
    Result<void> removeCredential(CredentialId id);
    /// As one change.
    Result<void> noteMissingSecrets(TenantId tenant, const std::vector<CredentialId> &credentials);
    /// What addCredential() and updateCredential() refuse: an empty name, a name in use.
    Result<void> checkName(const ApiCredential &credential) const;

    /// What is under way with credentials in more than one place.
    OperationLog &operations() { return *m_operations; }
    RotationLog &rotations() { return *m_rotations; }
    /// Login profiles and the history of logins.
    LoginStore &logins() { return *m_logins; }
    /// What was done to grants, append-only.
    GrantJournal &grantJournal() { return *m_grantJournal; }

    /// The index of the keychain. A key is noted before its secret is stored and forgotten when the
    /// secret is surely gone; a credential or a login profile that is written takes its keys over.
    Result<void> noteKeychainItem(const QString &key);
    Result<void> noteKeychainItems(const QStringList &keys); ///< all of them or none
    Result<void> forgetKeychainItem(const QString &key);
    /// Keys that neither a credential nor a profile has (any more) and that were noted before `before`.
    Result<QStringList> leftoverKeychainItems(const QDateTime &before) const;
    /// When those were noted that no credential has and that are not older than `since`; the latest last.
    Result<std::vector<QDateTime>> youngKeychainItems(const QDateTime &since) const;

    /// Small window state and choices, by name. Never a secret.
    QString setting(const QString &name, const QString &fallback = {}) const;
    Result<void> setSetting(const QString &name, const QString &value);

signals:
    void tenantsChanged();
    void credentialsChanged(latchkey::TenantId tenant);

private:
    explicit Workspace(OpenDatabase file);
    Result<void> checkName(const Tenant &tenant) const;
    Result<void> insertCredential(ApiCredential &credential);
    Result<void> takeOverKey(const ApiCredential &credential);

    OpenDatabase m_file;
    std::unique_ptr<OperationLog> m_operations;
    std::unique_ptr<RotationLog> m_rotations;
    std::unique_ptr<LoginStore> m_logins;
    std::unique_ptr<GrantJournal> m_grantJournal;
};

} // namespace latchkey
