// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loopbacklistener.h"

#include <QCryptographicHash>
#include <QMap>
#include <QTcpSocket>
#include <QTimer>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestHead = 64 << 10; // the cookies of every server on 127.0.0.1 come along
constexpr qsizetype kMostConnections = 16;

constexpr char kStyle[] = "body{margin:15vh auto;max-width:26em;padding:0 1em;"
                          "font:1.1em/1.5 system-ui,sans-serif;color:#222;background:#fff}"
                          "@media(prefers-color-scheme:dark){body{color:#ddd;background:#1e1e1e}}";

QByteArray page(const QString &title, const QString &text)
{
    return u"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>%1</title>"
           "<style>%2</style></head><body><h1>%1</h1><p>%3</p></body></html>\n"_s
               .arg(title.toHtmlEscaped(), QLatin1StringView(kStyle), text.toHtmlEscaped())
               .toUtf8();
}

/// Every header that keeps the page and its address to itself.
QByteArray commonHeaders()
{
    const QByteArray styleHash = QCryptographicHash::hash(kStyle, QCryptographicHash::Sha256).toBase64();
    return "Content-Type: text/html; charset=utf-8\r\n"
           "Cache-Control: no-store\r\n"
           "Referrer-Policy: no-referrer\r\n"
           "X-Content-Type-Options: nosniff\r\n"
           "Content-Security-Policy: default-src 'none'; style-src 'sha256-" +
           styleHash +
           "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"
           "Connection: close\r\n";
}

/// The parameters of a query; none if one of them is there twice (RFC 6749 section 3.1).
std::optional<QMap<QString, QString>> parametersOf(QByteArrayView query)
{
    const auto decoded = [](QByteArray text) {
        return QString::fromUtf8(QByteArray::fromPercentEncoding(text.replace('+', ' ')));
    };
    QMap<QString, QString> parameters;
    for (const QByteArray &pair : query.toByteArray().split('&')) {
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        const QString name = decoded(equals < 0 ? pair : pair.first(equals));
        if (parameters.contains(name))
            return std::nullopt;
        parameters.insert(name, equals < 0 ? QString() : decoded(pair.sliced(equals + 1)));
    }
    return parameters;
}

/// The value of Host, which must be there once.
QByteArray hostOf(const QList<QByteArray> &lines)
{
    QByteArray host;
    int count = 0;
    for (const QByteArray &line : lines) {
        if (line.left(line.indexOf(':')).compare("host", Qt::CaseInsensitive) != 0)
            continue;
        host = line.mid(5).trimmed();
        ++count;
    }
    return count == 1 ? host : QByteArray();
}

} // namespace

struct LoopbackListener::Reply
{
    QByteArray status{};
    QString title{};
    QString text{};
};

LoopbackListener::LoopbackListener(const Secret &state, QObject *parent)
    : QObject(parent)
    , m_state(state)
{
    connect(&m_server, &QTcpServer::newConnection, this, &LoopbackListener::accept);
}

LoopbackListener::~LoopbackListener()
{
    dropAll();
}

Result<quint16> LoopbackListener::listen(quint16 port)
{
    if (!m_server.listen(QHostAddress::LocalHost, port))
        return fail({.kind = ErrorKind::InvalidInput,
                     .message = tr("Port %1 of this computer cannot be used to come back from the browser. "
                                   "Another program may have it: end that, or register another redirect "
                                   "address.")
                                    .arg(port),
                     .detail = m_server.errorString(),
                     .reason = u"port_in_use"_s});
    m_host = "127.0.0.1:" + QByteArray::number(m_server.serverPort());
    return m_server.serverPort();
}

void LoopbackListener::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        if (m_sockets.size() == kMostConnections)
            drop(m_sockets.constFirst());
        m_sockets.append(socket);
        socket->setReadBufferSize(kLongestHead + 1);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] { drop(socket); });
        QTimer::singleShot(m_patience, socket, [this, socket] { drop(socket); });
    }
}

void LoopbackListener::read(QTcpSocket *socket)
{
    if (!m_sockets.contains(socket))
        return;
    QByteArray &head = m_heads[socket];
    head += socket->readAll();
    const qsizetype end = head.indexOf("\r\n\r\n");
    if (end >= 0)
        send(socket, replyTo(head.first(end)));
    else if (head.size() > kLongestHead)
        send(socket, {"431 Request Header Fields Too Large", tr("Not for Latchkey"),
                      tr("The request is too large.")});
}

LoopbackListener::Reply LoopbackListener::replyTo(const QByteArray &head)
{
    QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> words = lines.takeFirst().trimmed().split(' ');
    const QString title = tr("Not for Latchkey");
    if (words.size() != 3 || !words.at(2).startsWith("HTTP/1.") || hostOf(lines) != m_host)
        return {"400 Bad Request", title, tr("This is not a request that Latchkey waits for.")};
    const QByteArray &target = words.at(1);
    const qsizetype mark = target.indexOf('?');
    if ((mark < 0 ? target : target.first(mark)) != "/callback")
        return {"404 Not Found", title, tr("There is nothing here.")};
    if (words.at(0) != "GET")
        return {"405 Method Not Allowed", title, tr("Latchkey waits for the browser to come back with GET.")};
    return callback(mark < 0 ? QByteArrayView() : QByteArrayView(target).sliced(mark + 1));
}

LoopbackListener::Reply LoopbackListener::callback(QByteArrayView query)
{
    const std::optional<QMap<QString, QString>> parameters = parametersOf(query);
    if (!parameters || !(Secret::fromText(parameters->value(u"state"_s)) == m_state)) {
        ++m_turnedAway;
        return {
            "400 Bad Request", tr("Not the login that Latchkey waits for"),
            tr("This answer belongs to another login, or it was sent twice. Latchkey still waits. Close this "
               "page and go on in the page of the login.")};
    }
    m_answer = AuthorizationAnswer{.code = Secret::fromText(parameters->value(u"code"_s)),
                                   .error = parameters->value(u"error"_s),
                                   .errorDescription = parameters->value(u"error_description"_s)};
    if (parameters->contains(u"iss"_s))
        m_answer->issuer = parameters->value(u"iss"_s);
    return {"200 OK", tr("Return to Latchkey"),
            tr("Latchkey has the answer to the login. You can close this page.")};
}

void LoopbackListener::send(QTcpSocket *socket, const Reply &reply)
{
    const QByteArray body = page(reply.title, reply.text);
    socket->write("HTTP/1.1 " + reply.status + "\r\n" + commonHeaders() +
                  "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    // Into the system's hands at once: whoever gets the answer may end the program.
    socket->flush();
    m_sockets.removeOne(socket);
    m_heads.remove(socket);
    socket->disconnect(this);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    socket->disconnectFromHost();
    if (!m_answer || !m_server.isListening())
        return;
    m_server.close();
    dropAll();
    // Not from within a slot of the socket: the listener may be destroyed by who is told.
    QMetaObject::invokeMethod(
        this, [this] { emit answered(*m_answer); }, Qt::QueuedConnection);
}

void LoopbackListener::dropAll()
{
    while (!m_sockets.isEmpty())
        drop(m_sockets.constFirst());
}

void LoopbackListener::drop(QTcpSocket *socket)
{
    m_heads.remove(socket);
    if (!m_sockets.removeOne(socket))
        return;
    socket->abort();
    socket->deleteLater();
}

} // namespace latchkey
