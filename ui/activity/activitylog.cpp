// SPDX-License-Identifier: GPL-3.0-or-later
#include "activity/activitylog.h"

namespace latchkey {

ActivityLog::ActivityLog(qsizetype capacity, QObject *parent)
    : QObject(parent)
    , m_capacity(capacity)
{
}

void ActivityLog::append(const Exchange &exchange)
{
    m_exchanges.push_back(exchange);
    emit appended(exchange);
    while (std::ssize(m_exchanges) > m_capacity) {
        const quint64 number = m_exchanges.front().number;
        m_exchanges.pop_front();
        emit dropped(number);
    }
}

void ActivityLog::clear()
{
    m_exchanges.clear();
    emit cleared();
}

} // namespace latchkey
