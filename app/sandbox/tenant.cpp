// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/tenant.h"

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

Tenant::Tenant(const Clock &tenantClock, Random &source, SigningKey key, int callsPerHour)
    : clock(tenantClock)
    , random(source)
    , signingKey(std::move(key))
    , managementTokens(tenantClock, source)
    , oidcTokens(tenantClock)
    , authorizationCodes(tenantClock, source)
    , browserSessions(source)
    , pendingFactors(tenantClock, source)
    , rateLimit(tenantClock, callsPerHour)
{
}

QString Tenant::issuer() const
{
    return baseUrl + "/oidc/2"_L1;
}

bool Tenant::catchUp()
{
    bool changed = false;
    for (Pair &pair : directory.pairs) {
        if (pair.state != PairState::Disabling || pair.disabledFrom > clock.monotonic())
            continue;
        pair.state = PairState::Disabled;
        managementTokens.revoke(pair.clientId);
        changed = true;
    }
    for (auto &[id, user] : directory.users) {
        if (user.status != UserStatus::Locked || user.lockedUntil > clock.now())
            continue;
        user.activate();
        changed = true;
    }
    return changed;
}

OffsetClock::OffsetClock(std::chrono::seconds offset)
    : m_offset(offset)
{
}

QDateTime OffsetClock::now() const
{
    return m_system.now().addSecs(m_offset.count());
}

Clock::Instant OffsetClock::monotonic() const
{
    return m_system.monotonic();
}

} // namespace latchkey::sandbox
