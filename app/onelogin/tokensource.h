// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/secret.h"
#include "core/tenant.h"
#include "net/httpclient.h"

#include <QDateTime>
#include <QJsonObject>
#include <QUrl>

#include <functional>
#include <vector>

namespace latchkey {

/// An access token of the management API (not an OIDC token).
struct ManagementToken
{
    Secret value{};
    Secret pair{};                   ///< the Basic credentials that fetched it, for answers that tell them
    QDateTime createdAt{};           ///< the tenant's clock, UTC
    std::chrono::seconds lifetime{}; ///< `expires_in`
    QDateTime expiresAt{};           ///< createdAt + lifetime
    Clock::Instant deadline{};       ///< when it ends, on the monotonic clock
    QString accountId{};
    bool sameAsLast = false; ///< the tenant handed out the token it gave before
};

/// Calls left of the account, `GET /auth/rate_limit`.
struct RateLimit
{
    qint64 limit = 0;
    qint64 remaining = 0;
    std::chrono::seconds reset{}; ///< until the count starts anew, when it was read
    Clock::Instant readAt{};
};

/// The management token of one API credential at one tenant: fetched once however many callers
/// wait, kept until a minute before its end, forgotten when refused.
///
/// A token request is never repeated by itself. Errors beside HttpClient's: Unauthorized (the pair
/// was refused), ServerFailure (500: the owner of the pair may have been deleted), RateLimited
/// (html 429), Invalid.
class TokenSource : public QObject
{
    Q_OBJECT

public:
    /// Gives the client secret when it is needed; it is kept as long as the token that it fetched.
    using SecretProvider = std::function<void(Continuation<Secret>)>;

    /// `http` and `clock` must outlive it. `label` names the pair in the activity log.
    TokenSource(HttpClient &http, const Clock &clock, QUrl baseUrl, QString clientId, QString label,
                SecretProvider secret, Access access = Access::ReadAndWrite, QObject *parent = nullptr);

    /// The token at hand if it has a minute left, else one fetched now.
    void token(Continuation<ManagementToken> continuation);
    /// Asks the tenant even if a token is at hand (it may hand out the same one).
    void fetch(Continuation<ManagementToken> continuation);
    /// Whether the tenant accepts the pair now. The token that it gives is neither kept nor announced.
    void probe(Continuation<> continuation);
    /// Drops the token at hand if it is the refused one.
    void forget(const Secret &refused);
    /// Ends the token at the tenant (ErrorKind::ReadOnly if that is not allowed), for everything that uses
    /// this pair, and drops it here whatever the answer (RFC 7009 section 2.2.1 by analogy).
    void revoke(Continuation<> continuation);
    /// Tries `bearer:<token>` as documented, then `bearer <token>`. Goes on when the caller is gone:
    /// lastRateLimit() is for everybody.
    void rateLimit(Continuation<RateLimit> continuation);

    const std::optional<ManagementToken> &current() const { return m_token; }
    const std::optional<RateLimit> &lastRateLimit() const { return m_rateLimit; }

signals:
    void changed(); ///< current() or lastRateLimit() is another one
    /// lastRateLimit() was read again.
    void counted();
    /// After every token request that was sent; none: it gave a token.
    void fetched(const std::optional<latchkey::Error> &error);

private:
    HttpRequest pairRequest(const QString &path, const QJsonObject &body, const Secret &clientSecret) const;
    void requestToken(const Secret &clientSecret);
    void sendTokenRequest(const Secret &clientSecret, const QString &askedBy,
                          std::function<void(Result<ManagementToken>)> receive);
    Result<ManagementToken> readToken(const Result<HttpResponse> &response) const;
    void receive(Result<ManagementToken> result);
    void sendRevocation(const Secret &clientSecret, const ManagementToken &token,
                        Continuation<> continuation);
    void drop(const Secret &value);
    void askRateLimit(const ManagementToken &token, bool colon, Continuation<RateLimit> continuation);

    HttpClient &m_http;
    const Clock &m_clock;
    QUrl m_baseUrl;
    QString m_clientId;
    QString m_label;
    SecretProvider m_secret;
    Access m_access;
    std::optional<ManagementToken> m_token;
    std::optional<Secret> m_lastValue;
    std::optional<RateLimit> m_rateLimit;
    std::vector<Continuation<ManagementToken>> m_waiting; ///< not empty while a request is under way
};

} // namespace latchkey
