// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/pendingfactors.h"

namespace latchkey::sandbox {

PendingFactors::PendingFactors(const Clock &clock, Random &random)
    : m_clock(clock)
    , m_random(random)
{
}

QString PendingFactors::add(UserId user, std::optional<AppId> app)
{
    const Clock::Instant now = m_clock.monotonic();
    m_byStateToken.removeIf([now](auto entry) { return entry.value().expires <= now; });
    QString stateToken = m_random.hex(40);
    m_byStateToken.insert(stateToken, {.user = user, .app = app, .expires = now + kLifetime});
    return stateToken;
}

const PendingFactor *PendingFactors::find(const QString &stateToken) const
{
    const auto found = m_byStateToken.constFind(stateToken);
    return found == m_byStateToken.constEnd() || found->expires <= m_clock.monotonic() ? nullptr : &*found;
}

void PendingFactors::remove(const QString &stateToken)
{
    m_byStateToken.remove(stateToken);
}

void PendingFactors::removeUser(UserId user)
{
    m_byStateToken.removeIf([user](auto entry) { return entry.value().user == user; });
}

} // namespace latchkey::sandbox
