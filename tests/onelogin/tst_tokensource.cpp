// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/tokensource.h"
#include "support/fakeclock.h"
#include "support/faultserver.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray tokenBody(const QByteArray &value)
{
    return R"({"access_token":")" + value +
           R"(","created_at":"2026-01-02T02:04:05.136Z","expires_in":36000,"token_type":"bearer","account_id":555})";
}

// Two hours after the token's birth, though the FakeClock says one.
const QByteArray kDate = "Date: Fri, 02 Jan 2026 04:04:05 GMT\r\n";

} // namespace

class TokenSourceTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void asksAsDocumented();
    void asksOnceForTenWaiters();
    void aWaiterWhoLeavesDoesNotHarmTheOthers();
    void keepsATokenUntilAMinuteBeforeItsEnd();
    void countsTheTimeLeftByTheTenantsClock();
    void noticesTheSameTokenAgain();
    void forgetsOnlyTheRefusedToken();
    void explainsFailures_data();
    void explainsFailures();
    void everyCutAnswerIsAnError();
    void acceptsTheOldEnvelope();
    void passesOnWhyThereIsNoSecret();
    void readOnlyRevokesNothing();
    void believesOnlyAProvenRevocation_data();
    void believesOnlyAProvenRevocation();
    void revokesAndDropsWhateverTheAnswer_data();
    void revokesAndDropsWhateverTheAnswer();
    void rateLimitTriesBothForms();
    void rateLimitEndsWithTheSource_data();
    void rateLimitEndsWithTheSource();
    void noErrorTellsTheSecret();
    void aWaiterMayDeleteTheSource();

private:
    Result<ManagementToken> token();

    FakeClock m_clock;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<TokenSource> m_source;
    Result<Secret> m_secret{Secret::fromText(u"a+b%2B c:é"_s)};
};

void TokenSourceTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_clock = FakeClock();
    m_secret = Secret::fromText(u"a+b%2B c:é"_s);
    m_network = std::make_unique<QNetworkAccessManager>();
    m_http = std::make_unique<HttpClient>(*m_network, m_clock);
    m_server = std::make_unique<FaultServer>(
        [](const Arrival &) { return FaultServer::answer(200, tokenBody("tok-1"), kDate); });
    m_source = std::make_unique<TokenSource>(
        *m_http, m_clock, m_server->url(QString()), u"client-1"_s, u"billing-service"_s,
        [this](Continuation<Secret> continuation) { finishLater<Secret>(continuation, m_secret); });
}

void TokenSourceTest::cleanup()
{
    m_source.reset();
    m_server.reset();
    m_http.reset();
    m_network.reset();
}

Result<ManagementToken> TokenSourceTest::token()
{
    return waitFor<ManagementToken>([this](auto k) { m_source->token(k); });
}

void TokenSourceTest::asksAsDocumented()
{
    QSignalSpy changed(m_source.get(), &TokenSource::changed);
    const auto result = token();
    QVERIFY_OK(result);
    QCOMPARE(result->value.revealed(), u"tok-1"_s);
    QCOMPARE(result->accountId, u"555"_s);
    QCOMPARE(result->lifetime, 36000s);
    QCOMPARE(result->expiresAt, QDateTime(QDate(2026, 1, 2), QTime(12, 4, 5, 136), Qt::UTC));
    QCOMPARE(changed.size(), 1);
    const Arrival &arrival = m_server->arrival(0);
    QCOMPARE(arrival.method, "POST"_ba);
    QCOMPARE(arrival.target, "/auth/oauth2/v2/token"_ba);
    QCOMPARE(arrival.headers.value("content-type"), "application/json"_ba);
    QCOMPARE(arrival.body, R"({"grant_type":"client_credentials"})"_ba);
    QCOMPARE(QByteArray::fromBase64(arrival.headers.value("authorization").sliced(6)),
             "client-1:a%2Bb%252B+c%3A%C3%A9"_ba);
}

void TokenSourceTest::asksOnceForTenWaiters()
{
    int answers = 0;
    for (int i = 0; i < 10; ++i) {
        m_source->token(then(this, [&](Result<ManagementToken> result) {
            QVERIFY_OK(result);
            ++answers;
        }));
    }
    QCOMPARE(answers, 0);
    QTRY_COMPARE(answers, 10);
    QCOMPARE(m_server->arrivals(), 1);
    QVERIFY_OK(token());
    QCOMPARE(m_server->arrivals(), 1);
}

void TokenSourceTest::aWaiterWhoLeavesDoesNotHarmTheOthers()
{
    auto leaving = std::make_unique<QObject>();
    bool stayed = false;
    m_source->token(
        then(leaving.get(), [](Result<ManagementToken>) { QFAIL("called after its context's end"); }));
    m_source->token(then(this, [&](Result<ManagementToken> result) { stayed = result.has_value(); }));
    leaving.reset();
    QTRY_VERIFY(stayed);
    QCOMPARE(m_server->arrivals(), 1);
}

void TokenSourceTest::keepsATokenUntilAMinuteBeforeItsEnd()
{
    QVERIFY_OK(token());
    m_clock.advance(8h - 60s - 1s); // ten hours of life, two of them over at the tenant
    QVERIFY_OK(token());
    QCOMPARE(m_server->arrivals(), 1);
    m_clock.advance(3s);
    QVERIFY_OK(token());
    QCOMPARE(m_server->arrivals(), 2);
}

void TokenSourceTest::countsTheTimeLeftByTheTenantsClock()
{
    m_clock.setNow(QDateTime(QDate(2031, 1, 1), QTime(0, 0), Qt::UTC)); // this computer is years ahead
    const auto result = token();
    QVERIFY_OK(result);
    const auto left =
        std::chrono::duration_cast<std::chrono::seconds>(result->deadline - m_clock.monotonic());
    QVERIFY(left >= 8h - 2s && left <= 8h + 2s);
}

void TokenSourceTest::noticesTheSameTokenAgain()
{
    QVERIFY(!token()->sameAsLast);
    const auto again = waitFor<ManagementToken>([this](auto k) { m_source->fetch(k); });
    QVERIFY_OK(again);
    QVERIFY(again->sameAsLast);
    QCOMPARE(m_server->arrivals(), 2);
    m_source->forget(again->value);
    m_server->setScript([](const Arrival &) { return FaultServer::answer(200, tokenBody("tok-2")); });
    QVERIFY(!token()->sameAsLast);
}

void TokenSourceTest::forgetsOnlyTheRefusedToken()
{
    QVERIFY_OK(token());
    m_source->forget(Secret::fromText(u"another"_s));
    QVERIFY(m_source->current());
    m_source->forget(Secret::fromText(u"tok-1"_s));
    QVERIFY(!m_source->current());
}

void TokenSourceTest::explainsFailures_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("refused")
        << 401
        << R"({"status":{"error":true,"code":401,"type":"Unauthorized","message":"Authentication Failure"}})"_ba
        << u"unauthorized"_s << u"The pair was refused."_s;
    QTest::newRow("refused in a 200")
        << 200
        << R"({"status":{"error":true,"code":401,"type":"Unauthorized","message":"Authentication Failure"}})"_ba
        << u"unauthorized"_s << u"The pair was refused."_s;
    QTest::newRow("owner deleted") << 500 << QByteArray() << u"server_failure"_s
                                   << u"may have been deleted"_s;
    QTest::newRow("gateway") << 502 << "<html>x</html>"_ba << u"server_failure"_s << u"502"_s;
    QTest::newRow("edge throttle") << 429 << "<html>slow</html>"_ba << u"rate_limited"_s
                                   << u"too many requests"_s;
    QTest::newRow("bad request")
        << 400 << R"({"status":{"error":true,"code":400,"type":"bad request","message":"no"}})"_ba
        << u"invalid"_s << u"no"_s;
    QTest::newRow("web page") << 200 << "<html>portal</html>"_ba << u"not_understood"_s << u"web page"_s;
    QTest::newRow("no token") << 200 << R"({"expires_in":36000})"_ba << u"not_understood"_s << u"form"_s;
    QTest::newRow("header injection") << 200 << R"({"access_token":"tok\r\nX-Evil: 1","expires_in":36000})"_ba
                                      << u"not_understood"_s << u"form"_s;
    QTest::newRow("shell line") << 200 << R"({"access_token":"`id`","expires_in":36000})"_ba
                                << u"not_understood"_s << u"form"_s;
    QTest::newRow("another token type")
        << 200 << R"({"access_token":"tok-1","token_type":"mac","expires_in":36000})"_ba
        << u"not_understood"_s << u"form"_s;
    QTest::newRow("empty token") << 200 << R"({"access_token":"","expires_in":36000})"_ba
                                 << u"not_understood"_s << u"form"_s;
    QTest::newRow("token is a number")
        << 200 << R"({"access_token":1,"expires_in":36000})"_ba << u"not_understood"_s << u"form"_s;
    QTest::newRow("empty") << 200 << QByteArray() << u"not_understood"_s << u"JSON"_s;
}

void TokenSourceTest::explainsFailures()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, words);
    m_server->setScript([&](const Arrival &) { return FaultServer::answer(status, body); });
    QSignalSpy fetched(m_source.get(), &TokenSource::fetched);
    const auto result = token();
    QVERIFY(!result);
    QTEST(kindName(result.error().kind), "kind");
    QVERIFY2(result.error().message.contains(words), describe(result.error()).constData());
    QCOMPARE(m_server->arrivals(), 1); // never again by itself
    QCOMPARE(fetched.size(), 1);
    QVERIFY(!m_source->current());
}

void TokenSourceTest::everyCutAnswerIsAnError()
{
    const QByteArray whole = tokenBody("tok-1");
    qsizetype length = 0;
    m_server->setScript([&](const Arrival &) { return FaultServer::answer(200, whole.first(length)); });
    for (; length < whole.size(); ++length) {
        const auto result = waitFor<ManagementToken>([this](auto k) { m_source->fetch(k); });
        QVERIFY2(!result, qPrintable(QString::number(length)));
        QCOMPARE(kindName(result.error().kind), u"not_understood"_s);
    }
    QVERIFY_OK(token());
}

void TokenSourceTest::acceptsTheOldEnvelope()
{
    m_server->setScript([](const Arrival &) {
        return FaultServer::answer(
            200, R"({"status":{"error":false,"code":200,"type":"success","message":"Success"},"data":[)" +
                     tokenBody("tok-v1") + "]}");
    });
    const auto result = token();
    QVERIFY_OK(result);
    QCOMPARE(result->value.revealed(), u"tok-v1"_s);
}

void TokenSourceTest::passesOnWhyThereIsNoSecret()
{
    m_secret = fail(ErrorKind::KeychainLocked, u"The keychain is locked."_s);
    const auto result = token();
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind), u"keychain_locked"_s);
    QCOMPARE(m_server->arrivals(), 0);
}

void TokenSourceTest::readOnlyRevokesNothing()
{
    TokenSource readOnly(
        *m_http, m_clock, m_server->url(QString()), u"client-1"_s, u"billing-service"_s,
        [this](Continuation<Secret> continuation) { finishLater<Secret>(continuation, m_secret); },
        Access::ReadOnly);
    QVERIFY_OK(waitFor<ManagementToken>([&](auto k) { readOnly.token(k); }));
    const auto result = waitFor([&](auto k) { readOnly.revoke(k); });
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::ReadOnly);
    QVERIFY(readOnly.current().has_value());
    QCOMPARE(m_server->arrivals(), 1);
}

void TokenSourceTest::believesOnlyAProvenRevocation_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("isProven");
    QTest::newRow("envelope") << FaultServer::answer(200, R"({"status":{"error":false,"code":200}})").bytes
                              << true;
    QTest::newRow("nothing at all") << FaultServer::answer(200, "").bytes << true;
    QTest::newRow("another object") << FaultServer::answer(200, R"({"revoked":false})").bytes << false;
    QTest::newRow("cut off") << FaultServer::answer(200, R"({"status":{"err)").bytes << false;
    QTest::newRow("guest network") << FaultServer::answer(200, "Please sign in to the guest network").bytes
                                   << false;
    QTest::newRow("bad chunk") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"_ba << false;
}

void TokenSourceTest::believesOnlyAProvenRevocation()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, isProven);
    QVERIFY_OK(token());
    m_server->setScript(
        [answer](const Arrival &) { return FaultReply{.bytes = answer, .then = FaultReply::Then::Close}; });
    const auto result = waitFor([this](auto k) { m_source->revoke(k); });
    QCOMPARE(result.has_value(), isProven);
}

void TokenSourceTest::revokesAndDropsWhateverTheAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("done") << 200;
    QTest::newRow("refused") << 401;
    QTest::newRow("failed") << 503;
}

void TokenSourceTest::revokesAndDropsWhateverTheAnswer()
{
    QFETCH(int, status);
    QVERIFY(!waitFor([this](auto k) { m_source->revoke(k); })); // nothing at hand
    QCOMPARE(m_server->arrivals(), 0);
    QVERIFY_OK(token());
    m_server->setScript([&](const Arrival &) {
        return FaultServer::answer(status, R"({"status":{"error":)" +
                                               QByteArray(status == 200 ? "false" : "true") +
                                               R"(,"message":"tok-1"}})");
    });
    const auto result = waitFor([this](auto k) { m_source->revoke(k); });
    QCOMPARE(result.has_value(), status == 200);
    QVERIFY(!m_source->current());
    QCOMPARE(m_server->arrivals(), 2);
    QCOMPARE(m_server->arrival(1).target, "/auth/oauth2/revoke"_ba);
    QCOMPARE(m_server->arrival(1).body, R"({"access_token":"tok-1"})"_ba);
    QVERIFY(m_server->arrival(1).headers.value("authorization").startsWith("Basic "));
    if (!result)
        QVERIFY(!describe(result.error()).contains("tok-1"));
}

void TokenSourceTest::rateLimitTriesBothForms()
{
    m_server->setScript([](const Arrival &arrival) {
        if (arrival.method == "POST")
            return FaultServer::answer(200, tokenBody("tok-1"));
        if (arrival.headers.value("authorization") == "bearer:tok-1")
            return FaultServer::answer(
                400,
                R"({"status":{"error":true,"code":400,"type":"bad request","message":"Authorization Information is incorrect"}})");
        return FaultServer::answer(
            200,
            R"({"status":{"error":false,"code":200},"data":{"X-RateLimit-Limit":5000,"X-RateLimit-Remaining":4988,"X-RateLimit-Reset":832}})");
    });
    const auto limit = waitFor<RateLimit>([this](auto k) { m_source->rateLimit(k); });
    QVERIFY_OK(limit);
    QCOMPARE(limit->remaining, 4988);
    QCOMPARE(limit->reset, 832s);
    QCOMPARE(m_source->lastRateLimit()->limit, 5000);
    QCOMPARE(m_server->arrivals(), 3);
    QCOMPARE(m_server->arrival(2).headers.value("authorization"), "bearer tok-1"_ba);
}

void TokenSourceTest::rateLimitEndsWithTheSource_data()
{
    QTest::addColumn<qsizetype>("arrivals");
    QTest::newRow("while the token is fetched") << qsizetype(1);
    QTest::newRow("at the first form") << qsizetype(2);
    QTest::newRow("at the second form") << qsizetype(3);
}

void TokenSourceTest::rateLimitEndsWithTheSource()
{
    QFETCH(qsizetype, arrivals);
    m_server->setScript([this, arrivals](const Arrival &arrival) {
        if (m_server->arrivals() == arrivals)
            m_source.reset();
        return arrival.method == "POST" ? FaultServer::answer(200, tokenBody("tok-1"))
                                        : FaultServer::answer(401, {});
    });
    bool wasCalled = false;
    m_source->rateLimit(then(this, [&wasCalled](const Result<RateLimit> &) { wasCalled = true; }));
    QTRY_VERIFY(!m_source);
    // An exchange after it on the same client: what was pending would have been answered by now.
    QVERIFY_OK(waitFor<HttpResponse>([this](auto k) { m_http->send({.url = m_server->url()}, k); }));
    QVERIFY(!wasCalled);
    QCOMPARE(m_server->arrivals(), arrivals + 1);
}

void TokenSourceTest::noErrorTellsTheSecret()
{
    m_secret = Secret::fromText(u"canary-secret"_s);
    m_server->setScript([](const Arrival &arrival) {
        return FaultServer::answer(
            400, R"({"status":{"error":true,"code":400,"type":"canary-secret","message":"got )" +
                     arrival.headers.value("authorization") + R"( canary-secret"}})");
    });
    const auto result = token();
    QVERIFY(!result);
    const QByteArray text = describe(result.error());
    QVERIFY2(!text.contains("canary"), text.constData());
    QVERIFY2(!text.contains("client-1:canary-secret"_ba.toBase64()), text.constData());
    QVERIFY(text.contains("got "));
}

void TokenSourceTest::aWaiterMayDeleteTheSource()
{
    int calls = 0;
    for (int i = 0; i < 3; ++i) {
        m_source->token(then(this, [&](Result<ManagementToken>) {
            ++calls;
            m_source.reset();
        }));
    }
    QTRY_COMPARE(calls, 1);
    QVERIFY(!m_source);
}

QTEST_GUILESS_MAIN(TokenSourceTest)
#include "tst_tokensource.moc"
