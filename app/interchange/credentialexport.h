// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "core/tenant.h"
#include "interchange/sealedfile.h"
#include "net/continuation.h"

#include <QHash>

namespace latchkey {

class CredentialRegister;

/// API credentials as a table or as a JSON document that the import reads again. Without secrets.
QByteArray credentialsAsCsv(const Tenant &tenant, const std::vector<ApiCredential> &credentials);
QJsonObject credentialsAsJson(const Tenant &tenant, const std::vector<ApiCredential> &credentials);

/// An encrypted export and how many of its credentials have no secret.
struct SealedExport
{
    QByteArray bytes{};
    int missing = 0;
};

/// Reads the secrets one by one and seals them with the credentials. Destroying it cancels.
class CredentialExport : public QObject
{
    Q_OBJECT

public:
    CredentialExport(CredentialRegister &credentials, Tenant tenant, QObject *parent);

    /// Once. A secret that is missing is left out; every other keychain error ends the export.
    void start(const std::vector<ApiCredential> &chosen, const Secret &passphrase, const SealingCost &cost,
               const Continuation<SealedExport> &continuation);

signals:
    void progressed(int read, int all);

private:
    void readNext(size_t index);
    void seal();

    CredentialRegister &m_credentials;
    Tenant m_tenant;
    std::vector<ApiCredential> m_chosen{};
    QHash<qint64, Secret> m_secrets{}; ///< by the id of the credential
    Secret m_passphrase{};
    SealingCost m_cost{};
    std::optional<Continuation<SealedExport>> m_continuation{};
};

} // namespace latchkey
