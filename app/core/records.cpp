// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/records.h"

#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

std::optional<int> optionalMinutes(JsonReader &reader, QLatin1StringView name)
{
    if (!reader.has(name))
        return std::nullopt;
    return static_cast<int>(reader.integer(name));
}

} // namespace

AuthServer AuthServer::read(JsonReader &reader)
{
    AuthServer server;
    server.id = {reader.integer("id"_L1)};
    server.name = reader.string("name"_L1);
    server.description = reader.string("description"_L1, {});
    if (reader.has("configuration"_L1)) {
        JsonReader configuration = reader.object("configuration"_L1);
        server.resourceIdentifier = configuration.string("resource_identifier"_L1, {});
        server.audiences = configuration.strings("audiences"_L1);
        server.accessTokenMinutes = optionalMinutes(configuration, "access_token_expiration_minutes"_L1);
        server.refreshTokenMinutes = optionalMinutes(configuration, "refresh_token_expiration_minutes"_L1);
    }
    return server;
}

Scope Scope::read(JsonReader &reader)
{
    return {.id = {reader.integer("id"_L1)},
            .value = reader.string("value"_L1),
            .description = reader.string("description"_L1, {})};
}

ClientApp ClientApp::read(JsonReader &reader)
{
    ClientApp app;
    app.id = {reader.integer("app_id"_L1)};
    app.name = reader.string("name"_L1, {});
    for (ScopeId id :
         reader.list("scopes"_L1, [](JsonReader &scope) { return ScopeId{scope.integer("id"_L1)}; }))
        app.scopes.insert(id);
    return app;
}

QString clientAuthKey(ClientAuth auth)
{
    switch (auth) {
    case ClientAuth::Basic:
        return u"basic"_s;
    case ClientAuth::Post:
        return u"post"_s;
    case ClientAuth::None:
        return u"none"_s;
    }
    return {};
}

OidcApp OidcApp::read(JsonReader &reader)
{
    OidcApp app;
    app.id = {reader.integer("id"_L1)};
    app.name = reader.string("name"_L1);
    app.description = reader.string("description"_L1, {});
    if (reader.has("sso"_L1))
        app.clientId = reader.object("sso"_L1).string("client_id"_L1, {});
    if (!reader.has("configuration"_L1))
        return app;
    JsonReader configuration = reader.object("configuration"_L1);
    const qint64 method = configuration.integer("token_endpoint_auth_method"_L1, 0);
    app.auth = method == 1 ? ClientAuth::Post : method == 2 ? ClientAuth::None : ClientAuth::Basic;
    static const QRegularExpression separators(u"[\\s,]+"_s);
    app.redirectUris = configuration.string("redirect_uri"_L1, {}).split(separators, Qt::SkipEmptyParts);
    app.accessTokenMinutes = static_cast<int>(configuration.integer("access_token_expiration_minutes"_L1, 0));
    app.refreshTokenMinutes =
        static_cast<int>(configuration.integer("refresh_token_expiration_minutes"_L1, 0));
    return app;
}

} // namespace latchkey
