// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"
#include "jose/check.h"
#include "jose/jwks.h"
#include "jose/jwt.h"

#include <variant>

namespace latchkey {

/// What is known of a signature. It is valid only if its check passed; the other two say why it could
/// or could not be looked at.
struct SignatureVerdict
{
    Check signature{};
    Check algorithm{};
    Check key{};

    bool isValid() const { return signature.result == CheckResult::Pass; }
};

/// Verifies the signature of a JWS, and nothing else, with the keys of one issuer or with one client's
/// own secret. What the token says of keys (`jku`, `jwk`, `x5u`, `x5c`) is never used.
class Verifier
{
public:
    /// Without keys: judges the header and says that the signature is not checked.
    Verifier();
    explicit Verifier(Jwks keys);
    explicit Verifier(Secret clientSecret);

    /// Instead of all that go with the kind of key. What does not go with it stays refused.
    void setAllowedAlgorithms(const QStringList &names) { m_allowed = names; }

    SignatureVerdict verify(const DecodedJws &jws) const;

private:
    Result<const SignatureAlgorithm *> algorithmOf(const QJsonObject &header) const;
    Result<std::vector<const PublicKey *>> keysFor(const QJsonObject &header,
                                                   const SignatureAlgorithm &algorithm) const;
    void verifyWithKeys(const DecodedJws &jws, const SignatureAlgorithm &algorithm,
                        SignatureVerdict &verdict) const;
    void verifyWithSecret(const DecodedJws &jws, const SignatureAlgorithm &algorithm,
                          SignatureVerdict &verdict) const;

    std::variant<std::monostate, Jwks, Secret> m_source{};
    QStringList m_allowed{};
};

} // namespace latchkey
