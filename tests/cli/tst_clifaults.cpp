// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"
#include "support/faultproxy.h"
#include "support/sandboxprocess.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTemporaryFile>

#include <csignal>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

QString program()
{
    return qEnvironmentVariable("LATCHKEY_BIN") + "/latchkey-cli"_L1;
}

bool isChange(const Arrival &arrival)
{
    return arrival.method != "GET" && arrival.target.contains("/clients");
}

} // namespace

/// The real latchkey-cli where things go wrong.
class TestCliFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void aStallingServerEndsAtTheDeadline();
    void aStatusIsSaidOnce_data();
    void aStatusIsSaidOnce();
    void aFileWithoutCertificatesIsWrongUsage();
    void anInterruptEndsItAtOnce();
    void anInterruptAtThePromptEndsItAtOnce();
    void asksAtATerminalWithoutEcho();
    void neverAsksWithNoInput();
    void anAcceptedGrantThatIsNotStoredIsRefused();
    void aGrantWhoseAnswerIsLostIsProven();
    void aGrantThatCannotBeReadBackIsUnknown();
    void aWorkspaceThatCannotBeWrittenIsSaid();

private:
    CliRun setGrant(FaultProxy::Script script)
    {
        FaultProxy proxy(m_sandbox.url());
        proxy.setScript(std::move(script));
        CliRun done = runCli({u"grants"_s, u"set"_s, u"Invoices API"_s, u"--app"_s, u"backup-agent"_s,
                              u"--scope"_s, u"read:invoices"_s, u"--url"_s, proxy.url().toString(),
                              u"--client-id"_s, m_admin.clientId, u"--json"_s, u"--no-input"_s},
                             {{u"LATCHKEY_CLIENT_SECRET"_s, m_admin.clientSecret}});
        m_changes = std::count_if(proxy.arrived().begin(), proxy.arrived().end(), isChange);
        return done;
    }
    /// Runs it at a terminal of its own, where it may ask.
    static void startAtTerminal(QProcess &process, const QString &words)
    {
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(u"script"_s, {u"-qefc"_s, program() + u' ' + words, u"/dev/null"_s});
    }
    static QString getToken(const SandboxProcess &sandbox, const QString &clientId)
    {
        return u"token get --url %1 --client-id %2"_s.arg(sandbox.url().toString(), clientId);
    }

    SandboxProcess m_sandbox;
    SandboxProcess::Credential m_admin;
    qsizetype m_changes = 0;
};

void TestCliFaults::initTestCase()
{
    QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
    m_admin = m_sandbox.credential(u"grants-admin");
}

void TestCliFaults::aStallingServerEndsAtTheDeadline()
{
    FaultServer server([](const Arrival &) { return FaultReply{}; });
    QElapsedTimer timer;
    timer.start();
    const CliRun done = runCli({u"token"_s, u"get"_s, u"--timeout"_s, u"1"_s, u"--url"_s,
                                server.url(u""_s).toString(), u"--client-id"_s, u"a"_s, u"--json"_s},
                               {{u"LATCHKEY_CLIENT_SECRET"_s, u"secret-1"_s}});
    QVERIFY2(done.code == 3, done.all().constData());
    QCOMPARE(done.json()["error"_L1]["kind"_L1].toString(), u"timeout"_s);
    QVERIFY(timer.elapsed() >= 1000);
    QVERIFY(timer.elapsed() < 10'000);
    QCOMPARE(server.arrivals(), 1); // a request for a token is never repeated
}

void TestCliFaults::aStatusIsSaidOnce_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("of the API") << QByteArray(
        R"({"status":{"error":true,"code":401,"type":"Unauthorized","message":"Not you"}})");
    QTest::newRow("in no dialect") << QByteArray("who are you?");
    QTest::newRow("without a body") << QByteArray();
}

void TestCliFaults::aStatusIsSaidOnce()
{
    QFETCH(QByteArray, body);
    FaultServer server([body](const Arrival &) { return FaultServer::answer(401, body); });
    const CliRun done =
        runCli({u"token"_s, u"get"_s, u"--url"_s, server.url(u""_s).toString(), u"--client-id"_s, u"a"_s},
               {{u"LATCHKEY_CLIENT_SECRET"_s, u"secret-1"_s}});
    QVERIFY(done.code != 0);
    QVERIFY2(done.err.count("401") == 1, done.err.constData());
    QVERIFY2(done.err.count("Not you") == body.count("Not you"), done.err.constData());
}

void TestCliFaults::aFileWithoutCertificatesIsWrongUsage()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("no certificate\n");
    file.close();
    for (const QString &path : {file.fileName(), u"/nonexistent"_s, QDir::tempPath()}) {
        const CliRun done = runCli({u"token"_s, u"get"_s, u"--ca-file"_s, path, u"--url"_s,
                                    m_sandbox.url().toString(), u"--client-id"_s, m_admin.clientId},
                                   {{u"LATCHKEY_CLIENT_SECRET"_s, m_admin.clientSecret}});
        QVERIFY2(done.code == 2, done.all().constData());
        QVERIFY(done.err.contains(path.toUtf8()));
        QVERIFY(done.out.isEmpty());
    }
}

void TestCliFaults::anInterruptEndsItAtOnce()
{
    FaultServer server([](const Arrival &) { return FaultReply{}; });
    QProcess process;
    startCli(process,
             {u"token"_s, u"get"_s, u"--url"_s, server.url(u""_s).toString(), u"--client-id"_s, u"a"_s},
             {{u"LATCHKEY_CLIENT_SECRET"_s, u"secret-1"_s}});
    QTRY_COMPARE(server.arrivals(), 1);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    QVERIFY(process.waitForFinished());
    QVERIFY(timer.elapsed() < 5000);
    QCOMPARE(process.exitStatus(), QProcess::CrashExit); // by the signal, as a shell expects
    QCOMPARE(process.exitCode(), SIGINT);
    QVERIFY(process.readAllStandardOutput().isEmpty());
}

void TestCliFaults::anInterruptAtThePromptEndsItAtOnce()
{
    QProcess process;
    startAtTerminal(process, getToken(m_sandbox, m_admin.clientId));
    QByteArray seen;
    QTRY_VERIFY((seen += process.readAll()).contains("The client secret: "));
    QElapsedTimer timer;
    timer.start();
    process.write("\x03"); // Ctrl+C
    QVERIFY(process.waitForFinished());
    QVERIFY(timer.elapsed() < 5000);
    QCOMPARE(process.exitCode(), 128 + SIGINT);
}

void TestCliFaults::asksAtATerminalWithoutEcho()
{
    QProcess process;
    startAtTerminal(process, getToken(m_sandbox, m_admin.clientId));
    QByteArray seen;
    QTRY_VERIFY((seen += process.readAll()).contains("The client secret: "));
    process.write(m_admin.clientSecret.toUtf8() + '\n');
    QVERIFY(process.waitForFinished());
    seen += process.readAll();
    QVERIFY2(process.exitCode() == 0, seen.constData());
    QVERIFY(!seen.contains(m_admin.clientSecret.toUtf8()));
    QVERIFY(seen.contains("\r\n"));
}

void TestCliFaults::neverAsksWithNoInput()
{
    const QString login =
        u"login password --issuer %1 --app-id a --username jdoe.test"_s.arg(m_sandbox.issuer().toString());
    for (const QString &words : {getToken(m_sandbox, m_admin.clientId), login}) {
        QProcess process;
        startAtTerminal(process, words + u" --no-input"_s);
        QVERIFY(process.waitForFinished());
        const QByteArray seen = process.readAll();
        QVERIFY2(process.exitCode() == 2, seen.constData());
        QVERIFY(!seen.contains("secret: "));
        QVERIFY(seen.contains("is missing. Set LATCHKEY_"));
    }
}

void TestCliFaults::anAcceptedGrantThatIsNotStoredIsRefused()
{
    const CliRun done = setGrant([](const Arrival &arrival, const FaultProxy::Forward &forward) {
        return isChange(arrival) ? FaultServer::answer(200, R"({"id":1})") : forward(arrival);
    });
    QVERIFY2(done.code == 1, done.all().constData());
    QCOMPARE(done.json()["state"_L1].toString(), u"not_stored"_s);
    QVERIFY(!done.json()["changed"_L1].toBool(true));
    QVERIFY(done.err.contains("accepted the change, but"));
    QCOMPARE(m_changes, 1);
}

void TestCliFaults::aGrantThatCannotBeReadBackIsUnknown()
{
    bool isSent = false;
    const CliRun done = setGrant([&isSent](const Arrival &arrival, const FaultProxy::Forward &forward) {
        if (isSent)
            return FaultReply{.then = FaultReply::Then::Reset};
        isSent = isChange(arrival);
        return isSent ? FaultReply{.then = FaultReply::Then::Reset} : forward(arrival);
    });
    QVERIFY2(done.code == 3, done.all().constData());
    QCOMPARE(done.json()["state"_L1].toString(), u"unknown"_s);
    QVERIFY(done.json()["scopes"_L1].isNull());
    QCOMPARE(done.json()["error"_L1]["kind"_L1].toString(), u"outcome_unknown"_s);
    QCOMPARE(m_changes, 1);
}

void TestCliFaults::aGrantWhoseAnswerIsLostIsProven()
{
    const CliRun done = setGrant([](const Arrival &arrival, const FaultProxy::Forward &forward) {
        const FaultReply real = forward(arrival);
        return isChange(arrival) ? FaultReply{.then = FaultReply::Then::Reset} : real;
    });
    QVERIFY2(done.code == 0, done.all().constData());
    QCOMPARE(done.json()["state"_L1].toString(), u"verified"_s);
    QCOMPARE(done.json()["scopes"_L1].toArray(), QJsonArray{u"read:invoices"_s});
    QCOMPARE(m_changes, 1);
    const CliRun removed =
        runCli({u"grants"_s, u"set"_s, u"Invoices API"_s, u"--app"_s, u"backup-agent"_s, u"--remove"_s,
                u"--url"_s, m_sandbox.url().toString(), u"--client-id"_s, m_admin.clientId},
               {{u"LATCHKEY_CLIENT_SECRET"_s, m_admin.clientSecret}});
    QCOMPARE(removed.code, 0);
}

void TestCliFaults::aWorkspaceThatCannotBeWrittenIsSaid()
{
    const QByteArray place = "/proc/latchkey"; // where nobody, root included, can make a folder
    for (const QStringList &words :
         {QStringList{u"tenants"_s, u"list"_s},
          QStringList{u"tenants"_s, u"add"_s, u"acme"_s, u"https://acme.example"_s}}) {
        const CliRun done =
            runCli(words + QStringList{u"--data-dir"_s, QString::fromUtf8(place), u"--json"_s});
        QVERIFY2(done.code == 1, done.all().constData());
        QCOMPARE(done.json()["error"_L1]["kind"_L1].toString(), u"storage"_s);
        QVERIFY(done.err.contains(place));
    }
    // With an address the workspace is not needed.
    const CliRun token = runCli(getToken(m_sandbox, m_admin.clientId).split(u' ') +
                                    QStringList{u"--data-dir"_s, QString::fromUtf8(place)},
                                {{u"LATCHKEY_CLIENT_SECRET"_s, m_admin.clientSecret}});
    QCOMPARE(token.code, 0);
}

QTEST_GUILESS_MAIN(TestCliFaults)
#include "tst_clifaults.moc"
