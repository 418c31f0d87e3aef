// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandboxhost.h"

#include "core/tenant.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

using namespace std::chrono_literals;

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString findProgram(const QString &program)
{
    if (!program.isEmpty())
        return program;
    const QString name = u"latchkey-sandbox"_s;
    const QString beside = QStandardPaths::findExecutable(name, {QCoreApplication::applicationDirPath()});
    return beside.isEmpty() ? QStandardPaths::findExecutable(name) : beside;
}

SandboxCredential readCredential(JsonReader &reader)
{
    SandboxCredential credential{.name = reader.string("name"_L1),
                                 .clientId = reader.string("client_id"_L1),
                                 .secret = Secret::fromText(reader.string("client_secret"_L1)),
                                 .level = scopeLevelFromName(reader.string("scope_level"_L1)),
                                 .note = reader.string("note"_L1, {})};
    const QString state = reader.string("state"_L1, u"enabled"_s);
    if (state == "disabled"_L1)
        credential.state = CredentialState::Disabled;
    else if (state == "owner_deleted"_L1)
        credential.problem = CredentialProblem::OwnerDeleted;
    return credential;
}

SandboxHints readHints(JsonReader &reader)
{
    SandboxHints hints;
    const auto apps = reader.list("apps"_L1, [](JsonReader &app) {
        return std::pair(app.string("client_id"_L1), Secret::fromText(app.string("client_secret"_L1)));
    });
    for (const auto &[clientId, secret] : apps)
        hints.clientSecrets.insert(clientId, secret);
    hints.users = reader.list("users"_L1, [](JsonReader &user) {
        return SandboxUser{.username = user.string("username"_L1),
                           .password = Secret::fromText(user.string("password"_L1)),
                           .state = user.string("state"_L1)};
    });
    return hints;
}

} // namespace

Result<SandboxGreeting> readSandboxGreeting(QByteArrayView line)
{
    const Result<QJsonValue> json = parseJson(line);
    if (!json)
        return tl::unexpected<Error>(json.error());
    return readJsonObject<SandboxGreeting>(*json, [](JsonReader &reader) {
        SandboxGreeting greeting;
        greeting.url = QUrl(reader.string("url"_L1), QUrl::StrictMode);
        if (!isAllowedUrl(greeting.url))
            reader.reject("url"_L1, u"not a loopback address"_s);
        greeting.credentials = reader.list("credentials"_L1, readCredential);
        greeting.hints = readHints(reader);
        return greeting;
    });
}

SandboxHost::SandboxHost(QString program, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(15s);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { giveUp(ErrorKind::Unreachable, tr("The sandbox did not start within 15 seconds.")); });
}

SandboxHost::~SandboxHost()
{
    stop();
    // The program ends: here and nowhere else the child is waited for, so that none is left behind.
    for (QProcess *process : findChildren<QProcess *>()) {
        process->disconnect();
        if (process->state() != QProcess::NotRunning && !process->waitForFinished(2000)) {
            process->kill();
            process->waitForFinished(2000);
        }
    }
}

void SandboxHost::start(Continuation<SandboxGreeting> continuation)
{
    stop();
    m_waiting = std::move(continuation);
    const QString program = findProgram(m_program);
    if (program.isEmpty()) {
        finishLater<SandboxGreeting>(*std::exchange(m_waiting, std::nullopt),
                                     fail(ErrorKind::Unreachable,
                                          tr("The program latchkey-sandbox was not found."),
                                          tr("It belongs beside the program latchkey.")));
        return;
    }
    m_contextGone = connect(m_waiting->context(), &QObject::destroyed, this, &SandboxHost::stop);
    m_process = new QProcess(this);
    connect(m_process, &QProcess::readyReadStandardOutput, this, &SandboxHost::readLine);
    connect(m_process, &QProcess::finished, this, &SandboxHost::finished);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            giveUp(ErrorKind::Unreachable, tr("The sandbox could not be started."), m_process->errorString());
    });
    // The secrets of command lines may be in our environment; the sandbox has no use for them.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith("LATCHKEY_"_L1) || name.startsWith("ONELOGIN_"_L1))
            environment.remove(name);
    }
    m_process->setProcessEnvironment(environment);
    m_process->setStandardErrorFile(QProcess::nullDevice());
    m_deadline.start();
    m_process->start(program, {u"--port"_s, u"0"_s, u"--with-parent"_s});
}

void SandboxHost::stop()
{
    m_waiting.reset();
    release();
}

void SandboxHost::release()
{
    disconnect(m_contextGone);
    m_deadline.stop();
    if (m_process) {
        // It leaves by itself once its standard input closes; the object follows when it has.
        QProcess *process = std::exchange(m_process, nullptr);
        process->disconnect(this);
        process->closeWriteChannel();
        if (process->state() == QProcess::NotRunning)
            process->deleteLater();
        else
            connect(process, &QProcess::finished, process, &QObject::deleteLater);
    }
    if (std::exchange(m_running, false))
        emit runningChanged();
}

void SandboxHost::giveUp(ErrorKind kind, const QString &message, const QString &detail)
{
    const auto waiting = std::exchange(m_waiting, std::nullopt);
    release();
    if (waiting)
        finishLater<SandboxGreeting>(*waiting, fail(kind, message, detail));
}

void SandboxHost::readLine()
{
    if (!m_waiting || !m_process->canReadLine())
        return;
    QByteArray line = m_process->readLine();
    Result<SandboxGreeting> greeting = readSandboxGreeting(line);
    wipe(line);
    if (!greeting) {
        giveUp(ErrorKind::NotUnderstood, tr("The sandbox started but its greeting was not understood."),
               greeting.error().detail);
        return;
    }
    m_deadline.stop();
    disconnect(m_contextGone);
    m_running = true;
    emit runningChanged();
    if (const auto waiting = std::exchange(m_waiting, std::nullopt))
        (*waiting)(std::move(greeting));
}

void SandboxHost::finished(int exitCode, QProcess::ExitStatus status)
{
    const QString sentence = status == QProcess::CrashExit
                                 ? tr("The sandbox crashed.")
                                 : tr("The sandbox ended with exit code %1.").arg(exitCode);
    if (m_waiting) {
        giveUp(ErrorKind::Unreachable, sentence);
        return;
    }
    release();
    emit ended(sentence);
}

} // namespace latchkey
