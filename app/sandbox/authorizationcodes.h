// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "sandbox/oidctokens.h"
#include "sandbox/random.h"

#include <QHash>

namespace latchkey::sandbox {

/// What an authorization code stands for.
struct AuthorizationCode
{
    OidcGrant grant{};
    QString redirectUri{};
    QString challenge{}; ///< S256, RFC 7636; empty: the client sent none
    Clock::Instant expires{};
    bool isUsed = false;
};

/// The authorization codes that were given out. A used one is remembered for a while, since whoever
/// brings it again has stolen it, or was stolen from.
class AuthorizationCodes
{
public:
    static constexpr std::chrono::seconds kLifetime{60};

    AuthorizationCodes(const Clock &clock, Random &random);

    /// Returns the code.
    QString add(AuthorizationCode code);
    /// Null when unknown or expired, but not when used.
    AuthorizationCode *find(const QString &code);

private:
    const Clock &m_clock;
    Random &m_random;
    QHash<QString, AuthorizationCode> m_codes{};
};

} // namespace latchkey::sandbox
