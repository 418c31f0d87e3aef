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

} // namespace

void AuthServersApi::list(Continuation<std::vector<AuthServer>> continuation) const
{
    m_api->get(u"/api/2/api_authorizations"_s, {}, readingArray<AuthServer>(continuation));
}

void AuthServersApi::get(AuthServerId id, Continuation<AuthServer> continuation) const
{
    m_api->get(serverPath(id), {}, after<QJsonValue>(continuation, [continuation](const QJsonValue &json) {
                   continuation(readJsonObject<AuthServer>(json, &AuthServer::read));
               }));
}

void AuthServersApi::scopes(AuthServerId id, Continuation<std::vector<Scope>> continuation) const
{
    m_api->get(serverPath(id) + "/scopes"_L1, {}, readingArray<Scope>(continuation));
}

void AuthServersApi::clientApps(AuthServerId id, Continuation<std::vector<ClientApp>> continuation) const
{
    m_api->get(clientsPath(id), {}, readingArray<ClientApp>(continuation));
}

void AuthServersApi::clientAppTable(AuthServerId id, Continuation<ClientAppTable> continuation) const
{
    m_api->read<ClientAppTable>(clientsPath(id), &ClientAppTable::read, std::move(continuation));
}

void AuthServersApi::addClientApp(AuthServerId id, AppId app, const ScopeSet &scopes,
                                  Continuation<> continuation) const
{
    m_api->post(clientsPath(id), {{u"app_id"_s, app.value}, {u"scopes"_s, scopeIds(scopes)}},
                ignoringValue(continuation));
}

void AuthServersApi::updateClientApp(AuthServerId id, AppId app, const ScopeSet &scopes,
                                     Continuation<> continuation) const
{
    m_api->put(clientPath(id, app), {{u"scopes"_s, scopeIds(scopes)}}, ignoringValue(continuation));
}

void AuthServersApi::removeClientApp(AuthServerId id, AppId app, Continuation<> continuation) const
{
    m_api->remove(clientPath(id, app), std::move(continuation));
}

} // namespace latchkey
