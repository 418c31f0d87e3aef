// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

namespace latchkey {

/// One run of the real latchkey-cli and what it gave.
struct CliRun
{
    int code = -1; ///< -1: it crashed or had to be killed
    QByteArray out{};
    QByteArray err{};
    QByteArray commandLine{}; ///< as everyone on this computer could read it while it ran

    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    QByteArray all() const { return out + err; }
};

using CliEnvironment = QHash<QString, QString>;

inline void startCli(QProcess &process, const QStringList &arguments, const CliEnvironment &further = {})
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto variable = further.begin(); variable != further.end(); ++variable)
        environment.insert(variable.key(), variable.value());
    process.setProcessEnvironment(environment);
    process.start(qEnvironmentVariable("LATCHKEY_BIN") + QStringLiteral("/latchkey-cli"), arguments);
}

inline CliRun runCli(const QStringList &arguments, const CliEnvironment &environment = {},
                     const QByteArray &input = {})
{
    CliRun run;
    QProcess process;
    startCli(process, arguments, environment);
    if (process.waitForStarted()) {
        QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(process.processId()));
        if (commandLine.open(QIODevice::ReadOnly))
            run.commandLine = commandLine.readAll();
    }
    process.write(input);
    process.closeWriteChannel();
    // Not waitForFinished(): some runs talk to a server of this very process.
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 60'000))
        process.kill();
    if (process.exitStatus() == QProcess::NormalExit)
        run.code = process.exitCode();
    run.out = process.readAllStandardOutput();
    run.err = process.readAllStandardError();
    return run;
}

} // namespace latchkey
