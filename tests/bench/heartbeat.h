// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <time.h>

namespace latchkey {

inline double milliseconds(clockid_t clock)
{
    struct timespec now = {};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// A heartbeat of one millisecond: what lies between two beats is the event loop being busy, or this thread
/// waiting for a core. The time that the thread itself worked tells the two apart.
class Heartbeat : public QObject
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.callOnTimeout(this, &Heartbeat::beat);
        m_timer.start(1);
        m_wall = milliseconds(CLOCK_MONOTONIC);
        m_work = milliseconds(CLOCK_THREAD_CPUTIME_ID);
    }

    double longestGap = 0;
    double longestWork = 0;
    int beats = 0;

private:
    void beat()
    {
        const double wall = milliseconds(CLOCK_MONOTONIC);
        const double work = milliseconds(CLOCK_THREAD_CPUTIME_ID);
        longestGap = std::max(longestGap, wall - m_wall);
        longestWork = std::max(longestWork, work - m_work);
        m_wall = wall;
        m_work = work;
        ++beats;
    }

    QTimer m_timer;
    double m_wall = 0;
    double m_work = 0;
};

/// Runs the event loop as in the window until that is so; false after `patience` milliseconds. Unlike
/// QTest::qWaitFor() it does not sleep where there are no events.
template<typename Predicate>
bool runUntil(const Predicate &isSo, int patience)
{
    const QDeadlineTimer end(patience);
    QEventLoop loop;
    QTimer look;
    look.callOnTimeout(&loop, [&] {
        if (isSo() || end.hasExpired())
            loop.quit();
    });
    look.start(2);
    loop.exec();
    return isSo();
}

/// Prints how long the window stood still; whether it was at most one frame.
inline bool report(const QString &what, const Heartbeat &heart, qint64 took)
{
    constexpr double bar = 16;
    const bool holds = heart.longestWork <= bar;
    QTextStream(stdout) << what << ": " << took << " ms, longest gap of the event loop " << heart.longestGap
                        << " ms, of which this thread worked at most " << heart.longestWork << " ms (at most "
                        << bar << ")" << (holds ? "" : "  MISSED") << Qt::endl;
    return holds;
}

} // namespace latchkey
