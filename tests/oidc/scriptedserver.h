// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <vector>

namespace latchkey {

/// An HTTP server on the loopback that gives the answers it was told and keeps what it was asked.
class ScriptedServer
{
public:
    struct Request
    {
        QByteArray method{};
        QByteArray path{};
        QHash<QByteArray, QByteArray> headers{}; ///< names in lower case
        QByteArray body{};
    };
    struct Answer
    {
        int status = 200;
        QByteArray contentType = "application/json";
        QByteArray body{};
        QByteArray furtherHeaders{}; ///< whole lines with CRLF
    };

    ScriptedServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { read(socket); });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
    }

    QUrl url(const QString &path = {}) const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_server.serverPort()).arg(path));
    }
    void answer(const QByteArray &path, Answer answer) { m_answers[path] = std::move(answer); }
    std::vector<Request> requestsFor(const QByteArray &path) const
    {
        std::vector<Request> found;
        std::copy_if(m_requests.begin(), m_requests.end(), std::back_inserter(found),
                     [&path](const Request &request) { return request.path == path; });
        return found;
    }

private:
    void read(QTcpSocket *socket)
    {
        QByteArray &bytes = m_pending[socket];
        bytes += socket->readAll();
        const qsizetype end = bytes.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        Request request;
        const QList<QByteArray> lines = bytes.first(end).replace("\r\n", "\n").split('\n');
        const QList<QByteArray> words = lines.first().split(' ');
        request.method = words.value(0);
        request.path = words.value(1);
        for (const QByteArray &line : lines.sliced(1))
            request.headers.insert(line.left(line.indexOf(':')).toLower(),
                                   line.mid(line.indexOf(':') + 1).trimmed());
        const qsizetype size = request.headers.value("content-length").toLongLong();
        if (bytes.size() < end + 4 + size)
            return;
        request.body = bytes.sliced(end + 4, size);
        m_pending.remove(socket);
        m_requests.push_back(request);
        const Answer answer = m_answers.value(request.path, Answer{.status = 404, .body = "{}"});
        socket->write("HTTP/1.1 " + QByteArray::number(answer.status) +
                      " Scripted\r\nContent-Type: " + answer.contentType + "\r\n" + answer.furtherHeaders +
                      "Content-Length: " + QByteArray::number(answer.body.size()) +
                      "\r\nConnection: close\r\n\r\n" + answer.body);
        socket->disconnectFromHost();
    }

    QTcpServer m_server;
    QHash<QTcpSocket *, QByteArray> m_pending;
    QHash<QByteArray, Answer> m_answers;
    std::vector<Request> m_requests;
};

} // namespace latchkey
