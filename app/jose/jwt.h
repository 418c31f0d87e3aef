// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QJsonObject>

namespace latchkey {

enum class TokenKind { Jwt, Encrypted, Opaque };

/// By shape alone: three parts whose first is a JSON object are a JWT, five an encrypted one (JWE),
/// everything else is opaque, which is normal for access and refresh tokens.
TokenKind tokenKind(QByteArrayView token);
/// "jwt", "encrypted", "opaque"
QString tokenKindKey(TokenKind kind);

/// A JWS in compact form, read and not verified: nothing in it may be trusted. Its payload is bytes.
struct DecodedJws
{
    QJsonObject header{};
    QByteArray headerJson{}; ///< as it was signed, UTF-8
    QByteArray payloadBytes{};
    QByteArray signature{};
    QByteArray compact{}; ///< as it was received: what a signature is over
};

/// A JWS whose payload is a JSON object, likewise not verified.
struct DecodedJwt : DecodedJws
{
    QJsonObject payload{};
};

/// Decodes RFC 7515 compact serialisation strictly: three parts, canonical base64url, a JSON object
/// without duplicate member names in UTF-8 as the header, at most 1 MiB. Error InvalidInput says what
/// is wrong and where; the token itself is never in it.
Result<DecodedJws> decodeJws(QByteArrayView token);
/// The payload as JSON, as strictly as the header.
Result<QJsonObject> claimsOf(const DecodedJws &jws);
/// Both in one.
Result<DecodedJwt> decodeJwt(QByteArrayView token);

} // namespace latchkey
