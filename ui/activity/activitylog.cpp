// SPDX-License-Identifier: GPL-3.0-or-later
#include "activity/activitylog.h"

namespace latchkey {

namespace {

qsizetype bytesOf(const Exchange &exchange)
{
    qsizetype characters = exchange.requestBody.size() + exchange.responseBody.size() +
                           exchange.url.toString(QUrl::FullyEncoded).size() + exchange.failure.size();
    for (const QList<ExchangeHeader> &headers : {exchange.requestHeaders, exchange.responseHeaders}) {
        for (const ExchangeHeader &header : headers)
            characters += header.name.size() + header.value.size();
    }
    return characters * qsizetype(sizeof(QChar));
}

} // namespace

ActivityLog::ActivityLog(qsizetype capacity, qsizetype byteCapacity, QObject *parent)
    : QObject(parent)
    , m_capacity(capacity)
    , m_byteCapacity(byteCapacity)
{
}

void ActivityLog::append(const Exchange &exchange)
{
    m_exchanges.push_back(exchange);
    m_bytes += bytesOf(exchange);
    emit appended(exchange);
    while (m_exchanges.size() > 1 && (std::ssize(m_exchanges) > m_capacity || m_bytes > m_byteCapacity)) {
        const Exchange oldest = std::move(m_exchanges.front());
        m_exchanges.pop_front();
        m_bytes -= bytesOf(oldest);
        emit dropped(oldest);
    }
}

void ActivityLog::clear()
{
    m_exchanges.clear();
    m_bytes = 0;
    emit cleared();
}

} // namespace latchkey
