// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/managementtokens.h"

#include <algorithm>

namespace latchkey::sandbox {

ManagementTokens::ManagementTokens(const Clock &clock, Random &random)
    : m_clock(clock)
    , m_random(random)
{
}

ManagementToken ManagementTokens::tokenFor(const QString &clientId)
{
    const auto found = m_byClientId.constFind(clientId);
    if (found != m_byClientId.constEnd() && found->expires > m_clock.monotonic())
        return *found;
    const ManagementToken token{.access = m_random.hex(64),
                                .refresh = m_random.hex(64),
                                .clientId = clientId,
                                .createdAt = m_clock.now(),
                                .expires = m_clock.monotonic() + kLifetime,
                                .refreshExpires = m_clock.monotonic() + kRefreshLifetime};
    m_byClientId.insert(clientId, token);
    return token;
}

const ManagementToken *ManagementTokens::find(QStringView access) const
{
    const auto found = std::ranges::find_if(m_byClientId, [&](const ManagementToken &token) {
        return token.access == access && token.expires > m_clock.monotonic();
    });
    return found == m_byClientId.end() ? nullptr : &*found;
}

const ManagementToken *ManagementTokens::findForRefresh(QStringView access, QStringView refresh) const
{
    const auto found = std::ranges::find_if(m_byClientId, [&](const ManagementToken &token) {
        return token.access == access && token.refresh == refresh &&
               token.refreshExpires > m_clock.monotonic();
    });
    return found == m_byClientId.end() ? nullptr : &*found;
}

void ManagementTokens::revoke(const QString &clientId)
{
    m_byClientId.remove(clientId);
}

} // namespace latchkey::sandbox
