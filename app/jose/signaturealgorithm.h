// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>
#include <QStringList>

namespace latchkey {

enum class KeyType { Rsa, Ec, ClientSecret };

/// One signature algorithm of RFC 7518 that Latchkey verifies.
struct SignatureAlgorithm
{
    QString name{}; ///< the `alg` of a header; case counts
    KeyType keyType = KeyType::Rsa;
    QCryptographicHash::Algorithm hash = QCryptographicHash::Sha256;
    QString curve{}; ///< the only one that the algorithm goes with, if it is an EC one
};

/// Null if it is none of ours: `none` and EdDSA among them.
const SignatureAlgorithm *findSignatureAlgorithm(const QString &name);

/// Those with a public key: RS, PS and ES with 256, 384 and 512.
const QStringList &publicKeyAlgorithms();
/// Those with the client's own secret: HS256, HS384, HS512.
const QStringList &clientSecretAlgorithms();

} // namespace latchkey
