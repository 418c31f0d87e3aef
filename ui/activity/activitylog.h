// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"

#include <QObject>

#include <deque>

namespace latchkey {

/// The latest exchanges with any tenant, oldest first; the oldest make room for new ones, by number
/// and by the bytes their texts take. The newest is always kept.
class ActivityLog : public QObject
{
    Q_OBJECT

public:
    explicit ActivityLog(qsizetype capacity = 5000, qsizetype byteCapacity = qsizetype(32) << 20,
                         QObject *parent = nullptr);

    void append(const Exchange &exchange);
    void clear();

    const std::deque<Exchange> &exchanges() const { return m_exchanges; }

signals:
    void appended(const latchkey::Exchange &exchange);
    /// The oldest one made room.
    void dropped(const latchkey::Exchange &exchange);
    void cleared();

private:
    const qsizetype m_capacity;
    const qsizetype m_byteCapacity;
    qsizetype m_bytes = 0;
    std::deque<Exchange> m_exchanges;
};

} // namespace latchkey
