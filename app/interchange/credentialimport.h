// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"
#include "interchange/foundcredential.h"
#include "net/continuation.h"

#include <QSet>

namespace latchkey {

class CredentialRegister;
class Workspace;

/// A found credential beside what its future tenant has already.
struct PlannedImport
{
    FoundCredential found{};        ///< with a name that is free: "name-2" where "name" is taken
    bool isExisting = false;        ///< the tenant has this client ID, or an earlier row does
    bool isOfAnotherTenant = false; ///< by its address
};

std::vector<PlannedImport> planImport(const std::vector<FoundCredential> &found, const Tenant &tenant,
                                      const std::vector<ApiCredential> &existing, const Workspace &workspace);

/// One import: every secret is stored and read back first, then all rows go into the workspace in one
/// transaction. Whatever fails, all of it is taken back. It belongs to the register and deletes itself; when
/// the continuation's context goes meanwhile, that is a cancel().
class CredentialImport : public QObject
{
    Q_OBJECT

public:
    CredentialImport(CredentialRegister &credentials, TenantId tenant, SecretPlace place);

    /// Once. Error InvalidInput: a name or client ID that is in use or cannot be used; then nothing was
    /// begun.
    void start(const std::vector<FoundCredential> &rows,
               const Continuation<std::vector<ApiCredential>> &continuation);
    /// Takes everything back, unless the rows are written already. Ends with an error that says so.
    void cancel() { m_isCancelled = true; }

signals:
    void progressed(int stored, int all);

private:
    struct Item
    {
        ApiCredential row{};
        Secret secret{};
    };

    Result<void> prepare(const std::vector<FoundCredential> &rows);
    Result<void> checkRow(const ApiCredential &row, const Secret &secret, QSet<QString> &names,
                          QSet<QString> &clientIds) const;
    bool isCancelled() const;
    void storeNext(size_t index);
    void writeRows();
    void takeBack(size_t count, Error why);
    void finish(Result<std::vector<ApiCredential>> result);

    CredentialRegister &m_credentials;
    TenantId m_tenant;
    SecretPlace m_place;
    std::vector<Item> m_items{};
    std::optional<Continuation<std::vector<ApiCredential>>> m_continuation{};
    bool m_isCancelled = false;
};

} // namespace latchkey
