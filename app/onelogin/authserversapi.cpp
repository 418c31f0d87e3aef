// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/authserversapi.h"

#include "onelogin/apiclient.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString serverPath(AuthServerId id)
{
    return u"/api/2/api_authorizations/"_s + id.toString();
}

QString clientsPath(AuthServerId id)
{
    return serverPath(id) + "/clients"_L1;
}

QString clientPath(AuthServerId id, AppId app)
{
    return clientsPath(id) + u'/' + app.toString();
}

QString scopePath(AuthServerId id, ScopeId scope)
{
    return serverPath(id) + "/scopes/"_L1 + scope.toString();
}

QString claimPath(AuthServerId id, ClaimId claim)
{
    return serverPath(id) + "/claims/"_L1 + claim.toString();
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonObject configurationOf(const AuthServer &server)
{
    QJsonObject configuration{{u"resource_identifier"_s, server.resourceIdentifier},
                              {u"audiences"_s, QJsonArray::fromStringList(server.audiences)}};
    if (server.accessTokenLifetime)
        configuration.insert(u"access_token_expiration_minutes"_s,
                             qint64{server.accessTokenLifetime->count()});
    if (server.refreshTokenLifetime)
        configuration.insert(u"refresh_token_expiration_minutes"_s,
                             qint64{server.refreshTokenLifetime->count()});
    return configuration;
}

QJsonObject scopeBody(const Scope &scope)
{
    return {{u"value"_s, scope.value}, {u"description"_s, scope.description}};
}

/// All that can be written of a claim; what is empty is told as null.
QJsonObject claimBody(const Claim &claim)
{
    return {{u"name"_s, claim.name},
            {u"user_attribute_mappings"_s, textOrNull(claim.mapping)},
            {u"user_attribute_macros"_s, textOrNull(claim.macro)},
            {u"attributes_transformations"_s, textOrNull(claim.transformations)}};
}

QJsonObject withoutNulls(QJsonObject object)
{
    for (auto member = object.begin(); member != object.end();)
        member = member.value().isNull() ? object.erase(member) : std::next(member);
    return object;
}

QJsonArray scopeIds(const ScopeSet &scopes)
{
    QJsonArray ids;
    for (ScopeId scope : scopes)
        ids.append(scope.value);
    return ids;
}

template<typename Record>
Continuation<QJsonValue> readingArray(const Continuation<std::vector<Record>> &continuation)
{
    return after<QJsonValue>(continuation, [continuation](const QJsonValue &json) {
        continuation(readJsonArray<Record>(json, &Record::read));
    });
}

/// A write answers with ids alone, in one shape or another: that it was a success is all it says.
Continuation<QJsonValue> ignoringValue(const Continuation<> &continuation)
{
    return after<QJsonValue>(continuation, [continuation](const QJsonValue &) { continuation({}); });
}

template<typename AnId>
Continuation<QJsonValue> readingId(const Continuation<AnId> &continuation)
{
    return after<QJsonValue>(continuation, [continuation](const QJsonValue &json) {
        JsonReader reader(json);
        const AnId id{reader.integer("id"_L1)};
        continuation(reader.finish(id));
    });
}

} // namespace

void AuthServersApi::list(Continuation<std::vector<AuthServer>> continuation) const
{
    m_api->get(u"/api/2/api_authorizations"_s, {}, readingArray<AuthServer>(continuation));
}

void AuthServersApi::get(AuthServerId id, Continuation<AuthServer> continuation) const
{
    const auto read = [id](JsonReader &reader) {
        AuthServer server = AuthServer::read(reader);
        if (server.id != id)
            reader.reject("id"_L1,
                          u"is %1 where %2 was asked for"_s.arg(server.id.toString(), id.toString()));
        return server;
    };
    m_api->get(serverPath(id), {},
               after<QJsonValue>(continuation, [continuation, read](const QJsonValue &json) {
                   continuation(readJsonObject<AuthServer>(json, read));
               }));
}

void AuthServersApi::create(const AuthServer &server, Continuation<AuthServerId> continuation) const
{
    m_api->post(u"/api/2/api_authorizations"_s,
                {{u"name"_s, server.name},
                 {u"description"_s, server.description},
                 {u"configuration"_s, configurationOf(server)}},
                readingId(continuation));
}

void AuthServersApi::update(const AuthServer &server, Continuation<> continuation) const
{
    m_api->put(serverPath(server.id),
               {{u"name"_s, server.name},
                {u"description"_s, textOrNull(server.description)},
                {u"configuration"_s, configurationOf(server)}},
               ignoringValue(continuation));
}

void AuthServersApi::remove(AuthServerId id, Continuation<> continuation) const
{
    m_api->remove(serverPath(id), std::move(continuation));
}

void AuthServersApi::scopes(AuthServerId id, Continuation<std::vector<Scope>> continuation) const
{
    m_api->get(serverPath(id) + "/scopes"_L1, {}, readingArray<Scope>(continuation));
}

void AuthServersApi::addScope(AuthServerId id, const Scope &scope, Continuation<ScopeId> continuation) const
{
    m_api->post(serverPath(id) + "/scopes"_L1, scopeBody(scope), readingId(continuation));
}

void AuthServersApi::updateScope(AuthServerId id, const Scope &scope, Continuation<> continuation) const
{
    m_api->put(scopePath(id, scope.id), scopeBody(scope), ignoringValue(continuation));
}

void AuthServersApi::removeScope(AuthServerId id, ScopeId scope, Continuation<> continuation) const
{
    m_api->remove(scopePath(id, scope), std::move(continuation));
}

void AuthServersApi::claims(AuthServerId id, Continuation<std::vector<Claim>> continuation) const
{
    m_api->get(serverPath(id) + "/claims"_L1, {}, readingArray<Claim>(continuation));
}

void AuthServersApi::addClaim(AuthServerId id, const Claim &claim, Continuation<ClaimId> continuation) const
{
    m_api->post(serverPath(id) + "/claims"_L1, withoutNulls(claimBody(claim)), readingId(continuation));
}

void AuthServersApi::updateClaim(AuthServerId id, const Claim &claim, Continuation<> continuation) const
{
    m_api->put(claimPath(id, claim.id), claimBody(claim), ignoringValue(continuation));
}

void AuthServersApi::removeClaim(AuthServerId id, ClaimId claim, Continuation<> continuation) const
{
    m_api->remove(claimPath(id, claim), std::move(continuation));
}

void AuthServersApi::clientApps(AuthServerId id, Continuation<std::vector<ClientApp>> continuation) const
{
    m_api->read<std::vector<ClientApp>>(clientsPath(id), &ClientApp::readList, std::move(continuation));
}

void AuthServersApi::clientAppTable(AuthServerId id, Continuation<ClientAppTable> continuation) const
{
    m_api->read<ClientAppTable>(clientsPath(id), &ClientAppTable::read, std::move(continuation));
}

void AuthServersApi::addClientApp(AuthServerId id, AppId app, const ScopeSet &scopes,
                                  Continuation<> continuation) const
{
    m_api->post(clientsPath(id), {{u"app_id"_s, app.value}, {u"scopes"_s, scopeIds(scopes)}},
                ignoringValue(continuation), ApiClient::WhenLimited::Fail);
}

void AuthServersApi::updateClientApp(AuthServerId id, AppId app, const ScopeSet &scopes,
                                     Continuation<> continuation) const
{
    m_api->put(clientPath(id, app), {{u"scopes"_s, scopeIds(scopes)}}, ignoringValue(continuation),
               ApiClient::WhenLimited::Fail);
}

void AuthServersApi::removeClientApp(AuthServerId id, AppId app, Continuation<> continuation) const
{
    m_api->remove(clientPath(id, app), std::move(continuation), ApiClient::WhenLimited::Fail);
}

} // namespace latchkey
