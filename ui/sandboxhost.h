// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "core/secret.h"
#include "net/continuation.h"
#include "sandboxhints.h"

#include <QProcess>
#include <QTimer>
#include <QUrl>

namespace latchkey {

/// An API credential that a fresh sandbox brings along.
struct SandboxCredential
{
    QString name{};
    QString clientId{};
    Secret secret{};
    std::optional<ScopeLevel> level{};
    QString note{};
    CredentialState state = CredentialState::Enabled;
    CredentialProblem problem = CredentialProblem::None;
};

/// What a sandbox says of itself in its first line.
struct SandboxGreeting
{
    QUrl url{};
    std::vector<SandboxCredential> credentials{};
    SandboxHints hints{};
};

/// Reads the first line of latchkey-sandbox. Error NotUnderstood.
Result<SandboxGreeting> readSandboxGreeting(QByteArrayView line);

/// The sandbox tenant as a child process: it ends with this object, and with this program even if
/// that crashes, because its standard input closes.
class SandboxHost : public QObject
{
    Q_OBJECT

public:
    /// `program` is what to run; empty: latchkey-sandbox beside this program, else in PATH.
    explicit SandboxHost(QString program = {}, QObject *parent = nullptr);
    ~SandboxHost() override;

    /// Starts afresh; a running one is ended. Errors Unreachable (not found, ended at once, silent
    /// for 15 s) and NotUnderstood. Destroying the context gives up waiting and ends it.
    void start(Continuation<SandboxGreeting> continuation);
    void stop();

    /// It listens.
    bool isRunning() const { return m_running; }

signals:
    /// isRunning() is another.
    void runningChanged();
    /// It ended by itself; a sentence says how.
    void ended(const QString &sentence);

private:
    void readLine();
    void giveUp(ErrorKind kind, const QString &message, const QString &detail = {});
    void finished(int exitCode, QProcess::ExitStatus status);
    void release();

    const QString m_program;
    QProcess *m_process = nullptr; ///< a child; those that are still ending are children too
    std::optional<Continuation<SandboxGreeting>> m_waiting;
    QMetaObject::Connection m_contextGone;
    QTimer m_deadline;
    bool m_running = false;
};

} // namespace latchkey
