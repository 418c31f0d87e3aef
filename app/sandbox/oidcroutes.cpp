// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/oidcroutes.h"

#include "sandbox/authorizeroutes.h"
#include "sandbox/clientauth.h"
#include "sandbox/tokenendpoint.h"
#include "sandbox/tokenissuer.h"

#include <QJsonArray>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

Response discovery(const Tenant &tenant)
{
    const QString issuer = tenant.issuer();
    const auto list = [](std::initializer_list<QLatin1StringView> texts) {
        QJsonArray array;
        for (QLatin1StringView text : texts)
            array.append(QString(text));
        return array;
    };
    const QJsonArray clientAuth = list({"client_secret_basic"_L1, "client_secret_post"_L1, "none"_L1});
    const QJsonArray algorithms = list({"HS256"_L1, "RS256"_L1, "PS256"_L1});
    const QJsonObject document{
        {u"acr_values_supported"_s, list({"onelogin:nist:level:1:re-auth"_L1})},
        {u"authorization_endpoint"_s, issuer + "/auth"_L1},
        {u"claim_types_supported"_s, list({"normal"_L1})},
        {u"claims_parameter_supported"_s, true},
        {u"claims_supported"_s,
         list({"sub"_L1, "email"_L1, "preferred_username"_L1, "name"_L1, "updated_at"_L1, "given_name"_L1,
               "family_name"_L1, "locale"_L1, "groups"_L1, "email_verified"_L1, "params"_L1,
               "phone_number"_L1, "acr"_L1, "sid"_L1, "auth_time"_L1, "iss"_L1})},
        {u"code_challenge_methods_supported"_s, list({"S256"_L1})},
        {u"end_session_endpoint"_s, issuer + "/logout"_L1},
        {u"grant_types_supported"_s, list({"authorization_code"_L1, "implicit"_L1, "refresh_token"_L1,
                                           "client_credentials"_L1, "password"_L1})},
        {u"id_token_signing_alg_values_supported"_s, algorithms},
        {u"introspection_endpoint"_s, issuer + "/token/introspection"_L1},
        {u"introspection_endpoint_auth_methods_supported"_s, clientAuth},
        {u"issuer"_s, issuer},
        {u"jwks_uri"_s, issuer + "/certs"_L1},
        {u"registration_endpoint"_s, issuer + "/register"_L1},
        {u"request_parameter_supported"_s, false},
        {u"request_uri_parameter_supported"_s, false},
        {u"response_modes_supported"_s, list({"form_post"_L1, "fragment"_L1, "query"_L1})},
        {u"response_types_supported"_s, list({"code"_L1, "id_token token"_L1, "id_token"_L1})},
        {u"revocation_endpoint"_s, issuer + "/token/revocation"_L1},
        {u"revocation_endpoint_auth_methods_supported"_s, clientAuth},
        {u"scopes_supported"_s,
         list({"openid"_L1, "name"_L1, "profile"_L1, "groups"_L1, "email"_L1, "params"_L1, "phone"_L1})},
        {u"subject_types_supported"_s, list({"public"_L1})},
        {u"token_endpoint"_s, issuer + "/token"_L1},
        {u"token_endpoint_auth_methods_supported"_s, clientAuth},
        {u"userinfo_endpoint"_s, issuer + "/me"_L1},
        {u"userinfo_signing_alg_values_supported"_s, algorithms},
    };
    return jsonResponse(200, document).with("Cache-Control", "private").with("Vary", "Origin");
}

Response certs(const Tenant &tenant)
{
    QJsonObject key = tenant.signingKey.publicJwk();
    key.insert(u"status"_s, u"active"_s);
    return jsonResponse(200, QJsonObject{{u"keys"_s, QJsonArray{key}}});
}

Response bearerRefused(const Tenant &tenant, int status, const QString &error, const QString &description)
{
    return oauthError(status, error, description)
        .with("WWW-Authenticate", u"Bearer realm=\"%1\", error=\"%2\", error_description=\"%3\""_s
                                      .arg(tenant.issuer(), error, description)
                                      .toUtf8());
}

Response userInfo(Tenant &tenant, const Request &request)
{
    if (!request.hasHeader("Authorization"))
        return bearerRefused(tenant, 400, u"invalid_request"_s, u"no bearer token provided"_s);
    const QByteArrayList parts = request.header("Authorization").split(' ');
    if (parts.size() != 2 || parts.at(0).toLower() != "bearer" || parts.at(1).isEmpty())
        return bearerRefused(tenant, 400, u"invalid_request"_s,
                             u"invalid authorization header value format"_s);
    const OidcToken *token = tenant.oidcTokens.find(QString::fromLatin1(parts.at(1)));
    const bool ofUser = token && token->kind == OidcToken::Kind::Access && token->grant.user;
    const User *user = ofUser ? findIn(tenant.directory.users, *token->grant.user) : nullptr;
    if (!user)
        return bearerRefused(tenant, 401, u"invalid_token"_s, u"invalid token provided"_s);
    return jsonResponse(200, userClaims(tenant, *user, token->grant.scopes));
}

/// A request about a token by the app that presents itself.
struct TokenQuestion
{
    const App *app = nullptr;
    QString token{};
};

tl::expected<TokenQuestion, Response> readQuestion(const Tenant &tenant, const Request &request)
{
    const Form form = Form::parse(request.body);
    const auto presented = readClient(request, form);
    if (!presented)
        return tl::unexpected(presented.error());
    const App *app = tenant.directory.appByClientId(presented->clientId);
    if (!app || !isProven(*app, *presented))
        return tl::unexpected(clientRefused(tenant, request));
    const QString token = form.value(u"token");
    if (token.isEmpty()) {
        return tl::unexpected(
            oauthError(400, u"invalid_request"_s, u"missing required parameter(s). (token)"_s));
    }
    return TokenQuestion{.app = app, .token = token};
}

Response introspect(const Tenant &tenant, const Request &request)
{
    const auto question = readQuestion(tenant, request);
    if (!question)
        return question.error();
    const OidcToken *token = tenant.oidcTokens.find(question->token);
    const App *owner = token ? findIn(tenant.directory.apps, token->grant.app) : nullptr;
    if (!owner)
        return jsonResponse(200, QJsonObject{{u"active"_s, false}});
    const bool isAccess = token->kind == OidcToken::Kind::Access;
    QJsonObject body{
        {u"active"_s, true},          {u"client_id"_s, owner->clientId},
        {u"iss"_s, tenant.issuer()},  {u"iat"_s, token->issuedAt},
        {u"exp"_s, token->expiresAt}, {u"token_type"_s, isAccess ? u"access_token"_s : u"refresh_token"_s}};
    if (token->grant.user)
        body.insert(u"sub"_s, token->grant.user->toString());
    if (!token->grant.scopes.isEmpty())
        body.insert(u"scope"_s, token->grant.scopes.join(u' '));
    for (const QString &name : {u"jti"_s, u"aud"_s}) {
        if (token->claims.contains(name))
            body.insert(name, token->claims.value(name));
    }
    return jsonResponse(200, body);
}

Response revoke(Tenant &tenant, const Request &request)
{
    const auto question = readQuestion(tenant, request);
    if (!question) {
        return question.error().status == 401
                   ? oauthError(401, u"invalid_request"_s, u"Authentication Failed"_s)
                   : question.error();
    }
    const OidcToken *token = tenant.oidcTokens.find(question->token);
    if (!token) {
        return oauthError(400, u"unsupported_token_type"_s,
                          u"revocation of the presented token type is not supported"_s);
    }
    if (token->grant.app != question->app->id)
        return oauthError(401, u"invalid_request"_s, u"Access is unauthorized"_s);
    if (token->kind == OidcToken::Kind::Refresh)
        tenant.oidcTokens.removeGrant(token->grant.number);
    else
        tenant.oidcTokens.remove(question->token);
    return emptyResponse(200);
}

} // namespace

Response answerOidc(Tenant &tenant, const Request &request)
{
    const QString path = request.path.mid(qsizetype(sizeof("/oidc/2") - 1));
    const bool get = request.method == "GET";
    const bool post = request.method == "POST";
    if (get && path == "/.well-known/openid-configuration"_L1)
        return discovery(tenant);
    if (get && path == "/certs"_L1)
        return certs(tenant);
    if ((get || post) && path == "/auth"_L1)
        return answerAuthorize(tenant, request);
    if (get && path == "/logout"_L1)
        return answerLogOut(tenant, request);
    if (post && path == "/token"_L1)
        return answerToken(tenant, request);
    if ((get || post) && path == "/me"_L1)
        return userInfo(tenant, request);
    if (post && path == "/token/introspection"_L1)
        return introspect(tenant, request);
    if (post && path == "/token/revocation"_L1)
        return revoke(tenant, request);
    return oauthError(404, u"invalid_request"_s, u"unrecognized route"_s);
}

} // namespace latchkey::sandbox
