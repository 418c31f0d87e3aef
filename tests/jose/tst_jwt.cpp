// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base64url.h"
#include "jose/jwt.h"
#include "support/qtest_result.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kHeader = R"({"alg":"RS256","typ":"JWT"})";
constexpr auto kPayload = R"({"iss":"https://tenant.example/oidc/2","aud":["a","b"],"n":{"x":1}})";

QByteArray token(const QByteArray &header, const QByteArray &payload, const QByteArray &signature = "signed")
{
    return toBase64Url(header) + '.' + toBase64Url(payload) + '.' + toBase64Url(signature);
}

QByteArray nested(int depth)
{
    return "{\"a\":" + QByteArray(depth, '[') + QByteArray(depth, ']') + '}';
}

} // namespace

class TestJwt : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void givesBackWhatWasEncoded()
    {
        const Result<DecodedJwt> jwt = decodeJwt(token(kHeader, kPayload));
        QVERIFY_OK(jwt);
        QCOMPARE(jwt->header.value("alg"_L1).toString(), u"RS256"_s);
        QCOMPARE(jwt->payload.value("aud"_L1).toArray().size(), 2);
        QCOMPARE(jwt->headerJson, QByteArray(kHeader));
        QCOMPARE(jwt->payloadBytes, QByteArray(kPayload));
        QCOMPARE(jwt->signature, QByteArray("signed"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("reason");

        const QByteArray good = token(kHeader, kPayload);
        const QString parts = u"The token is not a JWT: it does not have three parts."_s;
        QTest::newRow("empty") << QByteArray() << parts;
        QTest::newRow("two parts") << QByteArray("e30.e30") << parts;
        QTest::newRow("four parts") << good + ".e30" << parts;
        QTest::newRow("white space") << ' ' + good << u"The header is not canonical base64url."_s;
        QTest::newRow("new line at the end") << good + '\n' << u"The signature is not canonical base64url."_s;
        QTest::newRow("padding") << "e30=.e30." + QByteArray("AA")
                                 << u"The header is not canonical base64url."_s;
        QTest::newRow("standard alphabet")
            << QByteArray("e30.e30.+/A") << u"The signature is not canonical base64url."_s;
        QTest::newRow("trailing bits")
            << QByteArray("e30.e30.AB") << u"The signature is not canonical base64url."_s;
        QTest::newRow("header is no JSON") << token("alg", kPayload) << u"The header is not valid JSON."_s;
        QTest::newRow("header is an array") << token("[]", kPayload) << u"The header is not a JSON object."_s;
        QTest::newRow("payload is a string")
            << token(kHeader, "\"x\"") << u"The payload is not valid JSON."_s;
        QTest::newRow("payload is empty") << token(kHeader, "") << u"The payload is not valid JSON."_s;
        QTest::newRow("something follows the object")
            << token(kHeader, "{}{}") << u"The payload is not valid JSON."_s;
        QTest::newRow("byte order mark")
            << token("\xEF\xBB\xBF{}", kPayload) << u"The header starts with a byte order mark."_s;
        QTest::newRow("not UTF-8") << token(kHeader, "{\"a\":\"\xFF\"}")
                                   << u"The payload is not valid JSON."_s;
        const QString twice = u"The payload has a member twice."_s;
        QTest::newRow("member twice") << token(kHeader, R"({"a":1,"b":2,"a":3})") << twice;
        QTest::newRow("member twice by escape") << token(kHeader, R"({"a":1,"\u0061":2})") << twice;
        QTest::newRow("member twice below")
            << token(kHeader, R"({"a":[{"b":1 , "c":{}, "b" : 2}]})") << twice;
        QTest::newRow("member twice with quotes in it")
            << token(kHeader, "{\"a\\\"\":1,\"a\\\"\":2}") << twice;
        QTest::newRow("header member twice")
            << token(R"({"alg":"none","alg":"RS256"})", kPayload) << u"The header has a member twice."_s;
        QTest::newRow("too deep") << token(kHeader, nested(100000)) << u"The payload is not valid JSON."_s;
        QTest::newRow("too large") << QByteArray(1024 * 1024 + 1, '.')
                                   << u"The token is larger than 1 MiB."_s;
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, reason);
        const Result<DecodedJwt> jwt = decodeJwt(text);
        QVERIFY(!jwt);
        QCOMPARE(jwt.error().kind, ErrorKind::InvalidInput);
        QCOMPARE(jwt.error().message, reason);
    }

    void acceptsTheSameNameInDifferentObjects_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("siblings") << QByteArray(R"({"x":{"a":1},"y":{"a":1}})");
        QTest::newRow("inside and outside") << QByteArray(R"({"a":{"a":{"a":1}}})");
        QTest::newRow("as a value") << QByteArray(R"({"a":"a","b":["a","a"]})");
        QTest::newRow("braces in strings") << QByteArray("{\"a\":\"}{\\\"a\\\":1\",\"b\":\"\\\\\"}");
        QTest::newRow("deep") << nested(500);
    }

    void acceptsTheSameNameInDifferentObjects()
    {
        QFETCH(QByteArray, payload);
        const Result<DecodedJwt> jwt = decodeJwt(token(kHeader, payload));
        QVERIFY_OK(jwt);
        QCOMPARE(jwt->payloadBytes, payload);
    }

    void saysWhichMemberAndNeverTheToken()
    {
        const QByteArray text = token(kHeader, R"({"sub":"hidden","sub":"hidden"})");
        const Result<DecodedJwt> jwt = decodeJwt(text);
        QVERIFY(!jwt);
        QCOMPARE(jwt.error().detail, u"\"sub\""_s);
        QVERIFY(!jwt.error().message.contains("hidden"_L1));
    }

    // A signature cut at a byte is still base64url, so only what comes before its end must fail.
    void everyPrefixIsAnErrorOrAShorterSignature()
    {
        const QByteArray text = token(kHeader, kPayload);
        const qsizetype lastDot = text.lastIndexOf('.');
        for (qsizetype size = 0; size < text.size(); ++size) {
            const QByteArray prefix = text.first(size);
            const Result<DecodedJwt> jwt = decodeJwt(prefix);
            if (size <= lastDot) {
                QVERIFY2(!jwt, prefix.constData());
                QCOMPARE(tokenKind(prefix), TokenKind::Opaque);
            } else if (jwt) {
                QVERIFY(QByteArray("signed").startsWith(jwt->signature));
            }
        }
    }

    void tellsTheKindByShapeAlone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("key");
        QTest::newRow("jwt") << token(kHeader, kPayload) << u"jwt"_s;
        QTest::newRow("unsigned") << QByteArray("e30.e30.") << u"jwt"_s;
        QTest::newRow("jwe") << QByteArray("e30.a.b.c.d") << u"encrypted"_s;
        QTest::newRow("hex") << QByteArray("4d331f5cc755c8f5") << u"opaque"_s;
        QTest::newRow("dots without a header") << QByteArray("a.b.c") << u"opaque"_s;
        QTest::newRow("five parts without a header") << QByteArray("a.b.c.d.e") << u"opaque"_s;
        QTest::newRow("header is an array") << token("[]", kPayload) << u"opaque"_s;
        QTest::newRow("empty") << QByteArray() << u"opaque"_s;
        QTest::newRow("only dots") << QByteArray("..") << u"opaque"_s;
    }

    void tellsTheKindByShapeAlone()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, key);
        QCOMPARE(tokenKindKey(tokenKind(text)), key);
    }
};

QTEST_GUILESS_MAIN(TestJwt)
#include "tst_jwt.moc"
