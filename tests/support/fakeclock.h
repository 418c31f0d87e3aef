// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"

namespace latchkey {

/// A clock that moves only when told to.
class FakeClock final : public Clock
{
public:
    QDateTime now() const override { return m_now; }
    Instant monotonic() const override { return m_monotonic; }
    void advance(std::chrono::milliseconds step)
    {
        m_now = m_now.addMSecs(step.count());
        m_monotonic += step;
    }
    void setNow(const QDateTime &now) { m_now = now; }

private:
    QDateTime m_now = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    Instant m_monotonic{std::chrono::hours(1)};
};

/// The system's clock, until it is put forward.
class ShiftedClock final : public Clock
{
public:
    QDateTime now() const override { return m_system.now().addMSecs(m_shift.count()); }
    Instant monotonic() const override { return m_system.monotonic() + m_shift; }
    void advance(std::chrono::milliseconds step) { m_shift += step; }

private:
    SystemClock m_system;
    std::chrono::milliseconds m_shift{0};
};

} // namespace latchkey
