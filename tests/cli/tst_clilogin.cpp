// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"
#include "support/formbrowser.h"
#include "support/sandboxprocess.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The verbs of `login` that need a browser or a token.
class TestCliLogin : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem())); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() { QCOMPARE(m_sandbox.stop(), 0); }
    void logsInWithTheBrowser();
    void saysWhyTheBrowserCameBackWithoutACode();
    void opensTheBrowserOfTheDesktop();
    void givesUpOnTheBrowser();
    void usesTheTokensOfALogin();
    void keepsTokensOutOfArguments();
    void refusesWhatItCannotUse_data();
    void refusesWhatItCannotUse();

private:
    QStringList app(const QString &verb, QStringView name = u"finance-desktop") const
    {
        return {u"login"_s,    verb,
                u"--issuer"_s, m_sandbox.issuer().toString(),
                u"--app-id"_s, m_sandbox.app(name).clientId,
                u"--auth"_s,   m_sandbox.app(name).auth};
    }
    /// Runs until it has printed where to log in, does so, and waits for the end.
    CliRun browse(const QStringList &arguments, const QString &username)
    {
        QProcess process;
        startCli(process, arguments);
        static const QRegularExpression address(u"^http://\\S+$"_s, QRegularExpression::MultilineOption);
        CliRun run;
        const bool isAsked = QTest::qWaitFor(
            [&] {
                run.err += process.readAllStandardError();
                return address.match(QString::fromUtf8(run.err)).hasMatch() ||
                       process.state() == QProcess::NotRunning;
            },
            30'000);
        if (isAsked && process.state() != QProcess::NotRunning) {
            const SandboxProcess::User user = m_sandbox.user(username);
            FormBrowser browser;
            const QUrl url(address.match(QString::fromUtf8(run.err)).captured());
            browser.get(browser.logIn(url, username, user.password, user.otp));
        }
        if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 30'000))
            process.kill();
        run.code = process.exitCode();
        run.out = process.readAllStandardOutput();
        run.err += process.readAllStandardError();
        return run;
    }

    SandboxProcess m_sandbox;
};

void TestCliLogin::logsInWithTheBrowser()
{
    const CliRun run = browse(
        app(u"browser"_s) + QStringList{u"--port"_s, u"0"_s, u"--print-url"_s, u"--json"_s}, u"jdoe.test"_s);
    QVERIFY2(run.code == 0, run.all().constData());
    QCOMPARE(run.json()["schema"_L1].toInt(), 1);
    QVERIFY(run.json()["ok"_L1].toBool());
    QCOMPARE(run.json()["notes"_L1].toArray(), QJsonArray());
    const QJsonObject idToken = run.json()["tokens"_L1]["id_token"_L1].toObject();
    QVERIFY(idToken["claims"_L1].toObject().contains("nonce"_L1));
    QVERIFY(!idToken.contains("value"_L1));
    QVERIFY(run.err.startsWith("Open this address in a browser on this computer:\n"));
}

void TestCliLogin::saysWhyTheBrowserCameBackWithoutACode()
{
    const QStringList arguments = app(u"browser"_s) + QStringList{u"--port"_s, u"0"_s, u"--print-url"_s,
                                                                  u"--scope"_s, u"openid offline_access"_s};
    const CliRun run = browse(arguments, u"app.smoke.test"_s);
    QCOMPARE(run.code, 1);
    QVERIFY2(
        run.out.startsWith(
            "Login refused: invalid_scope some of requested scopes are not whitelisted (with the browser)"),
        run.out.constData());
    const CliRun json = browse(arguments + QStringList{u"--json"_s}, u"app.smoke.test"_s);
    QCOMPARE(json.json()["status"_L1].toInt(-1), 0);
    QCOMPARE(json.json()["error"_L1].toString(), u"invalid_scope"_s);
}

// The desktop's opener is a program; one of ours takes its place on the path.
void TestCliLogin::opensTheBrowserOfTheDesktop()
{
    QTemporaryDir folder;
    QFile opener(folder.filePath(u"xdg-open"_s));
    QVERIFY(opener.open(QIODevice::WriteOnly));
    opener.write("#!/bin/sh\necho \"$1\" > '" + folder.filePath(u"opened"_s).toUtf8() + "'\n");
    opener.close();
    opener.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QProcess process;
    startCli(process, app(u"browser"_s) + QStringList{u"--port"_s, u"0"_s},
             {{u"PATH"_s, folder.path() + u':' + qEnvironmentVariable("PATH")}});
    QFile opened(folder.filePath(u"opened"_s));
    QTRY_VERIFY_WITH_TIMEOUT(opened.exists() && opened.size() > 0, 30'000);
    QVERIFY(opened.open(QIODevice::ReadOnly));
    const QUrl url(QString::fromUtf8(opened.readAll()).trimmed());
    QCOMPARE(parameterOf(url, u"response_type"_s), u"code"_s);
    FormBrowser browser;
    browser.get(browser.logIn(url, u"app.smoke.test"_s, m_sandbox.user(u"app.smoke.test").password));
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 30'000);
    QCOMPARE(process.exitCode(), 0);
}

void TestCliLogin::givesUpOnTheBrowser()
{
    const CliRun run = runCli(app(u"browser"_s) + QStringList{u"--port"_s, u"0"_s, u"--print-url"_s,
                                                              u"--browser-timeout"_s, u"1"_s});
    QCOMPARE(run.code, 3);
    QVERIFY(run.err.contains("Nobody came back from the browser within 1\u00a0s."));
}

void TestCliLogin::usesTheTokensOfALogin()
{
    const CliRun login =
        browse(app(u"browser"_s) + QStringList{u"--port"_s, u"0"_s, u"--print-url"_s, u"--json"_s,
                                               u"--show-tokens"_s, u"--scope"_s, u"openid profile"_s},
               u"app.smoke.test"_s);
    QVERIFY2(login.code == 0, login.all().constData());
    const auto token = [&login](const QString &name) {
        return login.json()["tokens"_L1][name]["value"_L1].toString().toLatin1() + '\n';
    };
    const QStringList issuer{u"--issuer"_s, m_sandbox.issuer().toString(), u"--json"_s};
    const CliRun info = runCli(QStringList{u"login"_s, u"userinfo"_s} + issuer, {}, token(u"access_token"_s));
    QVERIFY2(info.code == 0, info.all().constData());
    QCOMPARE(info.json()["claims"_L1]["preferred_username"_L1].toString(), u"app.smoke.test"_s);
    const CliRun other = runCli(QStringList{u"login"_s, u"userinfo"_s, u"--subject"_s, u"1"_s} + issuer, {},
                                token(u"access_token"_s));
    QCOMPARE(other.code, 3);

    const CliRun active =
        runCli(app(u"introspect"_s) + QStringList{u"--json"_s}, {}, token(u"access_token"_s));
    QVERIFY2(active.code == 0, active.all().constData());
    QVERIFY(active.json()["active"_L1].toBool());
    const CliRun refreshed =
        runCli(app(u"refresh"_s) + QStringList{u"--json"_s}, {}, token(u"refresh_token"_s));
    QVERIFY2(refreshed.code == 0, refreshed.all().constData());
    QVERIFY(refreshed.json()["tokens"_L1].toObject().contains("refresh_token"_L1));
    const CliRun stale = runCli(app(u"refresh"_s) + QStringList{u"--json"_s}, {}, token(u"refresh_token"_s));
    QCOMPARE(stale.code, 1);
    QCOMPARE(stale.json()["error"_L1].toString(), u"invalid_grant"_s);

    const CliRun revoked = runCli(app(u"revoke"_s), {}, token(u"access_token"_s));
    QCOMPARE(revoked.code, 0);
    QCOMPARE(revoked.out, QByteArray("The provider accepted the revocation. It is not active any more.\n"));
    const CliRun gone = runCli(app(u"introspect"_s), {}, token(u"access_token"_s));
    QCOMPARE(gone.code, 1);
    QVERIFY(gone.out.startsWith("The token is not active.\n"));
    const CliRun logout =
        runCli(QStringList{u"login"_s, u"logout"_s, u"--keep-session"_s} + issuer, {}, token(u"id_token"_s));
    QCOMPARE(logout.code, 0);
    QVERIFY(logout.json()["url"_L1].toString().endsWith("&logout=false"_L1));
}

void TestCliLogin::keepsTokensOutOfArguments()
{
    const CliRun run = runCli({u"login"_s, u"userinfo"_s, u"--issuer"_s, m_sandbox.issuer().toString()}, {},
                              "the-token-itself\n");
    QCOMPARE(run.code, 1);
    QVERIFY(run.err.contains("invalid token provided"));
    QVERIFY(!run.commandLine.contains("the-token-itself"));
    QVERIFY(!run.all().contains("the-token-itself"));
}

void TestCliLogin::refusesWhatItCannotUse_data()
{
    QTest::addColumn<QString>("words");
    const auto row = [](const char *words) { QTest::newRow(words) << QString::fromLatin1(words); };
    row("login browser --issuer ISSUER");
    row("login browser --issuer ISSUER --app-id a --auth none --port 65536");
    row("login browser --issuer ISSUER --app-id a --auth none --port x");
    row("login browser --issuer ISSUER --app-id a --auth none --browser-timeout 0");
    row("login browser --issuer ISSUER --app-id a --auth none --port 0 --param state=x");
    row("login browser --issuer ISSUER --app-id a --auth none --port 0 --param id_token_hint=x");
    row("login browser --issuer ISSUER --app-id a --no-input");
    row("login introspect --issuer ISSUER --app-id a --auth none --hint id_token");
    row("login revoke --issuer ISSUER --app-id a --auth none");
    row("login refresh --app-id a --auth none");
    row("login userinfo --issuer ISSUER TOKEN");
    row("login client-credentials --issuer ISSUER --app-id a --port 1");
}

void TestCliLogin::refusesWhatItCannotUse()
{
    QFETCH(QString, words);
    const CliRun run = runCli(words.replace("ISSUER"_L1, m_sandbox.issuer().toString()).split(u' '));
    QVERIFY2(run.code == 2, run.all().constData());
    QVERIFY(!run.err.isEmpty());
}

QTEST_GUILESS_MAIN(TestCliLogin)
#include "tst_clilogin.moc"
