// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/plainhttp.h"

#include <QRegularExpression>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kToken = u"/auth/oauth2/v2/token"_s;
const QString kRevoke = u"/auth/oauth2/revoke"_s;
const QByteArray kJson = "application/json";
const QByteArray kForm = "application/x-www-form-urlencoded";
const QByteArray kGrant = R"({"grant_type":"client_credentials"})";

QByteArray envelope(int code, const QByteArray &type, const QByteArray &message)
{
    return R"({"status":{"code":)" + QByteArray::number(code) + R"(,"error":true,"message":")" + message +
           R"(","type":")" + type + R"("}})";
}

const QByteArray kContentType =
    envelope(400, "bad request",
             "Content Type is not specified or specified incorrectly. Content-Type "
             "header must be set to application/json");
const QByteArray kMissing = envelope(400, "bad request", "The authorization information is missing");
const QByteArray kFailure = envelope(401, "Unauthorized", "Authentication Failure");
const QByteArray kNoRoute = envelope(404, "not found", "No Route Exists");

} // namespace

class TestManagementTokens : public QObject
{
    Q_OBJECT

private:
    SandboxProcess m_sandbox{};
    PlainHttp m_http{m_sandbox};

    // In the tables {id} and {secret} stand for the pair of grants-admin, {basic} for both.
    QByteArray filled(QByteArray text, QStringView credential = u"grants-admin") const
    {
        const auto pair = m_sandbox.credential(credential);
        return text.replace("{id}", pair.clientId.toLatin1())
            .replace("{secret}", pair.clientSecret.toLatin1())
            .replace("{basic}", PlainHttp::basic(pair.clientId, pair.clientSecret));
    }

    static Headers headersOf(const QByteArray &authorization, const QByteArray &type)
    {
        Headers headers;
        if (!authorization.isEmpty())
            headers.append({"Authorization", authorization});
        if (!type.isEmpty())
            headers.append({"Content-Type", type});
        return headers;
    }

private slots:
    void initTestCase() { QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem())); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() { QCOMPARE(m_sandbox.stop(), 0); }

    void givesATokenInEveryForm_data()
    {
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("literal pair")
            << QByteArray("client_id:{id}, client_secret:{secret}") << kJson << kGrant;
        QTest::newRow("literal pair with spaces")
            << QByteArray("client_id: {id}, client_secret: {secret}") << kJson << kGrant;
        QTest::newRow("Basic") << QByteArray("{basic}") << kJson + "; charset=utf-8" << kGrant;
        QTest::newRow("form") << QByteArray() << kForm
                              << QByteArray(
                                     "grant_type=client_credentials&client_id={id}&client_secret={secret}");
        QTest::newRow("JSON members")
            << QByteArray() << kJson
            << QByteArray(
                   R"({"grant_type":"client_credentials","client_id":"{id}","client_secret":"{secret}"})");
    }

    void givesATokenInEveryForm()
    {
        QFETCH(QByteArray, authorization);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        const Answer answer =
            m_http.send("POST", kToken, headersOf(filled(authorization), type), filled(body));
        QCOMPARE(answer.status, 200);
        const QJsonObject token = answer.json();
        QCOMPARE(token.keys(), QStringList({u"access_token"_s, u"account_id"_s, u"created_at"_s,
                                            u"expires_in"_s, u"refresh_token"_s, u"token_type"_s}));
        QCOMPARE(token.value("token_type"_L1).toString(), u"bearer"_s);
        QCOMPARE(token.value("expires_in"_L1).toInt(), 36000);
        static const QRegularExpression time(uR"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$)"_s);
        QVERIFY(time.match(token.value("created_at"_L1).toString()).hasMatch());
        QVERIFY(QRegularExpression(u"^[0-9a-f]{64}$"_s)
                    .match(token.value("access_token"_L1).toString())
                    .hasMatch());
        QVERIFY(!answer.headers.value("x-request-id").isEmpty());
        QVERIFY(answer.headers.value("date").endsWith(" GMT"));
    }

    void refusesWithTheDocumentedText_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("expected");

        const QByteArray pair = "{basic}";
        const QByteArray grantWrong = envelope(400, "bad request", "grant_type is incorrect/absent");
        QTest::newRow("no media type")
            << QByteArray("POST") << pair << QByteArray() << QByteArray() << 400 << kContentType;
        QTest::newRow("plain text") << QByteArray("POST") << pair << QByteArray("text/plain") << kGrant << 400
                                    << kContentType;
        QTest::newRow("form beside a header")
            << QByteArray("POST") << pair << kForm << QByteArray("grant_type=client_credentials") << 400
            << kContentType;
        QTest::newRow("no authorization")
            << QByteArray("POST") << QByteArray() << kJson << kGrant << 400 << kMissing;
        QTest::newRow("half a pair") << QByteArray("POST") << QByteArray("client_id:{id}") << kJson << kGrant
                                     << 400 << kMissing;
        QTest::newRow("Basic without a colon")
            << QByteArray("POST") << QByteArray("Basic e30=") << kJson << kGrant << 400 << kMissing;
        QTest::newRow("Basic that is no base64")
            << QByteArray("POST") << QByteArray("Basic ***") << kJson << kGrant << 400 << kMissing;
        QTest::newRow("no grant") << QByteArray("POST") << pair << kJson << QByteArray("{}") << 400
                                  << grantWrong;
        QTest::newRow("wrong grant") << QByteArray("POST") << pair << kJson
                                     << QByteArray(R"({"grant_type":"password"})") << 400 << grantWrong;
        QTest::newRow("cut off body")
            << QByteArray("POST") << pair << kJson << QByteArray("{\"grant_") << 400 << grantWrong;
        QTest::newRow("wrong secret")
            << QByteArray("POST") << QByteArray("client_id:{id}, client_secret:{secret}0") << kJson << kGrant
            << 401 << kFailure;
        QTest::newRow("unknown id") << QByteArray("POST")
                                    << QByteArray("client_id:{id}0, client_secret:{secret}") << kJson
                                    << kGrant << 401 << kFailure;
        QTest::newRow("GET") << QByteArray("GET") << pair << QByteArray() << QByteArray() << 404 << kNoRoute;
        QTest::newRow("PUT") << QByteArray("PUT") << pair << kJson << kGrant << 404 << kNoRoute;
    }

    void refusesWithTheDocumentedText()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, authorization);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QByteArray, expected);
        const Answer answer =
            m_http.send(method, kToken, headersOf(filled(authorization), type), filled(body));
        QCOMPARE(answer.body, expected);
        QCOMPARE(answer.status, status);
        QVERIFY(answer.headers.contains("x-request-id"));
    }

    void answersByTheStateOfThePair_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("status");
        QTest::newRow("disabled") << u"hr-import"_s << 401;
        QTest::newRow("owner deleted") << u"legacy-migration"_s << 500;
        QTest::newRow("enabled") << u"ci-pipeline"_s << 200;
    }

    void answersByTheStateOfThePair()
    {
        QFETCH(QString, name);
        QFETCH(int, status);
        QCOMPARE(m_http.requestToken(m_sandbox.credential(name)).status, status);
    }

    void aWrongSecretNeverTellsThatTheOwnerIsGone()
    {
        auto pair = m_sandbox.credential(u"legacy-migration");
        pair.clientSecret = u"wrong"_s;
        QCOMPARE(m_http.requestToken(pair).status, 401);
    }

    void handsOutTheSameTokenUntilItIsRevoked()
    {
        const auto pair = m_sandbox.credential(u"audit-export");
        const Answer first = m_http.requestToken(pair);
        const Answer second = m_http.requestToken(pair);
        QCOMPARE(first.status, 200);
        QCOMPARE(second.body, first.body);

        const QByteArray token = m_http.tokenOf(u"audit-export");
        QCOMPARE(m_http.get(u"/api/2/apps?limit=1"_s, token).status, 200);
        const Answer revoked =
            m_http.send("POST", kRevoke, headersOf(filled("{basic}", u"audit-export"), kJson),
                        "{\"access_token\":\"" + token + "\"}");
        QCOMPARE(revoked.status, 200);
        QCOMPARE(revoked.body,
                 QByteArray(R"({"status":{"code":200,"error":false,"message":"Success","type":"success"}})"));
        QCOMPARE(m_http.get(u"/api/2/apps?limit=1"_s, token).status, 401);
        QVERIFY(m_http.tokenOf(u"audit-export") != token);
    }

    void refusesToRevoke_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("no media type")
            << QByteArray("POST") << QByteArray("{basic}") << QByteArray() << QByteArray() << kContentType;
        QTest::newRow("no authorization") << QByteArray("POST") << QByteArray() << kJson
                                          << QByteArray(R"({"access_token":"a"})") << kMissing;
        QTest::newRow("no token") << QByteArray("POST") << QByteArray("{basic}") << kJson << QByteArray("{}")
                                  << envelope(400, "bad request", "Access Token Missing");
        QTest::newRow("wrong secret") << QByteArray("POST") << QByteArray("client_id:{id}, client_secret:0")
                                      << kJson << QByteArray(R"({"access_token":"a"})") << kFailure;
        QTest::newRow("GET") << QByteArray("GET") << QByteArray("{basic}") << QByteArray() << QByteArray()
                             << kNoRoute;
    }

    void refusesToRevoke()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, authorization);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, expected);
        QCOMPARE(m_http.send(method, kRevoke, headersOf(filled(authorization), type), body).body, expected);
    }

    void aPairRevokesOnlyItsOwnToken()
    {
        const QByteArray token = m_http.tokenOf(u"ci-pipeline");
        const Answer answer = m_http.send("POST", kRevoke, headersOf(filled("{basic}"), kJson),
                                          "{\"access_token\":\"" + token + "\"}");
        QCOMPARE(answer.status, 401);
        QCOMPARE(m_http.get(u"/api/2/apps?limit=1"_s, token).status, 200);
    }

    void tellsTheRateLimitInBothForms_data()
    {
        QTest::addColumn<QByteArray>("scheme");
        QTest::newRow("colon") << QByteArray("bearer:");
        QTest::newRow("space") << QByteArray("bearer ");
        QTest::newRow("capital") << QByteArray("Bearer ");
    }

    void tellsTheRateLimitInBothForms()
    {
        QFETCH(QByteArray, scheme);
        const QByteArray token = m_http.tokenOf(u"grants-admin");
        const auto remaining = [&] {
            const Answer answer =
                m_http.send("GET", u"/auth/rate_limit"_s, {{"Authorization", scheme + token}});
            return answer.json().value("data"_L1).toObject().value("X-RateLimit-Remaining"_L1).toInt(-1);
        };
        const int before = remaining();
        QVERIFY(before > 0 && before <= 5000);
        QCOMPARE(m_http.get(u"/api/2/apps?limit=1"_s, token).status, 200);
        QCOMPARE(remaining(), before - 1);
    }

    void tellsTheRateLimitInHeadersOfVersion1Alone()
    {
        const QByteArray token = m_http.tokenOf(u"grants-admin");
        const Answer version1 = m_http.get(u"/api/1/groups"_s, token);
        QCOMPARE(version1.status, 200);
        QCOMPARE(version1.headers.value("x-ratelimit-limit"), QByteArray("5000"));
        QVERIFY(version1.headers.value("x-ratelimit-remaining").toInt() > 0);
        const int reset = version1.headers.value("x-ratelimit-reset").toInt();
        QVERIFY(reset > 3000 && reset <= 3600);
        QVERIFY(!m_http.get(u"/api/2/apps?limit=1"_s, token).headers.contains("x-ratelimit-limit"));
    }

    void refusesToTellTheRateLimit_data()
    {
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray incorrect = envelope(400, "bad request", "Authorization Information is incorrect");
        QTest::newRow("none") << QByteArray() << incorrect;
        QTest::newRow("Basic") << QByteArray("{basic}") << incorrect;
        QTest::newRow("unknown") << QByteArray("bearer 0000") << kFailure;
    }

    void refusesToTellTheRateLimit()
    {
        QFETCH(QByteArray, authorization);
        QFETCH(QByteArray, expected);
        const Headers headers = headersOf(filled(authorization), {});
        QCOMPARE(m_http.send("GET", u"/auth/rate_limit"_s, headers).body, expected);
    }
};

QTEST_GUILESS_MAIN(TestManagementTokens)
#include "tst_managementtokens.moc"
