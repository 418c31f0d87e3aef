// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/ratelimit.h"

#include <algorithm>

namespace latchkey::sandbox {

using namespace std::chrono_literals;

RateLimit::RateLimit(const Clock &clock, int limit)
    : m_clock(clock)
    , m_limit(limit)
    , m_windowEnd(clock.monotonic() + 1h)
{
}

bool RateLimit::take()
{
    if (m_clock.monotonic() >= m_windowEnd) {
        m_used = 0;
        m_windowEnd = m_clock.monotonic() + 1h;
    }
    if (m_limit > 0 && m_used >= m_limit)
        return false;
    ++m_used;
    return true;
}

int RateLimit::remaining() const
{
    return std::max(0, m_limit - m_used);
}

std::chrono::seconds RateLimit::untilReset() const
{
    return std::max(0s, std::chrono::ceil<std::chrono::seconds>(m_windowEnd - m_clock.monotonic()));
}

} // namespace latchkey::sandbox
