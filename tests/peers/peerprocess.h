// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

namespace latchkey {

/// A Node.js program of this folder that speaks JSON lines and ends with its standard input.
class PeerProcess
{
public:
    /// False if it cannot run; problem() says why. The first line of a server is line().
    bool start(const QString &script)
    {
        const QString folder = QStringLiteral(LATCHKEY_PEERS);
        const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
        if (node.isEmpty()) {
            m_problem = QStringLiteral("Node.js is missing. Install version 18 or newer.");
        } else if (!QFileInfo::exists(folder + QStringLiteral("/node_modules/oidc-provider"))) {
            m_problem = QStringLiteral("The OpenID provider is missing. Run tests/peers/install.");
        } else {
            m_process.start(node, {folder + u'/' + script});
            if (!m_process.waitForStarted())
                m_problem = m_process.errorString();
            else if (script == QLatin1StringView("server.mjs") && (m_line = receive()).isEmpty())
                m_problem = QString::fromUtf8(m_process.readAllStandardError());
        }
        return m_problem.isEmpty();
    }
    QString problem() const { return m_problem; }
    const QJsonObject &line() const { return m_line; }

    void send(const QJsonObject &message)
    {
        m_process.write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
    }
    /// The next line, empty if none comes.
    QJsonObject receive()
    {
        const bool came = QTest::qWaitFor(
            [this] { return m_process.canReadLine() || m_process.state() == QProcess::NotRunning; }, 30'000);
        return came ? QJsonDocument::fromJson(m_process.readLine()).object() : QJsonObject();
    }
    bool stop()
    {
        m_process.closeWriteChannel();
        return m_process.state() == QProcess::NotRunning || m_process.waitForFinished();
    }

private:
    QProcess m_process{};
    QJsonObject m_line{};
    QString m_problem{};
};

} // namespace latchkey
