// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <chrono>

namespace latchkey {

/// The time of day and a clock that never jumps. A seam: tests bring their own.
class Clock
{
public:
    using Instant = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;
    /// Wall time in UTC, as precise as the system gives it.
    virtual QDateTime now() const = 0;
    /// For everything that is counted down or measured.
    virtual Instant monotonic() const = 0;
};

class SystemClock final : public Clock
{
public:
    QDateTime now() const override;
    Instant monotonic() const override;
};

} // namespace latchkey
