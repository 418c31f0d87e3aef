// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "sandbox/directory.h"
#include "sandbox/random.h"

#include <QHash>

namespace latchkey::sandbox {

/// A login whose password was right and whose second factor is awaited.
struct PendingFactor
{
    UserId user{};
    std::optional<AppId> app{}; ///< that a SAML assertion is for; none for a session
    Clock::Instant expires{};
};

/// The logins that wait for their second factor, by their state token.
class PendingFactors
{
public:
    static constexpr std::chrono::seconds kLifetime{120};

    PendingFactors(const Clock &clock, Random &random);

    /// Returns the state token.
    QString add(UserId user, std::optional<AppId> app);
    /// Null when unknown, expired or used.
    const PendingFactor *find(const QString &stateToken) const;
    void remove(const QString &stateToken);
    void removeUser(UserId user);

private:
    const Clock &m_clock;
    Random &m_random;
    QHash<QString, PendingFactor> m_byStateToken{};
};

} // namespace latchkey::sandbox
