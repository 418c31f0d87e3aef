// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QUrl>

namespace latchkey {

/// A latchkey-sandbox of the test's own, on a free port; it ends with this object, and by itself
/// when the test crashes.
class SandboxProcess
{
public:
    struct Credential
    {
        qint64 id = 0;
        QString name{};
        QString scopeLevel{};
        QString clientId{};
        QString clientSecret{};
        QString state{};
    };
    struct User
    {
        QString username{};
        QString password{};
        QString state{};
        QString otp{}; ///< of the second factor; empty: none is needed
    };
    struct App
    {
        qint64 id = 0;
        QString name{};
        QString clientId{};
        QString clientSecret{};
        QString auth{};
    };
    struct Server
    {
        qint64 id = 0;
        QString name{};
        QString resourceIdentifier{};
    };

    /// `arguments` come on top of --port 0 --with-parent --quiet.
    explicit SandboxProcess(const QStringList &arguments = {});
    ~SandboxProcess();
    SandboxProcess(const SandboxProcess &) = delete;
    SandboxProcess &operator=(const SandboxProcess &) = delete;

    /// The executable under test.
    static QString program();

    /// False when it did not print its line within 30 seconds; problem() says why.
    bool start();
    QString problem() const { return m_problem; }
    /// Closes its standard input and waits; the exit code, or -1 when it had to be killed or crashed.
    int stop();

    QUrl url() const;
    QUrl issuer() const;
    /// PEM; empty without --tls.
    QByteArray certificate() const;
    /// What was printed, as it is.
    QJsonObject line() const { return m_line; }

    // Empty where the line has no such record.
    Credential credential(QStringView name) const;
    User user(QStringView username) const;
    App app(QStringView name) const;
    Server server(QStringView name) const;

private:
    QJsonObject record(QLatin1StringView list, QLatin1StringView member, QStringView value) const;

    QProcess m_process{};
    QStringList m_arguments;
    QJsonObject m_line{};
    QString m_problem{};
};

} // namespace latchkey
