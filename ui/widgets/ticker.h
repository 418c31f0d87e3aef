// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"

#include <QTimer>

namespace latchkey {

/// The one coarse timer that all countdowns share. It runs only while one of them listens.
class Ticker final : public QObject
{
    Q_OBJECT

public:
    explicit Ticker(const Clock &clock, QObject *parent = nullptr);

    const Clock &clock() const { return m_clock; }
    void setInterval(std::chrono::milliseconds interval) { m_timer.setInterval(interval); }

signals:
    void ticked();

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    void restIfUnheard();

    const Clock &m_clock;
    QTimer m_timer;
};

} // namespace latchkey
