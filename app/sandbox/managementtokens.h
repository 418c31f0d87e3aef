// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "sandbox/random.h"

#include <QHash>

namespace latchkey::sandbox {

/// A token of the management API.
struct ManagementToken
{
    QString access{};
    QString refresh{};
    QString clientId{};
    QDateTime createdAt{};
    Clock::Instant expires{};
};

/// The management tokens of a tenant: one a pair, the same one until it expires or is revoked.
class ManagementTokens
{
public:
    static constexpr std::chrono::seconds kLifetime{36000};

    ManagementTokens(const Clock &clock, Random &random);

    ManagementToken tokenFor(const QString &clientId);
    /// Null when unknown, expired or revoked.
    const ManagementToken *find(QStringView access) const;
    void revoke(const QString &clientId);

private:
    const Clock &m_clock;
    Random &m_random;
    QHash<QString, ManagementToken> m_byClientId{};
};

} // namespace latchkey::sandbox
