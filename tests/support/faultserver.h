// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QSslCertificate>
#include <QSslKey>
#include <QTcpServer>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace latchkey {

/// A whole request as it arrived at a FaultServer.
struct Arrival
{
    QByteArray method{};
    QByteArray target{};
    QHash<QByteArray, QByteArray> headers{}; ///< names in lower case
    QByteArray body{};
};

/// What a FaultServer does after a request: these bytes, as they are, and then that.
struct FaultReply
{
    enum class Then { KeepOpen, Close, Reset };

    QByteArray bytes{};
    Then then = Then::KeepOpen;
    QByteArray drip{}; ///< sent byte by byte behind `bytes`
    std::chrono::milliseconds dripPause{20};
};

/// A raw TCP server on a loopback port of the system's choice that answers anything but good HTTP
/// if asked to, and counts what arrives.
class FaultServer : public QObject
{
    Q_OBJECT

public:
    using Script = std::function<FaultReply(const Arrival &arrival)>;

    explicit FaultServer(Script script, QObject *parent = nullptr);
    /// The same behind TLS.
    FaultServer(Script script, const QSslCertificate &certificate, const QSslKey &key,
                QObject *parent = nullptr);

    QUrl url(const QString &path = QStringLiteral("/")) const; ///< http, or https with `localhost`
    quint16 port() const { return m_server->serverPort(); }
    void setScript(Script script) { m_script = std::move(script); }

    qsizetype arrivals() const { return m_arrivals.size(); }
    const Arrival &arrival(qsizetype index) const { return m_arrivals.at(index); }
    int connections() const { return m_connections; }
    int openConnections() const { return m_openConnections; }

    /// A well-formed answer. `headers` are whole lines with their line ends.
    static FaultReply answer(int status, const QByteArray &body, const QByteArray &headers = {},
                             const QByteArray &contentType = "application/json");
    static FaultReply html(int status);

private:
    void listen();
    void accept();
    void read(QTcpSocket *socket);
    void reply(QTcpSocket *socket, const FaultReply &reply);

    Script m_script;
    bool m_isTls = false;
    QList<Arrival> m_arrivals{};
    QHash<QTcpSocket *, QByteArray> m_received{};
    int m_connections = 0;
    int m_openConnections = 0;
    std::unique_ptr<QTcpServer> m_server; ///< goes first: its sockets still report their end
};

} // namespace latchkey
