// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a token: decoded, verified with keys that made none of them, and checked. Nothing may
// crash, nothing may come out as valid, and what base64url decodes must be its only spelling.
#include "core/base64url.h"
#include "jose/claimcheck.h"
#include "jose/vectors.h"
#include "jose/verifier.h"

#include <cstdint>
#include <cstdlib>

using namespace latchkey;

namespace {

Jwks otherKeys()
{
    return parseJwks(QByteArray("{\"keys\":[") + vectors::kRsaKey + ',' + vectors::kEs256Key + ',' +
                     vectors::kEs512Key + "]}")
        .value_or(Jwks{});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const Verifier keys(otherKeys());
    static const Verifier secret(Secret::copyOf(QByteArray(64, 'k')));
    const QByteArrayView token(data, static_cast<qsizetype>(size));
    const std::optional<QByteArray> bytes = fromBase64Url(token);
    if (bytes && toBase64Url(*bytes) != token)
        std::abort();
    tokenKind(token);
    const Result<DecodedJws> jws = decodeJws(token);
    if (!jws)
        return 0;
    if (keys.verify(*jws).isValid() || secret.verify(*jws).isValid())
        std::abort();
    const Result<QJsonObject> claims = claimsOf(*jws);
    const ClaimExpectations expected{.issuer = QStringLiteral("https://acme.example.com/oidc/2"),
                                     .audience = QStringLiteral("me"),
                                     .nonce = QStringLiteral("once"),
                                     .accessToken = Secret::copyOf("opaque"),
                                     .isIdToken = true};
    checkClaims(jws->header, claims ? std::optional(*claims) : std::nullopt, expected,
                {.now = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC)});
    return 0;
}
