// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"

#include <QObject>

#include <deque>

namespace latchkey {

/// The latest exchanges with any tenant, oldest first; the oldest make room for new ones.
class ActivityLog : public QObject
{
    Q_OBJECT

public:
    explicit ActivityLog(qsizetype capacity = 5000, QObject *parent = nullptr);

    void append(const Exchange &exchange);
    void clear();

    const std::deque<Exchange> &exchanges() const { return m_exchanges; }

signals:
    void appended(const latchkey::Exchange &exchange);
    /// The oldest one made room.
    void dropped(quint64 number);
    void cleared();

private:
    const qsizetype m_capacity;
    std::deque<Exchange> m_exchanges;
};

} // namespace latchkey
