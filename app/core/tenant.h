// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"
#include "core/result.h"

#include <QUrl>

namespace latchkey {

enum class TenantType { Production, Staging, Development, Sandbox };

/// What may be sent to a tenant from here.
enum class Access { ReadAndWrite, ReadOnly };

/// Why nothing was sent to change a tenant that is read-only here.
Error readOnlyError();

/// One OneLogin account as the workspace knows it.
struct Tenant
{
    TenantId id{};
    QString name{};
    QUrl baseUrl{}; ///< scheme, host, port; no path
    TenantType type = TenantType::Production;
    bool readOnly = false;
    bool isBuiltIn = false; ///< the tenant of the sandbox that the window started, not a person's own

    Access access() const { return readOnly ? Access::ReadOnly : Access::ReadAndWrite; }
    /// The OIDC issuer, `{baseUrl}/oidc/2`.
    QUrl issuer() const;
    /// What is shown of the address: the host, with the port where there is one.
    QString host() const;
};

/// "Production", "Staging", "Development", "Sandbox". Translated.
QString tenantTypeName(TenantType type);
/// The stable name kept in the workspace: "production" …
QString tenantTypeKey(TenantType type);
std::optional<TenantType> tenantTypeFromKey(QStringView key);

/// Reads what a person types: `company`, `company.onelogin.com`, a full https address, or http to a
/// loopback address. Everything after the host is dropped. Error InvalidInput says what is wrong:
/// plain http elsewhere, user info in the address, no host.
Result<QUrl> parseTenantAddress(const QString &text);

/// https, or http to a loopback IP literal or `localhost`.
bool isAllowedUrl(const QUrl &url);

} // namespace latchkey
