// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/apiauthroutes.h"

#include <QJsonArray>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

Response clientReply(int status, const Server &server, AppId app)
{
    return jsonResponse(status, QJsonObject{{u"app_id"_s, app.value}, {u"api_auth_id"_s, server.id.value}});
}

std::optional<Response> readGrants(const Tenant &tenant, const QJsonObject &body, const Server &server,
                                   ScopeSet &scopes)
{
    if (!body.value("scopes"_L1).isArray())
        return apiError(400, u"Missing required field: scopes"_s);
    QStringList wrong;
    for (const QJsonValue value : body.value("scopes"_L1).toArray()) {
        const ScopeId id{value.isString() ? value.toString().toLongLong() : value.toInteger()};
        if (!server.scopes.contains(id))
            wrong.append(u"Scopes %1 does not belong to the specified ApiAuthorizationApp"_s.arg(
                value.toVariant().toString()));
        scopes.insert(id);
    }
    if (!wrong.isEmpty())
        return invalid(wrong.join(", "_L1));
    if (tenant.strict && scopes.empty())
        return invalid(u"Scopes can't be blank"_s);
    return std::nullopt;
}

Response listClients(Tenant &tenant, const ApiCall &call)
{
    const Server *server = serverOf(tenant, call);
    if (!server)
        return notFound();
    QJsonArray list;
    for (const auto &[appId, granted] : server->clients) {
        QJsonArray scopes;
        for (ScopeId id : granted)
            scopes.append(scopeJson(id, server->scopes.at(id)));
        list.append(QJsonObject{{u"app_id"_s, appId.value},
                                {u"name"_s, tenant.directory.apps.at(appId).name},
                                {u"api_auth_id"_s, server->id.value},
                                {u"scopes"_s, scopes}});
    }
    return jsonResponse(200, list);
}

Response addClient(Tenant &tenant, const ApiCall &call)
{
    Server *server = serverOf(tenant, call);
    if (!server)
        return notFound();
    const QJsonObject body = call.request.jsonBody();
    const QJsonValue given = body.value("app_id"_L1);
    const AppId appId{given.isString() ? given.toString().toLongLong() : given.toInteger()};
    if (!appId.isValid())
        return apiError(400, u"Missing required field: app_id"_s);
    ScopeSet scopes;
    if (const auto refusal = readGrants(tenant, body, *server, scopes))
        return *refusal;
    const App *app = findIn(tenant.directory.apps, appId);
    if (!app)
        return notFound();
    if (app->method != AppMethod::OpenIdConnect)
        return invalid(u"App is not an OpenId Connect app"_s);
    if (server->clients.contains(appId))
        return invalid(u"App has already been taken"_s);
    server->clients.emplace(appId, scopes);
    return clientReply(201, *server, appId);
}

Response updateClient(Tenant &tenant, const ApiCall &call)
{
    Server *server = serverOf(tenant, call);
    const AppId appId{call.ids.at(1)};
    ScopeSet *granted = server ? findIn(server->clients, appId) : nullptr;
    if (!granted)
        return notFound();
    ScopeSet scopes;
    if (const auto refusal = readGrants(tenant, call.request.jsonBody(), *server, scopes))
        return *refusal;
    *granted = scopes;
    return clientReply(200, *server, appId);
}

Response deleteClient(Tenant &tenant, const ApiCall &call)
{
    Server *server = serverOf(tenant, call);
    if (!server || server->clients.erase(AppId{call.ids.at(1)}) == 0)
        return notFound();
    return emptyResponse(204);
}

} // namespace

std::vector<ApiRoute> clientAppRoutes()
{
    constexpr auto clients = "/api/2/api_authorizations/*/clients"_L1;
    constexpr auto client = "/api/2/api_authorizations/*/clients/*"_L1;
    return {{"GET", clients, kReadAny, kManage, &listClients},
            {"POST", clients, kManage, kManage, &addClient},
            {"PUT", client, kManage, kManage, &updateClient},
            {"DELETE", client, kManage, kManage, &deleteClient}};
}

} // namespace latchkey::sandbox
