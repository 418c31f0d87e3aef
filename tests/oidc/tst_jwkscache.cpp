// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/jwkscache.h"

#include "jose/vectors.h"
#include "net/httpclient.h"
#include "oidc/scriptedserver.h"
#include "support/fakeclock.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr char kDiscovery[] = "/oidc/2/.well-known/openid-configuration";
constexpr char kKeys[] = "/oidc/2/certs";

} // namespace

class TestJwksCache : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_cache.reset(); }
    void fetchesKeysThroughDiscovery();
    void keepsThemAsLongAsTheAnswerSays_data();
    void keepsThemAsLongAsTheAnswerSays();
    void fetchesAgainOnceForAnUnknownKey();
    void findsARotatedKeyAtOnce();
    void waitsAMinuteBeforeTheNextUnknownKey();
    void takesTheKeysFromAnotherAddressThatIsGiven();
    void hasOneFetchForManyCallers();
    void keepsIssuersApart();
    void measuresTheClock_data();
    void measuresTheClock();
    void tellsUnreachableFromInvalid_data();
    void tellsUnreachableFromInvalid();
    void keepsWhatItHasWhenAFetchFails();
    void endsWithItsCaller();

private:
    void publish(const QStringList &kids, const QByteArray &headers = "Cache-Control: max-age=600\r\n")
    {
        QJsonArray keys;
        for (const QString &kid : kids) {
            QJsonObject key = QJsonDocument::fromJson(vectors::kRsaKey).object();
            key.insert(u"kid"_s, kid);
            keys.append(key);
        }
        m_server.answer(kKeys, {.body = QJsonDocument(QJsonObject{{u"keys"_s, keys}}).toJson(),
                                .furtherHeaders = headers});
    }
    Result<IssuerKeys> keysFor(const QString &kid)
    {
        return waitFor<IssuerKeys>([&](auto k) { m_cache->keysFor(m_server.url(u"/oidc/2"_s), kid, k); });
    }
    size_t fetches() const { return m_server.requestsFor(kKeys).size() - m_fetchesBefore; }

    ScriptedServer m_server;
    FakeClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
    std::unique_ptr<JwksCache> m_cache;
    size_t m_fetchesBefore = 0;
};

void TestJwksCache::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_cache = std::make_unique<JwksCache>(m_http, m_clock);
    m_fetchesBefore = m_server.requestsFor(kKeys).size();
    const QJsonObject document{
        {u"issuer"_s, m_server.url(u"/oidc/2"_s).toString()},
        {u"token_endpoint"_s, m_server.url(u"/oidc/2/token"_s).toString()},
        {u"jwks_uri"_s, m_server.url(QString::fromLatin1(kKeys)).toString()},
        {u"id_token_signing_alg_values_supported"_s, QJsonArray{u"RS256"_s, u"HS256"_s}}};
    m_server.answer(kDiscovery, {.body = QJsonDocument(document).toJson()});
    publish({u"one"_s});
}

void TestJwksCache::fetchesKeysThroughDiscovery()
{
    const Result<IssuerKeys> keys = keysFor(u"one"_s);
    QVERIFY_OK(keys);
    QCOMPARE(keys->issuer, m_server.url(u"/oidc/2"_s).toString());
    QCOMPARE(keys->keys.keys.size(), size_t{1});
    QCOMPARE(keys->keys.keys[0].kid, u"one"_s);
    QCOMPARE(keys->idTokenAlgorithms, (QStringList{u"RS256"_s, u"HS256"_s}));
    for (int i = 0; i < 3; ++i)
        QVERIFY_OK(keysFor(i == 0 ? QString() : u"one"_s));
    QCOMPARE(fetches(), size_t{1});
}

void TestJwksCache::keepsThemAsLongAsTheAnswerSays_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("seconds");
    QTest::newRow("says nothing") << QByteArray() << 300;
    QTest::newRow("ten minutes") << QByteArray("Cache-Control: public, MAX-AGE=600\r\n") << 600;
    QTest::newRow("a year") << QByteArray("Cache-Control: max-age=31536000\r\n") << 3600;
    QTest::newRow("beyond sense") << QByteArray("Cache-Control: max-age=99999999999999999999\r\n") << 0;
    QTest::newRow("negative") << QByteArray("Cache-Control: max-age=-5\r\n") << 0;
    QTest::newRow("no-store") << QByteArray("Cache-Control: no-store\r\n") << 0;
}

void TestJwksCache::keepsThemAsLongAsTheAnswerSays()
{
    QFETCH(QByteArray, headers);
    QFETCH(int, seconds);
    publish({u"one"_s}, headers);
    QVERIFY_OK(keysFor(u"one"_s));
    if (seconds > 0) {
        m_clock.advance(std::chrono::seconds(seconds - 1));
        QVERIFY_OK(keysFor(u"one"_s));
        QCOMPARE(fetches(), size_t{1});
        m_clock.advance(1s);
    }
    QVERIFY_OK(keysFor(u"one"_s));
    QCOMPARE(fetches(), size_t{2});
}

void TestJwksCache::fetchesAgainOnceForAnUnknownKey()
{
    const Result<IssuerKeys> first = keysFor(u"made-up"_s);
    QVERIFY_OK(first);
    QVERIFY(!first->keys.knows(u"made-up"_s));
    QCOMPARE(fetches(), size_t{1});
    QVERIFY_OK(keysFor(u"made-up"_s));
    QCOMPARE(fetches(), size_t{2});
    for (int i = 0; i < 20; ++i)
        QVERIFY_OK(keysFor(u"made-up-%1"_s.arg(i)));
    QCOMPARE(fetches(), size_t{2});
}

void TestJwksCache::findsARotatedKeyAtOnce()
{
    QVERIFY_OK(keysFor(u"one"_s));
    publish({u"one"_s, u"two"_s});
    const Result<IssuerKeys> keys = keysFor(u"two"_s);
    QVERIFY_OK(keys);
    QVERIFY(keys->keys.knows(u"two"_s));
    QVERIFY_OK(keysFor(u"two"_s));
    QCOMPARE(fetches(), size_t{2});
}

void TestJwksCache::waitsAMinuteBeforeTheNextUnknownKey()
{
    QVERIFY_OK(keysFor(u"one"_s));
    QVERIFY_OK(keysFor(u"two"_s));
    m_clock.advance(59s);
    publish({u"two"_s});
    QVERIFY(!keysFor(u"two"_s)->keys.knows(u"two"_s));
    QCOMPARE(fetches(), size_t{2});
    m_clock.advance(1s);
    QVERIFY(keysFor(u"two"_s)->keys.knows(u"two"_s));
    QCOMPARE(fetches(), size_t{3});
}

void TestJwksCache::takesTheKeysFromAnotherAddressThatIsGiven()
{
    QVERIFY_OK(keysFor(u"one"_s));
    publish({u"other"_s});
    m_server.answer("/other/certs", {.body = "{\"keys\":[" + QByteArray(vectors::kRsaKey) + "]}"});
    const size_t discovered = m_server.requestsFor(kDiscovery).size();
    const Result<IssuerKeys> keys = waitFor<IssuerKeys>([&](auto k) {
        m_cache->keysFor({.issuer = m_server.url(u"/oidc/2"_s), .jwksUri = m_server.url(u"/other/certs"_s)},
                         {}, k);
    });
    QVERIFY_OK(keys);
    QCOMPARE(keys->issuer, m_server.url(u"/oidc/2"_s).toString());
    QCOMPARE(m_server.requestsFor("/other/certs").size(), size_t{1});
    QCOMPARE(m_server.requestsFor(kDiscovery).size(), discovered);
    QVERIFY(keysFor(u"one"_s)->keys.knows(u"one"_s)); // those of discovery are kept apart
}

void TestJwksCache::hasOneFetchForManyCallers()
{
    int answers = 0;
    QObject context;
    for (int i = 0; i < 10; ++i) {
        m_cache->keysFor(
            m_server.url(u"/oidc/2"_s), u"one"_s,
            then(&context, [&answers](const Result<IssuerKeys> &keys) { answers += keys ? 1 : 0; }));
    }
    QCOMPARE(answers, 0);
    QTRY_COMPARE(answers, 10);
    QCOMPARE(fetches(), size_t{1});
}

void TestJwksCache::keepsIssuersApart()
{
    QVERIFY_OK(keysFor(u"one"_s));
    const Result<IssuerKeys> other =
        waitFor<IssuerKeys>([&](auto k) { m_cache->keysFor(m_server.url(u"/oidc/1"_s), u"one"_s, k); });
    QVERIFY(!other);
    QVERIFY_OK(keysFor(u"one"_s));
    QCOMPARE(fetches(), size_t{1});
}

void TestJwksCache::measuresTheClock_data()
{
    QTest::addColumn<int>("ahead");
    QTest::addColumn<int>("measured");
    QTest::newRow("same") << 0 << 0;
    QTest::newRow("a rounding") << 2 << 0;
    QTest::newRow("five minutes ahead") << 300 << 300;
    QTest::newRow("a day behind") << -86'400 << -86'400;
}

void TestJwksCache::measuresTheClock()
{
    QFETCH(int, ahead);
    QFETCH(int, measured);
    const QByteArray date =
        QLocale::c().toString(m_clock.now().addSecs(ahead), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1();
    publish({u"one"_s}, "Date: " + date + "\r\n");
    const Result<IssuerKeys> keys = keysFor(u"one"_s);
    QVERIFY_OK(keys);
    QVERIFY(keys->clockOffset);
    QCOMPARE(keys->clockOffset->count(), measured);
    publish({u"one"_s}, "Cache-Control: no-store\r\n");
    m_clock.advance(1h);
    const Result<IssuerKeys> undated = keysFor(u"one"_s);
    QVERIFY_OK(undated);
    QVERIFY(!undated->clockOffset);
}

void TestJwksCache::tellsUnreachableFromInvalid_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("not found") << 404 << QByteArray("<html>");
    QTest::newRow("server error") << 500 << QByteArray("oops");
    QTest::newRow("web page") << 200 << QByteArray("<html>");
    QTest::newRow("empty") << 200 << QByteArray();
    QTest::newRow("array") << 200 << QByteArray("[]");
    QTest::newRow("cut off") << 200 << QByteArray("{\"keys\":[");
    QTest::newRow("keys of another type") << 200 << QByteArray("{\"keys\":7}");
    QTest::newRow("huge") << 200 << "{\"keys\":[" + QByteArray(2 << 20, ' ') + "]}";
}

void TestJwksCache::tellsUnreachableFromInvalid()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    m_server.answer(kKeys, {.status = status, .body = body});
    const Result<IssuerKeys> keys = keysFor(u"one"_s);
    QVERIFY(!keys);
    QVERIFY2(isTransport(keys.error().kind) || keys.error().kind == ErrorKind::ServerFailure,
             describe(keys.error()).constData());
    QVERIFY(!keys.error().message.isEmpty());
    publish({u"one"_s});
    QVERIFY_OK(keysFor(u"one"_s));
}

void TestJwksCache::keepsWhatItHasWhenAFetchFails()
{
    QVERIFY_OK(keysFor(u"one"_s));
    m_server.answer(kKeys, {.status = 404, .body = "{}"});
    QVERIFY(!keysFor(u"two"_s));
    const Result<IssuerKeys> keys = keysFor(u"one"_s);
    QVERIFY_OK(keys);
    QVERIFY(keys->keys.knows(u"one"_s));
    QCOMPARE(fetches(), size_t{2});
}

void TestJwksCache::endsWithItsCaller()
{
    bool isCalled = false;
    {
        QObject context;
        m_cache->keysFor(m_server.url(u"/oidc/2"_s), u"one"_s,
                         then(&context, [&isCalled](const Result<IssuerKeys> &) { isCalled = true; }));
    }
    QVERIFY_OK(keysFor(u"one"_s));
    QVERIFY(!isCalled);
    m_cache->keysFor(m_server.url(u"/oidc/2"_s), u"two"_s,
                     then(this, [&isCalled](const Result<IssuerKeys> &) { isCalled = true; }));
    m_cache.reset();
    QTest::qWait(0);
    QVERIFY(!isCalled);
}

QTEST_GUILESS_MAIN(TestJwksCache)
#include "tst_jwkscache.moc"
