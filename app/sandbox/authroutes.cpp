// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/authroutes.h"

#include <QRegularExpression>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

struct Presented
{
    QString clientId{};
    QString clientSecret{};
};

Response wrongContentType()
{
    return envelopeError(400, u"Content Type is not specified or specified incorrectly. Content-Type header "
                              "must be set to application/json"_s);
}

Response authorizationMissing()
{
    return envelopeError(400, u"The authorization information is missing"_s);
}

Response noRoute()
{
    return envelopeError(404, u"No Route Exists"_s);
}

Response authenticationFailure()
{
    return envelopeError(401, u"Authentication Failure"_s);
}

Response ownerDeleted()
{
    return envelopeError(500, u"Internal Server Error"_s);
}

std::optional<Presented> presentedInHeader(const QByteArray &header)
{
    static const QRegularExpression literal(
        uR"(^client_id:\s*([^\s,]+)\s*,\s*client_secret:\s*([^\s,]+)$)"_s);
    if (const auto match = literal.match(QString::fromLatin1(header)); match.hasMatch())
        return Presented{match.captured(1), match.captured(2)};
    if (!header.startsWith("Basic "))
        return std::nullopt;
    const auto decoded =
        QByteArray::fromBase64Encoding(header.mid(6).trimmed(), QByteArray::AbortOnBase64DecodingErrors);
    const qsizetype colon = decoded ? (*decoded).indexOf(':') : -1;
    if (colon < 0)
        return std::nullopt;
    const auto id = formDecoded((*decoded).first(colon));
    const auto secret = formDecoded((*decoded).sliced(colon + 1));
    if (!id || !secret)
        return std::nullopt;
    return Presented{QString::fromUtf8(*id), QString::fromUtf8(*secret)};
}

/// The body of a token or revoke request, whichever of the two media types it has.
struct Body
{
    QString grantType{};
    QString accessToken{};
    QString refreshToken{};
    std::optional<Presented> presented{};
    bool isForm = false;
};

std::optional<Body> readBody(const Request &request)
{
    Body body;
    QString id;
    QString secret;
    if (request.mediaType() == "application/json") {
        const QJsonObject json = request.jsonBody();
        body.grantType = json.value("grant_type"_L1).toString();
        body.accessToken = json.value("access_token"_L1).toString();
        body.refreshToken = json.value("refresh_token"_L1).toString();
        id = json.value("client_id"_L1).toString();
        secret = json.value("client_secret"_L1).toString();
    } else if (request.mediaType() == "application/x-www-form-urlencoded") {
        const Form form = Form::parse(request.body);
        body.grantType = form.value(u"grant_type");
        body.accessToken = form.value(u"access_token");
        id = form.value(u"client_id");
        secret = form.value(u"client_secret");
        body.isForm = true;
    } else {
        return std::nullopt;
    }
    if (!id.isEmpty() && !secret.isEmpty())
        body.presented = Presented{id, secret};
    return body;
}

/// The pair that presents itself, or the answer that refuses it.
struct Authentication
{
    const Pair *pair = nullptr;
    Response refusal{};
};

Authentication authenticate(const Tenant &tenant, const std::optional<Presented> &presented)
{
    const Pair *pair = presented ? tenant.directory.pairByClientId(presented->clientId) : nullptr;
    if (!pair || pair->clientSecret != presented->clientSecret || pair->state == PairState::Disabled)
        return {.refusal = authenticationFailure()};
    if (!pair->owner)
        return {.refusal = ownerDeleted()};
    return {.pair = pair};
}

/// What token and revoke have in common: the method, the media type and how a pair is presented.
struct Opening
{
    Body body{};
    std::optional<Presented> presented{};
    std::optional<Response> refusal{};
};

Opening openRequest(const Request &request)
{
    if (request.method != "POST")
        return {.refusal = noRoute()};
    const std::optional<Body> body = readBody(request);
    const bool byHeader = request.hasHeader("Authorization");
    if (!body || (body->isForm && byHeader))
        return {.refusal = wrongContentType()};
    Opening opening{.body = *body, .presented = body->presented};
    if (byHeader)
        opening.presented = presentedInHeader(request.header("Authorization"));
    if (!opening.presented)
        opening.refusal = authorizationMissing();
    return opening;
}

QJsonObject tokenJson(const ManagementToken &token)
{
    return {{u"access_token"_s, token.access},
            {u"created_at"_s, token.createdAt.toString(Qt::ISODateWithMs)},
            {u"expires_in"_s, qint64(ManagementTokens::kLifetime.count())},
            {u"refresh_token"_s, token.refresh},
            {u"token_type"_s, u"bearer"_s}};
}

/// The deprecated way to a new token: the two old ones instead of the pair.
Response refreshToken(Tenant &tenant, const Body &body)
{
    const ManagementToken *old = tenant.managementTokens.findForRefresh(body.accessToken, body.refreshToken);
    const Pair *pair = old ? tenant.directory.pairByClientId(old->clientId) : nullptr;
    if (!pair)
        return authenticationFailure();
    if (!pair->owner)
        return ownerDeleted();
    tenant.managementTokens.revoke(pair->clientId);
    return jsonResponse(200, tokenJson(tenant.managementTokens.tokenFor(pair->clientId)));
}

Response generateToken(Tenant &tenant, const Request &request)
{
    if (const std::optional<Body> body = readBody(request);
        request.method == "POST" && body && body->grantType == "refresh_token"_L1)
        return refreshToken(tenant, *body);
    const Opening opening = openRequest(request);
    if (opening.refusal)
        return *opening.refusal;
    if (opening.body.grantType != "client_credentials"_L1)
        return envelopeError(400, u"grant_type is incorrect/absent"_s);
    const Authentication authentication = authenticate(tenant, opening.presented);
    if (!authentication.pair)
        return authentication.refusal;
    QJsonObject json = tokenJson(tenant.managementTokens.tokenFor(authentication.pair->clientId));
    json.insert(u"account_id"_s, tenant.directory.accountId);
    return jsonResponse(200, json);
}

Response revokeToken(Tenant &tenant, const Request &request)
{
    const Opening opening = openRequest(request);
    if (opening.refusal)
        return *opening.refusal;
    if (opening.body.accessToken.isEmpty())
        return envelopeError(400, u"Access Token Missing"_s);
    const Authentication authentication = authenticate(tenant, opening.presented);
    if (!authentication.pair)
        return authentication.refusal;
    if (const ManagementToken *token = tenant.managementTokens.find(opening.body.accessToken)) {
        if (token->clientId != authentication.pair->clientId)
            return authenticationFailure();
        tenant.managementTokens.revoke(authentication.pair->clientId);
    }
    return envelopeSuccess();
}

Response rateLimitState(Tenant &tenant, const Request &request)
{
    if (request.method != "GET")
        return noRoute();
    const QString token = bearerToken(request, ": "_L1);
    if (token.isEmpty())
        return envelopeError(400, u"Authorization Information is incorrect"_s);
    const Pair *pair = pairOfToken(tenant, token);
    if (!pair || pair->level == ScopeLevel::AuthenticationOnly)
        return authenticationFailure();
    const RateLimit &limit = tenant.rateLimit;
    const QJsonObject data{{u"X-RateLimit-Limit"_s, limit.limit()},
                           {u"X-RateLimit-Remaining"_s, limit.remaining()},
                           {u"X-RateLimit-Reset"_s, qint64(limit.untilReset().count())}};
    Response response = envelopeSuccess({{u"data"_s, data}});
    response.headers = rateLimitHeaders(limit);
    return response;
}

} // namespace

Headers rateLimitHeaders(const RateLimit &limit)
{
    return {{"X-RateLimit-Limit", QByteArray::number(limit.limit())},
            {"X-RateLimit-Remaining", QByteArray::number(limit.remaining())},
            {"X-RateLimit-Reset", QByteArray::number(qint64(limit.untilReset().count()))}};
}

QString bearerToken(const Request &request, QLatin1StringView separators)
{
    constexpr qsizetype schemeLength = 6;
    const QByteArray header = request.header("Authorization");
    if (header.size() <= schemeLength || header.first(schemeLength).toLower() != "bearer" ||
        !separators.contains(QLatin1Char(header.at(schemeLength))))
        return {};
    const QByteArray token = header.sliced(schemeLength + 1).trimmed();
    return token.contains(' ') ? QString() : QString::fromLatin1(token);
}

const Pair *pairOfToken(const Tenant &tenant, QStringView token)
{
    const ManagementToken *found = tenant.managementTokens.find(token);
    return found ? tenant.directory.pairByClientId(found->clientId) : nullptr;
}

Response answerAuth(Tenant &tenant, const Request &request)
{
    if (request.path == "/auth/oauth2/v2/token"_L1)
        return generateToken(tenant, request);
    if (request.path == "/auth/oauth2/revoke"_L1)
        return revokeToken(tenant, request);
    if (request.path == "/auth/rate_limit"_L1)
        return rateLimitState(tenant, request);
    return noRoute();
}

} // namespace latchkey::sandbox
