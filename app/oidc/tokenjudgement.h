// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/tokencheck.h"
#include "oidc/jwkscache.h"

namespace latchkey {

/// A token to be judged, and what it is held against.
struct TokenQuestion
{
    DecodedJws token{};
    ClaimExpectations expected{};
    Secret clientSecret{};         ///< for HS256, HS384 and HS512, which no published key fits
    QUrl jwksUri{};                ///< whose keys count; empty: those that the issuer publishes
    QStringList algorithms{};      ///< empty: those that the issuer says it uses, or all we know
    std::optional<QDateTime> at{}; ///< the time to judge at; none: now, by the issuer's clock
    std::chrono::seconds tolerance{60};
};

/// With what is at hand: nothing, the keys of an issuer, or the client's secret.
TokenVerdict judgeToken(const TokenQuestion &question, const Verifier &verifier, const Clock &clock);
TokenVerdict judgeToken(const TokenQuestion &question, const IssuerKeys &keys, const Clock &clock);

/// Of a token that decodeJws() could not read.
TokenVerdict judgeUndecoded(QByteArrayView token, const Error &why);

/// With the keys of `question.expected.issuer`, or the client's secret if the token asks for it. Always a
/// verdict: keys that cannot be had leave the signature unchecked, and the check says why. `keys` and
/// `clock` must outlive the continuation's context.
void judgeToken(const TokenQuestion &question, JwksCache &keys, const Clock &clock,
                Continuation<TokenVerdict> continuation);

} // namespace latchkey
