// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"
#include "support/sandboxprocess.h"
#include "support/secretservice.h"

#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QXmlStreamReader>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kUser = u"app.smoke.test"_s;

} // namespace

/// Profiles, history and suites by the real latchkey-cli, with a real keychain and the sandbox.
class TestCliProfiles : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void keepsAProfileAndRunsItFromTheKeychain();
    void keepsNoSecretUnlessAskedTo();
    void tellsWhatWasExpected_data();
    void tellsWhatWasExpected();
    void comparesWithTheExpectation_data();
    void comparesWithTheExpectation();
    void runsAllAndWritesJUnit();
    void writesJUnitOverNothingUnasked();
    void skipsAUserAfterTheFirstFailure();
    void aTenantThatCannotBeReachedEndsWithThree();
    void namesTheCandidates();
    void refusesUsage_data();
    void refusesUsage();
    void keepsAHistory();
    void forgetsAProfileWithItsSecrets();
    void removesTheSecretsWithTheTenant();
    void saysWhenTheKeychainIsLocked();
    void explainsEverything();

private:
    CliRun run(const QStringList &words, const CliEnvironment &environment = {})
    {
        return runCli(words + QStringList{u"--data-dir"_s, m_folder->path(), u"--json"_s, u"--no-input"_s},
                      environment);
    }
    CliRun service(const QStringList &more, const QString &secret = {})
    {
        const SandboxProcess::App app = m_sandbox.app(u"billing-service");
        return run(QStringList{u"login"_s, u"client-credentials"_s, u"--tenant"_s, u"sandbox"_s,
                               u"--app-id"_s, app.clientId} +
                       more,
                   {{u"LATCHKEY_APP_SECRET"_s, secret.isEmpty() ? app.clientSecret : secret}});
    }
    CliRun user(const QStringList &more, const QString &password = {}, const QString &name = kUser)
    {
        const SandboxProcess::App app = m_sandbox.app(u"portal-web");
        return run(QStringList{u"login"_s, u"password"_s, u"--tenant"_s, u"sandbox"_s, u"--app-id"_s,
                               app.clientId, u"--username"_s, name} +
                       more,
                   {{u"LATCHKEY_APP_SECRET"_s, app.clientSecret},
                    {u"LATCHKEY_PASSWORD"_s, password.isEmpty() ? m_sandbox.user(name).password : password}});
    }
    QJsonArray list(const QString &verb, QLatin1StringView member)
    {
        return run({u"login"_s, verb}).json().value(member).toArray();
    }
    /// Name and result of each.
    static QStringList results(const CliRun &run)
    {
        QStringList results;
        const QJsonArray runs = run.json().value("runs"_L1).toArray();
        for (const QJsonValue each : runs)
            results.append(each["name"_L1].toString() + u' ' + each["result"_L1].toString());
        return results;
    }
    QByteArray workspaceBytes() const
    {
        QByteArray bytes;
        const QDir folder(m_folder->path());
        for (const QString &name : folder.entryList(QDir::Files)) {
            QFile file(folder.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                bytes += file.readAll();
        }
        return bytes;
    }

    SandboxProcess m_sandbox;
    std::unique_ptr<QTemporaryDir> m_folder;
    SecretServiceControl m_service;
};

void TestCliProfiles::initTestCase()
{
    QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
}

void TestCliProfiles::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    const CliRun added =
        run({u"tenants"_s, u"add"_s, u"sandbox"_s, m_sandbox.url().toString(), u"--type"_s, u"sandbox"_s});
    QVERIFY2(added.code == 0, added.all().constData());
}

void TestCliProfiles::keepsAProfileAndRunsItFromTheKeychain()
{
    const CliRun saved = user({u"--save-as"_s, u"Smoke"_s, u"--save-secret"_s, u"--save-password"_s,
                               u"--expect"_s, u"success"_s, u"--scope"_s, u"openid email"_s});
    QVERIFY2(saved.code == 0, saved.all().constData());
    QCOMPARE(saved.json()["met_expectation"_L1].toBool(), true);
    const QJsonObject profile = list(u"profiles"_s, "profiles"_L1).at(0).toObject();
    QCOMPARE(profile["name"_L1].toString(), u"Smoke"_s);
    QCOMPARE(profile["tenant"_L1].toString(), u"sandbox"_s);
    QCOMPARE(profile["flow"_L1].toString(), u"password"_s);
    QCOMPARE(profile["username"_L1].toString(), kUser);
    QCOMPARE(profile["scopes"_L1].toArray(), QJsonArray({u"openid"_s, u"email"_s}));
    QCOMPARE(profile["expect"_L1].toString(), u"success"_s);
    QVERIFY(profile["keeps_secret"_L1].toBool() && profile["keeps_password"_L1].toBool());
    QVERIFY(!profile["keeps_claims"_L1].toBool());
    const CliRun again = run({u"login"_s, u"run"_s, u"smoke"_s}); // no secret in sight, another case
    QVERIFY2(again.code == 0, again.all().constData());
    QCOMPARE(results(again), QStringList{u"Smoke passed"_s});
    QCOMPARE(again.json()["schema"_L1].toInt(), 1);
    QCOMPARE(again.json()["passed"_L1].toInt(), 1);
    const CliRun twice = user({u"--save-as"_s, u"SMOKE"_s});
    QCOMPARE(twice.code, 1);
    QVERIFY(!twice.json().contains("tokens"_L1)); // nothing was run
    const QByteArray bytes = workspaceBytes();
    QVERIFY(bytes.contains("Smoke"));
    QVERIFY(!bytes.contains(m_sandbox.user(kUser).password.toUtf8()));
    QVERIFY(!bytes.contains(m_sandbox.app(u"portal-web").clientSecret.toUtf8()));
    QVERIFY(!again.commandLine.contains(m_sandbox.user(kUser).password.toUtf8()));
}

void TestCliProfiles::keepsNoSecretUnlessAskedTo()
{
    QCOMPARE(user({u"--save-as"_s, u"Smoke"_s}).code, 0);
    const QJsonObject profile = list(u"profiles"_s, "profiles"_L1).at(0).toObject();
    QVERIFY(!profile["keeps_secret"_L1].toBool() && !profile["keeps_password"_L1].toBool());
    QVERIFY(profile["expect"_L1].isNull());
    const CliRun without = run({u"login"_s, u"run"_s, u"Smoke"_s});
    QCOMPARE(without.code, 2);
    QVERIFY(without.err.contains("LATCHKEY_APP_SECRET"));
    const CliEnvironment secrets{{u"LATCHKEY_APP_SECRET"_s, m_sandbox.app(u"portal-web").clientSecret},
                                 {u"LATCHKEY_PASSWORD"_s, m_sandbox.user(kUser).password}};
    QCOMPARE(run({u"login"_s, u"run"_s, u"Smoke"_s}, secrets).code, 0);
    // One secret does not go to two apps.
    QCOMPARE(service({u"--save-as"_s, u"Billing"_s}).code, 0);
    const CliRun both = run({u"login"_s, u"run"_s, u"--all"_s}, secrets);
    QCOMPARE(both.code, 2);
    QVERIFY(both.err.contains("Billing, Smoke"));
}

void TestCliProfiles::tellsWhatWasExpected_data()
{
    QTest::addColumn<QString>("expect");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<int>("code");
    QTest::newRow("success") << u"success"_s << QString() << 0;
    QTest::newRow("no success") << u"success"_s << u"wrong"_s << 1;
    QTest::newRow("the error") << u"invalid_client"_s << u"wrong"_s << 0;
    QTest::newRow("the text") << u":authentication failed"_s << u"wrong"_s << 0;
    QTest::newRow("another error") << u"invalid_scope"_s << u"wrong"_s << 1;
    QTest::newRow("no error") << u"invalid_client"_s << QString() << 1;
    QTest::newRow("nothing to expect") << u":"_s << QString() << 2;
}

void TestCliProfiles::tellsWhatWasExpected()
{
    QFETCH(QString, expect);
    QFETCH(QString, secret);
    QFETCH(int, code);
    const CliRun run = service({u"--expect"_s, expect}, secret);
    QVERIFY2(run.code == code, run.all().constData());
    if (code != 2)
        QCOMPARE(run.json()["met_expectation"_L1].toBool(), code == 0);
    QVERIFY(list(u"profiles"_s, "profiles"_L1).isEmpty());
}

void TestCliProfiles::comparesWithTheExpectation_data()
{
    QTest::addColumn<QString>("expect");
    QTest::addColumn<QString>("result");
    QTest::addColumn<int>("code");
    QTest::newRow("met") << u"invalid_request:MFA"_s << u"passed"_s << 0;
    QTest::newRow("differs") << u"invalid_request:locked"_s << u"failed"_s << 1;
}

void TestCliProfiles::comparesWithTheExpectation()
{
    QFETCH(QString, expect);
    QFETCH(QString, result);
    QFETCH(int, code);
    (void)user({u"--save-as"_s, u"MFA"_s, u"--save-secret"_s, u"--save-password"_s, u"--expect"_s, expect},
               {}, u"jdoe.test"_s);
    const CliRun run = this->run({u"login"_s, u"run"_s, u"MFA"_s});
    QVERIFY2(run.code == code, run.all().constData());
    QCOMPARE(results(run), QStringList{u"MFA "_s + result});
    const QJsonObject json = run.json()["runs"_L1][0].toObject();
    QCOMPARE(json["error"_L1].toString(), u"invalid_request"_s);
    QCOMPARE(json["status"_L1].toInt(), 401);
    QCOMPARE(json["ok"_L1].toBool(true), false);
}

void TestCliProfiles::runsAllAndWritesJUnit()
{
    QCOMPARE(service({u"--save-as"_s, u"Billing"_s, u"--save-secret"_s}).code, 0);
    QCOMPARE(service({u"--save-as"_s, u"Broken"_s, u"--save-secret"_s}, u"wrong"_s).code, 1);
    const QString file = m_folder->filePath(u"junit.xml"_s);
    const CliRun all = run({u"login"_s, u"run"_s, u"--all"_s, u"--junit"_s, file, u"--parallel"_s, u"1"_s});
    QCOMPARE(all.code, 1);
    QCOMPARE(results(all), QStringList({u"Billing passed"_s, u"Broken failed"_s}));
    QVERIFY(all.err.contains("Billing: passed"));
    QFile report(file);
    QVERIFY(report.open(QIODevice::ReadOnly));
    QCOMPARE(report.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const QByteArray bytes = report.readAll();
    QXmlStreamReader xml(bytes);
    QStringList seen;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement)
            seen.append(u"%1 %2"_s.arg(xml.name(), xml.attributes().value(u"name"_s)));
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(seen, QStringList({u"testsuites latchkey login run"_s, u"testsuite sandbox"_s,
                                u"testcase Billing"_s, u"testcase Broken"_s, u"failure "_s}));
    QVERIFY(!bytes.contains(m_sandbox.app(u"billing-service").clientSecret.toUtf8()));
    const CliRun nowhere =
        run({u"login"_s, u"run"_s, u"--all"_s, u"--junit"_s, m_folder->filePath(u"none/junit.xml"_s)});
    QCOMPARE(nowhere.code, 1);
    QVERIFY(!nowhere.err.contains("Billing")); // told before anything was run
}

void TestCliProfiles::writesJUnitOverNothingUnasked()
{
    QCOMPARE(service({u"--save-as"_s, u"Billing"_s, u"--save-secret"_s}).code, 0);
    QFile mine(m_folder->filePath(u"mine.txt"_s));
    QVERIFY(mine.open(QIODevice::ReadWrite) && mine.write("mine") == 4 && mine.flush());
    const QFile::Permissions mode =
        QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser | QFile::ReadOther;
    QVERIFY(mine.setPermissions(mode));
    const QString link = m_folder->filePath(u"link.xml"_s);
    const QString dangling = m_folder->filePath(u"dangling.xml"_s);
    QVERIFY(mine.link(link) && QFile::link(m_folder->filePath(u"absent"_s), dangling));
    const QStringList words{u"login"_s, u"run"_s, u"--all"_s, u"--junit"_s};
    QCOMPARE(run(words + QStringList{mine.fileName()}).code, 2);
    QCOMPARE(run(words + QStringList{link}).code, 2);
    for (const QString &path : {link, dangling}) {
        const CliRun refused = run(words + QStringList{path, u"--force"_s});
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("It is a link."), refused.err.constData());
        QVERIFY(!refused.err.contains("Billing"));
    }
    QVERIFY(!QFile::exists(m_folder->filePath(u"absent"_s)));
    QVERIFY(mine.seek(0));
    QCOMPARE(mine.readAll(), "mine");
    QCOMPARE(QFile::permissions(mine.fileName()), mode);
    QCOMPARE(run(words + QStringList{mine.fileName(), u"--force"_s}).code, 0);
    QFile report(mine.fileName());
    QVERIFY(report.open(QIODevice::ReadOnly));
    QVERIFY(report.readAll().startsWith("<?xml"));
    QCOMPARE(run({u"login"_s, u"run"_s, u"--all"_s, u"--force"_s}).code, 2);
}

void TestCliProfiles::skipsAUserAfterTheFirstFailure()
{
    const QStringList keep{u"--save-secret"_s, u"--save-password"_s};
    (void)user(QStringList{u"--save-as"_s, u"A"_s} + keep, u"wrong"_s);
    (void)user(QStringList{u"--save-as"_s, u"B"_s} + keep);
    const CliRun all = run({u"login"_s, u"run"_s, u"--all"_s});
    QCOMPARE(all.code, 1);
    QCOMPARE(results(all), QStringList({u"A failed"_s, u"B skipped"_s}));
    QVERIFY(all.json()["runs"_L1][1]["reason"_L1].toString().contains("lock-out"_L1));
    const CliRun on = run({u"login"_s, u"run"_s, u"--all"_s, u"--keep-going"_s});
    QCOMPARE(on.code, 1);
    QCOMPARE(results(on), QStringList({u"A failed"_s, u"B passed"_s}));
}

void TestCliProfiles::aTenantThatCannotBeReachedEndsWithThree()
{
    QCOMPARE(service({u"--save-as"_s, u"Away"_s, u"--save-secret"_s, u"--issuer"_s,
                      u"http://127.0.0.1:1/oidc/2"_s})
                 .code,
             3); // the profile is kept before it is run
    const CliRun run = this->run({u"login"_s, u"run"_s, u"Away"_s});
    QCOMPARE(run.code, 3);
    QCOMPARE(results(run), QStringList{u"Away error"_s});
    QCOMPARE(run.json()["runs"_L1][0]["failure"_L1]["kind"_L1].toString(), u"unreachable"_s);
    // What differs outweighs what could not be found out.
    (void)service({u"--save-as"_s, u"Broken"_s, u"--save-secret"_s}, u"wrong"_s);
    QCOMPARE(this->run({u"login"_s, u"run"_s, u"--all"_s}).code, 1);
}

void TestCliProfiles::namesTheCandidates()
{
    QCOMPARE(service({u"--save-as"_s, u"Billing"_s, u"--save-secret"_s}).code, 0);
    for (const QString &verb : {u"run"_s, u"forget"_s}) {
        const CliRun unknown = run({u"login"_s, verb, u"Biling"_s});
        QCOMPARE(unknown.code, 2);
        QVERIFY2(unknown.err.contains("Billing (sandbox)"), unknown.err.constData());
    }
    QCOMPARE(run({u"tenants"_s, u"add"_s, u"other"_s, m_sandbox.url().toString()}).code, 0);
    const CliRun elsewhere = run({u"login"_s, u"run"_s, u"Billing"_s, u"--tenant"_s, u"other"_s});
    QCOMPARE(elsewhere.code, 2);
    const CliRun none = run({u"login"_s, u"run"_s, u"--all"_s, u"--tenant"_s, u"other"_s});
    QCOMPARE(none.code, 1);
    QCOMPARE(none.json()["error"_L1]["kind"_L1].toString(), u"not_found"_s);
}

void TestCliProfiles::refusesUsage_data()
{
    QTest::addColumn<QString>("words");
    for (const char *words :
         {"login run", "login run A --all", "login run --all --parallel 0", "login run --all --parallel many",
          "login run --all --url http://127.0.0.1:1", "login history --limit 0", "login history --limit x",
          "login forget", "login client-credentials --url http://127.0.0.1:1 --app-id a --save-as A",
          "login client-credentials --url http://127.0.0.1:1 --app-id a --save-secret",
          "login client-credentials --tenant sandbox --app-id a --save-as A --save-password",
          "explain --all --status 401"})
        QTest::newRow(words) << QString::fromLatin1(words);
}

void TestCliProfiles::refusesUsage()
{
    QFETCH(QString, words);
    const CliRun refused = run(words.split(u' '), {{u"LATCHKEY_APP_SECRET"_s, u"x"_s}});
    QVERIFY2(refused.code == 2, refused.all().constData());
    QCOMPARE(refused.json()["error"_L1]["kind"_L1].toString(), u"invalid_input"_s);
}

void TestCliProfiles::keepsAHistory()
{
    QCOMPARE(service({u"--save-as"_s, u"Billing"_s, u"--save-secret"_s, u"--save-claims"_s}).code, 0);
    QCOMPARE(service({}, u"wrong"_s).code, 1);
    QCOMPARE(run({u"login"_s, u"run"_s, u"Billing"_s}).code, 0);
    const QJsonArray runs = list(u"history"_s, "runs"_L1);
    QCOMPARE(runs.size(), 3);
    QCOMPARE(runs[0]["name"_L1].toString(), u"Billing"_s);
    QVERIFY(runs[0]["ok"_L1].toBool());
    QVERIFY(runs[0]["tokens"_L1]["access_token"_L1]["claims"_L1].isObject());
    QVERIFY(runs[0]["met_expectation"_L1].isNull());
    QCOMPARE(runs[1]["name"_L1].toString(), m_sandbox.app(u"billing-service").clientId);
    QCOMPARE(runs[1]["error"_L1].toString(), u"invalid_client"_s);
    QVERIFY(runs[1]["request_id"_L1].isString());
    QCOMPARE(run({u"login"_s, u"history"_s, u"--limit"_s, u"1"_s}).json()["runs"_L1].toArray().size(), 1);
    // With --url nothing is written.
    const SandboxProcess::App app = m_sandbox.app(u"billing-service");
    QCOMPARE(run({u"login"_s, u"client-credentials"_s, u"--url"_s, m_sandbox.url().toString(), u"--app-id"_s,
                  app.clientId},
                 {{u"LATCHKEY_APP_SECRET"_s, app.clientSecret}})
                 .code,
             0);
    QCOMPARE(list(u"history"_s, "runs"_L1).size(), 3);
    QVERIFY(!workspaceBytes().contains(app.clientSecret.toUtf8()));
}

void TestCliProfiles::forgetsAProfileWithItsSecrets()
{
    QCOMPARE(service({u"--save-as"_s, u"Billing"_s, u"--save-secret"_s}).code, 0);
    const CliRun forgotten = run({u"login"_s, u"forget"_s, u"Billing"_s});
    QVERIFY2(forgotten.code == 0, forgotten.all().constData());
    QVERIFY(list(u"profiles"_s, "profiles"_L1).isEmpty());
    QCOMPARE(list(u"history"_s, "runs"_L1).size(), 1);
    const CliRun repair = run({u"credentials"_s, u"repair"_s, u"--tenant"_s, u"sandbox"_s});
    QVERIFY2(repair.code == 0, repair.all().constData()); // nothing is left over
}

void TestCliProfiles::removesTheSecretsWithTheTenant()
{
    QCOMPARE(service({u"--save-as"_s, u"Billing"_s, u"--save-secret"_s}).code, 0);
    QVERIFY(m_service.lock());
    const CliRun locked = run({u"tenants"_s, u"remove"_s, u"sandbox"_s});
    QCOMPARE(locked.code, 4);
    QVERIFY(m_service.unlock());
    const CliRun removed = run({u"tenants"_s, u"remove"_s, u"sandbox"_s});
    QVERIFY2(removed.code == 0, removed.all().constData());
    QVERIFY(list(u"profiles"_s, "profiles"_L1).isEmpty());
}

void TestCliProfiles::saysWhenTheKeychainIsLocked()
{
    QCOMPARE(service({u"--save-as"_s, u"Billing"_s, u"--save-secret"_s}).code, 0);
    QVERIFY(m_service.lock());
    const CliRun locked = run({u"login"_s, u"run"_s, u"--all"_s});
    QVERIFY(m_service.unlock());
    QVERIFY2(locked.code == 4, locked.all().constData());
    QCOMPARE(results(locked), QStringList{u"Billing error"_s});
}

void TestCliProfiles::explainsEverything()
{
    const CliRun all = run({u"explain"_s, u"--all"_s});
    QCOMPARE(all.code, 0);
    const QJsonArray explanations = all.json()["explanations"_L1].toArray();
    QVERIFY(explanations.size() > 100);
    for (const QJsonValue each : explanations) {
        QVERIFY(!each["id"_L1].toString().isEmpty());
        QVERIFY(each["link"_L1].isObject());
    }
    const CliRun one = run({u"explain"_s, u"--error"_s, u"certificate_expired"_s});
    QCOMPARE(one.json()["id"_L1].toString(), u"certificate_expired"_s);
}

QTEST_GUILESS_MAIN(TestCliProfiles)
#include "tst_cliprofiles.moc"
