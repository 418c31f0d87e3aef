// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/oidcroutes.h"

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

} // namespace

Response answerOidc(Tenant &tenant, const Request &request)
{
    const QString path = request.path.mid(qsizetype(sizeof("/oidc/2") - 1));
    if (request.method == "GET" && path == "/.well-known/openid-configuration"_L1)
        return discovery(tenant);
    if (request.method == "GET" && path == "/certs"_L1)
        return certs(tenant);
    return oauthError(404, u"invalid_request"_s, u"unrecognized route"_s);
}

} // namespace latchkey::sandbox
