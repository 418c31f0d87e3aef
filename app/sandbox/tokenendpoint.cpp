// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/tokenendpoint.h"

#include "core/base64url.h"
#include "sandbox/clientauth.h"
#include "sandbox/oidcgrants.h"
#include "sandbox/tokenissuer.h"
#include "sandbox/userlogin.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSessionLength = 40;

Response invalidRequest(int status, const QString &description)
{
    return oauthError(status, u"invalid_request"_s, description);
}

/// The user of a password login, or the answer that refuses it.
tl::expected<User *, Response> logIn(Tenant &tenant, const QString &username, const QString &password)
{
    const auto refused = [](const QString &description) {
        return tl::unexpected(invalidRequest(401, description));
    };
    const auto user = checkPassword(tenant, username, password);
    if (!user)
        return refused(user.error());
    if ((*user)->roles.empty())
        return refused(u"Access is unauthorized"_s);
    if ((*user)->deviceId > 0)
        return refused(u"MFA is required for this user"_s);
    noteLogin(tenant, **user);
    return *user;
}

Response passwordGrant(Tenant &tenant, const App &app, const Form &form)
{
    QStringList missing;
    for (QLatin1StringView name : {"username"_L1, "password"_L1}) {
        if (form.value(QString(name)).isEmpty())
            missing.append(name);
    }
    if (!missing.isEmpty())
        return invalidRequest(400, u"missing required parameter(s) (%1)"_s.arg(missing.join(u',')));
    const QString scope = form.value(u"scope");
    if (!scope.split(u' ').contains("openid"_L1)) {
        return jsonResponse(400, QJsonObject{{u"error"_s, u"invalid_scope"_s},
                                             {u"error_description"_s, u"openid is required scope"_s},
                                             {u"scope"_s, scope}});
    }
    const auto user = logIn(tenant, form.value(u"username"), form.value(u"password"));
    if (!user)
        return user.error();
    auto grant = grantFor(tenant, app, {.user = *user, .scope = scope, .resource = form.value(u"resource")});
    if (!grant)
        return grant.error();
    grant->session = tenant.random.hex(kSessionLength);
    grant->isRefreshable = grant->scopes.contains("offline_access"_L1);
    return TokenIssuer(tenant).answer(app, *grant);
}

Response clientCredentialsGrant(Tenant &tenant, const App &app, const Form &form)
{
    if (app.auth == ClientAuth::None) {
        return oauthError(400, u"unauthorized_client"_s,
                          u"requested grant type is restricted to this client"_s);
    }
    const auto grant =
        grantFor(tenant, app, {.scope = form.value(u"scope"), .resource = form.value(u"resource")});
    return grant ? TokenIssuer(tenant).answer(app, *grant) : grant.error();
}

Response refreshTokenGrant(Tenant &tenant, const App &app, const Form &form)
{
    const QString text = form.value(u"refresh_token");
    const OidcToken *token = tenant.oidcTokens.find(text);
    if (!token || token->kind != OidcToken::Kind::Refresh || token->grant.app != app.id)
        return oauthError(400, u"invalid_grant"_s, u"grant request is invalid"_s);
    OidcGrant grant = token->grant;
    grant.nonce.clear(); // OpenID Connect Core section 12.2
    tenant.oidcTokens.remove(text);
    return TokenIssuer(tenant).answer(app, grant);
}

/// RFC 7636 section 4.6. A verifier for a code without a challenge is refused as well.
bool isAnswered(const QString &challenge, const QString &verifier)
{
    if (challenge.isEmpty())
        return verifier.isEmpty();
    const QByteArray hash = QCryptographicHash::hash(verifier.toUtf8(), QCryptographicHash::Sha256);
    return toBase64Url(hash) == challenge.toLatin1();
}

Response authorizationCodeGrant(Tenant &tenant, const App &app, const Form &form)
{
    AuthorizationCode *code = tenant.authorizationCodes.find(form.value(u"code"));
    if (code && code->isUsed)
        tenant.oidcTokens.removeGrant(code->grant.number); // RFC 6749 section 4.1.2
    if (!code || code->isUsed || code->grant.app != app.id ||
        code->redirectUri != form.value(u"redirect_uri") ||
        !isAnswered(code->challenge, form.value(u"code_verifier")))
        return oauthError(400, u"invalid_grant"_s, u"grant request is invalid"_s);
    code->isUsed = true;
    return TokenIssuer(tenant).answer(app, code->grant);
}

struct GrantType
{
    QLatin1StringView name;
    Response (*answer)(Tenant &, const App &, const Form &);
};

constexpr std::array kGrantTypes{GrantType{"password"_L1, &passwordGrant},
                                 GrantType{"client_credentials"_L1, &clientCredentialsGrant},
                                 GrantType{"refresh_token"_L1, &refreshTokenGrant},
                                 GrantType{"authorization_code"_L1, &authorizationCodeGrant}};

} // namespace

Response answerToken(Tenant &tenant, const Request &request)
{
    if (request.mediaType() != "application/x-www-form-urlencoded") {
        return invalidRequest(400,
                              u"only application/x-www-form-urlencoded content-type bodies are supported "
                              "on POST /token"_s);
    }
    const Form form = Form::parse(request.body);
    if (const std::optional<QString> name = form.repeated())
        return invalidRequest(400, u"parameters must not be provided twice. (%1)"_s.arg(*name));
    const QString asked = form.value(u"grant_type");
    if (asked.isEmpty())
        return invalidRequest(400, u"missing required parameter(s) (grant_type)"_s);
    const auto type = std::ranges::find_if(kGrantTypes, [&](const GrantType &t) { return asked == t.name; });
    if (type == kGrantTypes.end()) {
        return oauthError(400, u"unsupported_grant_type"_s,
                          u"unsupported grant_type requested (%1)"_s.arg(asked));
    }
    const auto presented = readClient(request, form);
    if (!presented)
        return presented.error();
    const App *app = tenant.directory.appByClientId(presented->clientId);
    if (!app && type->name == "password"_L1)
        return invalidRequest(400, u"Resource not found"_s);
    if (!app || !isProven(*app, *presented))
        return clientRefused(tenant, request);
    return type->answer(tenant, *app, form);
}

} // namespace latchkey::sandbox
