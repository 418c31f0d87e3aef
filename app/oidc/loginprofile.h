// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginexpectation.h"

namespace latchkey {

/// A test login that is kept, as the workspace knows it. Its secrets lie elsewhere, under its keys.
struct LoginProfile
{
    LoginProfileId id{};
    TenantId tenant{};
    QString name{};
    LoginRequest request{}; ///< without its secrets
    LoginExpectation expectation{};
    bool keepsSecret = false;   ///< of the app
    bool keepsPassword = false; ///< of the user; only if asked for
    bool keepsClaims = false;   ///< in the history
    SecretPlace place = SecretPlace::Keychain;
    QString secretKey{}; ///< opaque; empty: not kept
    QString passwordKey{};
};

/// "client_credentials", "password", "authorization_code"
QString grantKey(Grant grant);
std::optional<Grant> grantFromKey(QStringView key);

LoginRequest withoutSecrets(LoginRequest request);
/// The further parameter that likely holds a secret, which is nothing to keep; empty: none.
QString secretParameter(const LoginRequest &request);

} // namespace latchkey
