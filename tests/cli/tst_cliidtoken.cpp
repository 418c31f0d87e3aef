// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"
#include "jose/signingkey.h"
#include "oidc/scriptedserver.h"
#include "support/formbrowser.h"

#include <QDateTime>
#include <QJsonArray>
#include <QRegularExpression>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kClient = u"billing-service"_s;

} // namespace

/// What the command line makes of the ID token of a login: a provider whose tokens are made up here.
class TestCliIdToken : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void judgesTheIdToken_data();
    void judgesTheIdToken();
    void judgesTheNonceOfABrowserLogin_data();
    void judgesTheNonceOfABrowserLogin();
    void saysThatTheKeysCannotBeHad();
    void judgesWhatARefreshGives();
    void expectsAFailedCheck();

private:
    /// Claims that pass, and instead of some of them these; null: without it.
    QJsonObject claims(const QJsonObject &instead = {}) const
    {
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        QJsonObject claims{{u"iss"_s, m_server->url().toString()},
                           {u"aud"_s, kClient},
                           {u"sub"_s, u"17"_s},
                           {u"iat"_s, now},
                           {u"exp"_s, now + 600}};
        for (auto it = instead.begin(); it != instead.end(); ++it)
            claims.insert(it.key(), it.value().isNull() ? QJsonValue(QJsonValue::Undefined) : *it);
        return claims;
    }
    void issue(const QByteArray &idToken)
    {
        const QJsonObject answer{{u"access_token"_s, u"the-access-token"_s},
                                 {u"token_type"_s, u"Bearer"_s},
                                 {u"id_token"_s, QString::fromLatin1(idToken)}};
        m_server->answer("/token", {.body = QJsonDocument(answer).toJson()});
    }
    void issue(const QJsonObject &claims) { issue(m_key->sign(claims).value_or(QByteArray())); }
    QStringList login(const QStringList &more) const
    {
        return QStringList{u"login"_s,    more.first(),   u"--issuer"_s, m_server->url().toString(),
                           u"--app-id"_s, kClient,        u"--auth"_s,   u"none"_s,
                           u"--json"_s,   u"--no-input"_s} +
               more.sliced(1);
    }
    CliRun loginOfUser(const QStringList &more = {})
    {
        return runCli(login(QStringList{u"password"_s, u"--username"_s, u"jdoe.test"_s} + more),
                      {{u"LATCHKEY_PASSWORD"_s, u"a-password"_s}});
    }
    static QString result(const CliRun &run, const QString &name)
    {
        const QJsonArray checks = run.json()["tokens"_L1]["id_token"_L1]["checks"_L1].toArray();
        for (const QJsonValue each : checks) {
            if (each["name"_L1].toString() == name)
                return each["result"_L1].toString();
        }
        return {};
    }

    std::unique_ptr<ScriptedServer> m_server;
    Result<SigningKey> m_key = fail(ErrorKind::InvalidInput, {});
};

void TestCliIdToken::initTestCase()
{
    m_key = SigningKey::generate();
    QVERIFY(m_key);
}

void TestCliIdToken::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<ScriptedServer>();
    const QString base = m_server->url().toString();
    m_server->answer("/.well-known/openid-configuration",
                     {.body = QJsonDocument(QJsonObject{{u"issuer"_s, base},
                                                        {u"token_endpoint"_s, base + u"/token"_s},
                                                        {u"authorization_endpoint"_s, base + u"/auth"_s},
                                                        {u"jwks_uri"_s, base + u"/certs"_s}})
                                  .toJson()});
    m_server->answer(
        "/certs", {.body = QJsonDocument(QJsonObject{{u"keys"_s, QJsonArray{m_key->publicJwk()}}}).toJson()});
}

void TestCliIdToken::judgesTheIdToken_data()
{
    QTest::addColumn<QJsonObject>("instead");
    QTest::addColumn<QString>("failed");
    const auto row = [](const char *name, const QJsonObject &instead, const QString &failed) {
        QTest::newRow(name) << instead << failed;
    };
    row("sound", {}, {});
    row("of another issuer", {{u"iss"_s, u"https://acme.example.com"_s}}, u"issuer"_s);
    row("without an audience", {{u"aud"_s, QJsonValue::Null}}, u"audience"_s);
    row("for another client", {{u"aud"_s, u"mallory"_s}}, u"audience"_s);
    row("issued to another", {{u"azp"_s, u"mallory"_s}}, u"authorized_party"_s);
    row("for several, azp missing", {{u"aud"_s, QJsonArray{kClient, u"other"_s}}}, u"authorized_party"_s);
    row("expired", {{u"exp"_s, 1'700'000'000}}, u"expires"_s);
    row("without an end", {{u"exp"_s, QJsonValue::Null}}, u"expires"_s);
    row("not valid yet", {{u"nbf"_s, qint64{4'102'444'800}}}, u"not_before"_s);
    row("issued in the future", {{u"iat"_s, qint64{4'102'444'800}}}, u"issued_at"_s);
    row("about nobody", {{u"sub"_s, QJsonValue::Null}}, u"subject"_s);
    row("about an empty name", {{u"sub"_s, QString()}}, u"subject"_s);
    row("about a number", {{u"sub"_s, 17}}, u"subject"_s);
    row("with another access token", {{u"at_hash"_s, u"AAAA"_s}}, u"at_hash"_s);
}

void TestCliIdToken::judgesTheIdToken()
{
    QFETCH(QJsonObject, instead);
    QFETCH(QString, failed);
    issue(claims(instead));
    const CliRun run = loginOfUser();
    const QJsonObject idToken = run.json()["tokens"_L1]["id_token"_L1].toObject();
    QVERIFY2(run.code == (failed.isEmpty() ? 0 : 1), run.all().constData());
    QCOMPARE(result(run, u"signature"_s), u"pass"_s);
    QCOMPARE(run.json()["ok"_L1].toBool(), failed.isEmpty());
    QCOMPARE(idToken["verified"_L1].toBool(), failed.isEmpty());
    if (failed.isEmpty())
        return;
    QCOMPARE(result(run, failed), u"fail"_s);
    QCOMPARE(run.json()["error"_L1].toString(), "token_"_L1 + failed);
    QCOMPARE(run.json()["explanation"_L1]["id"_L1].toString(), "token_"_L1 + failed);
    QVERIFY(run.json()["error_description"_L1].toString().startsWith(failed + u": "_s));
    QVERIFY(!run.all().contains("the-access-token"));
}

void TestCliIdToken::judgesTheNonceOfABrowserLogin_data()
{
    QTest::addColumn<QString>("nonce");
    QTest::addColumn<int>("code");
    QTest::newRow("ours") << QString() << 0;
    QTest::newRow("of another login") << u"of-another-login"_s << 1;
}

void TestCliIdToken::judgesTheNonceOfABrowserLogin()
{
    QFETCH(QString, nonce);
    QFETCH(int, code);
    QProcess process;
    startCli(process, login({u"browser"_s, u"--port"_s, u"0"_s, u"--print-url"_s}));
    static const QRegularExpression address(u"^http://\\S+$"_s, QRegularExpression::MultilineOption);
    CliRun run;
    QTRY_VERIFY_WITH_TIMEOUT(
        (run.err += process.readAllStandardError(), address.match(QString::fromUtf8(run.err)).hasMatch()),
        30'000);
    const QUrl url(address.match(QString::fromUtf8(run.err)).captured());
    issue(claims({{u"nonce"_s, nonce.isEmpty() ? parameterOf(url, u"nonce"_s) : nonce}}));
    FormBrowser browser;
    browser.get(
        QUrl(parameterOf(url, u"redirect_uri"_s) + u"?code=c-1&state="_s + parameterOf(url, u"state"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 30'000);
    run.out = process.readAllStandardOutput();
    run.err += process.readAllStandardError();
    QVERIFY2(process.exitCode() == code, run.all().constData());
    QCOMPARE(result(run, u"nonce"_s), code == 0 ? u"pass"_s : u"fail"_s);
    QCOMPARE(run.json()["error"_L1].toString(), code == 0 ? QString() : u"token_nonce"_s);
}

void TestCliIdToken::saysThatTheKeysCannotBeHad()
{
    m_server->answer("/certs", {.status = 404, .body = "{}"});
    issue(claims());
    const CliRun run = loginOfUser();
    QVERIFY2(run.code == 0, run.all().constData());
    QCOMPARE(result(run, u"signature"_s), u"not_checked"_s);
    QCOMPARE(result(run, u"audience"_s), u"pass"_s);
    QVERIFY(!run.json()["tokens"_L1]["id_token"_L1]["verified"_L1].toBool(true));
    QVERIFY(run.json()["notes"_L1][0].toString().startsWith(
        u"The signature of the ID token was not checked. The issuer's keys could not be read."_s));
    issue(claims({{u"aud"_s, u"mallory"_s}}));
    QCOMPARE(loginOfUser().code, 1);
}

void TestCliIdToken::judgesWhatARefreshGives()
{
    issue(claims());
    const CliRun sound = runCli(login({u"refresh"_s}), {}, "the-refresh-token\n");
    QVERIFY2(sound.code == 0, sound.all().constData());
    QCOMPARE(result(sound, u"signature"_s), u"pass"_s);
    issue(QByteArray("no-token-at-all"));
    const CliRun opaque = runCli(login({u"refresh"_s}), {}, "the-refresh-token\n");
    QVERIFY2(opaque.code == 1, opaque.all().constData());
    QCOMPARE(opaque.json()["error"_L1].toString(), u"token_signature"_s);
}

void TestCliIdToken::expectsAFailedCheck()
{
    issue(claims({{u"aud"_s, u"mallory"_s}}));
    const CliRun run = loginOfUser({u"--expect"_s, u"token_audience"_s});
    QVERIFY2(run.code == 0, run.all().constData());
    QCOMPARE(run.json()["met_expectation"_L1], QJsonValue(true));
}

QTEST_GUILESS_MAIN(TestCliIdToken)
#include "tst_cliidtoken.moc"
