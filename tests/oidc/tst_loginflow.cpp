// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginflow.h"

#include "core/base64url.h"
#include "oidc/loginrecord.h"
#include "oidc/scriptedserver.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr char kDiscovery[] = "/oidc/2/.well-known/openid-configuration";
constexpr char kToken[] = "/oidc/2/token";

/// The parameters of a form body, decoded as a server does.
QMap<QByteArray, QByteArray> parameters(const QByteArray &body)
{
    QMap<QByteArray, QByteArray> parameters;
    for (QByteArray pair : body.split('&')) {
        pair.replace('+', ' ');
        const qsizetype equals = pair.indexOf('=');
        const QByteArray name = QByteArray::fromPercentEncoding(pair.left(equals));
        Q_ASSERT(!parameters.contains(name));
        parameters.insert(name, QByteArray::fromPercentEncoding(pair.mid(equals + 1)));
    }
    return parameters;
}

QByteArray jwt(const QByteArray &payload)
{
    return toBase64Url(R"({"alg":"RS256","typ":"JWT"})") + '.' + toBase64Url(payload) + '.' +
           toBase64Url("sig");
}

} // namespace

class TestLoginFlow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void sendsClientCredentials_data();
    void sendsClientCredentials();
    void sendsThePasswordGrant_data();
    void sendsThePasswordGrant();
    void encodesOddCharacters();
    void refusesWhatCannotBeSent_data();
    void refusesWhatCannotBeSent();
    void readsTokens();
    void readsTheLifetime_data();
    void readsTheLifetime();
    void tellsGrantedScopesFromRequestedOnes();
    void readsRefusals_data();
    void readsRefusals();
    void reportsWhatIsNoOAuthAnswer_data();
    void reportsWhatIsNoOAuthAnswer();
    void neverSendsALoginTwice_data();
    void neverSendsALoginTwice();
    void printsAndKeepsNoSecretThatComesBackInAClaim();
    void hidesEchoedSecrets();
    void notesATokenBesideAnError();
    void destroyingItCancels();

private:
    LoginRequest clientCredentials(ClientAuth auth = ClientAuth::Basic) const
    {
        return {.issuer = m_server->url(u"/oidc/2"_s),
                .clientId = u"billing-service"_s,
                .clientSecret = Secret::copyOf("app-secret-1"),
                .auth = auth};
    }
    LoginRequest password(ClientAuth auth = ClientAuth::Basic) const
    {
        LoginRequest request = clientCredentials(auth);
        request.grant = Grant::Password;
        request.username = u"jdoe.test"_s;
        request.password = Secret::copyOf("pass-word-1");
        request.scopes = {u"openid"_s, u"profile"_s};
        return request;
    }
    Result<LoginOutcome> run(LoginRequest request)
    {
        return waitFor<LoginOutcome>([&](Continuation<LoginOutcome> k) {
            auto *flow = new LoginFlow(m_http, m_clock, std::move(request), {}, k.context());
            connect(flow, &LoginFlow::finished, flow, [k](const Result<LoginOutcome> &result) { k(result); });
            flow->start();
        });
    }
    Result<LoginOutcome> runWithAnswer(ScriptedServer::Answer answer)
    {
        m_server->answer(kToken, std::move(answer));
        return run(clientCredentials());
    }

    std::unique_ptr<ScriptedServer> m_server;
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
};

void TestLoginFlow::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<ScriptedServer>();
    m_server->answer(kDiscovery, {.body = "{\"issuer\":\"" + m_server->url(u"/oidc/2"_s).toEncoded() +
                                          "\",\"token_endpoint\":\"" +
                                          m_server->url(u"/oidc/2/token"_s).toEncoded() + "\"}"});
    m_server->answer(kToken, {.body = R"({"access_token":"opaque-1","token_type":"Bearer"})"});
}

void TestLoginFlow::sendsClientCredentials_data()
{
    QTest::addColumn<ClientAuth>("auth");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("basic")
        << ClientAuth::Basic << "Basic " + QByteArray("billing-service:app-secret-1").toBase64()
        << QByteArray("grant_type=client_credentials&scope=a%20b&resource=https%3A%2F%2Fapi.example&x=1");
    QTest::newRow("post")
        << ClientAuth::Post << QByteArray()
        << QByteArray("grant_type=client_credentials&client_id=billing-service&client_secret=app-secret-1"
                      "&scope=a%20b&resource=https%3A%2F%2Fapi.example&x=1");
}

void TestLoginFlow::sendsClientCredentials()
{
    QFETCH(ClientAuth, auth);
    QFETCH(QByteArray, authorization);
    QFETCH(QByteArray, body);
    LoginRequest request = clientCredentials(auth);
    request.scopes = {u"a"_s, u"b"_s};
    request.resource = u"https://api.example"_s;
    request.parameters = {{u"x"_s, u"1"_s}};
    QVERIFY_OK(run(request));
    const std::vector<ScriptedServer::Request> sent = m_server->requestsFor(kToken);
    QCOMPARE(sent.size(), size_t(1));
    QCOMPARE(sent[0].method, "POST");
    QCOMPARE(sent[0].headers.value("authorization"), authorization);
    QCOMPARE(sent[0].headers.value("content-type"), "application/x-www-form-urlencoded");
    QCOMPARE(sent[0].headers.value("accept"), "application/json");
    QCOMPARE(parameters(sent[0].body), parameters(body));
}

void TestLoginFlow::sendsThePasswordGrant_data()
{
    QTest::addColumn<ClientAuth>("auth");
    QTest::addColumn<bool>("hasHeader");
    QTest::addColumn<bool>("hasSecretInBody");
    QTest::newRow("basic") << ClientAuth::Basic << true << false;
    QTest::newRow("post") << ClientAuth::Post << false << true;
    QTest::newRow("none") << ClientAuth::None << false << false;
}

void TestLoginFlow::sendsThePasswordGrant()
{
    QFETCH(ClientAuth, auth);
    QFETCH(bool, hasHeader);
    QFETCH(bool, hasSecretInBody);
    QVERIFY_OK(run(password(auth)));
    const std::vector<ScriptedServer::Request> sent = m_server->requestsFor(kToken);
    QCOMPARE(sent.size(), size_t(1));
    QCOMPARE(sent[0].headers.contains("authorization"), hasHeader);
    QMap<QByteArray, QByteArray> expected{{"grant_type", "password"},
                                          {"client_id", "billing-service"},
                                          {"username", "jdoe.test"},
                                          {"password", "pass-word-1"},
                                          {"scope", "openid profile"}};
    if (hasSecretInBody)
        expected.insert("client_secret", "app-secret-1");
    QCOMPARE(parameters(sent[0].body), expected);
}

// RFC 6749 section 2.3.1 and appendix B.
void TestLoginFlow::encodesOddCharacters()
{
    LoginRequest request = password();
    request.clientId = u"odd client:1"_s;
    request.clientSecret = Secret::fromText(u"a+b %41&=:/?é"_s);
    request.username = u"jdoe+test@example.com"_s;
    request.password = Secret::fromText(u"pä ss+%2B&w=d"_s);
    const Result<LoginOutcome> outcome = run(request);
    QVERIFY_OK(outcome);
    QVERIFY(!outcome->notes.isEmpty()); // of the é, which RFC 6749 appendix A.2 does not allow
    const ScriptedServer::Request sent = m_server->requestsFor(kToken).at(0);
    const QByteArray header = sent.headers.value("authorization");
    QVERIFY(header.startsWith("Basic "));
    QList<QByteArray> halves = QByteArray::fromBase64(header.sliced(6)).split(':');
    QCOMPARE(halves.size(), 2);
    for (QByteArray &half : halves)
        half = QByteArray::fromPercentEncoding(half.replace('+', ' '));
    QCOMPARE(halves[0], "odd client:1");
    QCOMPARE(halves[1], QByteArray("a+b %41&=:/?é"));
    const QMap<QByteArray, QByteArray> form = parameters(sent.body);
    QCOMPARE(form["client_id"], "odd client:1");
    QCOMPARE(form["username"], "jdoe+test@example.com");
    QCOMPARE(form["password"], QByteArray("pä ss+%2B&w=d"));
}

void TestLoginFlow::refusesWhatCannotBeSent_data()
{
    QTest::addColumn<std::function<void(LoginRequest &)>>("spoil");
    const auto row = [](const char *name, std::function<void(LoginRequest &)> spoil) {
        QTest::newRow(name) << spoil;
    };
    row("no client id", [](LoginRequest &request) { request.clientId.clear(); });
    row("no secret", [](LoginRequest &request) { request.clientSecret = {}; });
    row("no user name", [](LoginRequest &request) { request.username.clear(); });
    row("no password", [](LoginRequest &request) { request.password = {}; });
    row("client credentials without authentication", [](LoginRequest &request) {
        request.grant = Grant::ClientCredentials;
        request.auth = ClientAuth::None;
    });
    row("http issuer",
        [](LoginRequest &request) { request.issuer = QUrl(u"http://acme.example.com/oidc/2"_s); });
    row("line end in the secret",
        [](LoginRequest &request) { request.clientSecret = Secret::copyOf("secret\n"); });
    row("no-break space in the secret",
        [](LoginRequest &request) { request.clientSecret = Secret::fromText(u"sec\u00a0ret"_s); });
    row("zero-width space in the id", [](LoginRequest &request) { request.clientId = u"id\u200b"_s; });
    row("reserved parameter", [](LoginRequest &request) { request.parameters = {{u"scope"_s, u"a"_s}}; });
    row("parameter twice", [](LoginRequest &request) {
        request.parameters = {{u"x"_s, u"1"_s}, {u"x"_s, u"2"_s}};
    });
}

void TestLoginFlow::refusesWhatCannotBeSent()
{
    QFETCH(std::function<void(LoginRequest &)>, spoil);
    LoginRequest request = password();
    spoil(request);
    const Result<LoginOutcome> outcome = run(request);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::InvalidInput);
    QVERIFY(!outcome.error().message.isEmpty());
    QVERIFY(m_server->requestsFor(kDiscovery).empty());
    QVERIFY(m_server->requestsFor(kToken).empty());
}

void TestLoginFlow::readsTokens()
{
    const QByteArray access =
        jwt(R"({"iss":"https://acme.example.com/oidc/2","scope":"openid read:invoices"})");
    const Result<LoginOutcome> outcome =
        runWithAnswer({.body = "\xEF\xBB\xBF{\"access_token\":\"" + access +
                               "\",\"token_type\":\"bearer\",\"expires_in\":600,\"refresh_token\":\"opaque\","
                               "\"id_token\":\"" +
                               jwt("{}") + "\",\"further\":[1]}",
                       .furtherHeaders = "X-Request-Id: 7d0e3c52\r\n"});
    QVERIFY_OK(outcome);
    QVERIFY(outcome->ok);
    QCOMPARE(outcome->httpStatus, 200);
    QCOMPARE(outcome->requestId, u"7d0e3c52"_s);
    QCOMPARE(outcome->requests, 2);
    QCOMPARE(outcome->accessToken->kind, TokenKind::Jwt);
    QCOMPARE(outcome->accessToken->value.bytes().toByteArray(), access);
    QCOMPARE(outcome->accessToken->expiresIn, std::chrono::seconds(600));
    QCOMPARE(outcome->accessToken->decoded->payload.value("iss"_L1).toString(),
             u"https://acme.example.com/oidc/2"_s);
    QCOMPARE(outcome->scopesInToken, (QStringList{u"openid"_s, u"read:invoices"_s}));
    QCOMPARE(outcome->idToken->kind, TokenKind::Jwt);
    QCOMPARE(outcome->refreshToken->kind, TokenKind::Opaque);
    QVERIFY(!outcome->grantedScopes);
    QVERIFY2(outcome->notes.isEmpty(), qPrintable(outcome->notes.join(u' ')));
}

void TestLoginFlow::readsTheLifetime_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<std::optional<std::chrono::seconds>>("expected");
    QTest::addColumn<bool>("isOdd");
    using Lifetime = std::optional<std::chrono::seconds>;
    QTest::newRow("number") << QByteArray("3600") << Lifetime(3600) << false;
    QTest::newRow("string") << QByteArray("\"3600\"") << Lifetime(3600) << true;
    QTest::newRow("null") << QByteArray("null") << Lifetime() << false;
    QTest::newRow("zero") << QByteArray("0") << Lifetime(0) << true;
    QTest::newRow("negative") << QByteArray("-5") << Lifetime(-5) << true;
    QTest::newRow("huge") << QByteArray("1e300") << Lifetime(100LL * 365 * 24 * 3600) << true;
    QTest::newRow("word") << QByteArray("\"soon\"") << Lifetime() << true;
    QTest::newRow("object") << QByteArray("{}") << Lifetime() << true;
}

void TestLoginFlow::readsTheLifetime()
{
    QFETCH(QByteArray, json);
    QFETCH(std::optional<std::chrono::seconds>, expected);
    QFETCH(bool, isOdd);
    const Result<LoginOutcome> outcome =
        runWithAnswer({.body = R"({"access_token":"t","token_type":"Bearer","expires_in":)" + json + "}"});
    QVERIFY_OK(outcome);
    QVERIFY(outcome->accessToken->expiresIn == expected);
    QCOMPARE(!outcome->notes.isEmpty(), isOdd);
}

void TestLoginFlow::tellsGrantedScopesFromRequestedOnes()
{
    m_server->answer(kToken, {.body = R"({"access_token":"t","token_type":"Bearer","scope":"a"})"});
    LoginRequest request = clientCredentials();
    request.scopes = {u"a"_s, u"admin:all"_s};
    const Result<LoginOutcome> outcome = run(request);
    QVERIFY_OK(outcome);
    QCOMPARE(outcome->requestedScopes, (QStringList{u"a"_s, u"admin:all"_s}));
    QCOMPARE(*outcome->grantedScopes, QStringList{u"a"_s});
    m_server->answer(kToken, {.body = R"({"access_token":"t","token_type":"Bearer","scope":""})"});
    QCOMPARE(*run(request)->grantedScopes, QStringList());
}

void TestLoginFlow::readsRefusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("description");
    const auto row = [](int status, const char *error, const char *description) {
        QTest::addRow("%d %s %s", status, error, description)
            << status << QString::fromLatin1(error) << QString::fromLatin1(description);
    };
    row(400, "invalid_request", "Resource not found");
    row(401, "invalid_client", "client authentication failed");
    row(401, "invalid_request", "MFA is required for this user");
    row(400, "invalid_grant", "");
    row(400, "unauthorized_client", "");
    row(400, "unsupported_grant_type", "unsupported grant_type requested (xxxx)");
    row(400, "invalid_scope", "openid is required scope");
    row(400, "invalid_target", "");
    row(403, "something_new", "of 2031");
    row(429, "slow_down", "");
    row(500, "server_error", "");
    row(200, "invalid_grant", "");
}

void TestLoginFlow::readsRefusals()
{
    QFETCH(int, status);
    QFETCH(QString, error);
    QFETCH(QString, description);
    QJsonObject body{{u"error"_s, error}};
    if (!description.isEmpty())
        body.insert(u"error_description"_s, description);
    const Result<LoginOutcome> outcome =
        runWithAnswer({.status = status,
                       .body = QJsonDocument(body).toJson(),
                       .furtherHeaders = "WWW-Authenticate: Basic realm=\"here\", error=\"x\"\r\n"});
    QVERIFY_OK(outcome);
    QVERIFY(!outcome->ok);
    QCOMPARE(outcome->httpStatus, status);
    QCOMPARE(outcome->error, error);
    QCOMPARE(outcome->errorDescription, description);
    QVERIFY(!outcome->accessToken);
}

void TestLoginFlow::reportsWhatIsNoOAuthAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isTransportError");
    const QByteArray json = "application/json";
    QTest::newRow("captive portal") << 200 << QByteArray("text/html")
                                    << QByteArray("<html>Welcome to the train</html>") << true;
    QTest::newRow("portal labelled json") << 200 << json << QByteArray("<html>Welcome</html>") << true;
    QTest::newRow("empty") << 200 << json << QByteArray() << true;
    QTest::newRow("no content") << 204 << json << QByteArray() << true;
    QTest::newRow("cut json") << 200 << json << QByteArray(R"({"access_token":"opaq)") << true;
    QTest::newRow("an array") << 200 << json << QByteArray("[]") << true;
    QTest::newRow("no token type") << 200 << json << QByteArray(R"({"access_token":"opaque"})") << true;
    QTest::newRow("no access token") << 200 << json << QByteArray(R"({"token_type":"Bearer"})") << true;
    QTest::newRow("empty access token")
        << 200 << json << QByteArray(R"({"access_token":"","token_type":"Bearer"})") << true;
    QTest::newRow("access token of another type")
        << 200 << json << QByteArray(R"({"access_token":7,"token_type":"Bearer"})") << true;
    QTest::newRow("v1 envelope")
        << 401 << json
        << QByteArray(
               R"({"status":{"error":true,"code":401,"type":"Unauthorized","message":"Authentication Failure"}})")
        << false;
    QTest::newRow("v2 error")
        << 404 << json
        << QByteArray(
               R"({"message":"The resource with the given id could not be found","statusCode":404,"name":"NotFoundError"})")
        << false;
}

void TestLoginFlow::reportsWhatIsNoOAuthAnswer()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(bool, isTransportError);
    const Result<LoginOutcome> outcome = runWithAnswer({.status = status, .contentType = type, .body = body});
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().httpStatus, status);
    QCOMPARE(isTransport(outcome.error().kind), isTransportError);
    QVERIFY(!outcome.error().message.isEmpty());
    QVERIFY(!outcome.error().detail.contains(u'<'));
    QVERIFY(!outcome.error().detail.contains("opaque"_L1));
}

void TestLoginFlow::neverSendsALoginTwice_data()
{
    QTest::addColumn<int>("status");
    for (int status : {401, 429, 500, 502, 503, 504})
        QTest::addRow("%d", status) << status;
}

void TestLoginFlow::neverSendsALoginTwice()
{
    QFETCH(int, status);
    m_server->answer(kToken,
                     {.status = status, .body = R"({"error":"x"})", .furtherHeaders = "Retry-After: 0\r\n"});
    QVERIFY_OK(run(password()));
    QCOMPARE(m_server->requestsFor(kToken).size(), size_t(1));
}

void TestLoginFlow::printsAndKeepsNoSecretThatComesBackInAClaim()
{
    const QByteArray token = toBase64Url(R"({"alg":"none"})") + '.' +
                             toBase64Url(R"({"sub":"4711","leak":["app-secret-1"],"pass-word-1":1})") + '.';
    m_server->answer(kToken, {.body = R"({"access_token":")" + token + R"(","token_type":"Bearer"})"});
    const Result<LoginOutcome> outcome = run(password());
    QVERIFY_OK(outcome);
    const IssuedToken &access = *outcome->accessToken;
    QVERIFY(access.decoded);
    QCOMPARE(access.decoded->payload.value("leak"_L1).toArray().at(0).toString(), u"app-secret-1"_s);
    const QByteArray claims = QJsonDocument(access.claims).toJson();
    QVERIFY2(claims.contains("4711") && claims.contains("redacted"), claims.constData());
    QVERIFY2(!claims.contains("app-secret-1") && !claims.contains("pass-word-1"), claims.constData());
    const LoginRecord record = recordOf(password(), outcome, m_clock.now(), Claims::Kept);
    QCOMPARE(record.accessToken->claims, access.claims);
}

void TestLoginFlow::hidesEchoedSecrets()
{
    m_server->answer(
        kToken,
        {.status = 401,
         .body =
             R"({"error":"invalid_request","error_description":"no pass-word-1\u0007 and app-secret-1"})"});
    const Result<LoginOutcome> outcome = run(password());
    QVERIFY_OK(outcome);
    QCOMPARE(outcome->errorDescription,
             u"no ‹redacted, 11 characters›‹U+0007› and ‹redacted, 12 characters›"_s);
    m_server->answer(kToken,
                     {.status = 400, .contentType = "text/plain", .body = "bad password=pass-word-1"});
    const Result<LoginOutcome> text = run(password());
    QVERIFY(!text);
    QVERIFY(!describe(text.error()).contains("pass-word-1"));
    m_server->answer(kToken, {.body = R"({"access_token":"a-1","token_type":"Bearer",)"
                                      R"("scope":"openid pass-word-1 app-secret-1"})",
                              .furtherHeaders = "X-Request-Id: of-pass-word-1\r\n"});
    const Result<LoginOutcome> granted = run(password());
    QVERIFY_OK(granted);
    QCOMPARE(granted->grantedScopes->constFirst(), u"openid"_s);
    QVERIFY(!granted->grantedScopes->join(u' ').contains("pass-word-1"_L1));
    QVERIFY(!granted->grantedScopes->join(u' ').contains("app-secret-1"_L1));
    QVERIFY(granted->requestId.startsWith("of-"_L1));
    QVERIFY(!granted->requestId.contains("pass-word-1"_L1));
}

void TestLoginFlow::notesATokenBesideAnError()
{
    m_server->answer(
        kToken, {.body = R"({"access_token":"opaque-1","token_type":"Bearer","error":"server\u202Eerror"})"});
    const Result<LoginOutcome> outcome = run(password());
    QVERIFY_OK(outcome);
    QVERIFY(outcome->ok);
    QVERIFY(outcome->notes.contains(u"The answer holds both a token and the error server‹U+202E›error."_s));
}

void TestLoginFlow::destroyingItCancels()
{
    bool wasCalled = false;
    auto flow = std::make_unique<LoginFlow>(m_http, m_clock, password());
    connect(flow.get(), &LoginFlow::finished, this, [&wasCalled] { wasCalled = true; });
    connect(flow.get(), &LoginFlow::stepChanged, this, [&flow](const QString &step) {
        if (step == "Asking for a token"_L1)
            flow.release()->deleteLater();
    });
    flow->start();
    QTRY_VERIFY(!flow);
    QVERIFY_OK(run(clientCredentials()));
    QVERIFY(!wasCalled);
}

QTEST_GUILESS_MAIN(TestLoginFlow)
#include "tst_loginflow.moc"
