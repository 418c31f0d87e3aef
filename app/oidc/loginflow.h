// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/records.h"
#include "core/secret.h"
#include "jose/jwt.h"
#include "net/httpclient.h"
#include "net/redaction.h"
#include "oidc/discovery.h"

#include <optional>

namespace latchkey {

enum class Grant { ClientCredentials, Password };

/// One OIDC test login as a person asks for it.
struct LoginRequest
{
    Grant grant = Grant::ClientCredentials;
    QUrl issuer{};
    QString clientId{};
    Secret clientSecret{};
    ClientAuth auth = ClientAuth::Basic;
    QString username{};
    Secret password{};
    QStringList scopes{};
    QString resource{};
    QList<std::pair<QString, QString>> parameters{}; ///< further ones, sent as they are
};

/// A token that a login gave. Decoded, not verified.
struct IssuedToken
{
    Secret value{};
    TokenKind kind = TokenKind::Opaque;
    std::optional<DecodedJwt> decoded{};
    std::optional<std::chrono::seconds> expiresIn{};
    Clock::Instant receivedAt{};
};

/// What came back: tokens, or a refusal in the provider's own words.
struct LoginOutcome
{
    bool ok = false;
    int httpStatus = 0;
    QString error{};            ///< RFC 6749 section 5.2
    QString errorDescription{}; ///< verbatim, but for an echoed secret
    QString requestId{};
    QDateTime at{};
    std::chrono::milliseconds duration{};
    int requests = 0;
    std::optional<IssuedToken> accessToken{};
    std::optional<IssuedToken> idToken{};
    std::optional<IssuedToken> refreshToken{};
    QString tokenType{};
    QStringList requestedScopes{};
    std::optional<QStringList> grantedScopes{}; ///< none: the answer has no scope member
    QStringList scopesInToken{};                ///< the access token's scope claim
    QStringList notes{};                        ///< what was odd but tolerated, in sentences
};

/// tl::expected offers a comparison that does not compile for outcomes, and moc would take it for
/// the argument of finished().
bool operator==(const Result<LoginOutcome> &, const Result<LoginOutcome> &) = delete;

/// Sends one token request after discovery and reads the answer, success or refusal. Its parts are
/// its private methods; destroying it cancels it. A login is never repeated by itself: failures
/// count toward the user's lock-out.
///
/// finished() gives an outcome for every OAuth answer, ok or not; an Error is for what is no OAuth
/// answer (transport, html, cut off, success without access_token or token_type) and for a request
/// that cannot be sent (InvalidInput: no user name, client credentials without a secret…).
class LoginFlow : public QObject
{
    Q_OBJECT

public:
    LoginFlow(HttpClient &http, const Clock &clock, LoginRequest request, QObject *parent = nullptr);

    void start();

signals:
    void stepChanged(const QString &step); ///< "Reading the issuer's endpoints", "Asking for a token"
    void finished(const latchkey::Result<latchkey::LoginOutcome> &result);

private:
    Result<void> check() const;
    void requestToken(const ProviderMetadata &provider);
    Result<void> checkParameters() const;
    Secret form() const;
    Result<LoginOutcome> readAnswer(const HttpResponse &response);
    void readRefusal(const QJsonObject &answer);
    void readTokens(const QJsonObject &answer, Clock::Instant receivedAt);
    std::optional<IssuedToken> readToken(const QJsonObject &answer, QLatin1StringView name,
                                         Clock::Instant receivedAt);
    std::optional<std::chrono::seconds> readLifetime(const QJsonValue &value);
    tl::unexpected<Error> notAnAnswer(const HttpResponse &response, const QJsonObject &answer) const;
    void finish(Result<LoginOutcome> result);

    HttpClient &m_http;
    const Clock &m_clock;
    LoginRequest m_request;
    std::optional<RequestSecrets> m_secrets; ///< of the token request: the answer may echo them
    LoginOutcome m_outcome;
    Clock::Instant m_startedAt{};
};

} // namespace latchkey
