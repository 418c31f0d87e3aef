// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginrecord.h"
#include "store/database.h"

#include <QObject>

#include <vector>

namespace latchkey {

/// The login profiles and the login history of a workspace: what is kept and is no secret. Each function is
/// a short local transaction; errors are Storage or StorageTooNew.
class LoginStore : public QObject
{
    Q_OBJECT

public:
    enum class Expired { Runs, Claims };

    /// The newest runs of a tenant that are kept.
    static constexpr int kMostRecords = 1000;

    explicit LoginStore(OpenDatabase file);

    Result<std::vector<LoginProfile>> profiles(TenantId tenant) const; ///< by name
    /// Those that ask this address for tokens, by name: of every tenant that has it, and those whose own
    /// issuer or token endpoint is there.
    Result<std::vector<LoginProfile>> profilesAt(const QUrl &baseUrl) const;
    Result<LoginProfile> profile(LoginProfileId id) const;
    /// A name occurs once in a tenant. What is written takes its keys over in the index of the keychain.
    Result<LoginProfile> addProfile(LoginProfile profile);
    Result<void> updateProfile(const LoginProfile &profile);
    Result<void> renameProfile(LoginProfileId id, const QString &name);
    Result<void> removeProfile(LoginProfileId id); ///< its secrets must be gone before; its history stays
    /// What addProfile() and updateProfile() refuse: an empty name, a name in use.
    Result<void> checkName(const LoginProfile &profile) const;

    Result<std::vector<LoginRecord>> records(TenantId tenant,
                                             int limit = kMostRecords) const; ///< the newest first
    /// The oldest goes where there are too many.
    Result<LoginRecord> addRecord(LoginRecord record);
    Result<void> clearRecords(TenantId tenant);
    /// The runs whose tokens have all expired, or the claims that were kept of them. A run without tokens
    /// stays, and so does one with a token whose end is not known. Gives how many.
    Result<int> clearExpired(TenantId tenant, const QDateTime &now, Expired what);

signals:
    void profilesChanged(latchkey::TenantId tenant);
    void recordsChanged(latchkey::TenantId tenant);

private:
    Result<void> takeOverKeys(const LoginProfile &profile);

    OpenDatabase m_file;
};

} // namespace latchkey
