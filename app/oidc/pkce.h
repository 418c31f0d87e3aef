// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"

namespace latchkey {

/// 43 characters nobody can guess: 32 bytes of the system's generator in base64url. For a code verifier
/// (RFC 7636 section 4.1), a state and a nonce.
Secret unguessableText();

/// S256 of a code verifier, RFC 7636 section 4.2. The method `plain` is never used.
QString codeChallenge(const Secret &verifier);

} // namespace latchkey
