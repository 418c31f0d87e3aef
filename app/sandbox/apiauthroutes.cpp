// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/apiauthroutes.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kServerMembers{"name"_L1, "description"_L1, "configuration"_L1};
constexpr std::array kCreateOnlyMembers{"connector_id"_L1, "scopes"_L1, "claims"_L1};

Response idReply(int status, qint64 id)
{
    return jsonResponse(status, QJsonObject{{u"id"_s, id}});
}

std::optional<Response> unknownMember(const QJsonObject &body, bool creating)
{
    for (const QString &key : body.keys()) {
        const bool known =
            std::ranges::find(kServerMembers, key) != kServerMembers.end() ||
            (creating && std::ranges::find(kCreateOnlyMembers, key) != kCreateOnlyMembers.end());
        if (!known)
            return apiError(422,
                            u"instance is not allowed to have the additional property \"%1\""_s.arg(key));
    }
    return std::nullopt;
}

/// Validates what a write says of a server and puts it there; an update replaces everything.
std::optional<Response> readServer(const QJsonObject &body, Server &server)
{
    if (!body.value("name"_L1).isString() || body.value("name"_L1).toString().isEmpty())
        return apiError(400, u"Missing required field"_s, u"name"_s);
    const QJsonObject configuration = body.value("configuration"_L1).toObject();
    const QString resource = configuration.value("resource_identifier"_L1).toString();
    QStringList audiences;
    for (const QJsonValue audience : configuration.value("audiences"_L1).toArray())
        audiences.append(audience.toString());
    if (const QJsonValue single = configuration.value("audiences"_L1); single.isString())
        audiences = QStringList{single.toString()};
    audiences.removeAll(QString());

    QStringList blanks;
    if (resource.isEmpty())
        blanks.append(u"Resource identifier can't be blank"_s);
    if (audiences.isEmpty())
        blanks.append(u"Audiences can't be blank"_s);
    if (!blanks.isEmpty())
        return invalid(blanks.join(", "_L1));

    const int accessMinutes = configuration.value("access_token_expiration_minutes"_L1).toInt(10);
    const int refreshMinutes = configuration.value("refresh_token_expiration_minutes"_L1).toInt(30);
    if (accessMinutes < 1 || refreshMinutes < 1)
        return invalid(u"Expiration minutes must be greater than 0"_s);

    server.name = body.value("name"_L1).toString();
    const QJsonValue description = body.value("description"_L1);
    server.description = description.isString() ? std::optional(description.toString()) : std::nullopt;
    server.resourceIdentifier = resource;
    server.audiences = audiences;
    server.accessMinutes = accessMinutes;
    server.refreshMinutes = refreshMinutes;
    return std::nullopt;
}

QJsonObject serverJson(const Server &server, bool whole)
{
    QJsonObject configuration{{u"resource_identifier"_s, server.resourceIdentifier},
                              {u"audiences"_s, QJsonArray::fromStringList(server.audiences)}};
    if (whole) {
        configuration.insert(u"access_token_expiration_minutes"_s, server.accessMinutes);
        configuration.insert(u"refresh_token_expiration_minutes"_s, server.refreshMinutes);
    }
    return {{u"id"_s, server.id.value},
            {u"name"_s, server.name},
            {u"description"_s,
             server.description ? QJsonValue(*server.description) : QJsonValue(QJsonValue::Null)},
            {u"configuration"_s, configuration}};
}

Response listServers(Tenant &tenant, const ApiCall &call)
{
    const QString name = call.request.queryFields().value(u"name").remove(u'*');
    QJsonArray list;
    for (const auto &[id, server] : tenant.directory.servers) {
        if (server.name.contains(name, Qt::CaseInsensitive))
            list.append(serverJson(server, false));
    }
    return jsonResponse(200, list);
}

Response getServer(Tenant &tenant, const ApiCall &call)
{
    const Server *server = serverOf(tenant, call);
    return server ? jsonResponse(200, serverJson(*server, true)) : notFound();
}

// Scopes

std::optional<Response> readScope(const QJsonObject &body, const Server &server, std::optional<ScopeId> self,
                                  ScopeText &scope)
{
    const QString value = body.value("value"_L1).toString();
    if (value.isEmpty())
        return apiError(400, u"Missing required field"_s, u"value"_s);
    if (std::ranges::any_of(value, [](QChar c) { return c.isSpace(); }))
        return invalid(u"Value is invalid"_s);
    for (const auto &[id, other] : server.scopes) {
        if (other.value == value && id != self)
            return invalid(u"Value has already been taken"_s);
    }
    scope = {.value = value, .description = body.value("description"_L1).toString()};
    return std::nullopt;
}

Response listScopes(Tenant &tenant, const ApiCall &call)
{
    const Server *server = serverOf(tenant, call);
    if (!server)
        return notFound();
    QJsonArray list;
    for (const auto &[id, scope] : server->scopes)
        list.append(scopeJson(id, scope));
    return jsonResponse(200, list);
}

Response addScope(Tenant &tenant, const ApiCall &call)
{
    Server *server = serverOf(tenant, call);
    if (!server)
        return notFound();
    ScopeText scope;
    if (const auto refusal = readScope(call.request.jsonBody(), *server, std::nullopt, scope))
        return *refusal;
    const ScopeId id{tenant.directory.nextId()};
    server->scopes.emplace(id, scope);
    return idReply(200, id.value);
}

Response updateScope(Tenant &tenant, const ApiCall &call)
{
    Server *server = serverOf(tenant, call);
    const ScopeId id{call.ids.at(1)};
    ScopeText *scope = server ? findIn(server->scopes, id) : nullptr;
    if (!scope)
        return notFound();
    if (const auto refusal = readScope(call.request.jsonBody(), *server, id, *scope))
        return *refusal;
    return idReply(200, id.value);
}

Response deleteScope(Tenant &tenant, const ApiCall &call)
{
    Server *server = serverOf(tenant, call);
    const ScopeId id{call.ids.at(1)};
    if (!server || server->scopes.erase(id) == 0)
        return notFound();
    for (auto &[app, scopes] : server->clients)
        scopes.erase(id);
    return emptyResponse(204);
}

// Claims

std::optional<Response> readClaim(const QJsonObject &body, const Server &server, std::optional<ClaimId> self,
                                  Claim &claim)
{
    const QString name = body.value("name"_L1).toString();
    if (name.isEmpty())
        return apiError(400, u"Missing required field"_s, u"name"_s);
    for (const auto &[id, other] : server.claims) {
        if (other.name == name && id != self)
            return invalid(u"Name has already been taken"_s);
    }
    const auto stringOrNull = [&body](QLatin1StringView member) {
        const QJsonValue value = body.value(member);
        return value.isString() ? value : QJsonValue(QJsonValue::Null);
    };
    claim = {.name = name,
             .userAttributeMappings = stringOrNull("user_attribute_mappings"_L1),
             .userAttributeMacros = stringOrNull("user_attribute_macros"_L1),
             .attributesTransformations = stringOrNull("attributes_transformations"_L1)};
    return std::nullopt;
}

QJsonObject claimJson(ClaimId id, const Claim &claim)
{
    const QJsonValue null(QJsonValue::Null);
    return {{u"id"_s, id.value},
            {u"name"_s, claim.name},
            {u"label"_s, claim.name},
            {u"user_attribute_mappings"_s, claim.userAttributeMappings},
            {u"user_attribute_macros"_s, claim.userAttributeMacros},
            {u"attributes_transformations"_s, claim.attributesTransformations},
            {u"skip_if_blank"_s, null},
            {u"provisioned_entitlements"_s, null},
            {u"default_values"_s, null},
            {u"safe_entitlements_enabled"_s, null},
            {u"values"_s, null}};
}

Response listClaims(Tenant &tenant, const ApiCall &call)
{
    const Server *server = serverOf(tenant, call);
    if (!server)
        return notFound();
    QJsonArray list;
    for (const auto &[id, claim] : server->claims)
        list.append(claimJson(id, claim));
    return jsonResponse(200, list);
}

Response addClaim(Tenant &tenant, const ApiCall &call)
{
    Server *server = serverOf(tenant, call);
    if (!server)
        return notFound();
    Claim claim;
    if (const auto refusal = readClaim(call.request.jsonBody(), *server, std::nullopt, claim))
        return *refusal;
    const ClaimId id{tenant.directory.nextId()};
    server->claims.emplace(id, claim);
    return idReply(200, id.value);
}

Response updateClaim(Tenant &tenant, const ApiCall &call)
{
    Server *server = serverOf(tenant, call);
    const ClaimId id{call.ids.at(1)};
    Claim *claim = server ? findIn(server->claims, id) : nullptr;
    if (!claim)
        return notFound();
    if (const auto refusal = readClaim(call.request.jsonBody(), *server, id, *claim))
        return *refusal;
    return idReply(200, id.value);
}

Response deleteClaim(Tenant &tenant, const ApiCall &call)
{
    Server *server = serverOf(tenant, call);
    if (!server || server->claims.erase(ClaimId{call.ids.at(1)}) == 0)
        return notFound();
    return emptyResponse(204);
}

// Servers, written

/// The scopes and claims that a create may bring along.
std::optional<Response> readChildren(const QJsonObject &body, Directory &directory, Server &server)
{
    for (const QJsonValue value : body.value("scopes"_L1).toArray()) {
        ScopeText scope;
        if (auto refusal = readScope(value.toObject(), server, std::nullopt, scope))
            return refusal;
        server.scopes.emplace(ScopeId{directory.nextId()}, scope);
    }
    for (const QJsonValue value : body.value("claims"_L1).toArray()) {
        Claim claim;
        if (auto refusal = readClaim(value.toObject(), server, std::nullopt, claim))
            return refusal;
        server.claims.emplace(ClaimId{directory.nextId()}, claim);
    }
    return std::nullopt;
}

Response createServer(Tenant &tenant, const ApiCall &call)
{
    const QJsonObject body = call.request.jsonBody();
    if (const auto refusal = unknownMember(body, true))
        return *refusal;
    Server server;
    if (const auto refusal = readServer(body, server))
        return *refusal;
    server.id = {tenant.directory.nextId()};
    if (const auto refusal = readChildren(body, tenant.directory, server))
        return *refusal;
    tenant.directory.servers.emplace(server.id, server);
    return idReply(201, server.id.value);
}

Response updateServer(Tenant &tenant, const ApiCall &call)
{
    Server *server = serverOf(tenant, call);
    if (!server)
        return notFound();
    const QJsonObject body = call.request.jsonBody();
    if (const auto refusal = unknownMember(body, false))
        return *refusal;
    if (const auto refusal = readServer(body, *server))
        return *refusal;
    return idReply(200, server->id.value);
}

Response deleteServer(Tenant &tenant, const ApiCall &call)
{
    return tenant.directory.servers.erase(AuthServerId{call.ids.at(0)}) == 0 ? notFound()
                                                                             : emptyResponse(204);
}

} // namespace

Server *serverOf(Tenant &tenant, const ApiCall &call)
{
    return findIn(tenant.directory.servers, AuthServerId{call.ids.at(0)});
}

QJsonObject scopeJson(ScopeId id, const ScopeText &scope)
{
    return {{u"id"_s, id.value}, {u"value"_s, scope.value}, {u"description"_s, scope.description}};
}

std::vector<ApiRoute> apiAuthRoutes()
{
    constexpr auto servers = "/api/2/api_authorizations"_L1;
    constexpr auto server = "/api/2/api_authorizations/*"_L1;
    constexpr auto scopes = "/api/2/api_authorizations/*/scopes"_L1;
    constexpr auto scope = "/api/2/api_authorizations/*/scopes/*"_L1;
    constexpr auto claims = "/api/2/api_authorizations/*/claims"_L1;
    constexpr auto claim = "/api/2/api_authorizations/*/claims/*"_L1;
    return {
        {"GET", servers, kReadAny, kManage, &listServers},
        {"POST", servers, kManage, kManage, &createServer},
        {"GET", server, kReadAny, kManage, &getServer},
        {"PUT", server, kManage, kManage, &updateServer},
        {"DELETE", server, kManage, kManage, &deleteServer},
        {"GET", scopes, kReadAny, kManage, &listScopes},
        {"POST", scopes, kManage, kManage, &addScope},
        {"PUT", scope, kManage, kManage, &updateScope},
        {"DELETE", scope, kManage, kManage, &deleteScope},
        {"GET", claims, kReadAny, kManage, &listClaims},
        {"POST", claims, kManage, kManage, &addClaim},
        {"PUT", claim, kManage, kManage, &updateClaim},
        {"DELETE", claim, kManage, kManage, &deleteClaim},
    };
}

} // namespace latchkey::sandbox
