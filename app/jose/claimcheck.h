// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"
#include "jose/check.h"

#include <QDateTime>
#include <QJsonObject>

#include <chrono>
#include <optional>

namespace latchkey {

/// What a token must say to be acceptable to this client, now. What is left out is not checked.
struct ClaimExpectations
{
    QString issuer{};
    QString keysIssuer{}; ///< whose keys verified it: a token of another issuer fails
    QString audience{};   ///< the client id for an ID token
    QString client{};     ///< that the token was issued to; empty: the audience
    QString nonce{};
    Secret accessToken{};   ///< that came with the ID token
    bool isIdToken = false; ///< then sub, aud, exp and iat must be there
};

/// The time that a token is judged at.
struct TokenTime
{
    QDateTime now{};
    std::chrono::seconds tolerance{60};
    /// Server minus this computer, measured by a Date header; `now` is already the server's.
    std::optional<std::chrono::seconds> measuredOffset{};
};

/// The checklist of OpenID Connect Core 3.1.3.7 and RFC 7519 without the signature: issuer, audience,
/// expires, not_before, issued_at, nonce, at_hash, authorized_party, in this order; behind them
/// `subject` if an ID token names nobody, and `type` if an access token stands where an ID token should. Says
/// what the claims are worth once the signature is known to be right, and nothing of the signature.
std::vector<Check> checkClaims(const QJsonObject &header, const std::optional<QJsonObject> &claims,
                               const ClaimExpectations &expected, const TokenTime &time);

} // namespace latchkey
