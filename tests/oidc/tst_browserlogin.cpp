// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/browserlogins.h"

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The code flow against the sandbox, its login page filled in over HTTP.
class TestBrowserLogin : public BrowserLogins
{
    Q_OBJECT

private slots:
    void initTestCase() { startSandbox(); }
    void init() { startAnew(); }
    void cleanupTestCase() { stopSandbox(); }
    void logsIn_data();
    void logsIn();
    void logsInAtTheRegisteredAddress();
    void asksAsTheStandardsSay();
    void keepsTheQueryOfTheEndpoint();
    void sendsNoParameterTwice();
    void saysThatNoBrowserOpened();
    void readsRefusals_data();
    void readsRefusals();
    void staysWithTheLoginPageOfOtherAnswers();
    void refusesParametersOfItsOwn();
};

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
    login.parameters = {{u"ui_locales"_s, u"de en"_s},
                        {u"max_age"_s, u"60"_s},
                        {u"claims"_s, u"{}"_s},
                        {u"display"_s, u"page"_s},
                        {u"audience"_s, u"a"_s}};
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

void TestBrowserLogin::sendsNoParameterTwice()
{
    LoginRequest login = request();
    login.prompt = u"login"_s;
    login.endpoints.authorizationEndpoint = QUrl(m_sandbox.issuer().toString() + u"/auth?pr%6Fmpt=none"_s);
    m_opened = {};
    const Result<LoginOutcome> outcome = run(login, [](const QUrl &) {});
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(outcome.error().message.contains(u"has the parameter prompt in its address already"_s),
             qPrintable(outcome.error().message));
    QVERIFY(m_opened.isEmpty());
    login = request();
    login.endpoints.tokenEndpoint = QUrl(m_sandbox.issuer().toString() + u"/token?grant_type=password"_s);
    QVERIFY(run(login, loggingIn(kUser)).error().message.contains(u"grant_type"_s));
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

void TestBrowserLogin::refusesParametersOfItsOwn()
{
    for (const QString &name :
         {u"state"_s, u"redirect_uri"_s, u"response_mode"_s, u"code_challenge"_s, u"id_token_hint"_s,
          u"request"_s, u"client_assertion"_s, u"login_hint_token"_s, u"pwd"_s, u"pin"_s, u"signature"_s,
          u"x"_s, u"PROMPT"_s}) {
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

QTEST_GUILESS_MAIN(TestBrowserLogin)
#include "tst_browserlogin.moc"
