// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/verifier.h"

#include "core/base64url.h"
#include "jose/vectors.h"
#include "support/qtest_result.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
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

Jwks setOf(const QJsonArray &keys)
{
    const Result<Jwks> set = parseJwks(QJsonDocument(QJsonObject{{u"keys"_s, keys}}).toJson());
    return set.value_or(Jwks{});
}

SignatureVerdict verify(const Verifier &verifier, const QByteArray &token)
{
    const Result<DecodedJws> jws = decodeJws(token);
    return jws ? verifier.verify(*jws) : SignatureVerdict{};
}

QByteArray withHeader(const QByteArray &token, const QByteArray &header)
{
    return toBase64Url(header) + token.mid(token.indexOf('.'));
}

QByteArray withSignature(const QByteArray &token, const QByteArray &signature)
{
    return token.first(token.lastIndexOf('.') + 1) + toBase64Url(signature);
}

QByteArray signatureOf(const QByteArray &token)
{
    return *fromBase64Url(token.mid(token.lastIndexOf('.') + 1));
}

QByteArray signedWithSecret(const QByteArray &header, const QByteArray &secret,
                            QCryptographicHash::Algorithm hash = QCryptographicHash::Sha256)
{
    const QByteArray input = toBase64Url(header) + '.' + toBase64Url(R"({"sub":"jdoe.test"})");
    return input + '.' + toBase64Url(QMessageAuthenticationCode::hash(input, secret, hash));
}

QByteArray describeVerdict(const SignatureVerdict &verdict)
{
    QString text;
    for (const Check &check : {verdict.signature, verdict.algorithm, verdict.key})
        text += u"%1 %2: %3\n"_s.arg(check.name, checkResultKey(check.result), check.reason);
    return text.toUtf8();
}

} // namespace

class TestVerifier : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void acceptsPublishedSignatures_data();
    void acceptsPublishedSignatures();
    void acceptsPublishedSecrets_data();
    void acceptsPublishedSecrets();
    void refusesEveryChangedByte_data();
    void refusesEveryChangedByte();
    void refusesSignaturesOfAnotherMaking_data();
    void refusesSignaturesOfAnotherMaking();
    void refusesAlgorithms_data();
    void refusesAlgorithms();
    void allowsOnlyTheAlgorithmsThatWereAsked();
    void refusesExtensions_data();
    void refusesExtensions();
    void usesOnlyAKeyThatIsForIt_data();
    void usesOnlyAKeyThatIsForIt();
    void takesTheKeyThatTheTokenNames();
    void takesNoKeyThatOnlyComesClose_data();
    void takesNoKeyThatOnlyComesClose();
    void needsOneKeyAloneIfTheTokenNamesNone();
    void triesEveryKeyOfTheSameName();
    void neverTakesAPublishedKeyAsASecret();
    void neverTakesASecretFromAKeySet();
    void needsASecretAsLongAsTheHash_data();
    void needsASecretAsLongAsTheHash();
    void ignoresKeysInTheHeader();
    void saysThatNothingIsCheckedWithoutKeys();
};

void TestVerifier::acceptsPublishedSignatures_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QJsonObject>("key");
    QTest::newRow("RFC 7515 A.2") << QByteArray(kRfc7515A2Token) << jwk(kRfc7515A2Key);
    QTest::newRow("RFC 7515 A.3") << QByteArray(kRfc7515A3Token) << jwk(kRfc7515A3Key);
    QTest::newRow("RFC 7515 A.4") << QByteArray(kRfc7515A4Token) << jwk(kRfc7515A4Key);
    QTest::newRow("RFC 7520 4.1") << QByteArray(kRfc7520Rs256Token) << jwk(kRfc7520RsaKey);
    QTest::newRow("RFC 7520 4.2") << QByteArray(kRfc7520Ps384Token) << jwk(kRfc7520RsaKey);
    QTest::newRow("RFC 7520 4.3") << QByteArray(kRfc7520Es512Token) << jwk(kRfc7520EcKey);
    QTest::newRow("RS256") << QByteArray(kRs256Token) << jwk(kRsaKey);
    QTest::newRow("RS384") << QByteArray(kRs384Token) << jwk(kRsaKey);
    QTest::newRow("RS512") << QByteArray(kRs512Token) << jwk(kRsaKey);
    QTest::newRow("PS256") << QByteArray(kPs256Token) << jwk(kRsaKey);
    QTest::newRow("PS384") << QByteArray(kPs384Token) << jwk(kRsaKey);
    QTest::newRow("PS512") << QByteArray(kPs512Token) << jwk(kRsaKey);
    QTest::newRow("ES256") << QByteArray(kEs256Token) << jwk(kEs256Key);
    QTest::newRow("ES384") << QByteArray(kEs384Token) << jwk(kEs384Key);
    QTest::newRow("ES512") << QByteArray(kEs512Token) << jwk(kEs512Key);
}

void TestVerifier::acceptsPublishedSignatures()
{
    QFETCH(QByteArray, token);
    QFETCH(QJsonObject, key);
    const SignatureVerdict verdict = verify(Verifier(setOf({key})), token);
    QVERIFY2(verdict.isValid(), describeVerdict(verdict).constData());
    QCOMPARE(verdict.algorithm.result, CheckResult::Pass);
    QCOMPARE(verdict.key.result, CheckResult::Pass);
    const SignatureVerdict other = verify(Verifier(setOf({jwk(kRsa1024Key)})), token);
    QVERIFY2(!other.isValid(), describeVerdict(other).constData());
}

void TestVerifier::acceptsPublishedSecrets_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("RFC 7515 A.1") << QByteArray(kRfc7515A1Token) << *fromBase64Url(kRfc7515A1Secret);
    QTest::newRow("RFC 7520 4.4") << QByteArray(kRfc7520Hs256Token) << *fromBase64Url(kRfc7520Secret);
    const QByteArray secret = QByteArray("a-secret-for-these-tests-").repeated(3);
    QTest::newRow("HS384") << signedWithSecret(R"({"alg":"HS384"})", secret, QCryptographicHash::Sha384)
                           << secret;
    QTest::newRow("HS512") << signedWithSecret(R"({"alg":"HS512"})", secret, QCryptographicHash::Sha512)
                           << secret;
}

void TestVerifier::acceptsPublishedSecrets()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, secret);
    const SignatureVerdict verdict = verify(Verifier(Secret::copyOf(secret)), token);
    QVERIFY2(verdict.isValid(), describeVerdict(verdict).constData());
    secret[0] = static_cast<char>(secret.at(0) ^ 1);
    QCOMPARE(verify(Verifier(Secret::copyOf(secret)), token).signature.result, CheckResult::Fail);
}

void TestVerifier::refusesEveryChangedByte_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QJsonObject>("key");
    QTest::newRow("RS256") << QByteArray(kRs256Token) << jwk(kRsaKey);
    QTest::newRow("PS256") << QByteArray(kPs256Token) << jwk(kRsaKey);
    QTest::newRow("ES256") << QByteArray(kEs256Token) << jwk(kEs256Key);
}

void TestVerifier::refusesEveryChangedByte()
{
    QFETCH(QByteArray, token);
    QFETCH(QJsonObject, key);
    const Verifier verifier(setOf({key}));
    QVERIFY(verify(verifier, token).isValid());
    for (qsizetype i = 0; i < token.size(); ++i) {
        QByteArray changed = token;
        changed[i] = changed.at(i) == 'A' ? 'B' : 'A';
        QVERIFY2(!verify(verifier, changed).isValid(), changed.constData());
    }
    const QByteArray signature = signatureOf(token);
    for (qsizetype size = 0; size < signature.size(); ++size)
        QVERIFY(!verify(verifier, withSignature(token, signature.first(size))).isValid());
    for (const QByteArray &longer : {signature + '\0', '\0' + signature, signature + signature})
        QCOMPARE(verify(verifier, withSignature(token, longer)).signature.result, CheckResult::Fail);
}

void TestVerifier::refusesSignaturesOfAnotherMaking_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QJsonObject>("key");
    const QJsonObject rsa = jwk(kRsaKey);
    const QJsonObject ec = jwk(kEs256Key);
    QTest::newRow("PSS with 20 bytes of salt") << QByteArray(kPs256TokenSalt20) << rsa;
    QTest::newRow("PSS without salt") << QByteArray(kPs256TokenNoSalt) << rsa;
    QTest::newRow("PSS with the longest salt") << QByteArray(kPs256TokenLongestSalt) << rsa;
    QTest::newRow("PSS with another hash in its mask") << QByteArray(kPs256TokenMgfSha1) << rsa;
    QTest::newRow("RS256 over SHA-1") << QByteArray(kRs256TokenOfSha1) << rsa;
    QTest::newRow("RS256 padded as PSS") << QByteArray(kRs256TokenPadPss) << rsa;
    QTest::newRow("PS256 taken from RS256") << withHeader(kRs256Token, R"({"alg":"PS256"})") << rsa;
    QTest::newRow("all zero, RSA") << withSignature(kRs256Token, QByteArray(256, '\0')) << rsa;
    QTest::newRow("all ones, RSA") << withSignature(kRs256Token, QByteArray(256, '\xFF')) << rsa;
    QTest::newRow("DER") << QByteArray(kEs256TokenDer) << ec;
    const QByteArray raw = signatureOf(kEs256Token);
    const QByteArray order =
        QByteArray::fromHex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    const QByteArray none(32, '\0');
    QTest::newRow("R and S swapped") << withSignature(kEs256Token, raw.last(32) + raw.first(32)) << ec;
    QTest::newRow("R and S are 0") << withSignature(kEs256Token, none + none) << ec;
    QTest::newRow("R is 0") << withSignature(kEs256Token, none + raw.last(32)) << ec;
    QTest::newRow("S is 0") << withSignature(kEs256Token, raw.first(32) + none) << ec;
    QTest::newRow("R is the order") << withSignature(kEs256Token, order + raw.last(32)) << ec;
    QTest::newRow("S is the order") << withSignature(kEs256Token, raw.first(32) + order) << ec;
    QTest::newRow("R and S are the order") << withSignature(kEs256Token, order + order) << ec;
    QTest::newRow("all ones, EC") << withSignature(kEs256Token, QByteArray(64, '\xFF')) << ec;
}

void TestVerifier::refusesSignaturesOfAnotherMaking()
{
    QFETCH(QByteArray, token);
    QFETCH(QJsonObject, key);
    const SignatureVerdict verdict = verify(Verifier(setOf({key})), token);
    QVERIFY2(verdict.signature.result == CheckResult::Fail, describeVerdict(verdict).constData());
    QCOMPARE(verdict.key.result, CheckResult::Pass);
}

void TestVerifier::refusesAlgorithms_data()
{
    QTest::addColumn<QByteArray>("header");
    for (const char *alg :
         {R"("none")",         R"("None")",   R"("NONE")",   R"("nOnE")",    R"("rs256")",
          R"("Rs256")",        R"("RS256 ")", R"(" RS256")", R"("RS")",      R"("RS1")",
          R"("RS257")",        R"("ES256K")", R"("EdDSA")",  R"("Ed25519")", R"("RSA-OAEP")",
          R"("A128GCM")",      R"("HS256")",  R"("HS384")",  R"("HS512")",   R"("")",
          R"("RS256\u0000")",  "null",        "1",           "true",         R"(["RS256"])",
          R"({"alg":"RS256"})"})
        QTest::newRow(alg) << QByteArray("{\"alg\":") + alg + '}';
    QTest::newRow("missing") << QByteArray("{}");
    QTest::newRow("in other case") << QByteArray(R"({"ALG":"RS256"})");
}

void TestVerifier::refusesAlgorithms()
{
    QFETCH(QByteArray, header);
    const Verifier verifier(setOf({jwk(kRsaKey)}));
    const QByteArray token = withHeader(kRs256Token, header);
    for (const QByteArray &each : {token, withSignature(token, "")}) {
        const SignatureVerdict verdict = verify(verifier, each);
        QVERIFY2(verdict.algorithm.result == CheckResult::Fail, describeVerdict(verdict).constData());
        QCOMPARE(verdict.signature.result, CheckResult::NotChecked);
        QCOMPARE(verdict.key.result, CheckResult::NotChecked);
        QVERIFY(!verdict.algorithm.reason.isEmpty());
    }
}

void TestVerifier::allowsOnlyTheAlgorithmsThatWereAsked()
{
    Verifier verifier(setOf({jwk(kRsaKey)}));
    verifier.setAllowedAlgorithms({u"RS512"_s, u"PS256"_s});
    QVERIFY(verify(verifier, kRs512Token).isValid());
    QVERIFY(verify(verifier, kPs256Token).isValid());
    QCOMPARE(verify(verifier, kRs256Token).algorithm.result, CheckResult::Fail);
    verifier.setAllowedAlgorithms({u"none"_s, u"HS256"_s, u"EdDSA"_s});
    for (const char *alg : {"none", "HS256", "EdDSA"}) {
        const QByteArray token = withHeader(kRs256Token, QByteArray("{\"alg\":\"") + alg + "\"}");
        QCOMPARE(verify(verifier, token).algorithm.result, CheckResult::Fail);
    }
}

void TestVerifier::refusesExtensions_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("unknown") << QByteArray(R"({"alg":"HS256","crit":["x"],"x":1})");
    QTest::newRow("empty") << QByteArray(R"({"alg":"HS256","crit":[]})");
    QTest::newRow("registered") << QByteArray(R"({"alg":"HS256","crit":["alg"]})");
    QTest::newRow("absent") << QByteArray(R"({"alg":"HS256","crit":["exp"]})");
    QTest::newRow("no list") << QByteArray(R"({"alg":"HS256","crit":"x","x":1})");
    QTest::newRow("null") << QByteArray(R"({"alg":"HS256","crit":null})");
    QTest::newRow("b64") << QByteArray(R"({"alg":"HS256","crit":["b64"],"b64":true})");
    QTest::newRow("not encoded") << QByteArray(R"({"alg":"HS256","crit":["b64"],"b64":false})");
    QTest::newRow("not encoded, not critical") << QByteArray(R"({"alg":"HS256","b64":false})");
}

void TestVerifier::refusesExtensions()
{
    QFETCH(QByteArray, header);
    const QByteArray secret(32, 's');
    const Verifier verifier(Secret::copyOf(secret));
    QVERIFY(verify(verifier, signedWithSecret(R"({"alg":"HS256"})", secret)).isValid());
    const SignatureVerdict verdict = verify(verifier, signedWithSecret(header, secret));
    QVERIFY2(verdict.signature.result == CheckResult::Fail, describeVerdict(verdict).constData());
}

void TestVerifier::usesOnlyAKeyThatIsForIt_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QJsonObject>("key");
    const QJsonObject rsa = jwk(kRsaKey);
    const QByteArray token = kRs256Token;
    QTest::newRow("for encryption") << token << with(rsa, u"use"_s, u"enc"_s);
    QTest::newRow("use in capitals") << token << with(rsa, u"use"_s, u"SIG"_s);
    QTest::newRow("use is a number") << token << with(rsa, u"use"_s, 1);
    QTest::newRow("for signing alone") << token << with(rsa, u"key_ops"_s, QJsonArray{u"sign"_s});
    QTest::newRow("for nothing") << token << with(rsa, u"key_ops"_s, QJsonArray{});
    QTest::newRow("key_ops is a string") << token << with(rsa, u"key_ops"_s, u"verify"_s);
    QTest::newRow("for PS256") << token << with(rsa, u"alg"_s, u"PS256"_s);
    QTest::newRow("for RS512") << token << with(rsa, u"alg"_s, u"RS512"_s);
    QTest::newRow("for RSA-OAEP") << token << with(rsa, u"alg"_s, u"RSA-OAEP"_s);
    QTest::newRow("alg in lower case") << token << with(rsa, u"alg"_s, u"rs256"_s);
    QTest::newRow("for an alg before it") << token << with(rsa, u"alg"_s, u"ES256"_s);
    QTest::newRow("of type oct") << token << with(rsa, u"kty"_s, u"oct"_s);
    QTest::newRow("type in lower case") << token << with(rsa, u"kty"_s, u"rsa"_s);
    QTest::newRow("1024 bits") << QByteArray(kRs256TokenOf1024Bits) << jwk(kRsa1024Key);
    QTest::newRow("exponent 1") << token << with(rsa, u"e"_s, u"AQ"_s);
    QTest::newRow("EC key for RS256") << token << jwk(kEs256Key);
    QTest::newRow("RSA key for ES256") << QByteArray(kEs256Token) << rsa;
    QTest::newRow("P-384 for ES256") << QByteArray(kEs256Token) << jwk(kEs384Key);
    QTest::newRow("P-256 for ES384") << QByteArray(kEs384Token) << jwk(kEs256Key);
}

void TestVerifier::usesOnlyAKeyThatIsForIt()
{
    QFETCH(QByteArray, token);
    QFETCH(QJsonObject, key);
    const SignatureVerdict verdict = verify(Verifier(setOf({key})), token);
    QVERIFY2(verdict.key.result == CheckResult::Fail, describeVerdict(verdict).constData());
    QCOMPARE(verdict.signature.result, CheckResult::NotChecked);
    QCOMPARE(verdict.algorithm.result, CheckResult::Pass);
}

void TestVerifier::takesTheKeyThatTheTokenNames()
{
    const QJsonArray keys{with(jwk(kRfc7515A2Key), u"kid"_s, u"old"_s), jwk(kRfc7520RsaKey),
                          with(jwk(kRsaKey), u"kid"_s, u"new"_s), jwk(kEs256Key)};
    const SignatureVerdict verdict = verify(Verifier(setOf(keys)), kRfc7520Rs256Token);
    QVERIFY2(verdict.isValid(), describeVerdict(verdict).constData());
    QVERIFY(verdict.key.reason.contains("bilbo.baggins@hobbiton.example"_L1));
}

void TestVerifier::takesNoKeyThatOnlyComesClose_data()
{
    QTest::addColumn<QJsonValue>("kid");
    QTest::newRow("absent") << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("capital") << QJsonValue(u"Bilbo.baggins@hobbiton.example"_s);
    QTest::newRow("longer") << QJsonValue(u"bilbo.baggins@hobbiton.example "_s);
    QTest::newRow("a number") << QJsonValue(7);
    QTest::newRow("null") << QJsonValue(QJsonValue::Null);
}

void TestVerifier::takesNoKeyThatOnlyComesClose()
{
    QFETCH(QJsonValue, kid);
    QJsonObject key = jwk(kRfc7520RsaKey);
    if (kid.isUndefined())
        key.remove(u"kid"_s);
    else
        key.insert(u"kid"_s, kid);
    const SignatureVerdict verdict = verify(Verifier(setOf({key})), kRfc7520Rs256Token);
    QCOMPARE(verdict.key.result, CheckResult::Fail);
    QVERIFY(!verdict.isValid());
    for (const char *header : {R"({"alg":"RS256","kid":1})", R"({"alg":"RS256","kid":null})",
                               R"({"alg":"RS256","kid":["bilbo"]})", R"({"alg":"RS256","kid":{}})"}) {
        const SignatureVerdict odd = verify(Verifier(setOf({jwk(kRsaKey)})), withHeader(kRs256Token, header));
        QCOMPARE(odd.key.result, CheckResult::Fail);
    }
}

void TestVerifier::needsOneKeyAloneIfTheTokenNamesNone()
{
    const QJsonObject good = with(jwk(kRsaKey), u"kid"_s, u"1"_s);
    const QJsonObject other = with(jwk(kRfc7515A2Key), u"kid"_s, u"2"_s);
    QVERIFY(verify(Verifier(setOf({good, jwk(kEs256Key)})), kRs256Token).isValid());
    QVERIFY(verify(Verifier(setOf({good, with(other, u"use"_s, u"enc"_s)})), kRs256Token).isValid());
    QVERIFY(verify(Verifier(setOf({good, with(other, u"alg"_s, u"PS256"_s)})), kRs256Token).isValid());
    const SignatureVerdict verdict = verify(Verifier(setOf({good, other})), kRs256Token);
    QCOMPARE(verdict.key.result, CheckResult::Fail);
    QVERIFY(!verdict.isValid());
    QCOMPARE(verify(Verifier(setOf({})), kRs256Token).key.result, CheckResult::Fail);
}

void TestVerifier::triesEveryKeyOfTheSameName()
{
    const QString kid = u"bilbo.baggins@hobbiton.example"_s;
    const QJsonObject other = with(jwk(kRsaKey), u"kid"_s, kid);
    const QJsonArray keys{jwk(kRfc7520EcKey), other, jwk(kRfc7520RsaKey),
                          with(jwk(kRsa1024Key), u"kid"_s, kid)};
    for (const char *token : {kRfc7520Rs256Token, kRfc7520Ps384Token, kRfc7520Es512Token})
        QVERIFY(verify(Verifier(setOf(keys)), token).isValid());
    QCOMPARE(verify(Verifier(setOf({other, other})), kRfc7520Rs256Token).signature.result, CheckResult::Fail);
}

// The classic confusion: the published key, as a text that everyone has, used as an HMAC secret.
void TestVerifier::neverTakesAPublishedKeyAsASecret()
{
    const QByteArray modulus = *fromBase64Url(jwk(kRsaKey).value("n"_L1).toString().toLatin1());
    for (const QByteArray &secret : {QByteArray(kRsaKey), modulus}) {
        const QByteArray token = signedWithSecret(R"({"alg":"HS256"})", secret);
        Verifier verifier(setOf({jwk(kRsaKey)}));
        QCOMPARE(verify(verifier, token).algorithm.result, CheckResult::Fail);
        verifier.setAllowedAlgorithms({u"RS256"_s, u"HS256"_s});
        const SignatureVerdict verdict = verify(verifier, token);
        QCOMPARE(verdict.algorithm.result, CheckResult::Fail);
        QVERIFY(!verdict.isValid());
    }
    Verifier own(Secret::copyOf(modulus));
    QCOMPARE(verify(own, kRs256Token).algorithm.result, CheckResult::Fail);
    own.setAllowedAlgorithms({u"RS256"_s});
    QCOMPARE(verify(own, kRs256Token).algorithm.result, CheckResult::Fail);
}

void TestVerifier::neverTakesASecretFromAKeySet()
{
    const QJsonObject key{{u"kty"_s, u"oct"_s},
                          {u"kid"_s, u"018c0ae5-4d9b-471b-bfd6-eef314bc7037"_s},
                          {u"k"_s, QString::fromLatin1(kRfc7520Secret)}};
    Verifier verifier(setOf({key}));
    verifier.setAllowedAlgorithms({u"HS256"_s});
    const SignatureVerdict verdict = verify(verifier, kRfc7520Hs256Token);
    QCOMPARE(verdict.algorithm.result, CheckResult::Fail);
    QVERIFY(!verdict.isValid());
}

void TestVerifier::needsASecretAsLongAsTheHash_data()
{
    QTest::addColumn<QString>("alg");
    QTest::addColumn<QCryptographicHash::Algorithm>("hash");
    QTest::addColumn<int>("least");
    QTest::newRow("HS256") << u"HS256"_s << QCryptographicHash::Sha256 << 32;
    QTest::newRow("HS384") << u"HS384"_s << QCryptographicHash::Sha384 << 48;
    QTest::newRow("HS512") << u"HS512"_s << QCryptographicHash::Sha512 << 64;
}

void TestVerifier::needsASecretAsLongAsTheHash()
{
    QFETCH(QString, alg);
    QFETCH(QCryptographicHash::Algorithm, hash);
    QFETCH(int, least);
    const QByteArray header = "{\"alg\":\"" + alg.toLatin1() + "\"}";
    for (int size : {0, 1, least - 1, least, 1024, 1025}) {
        const QByteArray secret(size, 'k');
        const SignatureVerdict verdict =
            verify(Verifier(Secret::copyOf(secret)), signedWithSecret(header, secret, hash));
        QCOMPARE(verdict.isValid(), size >= least && size <= 1024);
        QCOMPARE(verdict.key.result == CheckResult::Fail, !verdict.isValid());
    }
}

void TestVerifier::ignoresKeysInTheHeader()
{
    const QByteArray header = QByteArray(R"({"alg":"RS256","jku":"http://127.0.0.1:1/keys","jwk":)") +
                              kRsaKey + R"(,"x5u":"http://127.0.0.1:1/","x5c":["AA"]})";
    const SignatureVerdict verdict = verify(Verifier(setOf({})), withHeader(kRs256Token, header));
    QCOMPARE(verdict.key.result, CheckResult::Fail);
    QVERIFY(!verdict.isValid());
}

void TestVerifier::saysThatNothingIsCheckedWithoutKeys()
{
    const SignatureVerdict verdict = verify(Verifier(), kRs256Token);
    QCOMPARE(verdict.signature.result, CheckResult::NotChecked);
    QCOMPARE(verdict.key.result, CheckResult::NotChecked);
    QCOMPARE(verdict.algorithm.result, CheckResult::Pass);
    QCOMPARE(verify(Verifier(), kRfc7515A5Token).algorithm.result, CheckResult::Fail);
}

QTEST_GUILESS_MAIN(TestVerifier)
#include "tst_verifier.moc"
