// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QHash>
#include <QObject>
#include <QTcpServer>

#include <chrono>
#include <optional>

class QTcpSocket;

namespace latchkey {

/// What the browser brought back, RFC 6749 sections 4.1.2 and 4.1.2.1.
struct AuthorizationAnswer
{
    Secret code{};
    QString error{};
    QString errorDescription{};
    std::optional<QString> issuer{}; ///< RFC 9207
};

/// Waits on 127.0.0.1 for the one request by which a browser comes back from a provider: a GET of
/// /callback with the right state. It answers with a page that says to return to Latchkey and stops
/// listening. Everything else is turned away and does not end the wait.
class LoopbackListener : public QObject
{
    Q_OBJECT

public:
    explicit LoopbackListener(const Secret &state, QObject *parent = nullptr);
    ~LoopbackListener() override;

    /// Returns the port; 0 asks for any free one. Error InvalidInput if it is taken.
    Result<quint16> listen(quint16 port);
    bool isListening() const { return m_server.isListening(); }
    /// How many callbacks came that were not the answer to our request.
    int turnedAway() const { return m_turnedAway; }
    /// How long a connection may take to send its request.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

signals:
    /// Once, from the event loop.
    void answered(const latchkey::AuthorizationAnswer &answer);

private:
    struct Reply;

    void accept();
    void read(QTcpSocket *socket);
    Reply replyTo(const QByteArray &head);
    Reply callback(QByteArrayView query);
    void send(QTcpSocket *socket, const Reply &reply);
    void drop(QTcpSocket *socket);
    void dropAll();

    Secret m_state;
    QTcpServer m_server;
    QByteArray m_host{};                       ///< the one value of Host that is ours
    QList<QTcpSocket *> m_sockets{};           ///< the oldest first
    QHash<QTcpSocket *, QByteArray> m_heads{}; ///< what has come so far
    std::optional<AuthorizationAnswer> m_answer{};
    std::chrono::milliseconds m_patience{10'000};
    int m_turnedAway = 0;
};

} // namespace latchkey
