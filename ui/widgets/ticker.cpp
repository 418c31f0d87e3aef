// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/ticker.h"

#include <QMetaMethod>

namespace latchkey {

Ticker::Ticker(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_timer(this)
{
    m_timer.setInterval(std::chrono::seconds(1));
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        emit ticked();
        restIfUnheard();
    });
}

void Ticker::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&Ticker::ticked) && !m_timer.isActive())
        m_timer.start();
}

// At each tick, not in disconnectNotify(): that is called under the lock of the connections, and not at
// all for a listener that is destroyed.
void Ticker::restIfUnheard()
{
    if (!isSignalConnected(QMetaMethod::fromSignal(&Ticker::ticked)))
        m_timer.stop();
}

} // namespace latchkey
