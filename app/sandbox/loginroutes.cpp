// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/apiroute.h"
#include "sandbox/samlresponse.h"
#include "sandbox/userlogin.h"

#include <QJsonArray>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSessionSeconds = 120;
constexpr auto kMfaRequired = "MFA is required for this user"_L1;

/// A member that is a text, or an id that may be written as a number too.
QString textOf(const QJsonObject &body, QLatin1StringView name)
{
    const QJsonValue value = body.value(name);
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

std::optional<Response> missing(const Request &request, std::initializer_list<QLatin1StringView> names)
{
    if (request.mediaType() != "application/json") {
        return versionedError(request, 400,
                              u"Content Type is not specified or specified incorrectly. Content-Type header "
                              "must be set to application/json"_s);
    }
    const QJsonObject body = request.jsonBody();
    for (QLatin1StringView name : names) {
        if (textOf(body, name).isEmpty())
            return versionedError(request, 400, u"Missing required field: %1"_s.arg(name));
    }
    return std::nullopt;
}

/// The answer to a right password that is not enough.
QJsonObject factorAsked(Tenant &tenant, const User &user, std::optional<AppId> app, QLatin1StringView path)
{
    const QJsonObject device{{u"device_id"_s, user.deviceId}, {u"device_type"_s, u"Google Authenticator"_s}};
    return {{u"state_token"_s, tenant.pendingFactors.add(user.id, app)},
            {u"devices"_s, QJsonArray{device}},
            {u"callback_url"_s, tenant.baseUrl + path},
            {u"user"_s, userSummary(user)}};
}

/// Takes the state token of a login and the one-time password of its user; or the refusal.
tl::expected<User *, Response> verifyFactor(Tenant &tenant, const Request &request, std::optional<AppId> app)
{
    const auto refused = [&request](const QString &why) {
        return tl::unexpected(versionedError(request, 401, why));
    };
    if (const auto refusal = missing(request, {"device_id"_L1, "state_token"_L1, "otp_token"_L1}))
        return tl::unexpected(*refusal);
    const QJsonObject body = request.jsonBody();
    const QString stateToken = textOf(body, "state_token"_L1);
    const PendingFactor *pending = tenant.pendingFactors.find(stateToken);
    User *user = pending && pending->app == app ? findIn(tenant.directory.users, pending->user) : nullptr;
    if (!user)
        return refused(u"The state token is invalid or has expired"_s);
    if (const QString why = barredBecause(*user); !why.isEmpty())
        return refused(why);
    if (textOf(body, "device_id"_L1) != QString::number(user->deviceId) ||
        textOf(body, "otp_token"_L1) != kDemoOtp) {
        noteFailedLogin(tenant, *user);
        return refused(u"Failed authentication with this factor"_s);
    }
    tenant.pendingFactors.remove(stateToken);
    return user;
}

Response session(Tenant &tenant, User &user)
{
    noteLogin(tenant, user);
    const QDateTime expires = tenant.clock.now().addSecs(kSessionSeconds);
    const QJsonObject data{{u"status"_s, u"Authenticated"_s},
                           {u"user"_s, userSummary(user)},
                           {u"return_to_url"_s, QJsonValue(QJsonValue::Null)},
                           {u"expires_at"_s, expires.toString(u"yyyy/MM/dd hh:mm:ss '+0000'"_s)},
                           {u"session_token"_s, tenant.random.hex(40)}};
    return envelopeSuccess({{u"data"_s, QJsonArray{data}}});
}

Response createSession(Tenant &tenant, const ApiCall &call)
{
    if (const auto refusal = missing(call.request, {"username_or_email"_L1, "password"_L1, "subdomain"_L1}))
        return *refusal;
    const QJsonObject body = call.request.jsonBody();
    const auto user =
        checkPassword(tenant, textOf(body, "username_or_email"_L1), textOf(body, "password"_L1));
    if (!user)
        return versionedError(call.request, 401, user.error());
    if ((*user)->deviceId == 0)
        return session(tenant, **user);
    const QJsonObject data = factorAsked(tenant, **user, std::nullopt, "/api/1/login/verify_factor"_L1);
    return envelopeSuccess({{u"data"_s, QJsonArray{data}}}, kMfaRequired);
}

Response verifySession(Tenant &tenant, const ApiCall &call)
{
    const auto user = verifyFactor(tenant, call.request, std::nullopt);
    return user ? session(tenant, **user) : user.error();
}

Response assertion(const Tenant &tenant, const App &app, User &user)
{
    noteLogin(tenant, user);
    const QByteArray document = samlResponse(tenant, app, user);
    return jsonResponse(200, QJsonObject{{u"data"_s, QString::fromLatin1(document.toBase64())},
                                         {u"message"_s, u"Success"_s}});
}

/// The SAML app that the body names, or the answer that refuses it.
tl::expected<const App *, Response> samlApp(const Tenant &tenant, const Request &request)
{
    const App *app =
        findIn(tenant.directory.apps, AppId{textOf(request.jsonBody(), "app_id"_L1).toLongLong()});
    if (!app)
        return tl::unexpected(notFound());
    if (app->method != AppMethod::Saml)
        return tl::unexpected(apiError(400, u"App is not a SAML app"_s));
    return app;
}

Response generateAssertion(Tenant &tenant, const ApiCall &call)
{
    if (const auto refusal =
            missing(call.request, {"username_or_email"_L1, "password"_L1, "app_id"_L1, "subdomain"_L1}))
        return *refusal;
    const auto app = samlApp(tenant, call.request);
    if (!app)
        return app.error();
    const QJsonObject body = call.request.jsonBody();
    const auto user =
        checkPassword(tenant, textOf(body, "username_or_email"_L1), textOf(body, "password"_L1));
    if (!user)
        return apiError(401, user.error());
    if ((*user)->roles.empty())
        return apiError(401, u"Access is unauthorized"_s);
    if ((*user)->deviceId == 0)
        return assertion(tenant, **app, **user);
    QJsonObject asked = factorAsked(tenant, **user, (*app)->id, "/api/2/saml_assertion/verify_factor"_L1);
    asked.insert(u"message"_s, QString(kMfaRequired));
    return jsonResponse(200, asked);
}

Response verifyAssertion(Tenant &tenant, const ApiCall &call)
{
    if (const auto refusal = missing(call.request, {"app_id"_L1}))
        return *refusal;
    const auto app = samlApp(tenant, call.request);
    if (!app)
        return app.error();
    const auto user = verifyFactor(tenant, call.request, (*app)->id);
    return user ? assertion(tenant, **app, **user) : user.error();
}

Response logOut(Tenant &tenant, const ApiCall &call)
{
    const UserId id{call.ids.at(0)};
    if (!tenant.directory.users.contains(id))
        return envelopeError(404, u"User not found"_s);
    tenant.pendingFactors.removeUser(id);
    tenant.oidcTokens.removeUser(id);
    tenant.browserSessions.removeUser(id);
    return envelopeSuccess();
}

} // namespace

std::vector<ApiRoute> loginRoutes()
{
    return {{"POST", "/api/1/login/auth"_L1, kSignIn, kSignIn, &createSession},
            {"POST", "/api/1/login/verify_factor"_L1, kSignIn, kSignIn, &verifySession},
            {"POST", "/api/2/saml_assertion"_L1, kSignIn, kSignIn, &generateAssertion},
            {"POST", "/api/2/saml_assertion/verify_factor"_L1, kSignIn, kSignIn, &verifyAssertion},
            {"PUT", "/api/1/users/*/logout"_L1, kSignIn, kSignIn, &logOut}};
}

} // namespace latchkey::sandbox
