// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base64url.h"
#include "oidc/loginflow.h"
#include "oidc/pkce.h"
#include "oidc/scriptedserver.h"
#include "support/faultproxy.h"
#include "support/formbrowser.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QTimer>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

using Visit = std::function<void(const QUrl &)>;
const QString kUser = u"app.smoke.test"_s;

} // namespace

/// The code flow against the sandbox, its login page filled in over HTTP.
class TestBrowserLogin : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem())); }
    void init();
    void cleanupTestCase() { QCOMPARE(m_sandbox.stop(), 0); }
    void logsIn_data();
    void logsIn();
    void logsInAtTheRegisteredAddress();
    void asksAsTheStandardsSay();
    void keepsTheQueryOfTheEndpoint();
    void saysThatNoBrowserOpened();
    void readsRefusals_data();
    void readsRefusals();
    void staysWithTheLoginPageOfOtherAnswers();
    void refusesAnswersThatContradict_data();
    void refusesAnswersThatContradict();
    void missesThePromisedIssuer();
    void notesWhatTheIdTokenLacks();
    void refusesParametersOfItsOwn();
    void givesUpInTime();
    void namesAPortInUse();
    void destroyingItStopsListening();
    void usesGivenEndpointsWithoutDiscovery();
    void reportsFaultsAtEachStep_data();
    void reportsFaultsAtEachStep();

private:
    LoginRequest request(QStringView app = u"finance-desktop") const
    {
        const SandboxProcess::App found = m_sandbox.app(app);
        return {.grant = Grant::AuthorizationCode,
                .issuer = m_sandbox.issuer(),
                .clientId = found.clientId,
                .clientSecret = Secret::fromText(found.clientSecret),
                .auth = found.auth == "none"_L1   ? ClientAuth::None
                        : found.auth == "post"_L1 ? ClientAuth::Post
                                                  : ClientAuth::Basic,
                .scopes = {u"openid"_s, u"profile"_s},
                .redirectPort = 0};
    }
    /// Runs the flow; `visit` is what the person does with the address, once the flow waits.
    Result<LoginOutcome> run(LoginRequest login, const Visit &visit,
                             std::chrono::milliseconds patience = std::chrono::seconds(20))
    {
        return waitFor<LoginOutcome>([&](Continuation<LoginOutcome> k) {
            const auto opener = [this, visit, context = k.context()](const QUrl &url) {
                m_opened = url;
                QTimer::singleShot(0, context, [visit, url] { visit(url); });
                return true;
            };
            auto *flow = new LoginFlow(m_http, m_clock, std::move(login), opener, k.context());
            flow->setBrowserTimeout(patience);
            connect(flow, &LoginFlow::finished, flow, [k](const Result<LoginOutcome> &result) { k(result); });
            flow->start();
        });
    }
    Visit loggingIn(const QString &username)
    {
        return [this, username](const QUrl &url) {
            const SandboxProcess::User user = m_sandbox.user(username);
            m_back = m_browser->logIn(url, username, user.password, user.otp);
            m_page = m_browser->get(m_back);
        };
    }
    /// Comes back by itself, without the provider.
    Visit comingBackWith(const QString &query)
    {
        return [this, query](const QUrl &url) {
            QString filled = query;
            filled.replace("STATE"_L1, parameterOf(url, u"state"_s))
                .replace("ISSUER"_L1,
                         QString::fromLatin1(QUrl::toPercentEncoding(m_sandbox.issuer().toString())));
            m_page = m_browser->get(QUrl(parameterOf(url, u"redirect_uri"_s) + u'?' + filled));
        };
    }

    SandboxProcess m_sandbox;
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
    std::unique_ptr<FormBrowser> m_browser;
    QUrl m_opened;
    QUrl m_back;
    FormBrowser::Page m_page;
};

void TestBrowserLogin::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_browser = std::make_unique<FormBrowser>();
    m_http.setTimeouts({});
    m_opened.clear();
    m_page = {};
}

void TestBrowserLogin::logsIn_data()
{
    QTest::addColumn<QString>("app");
    QTest::addColumn<QString>("user");
    QTest::newRow("public app") << u"finance-desktop"_s << kUser;
    QTest::newRow("second factor, which the password grant refuses") << u"mobile-app"_s << u"jdoe.test"_s;
}

void TestBrowserLogin::logsIn()
{
    QFETCH(QString, app);
    QFETCH(QString, user);
    const Result<LoginOutcome> outcome = run(request(app), loggingIn(user));
    QVERIFY_OK(outcome);
    QVERIFY2(outcome->ok, qPrintable(outcome->error + u' ' + outcome->errorDescription));
    QCOMPARE(outcome->httpStatus, 200);
    QVERIFY2(outcome->notes.isEmpty(), qPrintable(outcome->notes.join(u' ')));
    QVERIFY(outcome->accessToken && outcome->idToken && outcome->refreshToken);
    QCOMPARE(outcome->issuer, m_sandbox.issuer().toString());
    QCOMPARE(outcome->provider.userinfoEndpoint, QUrl(outcome->issuer + "/me"_L1));
    QCOMPARE(outcome->requests, 2);
    const QJsonObject claims = outcome->idToken->decoded->payload;
    QCOMPARE(claims["nonce"_L1].toString(), outcome->nonce);
    QCOMPARE(claims["preferred_username"_L1].toString(), user);
    QVERIFY(claims.contains("auth_time"_L1));
    QCOMPARE(parameterOf(m_back, u"iss"_s), outcome->issuer);
    QCOMPARE(m_page.status, 200);
    QVERIFY(m_page.body.contains("Return to Latchkey"));
}

void TestBrowserLogin::logsInAtTheRegisteredAddress()
{
    LoginRequest login = request(u"portal-web");
    login.redirectPort = LoginRequest().redirectPort;
    const Result<LoginOutcome> outcome = run(login, loggingIn(kUser));
    QVERIFY_OK(outcome);
    QVERIFY2(outcome->ok, qPrintable(outcome->error + u' ' + outcome->errorDescription));
    QVERIFY(m_back.toString().startsWith(u"http://127.0.0.1:8765/callback?"_s));
}

void TestBrowserLogin::asksAsTheStandardsSay()
{
    LoginRequest login = request();
    login.resource = u"https://api.example.com/invoices"_s;
    login.scopes = {u"openid"_s, u"read:invoices"_s};
    login.prompt = u"login"_s;
    login.loginHint = u"a+b@example.com"_s;
    login.acrValues = u"onelogin:nist:level:1:re-auth"_s;
    login.parameters = {{u"ui_locales"_s, u"de en"_s}};
    const Result<LoginOutcome> outcome = run(login, loggingIn(kUser));
    QVERIFY_OK(outcome);
    QVERIFY(outcome->ok);
    QCOMPARE(outcome->scopesInToken, login.scopes);
    const auto sent = [this](const QString &name) { return parameterOf(m_opened, name); };
    QCOMPARE(sent(u"response_type"_s), u"code"_s);
    QCOMPARE(sent(u"client_id"_s), login.clientId);
    QVERIFY(sent(u"redirect_uri"_s).startsWith("http://127.0.0.1:"_L1));
    QVERIFY(sent(u"redirect_uri"_s).endsWith("/callback"_L1));
    QCOMPARE(sent(u"scope"_s), u"openid read:invoices"_s);
    QCOMPARE(sent(u"code_challenge_method"_s), u"S256"_s);
    for (const QString &name : {u"code_challenge"_s, u"state"_s, u"nonce"_s})
        QCOMPARE(sent(name).size(), 43);
    QCOMPARE(QSet<QString>({sent(u"code_challenge"_s), sent(u"state"_s), sent(u"nonce"_s)}).size(), 3);
    QCOMPARE(sent(u"resource"_s), login.resource);
    QCOMPARE(sent(u"prompt"_s), login.prompt);
    QCOMPARE(sent(u"login_hint"_s), login.loginHint);
    QCOMPARE(sent(u"acr_values"_s), login.acrValues);
    QCOMPARE(sent(u"ui_locales"_s), u"de en"_s);
    QVERIFY(!m_opened.toString().contains("code_verifier"_L1));
    const QUrl first = m_opened;
    QVERIFY_OK(run(login, loggingIn(kUser)));
    for (const QString &name : {u"code_challenge"_s, u"state"_s, u"nonce"_s})
        QVERIFY(sent(name) != parameterOf(first, name));
}

void TestBrowserLogin::keepsTheQueryOfTheEndpoint()
{
    LoginRequest login = request();
    login.endpoints.authorizationEndpoint = QUrl(m_sandbox.issuer().toString() + u"/auth?tenant=a%2Bb"_s);
    const Result<LoginOutcome> outcome = run(login, loggingIn(kUser));
    QVERIFY_OK(outcome);
    QVERIFY(outcome->ok);
    QVERIFY(m_opened.toString(QUrl::FullyEncoded).contains("/auth?tenant=a%2Bb&response_type=code&"_L1));
}

void TestBrowserLogin::saysThatNoBrowserOpened()
{
    const Result<LoginOutcome> outcome = waitFor<LoginOutcome>([&](Continuation<LoginOutcome> k) {
        auto *flow = new LoginFlow(
            m_http, m_clock, request(), [](const QUrl &) { return false; }, k.context());
        // The window shows the address instead.
        connect(flow, &LoginFlow::browserNeeded, flow, [this, flow](const QUrl &url) {
            QTimer::singleShot(0, flow, [this, url] { loggingIn(kUser)(url); });
        });
        connect(flow, &LoginFlow::finished, flow, [k](const Result<LoginOutcome> &result) { k(result); });
        flow->start();
    });
    QVERIFY_OK(outcome);
    QVERIFY(outcome->ok);
    QCOMPARE(outcome->notes, QStringList{u"The browser did not open by itself."_s});
}

void TestBrowserLogin::readsRefusals_data()
{
    QTest::addColumn<LoginRequest>("login");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("description");
    LoginRequest login = request();
    login.scopes.append(u"offline_access"_s);
    QTest::newRow("offline_access") << login << kUser << u"invalid_scope"_s
                                    << u"some of requested scopes are not whitelisted"_s;
    login = request();
    login.scopes = {u"profile"_s};
    QTest::newRow("without openid") << login << kUser << u"invalid_scope"_s << u"openid is required scope"_s;
    login = request();
    login.prompt = u"none"_s;
    QTest::newRow("nobody is signed in")
        << login << kUser << u"login_required"_s << u"End-User authentication is required"_s;
    login = request();
    login.resource = u"https://api.example.com/none"_s;
    QTest::newRow("unknown resource")
        << login << kUser << u"invalid_target"_s << u"resource is unknown or not granted to this client"_s;
    QTest::newRow("not assigned") << request() << u"unassigned.user.test"_s << u"access_denied"_s
                                  << u"Access is unauthorized"_s;
}

void TestBrowserLogin::readsRefusals()
{
    QFETCH(LoginRequest, login);
    QFETCH(QString, user);
    QFETCH(QString, error);
    QFETCH(QString, description);
    const Result<LoginOutcome> outcome = run(login, loggingIn(user));
    QVERIFY_OK(outcome);
    QVERIFY(!outcome->ok);
    QCOMPARE(outcome->error, error);
    QCOMPARE(outcome->errorDescription, description);
    QCOMPARE(outcome->httpStatus, 0);
    QCOMPARE(outcome->requests, 1);
    QVERIFY(outcome->at.isValid());
}

// A page of another login, or of nobody, does not end this one.
void TestBrowserLogin::staysWithTheLoginPageOfOtherAnswers()
{
    const Result<LoginOutcome> outcome = run(request(), [this](const QUrl &url) {
        const QString back = parameterOf(url, u"redirect_uri"_s);
        QCOMPARE(m_browser->get(QUrl(back + u"?code=stolen&state=other"_s)).status, 400);
        QCOMPARE(m_browser->get(QUrl(back + u"?error=access_denied"_s)).status, 400);
        QCOMPARE(m_browser->get(QUrl(back).resolved(QUrl(u"/favicon.ico"_s))).status, 404);
        loggingIn(kUser)(url);
    });
    QVERIFY_OK(outcome);
    QVERIFY(outcome->ok);
}

void TestBrowserLogin::refusesAnswersThatContradict_data()
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

void TestBrowserLogin::refusesAnswersThatContradict()
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
    QCOMPARE(proxy.arrived().size(), size_t(0));
}

void TestBrowserLogin::missesThePromisedIssuer()
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

void TestBrowserLogin::notesWhatTheIdTokenLacks()
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
    QVERIFY_OK(outcome);
    QVERIFY(outcome->notes.constLast().startsWith("The ID token does not repeat the nonce"_L1));
}

void TestBrowserLogin::refusesParametersOfItsOwn()
{
    for (const QString &name : {u"state"_s, u"redirect_uri"_s, u"response_mode"_s, u"code_challenge"_s}) {
        LoginRequest login = request();
        login.parameters = {{name, u"x"_s}};
        const Result<LoginOutcome> outcome = run(login, [](const QUrl &) {});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, ErrorKind::InvalidInput);
        QVERIFY(outcome.error().message.contains(name));
    }
    LoginRequest login = request();
    login.endpoints.tokenEndpoint = QUrl(u"http://token.example/token"_s);
    const Result<LoginOutcome> outcome = run(login, [](const QUrl &) {});
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::InvalidInput);
}

void TestBrowserLogin::givesUpInTime()
{
    const Result<LoginOutcome> outcome = run(
        request(),
        [this](const QUrl &url) {
            m_browser->get(QUrl(parameterOf(url, u"redirect_uri"_s) + u"?state=x"_s));
        },
        std::chrono::seconds(1));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Timeout);
    QCOMPARE(outcome.error().message, u"Nobody came back from the browser within 1 seconds."_s);
    QCOMPARE(outcome.error().detail, u"Answers of another login that were turned away: 1"_s);
}

void TestBrowserLogin::namesAPortInUse()
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

void TestBrowserLogin::destroyingItStopsListening()
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

void TestBrowserLogin::usesGivenEndpointsWithoutDiscovery()
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

void TestBrowserLogin::reportsFaultsAtEachStep_data()
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

void TestBrowserLogin::reportsFaultsAtEachStep()
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
    m_http.setTimeouts({.idle = std::chrono::milliseconds(500), .whole = std::chrono::milliseconds(900)});
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

QTEST_GUILESS_MAIN(TestBrowserLogin)
#include "tst_browserlogin.moc"
