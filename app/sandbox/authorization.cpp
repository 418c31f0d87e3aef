// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/authorization.h"

#include "sandbox/loginpages.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kReAuthenticate = "onelogin:nist:level:1:re-auth"_L1;

struct Refusal
{
    QString error{};
    QString description{};
};

QString withoutPort(const QString &text)
{
    QUrl url(text, QUrl::StrictMode);
    if (url.scheme() != "http"_L1 || url.host() != "127.0.0.1"_L1)
        return {};
    url.setPort(-1);
    return url.toString(QUrl::FullyEncoded);
}

std::optional<Refusal> problemOfPkce(const App &app, const Form &query)
{
    static const QRegularExpression form(u"^[A-Za-z0-9._~-]{43,128}$"_s);
    const QString challenge = query.value(u"code_challenge");
    if (challenge.isEmpty() && app.auth == ClientAuth::None)
        return Refusal{u"invalid_request"_s, u"PKCE must be provided for public clients"_s};
    if (challenge.isEmpty())
        return std::nullopt;
    if (query.value(u"code_challenge_method") != "S256"_L1)
        return Refusal{u"invalid_request"_s, u"not supported value of code_challenge_method"_s};
    if (!form.match(challenge).hasMatch())
        return Refusal{u"invalid_request"_s, u"code_challenge is not properly formed"_s};
    return std::nullopt;
}

std::optional<Refusal> problemOfPrompt(const QStringList &prompts)
{
    for (const QString &prompt : prompts) {
        if (!QStringList{u"none"_s, u"login"_s, u"consent"_s, u"select_account"_s}.contains(prompt))
            return Refusal{u"invalid_request"_s, u"invalid prompt value(s) provided. (%1)"_s.arg(prompt)};
    }
    if (prompts.contains("none"_L1) && prompts.size() > 1)
        return Refusal{u"invalid_request"_s, u"prompt none must only be used alone"_s};
    return std::nullopt;
}

std::optional<Refusal> problemOf(const Tenant &tenant, const App &app, const Form &query)
{
    const QString type = query.value(u"response_type");
    if (type.isEmpty())
        return Refusal{u"invalid_request"_s, u"missing required parameter(s). (response_type)"_s};
    if (type != "code"_L1)
        return Refusal{u"unsupported_response_type"_s, u"response_type not supported. (%1)"_s.arg(type)};
    if (query.has(u"response_mode") && query.value(u"response_mode") != "query"_L1)
        return Refusal{u"invalid_request"_s, u"unsupported response_mode requested"_s};
    const QStringList scopes = query.value(u"scope").split(u' ', Qt::SkipEmptyParts);
    if (!scopes.contains("openid"_L1))
        return Refusal{u"invalid_scope"_s, u"openid is required scope"_s};
    if (scopes.contains("offline_access"_L1))
        return Refusal{u"invalid_scope"_s, u"some of requested scopes are not whitelisted"_s};
    if (const QString resource = query.value(u"resource"); !resource.isEmpty()) {
        const Server *server = tenant.directory.serverByResource(resource);
        if (!server || !server->clients.contains(app.id))
            return Refusal{u"invalid_target"_s, u"resource is unknown or not granted to this client"_s};
    }
    const std::optional<Refusal> ofPkce = problemOfPkce(app, query);
    return ofPkce ? ofPkce : problemOfPrompt(query.value(u"prompt").split(u' ', Qt::SkipEmptyParts));
}

/// The app and the address that the browser may be sent to; or a page, for there is no such address.
tl::expected<Authorization, Response> readReturn(const Tenant &tenant, const Form &query)
{
    const auto refused = [](const QString &error, const QString &description) {
        return tl::unexpected(errorPage(error, description));
    };
    if (const std::optional<QString> name = query.repeated())
        return refused(u"invalid_request"_s, u"parameters must not be provided twice. (%1)"_s.arg(*name));
    for (const QString &name : {u"client_id"_s, u"redirect_uri"_s}) {
        if (query.value(name).isEmpty())
            return refused(u"invalid_request"_s, u"missing required parameter(s). (%1)"_s.arg(name));
    }
    Authorization request{.app = tenant.directory.appByClientId(query.value(u"client_id")),
                          .redirectUri = query.value(u"redirect_uri"),
                          .state = query.value(u"state")};
    if (!request.app)
        return refused(u"invalid_client"_s, u"client is invalid"_s);
    if (!isRegistered(*request.app, request.redirectUri))
        return refused(u"redirect_uri_mismatch"_s,
                       u"redirect_uri did not match any client's registered redirect_uri"_s);
    return request;
}

} // namespace

bool isRegistered(const App &app, const QString &redirectUri)
{
    const QStringList registered = app.redirectUris.split(u',', Qt::SkipEmptyParts);
    if (registered.contains(redirectUri))
        return true;
    const QString portless = app.native ? withoutPort(redirectUri) : QString();
    return !portless.isEmpty() && std::ranges::any_of(registered, [&portless](const QString &each) {
        return withoutPort(each) == portless;
    });
}

tl::expected<Authorization, Response> readAuthorization(const Tenant &tenant, const Form &query)
{
    tl::expected<Authorization, Response> request = readReturn(tenant, query);
    if (!request)
        return request;
    if (const std::optional<Refusal> refusal = problemOf(tenant, *request->app, query))
        return tl::unexpected(refuseBack(tenant, *request, refusal->error, refusal->description));
    const QStringList prompts = query.value(u"prompt").split(u' ', Qt::SkipEmptyParts);
    request->scope = query.value(u"scope");
    request->resource = query.value(u"resource");
    request->challenge = query.value(u"code_challenge");
    request->nonce = query.value(u"nonce");
    request->loginHint = query.value(u"login_hint");
    request->isSilent = prompts.contains("none"_L1);
    request->asksAgain = prompts.contains("login"_L1) || prompts.contains("select_account"_L1) ||
                         query.value(u"acr_values").split(u' ').contains(kReAuthenticate);
    return request;
}

Response redirectTo(const QString &address, const Parameters &parameters)
{
    QByteArray target = address.toUtf8();
    for (const auto &[name, value] : parameters) {
        target += target.contains('?') ? '&' : '?';
        target += QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    }
    return emptyResponse(303).with("Location", target).with("Cache-Control", "no-store");
}

Response redirectBack(const Tenant &tenant, const Authorization &request, Parameters parameters)
{
    if (!request.state.isEmpty())
        parameters.append({u"state"_s, request.state});
    parameters.append({u"iss"_s, tenant.issuer()});
    return redirectTo(request.redirectUri, parameters);
}

Response refuseBack(const Tenant &tenant, const Authorization &request, const QString &error,
                    const QString &description)
{
    return redirectBack(tenant, request, {{u"error"_s, error}, {u"error_description"_s, description}});
}

} // namespace latchkey::sandbox
