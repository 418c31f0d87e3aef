// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/authorizeroutes.h"

#include "jose/verifier.h"
#include "sandbox/authorization.h"
#include "sandbox/loginpages.h"
#include "sandbox/oidcgrants.h"
#include "sandbox/userlogin.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

/// Cookies know no ports: each tenant has a name of its own.
QByteArray cookieName(const Tenant &tenant)
{
    return "latchkey-sandbox-" + QByteArray::number(QUrl(tenant.baseUrl).port());
}

QString cookieIn(const Tenant &tenant, const Request &request)
{
    for (const QByteArray &cookie : request.header("Cookie").split(';')) {
        const QByteArray pair = cookie.trimmed();
        if (pair.startsWith(cookieName(tenant) + '='))
            return QString::fromLatin1(pair.mid(pair.indexOf('=') + 1));
    }
    return {};
}

QByteArray cookieHeader(const Tenant &tenant, const QString &value, const QByteArray &further = {})
{
    return cookieName(tenant) + '=' + value.toLatin1() + "; Path=/oidc/2; HttpOnly; SameSite=Lax" + further;
}

// A page of another origin may neither fill in the form nor, by a name that it lets point here, read it.
bool isFromElsewhere(const Tenant &tenant, const Request &request)
{
    const QByteArray own = tenant.baseUrl.toLatin1();
    return "http://" + request.header("Host") != own ||
           (request.hasHeader("Origin") && request.header("Origin") != own);
}

LoginPage pageFor(const Request &request, const Authorization &asked, const QString &problem = {})
{
    return {.query = request.query,
            .appName = asked.app->name,
            .redirectUri = asked.redirectUri,
            .problem = problem};
}

/// The user is known: back to the client with a code, if the app is open to the user.
Response giveCode(Tenant &tenant, const Authorization &asked, const BrowserSession &session)
{
    const User *user = findIn(tenant.directory.users, session.user);
    if (!user || user->roles.empty())
        return refuseBack(tenant, asked, u"access_denied"_s, u"Access is unauthorized"_s);
    if (const QString why = barredBecause(*user); !why.isEmpty())
        return refuseBack(tenant, asked, u"access_denied"_s, why);
    auto grant =
        grantFor(tenant, *asked.app, {.user = user, .scope = asked.scope, .resource = asked.resource});
    if (!grant)
        return grant.error();
    grant->session = session.id;
    grant->signedInAt = session.signedInAt;
    grant->nonce = asked.nonce;
    grant->isRefreshable = true;
    const QString code = tenant.authorizationCodes.add(
        {.grant = *grant, .redirectUri = asked.redirectUri, .challenge = asked.challenge});
    return redirectBack(tenant, asked, {{u"code"_s, code}});
}

Response signIn(Tenant &tenant, const Authorization &asked, User &user)
{
    noteLogin(tenant, user);
    const QString cookie = tenant.browserSessions.open(user.id, tenant.clock.now().toSecsSinceEpoch());
    return giveCode(tenant, asked, *tenant.browserSessions.find(cookie))
        .with("Set-Cookie", cookieHeader(tenant, cookie));
}

Response takePassword(Tenant &tenant, const Request &request, const Authorization &asked, const Form &form)
{
    const QString username = form.value(u"username");
    const auto user = checkPassword(tenant, username, form.value(u"password"));
    if (!user)
        return passwordPage(pageFor(request, asked, user.error()), username);
    if ((*user)->deviceId > 0)
        return factorPage(pageFor(request, asked), tenant.pendingFactors.add((*user)->id, asked.app->id));
    return signIn(tenant, asked, **user);
}

Response takeFactor(Tenant &tenant, const Request &request, const Authorization &asked, const Form &form)
{
    const QString stateToken = form.value(u"state_token");
    const PendingFactor *pending = tenant.pendingFactors.find(stateToken);
    User *user =
        pending && pending->app == asked.app->id ? findIn(tenant.directory.users, pending->user) : nullptr;
    if (!user)
        return passwordPage(pageFor(request, asked, u"The state token is invalid or has expired"_s), {});
    if (const QString why = barredBecause(*user); !why.isEmpty())
        return passwordPage(pageFor(request, asked, why), {});
    if (form.value(u"otp") != kDemoOtp) {
        noteFailedLogin(tenant, *user);
        return factorPage(pageFor(request, asked, u"Failed authentication with this factor"_s), stateToken);
    }
    tenant.pendingFactors.remove(stateToken);
    return signIn(tenant, asked, *user);
}

/// The app and session of an ID token of this tenant, which may have expired.
struct Hint
{
    const App *app = nullptr;
    QString session{};
};

std::optional<Hint> readHint(const Tenant &tenant, const QString &idToken)
{
    const Result<DecodedJwt> decoded = decodeJwt(idToken.toLatin1());
    const QJsonObject set{{u"keys"_s, QJsonArray{tenant.signingKey.publicJwk()}}};
    const Result<Jwks> keys = parseJwks(QJsonDocument(set).toJson());
    if (!decoded || !keys || !Verifier(*keys).verify(*decoded).isValid())
        return std::nullopt;
    const App *app = tenant.directory.appByClientId(decoded->payload.value("aud"_L1).toString());
    if (!app)
        return std::nullopt;
    return Hint{.app = app, .session = decoded->payload.value("sid"_L1).toString()};
}

Response afterLogOut(const Form &query)
{
    const QString target = query.value(u"post_logout_redirect_uri");
    if (target.isEmpty())
        return signedOutPage();
    const QString state = query.value(u"state");
    return redirectTo(target, state.isEmpty() ? Parameters() : Parameters{{u"state"_s, state}});
}

} // namespace

Response answerAuthorize(Tenant &tenant, const Request &request)
{
    if (isFromElsewhere(tenant, request))
        return errorPage(u"invalid_request"_s, u"this page is for the tenant's own address alone"_s, 403);
    const auto asked = readAuthorization(tenant, request.queryFields());
    if (!asked)
        return asked.error();
    if (request.method == "POST") {
        const Form form = Form::parse(request.body);
        if (form.value(u"action") == "cancel"_L1)
            return refuseBack(tenant, *asked, u"access_denied"_s, u"End-User aborted interaction"_s);
        return form.has(u"state_token") ? takeFactor(tenant, request, *asked, form)
                                        : takePassword(tenant, request, *asked, form);
    }
    const BrowserSession *session = tenant.browserSessions.find(cookieIn(tenant, request));
    if (session && !asked->asksAgain)
        return giveCode(tenant, *asked, *session);
    if (asked->isSilent)
        return refuseBack(tenant, *asked, u"login_required"_s, u"End-User authentication is required"_s);
    return passwordPage(pageFor(request, *asked), asked->loginHint);
}

Response answerLogOut(Tenant &tenant, const Request &request)
{
    const Form query = request.queryFields();
    const QString idToken = query.value(u"id_token_hint");
    const std::optional<Hint> hint = readHint(tenant, idToken);
    if (!idToken.isEmpty() && !hint)
        return errorPage(u"invalid_request"_s, u"could not decode id_token_hint"_s);
    const QString target = query.value(u"post_logout_redirect_uri");
    if (!target.isEmpty() && !hint)
        return errorPage(u"invalid_request"_s,
                         u"post_logout_redirect_uri must be accompanied by id_token_hint"_s);
    if (!target.isEmpty() && !hint->app->postLogoutUris.split(u',', Qt::SkipEmptyParts).contains(target))
        return errorPage(u"invalid_request"_s, u"post_logout_redirect_uri not registered"_s);
    const BrowserSession *session = tenant.browserSessions.find(cookieIn(tenant, request));
    const QString id = hint && !hint->session.isEmpty() ? hint->session : session ? session->id : QString();
    if (!id.isEmpty())
        tenant.oidcTokens.removeSession(id);
    Response response = afterLogOut(query);
    if (query.value(u"logout") == "false"_L1 || id.isEmpty())
        return response;
    tenant.browserSessions.close(id);
    return std::move(response).with("Set-Cookie", cookieHeader(tenant, {}, "; Max-Age=0"));
}

} // namespace latchkey::sandbox
