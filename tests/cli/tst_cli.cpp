// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"
#include "oidc/scriptedserver.h"
#include "support/sandboxprocess.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The real latchkey-cli against the real sandbox.
class TestCli : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void helpsAtEveryLevel();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void getsRevokesAndCountsTokens();
    void listsServersAndApps();
    void setsGrantsAndProvesThem();
    void refusesGrantsThatMeanNothing();
    void namesTheCandidatesOfAnAmbiguousName();
    void logsInAsAService();
    void logsInAsAUser();
    void explainsARefusedLogin();
    void decodesATokenWithoutVerifyingIt();
    void explainsErrors();
    void tellsRefusedFromUnreachable();
    void keepsTenantsInTheWorkspace();
    void leavesTheWorkspaceAloneWithUrl();
    void changesNothingInAReadOnlyTenant();

private:
    using Run = CliRun;

    Run run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return runCli(arguments, m_environment, input);
    }
    /// With a credential of the sandbox that may do everything, and JSON.
    Run api(const QStringList &arguments)
    {
        m_environment = {{u"LATCHKEY_CLIENT_SECRET"_s, m_admin.clientSecret}};
        Run done = run(arguments + QStringList{u"--url"_s, m_sandbox.url().toString(), u"--client-id"_s,
                                               m_admin.clientId, u"--json"_s, u"--no-input"_s});
        if (done.all().contains(m_admin.clientSecret.toUtf8()))
            done.code = -2;
        return done;
    }
    Run login(const QStringList &arguments, const QString &app, const QString &password = {})
    {
        m_environment = {{u"LATCHKEY_APP_SECRET"_s, m_sandbox.app(app).clientSecret},
                         {u"LATCHKEY_PASSWORD"_s, password}};
        Run done = run(QStringList{u"login"_s} + arguments +
                       QStringList{u"--issuer"_s, m_sandbox.issuer().toString(), u"--app-id"_s,
                                   m_sandbox.app(app).clientId, u"--auth"_s, m_sandbox.app(app).auth,
                                   u"--json"_s, u"--no-input"_s});
        for (const QString &secret : {m_sandbox.app(app).clientSecret, password}) {
            if (!secret.isEmpty() && done.all().contains(secret.toUtf8()))
                done.code = -2;
        }
        return done;
    }

    SandboxProcess m_sandbox;
    SandboxProcess::Credential m_admin;
    CliEnvironment m_environment;
};

void TestCli::initTestCase()
{
    QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
    m_admin = m_sandbox.credential(u"grants-admin");
    QVERIFY(!m_admin.clientSecret.isEmpty());
}

void TestCli::helpsAtEveryLevel()
{
    for (const QStringList &words :
         {QStringList{u"--help"_s}, QStringList{u"token"_s, u"--help"_s},
          QStringList{u"token"_s, u"get"_s, u"--help"_s}, QStringList{u"grants"_s, u"set"_s, u"--help"_s},
          QStringList{u"explain"_s, u"--help"_s}}) {
        const Run help = run(words);
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.startsWith("Usage: latchkey-cli"));
        QVERIFY(help.out.contains("--timeout SECONDS"));
        QVERIFY(help.err.isEmpty());
    }
    QVERIFY(!run({u"--help"_s}).out.contains("doctor"));
    const Run version = run({u"--version"_s});
    QCOMPARE(version.code, 0);
    QVERIFY(version.out.startsWith("latchkey-cli "));
    QCOMPARE(run({u"token"_s, u"get"_s, u"--version"_s}).out, version.out);
}

void TestCli::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *line) { QTest::newRow(line) << QString::fromLatin1(line).split(u' '); };
    row("frobnicate");
    row("token");
    row("token frobnicate");
    row("doctor");
    row("token get");
    row("token get --unknown");
    row("token get --url http://127.0.0.1:1");
    row("token get --url http://example.com --client-id a");
    row("token get --url http://127.0.0.1:1 --client-id a --no-input");
    row("token get --url http://127.0.0.1:1 --client-id a --form xml");
    row("token get --client-secret x");
    row("token get --url http://127.0.0.1:1 --tenant a --client-id a");
    row("token get --timeout soon --url http://127.0.0.1:1 --client-id a");
    row("token get --ca-file /nonexistent --url http://127.0.0.1:1 --client-id a");
    row("token get extra");
    row("apps list --scope a");
    row("servers show");
    row("grants set 1 --scope a");
    row("grants set 1 --app a");
    row("grants set 1 --app a --none --remove");
    row("login client-credentials --app-id a");
    row("login client-credentials --issuer https://acme.example/oidc/2");
    row("login client-credentials --issuer https://acme.example/oidc/2 --app-id a --auth none");
    row("login client-credentials --issuer https://acme.example/oidc/2 --app-id a --auth digest");
    row("login password --issuer https://acme.example/oidc/2 --app-id a");
    row("credentials list");
    row("credentials add a --tenant b --client-id c --create");
    row("credentials disable");
    row("credentials disable a b --tenant c");
    row("credentials delete a");
    row("credentials enable a --wait --tenant b");
    row("credentials repair --keep --discard --tenant a");
    row("explain");
    row("explain --status many");
}

void TestCli::refusesWrongUsage()
{
    QFETCH(QStringList, words);
    m_environment = {};
    const Run plain = run(words);
    QCOMPARE(plain.code, 2);
    QVERIFY(plain.out.isEmpty());
    QVERIFY(plain.err.startsWith("latchkey-cli: "));
    const Run json = run(words + QStringList{u"--json"_s});
    QCOMPARE(json.code, 2);
    QCOMPARE(json.json()["schema"_L1].toInt(), 1);
    QCOMPARE(json.json()["error"_L1]["kind"_L1].toString(), u"invalid_input"_s);
}

void TestCli::getsRevokesAndCountsTokens()
{
    const Run got = api({u"token"_s, u"get"_s});
    QCOMPARE(got.code, 0);
    QCOMPARE(got.json()["schema"_L1].toInt(), 1);
    const QString token = got.json()["access_token"_L1].toString();
    QVERIFY(!token.isEmpty());
    QVERIFY(got.json()["expires_in"_L1].toInt() > 0);

    const QStringList plain{u"token"_s,       u"get"_s,        u"--url"_s, m_sandbox.url().toString(),
                            u"--client-id"_s, m_admin.clientId};
    QCOMPARE(run(plain).out, token.toUtf8() + '\n');
    QCOMPARE(run(plain + QStringList{u"--form"_s, u"header"_s}).out,
             "Authorization: Bearer " + token.toUtf8() + '\n');
    QCOMPARE(run(plain + QStringList{u"--form=env"_s}).out, "ONELOGIN_ACCESS_TOKEN=" + token.toUtf8() + '\n');
    m_environment = {};
    QCOMPARE(run(plain + QStringList{u"--secret-stdin"_s}, m_admin.clientSecret.toUtf8() + "\n").out,
             token.toUtf8() + '\n');

    // Pasted no-break spaces and secrets without an end are pointed out, and nothing is sent.
    QCOMPARE(run(plain + QStringList{u"--secret-stdin"_s}, "se\xc2\xa0"_ba + "c\n").code, 2);
    QCOMPARE(run(plain + QStringList{u"--secret-stdin"_s}, QByteArray((1 << 20) + 1, 'S') + '\n').code, 2);
    QCOMPARE(run({u"token"_s, u"get"_s, u"--url"_s, m_sandbox.url().toString(), u"--client-id="_s}).code, 2);

    const Run limit = api({u"token"_s, u"limit"_s});
    QCOMPARE(limit.code, 0);
    QCOMPARE(limit.json()["limit"_L1].toInt(), 5000);
    const Run revoked = api({u"token"_s, u"revoke"_s});
    QCOMPARE(revoked.code, 0);
    QVERIFY(revoked.json()["revoked"_L1].toBool());
    QVERIFY(api({u"token"_s, u"get"_s}).json()["access_token"_L1].toString() != token);
}

void TestCli::listsServersAndApps()
{
    const Run servers = api({u"servers"_s, u"list"_s});
    QCOMPARE(servers.code, 0);
    QVERIFY(servers.json()["servers"_L1].toArray().size() >= 5);
    const Run server = api({u"servers"_s, u"show"_s, u"Invoices API"_s});
    QCOMPARE(server.code, 0);
    QCOMPARE(server.json()["server"_L1]["scopes"_L1].toArray().size(), 8);
    const QString id = QString::number(server.json()["server"_L1]["id"_L1].toInteger());
    QCOMPARE(api({u"servers"_s, u"show"_s, id}).json()["server"_L1]["name"_L1].toString(), u"Invoices API"_s);
    QCOMPARE(api({u"servers"_s, u"show"_s, u"No such API"_s}).code, 1);
    QCOMPARE(api({u"servers"_s, u"show"_s, u"999999999"_s}).json()["error"_L1]["http_status"_L1].toInt(),
             404);

    QVERIFY(api({u"apps"_s, u"list"_s}).json()["apps"_L1].toArray().size() >= 40);
    QCOMPARE(api({u"apps"_s, u"list"_s, u"--name"_s, u"billing"_s}).json()["apps"_L1].toArray().size(), 1);
    const QJsonValue app = api({u"apps"_s, u"show"_s, u"billing-service"_s}).json()["app"_L1];
    QCOMPARE(app["client_id"_L1].toString(), m_sandbox.app(u"billing-service").clientId);
    QCOMPARE(app["auth"_L1].toString(), u"basic"_s);
}

void TestCli::setsGrantsAndProvesThem()
{
    const QStringList set{u"grants"_s, u"set"_s, u"Invoices API"_s, u"--app"_s, u"backup-agent"_s};
    const auto granted = [this] {
        const QJsonArray grants =
            api({u"grants"_s, u"list"_s, u"Invoices API"_s}).json()["grants"_L1].toArray();
        for (const auto &each : grants) {
            if (each["app"_L1].toString() == "backup-agent"_L1)
                return each["scopes"_L1];
        }
        return QJsonValue();
    };
    QVERIFY(granted().isNull());
    const QStringList scopes{u"--scope"_s, u"read:invoices"_s, u"--scope"_s, u"send:invoices"_s};
    const Run added = api(set + scopes);
    QVERIFY2(added.code == 0, added.all().constData());
    QCOMPARE(added.json()["state"_L1].toString(), u"verified"_s);
    QVERIFY(added.json()["changed"_L1].toBool());
    QCOMPARE(granted().toArray(), (QJsonArray{u"read:invoices"_s, u"send:invoices"_s}));
    const Run again = api(set + scopes);
    QCOMPARE(again.code, 0);
    QVERIFY(!again.json()["changed"_L1].toBool());
    QCOMPARE(api(set + QStringList{u"--scope"_s, u"read:invoices"_s}).code, 0);
    QCOMPARE(granted().toArray(), QJsonArray{u"read:invoices"_s});
    QCOMPARE(api(set + QStringList{u"--none"_s}).code, 0);
    QCOMPARE(granted(), QJsonValue(QJsonArray()));
    QCOMPARE(api(set + QStringList{u"--remove"_s}).code, 0);
    QVERIFY(granted().isNull());
    QCOMPARE(api(set + QStringList{u"--remove"_s}).code, 0);
}

void TestCli::refusesGrantsThatMeanNothing()
{
    const Run scope = api({u"grants"_s, u"set"_s, u"Invoices API"_s, u"--app"_s, u"billing-service"_s,
                           u"--scope"_s, u"fly:rockets"_s});
    QCOMPARE(scope.code, 1);
    QVERIFY(scope.json()["error"_L1]["message"_L1].toString().contains("fly:rockets"_L1));
    QCOMPARE(api({u"grants"_s, u"set"_s, u"Invoices API"_s, u"--app"_s, u"no-such-app"_s, u"--none"_s}).code,
             1);
}

void TestCli::namesTheCandidatesOfAnAmbiguousName()
{
    ScriptedServer tenant;
    tenant.answer(
        "/auth/oauth2/v2/token",
        {.body = R"({"access_token":"opaque-1","created_at":"2026-01-02T03:04:05.000Z","expires_in":36000,)"
                 R"("token_type":"bearer","account_id":1})"});
    tenant.answer("/api/2/api_authorizations",
                  {.body = R"([{"id":11,"name":"Orders API"},{"id":12,"name":"Orders API"}])"});
    m_environment = {{u"LATCHKEY_CLIENT_SECRET"_s, u"secret-1"_s}};
    const Run done = run({u"servers"_s, u"show"_s, u"Orders API"_s, u"--json"_s, u"--client-id"_s, u"a"_s,
                          u"--url"_s, tenant.url().toString()});
    QVERIFY2(done.code == 1, done.all().constData());
    const QString message = done.json()["error"_L1]["message"_L1].toString();
    QVERIFY(message.contains("11"_L1) && message.contains("12"_L1));
}

void TestCli::logsInAsAService()
{
    for (const QString &app : {u"billing-service"_s, u"invoice-worker"_s}) {
        const Run done =
            login({u"client-credentials"_s, u"--resource"_s,
                   m_sandbox.server(u"Invoices API").resourceIdentifier, u"--scope"_s, u"read:invoices"_s},
                  app);
        QVERIFY2(done.code == 0, done.all().constData());
        const QJsonObject json = done.json();
        QCOMPARE(json["schema"_L1].toInt(), 1);
        QVERIFY(json["ok"_L1].toBool());
        QCOMPARE(json["status"_L1].toInt(), 200);
        QVERIFY(json["error"_L1].isNull());
        const QJsonValue token = json["tokens"_L1]["access_token"_L1];
        QCOMPARE(token["kind"_L1].toString(), u"jwt"_s);
        QVERIFY(token["expires_in"_L1].toInt() > 0);
        QVERIFY(token["claims"_L1].toObject().contains("iss"_L1));
        QVERIFY(token["value"_L1].isUndefined());
        QCOMPARE(json["scopes"_L1]["requested"_L1].toArray(), QJsonArray{u"read:invoices"_s});
        QCOMPARE(json["scopes"_L1]["granted"_L1].toArray(), QJsonArray{u"read:invoices"_s});
        QCOMPARE(json["scopes"_L1]["in_token"_L1].toArray(), QJsonArray{u"read:invoices"_s});
    }
    const Run shown = login({u"client-credentials"_s, u"--show-tokens"_s}, u"billing-service"_s);
    QVERIFY(shown.json()["tokens"_L1]["access_token"_L1]["value"_L1].toString().startsWith("ey"_L1));
}

void TestCli::logsInAsAUser()
{
    const SandboxProcess::User user = m_sandbox.user(u"app.smoke.test");
    for (const QString &app : {u"portal-web"_s, u"mobile-app"_s}) {
        const Run done = login({u"password"_s, u"--username"_s, user.username}, app, user.password);
        QVERIFY2(done.code == 0, done.all().constData());
        QVERIFY(done.json()["tokens"_L1].toObject().contains("access_token"_L1));
    }
    const SandboxProcess::App app = m_sandbox.app(u"portal-web");
    m_environment = {};
    const Run piped = run({u"login"_s, u"password"_s, u"--url"_s, m_sandbox.url().toString(), u"--app-id"_s,
                           app.clientId, u"--username"_s, user.username, u"--secret-stdin"_s},
                          app.clientSecret.toUtf8() + '\n' + user.password.toUtf8() + '\n');
    QVERIFY2(piped.code == 0, piped.all().constData());
}

void TestCli::explainsARefusedLogin()
{
    const SandboxProcess::User user = m_sandbox.user(u"jdoe.test");
    const Run done = login({u"password"_s, u"--username"_s, user.username}, u"portal-web"_s, user.password);
    QCOMPARE(done.code, 1);
    const QJsonObject json = done.json();
    QVERIFY(!json["ok"_L1].toBool());
    QCOMPARE(json["status"_L1].toInt(), 401);
    QCOMPARE(json["error"_L1].toString(), u"invalid_request"_s);
    QCOMPARE(json["error_description"_L1].toString(), u"MFA is required for this user"_s);
    QCOMPARE(json["explanation"_L1]["title"_L1].toString(), u"MFA is required for this user"_s);
    QVERIFY(!json["explanation"_L1]["causes"_L1].toArray().isEmpty());
    QVERIFY(!json["explanation"_L1]["next"_L1].toArray().isEmpty());
}

void TestCli::decodesATokenWithoutVerifyingIt()
{
    const QByteArray token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJqZG9lLnRlc3QifQ.";
    const Run json = run({u"jwt"_s, u"decode"_s, u"--json"_s}, token + '\n');
    QVERIFY2(json.code == 0, json.all().constData());
    QCOMPARE(json.json()["payload"_L1]["sub"_L1].toString(), u"jdoe.test"_s);
    QCOMPARE(json.json()["verified"_L1], QJsonValue(false));
    QVERIFY(run({u"jwt"_s, u"decode"_s}, token).out.contains("not verified"));
    const Run opaque = run({u"jwt"_s, u"decode"_s, u"--json"_s}, "NWE4Nzg2ZDE\n");
    QCOMPARE(opaque.code, 1);
    QCOMPARE(opaque.json()["kind"_L1].toString(), u"opaque"_s);
    QCOMPARE(run({u"jwt"_s, u"decode"_s}).code, 1);
}

void TestCli::explainsErrors()
{
    const Run known =
        run({u"explain"_s, u"--status"_s, u"401"_s, u"--error"_s, u"invalid_client"_s, u"--json"_s});
    QCOMPARE(known.code, 0);
    QVERIFY(known.json()["known"_L1].toBool());
    QVERIFY(known.json()["causes"_L1].toArray().size() > 1);
    const Run unknown = run({u"explain"_s, u"--description"_s, u"of 2031"_s});
    QCOMPARE(unknown.code, 0);
    QVERIFY(unknown.out.contains("of 2031"));
}

void TestCli::tellsRefusedFromUnreachable()
{
    const QStringList get{u"token"_s, u"get"_s, u"--client-id"_s, m_admin.clientId, u"--json"_s};
    m_environment = {{u"LATCHKEY_CLIENT_SECRET"_s, u"wrong-secret-1"_s}};
    const Run wrong = run(get + QStringList{u"--url"_s, m_sandbox.url().toString()});
    QCOMPARE(wrong.code, 1);
    QCOMPARE(wrong.json()["error"_L1]["kind"_L1].toString(), u"unauthorized"_s);
    QCOMPARE(wrong.json()["error"_L1]["http_status"_L1].toInt(), 401);
    QVERIFY(!wrong.all().contains("wrong-secret-1"));

    const Run refused = run(get + QStringList{u"--url"_s, u"http://127.0.0.1:1"_s});
    QCOMPARE(refused.code, 3);
    QCOMPARE(refused.json()["error"_L1]["kind"_L1].toString(), u"unreachable"_s);

    ScriptedServer portal;
    for (int status : {200, 502}) {
        portal.answer("/auth/oauth2/v2/token",
                      {.status = status, .contentType = "text/html", .body = "<html><b>Welcome</b></html>"});
        const Run html = run(get + QStringList{u"--url"_s, portal.url().toString()});
        QCOMPARE(html.code, 3);
        QVERIFY(!html.all().contains("<b>"));
    }
    const Run login = run({u"login"_s, u"client-credentials"_s, u"--issuer"_s,
                           portal.url(u"/oidc/2"_s).toString(), u"--app-id"_s, u"a"_s, u"--secret-stdin"_s},
                          "secret\n");
    QCOMPARE(login.code, 3);
}

void TestCli::keepsTenantsInTheWorkspace()
{
    QTemporaryDir folder;
    m_environment = {};
    const QStringList where{u"--data-dir"_s, folder.path(), u"--json"_s};
    QCOMPARE(run(QStringList{u"tenants"_s, u"list"_s} + where).json()["tenants"_L1].toArray().size(), 0);
    const QStringList add{u"tenants"_s, u"add"_s,    u"sandbox"_s, m_sandbox.url().toString(),
                          u"--type"_s,  u"sandbox"_s};
    const Run added = run(add + where);
    QVERIFY2(added.code == 0, added.all().constData());
    QCOMPARE(added.json()["tenant"_L1]["issuer"_L1].toString(), m_sandbox.issuer().toString());
    QCOMPARE(run(add + where).code, 1);
    QCOMPARE(run(QStringList{u"tenants"_s, u"show"_s, u"nowhere"_s} + where).code, 1);
    QCOMPARE(run(QStringList{u"tenants"_s, u"show"_s, u"Sandbox"_s} + where).code, 0);

    m_environment = {{u"LATCHKEY_CLIENT_SECRET"_s, m_admin.clientSecret}};
    const Run token = run(
        QStringList{u"token"_s, u"get"_s, u"--tenant"_s, u"sandbox"_s, u"--client-id"_s, m_admin.clientId} +
        where);
    QVERIFY2(token.code == 0, token.all().constData());
    const Run none = run(QStringList{u"credentials"_s, u"list"_s, u"--tenant"_s, u"sandbox"_s} + where);
    QCOMPARE(none.json()["credentials"_L1].toArray().size(), 0);
    const Run noKeychain = run(QStringList{u"credentials"_s, u"add"_s, u"grants-admin"_s, u"--tenant"_s,
                                           u"sandbox"_s, u"--client-id"_s, m_admin.clientId} +
                               where);
    QCOMPARE(noKeychain.code, 4); // the test runs without a session bus
    QCOMPARE(run(QStringList{u"tenants"_s, u"remove"_s, u"sandbox"_s} + where).code, 0);
    QCOMPARE(run(QStringList{u"tenants"_s, u"list"_s} + where).json()["tenants"_L1].toArray().size(), 0);
}

void TestCli::changesNothingInAReadOnlyTenant()
{
    QTemporaryDir folder;
    m_environment = {{u"LATCHKEY_CLIENT_SECRET"_s, m_admin.clientSecret}};
    const QStringList where{u"--data-dir"_s, folder.path(), u"--json"_s};
    const Run added =
        run(QStringList{u"tenants"_s, u"add"_s, u"Sandbox"_s, m_sandbox.url().toString(), u"--read-only"_s} +
            where);
    QVERIFY2(added.code == 0, added.all().constData());
    const QStringList asAdmin =
        QStringList{u"--tenant"_s, u"sandbox"_s, u"--client-id"_s, m_admin.clientId} + where;
    const QStringList list{u"grants"_s, u"list"_s, u"Invoices API"_s};
    const Run before = run(list + asAdmin);
    QVERIFY2(before.code == 0, before.all().constData());
    const Run set = run(QStringList{u"grants"_s, u"set"_s, u"Invoices API"_s, u"--app"_s, u"ci-smoke-tests"_s,
                                    u"--scope"_s, u"read:invoices"_s} +
                        asAdmin);
    QVERIFY2(set.code == 1, set.all().constData());
    QCOMPARE(set.json()["error"_L1]["kind"_L1].toString(), u"read_only"_s);
    QCOMPARE(run(list + asAdmin).out, before.out);
}

void TestCli::leavesTheWorkspaceAloneWithUrl()
{
    QTemporaryDir folder;
    QCOMPARE(api({u"token"_s, u"get"_s, u"--data-dir"_s, folder.path()}).code, 0);
    QVERIFY(QDir(folder.path()).isEmpty());
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
