// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/claimcheck.h"
#include "jose/verifier.h"

namespace latchkey {

/// The whole checklist of a token: signature, algorithm, key, then checkClaims(). Behind them `payload`,
/// failed, if what is meant to be claims is not sound JSON; a JWS may sign anything else.
std::vector<Check> checkToken(const DecodedJws &jws, const Verifier &verifier,
                              const ClaimExpectations &expected, const TokenTime &time);

/// The same lines for a token that cannot be decoded, all of them not checked for `reason`. Three parts
/// that are broken are a bad signature; anything else is a token that has none.
std::vector<Check> checkUndecoded(QByteArrayView token, const QString &reason);

/// True if the signature passed and nothing failed.
bool isVerified(const std::vector<Check> &checks);

} // namespace latchkey
