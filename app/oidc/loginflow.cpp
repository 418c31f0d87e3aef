// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginflow.h"

#include "core/credentialtext.h"
#include "core/plaintext.h"
#include "net/formdata.h"
#include "net/httpclient.h"
#include "oidc/clientrequest.h"
#include "oidc/loginjudgement.h"
#include "oidc/loopbacklistener.h"
#include "oidc/tokenanswer.h"

#include <QTimer>

namespace latchkey {

using namespace Qt::StringLiterals;

LoginFlow::LoginFlow(HttpClient &http, const Clock &clock, LoginRequest request, UrlOpener openUrl,
                     QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_clock(clock)
    , m_request(std::move(request))
    , m_openUrl(std::move(openUrl))
{
}

LoginFlow::~LoginFlow() = default;

void LoginFlow::start()
{
    m_startedAt = m_clock.monotonic();
    m_outcome.requestedScopes = m_request.scopes;
    m_outcome.issuer = m_request.issuer.toString(QUrl::FullyEncoded);
    if (const Result<void> usable = checkLogin(m_request); !usable) {
        const auto refused = then(this, [this](Result<> result) { finish(fail(std::move(result.error()))); });
        return finishLater(refused, usable);
    }
    emit stepChanged(tr("Reading the issuer's endpoints"));
    ++m_outcome.requests;
    discover(m_http, m_request.issuer, then(this, [this](Result<ProviderMetadata> provider) {
                 if (!provider && needsDiscovery())
                     return finish(fail(std::move(provider.error())));
                 if (!provider)
                     m_outcome.notes.append(
                         tr("The issuer's endpoints could not be read, those that you gave "
                            "were used. %1")
                             .arg(provider.error().message));
                 takeProvider(provider.value_or(ProviderMetadata{.issuer = m_outcome.issuer}));
             }));
}

bool LoginFlow::needsDiscovery() const
{
    const ProviderMetadata &given = m_request.endpoints;
    return given.tokenEndpoint.isEmpty() ||
           (m_request.grant == Grant::AuthorizationCode && given.authorizationEndpoint.isEmpty());
}

void LoginFlow::takeProvider(const ProviderMetadata &provider)
{
    m_outcome.issuer = provider.issuer;
    m_outcome.provider = provider.with(m_request.endpoints);
    if (m_request.grant != Grant::AuthorizationCode)
        return requestDirectly();
    if (m_outcome.provider.authorizationEndpoint.isEmpty())
        return finish(
            fail(ErrorKind::NotUnderstood,
                 tr("The issuer names no authorization endpoint, so there is no login with the browser.")));
    if (!provider.codeChallengeMethods.isEmpty() && !provider.codeChallengeMethods.contains("S256"_L1))
        m_outcome.notes.append(
            tr("The issuer does not list the code challenge method S256, which was used."));
    openBrowser();
}

void LoginFlow::openBrowser()
{
    m_authorization = AuthorizationRequest::make();
    if (m_request.scopes.contains("openid"_L1))
        m_outcome.nonce = m_authorization.nonce.revealed();
    m_listener = new LoopbackListener(m_authorization.state, this);
    const Result<quint16> port = m_listener->listen(m_request.redirectPort);
    if (!port)
        return finish(fail(port.error()));
    m_authorization.redirectUri = redirectUri(*port);
    connect(m_listener, &LoopbackListener::answered, this, &LoginFlow::readRedirect);
    QTimer::singleShot(m_browserTimeout, m_listener, [this] { giveUpWaiting(); });
    emit stepChanged(tr("Waiting for the browser"));
    const Result<QUrl> url = m_authorization.url(m_outcome.provider.authorizationEndpoint, m_request);
    if (!url)
        return finish(fail(url.error()));
    emit browserNeeded(*url);
    if (m_openUrl && !m_openUrl(*url))
        m_outcome.notes.append(tr("The browser did not open by itself."));
}

void LoginFlow::giveUpWaiting()
{
    if (!m_listener)
        return;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_browserTimeout).count();
    const QString waited =
        seconds % 60 == 0 ? tr("%1\u00a0min").arg(seconds / 60) : tr("%1\u00a0s").arg(seconds);
    Error error{.kind = ErrorKind::Timeout,
                .message = tr("Nobody came back from the browser within %1.").arg(waited),
                .reason = m_listener->turnedAway() > 0 ? u"state_mismatch"_s : u"browser_timeout"_s};
    if (m_listener->turnedAway() > 0)
        error.detail = tr("Answers of another login that were turned away: %1").arg(m_listener->turnedAway());
    finish(fail(std::move(error)));
}

void LoginFlow::readRedirect(const AuthorizationAnswer &answer)
{
    std::exchange(m_listener, nullptr)->deleteLater();
    if (const Result<void> ours = checkIssuer(answer); !ours)
        return finish(fail(ours.error()));
    const bool isRefusal = !answer.error.isEmpty();
    if (isRefusal != answer.code.isEmpty())
        return finish(
            fail({.kind = ErrorKind::NotUnderstood,
                  .message = isRefusal ? tr("The browser came back with both a code and the error "
                                            "%1. The code was not used.")
                                             .arg(plainLine(answer.error))
                                       : tr("The browser came back with neither a code nor an error."),
                  .reason = u"redirect_contradicts"_s}));
    if (!isRefusal)
        return requestForCode(answer.code);
    m_outcome.error = plainLine(answer.error);
    m_outcome.errorDescription = plainLine(answer.errorDescription);
    finish(m_outcome);
}

// RFC 9207 section 2.4: what another issuer sent must not be taken to this one.
Result<void> LoginFlow::checkIssuer(const AuthorizationAnswer &answer) const
{
    if (!answer.issuer && !m_outcome.provider.issuerInRedirects)
        return {};
    if (!answer.issuer)
        return fail({.kind = ErrorKind::NotUnderstood,
                     .message = tr("The browser came back without the issuer's name, which this issuer "
                                   "promises to send. Nothing was sent to it."),
                     .reason = u"redirect_of_other_issuer"_s});
    if (*answer.issuer != m_outcome.issuer)
        return fail({.kind = ErrorKind::NotUnderstood,
                     .message = tr("The browser came back from another issuer than the one that was asked. "
                                   "Nothing was sent to either."),
                     .detail = tr("%1 instead of %2").arg(plainLine(*answer.issuer), m_outcome.issuer),
                     .reason = u"redirect_of_other_issuer"_s});
    return {};
}

void LoginFlow::requestDirectly()
{
    const bool isPassword = m_request.grant == Grant::Password;
    FormData form;
    form.add(u"grant_type"_s, isPassword ? u"password"_s : u"client_credentials"_s);
    if (isPassword) {
        form.add(u"username"_s, m_request.username);
        form.add(u"password"_s, m_request.password);
    }
    form.add(u"scope"_s, m_request.scopes.join(u' '));
    form.add(u"resource"_s, m_request.resource);
    for (const auto &[name, value] : m_request.parameters)
        form.add(name, value);
    requestToken(form);
}

void LoginFlow::requestForCode(const Secret &code)
{
    FormData form;
    form.add(u"grant_type"_s, u"authorization_code"_s);
    form.add(u"code"_s, code);
    form.add(u"redirect_uri"_s, m_authorization.redirectUri.toString(QUrl::FullyEncoded));
    form.add(u"code_verifier"_s, m_authorization.verifier);
    form.add(u"resource"_s, m_request.resource);
    requestToken(form);
}

void LoginFlow::requestToken(const FormData &form)
{
    emit stepChanged(tr("Asking for a token"));
    ++m_outcome.requests;
    // The vendor's page of the password grant wants client_id in the body even beside Basic.
    const bool isPassword = m_request.grant == Grant::Password;
    Result<HttpRequest> request =
        clientRequest(m_outcome.provider.tokenEndpoint, m_request.client(), form,
                      isPassword ? ClientIdInForm::Always : ClientIdInForm::WhereNeeded);
    if (!request)
        return finish(fail(request.error()));
    request->askedBy =
        isPassword ? tr("Test login of %1, get token").arg(m_request.username) : tr("Test login, get token");
    TokenAnswer reader(*request);
    m_http.send(std::move(*request),
                then(this, [this, reader = std::move(reader)](Result<HttpResponse> response) mutable {
                    receive(response ? reader.read(*response, std::move(m_outcome))
                                     : fail(std::move(response.error())));
                }));
}

void LoginFlow::addNotes(LoginOutcome &outcome) const
{
    QString secret = m_request.clientSecret.revealed();
    if (!credentialTextProblem(secret).isEmpty())
        outcome.notes.append(tr("The client secret holds characters outside printable ASCII."));
    wipe(secret);
    if (outcome.nonce.isEmpty())
        return;
    if (!outcome.idToken)
        outcome.notes.append(tr("No ID token came, though the scope openid was asked for."));
}

/// OpenID Connect Core section 3.1.3.7, point 11, where no verdict says it.
Result<void> LoginFlow::checkNonce(const LoginOutcome &outcome) const
{
    if (outcome.idTokenVerdict || outcome.nonce.isEmpty() || !outcome.idToken || !outcome.idToken->decoded ||
        outcome.idToken->decoded->payload.value("nonce"_L1).toString() == outcome.nonce)
        return {};
    return fail({.kind = ErrorKind::NotUnderstood,
                 .message = tr("The ID token does not repeat the nonce that was sent: it may be of another "
                               "login. The tokens were not used."),
                 .reason = u"token_nonce"_s});
}

void LoginFlow::receive(Result<LoginOutcome> result)
{
    if (!m_keys || !result || !result->ok || !result->idToken)
        return finish(std::move(result));
    complete(*result);
    emit stepChanged(tr("Checking the ID token"));
    judgeIdToken(m_request, std::move(*result), *m_keys, m_clock,
                 then(this, [this](Result<LoginOutcome> judged) { finish(std::move(judged)); }));
}

/// What is known once the provider has answered.
void LoginFlow::complete(LoginOutcome &outcome) const
{
    if (outcome.at.isValid())
        return;
    outcome.at = m_clock.now();
    outcome.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.monotonic() - m_startedAt);
    if (outcome.ok)
        addNotes(outcome);
}

void LoginFlow::finish(Result<LoginOutcome> result)
{
    if (m_listener)
        std::exchange(m_listener, nullptr)->deleteLater();
    if (result) {
        complete(*result);
        if (const Result<void> ours = checkNonce(*result); !ours)
            result = fail(ours.error());
    }
    m_request.password = {};
    m_request.clientSecret = {};
    m_authorization = {};
    emit finished(result);
}

} // namespace latchkey
