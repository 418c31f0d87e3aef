// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/exchange.h"
#include "net/formdata.h"
#include "net/httpclient.h"
#include "net/redaction.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class ExchangeTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void keepsOnlyHarmlessMembers();
    void hidesWholeUnknownObjects();
    void hidesAnAuthorizationCodeButNotAnErrorCode();
    void showsAFormWithoutItsSecrets();
    void showsOtherBodiesAsTypeAndSize();
    void cutsWhatIsTooLongToShow();
    void redactsHeaders_data();
    void redactsHeaders();
    void redactsQueryValues();
    void findsTheRequestsSecretsInAnAnswer_data();
    void findsTheRequestsSecretsInAnAnswer();
    void aBriefTextIsCutAndHoldsNoPartOfASecret();
};

void ExchangeTest::keepsOnlyHarmlessMembers()
{
    const QString shown = redactBody("application/json; charset=utf-8",
                                     R"({"access_token":"canary-token","expires_in":36000,"account_id":7,
                                         "refresh_token":"canary","token_type":"bearer","pin":12345,"gone":null})");
    const QJsonObject object = QJsonDocument::fromJson(shown.toUtf8()).object();
    QCOMPARE(object.value("access_token"_L1).toString(), u"‹redacted, 12 characters›"_s);
    QCOMPARE(object.value("pin"_L1).toString(), u"‹redacted, 5 characters›"_s);
    QCOMPARE(object.value("expires_in"_L1).toInt(), 36000);
    QCOMPARE(object.value("token_type"_L1).toString(), u"bearer"_s);
    QVERIFY(object.value("gone"_L1).isNull());
    QVERIFY(!shown.contains("canary"_L1));
    QVERIFY2(shown.contains("\n    \""_L1), "indented for reading");
}

void ExchangeTest::hidesWholeUnknownObjects()
{
    const QString shown =
        redactBody("application/json", R"([{"id":1,"custom":{"name":"canary"},"list":["canary"]}])");
    QVERIFY(!shown.contains("canary"_L1));
    QVERIFY(shown.contains("\"id\": 1"_L1));
}

void ExchangeTest::hidesAnAuthorizationCodeButNotAnErrorCode()
{
    QVERIFY(redactBody("application/json", R"({"status":{"error":true,"code":401}})").contains("401"_L1));
    QVERIFY(!redactBody("application/json", R"({"code":"canary"})").contains("canary"_L1));
    QVERIFY(!redactBody("application/x-www-form-urlencoded", "code=canary").contains("canary"_L1));
}

void ExchangeTest::showsAFormWithoutItsSecrets()
{
    QCOMPARE(
        redactBody(
            "application/x-www-form-urlencoded",
            "grant_type=password&username=jdoe.test&password=a%2Bb+c&client_secret=xyz&scope=openid+email"),
        u"grant_type=password&username=jdoe.test&password=‹redacted, 5 characters›"
        "&client_secret=‹redacted, 3 characters›&scope=openid+email"_s);
}

void ExchangeTest::showsOtherBodiesAsTypeAndSize()
{
    const QString shown = redactBody("text/html", "<b>canary</b>");
    QVERIFY(shown.contains("text/html"_L1));
    QVERIFY(shown.contains("13"_L1));
    QVERIFY(!shown.contains("canary"_L1));
    QVERIFY(!redactBody("application/json", R"({"access_token":"canary)").contains("canary"_L1));
    QVERIFY(!redactBody("application/json", "\"canary\"").contains("canary"_L1));
}

void ExchangeTest::cutsWhatIsTooLongToShow()
{
    const QByteArray body = R"({"message":")" + QByteArray(200'000, 'x') + R"("})";
    const QString shown = redactBody("application/json", body);
    QVERIFY(shown.size() < 70'000);
    QVERIFY(shown.contains("cut here"_L1));

    // Of a list only what is shown is looked at; letters of two bytes count once.
    QByteArray list = "[";
    while (list.size() < 200'000)
        list += R"({"id":1,"name":"Überweisungsübersicht"},)";
    list.back() = ']';
    const QString start = redactBody("application/json", list);
    QVERIFY(start.startsWith(u'['));
    QVERIFY(start.size() > 60'000 && start.size() < 70'000);
    QVERIFY2(start.endsWith(u"of %1 shown›"_s.arg(QLocale().formattedDataSize(list.size()))),
             qPrintable(start.last(80)));
}

void ExchangeTest::redactsHeaders_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("shown");
    QTest::newRow("basic") << "Authorization"_ba
                           << "Basic Y2FuYXJ5"_ba << u"Basic ‹redacted, 8 characters›"_s;
    QTest::newRow("bearer") << "authorization"_ba
                            << "bearer canary"_ba << u"bearer ‹redacted, 6 characters›"_s;
    QTest::newRow("bearer with a colon") << "Authorization"_ba
                                         << "bearer:canary"_ba << u"bearer:‹redacted, 6 characters›"_s;
    QTest::newRow("no scheme") << "Authorization"_ba
                               << "client_id:a, client_secret:b"_ba << u"‹redacted, 28 characters›"_s;
    QTest::newRow("cookie") << "Set-Cookie"_ba
                            << "a=canary"_ba << u"‹redacted, 8 characters›"_s;
    QTest::newRow("unknown") << "X-Thing"_ba
                             << "canary"_ba << u"‹redacted, 6 characters›"_s;
    QTest::newRow("request id") << "X-Request-Id"_ba
                                << "abc-1"_ba << u"abc-1"_s;
    QTest::newRow("rate limit") << "X-RateLimit-Reset"_ba
                                << "832"_ba << u"832"_s;
}

void ExchangeTest::redactsHeaders()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QTEST(redactHeader(name, value), "shown");
}

void ExchangeTest::redactsQueryValues()
{
    const QUrl shown =
        redactUrl(QUrl(u"https://acme.example/auth?client_id=app&state=canary&limit=5#canary"_s));
    QVERIFY(!shown.toString().contains("canary"_L1));
    QVERIFY(shown.toString().contains("client_id=app"_L1));
    QVERIFY(shown.toString().contains("limit=5"_L1));
}

void ExchangeTest::findsTheRequestsSecretsInAnAnswer_data()
{
    QTest::addColumn<QString>("text");
    const QString secret = u"s3/cr\"et+é x"_s;
    QTest::newRow("plain") << u"bad secret: %1!"_s.arg(secret);
    QTest::newRow("form-encoded") << QString::fromLatin1(formEncoded(secret.toUtf8()));
    QTest::newRow("percent-encoded") << QString::fromLatin1(secret.toUtf8().toPercentEncoding());
    QTest::newRow("base64") << QString::fromLatin1(secret.toUtf8().toBase64());
    QTest::newRow("in JSON") << u"s3/cr\\\"et+é x"_s;
    QTest::newRow("base64 within more")
        << QString::fromLatin1(("user=x&secret=" + secret.toUtf8() + "&y").toBase64());
    QTest::newRow("base64url within more")
        << QString::fromLatin1(("secret=" + secret.toUtf8() + "&").toBase64(QByteArray::Base64UrlEncoding));
    QTest::newRow("base64 in a query") << QString::fromLatin1(secret.toUtf8().toBase64().toPercentEncoding());
    QTest::newRow("percent-encoded, lower case")
        << QString::fromLatin1(secret.toUtf8().toPercentEncoding()).toLower();
    QTest::newRow("percent-encoded, every byte") << u"%73%33/%63%72%22%65%74%2b%C3%a9%20%78"_s;
    QTest::newRow("HTML") << u"<b>s3/cr&quot;et+é x</b>"_s;
    QTest::newRow("HTML, numbers") << u"s3&#x2F;cr&#34;et&#43;&#xe9;&#x20;x"_s;
    QTest::newRow("JSON, escaped") << u"s3\\/cr\\u0022et\\u002b\\u00E9 x"_s;
    QTest::newRow("hex") << QString::fromLatin1(secret.toUtf8().toHex());
    QTest::newRow("hex, upper case") << QString::fromLatin1(secret.toUtf8().toHex().toUpper());
    QTest::newRow("the whole header") << basicAuthorization(u"app"_s, Secret::fromText(secret)).revealed();
    QTest::newRow("the header's credentials")
        << basicAuthorization(u"app"_s, Secret::fromText(secret)).revealed().sliced(6);
    QTest::newRow("password") << u"user said hunter+2"_s;
    QTest::newRow("token in the body") << u"no such token: tok-canary"_s;
}

void ExchangeTest::findsTheRequestsSecretsInAnAnswer()
{
    QFETCH(QString, text);
    const Secret secret = Secret::fromText(u"s3/cr\"et+é x"_s);
    HttpRequest form;
    form.authorization = basicAuthorization(u"app"_s, secret);
    form.contentType = "application/x-www-form-urlencoded";
    FormData body;
    body.add(u"username"_s, u"jdoe.test"_s);
    body.add(u"password"_s, u"hunter+2"_s);
    form.body = body.encoded();
    HttpRequest json;
    json.contentType = "application/json";
    json.body = Secret::fromText(uR"({"access_token":"tok-canary"})"_s);
    const QString shown = RequestSecrets(json).scrub(RequestSecrets(form).scrub(text));
    QVERIFY2(shown.contains(u"‹redacted"_s), qPrintable(shown));
    QVERIFY(!shown.contains("canary"_L1));
    QVERIFY(!shown.contains("hunter"_L1));
    QVERIFY(!shown.contains("s3"_L1));
    QVERIFY(!shown.contains("%73"_L1));
    QVERIFY(!shown.contains("7333"_L1));
    QVERIFY(!shown.contains(QString::fromLatin1(secret.bytes().toByteArray().toBase64().first(8))));
    QCOMPARE(RequestSecrets(form).scrub(u"jdoe.test is locked"_s), u"jdoe.test is locked"_s);
}

void ExchangeTest::aBriefTextIsCutAndHoldsNoPartOfASecret()
{
    HttpRequest request;
    request.authorization = Secret::fromText(u"Bearer canary-1"_s);
    const RequestSecrets secrets(request);
    const QString longest(2000, u'%');
    QCOMPARE(secrets.brief(longest), longest);
    for (const QString &spelled : {u"canary-1"_s, u"%63anary-1"_s, u"&#x00000000000063;anary-1"_s}) {
        for (int before = 1960; before < 2700; before += 7) {
            const QString shown = secrets.brief(QString(before, u'%') + spelled + QString(100'000, u'%'));
            QVERIFY2(!shown.contains(u"nary"_s), qPrintable(shown.last(60)));
            QVERIFY(shown.size() <= 2001);
            QVERIFY(shown.endsWith(u'…'));
        }
    }
}

QTEST_GUILESS_MAIN(ExchangeTest)
#include "tst_exchange.moc"
