// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpclient.h"
#include "net/worker.h"
#include "support/fakeclock.h"
#include "support/faultserver.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Then = FaultReply::Then;

Q_DECLARE_METATYPE(latchkey::FaultReply)
Q_DECLARE_METATYPE(latchkey::HttpMethod)
Q_DECLARE_METATYPE(latchkey::ErrorKind)

class HttpClientTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void sendsWhatItIsGiven();
    void aBrokenWriteArrivesOnceAndItsOutcomeIsUnknown_data();
    void aBrokenWriteArrivesOnceAndItsOutcomeIsUnknown();
    void aWriteOverADeadKeepAliveConnectionArrivesOnceAtMost();
    void repeatsABrokenGetThreeTimesAtMost();
    void repeatsAGetAfterAPassingFailure_data();
    void repeatsAGetAfterAPassingFailure();
    void sendsAGetOnceWhereAskedTo();
    void obeysALongRetryAfter();
    void passesEveryStatusOn();
    void followsNoRedirect_data();
    void followsNoRedirect();
    void noErrorTellsWhatWasSent();
    void takesAnEmpty204();
    void keepsTheBodyOfA401AndAsksNobody_data();
    void keepsTheBodyOfA401AndAsksNobody();
    void aCutBodyIsAnError_data();
    void aCutBodyIsAnError();
    void aBadChunkGivesNoHalfBody();
    void endsSilenceByTheIdleTimeout();
    void endsADripByTheWholeDeadline();
    void aWholeAnswerThatIsBeingRedactedIsNoTimeout();
    void refusesABodyBeyondTheLimit();
    void readsALargeCompressedBody();
    void saysWhenNobodyListens();
    void refusesPlainHttpElsewhere();
    void keepsNoCookies();
    void endOfTheContextAbortsAtOnce();
    void aCancelledAnswerIsShownWhereItIsShort_data();
    void aCancelledAnswerIsShownWhereItIsShort();
    void endOfTheClientEndsTheRequest();
    void theCallbackMayEndEverything();
    void readsRetryAfter_data();
    void readsRetryAfter();
    void reportsRedactedExchanges();

private:
    Result<HttpResponse> send(HttpRequest request);
    Result<HttpResponse> send(HttpMethod method, const FaultServer &server);

    SystemClock m_clock;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<HttpClient> m_client;
};

void HttpClientTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_network = std::make_unique<QNetworkAccessManager>();
    m_client = std::make_unique<HttpClient>(*m_network, m_clock);
}

void HttpClientTest::cleanup()
{
    m_client.reset();
    m_network.reset();
}

Result<HttpResponse> HttpClientTest::send(HttpRequest request)
{
    return waitFor<HttpResponse>([&](auto k) { m_client->send(request, k); });
}

Result<HttpResponse> HttpClientTest::send(HttpMethod method, const FaultServer &server)
{
    return send({.method = method, .url = server.url()});
}

void HttpClientTest::sendsWhatItIsGiven()
{
    FaultServer server([](const Arrival &) { return FaultServer::answer(200, "{}"); });
    const auto result = send({.method = HttpMethod::Post,
                              .url = server.url(u"/auth/oauth2/v2/token"_s),
                              .authorization = Secret::fromText(u"Basic YTpi"_s),
                              .contentType = "application/json",
                              .body = Secret::fromText(uR"({"a":"é"})"_s)});
    QVERIFY_OK(result);
    QCOMPARE(result->status, 200);
    QCOMPARE(result->body, "{}"_ba);
    const Arrival &arrival = server.arrival(0);
    QCOMPARE(arrival.method, "POST"_ba);
    QCOMPARE(arrival.target, "/auth/oauth2/v2/token"_ba);
    QCOMPARE(arrival.body, R"({"a":"é"})"_ba);
    QCOMPARE(arrival.headers.value("authorization"), "Basic YTpi"_ba);
    QCOMPARE(arrival.headers.value("content-type"), "application/json"_ba);
    QCOMPARE(arrival.headers.value("accept"), "application/json"_ba);
    QCOMPARE(arrival.headers.value("user-agent"), QByteArray("Latchkey/" LATCHKEY_VERSION));
}

void HttpClientTest::aBrokenWriteArrivesOnceAndItsOutcomeIsUnknown_data()
{
    QTest::addColumn<HttpMethod>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<FaultReply>("reply");
    const QList<std::pair<QByteArray, HttpMethod>> methods{
        {"POST", HttpMethod::Post}, {"PUT", HttpMethod::Put}, {"DELETE", HttpMethod::Delete}};
    const QList<std::pair<QByteArray, FaultReply>> faults{
        {"closed", {.then = Then::Close}},
        {"reset", {.then = Then::Reset}},
        {"garbage", {.bytes = "\x16\x03\x01 what is this?\r\n\r\n", .then = Then::Close}},
        {"half a status line", {.bytes = "HTTP/1.1 20", .then = Then::Close}},
        {"half a body",
         {.bytes = "HTTP/1.1 201 Created\r\nContent-Length: 20\r\n\r\n{\"id\"", .then = Then::Close}}};
    for (const auto &[name, method] : methods) {
        for (const auto &[fault, reply] : faults) {
            QTest::addRow("%s, %s", name.constData(), fault.constData())
                << method << R"({"scopes":[1]})"_ba << reply;
            QTest::addRow("%s without body, %s", name.constData(), fault.constData())
                << method << QByteArray() << reply;
        }
    }
}

void HttpClientTest::aBrokenWriteArrivesOnceAndItsOutcomeIsUnknown()
{
    QFETCH(HttpMethod, method);
    QFETCH(QByteArray, body);
    QFETCH(FaultReply, reply);
    FaultServer server([&](const Arrival &arrival) {
        return arrival.method == "GET" ? FaultServer::answer(200, "{}") : reply;
    });
    const auto result = send({.method = method,
                              .url = server.url(),
                              .contentType = body.isEmpty() ? QByteArray() : "application/json"_ba,
                              .body = Secret::copyOf(body)});
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind), u"outcome_unknown"_s);
    QVERIFY(result.error().message.contains("127.0.0.1"_L1));
    QVERIFY_OK(send(HttpMethod::Get, server)); // a second arrival would come before this one
    QCOMPARE(server.arrivals(), 2);
    QCOMPARE(server.arrival(0).body, body);
    QCOMPARE(server.arrival(1).method, "GET"_ba);
}

void HttpClientTest::aWriteOverADeadKeepAliveConnectionArrivesOnceAtMost()
{
    FaultServer server([](const Arrival &arrival) {
        FaultReply reply = FaultServer::answer(200, "{}");
        reply.then = arrival.method == "GET" ? Then::Close : Then::KeepOpen;
        return reply;
    });
    QVERIFY_OK(send(HttpMethod::Get, server));
    const auto result = send(HttpMethod::Post, server);
    QVERIFY(result.has_value() || result.error().kind == ErrorKind::OutcomeUnknown);
    QVERIFY(server.arrivals() <= 2);
}

void HttpClientTest::repeatsABrokenGetThreeTimesAtMost()
{
    FaultServer server([](const Arrival &) { return FaultReply{.then = Then::Close}; });
    QSignalSpy exchanges(m_client.get(), &HttpClient::exchanged);
    const auto result = send(HttpMethod::Get, server);
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind), u"unreachable"_s);
    QCOMPARE(server.arrivals(), 3);
    QCOMPARE(exchanges.size(), 3);
}

void HttpClientTest::repeatsAGetAfterAPassingFailure_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("arrivals");
    QTest::newRow("500") << 500 << 1;
    QTest::newRow("502") << 502 << 2;
    QTest::newRow("503") << 503 << 2;
    QTest::newRow("504") << 504 << 2;
    QTest::newRow("429") << 429 << 1;
    QTest::newRow("404") << 404 << 1;
}

void HttpClientTest::repeatsAGetAfterAPassingFailure()
{
    QFETCH(int, status);
    QFETCH(int, arrivals);
    bool first = true;
    FaultServer server([&](const Arrival &) {
        return std::exchange(first, false) ? FaultServer::html(status) : FaultServer::answer(200, "[]");
    });
    const auto result = send(HttpMethod::Get, server);
    QVERIFY_OK(result);
    QCOMPARE(server.arrivals(), arrivals);
    QCOMPARE(result->status, arrivals == 1 ? status : 200);
}

void HttpClientTest::sendsAGetOnceWhereAskedTo()
{
    FaultServer server([](const Arrival &) { return FaultReply{.then = Then::Close}; });
    QVERIFY(!send({.url = server.url(), .repeatable = false}));
    QCOMPARE(server.arrivals(), 1);
}

void HttpClientTest::obeysALongRetryAfter()
{
    FaultServer server([](const Arrival &) { return FaultServer::answer(503, "{}", "Retry-After: 30\r\n"); });
    const auto result = send(HttpMethod::Get, server);
    QVERIFY_OK(result);
    QCOMPARE(result->status, 503);
    QCOMPARE(server.arrivals(), 1);
}

void HttpClientTest::passesEveryStatusOn()
{
    int status = 0;
    FaultServer server([&](const Arrival &) { return FaultServer::answer(status, "[]"); });
    for (const int each : {200, 201, 202, 400, 401, 402, 403, 404, 405, 409, 410, 412,
                           413, 415, 418, 422, 429, 500, 501, 502, 503, 504, 599}) {
        status = each;
        const auto result = send(HttpMethod::Put, server);
        QVERIFY_OK(result);
        QCOMPARE(result->status, each);
        QCOMPARE(result->body, "[]"_ba);
    }
    status = 407;
    const auto proxy = send(HttpMethod::Put, server);
    QVERIFY(!proxy);
    QVERIFY(proxy.error().message.contains("proxy"_L1));
    QCOMPARE(proxy.error().reason, u"proxy_login"_s);
}

void HttpClientTest::followsNoRedirect_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<HttpMethod>("method");
    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::addRow("GET %d", status) << status << HttpMethod::Get;
        QTest::addRow("POST %d", status) << status << HttpMethod::Post;
    }
}

void HttpClientTest::followsNoRedirect()
{
    QFETCH(int, status);
    QFETCH(HttpMethod, method);
    FaultServer other([](const Arrival &) { return FaultServer::answer(200, "{}"); });
    FaultServer server([&](const Arrival &) {
        return FaultServer::answer(status, {},
                                   "Location: " + other.url(u"/stolen"_s).toEncoded() + "?t=canary\r\n");
    });
    const auto result = send({.method = method,
                              .url = server.url(),
                              .authorization = Secret::fromText(u"bearer abcdef"_s),
                              .body = Secret::fromText(u"password=abcdef"_s)});
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind), u"not_understood"_s);
    QCOMPARE(result.error().httpStatus, status);
    QVERIFY2(result.error().message.contains(u"127.0.0.1:%1"_s.arg(other.port())),
             describe(result.error()).constData());
    QVERIFY(!describe(result.error()).contains("canary"));
    QCOMPARE(server.arrivals(), 1);
    QCOMPARE(other.connections(), 0);
}

void HttpClientTest::noErrorTellsWhatWasSent()
{
    FaultServer server([](const Arrival &) {
        return FaultServer::answer(307, {},
                                   "Location: https://u:canary-1@canary-1.example/canary-1\r\n"
                                   "X-Request-Id: canary-1\r\n");
    });
    QSignalSpy exchanged(m_client.get(), &HttpClient::exchanged);
    const auto result = send({.method = HttpMethod::Post,
                              .url = server.url(),
                              .authorization = Secret::fromText(u"Bearer canary-1"_s)});
    QVERIFY(!result);
    QVERIFY2(result.error().message.contains(u".example"_s), qPrintable(result.error().message));
    const Error &error = result.error();
    for (const QString &text : {error.message, error.detail, error.requestId,
                                exchanged.constFirst().constFirst().value<Exchange>().failure})
        QVERIFY2(!text.contains(u"canary"_s) && !text.contains(u'@'), qPrintable(text));
}

void HttpClientTest::takesAnEmpty204()
{
    FaultServer server([](const Arrival &) { return FaultServer::answer(204, {}); });
    const auto result = send(HttpMethod::Delete, server);
    QVERIFY_OK(result);
    QCOMPARE(result->status, 204);
    QVERIFY(result->body.isEmpty());
}

void HttpClientTest::keepsTheBodyOfA401AndAsksNobody_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::newRow("basic") << "WWW-Authenticate: Basic realm=\"x\"\r\n"_ba;
    QTest::newRow("bearer") << "WWW-Authenticate: Bearer error=\"invalid_token\"\r\n"_ba;
    QTest::newRow("digest") << "WWW-Authenticate: Digest realm=\"x\", nonce=\"1\"\r\n"_ba;
    QTest::newRow("none") << QByteArray();
}

void HttpClientTest::keepsTheBodyOfA401AndAsksNobody()
{
    QFETCH(QByteArray, challenge);
    FaultServer server([&](const Arrival &) {
        return FaultServer::answer(401, R"({"error":"invalid_client"})", challenge);
    });
    for (const HttpMethod method : {HttpMethod::Post, HttpMethod::Get}) {
        const auto result =
            send({.method = method, .url = server.url(), .authorization = Secret::fromText(u"Basic YTpi"_s)});
        QVERIFY_OK(result);
        QCOMPARE(result->status, 401);
        QCOMPARE(result->body, R"({"error":"invalid_client"})"_ba);
    }
    QCOMPARE(server.arrivals(), 2);
}

void HttpClientTest::aCutBodyIsAnError_data()
{
    QTest::addColumn<HttpMethod>("method");
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray shortLength = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[]";
    const QByteArray noLastChunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n";
    const QByteArray cutError = "HTTP/1.1 422 No\r\nContent-Length: 100\r\n\r\n{}";
    QTest::newRow("GET, length") << HttpMethod::Get << shortLength;
    QTest::newRow("POST, length") << HttpMethod::Post << shortLength;
    QTest::newRow("GET, chunks") << HttpMethod::Get << noLastChunk;
    QTest::newRow("POST, chunks") << HttpMethod::Post << noLastChunk;
    QTest::newRow("POST, error answer") << HttpMethod::Post << cutError;
}

void HttpClientTest::aCutBodyIsAnError()
{
    QFETCH(HttpMethod, method);
    QFETCH(QByteArray, bytes);
    FaultServer server([&](const Arrival &) { return FaultReply{.bytes = bytes, .then = Then::Close}; });
    const auto result = send(method, server);
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind),
             method == HttpMethod::Get ? u"unreachable"_s : u"outcome_unknown"_s);
    QCOMPARE(server.arrivals(), method == HttpMethod::Get ? 3 : 1);
}

void HttpClientTest::aBadChunkGivesNoHalfBody()
{
    FaultServer server([](const Arrival &) {
        return FaultReply{
            .bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{\"a\":1}\r\n0\r\n\r\n",
            .then = Then::Close};
    });
    const auto result = send(HttpMethod::Post, server);
    QVERIFY(!result || result->body.isEmpty());
    QCOMPARE(server.arrivals(), 1);
}

void HttpClientTest::endsSilenceByTheIdleTimeout()
{
    FaultServer server([](const Arrival &) { return FaultReply{}; });
    m_client->setTimeouts({.idle = 200ms, .whole = 20s});
    for (const HttpMethod method : {HttpMethod::Get, HttpMethod::Post}) {
        const auto result = send(method, server);
        QVERIFY(!result);
        QCOMPARE(kindName(result.error().kind), u"timeout"_s);
        QVERIFY(result.error().message.contains("sent nothing"_L1));
    }
    QCOMPARE(server.arrivals(), 2);
}

void HttpClientTest::endsADripByTheWholeDeadline()
{
    FaultServer server([](const Arrival &) {
        return FaultReply{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
                          .drip = QByteArray(100000, ' ')};
    });
    m_client->setTimeouts({.idle = 400ms, .whole = 1200ms});
    QElapsedTimer timer;
    timer.start();
    const auto result = send(HttpMethod::Get, server);
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind), u"timeout"_s);
    QVERIFY2(result.error().message.contains("completely"_L1), describe(result.error()).constData());
    QVERIFY(timer.elapsed() >= 1100);
}

void HttpClientTest::aWholeAnswerThatIsBeingRedactedIsNoTimeout()
{
    constexpr auto whole = 1500ms;
    FaultServer server([](const Arrival &) { return FaultServer::answer(200, QByteArray(64 << 10, ' ')); });
    const QSignalSpy told(m_client.get(), &HttpClient::exchanged);
    const QSignalSpy came(m_network.get(), &QNetworkAccessManager::finished);
    QSemaphore go;
    const int threads = workers().maxThreadCount();
    for (int i = 0; i < threads; ++i)
        workers().start([&go] { go.acquire(); });
    auto letGo = qScopeGuard([&] {
        go.release(threads);
        workers().waitForDone();
    });
    m_client->setTimeouts({.idle = whole, .whole = whole});
    std::optional<Result<HttpResponse>> result;
    QObject context;
    m_client->send({.url = server.url()},
                   Continuation<HttpResponse>(&context, [&](Result<HttpResponse> got) { result = got; }));
    const QDeadlineTimer later(whole + 200ms);
    QTRY_COMPARE(came.size(), 1);
    QTRY_VERIFY(later.hasExpired());
    QVERIFY(!result);
    go.release(threads);
    letGo.dismiss();
    QTRY_VERIFY(result);
    QVERIFY_OK(*result);
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.first().first().value<Exchange>().failure, QString());
}

void HttpClientTest::refusesABodyBeyondTheLimit()
{
    FaultServer server([](const Arrival &) { return FaultServer::answer(200, QByteArray(32 << 20, ' ')); });
    const auto result = send(HttpMethod::Get, server);
    QVERIFY(!result);
    QCOMPARE(kindName(result.error().kind), u"not_understood"_s);
    QVERIFY(result.error().message.contains("larger"_L1));
    QCOMPARE(server.arrivals(), 1);
}

void HttpClientTest::readsALargeCompressedBody()
{
    QByteArray body;
    for (int i = 0; i < 200'000; ++i)
        body += QByteArray::number(i * 7919);
    FaultServer server([&](const Arrival &arrival) {
        if (!arrival.headers.value("accept-encoding").contains("deflate"))
            return FaultServer::answer(200, body);
        return FaultServer::answer(200, qCompress(body).sliced(4), "Content-Encoding: deflate\r\n");
    });
    const auto result = send(HttpMethod::Get, server);
    QVERIFY_OK(result);
    QCOMPARE(result->body.size(), body.size());
    QVERIFY(result->body == body);
}

void HttpClientTest::saysWhenNobodyListens()
{
    QUrl url;
    {
        FaultServer server([](const Arrival &) { return FaultReply{}; });
        url = server.url();
    }
    for (const HttpMethod method : {HttpMethod::Get, HttpMethod::Post}) {
        const auto result = send({.method = method, .url = url});
        QVERIFY(!result);
        QCOMPARE(kindName(result.error().kind), u"unreachable"_s);
        QVERIFY(result.error().message.contains("refused"_L1));
        QCOMPARE(result.error().reason, u"connection_refused"_s);
    }
}

void HttpClientTest::refusesPlainHttpElsewhere()
{
    for (const QString &address : {u"http://tenant.example/api?token=canary"_s, u"ftp://127.0.0.1/"_s,
                                   u"https://user:canary@tenant.example/"_s, u"file:///etc/hosts"_s}) {
        const auto result = send({.url = QUrl(address)});
        QVERIFY(!result);
        QCOMPARE(kindName(result.error().kind), u"invalid_input"_s);
        QVERIFY(!describe(result.error()).contains("canary"));
    }
}

void HttpClientTest::keepsNoCookies()
{
    FaultServer server(
        [](const Arrival &) { return FaultServer::answer(200, "{}", "Set-Cookie: sid=1; Path=/\r\n"); });
    QVERIFY_OK(send(HttpMethod::Get, server));
    QVERIFY_OK(send(HttpMethod::Post, server));
    QCOMPARE(server.arrivals(), 2);
    QVERIFY(!server.arrival(1).headers.contains("cookie"));
}

void HttpClientTest::endOfTheContextAbortsAtOnce()
{
    FaultServer server([](const Arrival &) { return FaultReply{}; });
    bool called = false;
    auto context = std::make_unique<QObject>();
    m_client->send({.url = server.url()},
                   Continuation<HttpResponse>(context.get(), [&](Result<HttpResponse>) { called = true; }));
    QTRY_COMPARE(server.arrivals(), 1);
    QElapsedTimer timer;
    timer.start();
    context.reset();
    QTRY_COMPARE(server.openConnections(), 0);
    QVERIFY(timer.elapsed() < 5000); // long before a deadline
    QVERIFY(!called);
    QVERIFY(m_client->children().isEmpty());
}

void HttpClientTest::aCancelledAnswerIsShownWhereItIsShort_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<bool>("isShown");
    QTest::newRow("short") << qint64{100} << true;
    QTest::newRow("long") << qint64{100'000} << false;
}

void HttpClientTest::aCancelledAnswerIsShownWhereItIsShort()
{
    QFETCH(qint64, size);
    QFETCH(bool, isShown);
    FaultServer server([size](const Arrival &) {
        return FaultReply{.bytes = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                                   "Content-Length: 1000000\r\n\r\n" +
                                   QByteArray(size, 'a'),
                          .drip = QByteArray(1000, 'a')};
    });
    const QSignalSpy told(m_client.get(), &HttpClient::exchanged);
    auto context = std::make_unique<QObject>();
    m_client->send({.url = server.url()}, Continuation<HttpResponse>(context.get(), [](const auto &) {}));
    const auto *reply = m_network->findChild<QNetworkReply *>();
    QVERIFY(reply);
    const QSignalSpy progress(reply, &QNetworkReply::downloadProgress);
    QTRY_VERIFY(!progress.isEmpty() && progress.last().first().toLongLong() >= size);
    context.reset();
    QCOMPARE(told.size(), 1);
    const auto exchange = told.first().first().value<Exchange>();
    QVERIFY(exchange.responseSize >= size);
    QCOMPARE(!exchange.responseBody.isEmpty(), isShown);
}

void HttpClientTest::endOfTheClientEndsTheRequest()
{
    FaultServer server([](const Arrival &) { return FaultReply{}; });
    bool called = false;
    QObject context;
    m_client->send({.url = server.url()},
                   Continuation<HttpResponse>(&context, [&](Result<HttpResponse>) { called = true; }));
    QTRY_COMPARE(server.arrivals(), 1);
    m_client.reset();
    QTRY_COMPARE(server.openConnections(), 0);
    QVERIFY(!called);
}

void HttpClientTest::theCallbackMayEndEverything()
{
    FaultServer server([](const Arrival &) { return FaultServer::answer(200, "{}"); });
    auto *context = new QObject;
    int calls = 0;
    m_client->send({.url = server.url()}, Continuation<HttpResponse>(context, [&](Result<HttpResponse>) {
                       ++calls;
                       delete context;
                       m_client.reset();
                   }));
    QTRY_COMPARE(calls, 1);
    QVERIFY(!m_client);

    HttpClient other(*m_network, m_clock);
    other.setTimeouts({.idle = 20s, .whole = 100ms});
    server.setScript([](const Arrival &) { return FaultReply{}; });
    auto *second = new QObject;
    other.send({.url = server.url()}, Continuation<HttpResponse>(second, [&](Result<HttpResponse>) {
                   ++calls;
                   delete second;
               }));
    QTRY_COMPARE(calls, 2);
}

void HttpClientTest::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("seconds"); // -1: none
    QTest::newRow("seconds") << "120"_ba << 120;
    QTest::newRow("zero") << "0"_ba << 0;
    QTest::newRow("absurd") << "999999999999"_ba << 1'000'000'000;
    QTest::newRow("negative") << "-5"_ba << -1;
    QTest::newRow("nonsense") << "soon"_ba << -1;
    QTest::newRow("absent") << QByteArray() << -1;
    QTest::newRow("date") << "Fri, 31 Dec 1999 23:59:59 GMT"_ba << 59;
    QTest::newRow("date in the past") << "Fri, 31 Dec 1999 23:00:00 GMT"_ba << 0;
}

void HttpClientTest::readsRetryAfter()
{
    QFETCH(QByteArray, value);
    QFETCH(int, seconds);
    HttpResponse response;
    response.date = httpDate("Fri, 31 Dec 1999 23:59:00 GMT");
    QCOMPARE(response.date, QDateTime(QDate(1999, 12, 31), QTime(23, 59), Qt::UTC));
    response.headers = {{"retry-after", value}};
    const auto wait = response.retryAfter();
    QCOMPARE(wait ? static_cast<int>(wait->count()) : -1, seconds);
}

void HttpClientTest::reportsRedactedExchanges()
{
    FaultServer server([](const Arrival &) {
        return FaultServer::answer(
            401, R"({"message":"canary-secret is wrong","access_token":"canary-token"})",
            "X-Request-Id: r-1\r\nSet-Cookie: canary=1\r\nX-RateLimit-Limit: 5000\r\n");
    });
    QList<Exchange> exchanges;
    connect(m_client.get(), &HttpClient::exchanged, this,
            [&](const Exchange &exchange) { exchanges.append(exchange); });
    QUrl url = server.url(u"/auth"_s);
    url.setQuery(u"state=canary&limit=1"_s);
    QVERIFY_OK(send({.method = HttpMethod::Post,
                     .url = url,
                     .authorization = Secret::fromText(u"Bearer canary-secret"_s),
                     .contentType = "application/json",
                     .body = Secret::fromText(uR"({"grant_type":"password","password":"canary"})"_s),
                     .askedBy = u"billing-service, get token"_s}));
    QCOMPARE(exchanges.size(), 1);
    const Exchange &exchange = exchanges.first();
    QString everything =
        exchange.url.toString() + exchange.requestBody + exchange.responseBody + exchange.statusText;
    for (const ExchangeHeader &header : exchange.requestHeaders + exchange.responseHeaders)
        everything += header.name + header.value;
    QVERIFY2(!everything.contains("canary"_L1), qPrintable(everything));
    QCOMPARE(exchange.number, 1u);
    QCOMPARE(exchange.method, u"POST"_s);
    QCOMPARE(exchange.status, 401);
    QCOMPARE(exchange.requestId, u"r-1"_s);
    QCOMPARE(exchange.askedBy, u"billing-service, get token"_s);
    QVERIFY(exchange.isWrite() && exchange.isError());
    QVERIFY(everything.contains("X-RateLimit-Limit"_L1, Qt::CaseInsensitive));
    QVERIFY(everything.contains(u"Bearer ‹redacted, 13 characters›"_s));
    QVERIFY(exchange.responseBody.contains("is wrong"_L1));
}

QTEST_GUILESS_MAIN(HttpClientTest)
#include "tst_httpclient.moc"
