// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"

namespace latchkey::sandbox {

/// Calls an hour of the whole account, whatever the number of tokens.
class RateLimit
{
public:
    /// A limit of 0 counts without ever refusing.
    RateLimit(const Clock &clock, int limit);

    /// Counts one call; false when the hour's calls are used up.
    bool take();
    int limit() const { return m_limit; }
    int remaining() const;
    std::chrono::seconds untilReset() const;

private:
    const Clock &m_clock;
    int m_limit;
    int m_used = 0;
    Clock::Instant m_windowEnd;
};

} // namespace latchkey::sandbox
