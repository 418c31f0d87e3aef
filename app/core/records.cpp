// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/records.h"

#include <QRegularExpression>
#include <QSet>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMostMinutes = 100LL * 366 * 24 * 60; // a hundred years

std::optional<std::chrono::minutes> readLifetime(JsonReader &reader, QLatin1StringView name)
{
    if (!reader.has(name))
        return std::nullopt;
    const qint64 minutes = reader.integer(name);
    if (minutes >= 0 && minutes <= kMostMinutes)
        return std::chrono::minutes(minutes);
    reader.reject(name, u"is no number of minutes: %1"_s.arg(minutes));
    return std::nullopt;
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
        server.accessTokenLifetime = readLifetime(configuration, "access_token_expiration_minutes"_L1);
        server.refreshTokenLifetime = readLifetime(configuration, "refresh_token_expiration_minutes"_L1);
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

Result<std::vector<ClientApp>> ClientApp::readList(const QJsonValue &json)
{
    QSet<qint64> ids;
    return readJsonArray<ClientApp>(json, [&ids](JsonReader &reader) {
        ClientApp app = read(reader);
        checkListed(reader, ids.contains(app.id.value), static_cast<size_t>(ids.size()));
        ids.insert(app.id.value);
        return app;
    });
}

void ClientApp::checkListed(JsonReader &reader, bool isThereAlready, size_t before)
{
    if (isThereAlready)
        reader.reject("app_id"_L1, u"stands in the list already"_s);
    if (before >= kMost)
        reader.reject("app_id"_L1, u"is beyond the %1 client apps that can be read"_s.arg(kMost));
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
    app.accessTokenLifetime = readLifetime(configuration, "access_token_expiration_minutes"_L1);
    app.refreshTokenLifetime = readLifetime(configuration, "refresh_token_expiration_minutes"_L1);
    return app;
}

} // namespace latchkey
