// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/sandboxprocess.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 30000;

} // namespace

SandboxProcess::SandboxProcess(const QStringList &arguments)
    : m_arguments(QStringList{u"--port"_s, u"0"_s, u"--with-parent"_s, u"--quiet"_s} + arguments)
{
}

SandboxProcess::~SandboxProcess()
{
    if (m_process.state() != QProcess::NotRunning)
        stop();
}

QString SandboxProcess::program()
{
    const QString folder = qEnvironmentVariable("LATCHKEY_BIN", QCoreApplication::applicationDirPath());
    return folder + "/latchkey-sandbox"_L1;
}

bool SandboxProcess::start()
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program(), m_arguments);
    QElapsedTimer timer;
    timer.start();
    while (!m_process.canReadLine()) {
        const int left = kPatience - static_cast<int>(timer.elapsed());
        if (left <= 0 || !m_process.waitForReadyRead(left)) {
            m_problem = u"%1 printed no line: %2"_s.arg(program(), m_process.errorString());
            return false;
        }
    }
    m_line = QJsonDocument::fromJson(m_process.readLine()).object();
    if (m_line.isEmpty())
        m_problem = u"the first line is not a JSON object"_s;
    return !m_line.isEmpty();
}

int SandboxProcess::stop()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(kPatience)) {
        m_process.kill();
        m_process.waitForFinished(kPatience);
        return -1;
    }
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QUrl SandboxProcess::url() const
{
    return QUrl(m_line.value("url"_L1).toString());
}

QUrl SandboxProcess::issuer() const
{
    return QUrl(m_line.value("issuer"_L1).toString());
}

QByteArray SandboxProcess::certificate() const
{
    return m_line.value("certificate"_L1).toString().toLatin1();
}

QJsonObject SandboxProcess::record(QLatin1StringView list, QLatin1StringView member, QStringView value) const
{
    const QJsonArray records = m_line.value(list).toArray();
    for (const QJsonValue entry : records) {
        if (entry.toObject().value(member).toString() == value)
            return entry.toObject();
    }
    return {};
}

SandboxProcess::Credential SandboxProcess::credential(QStringView name) const
{
    const QJsonObject found = record("credentials"_L1, "name"_L1, name);
    return {.id = found.value("id"_L1).toInteger(),
            .name = found.value("name"_L1).toString(),
            .scopeLevel = found.value("scope_level"_L1).toString(),
            .clientId = found.value("client_id"_L1).toString(),
            .clientSecret = found.value("client_secret"_L1).toString(),
            .state = found.value("state"_L1).toString()};
}

SandboxProcess::User SandboxProcess::user(QStringView username) const
{
    const QJsonObject found = record("users"_L1, "username"_L1, username);
    return {.username = found.value("username"_L1).toString(),
            .password = found.value("password"_L1).toString(),
            .state = found.value("state"_L1).toString(),
            .otp = found.value("otp"_L1).toString()};
}

SandboxProcess::App SandboxProcess::app(QStringView name) const
{
    const QJsonObject found = record("apps"_L1, "name"_L1, name);
    return {.id = found.value("app_id"_L1).toInteger(),
            .name = found.value("name"_L1).toString(),
            .clientId = found.value("client_id"_L1).toString(),
            .clientSecret = found.value("client_secret"_L1).toString(),
            .auth = found.value("auth"_L1).toString()};
}

SandboxProcess::Server SandboxProcess::server(QStringView name) const
{
    const QJsonObject found = record("servers"_L1, "name"_L1, name);
    return {.id = found.value("id"_L1).toInteger(),
            .name = found.value("name"_L1).toString(),
            .resourceIdentifier = found.value("resource_identifier"_L1).toString()};
}

} // namespace latchkey
