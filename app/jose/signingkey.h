// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QJsonObject>

#include <memory>

namespace latchkey {

/// An RSA key of 2048 bits that signs JWTs with RS256: what the sandbox tenant issues tokens with.
class SigningKey
{
public:
    static Result<SigningKey> generate();
    SigningKey(SigningKey &&) noexcept;
    SigningKey &operator=(SigningKey &&) noexcept;
    ~SigningKey();

    /// RFC 7638 thumbprint.
    QString kid() const;
    /// The public JWK with kty, use, kid, e, n.
    QJsonObject publicJwk() const;
    /// Compact JWS with header alg, typ `JWT`, kid.
    Result<QByteArray> sign(const QJsonObject &payload) const;

private:
    struct Private;
    explicit SigningKey(std::unique_ptr<Private> key);
    std::unique_ptr<Private> d;
};

} // namespace latchkey
