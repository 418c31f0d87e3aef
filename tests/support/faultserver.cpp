// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultserver.h"

#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpSocket>
#include <QTimer>

namespace latchkey {

namespace {

/// Takes one whole request off the front of the buffer, if there is one.
bool takeRequest(QByteArray &buffer, Arrival &arrival)
{
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    QList<QByteArray> lines = buffer.first(end).split('\n');
    const QList<QByteArray> first = lines.takeFirst().trimmed().split(' ');
    arrival.method = first.value(0);
    arrival.target = first.value(1);
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        arrival.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
    }
    const qsizetype length = arrival.headers.value("content-length").toLongLong();
    if (buffer.size() < end + 4 + length)
        return false;
    arrival.body = buffer.sliced(end + 4, length);
    buffer.remove(0, end + 4 + length);
    return true;
}

} // namespace

FaultServer::FaultServer(Script script, QObject *parent)
    : QObject(parent)
    , m_script(std::move(script))
    , m_server(std::make_unique<QTcpServer>())
{
    listen();
}

FaultServer::FaultServer(Script script, const QSslCertificate &certificate, const QSslKey &key,
                         QObject *parent)
    : QObject(parent)
    , m_script(std::move(script))
    , m_isTls(true)
{
    auto server = std::make_unique<QSslServer>();
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(certificate);
    configuration.setPrivateKey(key);
    server->setSslConfiguration(configuration);
    m_server = std::move(server);
    listen();
}

void FaultServer::listen()
{
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &FaultServer::accept);
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("no port to listen on");
}

QUrl FaultServer::url(const QString &path) const
{
    QUrl url;
    url.setScheme(m_isTls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(m_isTls ? QStringLiteral("localhost") : QStringLiteral("127.0.0.1"));
    url.setPort(port());
    url.setPath(path);
    return url;
}

void FaultServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        ++m_connections;
        ++m_openConnections;
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            --m_openConnections;
            m_received.remove(socket);
            socket->deleteLater();
        });
        if (socket->bytesAvailable() > 0)
            read(socket);
    }
}

void FaultServer::read(QTcpSocket *socket)
{
    QByteArray &buffer = m_received[socket];
    buffer += socket->readAll();
    Arrival arrival;
    while (takeRequest(buffer, arrival)) {
        m_arrivals.append(arrival);
        const FaultReply answer = m_script(arrival);
        arrival = {};
        reply(socket, answer);
        if (answer.then != FaultReply::Then::KeepOpen)
            return;
    }
}

void FaultServer::reply(QTcpSocket *socket, const FaultReply &reply)
{
    socket->write(reply.bytes);
    if (!reply.drip.isEmpty()) {
        auto *timer = new QTimer(socket);
        timer->callOnTimeout(socket, [socket, timer, left = reply.drip]() mutable {
            socket->write(left.first(1));
            left.remove(0, 1);
            if (left.isEmpty())
                timer->stop();
        });
        timer->start(reply.dripPause);
    }
    if (reply.then == FaultReply::Then::Close)
        socket->disconnectFromHost();
    else if (reply.then == FaultReply::Then::Reset)
        socket->abort();
}

FaultReply FaultServer::answer(int status, const QByteArray &body, const QByteArray &headers,
                               const QByteArray &contentType)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Status\r\n" + headers;
    if (!body.isEmpty())
        bytes += "Content-Type: " + contentType + "\r\n";
    if (status != 204)
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return {.bytes = bytes + "\r\n" + body};
}

FaultReply FaultServer::html(int status)
{
    return answer(status, "<html><head><title>Oops</title></head><body><h1>Bad luck</h1></body></html>", {},
                  "text/html");
}

} // namespace latchkey
