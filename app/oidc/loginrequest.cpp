// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginrequest.h"

#include "core/credentialtext.h"
#include "core/tenant.h"
#include "net/formdata.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LoginFlow", text);
}

tl::unexpected<Error> refuse(const QString &why)
{
    return fail(ErrorKind::InvalidInput, why);
}

/// Characters nobody types on purpose: pasted line ends, no-break and zero-width spaces.
bool hasInvisible(QStringView text)
{
    return std::any_of(text.begin(), text.end(), [](QChar character) {
        return character != u' ' && (!character.isPrint() || character.isSpace()) && !character.isSurrogate();
    });
}

bool isReserved(const QString &parameter, Grant grant)
{
    static const std::set<QString> always{u"grant_type"_s, u"client_id"_s, u"client_secret"_s, u"username"_s,
                                          u"password"_s,   u"scope"_s,     u"resource"_s};
    // A response_mode other than the usual one would never reach the listener.
    static const std::set<QString> ofTheCodeFlow{u"response_type"_s,
                                                 u"response_mode"_s,
                                                 u"redirect_uri"_s,
                                                 u"state"_s,
                                                 u"nonce"_s,
                                                 u"code_challenge"_s,
                                                 u"code_challenge_method"_s,
                                                 u"code"_s,
                                                 u"code_verifier"_s,
                                                 u"prompt"_s,
                                                 u"login_hint"_s,
                                                 u"acr_values"_s};
    return always.contains(parameter) ||
           (grant == Grant::AuthorizationCode && ofTheCodeFlow.contains(parameter));
}

// RFC 6749 sections 3.1 and 3.2: no parameter twice.
Result<void> checkParameters(const LoginRequest &request)
{
    std::set<QString> seen;
    for (const auto &[name, value] : request.parameters) {
        if (name.isEmpty())
            return refuse(tr("A further parameter has no name."));
        if (isReserved(name, request.grant))
            return refuse(tr("The parameter %1 has a field of its own.").arg(name));
        if (request.grant == Grant::AuthorizationCode && !isOpenParameter(name))
            return refuse(
                tr("The parameter %1 is none that is known to hold no secret. In a login with the browser it "
                   "would be a part of the address, which other programs can read.")
                    .arg(name));
        if (!seen.insert(name).second)
            return refuse(tr("The parameter %1 is given twice.").arg(name));
    }
    return {};
}

Result<void> checkEndpoints(const ProviderMetadata &endpoints)
{
    for (const auto &[name, endpoint] : kProviderEndpoints) {
        const QUrl &url = endpoints.*endpoint;
        if (!url.isEmpty() && !isAllowedUrl(url))
            return refuse(
                tr("The endpoint %1 must be an https address, or http to this computer.")
                    .arg(url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment)));
    }
    return {};
}

Result<void> checkClient(const LoginRequest &request)
{
    if (const std::optional<LoginInput> missing = missingInput(request))
        return refuse(missingText(*missing));
    if (request.grant == Grant::ClientCredentials && request.auth == ClientAuth::None)
        return refuse(tr("A client credentials login needs a client secret: choose Basic or POST."));
    if (hasInvisible(request.clientId))
        return refuse(tr("The client id cannot be used. ") + credentialTextProblem(request.clientId));
    QString secret = request.clientSecret.revealed();
    const QString problem = hasInvisible(secret) ? credentialTextProblem(secret) : QString();
    wipe(secret);
    if (!problem.isEmpty())
        return refuse(tr("The client secret cannot be used. ") + problem);
    return {};
}

} // namespace

bool isOpenParameter(QStringView name)
{
    // OAuth, OpenID Connect, and what providers add to them.
    static const std::set<QString> open{u"access_type"_s,     u"acr_values"_s,
                                        u"audience"_s,        u"claims"_s,
                                        u"claims_locales"_s,  u"connection"_s,
                                        u"display"_s,         u"domain_hint"_s,
                                        u"dpop_jkt"_s,        u"hd"_s,
                                        u"idp_hint"_s,        u"include_granted_scopes"_s,
                                        u"kc_idp_hint"_s,     u"login_hint"_s,
                                        u"max_age"_s,         u"organization"_s,
                                        u"prompt"_s,          u"requested_token_type"_s,
                                        u"resource"_s,        u"response_mode"_s,
                                        u"screen_hint"_s,     u"subject_token_type"_s,
                                        u"token_type_hint"_s, u"ui_locales"_s};
    return open.contains(name.toString());
}

std::optional<LoginInput> missingInput(const LoginRequest &request)
{
    if (request.clientId.isEmpty())
        return LoginInput::ClientId;
    if (request.auth != ClientAuth::None && request.clientSecret.isEmpty())
        return LoginInput::ClientSecret;
    if (request.grant == Grant::Password && request.username.isEmpty())
        return LoginInput::Username;
    if (request.grant == Grant::Password && request.password.isEmpty())
        return LoginInput::Password;
    return std::nullopt;
}

QString missingText(LoginInput input)
{
    switch (input) {
    case LoginInput::ClientId:
        return tr("The client id is empty.");
    case LoginInput::ClientSecret:
        return tr("The client secret is empty. Only the client authentication None goes without one.");
    case LoginInput::Username:
        return tr("The user name is empty.");
    case LoginInput::Password:
        break;
    }
    return tr("The password is empty.");
}

QUrl redirectUri(quint16 port)
{
    return QUrl(u"http://127.0.0.1:%1/callback"_s.arg(port));
}

Result<void> checkNotRepeated(const QUrl &endpoint, QByteArrayView parameters)
{
    const QString name = repeatedParameter(endpoint, parameters);
    if (name.isEmpty())
        return {};
    return refuse(
        tr("The endpoint %1 has the parameter %2 in its address already, and it must not be sent twice.")
            .arg(endpoint.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment), name));
}

Result<void> checkLogin(const LoginRequest &request)
{
    return checkClient(request)
        .and_then([&request] { return checkParameters(request); })
        .and_then([&request] { return checkEndpoints(request.endpoints); });
}

} // namespace latchkey
