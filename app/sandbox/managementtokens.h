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
    Clock::Instant refreshExpires{};
};

/// The management tokens of a tenant: one a pair, the same one until it expires or is revoked.
class ManagementTokens
{
public:
    static constexpr std::chrono::seconds kLifetime{36000};
    static constexpr std::chrono::seconds kRefreshLifetime{45 * 86400};

    ManagementTokens(const Clock &clock, Random &random);

    ManagementToken tokenFor(const QString &clientId);
    /// Null when unknown, expired or revoked.
    const ManagementToken *find(QStringView access) const;
    /// The same for the token that both texts belong to; it may have expired.
    const ManagementToken *findForRefresh(QStringView access, QStringView refresh) const;
    void revoke(const QString &clientId);

private:
    const Clock &m_clock;
    Random &m_random;
    QHash<QString, ManagementToken> m_byClientId{};
};

} // namespace latchkey::sandbox
