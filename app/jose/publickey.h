// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "jose/signaturealgorithm.h"

#include <QJsonObject>

#include <memory>

struct json_t;

namespace latchkey {

/// A public key that can verify signatures, read from a JWK (RFC 7517). What it says of itself is kept beside
/// the key material; private members of the JWK are left behind.
struct PublicKey
{
    QString kid{}; ///< empty: it has none
    KeyType type = KeyType::Rsa;
    QString curve{};           ///< of an EC key
    qsizetype modulusSize = 0; ///< of an RSA key, bits
    QString alg{};             ///< empty: it is not bound to one
    bool mayVerify = true;     ///< as `use` and `key_ops` say
    bool hadPrivateParts = false;
    std::shared_ptr<json_t> material{}; ///< the public members alone, for libjose
};

/// Error InvalidInput says why the key cannot be used: not RSA or EC, a member missing or of a wrong
/// type, RSA under 2048 bits, of a maker whose keys can be factored, or with an exponent that proves nothing,
/// a point off its curve.
Result<PublicKey> readPublicKey(const QJsonObject &json);

/// Error InvalidInput says why this key is not for that algorithm.
Result<void> checkFits(const PublicKey &key, const SignatureAlgorithm &algorithm);

} // namespace latchkey
