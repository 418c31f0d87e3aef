// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"
#include "core/base64url.h"
#include "jose/signingkey.h"
#include "jose/vectors.h"
#include "oidc/scriptedserver.h"
#include "support/sandboxprocess.h"

#include <QJsonArray>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>

#include <sys/stat.h>

using namespace latchkey;
using namespace latchkey::vectors;
using namespace Qt::StringLiterals;

/// `latchkey-cli jwt verify`, the real one.
class TestCliJwt : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void verifiesPublishedTokens_data();
    void verifiesPublishedTokens();
    void printsEveryCheckInOrder();
    void endsWithOneIfAnythingFails_data();
    void endsWithOneIfAnythingFails();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void saysWhatIsNoJws_data();
    void saysWhatIsNoJws();
    void verifiesWithTheClientSecret();
    void refusesSoundlySignedNonsense_data();
    void refusesSoundlySignedNonsense();
    void verifiesTokensOfTheSandbox();
    void refusesATokenOfAnotherIssuer();
    void judgesByTheServersClock();
    void tellsUnreachableKeysFromBadTokens_data();
    void tellsUnreachableKeysFromBadTokens();
    void warnsOfKeysItCannotUse();
    void printsATable();
    void noKeySetWritesLinesOfItsOwn();
    void refusesAPipeAsAFile();

private:
    static QStringList verify(const QStringList &arguments)
    {
        return QStringList{u"jwt"_s, u"verify"_s, u"--json"_s} + arguments;
    }
    static QString result(const CliRun &run, const QString &name)
    {
        for (const QJsonValue each : run.json()["checks"_L1].toArray()) {
            if (each["name"_L1].toString() == name)
                return each["result"_L1].toString();
        }
        return {};
    }
    QString file(const QByteArray &keys)
    {
        QFile file(m_folder.filePath(u"keys-%1.json"_s.arg(++m_files)));
        return file.open(QIODevice::WriteOnly) && file.write("{\"keys\":[" + keys + "]}") > 0
                   ? file.fileName()
                   : QString();
    }
    QByteArray ownToken(const QJsonObject &claims) const
    {
        return m_key->sign(claims).value_or(QByteArray());
    }
    QByteArray ownKey() const { return QJsonDocument(m_key->publicJwk()).toJson(); }

    QTemporaryDir m_folder;
    int m_files = 0;
    Result<SigningKey> m_key = fail(ErrorKind::InvalidInput, {});
    SandboxProcess m_sandbox;
};

void TestCliJwt::initTestCase()
{
    m_key = SigningKey::generate();
    QVERIFY(m_key);
    QVERIFY(m_folder.isValid());
    QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
}

void TestCliJwt::verifiesPublishedTokens_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QStringList>("arguments");
    const QByteArray bilbo = QByteArray(kRfc7520RsaKey) + ',' + kRfc7520EcKey;
    QTest::newRow("RFC 7520 4.1") << QByteArray(kRfc7520Rs256Token) << bilbo << QStringList();
    QTest::newRow("RFC 7520 4.2") << QByteArray(kRfc7520Ps384Token) << bilbo << QStringList();
    QTest::newRow("RFC 7520 4.3") << QByteArray(kRfc7520Es512Token) << bilbo << QStringList();
    const QStringList joe{u"--issuer"_s, u"joe"_s, u"--at"_s, u"2011-03-22T18:42:59.5Z"_s};
    QTest::newRow("RFC 7515 A.2") << QByteArray(kRfc7515A2Token) << QByteArray(kRfc7515A2Key) << joe;
    QTest::newRow("RFC 7515 A.3") << QByteArray(kRfc7515A3Token) << QByteArray(kRfc7515A3Key) << joe;
    QTest::newRow("another zone") << QByteArray(kRfc7515A3Token) << QByteArray(kRfc7515A3Key)
                                  << QStringList{u"--at"_s, u"2011-03-22t20:42:59+02:00"_s, u"--skew"_s,
                                                 u"0"_s};
    QTest::newRow("RFC 7515 A.4") << QByteArray(kRfc7515A4Token) << QByteArray(kRfc7515A4Key)
                                  << QStringList();
    QTest::newRow("PS512, allowed") << QByteArray(kPs512Token) << QByteArray(kRsaKey)
                                    << QStringList{u"--alg"_s, u"RS256"_s, u"--alg"_s, u"PS512"_s};
}

void TestCliJwt::verifiesPublishedTokens()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, key);
    QFETCH(QStringList, arguments);
    const CliRun run = runCli(verify(QStringList{u"--jwks"_s, file(key)} + arguments), {}, token + '\n');
    QVERIFY2(run.code == 0, run.all().constData());
    QCOMPARE(run.json()["verified"_L1], QJsonValue(true));
    QCOMPARE(run.json()["schema"_L1].toInt(), 1);
    QCOMPARE(result(run, u"signature"_s), u"pass"_s);
}

void TestCliJwt::printsEveryCheckInOrder()
{
    const CliRun run = runCli(verify({u"--jwks"_s, file(kRfc7515A2Key)}), {}, kRfc7515A2Token);
    QStringList names;
    for (const QJsonValue each : run.json()["checks"_L1].toArray()) {
        names.append(each["name"_L1].toString());
        QVERIFY(!each["reason"_L1].toString().isEmpty());
        QVERIFY((QStringList{u"pass"_s, u"fail"_s, u"not_checked"_s}).contains(each["result"_L1].toString()));
    }
    QCOMPARE(names,
             QStringList({u"signature"_s, u"algorithm"_s, u"key"_s, u"issuer"_s, u"audience"_s, u"expires"_s,
                          u"not_before"_s, u"issued_at"_s, u"nonce"_s, u"at_hash"_s, u"authorized_party"_s}));
}

void TestCliJwt::endsWithOneIfAnythingFails_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("failed");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, const QByteArray &token, const QByteArray &keys,
                        const QStringList &arguments, const QString &failed,
                        const QString &result = u"fail"_s) {
        QTest::newRow(name) << token << keys << arguments << failed << result;
    };
    const QJsonObject claims{{u"iss"_s, u"https://acme.example.com/oidc/2"_s},
                             {u"aud"_s, u"me"_s},
                             {u"exp"_s, qint64{4'102'444'800}},
                             {u"iat"_s, qint64{1'700'000'000}}};
    const QByteArray good = ownToken(claims);
    const QByteArray key = ownKey();
    row("expired", kRfc7515A2Token, kRfc7515A2Key, {}, u"expires"_s);
    row("expired by a second", kRfc7515A2Token, kRfc7515A2Key,
        {u"--at"_s, u"2011-03-22T18:43:01Z"_s, u"--skew"_s, u"1"_s}, u"expires"_s);
    row("another issuer", good, key, {u"--issuer"_s, u"https://acme.example.com/oidc/2/"_s}, u"issuer"_s);
    row("another audience", good, key, {u"--audience"_s, u"you"_s}, u"audience"_s);
    row("another nonce", good, key, {u"--nonce"_s, u"n"_s}, u"nonce"_s);
    row("not yet issued", good, key, {u"--at"_s, u"2020-01-01T00:00:00Z"_s}, u"issued_at"_s);
    row("algorithm not allowed", good, key, {u"--alg"_s, u"PS256"_s}, u"algorithm"_s);
    row("another key", good, kRsaKey, {}, u"key"_s);
    row("no key at all", good, "", {}, u"key"_s);
    row("changed", good.left(good.lastIndexOf('.')) + '.' + toBase64Url(QByteArray(256, 'x')), key, {},
        u"signature"_s);
    row("unsigned", kRfc7515A5Token, kRsaKey, {}, u"algorithm"_s);
    row("1024 bits", kRs256TokenOf1024Bits, kRsa1024Key, {}, u"key"_s);
    row("padded", good + '=', key, {}, u"signature"_s);
    row("header twice", toBase64Url(R"({"alg":"RS256","alg":"RS256"})") + good.mid(good.indexOf('.')), key,
        {}, u"signature"_s);
    row("no keys given", good, {}, {}, u"signature"_s, u"not_checked"_s);
}

void TestCliJwt::endsWithOneIfAnythingFails()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, keys);
    QFETCH(QStringList, arguments);
    QFETCH(QString, failed);
    QFETCH(QString, result);
    if (!keys.isNull())
        arguments += {u"--jwks"_s, file(keys)};
    const CliRun run = runCli(verify(arguments), {}, token);
    QVERIFY2(run.code == 1, run.all().constData());
    QCOMPARE(run.json()["verified"_L1], QJsonValue(false));
    QCOMPARE(TestCliJwt::result(run, failed), result);
}

void TestCliJwt::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("two sources") << QStringList{u"--jwks"_s, u"a"_s, u"--discover"_s, u"https://a.example"_s};
    QTest::newRow("no such file") << QStringList{u"--jwks"_s, u"/nonexistent/keys.json"_s};
    QTest::newRow("no secret") << QStringList{u"--client-secret-env"_s};
    QTest::newRow("http elsewhere") << QStringList{u"--discover"_s, u"http://a.example"_s};
    QTest::newRow("no address") << QStringList{u"--discover"_s, u"a b"_s};
    QTest::newRow("empty issuer") << QStringList{u"--issuer"_s, QString()};
    QTest::newRow("empty audience") << QStringList{u"--audience"_s, QString()};
    QTest::newRow("empty nonce") << QStringList{u"--nonce"_s, QString()};
    QTest::newRow("time without zone") << QStringList{u"--at"_s, u"2026-11-22T07:15:00"_s};
    QTest::newRow("no time") << QStringList{u"--at"_s, u"now"_s};
    QTest::newRow("no day") << QStringList{u"--at"_s, u"2026-02-30T07:15:00Z"_s};
    QTest::newRow("negative skew") << QStringList{u"--skew"_s, u"-1"_s};
    QTest::newRow("an hour of skew") << QStringList{u"--skew"_s, u"3600"_s};
    QTest::newRow("unsigned") << QStringList{u"--alg"_s, u"none"_s};
    QTest::newRow("EdDSA") << QStringList{u"--alg"_s, u"EdDSA"_s};
    QTest::newRow("lower case") << QStringList{u"--alg"_s, u"rs256"_s};
    QTest::newRow("argument") << QStringList{QString::fromLatin1(kRs256Token)};
}

void TestCliJwt::refusesWrongUsage()
{
    QFETCH(QStringList, arguments);
    const CliRun run = runCli(verify(arguments), {{u"LATCHKEY_APP_SECRET"_s, QString()}}, kRs256Token);
    QVERIFY2(run.code == 2, run.all().constData());
    QVERIFY(!run.json()["error"_L1]["message"_L1].toString().isEmpty());
}

void TestCliJwt::saysWhatIsNoJws_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("signature");
    const QByteArray jwe = toBase64Url(R"({"alg":"dir","enc":"A128GCM"})") + "..aXY.Y2lwaGVy.dGFn";
    QTest::newRow("encrypted") << jwe << u"encrypted"_s << u"not_checked"_s;
    QTest::newRow("opaque") << QByteArray("NWE4Nzg2ZDE") << u"opaque"_s << u"not_checked"_s;
    QTest::newRow("empty") << QByteArray() << u"opaque"_s << u"not_checked"_s;
    QTest::newRow("dots") << QByteArray("..") << u"opaque"_s << u"fail"_s;
    QTest::newRow("NUL") << QByteArray(10, '\0') << u"opaque"_s << u"not_checked"_s;
    QTest::newRow("5 MiB") << QByteArray(5 << 20, 'a') << u"opaque"_s << u"not_checked"_s;
    QTest::newRow("deep") << toBase64Url("{\"a\":" + QByteArray(20'000, '[') + QByteArray(20'000, ']') +
                                         '}') +
                                 ".e30.AA"
                          << u"opaque"_s << u"fail"_s;
}

void TestCliJwt::saysWhatIsNoJws()
{
    QFETCH(QByteArray, token);
    QFETCH(QString, kind);
    QFETCH(QString, signature);
    const CliRun run = runCli(verify({u"--jwks"_s, file(kRsaKey)}), {}, token);
    QVERIFY2(run.code == 1, run.all().constData());
    QCOMPARE(run.json()["kind"_L1].toString(), kind);
    QCOMPARE(run.json()["verified"_L1], QJsonValue(false));
    QCOMPARE(result(run, u"signature"_s), signature);
    QCOMPARE(run.json()["error"_L1]["kind"_L1].toString(), u"invalid_input"_s);
}

void TestCliJwt::verifiesWithTheClientSecret()
{
    const QByteArray secret = QByteArray("a-secret-made-for-this-test.").repeated(2);
    const QByteArray input = toBase64Url(R"({"alg":"HS256"})") + '.' + toBase64Url(R"({"sub":"17"})");
    const QByteArray token =
        input + '.' +
        toBase64Url(QMessageAuthenticationCode::hash(input, secret, QCryptographicHash::Sha256));
    const QStringList arguments = verify({u"--client-secret-env"_s});
    const CliRun run = runCli(arguments, {{u"LATCHKEY_APP_SECRET"_s, QString::fromLatin1(secret)}}, token);
    QVERIFY2(run.code == 0, run.all().constData());
    const CliRun other =
        runCli(arguments, {{u"LATCHKEY_APP_SECRET"_s, QString::fromLatin1(secret) + u'x'}}, token);
    QCOMPARE(other.code, 1);
    QCOMPARE(result(other, u"signature"_s), u"fail"_s);
    const CliRun shortSecret = runCli(arguments, {{u"LATCHKEY_APP_SECRET"_s, u"short-secret"_s}}, token);
    QCOMPARE(shortSecret.code, 1);
    QCOMPARE(result(shortSecret, u"key"_s), u"fail"_s);
    for (const CliRun &each : {run, other, shortSecret})
        QVERIFY(!each.all().contains(secret) && !each.all().contains("short-secret"));
    QCOMPARE(runCli(verify({u"--jwks"_s, file(kRsaKey), u"--alg"_s, u"HS256"_s}), {}, token).code, 1);
}

void TestCliJwt::refusesSoundlySignedNonsense_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("code");
    QTest::newRow("claims") << QByteArray(R"({"sub":"17"})") << 0;
    QTest::newRow("no claims") << QByteArray("Payload") << 0;
    QTest::newRow("a claim twice") << QByteArray(R"({"exp":4102444800,"exp":1})") << 1;
    QTest::newRow("cut off") << QByteArray(R"( {"exp":4102444800)") << 1;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF{\"exp\":1}") << 1;
    QTest::newRow("deep") << "{\"a\":" + QByteArray(20'000, '[') + QByteArray(20'000, ']') + '}' << 1;
}

void TestCliJwt::refusesSoundlySignedNonsense()
{
    QFETCH(QByteArray, payload);
    QFETCH(int, code);
    const QByteArray secret(32, 's');
    const QByteArray input = toBase64Url(R"({"alg":"HS256"})") + '.' + toBase64Url(payload);
    const QByteArray token =
        input + '.' +
        toBase64Url(QMessageAuthenticationCode::hash(input, secret, QCryptographicHash::Sha256));
    const CliRun run = runCli(verify({u"--client-secret-env"_s}),
                              {{u"LATCHKEY_APP_SECRET"_s, QString::fromLatin1(secret)}}, token);
    QVERIFY2(run.code == code, run.all().constData());
    QCOMPARE(result(run, u"signature"_s), u"pass"_s);
}

void TestCliJwt::verifiesTokensOfTheSandbox()
{
    const SandboxProcess::App app = m_sandbox.app(u"billing-service");
    const QString issuer = m_sandbox.url().toString() + "/oidc/2"_L1;
    const CliRun login = runCli({u"login"_s, u"client-credentials"_s, u"--issuer"_s, issuer, u"--app-id"_s,
                                 app.clientId, u"--json"_s, u"--show-tokens"_s, u"--auth"_s, app.auth},
                                {{u"LATCHKEY_APP_SECRET"_s, app.clientSecret}});
    QVERIFY2(login.code == 0, login.all().constData());
    const QByteArray token = login.json()["tokens"_L1]["access_token"_L1]["value"_L1].toString().toLatin1();
    for (const QString &url : {issuer, issuer + "/.well-known/openid-configuration"_L1}) {
        const CliRun run = runCli(verify({u"--discover"_s, url}), {}, token);
        QVERIFY2(run.code == 0, run.all().constData());
        QCOMPARE(result(run, u"issuer"_s), u"pass"_s);
    }
    const CliRun other =
        runCli(verify({u"--discover"_s, issuer, u"--issuer"_s, u"https://acme.example.com"_s}), {}, token);
    QCOMPARE(other.code, 1);
    QCOMPARE(result(other, u"issuer"_s), u"fail"_s);
    const CliRun changed = runCli(verify({u"--discover"_s, issuer}), {}, ownToken({{u"iss"_s, issuer}}));
    QCOMPARE(changed.code, 1);
    QCOMPARE(result(changed, u"key"_s), u"fail"_s);
}

void TestCliJwt::refusesATokenOfAnotherIssuer()
{
    ScriptedServer server;
    const QString issuer = server.url(u"/oidc/2"_s).toString();
    server.answer("/oidc/2/.well-known/openid-configuration",
                  {.body = QJsonDocument(QJsonObject{{u"issuer"_s, issuer},
                                                     {u"token_endpoint"_s, issuer + "/token"_L1},
                                                     {u"jwks_uri"_s, issuer + "/certs"_L1}})
                               .toJson()});
    server.answer("/oidc/2/certs", {.body = "{\"keys\":[" + ownKey() + "]}"});
    const CliRun own = runCli(verify({u"--discover"_s, issuer}), {}, ownToken({{u"iss"_s, issuer}}));
    QVERIFY2(own.code == 0, own.all().constData());
    for (const QJsonObject &claims :
         {QJsonObject{{u"iss"_s, u"https://acme.example.com"_s}}, QJsonObject()}) {
        const CliRun run = runCli(verify({u"--discover"_s, issuer}), {}, ownToken(claims));
        QCOMPARE(run.code, 1);
        QCOMPARE(result(run, u"signature"_s), u"pass"_s);
        QCOMPARE(result(run, u"issuer"_s), u"fail"_s);
    }
}

void TestCliJwt::judgesByTheServersClock()
{
    ScriptedServer server;
    const QString issuer = server.url(u"/oidc/2"_s).toString();
    server.answer("/oidc/2/.well-known/openid-configuration",
                  {.body = QJsonDocument(QJsonObject{{u"issuer"_s, issuer},
                                                     {u"token_endpoint"_s, issuer + "/token"_L1},
                                                     {u"jwks_uri"_s, issuer + "/certs"_L1}})
                               .toJson()});
    server.answer("/oidc/2/certs", {.body = "{\"keys\":[" + ownKey() + "]}",
                                    .furtherHeaders = "Date: Fri, 02 Jan 2015 03:04:05 GMT\r\n"});
    const qint64 then = QDateTime(QDate(2015, 1, 2), QTime(3, 4, 5), Qt::UTC).toSecsSinceEpoch();
    const QByteArray token = ownToken({{u"iss"_s, issuer}, {u"iat"_s, then - 10}, {u"exp"_s, then + 600}});
    const CliRun run = runCli(verify({u"--discover"_s, issuer}), {}, token);
    QVERIFY2(run.code == 0, run.all().constData());
    QVERIFY(run.out.contains("ahead of the server's"));
    const CliRun now = runCli(
        verify({u"--discover"_s, issuer, u"--at"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)}),
        {}, token);
    QCOMPARE(now.code, 1);
    QCOMPARE(result(now, u"expires"_s), u"fail"_s);
}

void TestCliJwt::tellsUnreachableKeysFromBadTokens_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("not found") << 404 << QByteArray("{}");
    QTest::newRow("in the API's words") << 404 << QByteArray(R"({"error":"invalid_request"})");
    QTest::newRow("web page") << 200 << QByteArray("<html></html>");
    QTest::newRow("no set") << 200 << QByteArray("[]");
    QTest::newRow("failure") << 500 << QByteArray("{}");
}

void TestCliJwt::tellsUnreachableKeysFromBadTokens()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    ScriptedServer server;
    const QString issuer = server.url(u"/oidc/2"_s).toString();
    const CliRun undiscovered = runCli(verify({u"--discover"_s, issuer}), {}, kRs256Token);
    QVERIFY2(undiscovered.code == 3, undiscovered.all().constData());
    server.answer("/oidc/2/.well-known/openid-configuration",
                  {.body = QJsonDocument(QJsonObject{{u"issuer"_s, issuer},
                                                     {u"token_endpoint"_s, issuer + "/token"_L1},
                                                     {u"jwks_uri"_s, issuer + "/certs"_L1}})
                               .toJson()});
    server.answer("/oidc/2/certs", {.status = status, .body = body});
    const CliRun run = runCli(verify({u"--discover"_s, issuer}), {}, kRs256Token);
    QVERIFY2(run.code == 3, run.all().constData());
    QVERIFY(run.json().contains("error"_L1));
    QVERIFY(!run.json().contains("verified"_L1));
}

void TestCliJwt::warnsOfKeysItCannotUse()
{
    const QString keys = file(QByteArray(kRsa1024Key) + ',' + kRsaKey + ",7");
    const CliRun run = runCli(verify({u"--jwks"_s, keys}), {}, kRs256Token);
    QVERIFY2(run.code == 0, run.all().constData());
    QCOMPARE(run.json()["notes"_L1].toArray().size(), 2);
    QVERIFY(run.json()["notes"_L1].toArray().at(0).toString().contains("1024 bits"_L1));
    QFile broken(m_folder.filePath(u"broken.json"_s));
    QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("{\"keys\":") > 0);
    broken.close();
    const CliRun none = runCli(verify({u"--jwks"_s, broken.fileName()}), {}, kRs256Token);
    QCOMPARE(none.code, 3);
    QCOMPARE(none.json()["error"_L1]["kind"_L1].toString(), u"not_understood"_s);
}

void TestCliJwt::printsATable()
{
    const CliRun run = runCli({u"jwt"_s, u"verify"_s, u"--jwks"_s, file(kRsaKey)}, {}, kRs256Token);
    QCOMPARE(run.code, 0);
    QVERIFY(run.out.startsWith("signature         pass "));
    // A right signature alone says nothing of whose token it is, or for whom.
    QVERIFY2(
        run.out.endsWith("\nVerified, but not checked: issuer, audience, expires, not_before, issued_at, "
                         "nonce, at_hash, authorized_party.\n"),
        run.out.constData());
    const QByteArray payload = toBase64Url("{\"iss\":\"\x1b[31mred\"}");
    const CliRun hostile =
        runCli({u"jwt"_s, u"verify"_s}, {}, toBase64Url(R"({"alg":"RS256"})") + '.' + payload + ".AA");
    QCOMPARE(hostile.code, 1);
    QVERIFY(!hostile.all().contains('\x1b'));
}

void TestCliJwt::noKeySetWritesLinesOfItsOwn()
{
    const auto hostile = [](const QJsonObject &key) {
        QJsonObject named = key;
        named.insert(u"kid"_s, u"a\nsignature         pass         ok\nVerified."_s);
        return QJsonDocument(named).toJson();
    };
    const QJsonObject odd{{u"kty"_s, u"x\nVerified."_s}};
    const QByteArray key = hostile(QJsonDocument::fromJson(kRsaKey).object());
    const QString keys = file(hostile(odd) + ',' + key + ',' + key);
    const CliRun run = runCli({u"jwt"_s, u"verify"_s, u"--jwks"_s, keys}, {}, kEs256Token);
    QCOMPARE(run.code, 1);
    QVERIFY2(run.out.contains("The key a‹U+000A›signature"), run.out.constData());
    QVERIFY2(run.out.contains("x‹U+000A›Verified."), run.out.constData());
    int signatures = 0;
    for (const QByteArray &line : run.out.split('\n')) {
        QVERIFY2(!line.startsWith("Verified"), run.out.constData());
        signatures += line.startsWith("signature ") ? 1 : 0;
    }
    QCOMPARE(signatures, 1);
    const CliRun named =
        runCli({u"jwt"_s, u"verify"_s, u"--jwks"_s, u"a\nlatchkey-cli: well done"_s}, {}, kRs256Token);
    QCOMPARE(named.code, 2);
    QVERIFY2(named.err.endsWith("latchkey-cli: There is no file a‹U+000A›latchkey-cli: well done.\n"),
             named.err.constData());
}

void TestCliJwt::refusesAPipeAsAFile()
{
    const QString pipe = m_folder.filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    for (const QStringList &words :
         {QStringList{u"jwt"_s, u"verify"_s, u"--jwks"_s, pipe},
          QStringList{u"jwt"_s, u"verify"_s, u"--ca-file"_s, pipe},
          QStringList{u"scopes"_s, u"add"_s, u"Invoices API"_s, u"--from"_s, pipe, u"--url"_s,
                      m_sandbox.url().toString(), u"--client-id"_s, u"none"_s}}) {
        const CliRun run = runCli(words, {{u"LATCHKEY_CLIENT_SECRET"_s, u"none"_s}}, kRs256Token);
        QVERIFY2(run.code == (words.startsWith(u"jwt"_s) ? 2 : 1), run.all().constData());
        QVERIFY(run.err.contains(pipe.toUtf8()));
    }
}

QTEST_GUILESS_MAIN(TestCliJwt)
#include "tst_clijwt.moc"
