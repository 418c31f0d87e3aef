// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/portalroutes.h"

#include <QJsonArray>
#include <QUrl>

#include <algorithm>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kCredentials = "/sandbox/portal/credentials"_L1;
constexpr int kHexDigits = 64;

// Nobody signs in here, so no page in a browser may get in: neither across origins nor, by a name
// that it lets point to this address, as the same origin.
bool isFromWebPage(const Request &request)
{
    const QString host = QUrl("http://"_L1 + QString::fromLatin1(request.header("Host"))).host();
    return request.hasHeader("Origin") || (host != "127.0.0.1"_L1 && host != "localhost"_L1);
}

Response noSuchThing()
{
    return apiError(404, u"Not Found"_s);
}

QJsonObject row(const Pair &pair)
{
    return {{u"id"_s, pair.id.value},
            {u"name"_s, pair.name},
            {u"scope_level"_s, scopeLevelName(pair.level)},
            {u"client_id"_s, pair.clientId},
            {u"state"_s, pairStateKey(pair.state)},
            {u"owner_id"_s, pair.owner ? QJsonValue(pair.owner->value) : QJsonValue(QJsonValue::Null)},
            {u"created_at"_s, pair.createdAt.toString(Qt::ISODateWithMs)}};
}

QJsonObject rowWithSecret(const Pair &pair)
{
    QJsonObject object = row(pair);
    object.insert(u"client_secret"_s, pair.clientSecret);
    return object;
}

Response listPairs(const Tenant &tenant)
{
    QJsonArray list;
    for (const Pair &pair : tenant.directory.pairs)
        list.append(row(pair));
    return jsonResponse(200, list);
}

Response createPair(Tenant &tenant, const Request &request)
{
    const QJsonObject body = request.jsonBody();
    const QString name = body.value("name"_L1).toString().trimmed();
    const auto level = scopeLevelFromName(body.value("scope_level"_L1).toString());
    Directory &directory = tenant.directory;
    if (name.isEmpty())
        return apiError(422, u"Name can't be blank"_s, u"name"_s);
    if (std::ranges::any_of(directory.pairs, [&](const Pair &pair) { return pair.name == name; }))
        return apiError(422, u"Name has already been taken"_s, u"name"_s);
    if (!level)
        return apiError(422, u"invalid value in \"scope_level\""_s, u"scope_level"_s);
    directory.pairs.push_back({.id = {directory.nextId()},
                               .name = name,
                               .level = *level,
                               .clientId = tenant.random.hex(kHexDigits),
                               .clientSecret = tenant.random.hex(kHexDigits),
                               .owner = directory.portalUser(),
                               .createdAt = tenant.clock.now()});
    return jsonResponse(201, rowWithSecret(directory.pairs.back()));
}

Response changePair(Tenant &tenant, Pair &pair, const Request &request)
{
    const QString state = request.jsonBody().value("state"_L1).toString();
    if (state == pairStateKey(PairState::Enabled)) {
        pair.state = PairState::Enabled;
    } else if (state != pairStateKey(PairState::Disabled)) {
        return apiError(422, u"invalid value in \"state\""_s, u"state"_s);
    } else if (pair.state == PairState::Enabled) {
        pair.state = PairState::Disabling;
        pair.disabledFrom = tenant.clock.monotonic() + tenant.disableDelay;
        tenant.catchUp();
    }
    return jsonResponse(200, row(pair));
}

Response deletePair(Tenant &tenant, PairId id)
{
    tenant.managementTokens.revoke(tenant.directory.pairById(id)->clientId);
    std::erase_if(tenant.directory.pairs, [id](const Pair &pair) { return pair.id == id; });
    return emptyResponse(204);
}

Response answerOne(Tenant &tenant, PairId id, const Request &request)
{
    Pair *pair = tenant.directory.pairById(id);
    if (pair && request.method == "GET")
        return jsonResponse(200, rowWithSecret(*pair));
    if (pair && request.method == "PUT")
        return changePair(tenant, *pair, request);
    if (pair && request.method == "DELETE")
        return deletePair(tenant, id);
    return noSuchThing();
}

} // namespace

Response answerPortal(Tenant &tenant, const Request &request)
{
    if (isFromWebPage(request))
        return apiError(403, u"Forbidden"_s);
    if (request.path == kCredentials && request.method == "GET")
        return listPairs(tenant);
    if (request.path == kCredentials && request.method == "POST")
        return createPair(tenant, request);
    if (!request.path.startsWith(kCredentials + '/'_L1))
        return noSuchThing();
    bool ok = false;
    const qint64 id = QStringView(request.path).sliced(kCredentials.size() + 1).toLongLong(&ok);
    return ok ? answerOne(tenant, {id}, request) : noSuchThing();
}

} // namespace latchkey::sandbox
