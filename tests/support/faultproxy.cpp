// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultproxy.h"

#include <QTcpSocket>

namespace latchkey {

namespace {

constexpr int kPatience = 30'000;

/// True when the bytes are a whole answer with a Content-Length.
bool isWhole(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QByteArray head = bytes.first(end).toLower() + "\r\n";
    const qsizetype at = head.indexOf("\r\ncontent-length:");
    if (at < 0)
        return true;
    const qsizetype from = head.indexOf(':', at) + 1;
    const qsizetype length = head.sliced(from, head.indexOf('\r', from) - from).trimmed().toLongLong();
    return bytes.size() >= end + 4 + length;
}

} // namespace

FaultProxy::FaultProxy(const QUrl &upstream)
    : m_upstream(upstream)
    , m_server([this](const Arrival &arrival) { return reply(arrival); })
{
}

void FaultProxy::forget()
{
    m_arrived.clear();
    m_forwarded.clear();
}

FaultReply FaultProxy::reply(const Arrival &arrival)
{
    m_arrived.push_back(arrival);
    if (!m_script)
        return forward(arrival);
    return m_script(arrival, [this](const Arrival &handedOn) { return forward(handedOn); });
}

// Waits for the server, which is another process and answers within milliseconds.
FaultReply FaultProxy::forward(const Arrival &arrival)
{
    m_forwarded.push_back(arrival);
    QByteArray request = arrival.method + ' ' + arrival.target + " HTTP/1.1\r\n";
    QHash<QByteArray, QByteArray> headers = arrival.headers;
    headers.insert("content-length", QByteArray::number(arrival.body.size()));
    for (auto header = headers.cbegin(); header != headers.cend(); ++header)
        request += header.key() + ": " + header.value() + "\r\n";
    QTcpSocket socket;
    socket.connectToHost(m_upstream.host(), static_cast<quint16>(m_upstream.port()));
    if (!socket.waitForConnected(kPatience))
        return {.then = FaultReply::Then::Reset};
    socket.write(request + "\r\n" + arrival.body);
    QByteArray answer;
    while (!isWhole(answer) && socket.waitForReadyRead(kPatience))
        answer += socket.readAll();
    return {.bytes = answer};
}

} // namespace latchkey
