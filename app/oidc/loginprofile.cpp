// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginprofile.h"

#include "core/enumkey.h"

namespace latchkey {

using namespace Qt::StringLiterals;

QStringList LoginProfile::keys() const
{
    QStringList keys{secretKey, passwordKey};
    keys += parameterKeys.values();
    keys.removeAll(QString());
    return keys;
}

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
    return enumFromKey(key, {Grant::ClientCredentials, Grant::Password, Grant::AuthorizationCode}, grantKey);
}

LoginRequest withoutSecrets(LoginRequest request)
{
    request.clientSecret = {};
    request.password = {};
    for (auto &[name, value] : request.parameters) {
        if (!isOpenParameter(name))
            value.clear();
    }
    return request;
}

} // namespace latchkey
