// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "core/secret.h"
#include "jose/check.h"
#include "jose/jwt.h"
#include "oidc/discovery.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace latchkey {

enum class TokenRole { Access, Id, Refresh };

/// A token that a login gave. Decoded, not verified.
struct IssuedToken
{
    Secret value{};
    TokenKind kind = TokenKind::Opaque;
    std::optional<DecodedJwt> decoded{};
    QJsonObject
        claims{}; ///< the payload without the secrets that went out for it: for what is printed and kept
    std::optional<std::chrono::seconds> expiresIn{};
    Clock::Instant receivedAt{};
};

/// What came back: tokens, or a refusal in the provider's own words.
struct LoginOutcome
{
    bool ok = false;
    int httpStatus = 0; ///< 0: the refusal came with the browser
    QString error{};    ///< RFC 6749 sections 4.1.2.1 and 5.2; `token_…`: a check of the ID token failed
    QString errorDescription{}; ///< verbatim, but for an echoed secret
    QString requestId{};
    std::optional<std::chrono::seconds> retryAfter{}; ///< how long the provider asks to wait
    QDateTime at{};
    std::chrono::milliseconds duration{}; ///< with the person's time in the browser
    int requests = 0;
    std::optional<IssuedToken> accessToken{};
    std::optional<IssuedToken> idToken{};
    std::optional<IssuedToken> refreshToken{};
    std::optional<TokenVerdict> idTokenVerdict{}; ///< none: no ID token, or nobody judged it
    QString tokenType{};
    QStringList requestedScopes{};
    std::optional<QStringList> grantedScopes{}; ///< none: the answer has no scope member
    QStringList scopesInToken{};                ///< the access token's scope claim
    QStringList notes{};                        ///< what was odd but tolerated, in sentences

    QString issuer{};            ///< as discovered, or as asked for where nothing was
    QString nonce{};             ///< that was sent, and that the ID token must repeat; empty: none
    ProviderMetadata provider{}; ///< the endpoints in use, those of the request put in

    /// The provider gave tokens, but its ID token is not to be trusted.
    bool hasFailedChecks() const { return idTokenVerdict && !nothingFailed(idTokenVerdict->checks); }
};

/// Why a login that is not ok gave nothing: what failed, or the provider's refusal in the same form.
Error refusalOf(const Result<LoginOutcome> &result);

} // namespace latchkey
