// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clock.h"

namespace latchkey {

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

Clock::Instant SystemClock::monotonic() const
{
    return std::chrono::steady_clock::now();
}

} // namespace latchkey
