// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "widgets/statebadge.h"

#include <optional>

namespace latchkey {

class Ticker;

/// When something ends, on the monotonic clock.
struct Expiry
{
    std::optional<Clock::Instant> end{};            ///< none: not stated
    std::optional<std::chrono::seconds> lifetime{}; ///< of the whole thing, where it is known
};

struct CountdownText
{
    QString text{};
    Tone tone = Tone::Muted;
};

/// "7 h 42 min left", "14 min 12 s left", "58 s left" in warn, "Expired 3 min ago", "Expiry not stated".
CountdownText countdownText(const Expiry &expiry, Clock::Instant now);
/// "7 h 42 min", "14 min 12 s", "58 s", "3 days": with no-break spaces.
QString durationText(std::chrono::seconds duration);
/// Its largest unit alone: "3 min", "7 h", "2 days".
QString roughDurationText(std::chrono::seconds duration);

/// A badge that counts down with the shared ticker and repaints only when its text changes.
class CountdownChip final : public StateBadge
{
    Q_OBJECT

public:
    explicit CountdownChip(Ticker &ticker, QWidget *parent = nullptr);

    void setExpiry(const Expiry &expiry);

signals:
    void expired();

protected:
    QString widestText() const override;

private:
    void showNow();

    Ticker &m_ticker;
    Expiry m_expiry;
    bool m_wasRunning = false;
};

} // namespace latchkey
