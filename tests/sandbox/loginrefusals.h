// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/plainhttp.h"

#include <vector>

namespace latchkey {

using Fields = QList<std::pair<QString, QString>>;

inline QByteArray formOf(const Fields &fields)
{
    QByteArrayList pairs;
    for (const auto &[name, value] : fields)
        pairs.append(QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value));
    return pairs.join('&');
}

inline QByteArray basicOf(const SandboxProcess &sandbox, QStringView app)
{
    const SandboxProcess::App found = sandbox.app(app);
    return PlainHttp::basic(found.clientId, found.clientSecret);
}

/// A request to the token endpoint that is refused, and the documented words of the refusal.
struct LoginRefusal
{
    QByteArray name{};
    QByteArray authorization{};
    Fields fields{};
    int status = 0;
    QByteArray error{};
    QByteArray description{};
    QByteArray further{}; ///< members behind these two, as JSON
};

/// Of the client: everything that is refused before a user is looked at, and some of what comes after.
inline std::vector<LoginRefusal> clientRefusals(const SandboxProcess &sandbox)
{
    using namespace Qt::StringLiterals;
    const auto basic = sandbox.app(u"billing-service");
    const auto posting = sandbox.app(u"invoice-worker");
    const auto open = sandbox.app(u"mobile-app");
    const QByteArray good = basicOf(sandbox, u"billing-service");
    const QByteArray portal = basicOf(sandbox, u"portal-web");
    const std::pair<QString, QString> service{u"grant_type"_s, u"client_credentials"_s};
    const Fields password{{u"grant_type"_s, u"password"_s},
                          {u"username"_s, u"app.smoke.test"_s},
                          {u"password"_s, u"x"_s},
                          {u"scope"_s, u"openid"_s}};
    const QByteArray failed = "client authentication failed";
    const QByteArray format = "invalid authorization header value format";
    const QByteArray target = "resource is unknown or not granted to this client";
    return {
        {"unsupported grant",
         good,
         {{u"grant_type"_s, u"xxxx"_s}},
         400,
         "unsupported_grant_type",
         "unsupported grant_type requested (xxxx)"},
        {"no grant", good, {}, 400, "invalid_request", "missing required parameter(s) (grant_type)"},
        {"unknown client, password", PlainHttp::basic(u"nobody"_s, u"x"_s), password, 400, "invalid_request",
         "Resource not found"},
        {"unknown client, service",
         PlainHttp::basic(u"nobody"_s, u"x"_s),
         {service},
         401,
         "invalid_client",
         failed},
        {"wrong secret", PlainHttp::basic(basic.clientId, u"x"_s), {service}, 401, "invalid_client", failed},
        {"post to a basic app",
         {},
         {service, {u"client_id"_s, basic.clientId}, {u"client_secret"_s, basic.clientSecret}},
         401,
         "invalid_client",
         failed},
        {"basic to a post app",
         PlainHttp::basic(posting.clientId, posting.clientSecret),
         {service},
         401,
         "invalid_client",
         failed},
        {"no secret to a post app",
         {},
         {service, {u"client_id"_s, posting.clientId}},
         401,
         "invalid_client",
         failed},
        {"a secret to a public app",
         {},
         {service, {u"client_id"_s, open.clientId}, {u"client_secret"_s, u"x"_s}},
         401,
         "invalid_client",
         failed},
        {"malformed Basic", "Basic not base64", {service}, 400, "invalid_request", format},
        {"malformed Basic, password", "Basic ####", password, 400, "invalid_request", format},
        {"Basic without a colon",
         "Basic " + QByteArray("ab").toBase64(),
         {service},
         400,
         "invalid_request",
         format},
        {"another scheme", "Bearer abc", {service}, 400, "invalid_request", format},
        {"badly encoded half",
         "Basic " + QByteArray("a%zz:b").toBase64(),
         {service},
         400,
         "invalid_request",
         "client_id and client_secret are not properly encoded"},
        {"both mechanisms",
         good,
         {service, {u"client_secret"_s, basic.clientSecret}},
         400,
         "invalid_request",
         "client authentication must only be provided using one mechanism"},
        {"two clients",
         good,
         {service, {u"client_id"_s, open.clientId}},
         400,
         "invalid_request",
         "mismatch in body and authorization client ids"},
        {"no client", {}, {service}, 400, "invalid_request", "no client authentication mechanism provided"},
        {"public app as a service",
         {},
         {service, {u"client_id"_s, open.clientId}},
         400,
         "unauthorized_client",
         "requested grant type is restricted to this client"},
        {"unknown resource",
         good,
         {service, {u"resource"_s, u"https://api.example.com/none"_s}},
         400,
         "invalid_target",
         target},
        {"resource of others",
         good,
         {service, {u"resource"_s, u"https://api.example.com/orders"_s}},
         400,
         "invalid_target",
         target},
        {"parameter twice",
         good,
         {service, service},
         400,
         "invalid_request",
         "parameters must not be provided twice. (grant_type)"},
        {"no openid",
         portal,
         {password.at(0), password.at(1), password.at(2), {u"scope"_s, u"profile"_s}},
         400,
         "invalid_scope",
         "openid is required scope",
         R"(,"scope":"profile")"},
        {"no user name",
         portal,
         {password.at(0), password.at(2), password.at(3)},
         400,
         "invalid_request",
         "missing required parameter(s) (username)"},
        {"code nobody was given",
         good,
         {{u"grant_type"_s, u"authorization_code"_s}, {u"code"_s, u"x"_s}},
         400,
         "invalid_grant",
         "grant request is invalid"}};
}

/// Of the user, by the state that the user is in.
inline std::vector<LoginRefusal> userRefusals(const SandboxProcess &sandbox)
{
    using namespace Qt::StringLiterals;
    const auto refusal = [&sandbox](const QByteArray &name, const QString &username, const QString &password,
                                    const QByteArray &description) {
        const QString right = sandbox.user(username).password;
        return LoginRefusal{.name = name,
                            .authorization = basicOf(sandbox, u"portal-web"),
                            .fields = {{u"grant_type"_s, u"password"_s},
                                       {u"username"_s, username},
                                       {u"password"_s, password.isEmpty() ? right : password},
                                       {u"client_id"_s, sandbox.app(u"portal-web").clientId},
                                       {u"scope"_s, u"openid"_s}},
                            .status = 401,
                            .error = "invalid_request",
                            .description = description};
    };
    return {refusal("MFA", u"jdoe.test"_s, {}, "MFA is required for this user"),
            refusal("locked", u"locked.user.test"_s, {}, "User is locked. Access is unauthorized"),
            refusal("suspended", u"suspended.user.test"_s, {}, "User is suspended. Access is unauthorized"),
            refusal("expired", u"expired.pw.test"_s, {}, "Password expired"),
            refusal("not assigned", u"unassigned.user.test"_s, {}, "Access is unauthorized"),
            refusal("no password", u"nopassword.user.test"_s, u"anything"_s, "Authentication Failed"),
            refusal("wrong password", u"app.smoke.test"_s, u"wrong"_s,
                    "Authentication Failed: Invalid user credentials"),
            refusal("unknown user", u"nobody.test"_s, u"wrong"_s,
                    "Authentication Failed: Invalid user credentials")};
}

} // namespace latchkey
