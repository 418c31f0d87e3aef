// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpclient.h"
#include "oidc/scriptedprovider.h"
#include "oidc/tokencalls.h"
#include "support/faultserver.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QJsonDocument>

using namespace latchkey;

namespace {

/// Asks one endpoint with the token.
using Call = std::function<Result<QString>(HttpClient &, const Clock &, const ProviderMetadata &)>;

} // namespace
Q_DECLARE_METATYPE(Call)

/// What the calls with a token make of refusals and of what is no answer.
class TestTokenCallFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void needsAnEndpointAndAToken_data() { addCalls(); }
    void needsAnEndpointAndAToken();
    void repeatsTheProvidersWordsWithoutSecrets_data() { addCalls(); }
    void repeatsTheProvidersWordsWithoutSecrets();
    void sendsNoParameterTwice_data() { addCalls(); }
    void sendsNoParameterTwice();
    void readsARefusalInTheHeader();
    void refusesAMemberThatStandsTwice();
    void hidesWhatAnIntrospectionEchoes();
    void hidesWhatUserInfoEchoes();
    void reportsFaults_data() { addCalls(); }
    void reportsFaults();

private:
    static void addCalls();

    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
};

void TestTokenCallFaults::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_http.setTimeouts({});
}

void TestTokenCallFaults::addCalls()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<Call>("call");
    QTest::newRow("refresh") << QByteArray("/token")
                             << Call([](HttpClient &http, const Clock &clock,
                                        const ProviderMetadata &provider) {
                                    return waitFor<LoginOutcome>([&](auto k) {
                                               refresh(http, clock, provider, someClient(), kToken, {}, k);
                                           })
                                        .and_then([](const LoginOutcome &outcome) -> Result<QString> {
                                            return fail({.kind = ErrorKind::LoginRefused,
                                                         .code = outcome.error,
                                                         .vendorText = outcome.errorDescription,
                                                         .httpStatus = outcome.httpStatus,
                                                         .requestId = outcome.requestId});
                                        });
                                });
    const auto done = [](const auto &) { return QString(); };
    QTest::newRow("UserInfo")
        << QByteArray("/me")
        << Call([done](HttpClient &http, const Clock &, const ProviderMetadata &provider) {
               return waitFor<UserInfo>([&](auto k) { userInfo(http, provider, kToken, {}, k); }).map(done);
           });
    QTest::newRow("introspection") << QByteArray("/introspect")
                                   << Call([done](HttpClient &http, const Clock &,
                                                  const ProviderMetadata &provider) {
                                          return waitFor<Introspection>([&](auto k) {
                                                     introspect(http, provider, someClient(), kToken,
                                                                TokenUse::Access, k);
                                                 })
                                              .map(done);
                                      });
    QTest::newRow("revocation") << QByteArray("/revoke")
                                << Call([done](HttpClient &http, const Clock &,
                                               const ProviderMetadata &provider) {
                                       return waitFor<Revocation>([&](auto k) {
                                                  revoke(http, provider, someClient(), kToken,
                                                         TokenUse::Access, k);
                                              })
                                           .map(done);
                                   });
}

void TestTokenCallFaults::needsAnEndpointAndAToken()
{
    QFETCH(Call, call);
    const Result<QString> answer = call(m_http, m_clock, {});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::InvalidInput);
    QVERIFY(answer.error().message.contains("endpoint"_L1));
    const Result<Introspection> nothing = waitFor<Introspection>([&](Continuation<Introspection> k) {
        introspect(m_http, scripted(QUrl(u"http://127.0.0.1:1"_s)), someClient(), Secret(), TokenUse::Access,
                   k);
    });
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().message, u"There is no token to send."_s);
}

void TestTokenCallFaults::repeatsTheProvidersWordsWithoutSecrets()
{
    QFETCH(QByteArray, path);
    QFETCH(Call, call);
    ScriptedServer server;
    server.answer(path,
                  {.status = 400,
                   .body = R"({"error":"invalid_request","error_description":"bad the-token-itself\u0007"})",
                   .furtherHeaders = "X-Request-Id: r-1\r\n"});
    const Result<QString> answer = call(m_http, m_clock, scripted(server.url()));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::LoginRefused);
    QCOMPARE(answer.error().code, u"invalid_request"_s);
    QCOMPARE(answer.error().vendorText, u"bad ‹redacted, 16 characters›‹U+0007›"_s);
    QCOMPARE(answer.error().httpStatus, 400);
    QCOMPARE(answer.error().requestId, u"r-1"_s);
    QVERIFY(!describe(answer.error()).contains("the-token-itself"));
    QCOMPARE(server.requestsFor(path).size(), size_t(1));
}

// RFC 6749 section 3.2: the address of an endpoint may have a query, which is kept.
void TestTokenCallFaults::sendsNoParameterTwice()
{
    QFETCH(QByteArray, path);
    QFETCH(Call, call);
    const auto callWith = [&](ScriptedServer &server, const QString &query) {
        ProviderMetadata provider = scripted(server.url());
        for (const auto &[name, endpoint] : kProviderEndpoints)
            (provider.*endpoint).setQuery(query);
        return call(m_http, m_clock, provider);
    };
    ScriptedServer server;
    server.answer(path + "?tenant=a%2Bb", {.status = 400, .body = R"({"error":"invalid_request"})"});
    QCOMPARE(callWith(server, u"tenant=a%2Bb"_s).error().code, u"invalid_request"_s);
    if (path == "/me") // nothing but a header is sent there
        return;
    const QString own = path == "/token" ? u"refresh_token"_s : u"token"_s;
    const Result<QString> answer = callWith(server, u"tenant=a&"_s + own + u"=of-the-address"_s);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(answer.error().message.contains(u"the parameter %1 in its address"_s.arg(own)),
             qPrintable(answer.error().message));
    QVERIFY(!answer.error().message.contains(u"of-the-address"_s));
    QVERIFY(server.requestsFor(path + "?tenant=a&" + own.toLatin1() + "=of-the-address").empty());
}

// RFC 6750 section 3
void TestTokenCallFaults::readsARefusalInTheHeader()
{
    ScriptedServer server;
    server.answer("/me",
                  {.status = 401,
                   .contentType = "text/plain",
                   .furtherHeaders = "WWW-Authenticate: DPoP algs=\"ES256\", Bearer realm=\"a\", "
                                     "error=\"invalid_token\", error_description=\"it, expired\"\r\n"});
    const Result<UserInfo> info = waitFor<UserInfo>(
        [&](Continuation<UserInfo> k) { userInfo(m_http, scripted(server.url()), kToken, {}, k); });
    QVERIFY(!info);
    QCOMPARE(info.error().code, u"invalid_token"_s);
    QCOMPARE(info.error().vendorText, u"it, expired"_s);
    QCOMPARE(info.error().message, u"The provider refused: “it, expired”"_s);
}

void TestTokenCallFaults::refusesAMemberThatStandsTwice()
{
    ScriptedServer server;
    const auto ask = [&] {
        return waitFor<Introspection>([&](auto k) {
            introspect(m_http, scripted(server.url()), someClient(), kToken, TokenUse::Access, k);
        });
    };
    server.answer("/introspect", {.body = "{\"active\":false,\"active\":true}"});
    const Result<Introspection> answer = ask();
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::NotUnderstood);
    QCOMPARE(answer.error().detail, u"active"_s);
    server.answer("/introspect", {.body = "\xEF\xBB\xBF{\"active\":true}"});
    QVERIFY(ask()->isActive);
}

void TestTokenCallFaults::hidesWhatUserInfoEchoes()
{
    ScriptedServer server;
    server.answer("/me", {.body = R"({"sub":"17","seen":["the-token-itself"]})"});
    const Result<UserInfo> info = waitFor<UserInfo>(
        [&](Continuation<UserInfo> k) { userInfo(m_http, scripted(server.url()), kToken, u"17"_s, k); });
    QVERIFY_OK(info);
    QCOMPARE(info->claims.value("sub"_L1).toString(), u"17"_s);
    const QByteArray claims = QJsonDocument(info->claims).toJson();
    QVERIFY2(claims.contains("redacted") && !claims.contains("the-token-itself"), claims.constData());
}

void TestTokenCallFaults::hidesWhatAnIntrospectionEchoes()
{
    ScriptedServer server;
    server.answer("/introspect",
                  {.body = "{\"active\":true,\"token\":\"the\\u002dtoken-itself\",\"sub\":\"17\","
                           "\"seen\":[{\"app-secret-1\":\"" +
                           QByteArray("app-secret-1").toHex() + "\"}]}"});
    const Result<Introspection> answer = waitFor<Introspection>([&](auto k) {
        introspect(m_http, scripted(server.url()), someClient(), kToken, TokenUse::Access, k);
    });
    QVERIFY_OK(answer);
    const QByteArray members = QJsonDocument(answer->members).toJson();
    for (const QByteArray &secret :
         {QByteArray("the-token"), QByteArray("app-secret"), QByteArray("6170702d")})
        QVERIFY2(!members.contains(secret), members.constData());
    QCOMPARE(answer->members.value("sub"_L1).toString(), u"17"_s);
}

void TestTokenCallFaults::reportsFaults()
{
    QFETCH(QByteArray, path);
    QFETCH(Call, call);
    const QByteArray good = R"({"active":false,"access_token":"a","token_type":"Bearer","sub":"7"})";
    const auto kindAfter = [&](const FaultReply &reply) {
        FaultServer server([&reply](const Arrival &) { return reply; });
        const Result<QString> answer = call(m_http, m_clock, scripted(server.url()));
        if (server.arrivals() != 1)
            return ErrorKind::InvalidInput;
        return answer ? ErrorKind::Storage : answer.error().kind;
    };
    const bool isGet = path == "/me";
    FaultReply cut = FaultServer::answer(200, good);
    cut.bytes.chop(10);
    cut.then = FaultReply::Then::Close;
    const FaultReply slow{.bytes = cut.bytes};
    const FaultReply reset{.then = FaultReply::Then::Reset};
    QCOMPARE(kindAfter(cut), isGet ? ErrorKind::Unreachable : ErrorKind::OutcomeUnknown);
    QCOMPARE(kindAfter(reset), isGet ? ErrorKind::Unreachable : ErrorKind::OutcomeUnknown);
    QCOMPARE(kindAfter(FaultServer::html(502)), ErrorKind::ServerFailure);
    QCOMPARE(kindAfter(FaultServer::html(404)), ErrorKind::NotUnderstood);
    if (path != "/revoke") // whose success has no body
        QCOMPARE(kindAfter(FaultServer::html(200)), ErrorKind::NotUnderstood);
    m_http.setTimeouts({.idle = std::chrono::milliseconds(300), .whole = std::chrono::seconds(30)});
    QCOMPARE(kindAfter(slow), ErrorKind::Timeout);
}

QTEST_GUILESS_MAIN(TestTokenCallFaults)
#include "tst_tokencallfaults.moc"
