// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"
#include "grants/grantapply.h"
#include "oidc/loginflow.h"
#include "onelogin/apiclient.h"
#include "onelogin/tokensource.h"
#include "support/canary.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QDir>
#include <QNetworkAccessManager>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kKeyrings = u"/keyrings/"_s; // the keychain's own files

/// Everything an activity log, a curl command or an export could be made from.
QByteArray textOf(const Exchange &exchange)
{
    QStringList parts{exchange.askedBy,
                      exchange.method,
                      exchange.url.toString(QUrl::FullyEncoded),
                      exchange.url.toString(QUrl::FullyDecoded),
                      exchange.requestBody,
                      exchange.statusText,
                      exchange.responseBody,
                      exchange.requestId,
                      exchange.failure};
    for (const QList<ExchangeHeader> &headers : {exchange.requestHeaders, exchange.responseHeaders}) {
        for (const ExchangeHeader &header : headers)
            parts.append(header.name + u": "_s + header.value);
    }
    return parts.join(u'\n').toUtf8();
}

} // namespace

/// Runs every job that handles a secret, with all of Qt's own logging on, and then looks for the
/// secrets where they must not be.
class TestSecretLeaks : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void theSearchFindsWhatIsPlanted();
    void noJobOfTheCommandLineLeaks();
    void noRefusedJobOfTheCommandLineLeaks();
    void noExchangeLeaks();

private:
    /// Runs a job and checks what it wrote to standard error and what its command line showed.
    CliRun job(const QString &words, const QByteArray &input = {}, const CliEnvironment &further = {})
    {
        CliEnvironment environment{{u"QT_LOGGING_RULES"_s, u"*=true"_s},
                                   {u"QT_FORCE_STDERR_LOGGING"_s, u"1"_s},
                                   {u"QT_MESSAGE_PATTERN"_s, u"log %{category} %{message}"_s}};
        environment.insert(further);
        CliRun run = runCli(words.split(u' '), environment, input);
        m_errors += run.err;
        m_commandLines += run.commandLine + '\n';
        if (!run.commandLine.contains("latchkey-cli"))
            qWarning("the command line of a run could not be read");
        return run;
    }
    QString leak(const CliRun &run) const { return m_canary.find(run.all() + run.commandLine); }
    void watchTokens(const QJsonValue &tokens)
    {
        for (const char *name : {"access_token", "id_token", "refresh_token"}) {
            const QString value = tokens[QLatin1StringView(name)]["value"_L1].toString();
            if (!value.isEmpty())
                m_canary.watch(QString::fromLatin1(name), value);
        }
    }

    SandboxProcess m_sandbox;
    SandboxProcess::Credential m_admin;
    SandboxProcess::App m_app;
    SandboxProcess::User m_user;
    Canary m_canary;
    QByteArray m_errors;
    QByteArray m_commandLines;
};

void TestSecretLeaks::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
    m_admin = m_sandbox.credential(u"grants-admin");
    m_app = m_sandbox.app(u"portal-web");
    m_user = m_sandbox.user(u"app.smoke.test");
    m_canary.watchPair(u"client secret"_s, m_admin.clientId, m_admin.clientSecret);
    m_canary.watchPair(u"app secret"_s, m_app.clientId, m_app.clientSecret);
    m_canary.watchPair(u"password"_s, m_user.username, m_user.password);
    QVERIFY(QDir::homePath().contains("latchkey-test"_L1)); // never the home of a person
}

void TestSecretLeaks::theSearchFindsWhatIsPlanted()
{
    Canary canary;
    canary.watchPair(u"odd"_s, u"id"_s, u"p\"a+s %ö\\/secret"_s);
    QVERIFY(canary.find("nothing of interest, and pas").isEmpty());
    const QString folder = QDir::homePath() + "/planted/.hidden"_L1;
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(canary.findInFiles(QDir::homePath(), kKeyrings).isEmpty());
    for (const Canary::Form &form : canary.forms()) {
        QFile file(folder + "/file.bin"_L1);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, '\0') + "before" + form.bytes + "after");
        file.close();
        const QStringList found = canary.findInFiles(QDir::homePath(), kKeyrings);
        QVERIFY2(found.size() == 1, qPrintable(form.name));
        QVERIFY(file.remove());
    }
    // In the middle of a longer base64 text, wherever it begins.
    for (const char *around : {"", "a", "ab", "abc", "client:"}) {
        const QByteArray text = around + u"p\"a+s %ö\\/secret"_s.toUtf8() + "behind";
        QVERIFY2(!canary.find(text.toBase64()).isEmpty(), around);
        QVERIFY2(!canary.find(text.toBase64(QByteArray::Base64UrlEncoding)).isEmpty(), around);
    }
    QVERIFY(QDir(QDir::homePath() + "/planted"_L1).removeRecursively());
}

void TestSecretLeaks::noJobOfTheCommandLineLeaks()
{
    const QByteArray secretLine = m_admin.clientSecret.toUtf8() + '\n';
    QList<CliRun> silent; // these print no secret at all
    silent += job(u"tenants add sandbox %1 --type sandbox"_s.arg(m_sandbox.url().toString()));
    silent += job(u"credentials add grants-admin --client-id %1 --secret-stdin --tenant sandbox"_s.arg(
                      m_admin.clientId),
                  secretLine);
    silent += job(u"credentials list --tenant sandbox --json"_s);
    const CliRun token = job(u"token get --tenant sandbox --credential grants-admin --json"_s);
    QCOMPARE(token.code, 0);
    m_canary.watch(u"management token"_s, token.json()["access_token"_L1].toString());
    for (const char *form : {"bare", "header", "env"})
        QCOMPARE(
            job(u"token get --tenant sandbox --credential grants-admin --form "_s + QLatin1StringView(form))
                .code,
            0);
    silent += job(u"servers list --tenant sandbox --credential grants-admin --json"_s);
    const qint64 server = m_sandbox.server(u"Invoices API").id;
    silent += job(
        u"grants set %1 --app backup-agent --scope read:invoices --url %2 --client-id %3"_s.arg(server).arg(
            m_sandbox.url().toString(), m_admin.clientId),
        {}, {{u"LATCHKEY_CLIENT_SECRET"_s, m_admin.clientSecret}});
    silent +=
        job(u"grants set %1 --app backup-agent --remove --tenant sandbox --credential grants-admin"_s.arg(
            server));

    const QString app = u" --url %1 --app-id %2 --json"_s.arg(m_sandbox.url().toString(), m_app.clientId);
    const QString password = u"login password --username "_s + m_user.username + app;
    const CliEnvironment logins{{u"LATCHKEY_APP_SECRET"_s, m_app.clientSecret},
                                {u"LATCHKEY_PASSWORD"_s, m_user.password}};
    for (const QString &auth : {u" --auth basic"_s, u" --auth post"_s}) {
        job(password + auth, {}, logins);
        job(u"login client-credentials"_s + app + auth, {}, logins);
    }
    silent += job(password + u" --auth "_s + m_app.auth, {}, logins);
    silent += job(password + u" --secret-stdin --auth "_s + m_app.auth,
                  m_app.clientSecret.toUtf8() + '\n' + m_user.password.toUtf8() + '\n');
    for (const CliRun &login : {silent.at(silent.size() - 2), silent.last()})
        QVERIFY(!QRegularExpression(u"eyJ[\\w-]+\\.[\\w-]+\\."_s)
                     .match(QString::fromUtf8(login.all()))
                     .hasMatch());
    const CliRun shown =
        job(password + u" --show-tokens --scope openid --scope offline_access --auth "_s + m_app.auth, {},
            logins);
    QCOMPARE(shown.code, 0);
    const QJsonValue tokens = shown.json()["tokens"_L1];
    watchTokens(tokens);
    const QByteArray access = tokens["access_token"_L1]["value"_L1].toString().toLatin1() + '\n';
    const QByteArray refresh = tokens["refresh_token"_L1]["value"_L1].toString().toLatin1() + '\n';
    silent += job(u"login userinfo --json --url "_s + m_sandbox.url().toString(), access);
    silent += job(u"login introspect"_s + app + u" --auth "_s + m_app.auth, access, logins);
    silent += job(u"login refresh"_s + app + u" --auth "_s + m_app.auth, refresh, logins);
    silent += job(u"login revoke"_s + app + u" --auth "_s + m_app.auth, access, logins);
    silent += job(u"token revoke --tenant sandbox --credential grants-admin"_s);

    for (const CliRun &run : std::as_const(silent)) {
        QVERIFY2(run.code == 0, run.err.constData());
        QVERIFY2(leak(run).isEmpty(), qPrintable(leak(run)));
    }
    QVERIFY(m_errors.contains("log qt.")); // Qt's own categories did log
    QCOMPARE(m_canary.find(m_errors), QString());
    QCOMPARE(m_canary.find(m_commandLines), QString());
    QVERIFY(m_commandLines.contains(m_admin.clientId.toUtf8()));
    // The secret lies in the keychain, which is not searched, and nowhere else.
    QVERIFY(!QDir(QDir::homePath() + "/data/keyrings"_L1).entryList({u"*.keyring"_s}).isEmpty());
    QVERIFY(QFile::exists(QDir::homePath() + "/data/latchkey/workspace.sqlite"_L1));
    QCOMPARE(m_canary.findInFiles(QDir::homePath(), kKeyrings), QStringList());
}

void TestSecretLeaks::noRefusedJobOfTheCommandLineLeaks()
{
    // Odd ones, so that each encoding differs from the others.
    const QString secret = u"odd\"sec\\ret+%/&=1"_s;
    const QString password = u"odd \"pässword\\+%/&=2"_s;
    m_canary.watchPair(u"odd secret"_s, m_admin.clientId, secret);
    m_canary.watchPair(u"odd app secret"_s, m_app.clientId, secret);
    m_canary.watchPair(u"odd password"_s, m_user.username, password);
    const CliEnvironment odd{{u"LATCHKEY_CLIENT_SECRET"_s, secret},
                             {u"LATCHKEY_APP_SECRET"_s, secret},
                             {u"LATCHKEY_PASSWORD"_s, password}};
    const CliEnvironment wrongPassword{{u"LATCHKEY_APP_SECRET"_s, m_app.clientSecret},
                                       {u"LATCHKEY_PASSWORD"_s, password}};
    const QString where = u" --url "_s + m_sandbox.url().toString();
    const QString login =
        u"login password --app-id %1 --username %2 --auth "_s.arg(m_app.clientId, m_user.username);
    const QList<CliRun> refused{
        job(u"token get --json --client-id "_s + m_admin.clientId + where, {}, odd),
        job(u"token get --client-id "_s + m_admin.clientId + where, {}, odd),
        job(login + u"basic --json"_s + where, {}, odd),
        job(login + u"post"_s + where, {}, odd),
        job(login + m_app.auth + where, {}, wrongPassword),
        job(u"login client-credentials --app-id "_s + m_app.clientId + where, {}, odd)};
    for (const CliRun &run : refused) {
        QVERIFY2(run.code == 1, run.all().constData());
        QVERIFY2(leak(run).isEmpty(), qPrintable(leak(run)));
    }
    QCOMPARE(m_canary.findInFiles(QDir::homePath(), kKeyrings), QStringList());
}

void TestSecretLeaks::noExchangeLeaks()
{
    const SystemClock clock;
    QNetworkAccessManager network;
    HttpClient http(network, clock);
    QByteArray seen;
    int count = 0;
    connect(&http, &HttpClient::exchanged, this, [&](const Exchange &exchange) {
        seen += textOf(exchange) + '\n';
        ++count;
    });
    const Secret secret = Secret::fromText(m_admin.clientSecret);
    TokenSource tokens(http, clock, m_sandbox.url(), m_admin.clientId, m_admin.name,
                       [secret](const Continuation<Secret> &k) { finishLater<Secret>(k, secret); });
    const auto token = waitFor<ManagementToken>([&](auto k) { tokens.token(k); });
    QVERIFY_OK(token);
    m_canary.watch(u"management token"_s, token->value.revealed());

    ApiClient api(http, tokens, clock, m_sandbox.url(), m_admin.name);
    const AuthServerId server{m_sandbox.server(u"Invoices API").id};
    const auto before =
        waitFor<std::vector<ClientApp>>([&](auto k) { AuthServersApi(api).clientApps(server, k); });
    QVERIFY_OK(before);
    GrantPlan plan(*before);
    QVERIFY(plan.addApp(AppId{m_sandbox.app(u"backup-agent").id}, u"backup-agent"_s));
    GrantApply apply(AuthServersApi(api), server, plan.changes(), clock);
    QSignalSpy applied(&apply, &GrantApply::finished);
    apply.start();
    QTRY_COMPARE_WITH_TIMEOUT(applied.count(), 1, 30'000);
    QCOMPARE(apply.changes().front().state, ApplyState::Verified);

    for (const QString &password : {m_user.password, u"odd \"pässword\\+%/&=2"_s}) {
        LoginFlow flow(http, clock,
                       {.grant = Grant::Password,
                        .issuer = m_sandbox.issuer(),
                        .clientId = m_app.clientId,
                        .clientSecret = Secret::fromText(m_app.clientSecret),
                        .auth = m_app.auth == "post"_L1 ? ClientAuth::Post : ClientAuth::Basic,
                        .username = m_user.username,
                        .password = Secret::fromText(password),
                        .scopes = {u"openid"_s}});
        bool isDone = false;
        connect(&flow, &LoginFlow::finished, this, [&](const Result<LoginOutcome> &result) {
            isDone = true;
            QVERIFY_OK(result);
            QCOMPARE(result->ok, password == m_user.password);
            for (const auto &issued : {result->accessToken, result->idToken, result->refreshToken}) {
                if (issued)
                    m_canary.watch(u"token of a login"_s, issued->value.revealed());
            }
        });
        flow.start();
        QTRY_VERIFY_WITH_TIMEOUT(isDone, 30'000);
    }
    QVERIFY_OK(waitFor([&](auto k) { tokens.revoke(k); }));

    QVERIFY(count >= 8);
    QVERIFY(seen.contains("/auth/oauth2/v2/token") && seen.contains("redacted, "));
    QCOMPARE(m_canary.find(seen), QString());
    QVERIFY(!m_canary.find(seen + token->value.bytes().toByteArray()).isEmpty());
}

QTEST_GUILESS_MAIN(TestSecretLeaks)
#include "tst_secretleaks.moc"
