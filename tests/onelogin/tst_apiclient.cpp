// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/worker.h"
#include "onelogin/apiclient.h"
#include "onelogin/tokensource.h"
#include "support/fakeclock.h"
#include "support/faultserver.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QRegularExpression>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray kUnauthorized = R"({"message":"Unauthorized","statusCode":401,"name":"UnauthorizedError"})";

} // namespace

class ApiClientTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void sendsATokenAndJson();
    void takesA204AsNull();
    void refusesAnEmptyAnswerWhereJsonIsDue();
    void takesANotFoundDeleteAsDone();
    void aProxys404IsNotDone();
    void doesNotRepeatA401WithTheSameToken();
    void repeatsA401OnceWithAnotherToken_data();
    void repeatsA401OnceWithAnotherToken();
    void doesNotRepeatA403();
    void waitsAfterA429AndGoesOn();
    void everyRequestWaits();
    void waitsAMinuteWhereNobodySaysHowLong();
    void givesUpAnAbsurdWait();
    void givesUpAfterTheFifth429();
    void endOfTheContextEndsTheWait();
    void doesNotRepeatABrokenWrite();
    void aReadOnlyTenantIsReadButNotWritten();
    void readsPagesByCursor();
    void stopsAtACursorThatComesAgain();
    void aListWithoutEndIsAnError();
    void aPageThatIsNoListIsAnError();
    void aListIsGoneOnFromThePageThatFailed();
    void aLongAnswerIsReadInAWorker();
    void whoIsGoneGetsNoLongAnswer();
    void everyCutAnswerIsAnError();
    void noErrorTellsTheToken();
    void noAnswerTellsThePair();
    void noAnswerTellsTheToken();
    void theCallbackMayDeleteTheClient();

private:
    Result<QJsonValue> get(const QString &path = u"/api/2/apps/1"_s, const Query &query = {});
    /// The elements of all pages of /api/2/apps; `onPage` may be null.
    Result<QJsonArray> getAll(const Query &query = {},
                              const std::function<void(const QString &)> &onPage = {},
                              std::chrono::milliseconds timeout = std::chrono::seconds(30),
                              const QString &from = {});
    void answerApi(FaultServer::Script script) { m_script = std::move(script); }
    qsizetype count(const QByteArray &method) const;

    FakeClock m_clock;
    QList<QByteArray> m_tokens; ///< handed out in turn, the last one for ever
    qsizetype m_tokenRequests = 0;
    FaultServer::Script m_script;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<TokenSource> m_source;
    std::unique_ptr<ApiClient> m_api;
};

void ApiClientTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_clock = FakeClock();
    m_tokens = {"tok-1"};
    m_tokenRequests = 0;
    m_network = std::make_unique<QNetworkAccessManager>();
    m_http = std::make_unique<HttpClient>(*m_network, m_clock);
    m_server = std::make_unique<FaultServer>([this](const Arrival &arrival) {
        if (!arrival.target.startsWith("/auth/"))
            return m_script(arrival);
        const QByteArray token = m_tokens.at(std::min(m_tokenRequests++, m_tokens.size() - 1));
        return FaultServer::answer(200, R"({"access_token":")" + token + R"(","expires_in":36000})");
    });
    m_source = std::make_unique<TokenSource>(*m_http, m_clock, m_server->url(QString()), u"client-1"_s,
                                             u"billing-service"_s, [](Continuation<Secret> continuation) {
                                                 finishLater<Secret>(
                                                     continuation, Secret::fromText(u"canary-of-the-pair"_s));
                                             });
    m_api = std::make_unique<ApiClient>(*m_http, *m_source, m_clock, m_server->url(QString()),
                                        u"billing-service"_s);
}

void ApiClientTest::cleanup()
{
    m_api.reset();
    m_source.reset();
    m_server.reset();
    m_http.reset();
    m_network.reset();
}

Result<QJsonValue> ApiClientTest::get(const QString &path, const Query &query)
{
    return waitFor<QJsonValue>([&](auto k) { m_api->get(path, query, k); });
}

Result<QJsonArray> ApiClientTest::getAll(const Query &query,
                                         const std::function<void(const QString &)> &onPage,
                                         std::chrono::milliseconds timeout, const QString &from)
{
    const auto read = [](const QJsonValue &json) -> Result<std::vector<QJsonValue>> {
        if (!json.isArray())
            return fail(ErrorKind::NotUnderstood, u"no array"_s);
        const QJsonArray array = json.toArray();
        return std::vector<QJsonValue>(array.begin(), array.end());
    };
    QJsonArray all;
    const auto take = [&](const std::vector<QJsonValue> &page, const QString &next) {
        for (const QJsonValue &item : page)
            all.append(item);
        if (onPage)
            onPage(next);
    };
    const Result<void> end = waitFor<>(
        [&](auto k) { m_api->pages<QJsonValue>(u"/api/2/apps"_s, query, from, read, take, k); }, timeout);
    return end ? Result<QJsonArray>(all) : fail(end.error());
}

/// Requests under /api of that method.
qsizetype ApiClientTest::count(const QByteArray &method) const
{
    qsizetype count = 0;
    for (qsizetype i = 0; i < m_server->arrivals(); ++i)
        count += m_server->arrival(i).method == method && m_server->arrival(i).target.startsWith("/api/");
    return count;
}

void ApiClientTest::sendsATokenAndJson()
{
    Arrival seen;
    answerApi([&](const Arrival &arrival) {
        seen = arrival;
        return FaultServer::answer(201, R"({"id":7})");
    });
    const auto posted = waitFor<QJsonValue>([&](auto k) {
        m_api->post(u"/api/2/things"_s, {{u"name"_s, u"é"_s}}, k);
    });
    QVERIFY_OK(posted);
    QCOMPARE(posted->toObject().value("id"_L1).toInt(), 7);
    QCOMPARE(seen.method, "POST"_ba);
    QCOMPARE(seen.target, "/api/2/things"_ba);
    QCOMPARE(seen.headers.value("authorization"), "Bearer tok-1"_ba);
    QCOMPARE(seen.headers.value("content-type"), "application/json"_ba);
    QCOMPARE(seen.body, R"({"name":"é"})"_ba);
    QVERIFY_OK(get(u"/api/2/apps"_s, {{u"name"_s, u"a+b &c%2B*"_s}}));
    QCOMPARE(seen.target, "/api/2/apps?name=a%2Bb%20%26c%252B%2A"_ba);
}

void ApiClientTest::takesA204AsNull()
{
    answerApi([](const Arrival &) { return FaultServer::answer(204, {}); });
    const auto result = waitFor<QJsonValue>([&](auto k) { m_api->put(u"/api/2/x"_s, {}, k); });
    QVERIFY_OK(result);
    QVERIFY(result->isNull());
}

void ApiClientTest::refusesAnEmptyAnswerWhereJsonIsDue()
{
    answerApi([](const Arrival &) { return FaultServer::answer(200, {}); });
    const auto result = get();
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind), u"not_understood"_s);
    QVERIFY(result.error().message.contains("empty"_L1));
}

void ApiClientTest::takesANotFoundDeleteAsDone()
{
    answerApi([](const Arrival &) {
        return FaultServer::answer(404, R"({"message":"not found","statusCode":404,"name":"NotFoundError"})");
    });
    QVERIFY_OK(waitFor([&](auto k) { m_api->remove(u"/api/2/x/1"_s, k); }));
    QVERIFY(!get());
}

void ApiClientTest::aProxys404IsNotDone()
{
    answerApi([](const Arrival &) { return FaultServer::html(404); });
    QVERIFY(!waitFor([&](auto k) { m_api->remove(u"/api/2/x/1"_s, k); }));
}

void ApiClientTest::doesNotRepeatA401WithTheSameToken()
{
    answerApi([](const Arrival &) { return FaultServer::answer(401, kUnauthorized); });
    const auto result = get();
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind), u"unauthorized"_s);
    QCOMPARE(result.error().vendorText, u"Unauthorized"_s);
    QCOMPARE(count("GET"), 1);
    QCOMPARE(m_tokenRequests, 2);
}

void ApiClientTest::repeatsA401OnceWithAnotherToken_data()
{
    QTest::addColumn<bool>("secondIsGood");
    QTest::newRow("good") << true;
    QTest::newRow("refused as well") << false;
}

void ApiClientTest::repeatsA401OnceWithAnotherToken()
{
    QFETCH(bool, secondIsGood);
    m_tokens = {"tok-1", "tok-2", "tok-3"};
    answerApi([&](const Arrival &arrival) {
        const bool good = secondIsGood && arrival.headers.value("authorization") == "Bearer tok-2";
        return good ? FaultServer::answer(200, "{}") : FaultServer::answer(401, kUnauthorized);
    });
    const auto result = waitFor<QJsonValue>([&](auto k) { m_api->post(u"/api/2/x"_s, {{u"a"_s, 1}}, k); });
    QCOMPARE(result.has_value(), secondIsGood);
    QCOMPARE(count("POST"), 2);
    QCOMPARE(m_tokenRequests, 2);
    QCOMPARE(m_server->arrival(m_server->arrivals() - 1).body, R"({"a":1})"_ba);
}

void ApiClientTest::doesNotRepeatA403()
{
    answerApi([](const Arrival &) {
        return FaultServer::answer(403,
                                   R"({"message":"Forbidden","statusCode":403,"name":"ForbiddenError"})");
    });
    const auto result = get();
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind), u"forbidden"_s);
    QCOMPARE(m_server->arrivals(), 2);
}

void ApiClientTest::waitsAfterA429AndGoesOn()
{
    bool throttled = true;
    answerApi([&](const Arrival &) {
        return throttled ? FaultServer::answer(429, {}, "Retry-After: 90\r\n")
                         : FaultServer::answer(200, "{}");
    });
    QList<std::chrono::seconds> left;
    connect(m_api.get(), &ApiClient::waiting, this,
            [&](std::chrono::seconds seconds) { left.append(seconds); });
    std::optional<Result<QJsonValue>> result;
    m_api->post(u"/api/2/x"_s, {}, then(this, [&](Result<QJsonValue> value) { result = value; }));
    QTRY_COMPARE(left.size(), 1);
    QCOMPARE(left.last(), 90s);
    m_clock.advance(89s);
    QTRY_COMPARE(left.size(), 2);
    QCOMPARE(left.last(), 1s);
    QCOMPARE(count("POST"), 1);
    throttled = false;
    m_clock.advance(1s);
    QTRY_VERIFY(result);
    QVERIFY_OK(*result);
    QCOMPARE(left.last(), 0s);
    QCOMPARE(count("POST"), 2);
}

void ApiClientTest::everyRequestWaits()
{
    answerApi([&](const Arrival &arrival) {
        return arrival.target == "/api/2/first" && count("GET") == 1
                   ? FaultServer::answer(429, {}, "Retry-After: 5\r\n")
                   : FaultServer::answer(200, "{}");
    });
    QSignalSpy waiting(m_api.get(), &ApiClient::waiting);
    int done = 0;
    m_api->get(u"/api/2/first"_s, {},
               then(this, [&](Result<QJsonValue> value) { done += value.has_value(); }));
    QTRY_COMPARE(waiting.size(), 1);
    m_api->get(u"/api/2/second"_s, {},
               then(this, [&](Result<QJsonValue> value) { done += value.has_value(); }));
    QTRY_COMPARE(waiting.size(), 2); // a second later nothing more has been sent
    QCOMPARE(count("GET"), 1);
    m_clock.advance(5s);
    QTRY_COMPARE(done, 2);
    QCOMPARE(count("GET"), 3);
}

void ApiClientTest::waitsAMinuteWhereNobodySaysHowLong()
{
    bool throttled = true;
    answerApi([&](const Arrival &) {
        return std::exchange(throttled, false) ? FaultServer::html(429) : FaultServer::answer(200, "{}");
    });
    QList<std::chrono::seconds> left;
    connect(m_api.get(), &ApiClient::waiting, this, [&](std::chrono::seconds seconds) {
        left.append(seconds);
        m_clock.advance(30s);
    });
    QVERIFY_OK(get());
    QCOMPARE(left.first(), 60s);
    QVERIFY(left.last() == 0s);
}

void ApiClientTest::givesUpAnAbsurdWait()
{
    answerApi([](const Arrival &) { return FaultServer::answer(429, {}, "X-RateLimit-Reset: 3601\r\n"); });
    QSignalSpy waiting(m_api.get(), &ApiClient::waiting);
    const auto result = get();
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind), u"rate_limited"_s);
    QCOMPARE(result.error().retryAfter, 3601s);
    QCOMPARE(waiting.size(), 0);
    QCOMPARE(count("GET"), 1);
}

void ApiClientTest::givesUpAfterTheFifth429()
{
    answerApi([](const Arrival &) { return FaultServer::answer(429, {}, "Retry-After: 1\r\n"); });
    connect(m_api.get(), &ApiClient::waiting, this, [&] { m_clock.advance(1s); });
    const auto result = get();
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind), u"rate_limited"_s);
    QCOMPARE(count("GET"), 5);
}

void ApiClientTest::endOfTheContextEndsTheWait()
{
    answerApi([](const Arrival &) { return FaultServer::answer(429, {}, "Retry-After: 5\r\n"); });
    QSignalSpy waiting(m_api.get(), &ApiClient::waiting);
    auto context = std::make_unique<QObject>();
    m_api->get(u"/api/2/x"_s, {}, then(context.get(), [](Result<QJsonValue>) { QFAIL("called"); }));
    QTRY_COMPARE(waiting.size(), 1);
    context.reset();
    m_clock.advance(10s);
    QTRY_COMPARE(waiting.size(), 2);
    QCOMPARE(waiting.last().first().value<std::chrono::seconds>(), 0s);
    QCOMPARE(count("GET"), 1);
    QVERIFY(m_api->findChildren<QObject *>(Qt::FindDirectChildrenOnly).isEmpty());
}

void ApiClientTest::doesNotRepeatABrokenWrite()
{
    answerApi([](const Arrival &) { return FaultReply{.then = FaultReply::Then::Close}; });
    const auto result = waitFor<QJsonValue>([&](auto k) { m_api->put(u"/api/2/x"_s, {{u"a"_s, 1}}, k); });
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind), u"outcome_unknown"_s);
    QCOMPARE(count("PUT"), 1);
}

void ApiClientTest::aReadOnlyTenantIsReadButNotWritten()
{
    answerApi([](const Arrival &) { return FaultServer::answer(200, R"({"id":1})"); });
    ApiClient api(*m_http, *m_source, m_clock, m_server->url(QString()), u"billing-service"_s,
                  Access::ReadOnly);
    const auto posted = waitFor<QJsonValue>([&](auto k) { api.post(u"/api/2/things"_s, {}, k); });
    const auto put = waitFor<QJsonValue>([&](auto k) { api.put(u"/api/2/things/1"_s, {}, k); });
    const auto removed = waitFor([&](auto k) { api.remove(u"/api/2/things/1"_s, k); });
    QVERIFY(!posted && !put && !removed);
    for (const Error &error : {posted.error(), put.error(), removed.error()})
        QCOMPARE(kindName(error.kind), u"read_only"_s);
    QCOMPARE(m_server->arrivals(), 0);
    QVERIFY_OK(waitFor<QJsonValue>([&](auto k) { api.get(u"/api/2/things/1"_s, {}, k); }));
    QCOMPARE(count("GET"), 1);
}

void ApiClientTest::readsPagesByCursor()
{
    QList<QByteArray> targets;
    answerApi([&](const Arrival &arrival) {
        targets.append(arrival.target);
        switch (targets.size()) {
        case 1: // percent-encoded already
            return FaultServer::answer(200, "[1,2]", "After-Cursor: bGltaXQ9MiZwYWdlPTI%3D%2B\r\n");
        case 2: // as it is
            return FaultServer::answer(200, "[3]", "after-cursor: a+b/c==\r\n");
        default:
            return FaultServer::answer(200, "[]", "After-Cursor: \r\n");
        }
    });
    int pages = 0;
    QStringList nexts;
    const auto all = getAll({{u"limit"_s, u"2"_s}}, [&](const QString &next) {
        ++pages;
        nexts.append(next);
    });
    QVERIFY_OK(all);
    QCOMPARE(*all, (QJsonArray{1, 2, 3}));
    QCOMPARE(pages, 3);
    QCOMPARE(nexts, (QStringList{u"bGltaXQ9MiZwYWdlPTI=+"_s, u"a+b/c=="_s, QString()}));
    QCOMPARE(targets,
             (QList<QByteArray>{"/api/2/apps?limit=2", "/api/2/apps?limit=2&cursor=bGltaXQ9MiZwYWdlPTI%3D%2B",
                                "/api/2/apps?limit=2&cursor=a%2Bb%2Fc%3D%3D"}));
}

void ApiClientTest::stopsAtACursorThatComesAgain()
{
    answerApi([](const Arrival &arrival) {
        const QByteArray next = arrival.target.endsWith("cursor=A") ? "B" : "A";
        return FaultServer::answer(200, "[1]", "After-Cursor: " + next + "\r\n");
    });
    const auto all = getAll();
    QVERIFY_OK(all);
    QCOMPARE(count("GET"), 3); // none, A, B
    QCOMPARE(all->size(), 3);
}

void ApiClientTest::aListWithoutEndIsAnError()
{
    int page = 0;
    answerApi([&page](const Arrival &) {
        return FaultServer::answer(200, "[1]", "After-Cursor: c" + QByteArray::number(++page) + "\r\n");
    });
    const auto all = getAll({}, {}, std::chrono::seconds(100));
    QVERIFY(!all);
    QCOMPARE(kindName(all.error().kind), u"not_understood"_s);
    QCOMPARE(count("GET"), 251);
}

void ApiClientTest::aPageThatIsNoListIsAnError()
{
    answerApi([](const Arrival &) { return FaultServer::answer(200, "{}"); });
    const auto all = getAll();
    QVERIFY(!all);
    QCOMPARE(kindName(all.error().kind), u"not_understood"_s);
}

void ApiClientTest::aListIsGoneOnFromThePageThatFailed()
{
    bool fails = true;
    answerApi([&](const Arrival &arrival) {
        if (!arrival.target.contains("cursor"))
            return FaultServer::answer(200, "[1,2]", "After-Cursor: second\r\n");
        return fails ? FaultServer::answer(500, "{}") : FaultServer::answer(200, "[3]");
    });
    QStringList nexts;
    const auto keep = [&](const QString &next) { nexts.append(next); };
    const auto half = getAll({}, keep);
    QVERIFY(!half);
    QCOMPARE(kindName(half.error().kind), u"server_failure"_s);
    QCOMPARE(nexts, QStringList{u"second"_s});
    fails = false;
    const auto rest = getAll({}, keep, std::chrono::seconds(5), nexts.front());
    QVERIFY_OK(rest);
    QCOMPARE(*rest, QJsonArray{3});
    QCOMPARE(nexts.back(), QString());
}

void ApiClientTest::aLongAnswerIsReadInAWorker()
{
    const QByteArray name(100 << 10, 'n');
    answerApi([&](const Arrival &arrival) {
        return arrival.target.endsWith("wrong") ? FaultServer::answer(200, "[\"" + name + "\"")
                                                : FaultServer::answer(200, "[\"" + name + "\"]");
    });
    QThread *reader = nullptr;
    const auto read = [&reader](const QJsonValue &json) -> Result<QString> {
        reader = QThread::currentThread();
        return json.toArray().first().toString();
    };
    const auto text = waitFor<QString>([&](auto k) { m_api->read<QString>(u"/api/2/things"_s, read, k); });
    QVERIFY_OK(text);
    QCOMPARE(text->size(), name.size());
    QVERIFY(reader && reader != QThread::currentThread());
    QVERIFY_OK(get());
    const auto wrong = waitFor<QString>([&](auto k) { m_api->read<QString>(u"/api/2/wrong"_s, read, k); });
    QVERIFY(!wrong);
    QCOMPARE(kindName(wrong.error().kind), u"not_understood"_s);
}

void ApiClientTest::whoIsGoneGetsNoLongAnswer()
{
    const QByteArray name(100 << 10, 'n');
    answerApi([&](const Arrival &) { return FaultServer::answer(200, "[\"" + name + "\"]"); });
    auto context = std::make_unique<QObject>();
    QSemaphore begun;
    QSemaphore goOn;
    int calls = 0;
    m_api->read<QString>(
        u"/api/2/things"_s,
        [&](const QJsonValue &) -> Result<QString> {
            begun.release();
            goOn.acquire();
            return QString();
        },
        then(context.get(), [&calls](const Result<QString> &) { ++calls; }));
    QTRY_VERIFY(begun.available() > 0);
    context.reset();
    goOn.release();
    workers().waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(calls, 0);
}

void ApiClientTest::everyCutAnswerIsAnError()
{
    const QByteArray whole =
        R"([{"id":1033034,"name":"Contacts API","configuration":{"audiences":["https://c.example"]}}])";
    qsizetype length = 0;
    answerApi([&](const Arrival &) { return FaultServer::answer(200, whole.first(length)); });
    for (; length < whole.size(); ++length) {
        const auto result = get();
        QVERIFY2(!result, qPrintable(QString::number(length)));
        QCOMPARE(kindName(result.error().kind), u"not_understood"_s);
    }
    QVERIFY_OK(get());
}

void ApiClientTest::noErrorTellsTheToken()
{
    m_tokens = {"tok-canary"};
    answerApi([](const Arrival &arrival) {
        return FaultServer::answer(422, R"({"statusCode":422,"name":"X","message":"you sent )" +
                                            arrival.headers.value("authorization") + R"("})");
    });
    const auto result = get();
    QVERIFY(!result);
    QVERIFY(result.error().message.contains("you sent"_L1));
    QVERIFY2(!describe(result.error()).contains("canary"), describe(result.error()).constData());
}

void ApiClientTest::noAnswerTellsThePair()
{
    const QByteArray pair = "client-1:canary-of-the-pair";
    for (const QByteArray &told : {QByteArray("canary-of-the-pair"), pair.toBase64(),
                                   "Basic " + pair.toBase64(), QByteArray("canary-of-the-pair").toHex()}) {
        answerApi([&](const Arrival &) {
            return FaultServer::answer(
                400, R"({"statusCode":400,"name":"X","message":"you have )" + told + R"("})",
                "X-Request-Id: " + told + "\r\n");
        });
        const auto refused = get();
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains("you have"_L1));
        QVERIFY2(!describe(refused.error()).contains(told), describe(refused.error()).constData());
        QVERIFY(!refused.error().requestId.contains(QString::fromLatin1(told)));
        answerApi(
            [&](const Arrival &) { return FaultServer::answer(200, R"({"name":"app )" + told + "\"}"); });
        const auto app = get();
        QVERIFY_OK(app);
        QVERIFY(!app->toObject().value("name"_L1).toString().contains(QString::fromLatin1(told)));
    }
}

void ApiClientTest::noAnswerTellsTheToken()
{
    m_tokens = {"canary-1"};
    for (const QByteArray &more : {QByteArray(), QByteArray(100'000, 'x')}) { // here, and in a worker
        answerApi([more](const Arrival &arrival) {
            return FaultServer::answer(200, R"({"name":"app )" + arrival.headers.value("authorization") +
                                                R"(","more":")" + more + "\"}");
        });
        const Result<QJsonValue> app = get();
        QVERIFY_OK(app);
        const QString name = app->toObject().value(u"name"_s).toString();
        QVERIFY2(name.startsWith(u"app ‹redacted"_s), qPrintable(name));
    }
    answerApi([](const Arrival &) { // the same, spelled with an escape of JSON
        return FaultServer::answer(200, QByteArray("{\"name\":\"app \\") + "u0063anary-1\"}");
    });
    const Result<QJsonValue> escaped = get();
    QVERIFY_OK(escaped);
    const QString name = escaped->toObject().value(u"name"_s).toString();
    QVERIFY2(name.startsWith(u"app ‹redacted"_s), qPrintable(name));
}

void ApiClientTest::theCallbackMayDeleteTheClient()
{
    answerApi([](const Arrival &) { return FaultServer::answer(200, "[]"); });
    int calls = 0;
    m_api->pages<int>(
        u"/api/2/apps"_s, {}, {}, [](const QJsonValue &) { return Result<std::vector<int>>(); },
        [](const std::vector<int> &, const QString &) {}, then(this, [&](Result<void>) {
            ++calls;
            m_api.reset();
        }));
    QTRY_COMPARE(calls, 1);
    QVERIFY(!m_api);
}

QTEST_GUILESS_MAIN(ApiClientTest)
#include "tst_apiclient.moc"
