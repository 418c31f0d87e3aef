// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base64url.h"
#include "jose/jwt.h"
#include "jose/signingkey.h"
#include "support/qtest_result.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

extern "C" {
#include <jose/jose.h>
}

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

bool verifies(const QByteArray &compact, const QJsonObject &jwk)
{
    const QByteArrayList parts = compact.split('.');
    json_t *jws = json_pack("{s:s, s:s, s:s}", "protected", parts.at(0).constData(), "payload",
                            parts.at(1).constData(), "signature", parts.at(2).constData());
    json_t *key = json_loads(QJsonDocument(jwk).toJson().constData(), 0, nullptr);
    const bool verified = jose_jws_ver(nullptr, jws, nullptr, key, false);
    json_decref(jws);
    json_decref(key);
    return verified;
}

} // namespace

class TestSigningKey : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void publishesNothingButThePublicHalf()
    {
        const Result<SigningKey> key = SigningKey::generate();
        QVERIFY_OK(key);
        const QJsonObject jwk = key->publicJwk();
        QCOMPARE(jwk.keys(), QStringList({u"e"_s, u"kid"_s, u"kty"_s, u"n"_s, u"use"_s}));
        QCOMPARE(jwk.value("kty"_L1).toString(), u"RSA"_s);
        QCOMPARE(jwk.value("use"_L1).toString(), u"sig"_s);
        const auto modulus = fromBase64Url(jwk.value("n"_L1).toString().toLatin1());
        QVERIFY(modulus);
        QCOMPARE(modulus->size() * 8, 2048);
    }

    // RFC 7638 section 3: the required members in lexicographic order, without white space.
    void isNamedByItsThumbprint()
    {
        const Result<SigningKey> key = SigningKey::generate();
        QVERIFY_OK(key);
        const QJsonObject jwk = key->publicJwk();
        const QString canonical = uR"({"e":"%1","kty":"RSA","n":"%2"})"_s.arg(jwk.value("e"_L1).toString(),
                                                                              jwk.value("n"_L1).toString());
        const QByteArray hash = QCryptographicHash::hash(canonical.toUtf8(), QCryptographicHash::Sha256);
        QCOMPARE(key->kid(), QString::fromLatin1(toBase64Url(hash)));
        QCOMPARE(jwk.value("kid"_L1).toString(), key->kid());
    }

    void signsWhatItsPublicHalfVerifies()
    {
        const Result<SigningKey> key = SigningKey::generate();
        QVERIFY_OK(key);
        const QJsonObject payload{{u"sub"_s, u"1234"_s}, {u"name"_s, u"Zoë \"quoted\""_s}};
        const Result<QByteArray> token = key->sign(payload);
        QVERIFY_OK(token);
        const Result<DecodedJwt> jwt = decodeJwt(*token);
        QVERIFY_OK(jwt);
        QCOMPARE(jwt->payload, payload);
        QCOMPARE(jwt->header,
                 QJsonObject({{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, key->kid()}}));
        QVERIFY(verifies(*token, key->publicJwk()));
    }

    void noOtherKeyAndNoChangedPayloadVerifies()
    {
        const Result<SigningKey> key = SigningKey::generate();
        const Result<SigningKey> other = SigningKey::generate();
        QVERIFY_OK(key);
        QVERIFY_OK(other);
        QVERIFY(key->kid() != other->kid());
        const Result<QByteArray> token = key->sign({{u"sub"_s, u"1234"_s}});
        QVERIFY_OK(token);
        QVERIFY(!verifies(*token, other->publicJwk()));
        QByteArrayList parts = token->split('.');
        parts[1] = toBase64Url(R"({"sub":"4321"})");
        QVERIFY(!verifies(parts.join('.'), key->publicJwk()));
    }
};

QTEST_GUILESS_MAIN(TestSigningKey)
#include "tst_signingkey.moc"
