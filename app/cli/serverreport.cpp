// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/serverreport.h"

#include "cli/output.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

QJsonObject ownerJson(const AuthServer &server)
{
    return {{u"id"_s, server.id.value}, {u"name"_s, server.name}};
}

QJsonObject serverJson(const AuthServer &server)
{
    QJsonObject json = ownerJson(server);
    json.insert(u"description"_s, server.description);
    json.insert(u"resource_identifier"_s, server.resourceIdentifier);
    json.insert(u"audiences"_s, toJson(server.audiences));
    return json;
}

QJsonObject wholeServerJson(const AuthServer &server)
{
    QJsonObject json = serverJson(server);
    json.insert(u"access_token_expiration_minutes"_s, toJson(server.accessTokenLifetime));
    json.insert(u"refresh_token_expiration_minutes"_s, toJson(server.refreshTokenLifetime));
    return json;
}

QJsonObject scopeJson(const Scope &scope)
{
    return {{u"id"_s, scope.id.value}, {u"value"_s, scope.value}, {u"description"_s, scope.description}};
}

} // namespace latchkey::cli
