// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginexpectation.h"

#include <QMap>

namespace latchkey {

/// A test login that is kept, as the workspace knows it. Its secrets lie elsewhere, under its keys.
struct LoginProfile
{
    LoginProfileId id{};
    TenantId tenant{};
    QString name{};
    LoginRequest request{}; ///< as withoutSecrets() gives it
    LoginExpectation expectation{};
    bool keepsSecret = false;   ///< of the app
    bool keepsPassword = false; ///< of the user; only if asked for
    bool keepsClaims = false;   ///< in the history
    SecretPlace place = SecretPlace::Keychain;
    QString secretKey{}; ///< opaque; empty: not kept
    QString passwordKey{};
    QMap<QString, QString> parameterKeys{}; ///< by the name of a further parameter that may hold a secret

    /// Every key that it has.
    QStringList keys() const;
};

/// "client_credentials", "password", "authorization_code"
QString grantKey(Grant grant);
std::optional<Grant> grantFromKey(QStringView key);

/// And without the values of further parameters that are not known to be harmless.
LoginRequest withoutSecrets(LoginRequest request);

} // namespace latchkey
