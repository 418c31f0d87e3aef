// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/message.h"
#include "sandbox/tenant.h"

namespace latchkey::sandbox {

/// Makes the tokens of a grant, remembers them and answers with them.
class TokenIssuer
{
public:
    explicit TokenIssuer(Tenant &tenant);

    /// An ID token where a user granted `openid`, a refresh token where the grant and the app allow it.
    Response answer(const App &app, const OidcGrant &grant);

private:
    struct Access
    {
        QString text{};
        qint64 seconds = 0;
    };

    Result<Access> issueAccess(const App &app, const OidcGrant &grant);
    Result<QByteArray> idToken(const App &app, const OidcGrant &grant, const QString &accessToken) const;
    QString issueRefresh(const App &app, const OidcGrant &grant);

    Tenant &m_tenant;
    qint64 m_now; ///< seconds since 1970
};

/// What the granted scopes tell of a user: `sub`, and profile, email and groups where granted.
QJsonObject userClaims(const Tenant &tenant, const User &user, const QStringList &scopes);

} // namespace latchkey::sandbox
