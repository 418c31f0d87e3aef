// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/countdownchip.h"

#include "style/metrics.h"
#include "style/typography.h"
#include "widgets/ticker.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::CountdownChip)
};

// No-break spaces keep a time on one line.
QString unbroken(QString text)
{
    return text.replace(u' ', QChar::Nbsp);
}

bool isEnding(seconds left, const std::optional<seconds> &lifetime)
{
    const bool long_ = lifetime && *lifetime > hours(1);
    return left < (long_ ? seconds(minutes(10)) : seconds(60));
}

QString roughly(seconds duration)
{
    if (duration < minutes(1))
        return Words::tr("%n s", nullptr, static_cast<int>(duration.count()));
    if (duration < hours(1))
        return Words::tr("%n min", nullptr, static_cast<int>(duration / minutes(1)));
    if (duration < hours(24))
        return Words::tr("%n h", nullptr, static_cast<int>(duration / hours(1)));
    const int days = static_cast<int>(duration / hours(24));
    if (days >= 2 * 365)
        return Words::tr("%n years", nullptr, days / 365);
    return days == 1 ? Words::tr("1 day") : Words::tr("%n days", nullptr, days);
}

} // namespace

QString roughDurationText(seconds duration)
{
    return unbroken(roughly(duration));
}

QString durationText(seconds duration)
{
    const qint64 total = std::max<qint64>(0, duration.count());
    const qint64 h = total / 3600;
    const qint64 min = total % 3600 / 60;
    const qint64 s = total % 60;
    QString text;
    if (h >= 48)
        text = roughly(duration);
    else if (h > 0)
        text = Words::tr("%1 h %2 min").arg(h).arg(min, 2, 10, QChar(u'0'));
    else if (total >= qint64{15} * 60)
        text = Words::tr("%1 min").arg(min);
    else if (min > 0)
        text = Words::tr("%1 min %2 s").arg(min).arg(s, 2, 10, QChar(u'0'));
    else
        text = Words::tr("%1 s").arg(s);
    return unbroken(text);
}

CountdownText countdownText(const Expiry &expiry, Clock::Instant now)
{
    if (!expiry.end)
        return {Words::tr("Expiry not stated"), Tone::Muted};
    if (*expiry.end <= now) {
        const seconds past = std::chrono::duration_cast<seconds>(now - *expiry.end);
        return {Words::tr("Expired %1 ago").arg(roughDurationText(past)), Tone::Muted};
    }
    const seconds left = std::chrono::ceil<seconds>(*expiry.end - now);
    return {Words::tr("%1 left").arg(durationText(left)),
            isEnding(left, expiry.lifetime) ? Tone::Warn : Tone::Ok};
}

CountdownChip::CountdownChip(Ticker &ticker, QWidget *parent)
    : StateBadge(parent)
    , m_ticker(ticker)
{
    connect(&m_ticker, &Ticker::ticked, this, &CountdownChip::showNow);
    showNow();
}

void CountdownChip::setExpiry(const Expiry &expiry)
{
    m_expiry = expiry;
    m_wasRunning = expiry.end && *expiry.end > m_ticker.clock().monotonic();
    showNow();
}

void CountdownChip::showNow()
{
    const Clock::Instant now = m_ticker.clock().monotonic();
    const CountdownText shown = countdownText(m_expiry, now);
    setState(Icon::Clock, shown.text, shown.tone);
    const bool running = m_expiry.end && *m_expiry.end > now;
    if (m_wasRunning && !running)
        emit expired();
    m_wasRunning = running;
}

// What ticks must not move its neighbours: as wide as eights in every place.
QString CountdownChip::widestText() const
{
    QString widest = text();
    if (m_expiry.end && m_wasRunning) {
        for (QChar &c : widest) {
            if (c.isDigit())
                c = u'8';
        }
    }
    return widest;
}

} // namespace latchkey
