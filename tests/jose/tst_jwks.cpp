// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jwks.h"

#include "core/base64url.h"
#include "jose/vectors.h"
#include "support/qtest_result.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace latchkey;
using namespace latchkey::vectors;
using namespace Qt::StringLiterals;

namespace {

QJsonObject jwk(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

QJsonObject with(QJsonObject object, const QString &name, const QJsonValue &value)
{
    object.insert(name, value);
    return object;
}

QByteArray setOf(const QJsonArray &keys)
{
    return QJsonDocument(QJsonObject{{u"keys"_s, keys}}).toJson();
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(toBase64Url(bytes));
}

} // namespace

class TestJwks : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsWhatAKeySaysOfItself()
    {
        const Result<Jwks> set = parseJwks(
            setOf({jwk(kRfc7520RsaKey), with(jwk(kRfc7520EcKey), u"alg"_s, u"ES512"_s), jwk(kEs384Key)}));
        QVERIFY_OK(set);
        QCOMPARE(set->keys.size(), size_t{3});
        QCOMPARE(set->keys[0].kid, u"bilbo.baggins@hobbiton.example"_s);
        QCOMPARE(set->keys[0].type, KeyType::Rsa);
        QCOMPARE(set->keys[0].modulusSize, 2048);
        QCOMPARE(set->keys[1].alg, u"ES512"_s);
        QCOMPARE(set->keys[1].curve, u"P-521"_s);
        QCOMPARE(set->keys[2].kid, QString());
        QVERIFY(set->skipped.empty());
        QVERIFY(set->knows(u"bilbo.baggins@hobbiton.example"_s));
        QVERIFY(!set->knows(u"frodo"_s));
    }

    void refusesWhatIsNoSet_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("html") << QByteArray("<html></html>");
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("no keys") << QByteArray("{}");
        QTest::newRow("keys is null") << QByteArray(R"({"keys":null})");
        QTest::newRow("keys is an object") << QByteArray(R"({"keys":{}})");
        QTest::newRow("keys twice") << QByteArray(R"({"keys":[],"keys":[]})");
        QTest::newRow("something follows") << QByteArray(R"({"keys":[]}{})");
        QTest::newRow("a bare key") << QByteArray(kRsaKey);
        QTest::newRow("too large") << setOf({}) + QByteArray(1 << 20, ' ');
        QJsonArray many;
        for (int i = 0; i < 501; ++i)
            many.append(QJsonObject());
        QTest::newRow("too many") << setOf(many);
        QTest::newRow("too deep") << "{\"keys\":" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + '}';
    }

    void refusesWhatIsNoSet()
    {
        QFETCH(QByteArray, json);
        const Result<Jwks> set = parseJwks(json);
        QVERIFY(!set);
        QCOMPARE(set.error().kind, ErrorKind::InvalidInput);
        QVERIFY(!set.error().message.isEmpty());
    }

    void everyPrefixIsRefused()
    {
        const QByteArray whole = QByteArray("{\"keys\":[") + kRsaKey + "]}";
        QVERIFY_OK(parseJwks(whole));
        for (qsizetype size = 0; size < whole.size(); ++size)
            QVERIFY(!parseJwks(whole.first(size)));
    }

    void skipsKeysThatCannotBeUsed_data()
    {
        QTest::addColumn<QJsonValue>("key");
        QTest::addColumn<QString>("reason");
        const QJsonObject rsa = with(jwk(kRsaKey), u"kid"_s, u"bad"_s);
        const QJsonObject ec = with(jwk(kEs256Key), u"kid"_s, u"bad"_s);
        const auto row = [](const char *name, const QJsonValue &key, const QString &reason) {
            QTest::newRow(name) << key << reason;
        };
        const QByteArray modulus = *fromBase64Url(rsa.value("n"_L1).toString().toLatin1());
        QByteArray even = modulus;
        even.back() = static_cast<char>(even.back() & ~1);
        QByteArray bits2047 = modulus;
        bits2047[0] = static_cast<char>(bits2047.at(0) & 0x7f);
        row("no object", 7, u"not a JSON object"_s);
        row("no kty", QJsonObject{{u"kid"_s, u"bad"_s}}, u"type"_s);
        row("unknown kty", with(rsa, u"kty"_s, u"PQ"_s), u"\"PQ\""_s);
        row("kty is a number", with(rsa, u"kty"_s, 1), u"kty"_s);
        row("secret", with(rsa, u"kty"_s, u"oct"_s), u"shared secret"_s);
        row("Ed25519", QJsonObject{{u"kty"_s, u"OKP"_s}, {u"crv"_s, u"Ed25519"_s}}, u"not supported"_s);
        row("kid is a number", with(rsa, u"kid"_s, 1), u"kid"_s);
        row("alg is a list", with(rsa, u"alg"_s, QJsonArray{u"RS256"_s}), u"alg"_s);
        row("no n", with(rsa, u"n"_s, QJsonValue::Undefined), u"no n"_s);
        row("n is a number", with(rsa, u"n"_s, 3), u"n is not a string"_s);
        row("n is padded", with(rsa, u"n"_s, rsa.value("n"_L1).toString() + u'='), u"canonical"_s);
        row("n is not ASCII", with(rsa, u"n"_s, u"äöü"_s), u"canonical"_s);
        row("n is even", with(rsa, u"n"_s, base64(even)), u"even"_s);
        row("n is 0", with(rsa, u"n"_s, base64(QByteArray(256, '\0'))), u"0 bits"_s);
        row("n has 2047 bits", with(rsa, u"n"_s, base64(bits2047)), u"2047 bits"_s);
        row("n has 1024 bits", jwk(kRsa1024Key), u"1024 bits"_s);
        row("n is padded with zeros to 2048 bits",
            with(rsa, u"n"_s, base64(QByteArray(128, '\0') + modulus.last(128))), u"bits"_s);
        row("n is huge", with(rsa, u"n"_s, base64(QByteArray(4096, '\xff'))), u"32768 bits"_s);
        row("n can be factored", jwk(kRocaKey), u"ROCA"_s);
        row("no e", with(rsa, u"e"_s, QJsonValue::Undefined), u"no e"_s);
        row("e is 0", with(rsa, u"e"_s, u"AA"_s), u"exponent"_s);
        row("e is 1", with(rsa, u"e"_s, u"AQ"_s), u"exponent"_s);
        row("e is 1 with zeros", with(rsa, u"e"_s, base64(QByteArray("\0\0\1", 3))), u"exponent"_s);
        row("e is even", with(rsa, u"e"_s, base64(QByteArray("\1\0\0", 3))), u"exponent"_s);
        row("e is long", with(rsa, u"e"_s, base64(QByteArray(9, '\xff'))), u"exponent"_s);
        row("no curve", with(ec, u"crv"_s, QJsonValue::Undefined), u"curve"_s);
        row("secp256k1", with(ec, u"crv"_s, u"secp256k1"_s), u"secp256k1"_s);
        row("curve in lower case", with(ec, u"crv"_s, u"p-256"_s), u"p-256"_s);
        row("no x", with(ec, u"x"_s, QJsonValue::Undefined), u"no x"_s);
        row("short y", with(ec, u"y"_s, base64(QByteArray(31, 'y'))), u"31 bytes"_s);
        row("long x", with(ec, u"x"_s, base64(QByteArray(33, 'x'))), u"33 bytes"_s);
        row("off its curve", with(ec, u"y"_s, ec.value("x"_L1)), u"not on the curve"_s);
        row("point at infinity",
            with(with(ec, u"x"_s, base64(QByteArray(32, '\0'))), u"y"_s, base64(QByteArray(32, '\0'))),
            u"not on the curve"_s);
        row("coordinate beyond the field", with(ec, u"x"_s, base64(QByteArray(32, '\xff'))),
            u"not on the curve"_s);
    }

    void skipsKeysThatCannotBeUsed()
    {
        QFETCH(QJsonValue, key);
        QFETCH(QString, reason);
        const Result<Jwks> set = parseJwks(setOf({jwk(kRsaKey), key, jwk(kEs256Key)}));
        QVERIFY_OK(set);
        QCOMPARE(set->keys.size(), size_t{2});
        QCOMPARE(set->skipped.size(), size_t{1});
        QVERIFY2(set->skipped[0].reason.contains(reason), qPrintable(set->skipped[0].reason));
        QCOMPARE(set->skipped[0].kid, key.toObject().value("kid"_L1).toString());
        QCOMPARE(set->notes().size(), 1);
    }

    void acceptsAModulusWithALeadingZero()
    {
        const QByteArray modulus = '\0' + *fromBase64Url(jwk(kRsaKey).value("n"_L1).toString().toLatin1());
        const Result<Jwks> set = parseJwks(setOf({with(jwk(kRsaKey), u"n"_s, base64(modulus))}));
        QVERIFY_OK(set);
        QCOMPARE(set->keys.size(), size_t{1});
        QCOMPARE(set->keys[0].modulusSize, 2048);
    }

    void takesNullForNotThere()
    {
        QJsonObject key = jwk(kRsaKey);
        for (const QString &name : {u"kid"_s, u"alg"_s, u"use"_s, u"key_ops"_s, u"x5c"_s})
            key.insert(name, QJsonValue(QJsonValue::Null));
        const Result<Jwks> set = parseJwks(setOf({key}));
        QVERIFY_OK(set);
        QCOMPARE(set->keys.size(), size_t{1});
        QVERIFY(set->keys[0].mayVerify);
    }

    void warnsOfAPublishedPrivateKey()
    {
        const Result<Jwks> set = parseJwks(setOf({with(jwk(kRfc7520RsaKey), u"d"_s, u"AQAB"_s)}));
        QVERIFY_OK(set);
        QCOMPARE(set->keys.size(), size_t{1});
        QVERIFY(set->notes().value(0).contains("private half"_L1));
    }

    void namesIdsThatSeveralKeysHave()
    {
        const Result<Jwks> set = parseJwks(setOf({jwk(kRfc7520RsaKey), jwk(kRfc7520EcKey), jwk(kRsaKey)}));
        QVERIFY_OK(set);
        QCOMPARE(set->keys.size(), size_t{3});
        QCOMPARE(set->notes(), QStringList{u"Several keys have the id bilbo.baggins@hobbiton.example."_s});
    }
};

QTEST_GUILESS_MAIN(TestJwks)
#include "tst_jwks.moc"
