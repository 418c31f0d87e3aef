// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/urlopener.h"
#include "net/httpclient.h"
#include "oidc/authorizationrequest.h"
#include "oidc/loginoutcome.h"
#include "oidc/loginrequest.h"

namespace latchkey {

class FormData;
class JwksCache;
class LoopbackListener;
struct AuthorizationAnswer;

/// tl::expected offers a comparison that does not compile for outcomes, and moc would take it for
/// the argument of finished().
bool operator==(const Result<LoginOutcome> &, const Result<LoginOutcome> &) = delete;

/// One test login: discovery, for the code flow the way through the browser, and one token request whose
/// answer is read, success or refusal. Its parts are its private methods; destroying it cancels it. A
/// login is never repeated by itself: failures count toward the user's lock-out.
///
/// finished() gives an outcome for every OAuth answer, ok or not, with the browser or without; an Error is
/// for what is no OAuth answer (transport, html, cut off, success without access_token or token_type, a
/// redirect that contradicts itself or names another issuer, an ID token without our nonce, nothing within
/// the time) and for a request that cannot be sent (InvalidInput: no user name, client credentials without a
/// secret, a port in use…).
class LoginFlow : public QObject
{
    Q_OBJECT

public:
    /// `openUrl` opens the browser for the code flow; without one that is left to who hears browserNeeded().
    LoginFlow(HttpClient &http, const Clock &clock, LoginRequest request, UrlOpener openUrl = {},
              QObject *parent = nullptr);
    ~LoginFlow() override;

    /// How long the person may take in the browser, five minutes by default.
    void setBrowserTimeout(std::chrono::milliseconds timeout) { m_browserTimeout = timeout; }
    /// Has the ID token judged by these keys, which must outlive it: a check that failed is then a login that
    /// is not ok. Without them only the nonce is looked at.
    void judgeIdTokenWith(JwksCache &keys) { m_keys = &keys; }
    void start();

signals:
    /// "Reading the issuer's endpoints", "Waiting for the browser", "Asking for a token", "Checking the ID
    /// token"
    void stepChanged(const QString &step);
    /// Just before the browser is opened there: to show and to copy, should none appear.
    void browserNeeded(const QUrl &authorizationUrl);
    void finished(const latchkey::Result<latchkey::LoginOutcome> &result);

private:
    bool needsDiscovery() const;
    void takeProvider(const ProviderMetadata &provider);
    void openBrowser();
    void giveUpWaiting();
    void readRedirect(const AuthorizationAnswer &answer);
    Result<void> checkIssuer(const AuthorizationAnswer &answer) const;
    void requestDirectly();
    void requestForCode(const Secret &code);
    void requestToken(const FormData &form);
    void receive(Result<LoginOutcome> result);
    void complete(LoginOutcome &outcome) const;
    void addNotes(LoginOutcome &outcome) const;
    Result<void> checkNonce(const LoginOutcome &outcome) const;
    void finish(Result<LoginOutcome> result);

    HttpClient &m_http;
    const Clock &m_clock;
    LoginRequest m_request;
    UrlOpener m_openUrl;
    JwksCache *m_keys = nullptr;
    std::chrono::milliseconds m_browserTimeout{5 * 60'000};
    AuthorizationRequest m_authorization{};
    LoopbackListener *m_listener = nullptr; ///< a child
    LoginOutcome m_outcome;
    Clock::Instant m_startedAt{};
};

} // namespace latchkey
