// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base64url.h"
#include "oidc/browserlogins.h"
#include "oidc/pkce.h"
#include "oidc/scriptedserver.h"
#include "support/faultproxy.h"

using namespace latchkey;

/// Answers of the browser that must not buy a token, and faults at each step of the code flow.
class TestBrowserRedirect : public BrowserLogins
{
    Q_OBJECT

private slots:
    void initTestCase() { startSandbox(); }
    void init() { startAnew(); }
    void cleanupTestCase() { stopSandbox(); }
    void refusesAnswersThatContradict_data();
    void refusesAnswersThatContradict();
    void missesThePromisedIssuer();
    void notesWhatTheIdTokenLacks();
    void givesUpInTime();
    void namesAPortInUse();
    void destroyingItStopsListening();
    void usesGivenEndpointsWithoutDiscovery();
    void reportsFaultsAtEachStep_data();
    void reportsFaultsAtEachStep();
};

void TestBrowserRedirect::refusesAnswersThatContradict_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("message");
    QTest::newRow("mix-up")
        << u"code=c&state=STATE&iss=https%3A%2F%2Fevil.example"_s
        << u"The browser came back from another issuer than the one that was asked. Nothing was sent to either."_s;
    QTest::newRow("empty issuer")
        << u"code=c&state=STATE&iss="_s
        << u"The browser came back from another issuer than the one that was asked. Nothing was sent to either."_s;
    QTest::newRow("mix-up of a refusal")
        << u"error=access_denied&state=STATE&iss=ISSUER%2F"_s
        << u"The browser came back from another issuer than the one that was asked. Nothing was sent to either."_s;
    QTest::newRow("neither code nor error")
        << u"state=STATE&iss=ISSUER"_s << u"The browser came back with neither a code nor an error."_s;
    QTest::newRow("code and error")
        << u"code=c&error=server_error&state=STATE&iss=ISSUER"_s
        << u"The browser came back with both a code and the error server_error. The code was not used."_s;
}

void TestBrowserRedirect::refusesAnswersThatContradict()
{
    QFETCH(QString, query);
    QFETCH(QString, message);
    FaultProxy proxy(m_sandbox.url());
    LoginRequest login = request();
    login.endpoints.tokenEndpoint = QUrl(proxy.url().toString() + u"/oidc/2/token"_s);
    const Result<LoginOutcome> outcome = run(login, comingBackWith(query));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::NotUnderstood);
    QCOMPARE(outcome.error().message, message);
    QCOMPARE(outcome.error().reason,
             message.contains("issuer"_L1) ? u"redirect_of_other_issuer"_s : u"redirect_contradicts"_s);
    QCOMPARE(proxy.arrived().size(), size_t(0));
}

void TestBrowserRedirect::missesThePromisedIssuer()
{
    ScriptedServer server;
    const QByteArray base = server.url().toEncoded();
    server.answer("/.well-known/openid-configuration",
                  {.body = "{\"issuer\":\"" + base + "\",\"token_endpoint\":\"" + base +
                           "/token\",\"authorization_endpoint\":\"" + base +
                           "/auth\",\"authorization_response_iss_parameter_supported\":true,"
                           "\"code_challenge_methods_supported\":[\"plain\"]}"});
    LoginRequest login = request();
    login.issuer = server.url();
    const Result<LoginOutcome> outcome = run(login, comingBackWith(u"code=c&state=STATE"_s));
    QVERIFY(!outcome);
    QVERIFY(outcome.error().message.contains(u"which this issuer promises to send"_s));
    QVERIFY(server.requestsFor("/token").empty());
}

void TestBrowserRedirect::notesWhatTheIdTokenLacks()
{
    ScriptedServer server;
    const QByteArray base = server.url().toEncoded();
    server.answer("/.well-known/openid-configuration",
                  {.body = "{\"issuer\":\"" + base + "\",\"token_endpoint\":\"" + base +
                           "/token\",\"authorization_endpoint\":\"" + base +
                           "/auth\",\"code_challenge_methods_supported\":[\"plain\"]}"});
    server.answer("/token", {.body = R"({"access_token":"a-1","token_type":"Bearer"})"});
    LoginRequest login = request();
    login.issuer = server.url();
    Result<LoginOutcome> outcome = run(login, comingBackWith(u"code=c-1&state=STATE"_s));
    QVERIFY_OK(outcome);
    QCOMPARE(outcome->notes,
             QStringList({u"The issuer does not list the code challenge method S256, which was used."_s,
                          u"No ID token came, though the scope openid was asked for."_s}));
    const QByteArray sent = server.requestsFor("/token").at(0).body;
    const QUrl form(u"http://form.example/?"_s + QString::fromLatin1(sent));
    QCOMPARE(parameterOf(form, u"grant_type"_s), u"authorization_code"_s);
    QCOMPARE(parameterOf(form, u"code"_s), u"c-1"_s);
    QCOMPARE(parameterOf(form, u"redirect_uri"_s), parameterOf(m_opened, u"redirect_uri"_s));
    QCOMPARE(codeChallenge(Secret::fromText(parameterOf(form, u"code_verifier"_s))),
             parameterOf(m_opened, u"code_challenge"_s));

    const QByteArray idToken = toBase64Url(R"({"alg":"RS256"})") + '.' +
                               toBase64Url(R"({"nonce":"of another login"})") + '.' + toBase64Url("s");
    server.answer("/token",
                  {.body = R"({"access_token":"a-1","token_type":"Bearer","id_token":")" + idToken + "\"}"});
    outcome = run(login, comingBackWith(u"code=c-1&state=STATE"_s));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::NotUnderstood);
    QCOMPARE(outcome.error().reason, u"token_nonce"_s);
}

void TestBrowserRedirect::givesUpInTime()
{
    const Result<LoginOutcome> outcome = run(
        request(),
        [this](const QUrl &url) {
            m_browser->get(QUrl(parameterOf(url, u"redirect_uri"_s) + u"?state=x"_s));
        },
        std::chrono::seconds(1));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Timeout);
    QCOMPARE(outcome.error().message, u"Nobody came back from the browser within 1\u00a0s."_s);
    QCOMPARE(outcome.error().detail, u"Answers of another login that were turned away: 1"_s);
    QCOMPARE(outcome.error().reason, u"state_mismatch"_s);
}

void TestBrowserRedirect::namesAPortInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    LoginRequest login = request();
    login.redirectPort = other.serverPort();
    const Result<LoginOutcome> outcome = run(login, [](const QUrl &) {});
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::InvalidInput);
    QVERIFY(outcome.error().message.contains(QString::number(other.serverPort())));
    QVERIFY(m_opened.isEmpty());
}

void TestBrowserRedirect::destroyingItStopsListening()
{
    auto flow = std::make_unique<LoginFlow>(m_http, m_clock, request());
    QUrl url;
    connect(flow.get(), &LoginFlow::browserNeeded, this, [&url](const QUrl &needed) { url = needed; });
    flow->start();
    QTRY_VERIFY(!url.isEmpty());
    QTcpSocket socket;
    const auto port = static_cast<quint16>(QUrl(parameterOf(url, u"redirect_uri"_s)).port());
    socket.connectToHost(QHostAddress::LocalHost, port);
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    flow.reset();
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    socket.connectToHost(QHostAddress::LocalHost, port);
    QTRY_COMPARE(socket.error(), QAbstractSocket::ConnectionRefusedError);
}

void TestBrowserRedirect::usesGivenEndpointsWithoutDiscovery()
{
    LoginRequest login = request();
    const QString issuer = m_sandbox.issuer().toString();
    login.endpoints.tokenEndpoint = QUrl(issuer + "/token"_L1);
    login.issuer = QUrl(m_sandbox.url().toString() + u"/none"_s);
    const Result<LoginOutcome> halfGiven = run(login, loggingIn(kUser));
    QVERIFY(!halfGiven);
    login.endpoints.authorizationEndpoint = QUrl(issuer + "/auth"_L1);
    // The sandbox names itself in the answer, which is another issuer than the one that was asked.
    const Result<LoginOutcome> mixedUp = run(login, loggingIn(kUser));
    QVERIFY(!mixedUp);
    login.issuer = {};
    const Result<LoginOutcome> nobody = run(login, comingBackWith(u"code=c&state=STATE"_s));
    QVERIFY_OK(nobody);
    QCOMPARE(nobody->error, u"invalid_grant"_s);
    QVERIFY(nobody->notes.constFirst().startsWith("The issuer's endpoints could not be read"_L1));
    QCOMPARE(nobody->provider.tokenEndpoint, login.endpoints.tokenEndpoint);
}

void TestBrowserRedirect::reportsFaultsAtEachStep_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<ErrorKind>("kind");
    for (const QString &step : {u"discovery"_s, u"token"_s}) {
        const auto row = [&step](const QString &fault, ErrorKind kind) {
            QTest::addRow("%s, %s", qPrintable(step), qPrintable(fault)) << step << fault << kind;
        };
        row(u"cut"_s, step == "token"_L1 ? ErrorKind::OutcomeUnknown : ErrorKind::Unreachable);
        row(u"html"_s, ErrorKind::NotUnderstood);
        row(u"slow"_s, ErrorKind::Timeout);
        row(u"garbage"_s, ErrorKind::NotUnderstood);
    }
}

void TestBrowserRedirect::reportsFaultsAtEachStep()
{
    QFETCH(QString, step);
    QFETCH(QString, fault);
    QFETCH(ErrorKind, kind);
    FaultProxy proxy(m_sandbox.url());
    proxy.setScript([&fault](const Arrival &arrival, const FaultProxy::Forward &forward) -> FaultReply {
        const QByteArray whole = forward(arrival).bytes;
        if (fault == "cut"_L1)
            return {.bytes = whole.chopped(20), .then = FaultReply::Then::Close};
        if (fault == "slow"_L1)
            return {.bytes = whole.first(20)};
        return fault == "html"_L1 ? FaultServer::html(200) : FaultServer::answer(200, "{\"a\":");
    });
    if (fault == "slow"_L1)
        m_http.setTimeouts({.idle = std::chrono::milliseconds(300), .whole = std::chrono::seconds(30)});
    LoginRequest login = request();
    if (step == "token"_L1)
        login.endpoints.tokenEndpoint = QUrl(proxy.url().toString() + u"/oidc/2/token"_s);
    else
        login.issuer = QUrl(proxy.url().toString() + u"/oidc/2"_s);
    const Result<LoginOutcome> outcome = run(login, loggingIn(kUser));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, kind);
    if (step == "token"_L1)
        QCOMPARE(proxy.arrived().size(), size_t(1));
    else
        QVERIFY(m_opened.isEmpty());
}

QTEST_GUILESS_MAIN(TestBrowserRedirect)
#include "tst_browserredirect.moc"
