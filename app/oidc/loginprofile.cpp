// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginprofile.h"

#include "net/redaction.h"

#include <algorithm>
#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool mayHoldSecret(const QString &parameter)
{
    static const std::array words{"secret"_L1, "password"_L1, "token"_L1, "assertion"_L1,
                                  "code"_L1,   "otp"_L1,      "key"_L1};
    return !isHarmlessParameter(parameter) &&
           std::any_of(words.begin(), words.end(), [&parameter](QLatin1StringView word) {
               return parameter.contains(word, Qt::CaseInsensitive);
           });
}

} // namespace

QString grantKey(Grant grant)
{
    switch (grant) {
    case Grant::ClientCredentials:
        return u"client_credentials"_s;
    case Grant::Password:
        return u"password"_s;
    case Grant::AuthorizationCode:
        return u"authorization_code"_s;
    }
    return {};
}

std::optional<Grant> grantFromKey(QStringView key)
{
    for (Grant grant : {Grant::ClientCredentials, Grant::Password, Grant::AuthorizationCode}) {
        if (key == grantKey(grant))
            return grant;
    }
    return std::nullopt;
}

LoginRequest withoutSecrets(LoginRequest request)
{
    request.clientSecret = {};
    request.password = {};
    return request;
}

QString secretParameter(const LoginRequest &request)
{
    const auto found = std::find_if(request.parameters.begin(), request.parameters.end(),
                                    [](const auto &each) { return mayHoldSecret(each.first); });
    return found == request.parameters.end() ? QString() : found->first;
}

} // namespace latchkey
