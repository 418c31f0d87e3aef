// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/claimcheck.h"

#include "core/base64url.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kNow = 1'800'000'000;
const QJsonObject kHeader{{u"alg"_s, u"RS256"_s}};
const QStringList kNames{u"issuer"_s,    u"audience"_s, u"expires"_s, u"not_before"_s,
                         u"issued_at"_s, u"nonce"_s,    u"at_hash"_s, u"authorized_party"_s};

TokenTime at(qint64 seconds = kNow)
{
    return {.now = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC)};
}

Check checkNamed(const QString &name, const QByteArray &claims, const ClaimExpectations &expected = {},
                 const TokenTime &time = at(), const QJsonObject &header = kHeader)
{
    const std::vector<Check> checks =
        checkClaims(header, QJsonDocument::fromJson(claims).object(), expected, time);
    const auto found = std::find_if(checks.begin(), checks.end(),
                                    [&name](const Check &check) { return check.name == name; });
    return found == checks.end() ? Check{} : *found;
}

QString halfHash(const QByteArray &text, QCryptographicHash::Algorithm algorithm)
{
    const QByteArray hash = QCryptographicHash::hash(text, algorithm);
    return QString::fromLatin1(toBase64Url(hash.first(hash.size() / 2)));
}

} // namespace

class TestClaimCheck : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void listsEveryCheckInOrder();
    void passesAWholeIdToken();
    void judgesOneClaim_data();
    void judgesOneClaim();
    void judgesTimes_data();
    void judgesTimes();
    void writesTimesInUtc();
    void handsOverTheTimeThatAReasonNames_data();
    void handsOverTheTimeThatAReasonNames();
    void followsTheTolerance();
    void saysWhenTheClocksDiffer();
    void needsTheTimesOfAnIdToken();
    void needsTheSubjectOfAnIdToken_data();
    void needsTheSubjectOfAnIdToken();
    void hashesTheAccessTokenAsTheAlgorithmSays_data();
    void hashesTheAccessTokenAsTheAlgorithmSays();
    void judgesNoAccessTokenAsAnIdToken();
    void onlyScopesMakeAnAccessTokenOfATokenWithoutType();
    void refusesTokensOfAnIssuerWhoseKeysTheseAreNot();
    void saysThatAPayloadWithoutJsonHasNoClaims();
    void keepsReasonsShort();
};

void TestClaimCheck::listsEveryCheckInOrder()
{
    const std::vector<Check> checks = checkClaims({}, QJsonObject(), {}, at());
    QStringList names;
    for (const Check &check : checks) {
        names.append(check.name);
        QCOMPARE(check.result, CheckResult::NotChecked);
        QVERIFY(!check.reason.isEmpty());
    }
    QCOMPARE(names, kNames);
}

void TestClaimCheck::passesAWholeIdToken()
{
    const QJsonObject claims{{u"iss"_s, u"https://acme.example.com/oidc/2"_s},
                             {u"sub"_s, u"17"_s},
                             {u"aud"_s, QJsonArray{u"client-1"_s, u"client-2"_s}},
                             {u"azp"_s, u"client-1"_s},
                             {u"exp"_s, kNow + 3600},
                             {u"nbf"_s, kNow},
                             {u"iat"_s, kNow - 1},
                             {u"nonce"_s, u"n-0S6_WzA2Mj"_s},
                             {u"at_hash"_s, halfHash("opaque", QCryptographicHash::Sha256)}};
    const ClaimExpectations expected{.issuer = u"https://acme.example.com/oidc/2"_s,
                                     .keysIssuer = u"https://acme.example.com/oidc/2"_s,
                                     .audience = u"client-1"_s,
                                     .nonce = u"n-0S6_WzA2Mj"_s,
                                     .accessToken = Secret::copyOf("opaque"),
                                     .isIdToken = true};
    for (const Check &check : checkClaims(kHeader, claims, expected, at()))
        QVERIFY2(check.result == CheckResult::Pass, qPrintable(check.name + u": "_s + check.reason));
}

void TestClaimCheck::judgesOneClaim_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<CheckResult>("result");
    const auto row = [](const QString &name, const QByteArray &claims, CheckResult result) {
        QTest::newRow((name.toUtf8() + ' ' + claims).constData()) << name << claims << result;
    };
    constexpr CheckResult pass = CheckResult::Pass;
    constexpr CheckResult failed = CheckResult::Fail;
    const QString issuer = u"issuer"_s;
    row(issuer, R"({"iss":"https://i.example"})", pass);
    row(issuer, R"({"iss":"https://i.example/"})", failed);
    row(issuer, R"({"iss":"HTTPS://i.example"})", failed);
    row(issuer, R"({"iss":["https://i.example"]})", failed);
    row(issuer, R"({"iss":null})", failed);
    row(issuer, R"({})", failed);
    const QString audience = u"audience"_s;
    row(audience, R"({"aud":"me"})", pass);
    row(audience, R"({"aud":["other","me"]})", pass);
    row(audience, R"({"aud":"Me"})", failed);
    row(audience, R"({"aud":"me other"})", failed);
    row(audience, R"({"aud":["other"]})", failed);
    row(audience, R"({"aud":[]})", failed);
    row(audience, R"({"aud":["me",1]})", failed);
    row(audience, R"({"aud":[["me"]]})", failed);
    row(audience, R"({"aud":{"me":1}})", failed);
    row(audience, R"({"aud":null})", failed);
    row(audience, R"({"aud":7})", failed);
    row(audience, R"({})", failed);
    const QString nonce = u"nonce"_s;
    row(nonce, R"({"nonce":"once"})", pass);
    row(nonce, R"({"nonce":"Once"})", failed);
    row(nonce, R"({"nonce":"once "})", failed);
    row(nonce, R"({"nonce":""})", failed);
    row(nonce, R"({"nonce":1})", failed);
    row(nonce, R"({})", failed);
    const QString party = u"authorized_party"_s;
    row(party, R"({"aud":"me"})", CheckResult::NotChecked);
    row(party, R"({"aud":["me"]})", CheckResult::NotChecked);
    row(party, R"({"aud":["me","other"]})", failed);
    row(party, R"({"aud":["me","other"],"azp":"me"})", pass);
    row(party, R"({"aud":["me","other"],"azp":"other"})", failed);
    row(party, R"({"aud":"me","azp":"me"})", pass);
    row(party, R"({"aud":"me","azp":"other"})", failed);
    row(party, R"({"aud":"me","azp":["me"]})", failed);
    row(u"at_hash"_s, R"({"at_hash":"77QmUPtjPfzWtF2AnpK9RQ"})", CheckResult::NotChecked);
    row(u"at_hash"_s, R"({"at_hash":1})", failed);
}

void TestClaimCheck::judgesOneClaim()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, claims);
    QFETCH(CheckResult, result);
    const ClaimExpectations expected{
        .issuer = u"https://i.example"_s, .audience = u"me"_s, .nonce = u"once"_s};
    const Check check = checkNamed(name, claims, expected);
    QVERIFY2(check.result == result, qPrintable(check.reason));
    QVERIFY(!check.reason.isEmpty());
    // What nobody asked for fails only if it is malformed.
    const bool isMalformed = result == CheckResult::Fail && check.reason.contains("string"_L1);
    QCOMPARE(checkNamed(name, claims).result, isMalformed ? CheckResult::Fail : CheckResult::NotChecked);
}

void TestClaimCheck::judgesTimes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<CheckResult>("result");
    const auto row = [](const QString &name, const QByteArray &value, CheckResult result) {
        QTest::newRow((name.toUtf8() + ' ' + value).constData()) << name << value << result;
    };
    constexpr CheckResult pass = CheckResult::Pass;
    constexpr CheckResult failed = CheckResult::Fail;
    const QString exp = u"expires"_s;
    row(exp, "1800000001", pass);
    row(exp, "1799999941", pass); // 59 s ago
    row(exp, "1799999940", failed);
    row(exp, "1799999940.5", pass);
    row(exp, "1.8000036e9", pass);
    row(exp, "9007199254740993", pass); // beyond 2^53
    row(exp, "9223372036854775807", pass);
    row(exp, "1e300", pass);
    row(exp, "0", failed);
    row(exp, "-1", failed);
    row(exp, "-9007199254740993", failed);
    row(exp, "-1e300", failed);
    for (const QString &name : {u"not_before"_s, u"issued_at"_s}) {
        row(name, "1800000000", pass);
        row(name, "1800000060", pass);
        row(name, "1800000060.5", failed);
        row(name, "1800000061", failed);
        row(name, "1799999999.999", pass);
        row(name, "0", pass);
        row(name, "-5", pass);
        row(name, "9007199254740993", failed);
        row(name, "1e300", failed);
    }
    for (const QString &name : {exp, u"not_before"_s, u"issued_at"_s}) {
        for (const char *value :
             {R"("1800000000")", R"("")", R"("never")", "null", "true", "[1800000000]", R"({"a":1})"})
            row(name, value, failed);
    }
}

void TestClaimCheck::judgesTimes()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, value);
    QFETCH(CheckResult, result);
    const QByteArray member = name == "expires"_L1 ? "exp" : name == "not_before"_L1 ? "nbf" : "iat";
    const Check check = checkNamed(name, "{\"" + member + "\":" + value + '}');
    QVERIFY2(check.result == result, qPrintable(check.reason));
    QVERIFY2(check.reason.size() < 200, qPrintable(check.reason));
}

void TestClaimCheck::writesTimesInUtc()
{
    for (qint64 time : {qint64{0}, qint64{951'782'399}, qint64{951'782'400}, qint64{1'709'164'800},
                        qint64{1'800'000'000}, qint64{4'107'542'399}}) {
        const QString text = QDateTime::fromSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODate);
        const Check check = checkNamed(u"expires"_s, "{\"exp\":" + QByteArray::number(time) + ".9}");
        QVERIFY2(check.reason.contains(text), qPrintable(check.reason));
    }
    QVERIFY(checkNamed(u"expires"_s, R"({"exp":253402300799})").reason.contains("9999-12-31T23:59:59Z"_L1));
}

void TestClaimCheck::handsOverTheTimeThatAReasonNames_data()
{
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("sentence"); // empty: no time
    QTest::addColumn<CheckedTime::Side>("side");
    using enum CheckedTime::Side;
    QTest::newRow("to come") << QByteArray(R"({"exp":1800000409})")
                             << u"It expires at 2027-01-15T08:06:49Z, in 409 s."_s << u"It expires at %1."_s
                             << ToCome;
    QTest::newRow("past") << QByteArray(R"({"exp":1799990000})")
                          << u"It expired at 2027-01-15T05:13:20Z, 10000 s ago."_s << u"It expired at %1."_s
                          << Past;
    QTest::newRow("just past")
        << QByteArray(R"({"exp":1799999990})")
        << u"It expired at 2027-01-15T07:59:50Z, 10 s ago. That is within the tolerance of 60 s."_s
        << u"It expired at %1. That is within the tolerance of 60 s."_s << Past;
    QTest::newRow("said") << QByteArray(R"({"iat":1799999990})")
                          << u"It says 2027-01-15T07:59:50Z, 10 s ago."_s << u"It says %1."_s << Past;
    QTest::newRow("ahead") << QByteArray(R"({"nbf":1800000120})")
                           << u"It says 2027-01-15T08:02:00Z, 120 s ahead."_s << u"It says %1."_s << Ahead;
    QTest::newRow("just ahead")
        << QByteArray(R"({"nbf":1800000012})")
        << u"It says 2027-01-15T08:00:12Z, 12 s ahead. That is within the tolerance of 60 s."_s
        << u"It says %1. That is within the tolerance of 60 s."_s << Ahead;
    QTest::newRow("no date") << QByteArray(R"({"exp":1e15})")
                             << u"It expires at 1000000000000000, in 1e+15 s."_s << QString() << ToCome;
    QTest::newRow("no number") << QByteArray(R"({"exp":"soon"})") << u"The exp is not a number."_s
                               << QString() << ToCome;
}

void TestClaimCheck::handsOverTheTimeThatAReasonNames()
{
    QFETCH(QByteArray, claims);
    QFETCH(QString, reason);
    QFETCH(QString, sentence);
    QFETCH(CheckedTime::Side, side);
    const QString name = claims.contains("exp")   ? u"expires"_s
                         : claims.contains("iat") ? u"issued_at"_s
                                                  : u"not_before"_s;
    const Check check = checkNamed(name, claims);
    QCOMPARE(check.reason, reason);
    QCOMPARE(check.time.has_value(), !sentence.isEmpty());
    if (!check.time)
        return;
    QCOMPARE(check.time->sentence, sentence);
    QCOMPARE(check.time->side, side);
    const qint64 at = check.time->at.time_since_epoch().count();
    QVERIFY(claims.contains(QByteArray::number(at)));
    QCOMPARE(check.time->distance, std::chrono::seconds(std::abs(at - kNow)));
}

void TestClaimCheck::followsTheTolerance()
{
    TokenTime time = at();
    time.tolerance = 0s;
    QCOMPARE(checkNamed(u"expires"_s, R"({"exp":1800000000})", {}, time).result, CheckResult::Fail);
    QCOMPARE(checkNamed(u"not_before"_s, R"({"nbf":1800000001})", {}, time).result, CheckResult::Fail);
    time.tolerance = 5s;
    QCOMPARE(checkNamed(u"expires"_s, R"({"exp":1799999996})", {}, time).result, CheckResult::Pass);
    QCOMPARE(checkNamed(u"expires"_s, R"({"exp":1799999995})", {}, time).result, CheckResult::Fail);
    const Check check = checkNamed(u"issued_at"_s, R"({"iat":1800000005})", {}, time);
    QCOMPARE(check.result, CheckResult::Pass);
    QVERIFY2(check.reason.contains("tolerance of 5 s"_L1), qPrintable(check.reason));
}

void TestClaimCheck::saysWhenTheClocksDiffer()
{
    TokenTime time = at();
    time.measuredOffset = -300s;
    QVERIFY(checkNamed(u"expires"_s, R"({"exp":1800000100})", {}, time)
                .reason.contains("300 s ahead of the server's"_L1));
    time.measuredOffset = 86'400s;
    QVERIFY(checkNamed(u"issued_at"_s, R"({"iat":1800000000})", {}, time)
                .reason.contains("86400 s behind the server's"_L1));
    time.measuredOffset = 0s;
    QVERIFY(!checkNamed(u"expires"_s, R"({"exp":1800000100})", {}, time).reason.contains("clock"_L1));
}

void TestClaimCheck::needsTheTimesOfAnIdToken()
{
    const ClaimExpectations idToken{.isIdToken = true};
    for (const QString &name : {u"expires"_s, u"issued_at"_s, u"audience"_s}) {
        QCOMPARE(checkNamed(name, "{}").result, CheckResult::NotChecked);
        QCOMPARE(checkNamed(name, "{}", idToken).result, CheckResult::Fail);
    }
    QCOMPARE(checkNamed(u"not_before"_s, "{}", idToken).result, CheckResult::NotChecked);
}

void TestClaimCheck::needsTheSubjectOfAnIdToken_data()
{
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<QString>("reason"); // empty: it will do
    QTest::newRow("there") << QByteArray(R"({"sub":"17"})") << QString();
    QTest::newRow("missing") << QByteArray("{}") << u"The token has no sub."_s;
    QTest::newRow("null") << QByteArray(R"({"sub":null})") << u"The sub is not a string."_s;
    QTest::newRow("number") << QByteArray(R"({"sub":17})") << u"The sub is not a string."_s;
    QTest::newRow("list") << QByteArray(R"({"sub":["17"]})") << u"The sub is not a string."_s;
    QTest::newRow("empty") << QByteArray(R"({"sub":""})") << u"The sub is empty."_s;
}

void TestClaimCheck::needsTheSubjectOfAnIdToken()
{
    QFETCH(QByteArray, claims);
    QFETCH(QString, reason);
    const Check check = checkNamed(u"subject"_s, claims, {.isIdToken = true});
    QCOMPARE(check.reason, reason);
    QCOMPARE(check.name.isEmpty(), reason.isEmpty()); // in the list only if it failed
    QCOMPARE(check.result, reason.isEmpty() ? CheckResult::NotChecked : CheckResult::Fail);
    QVERIFY(checkNamed(u"subject"_s, claims).name.isEmpty()); // access tokens may be about nobody
}

void TestClaimCheck::hashesTheAccessTokenAsTheAlgorithmSays_data()
{
    QTest::addColumn<QString>("alg");
    QTest::addColumn<QCryptographicHash::Algorithm>("hash");
    QTest::newRow("RS256") << u"RS256"_s << QCryptographicHash::Sha256;
    QTest::newRow("HS256") << u"HS256"_s << QCryptographicHash::Sha256;
    QTest::newRow("PS384") << u"PS384"_s << QCryptographicHash::Sha384;
    QTest::newRow("ES512") << u"ES512"_s << QCryptographicHash::Sha512;
}

void TestClaimCheck::hashesTheAccessTokenAsTheAlgorithmSays()
{
    QFETCH(QString, alg);
    QFETCH(QCryptographicHash::Algorithm, hash);
    const QByteArray token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    const ClaimExpectations expected{.accessToken = Secret::copyOf(token)};
    const QJsonObject header{{u"alg"_s, alg}};
    const auto check = [&](const QString &value) {
        return checkNamed(u"at_hash"_s, "{\"at_hash\":\"" + value.toUtf8() + "\"}", expected, at(), header)
            .result;
    };
    QCOMPARE(check(halfHash(token, hash)), CheckResult::Pass);
    QCOMPARE(check(halfHash(token + 'x', hash)), CheckResult::Fail);
    QCOMPARE(check(halfHash(token, QCryptographicHash::Md5)), CheckResult::Fail);
    QCOMPARE(check(QString()), CheckResult::Fail);
    QCOMPARE(checkNamed(u"at_hash"_s, "{}", expected, at(), header).result, CheckResult::NotChecked);
    // The example of OpenID Connect Core, appendix A.3.
    if (hash == QCryptographicHash::Sha256)
        QCOMPARE(check(u"77QmUPtjPfzWtF2AnpK9RQ"_s), CheckResult::Pass);
}

void TestClaimCheck::judgesNoAccessTokenAsAnIdToken()
{
    for (const QString &typ : {u"at+jwt"_s, u"application/at+jwt"_s, u"AT+JWT"_s}) {
        const QJsonObject header{{u"alg"_s, u"RS256"_s}, {u"typ"_s, typ}};
        const QByteArray claims = R"({"aud":["me","other"],"azp":"other"})";
        const ClaimExpectations expected{.audience = u"me"_s};
        QCOMPARE(checkNamed(u"authorized_party"_s, claims, expected, at(), header).result,
                 CheckResult::NotChecked);
        QCOMPARE(checkNamed(u"type"_s, claims, expected, at(), header).name, QString());
        const ClaimExpectations idToken{.audience = u"me"_s, .isIdToken = true};
        QCOMPARE(checkNamed(u"type"_s, claims, idToken, at(), header).result, CheckResult::Fail);
    }
}

void TestClaimCheck::onlyScopesMakeAnAccessTokenOfATokenWithoutType()
{
    const QJsonObject header{{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"JWT"_s}};
    const ClaimExpectations expected{.audience = u"me"_s};
    const auto party = [&](const QByteArray &scope) {
        const QByteArray claims = R"({"aud":"me","azp":"other","scope":)" + scope + '}';
        return checkNamed(u"authorized_party"_s, claims, expected, at(), header).result;
    };
    QCOMPARE(party(QByteArray(1, '"') + "read:invoices" + '"'), CheckResult::NotChecked);
    for (const char *scope : {"null", "[]", "7", "{}", "true"})
        QCOMPARE(party(scope), CheckResult::Fail);
    QCOMPARE(party(QByteArray(2, '"')), CheckResult::Fail);
}

void TestClaimCheck::refusesTokensOfAnIssuerWhoseKeysTheseAreNot()
{
    const QByteArray claims = R"({"iss":"https://a.example"})";
    QCOMPARE(checkNamed(u"issuer"_s, claims, {.keysIssuer = u"https://a.example"_s}).result,
             CheckResult::Pass);
    QCOMPARE(checkNamed(u"issuer"_s, claims, {.keysIssuer = u"https://b.example"_s}).result,
             CheckResult::Fail);
    const ClaimExpectations both{.issuer = u"https://a.example"_s, .keysIssuer = u"https://b.example"_s};
    QCOMPARE(checkNamed(u"issuer"_s, claims, both).result, CheckResult::Fail);
}

void TestClaimCheck::saysThatAPayloadWithoutJsonHasNoClaims()
{
    for (const Check &check : checkClaims(kHeader, std::nullopt, {}, at()))
        QCOMPARE(check.result, CheckResult::NotChecked);
    const ClaimExpectations expected{
        .issuer = u"https://a.example"_s, .audience = u"me"_s, .nonce = u"once"_s, .isIdToken = true};
    QStringList failed;
    for (const Check &check : checkClaims(kHeader, std::nullopt, expected, at())) {
        if (check.result == CheckResult::Fail)
            failed.append(check.name);
    }
    QCOMPARE(failed, QStringList({u"issuer"_s, u"audience"_s, u"expires"_s, u"issued_at"_s, u"nonce"_s,
                                  u"subject"_s}));
}

void TestClaimCheck::keepsReasonsShort()
{
    const QByteArray longText(100'000, 'x');
    const QByteArray claims = "{\"iss\":\"" + longText + "\",\"aud\":\"" + longText + "\",\"azp\":\"" +
                              longText + "\",\"nonce\":\"" + longText + "\",\"at_hash\":\"" + longText +
                              "\"}";
    const ClaimExpectations expected{.issuer = QString::fromLatin1(longText + 'y'), .audience = u"me"_s};
    for (const Check &check : checkClaims(kHeader, QJsonDocument::fromJson(claims).object(), expected, at()))
        QVERIFY2(check.reason.size() < 500, qPrintable(check.name));
}

QTEST_GUILESS_MAIN(TestClaimCheck)
#include "tst_claimcheck.moc"
