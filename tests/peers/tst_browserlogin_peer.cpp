// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginflow.h"
#include "oidc/tokencalls.h"
#include "peers/peerprocess.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QUrlQuery>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The code flow against a certified OpenID provider, with Chromium on its login and consent pages, and
/// what can be done with the tokens that it gives.
class TestBrowserLoginPeer : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase();
    void logsInWithTheBrowser_data();
    void logsInWithTheBrowser();
    void getsATokenForAResource();
    void takesNoForAnAnswer();
    void isToldThatNobodyIsSignedIn();
    void cannotUseACodeTwice();
    void refreshes();
    void readsUserInfo();
    void introspectsAndRevokes();
    void logsOut();
    void getsThroughTheLoginPageOfTheSandbox();

private:
    LoginRequest request(const QString &name) const
    {
        const QJsonObject client = m_provider.line()["clients"_L1][name].toObject();
        const bool isPublic = client["token_endpoint_auth_method"_L1] == u"none"_s;
        return {.grant = Grant::AuthorizationCode,
                .issuer = QUrl(m_provider.line()["issuer"_L1].toString()),
                .clientId = client["client_id"_L1].toString(),
                .clientSecret = Secret::fromText(client["client_secret"_L1].toString()),
                .auth = isPublic ? ClientAuth::None : ClientAuth::Basic,
                .scopes = {u"openid"_s, u"profile"_s},
                .redirectPort = isPublic ? quint16(0) : quint16(8765)};
    }
    void browse(QJsonObject job)
    {
        if (!job.contains("fields"_L1))
            job.insert(u"fields"_s,
                       QJsonObject{{u"login"_s, u"jdoe.test"_s}, {u"password"_s, u"any password does"_s}});
        m_browser.send(job);
    }
    Result<LoginOutcome> run(const LoginRequest &login, const QJsonObject &job = {})
    {
        Result<LoginOutcome> outcome = waitFor<LoginOutcome>([&](Continuation<LoginOutcome> k) {
            const auto opener = [this, job](const QUrl &url) {
                m_opened = url;
                QJsonObject visit = job;
                visit.insert(u"url"_s, url.toString(QUrl::FullyEncoded));
                browse(visit);
                return true;
            };
            auto *flow = new LoginFlow(m_http, m_clock, login, opener, k.context());
            connect(flow, &LoginFlow::finished, flow, [k](const Result<LoginOutcome> &result) { k(result); });
            flow->start();
        });
        m_page = m_browser.receive();
        return outcome;
    }
    QStringList steps() const { return m_page["steps"_L1].toVariant().toStringList(); }

    PeerProcess m_provider;
    PeerProcess m_browser;
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
    QUrl m_opened;
    QJsonObject m_page; ///< where the browser ended
};

void TestBrowserLoginPeer::initTestCase()
{
    QVERIFY2(!QStandardPaths::findExecutable(u"chromium"_s).isEmpty(), "Chromium is missing.");
    QVERIFY2(m_provider.start(u"server.mjs"_s), qPrintable(m_provider.problem()));
    QVERIFY2(m_browser.start(u"browser.mjs"_s), qPrintable(m_browser.problem()));
}

void TestBrowserLoginPeer::cleanupTestCase()
{
    QVERIFY(m_browser.stop());
    QVERIFY(m_provider.stop());
}

void TestBrowserLoginPeer::logsInWithTheBrowser_data()
{
    QTest::addColumn<QString>("client");
    QTest::newRow("native app, any port") << u"native"_s;
    QTest::newRow("web app with a secret, the registered port") << u"web"_s;
}

void TestBrowserLoginPeer::logsInWithTheBrowser()
{
    QFETCH(QString, client);
    const Result<LoginOutcome> outcome = run(request(client));
    QVERIFY_OK(outcome);
    QVERIFY2(outcome->ok, qPrintable(outcome->error + u' ' + outcome->errorDescription));
    QVERIFY2(outcome->notes.isEmpty(), qPrintable(outcome->notes.join(u' ')));
    QCOMPARE(steps(), QStringList({u"login"_s, u"consent"_s}));
    QVERIFY(m_page["url"_L1].toString().startsWith("http://127.0.0.1:"_L1));
    QVERIFY2(m_page["text"_L1].toString().contains("Return to Latchkey"_L1),
             qPrintable(m_page["text"_L1].toString()));
    QVERIFY(outcome->provider.issuerInRedirects);
    QVERIFY(outcome->idToken && outcome->refreshToken);
    QCOMPARE(outcome->idToken->decoded->payload["nonce"_L1].toString(), outcome->nonce);
    QCOMPARE(outcome->idToken->decoded->payload["sub"_L1].toString(), u"jdoe.test"_s);
}

void TestBrowserLoginPeer::getsATokenForAResource()
{
    LoginRequest login = request(u"native"_s);
    login.resource = m_provider.line()["apiResource"_L1].toString();
    login.scopes.append(u"read:invoices"_s);
    const Result<LoginOutcome> outcome = run(login);
    QVERIFY_OK(outcome);
    QVERIFY2(outcome->ok, qPrintable(outcome->error + u' ' + outcome->errorDescription));
    QCOMPARE(outcome->accessToken->kind, TokenKind::Jwt);
    QCOMPARE(outcome->accessToken->decoded->payload["aud"_L1].toString(), login.resource);
    QCOMPARE(outcome->scopesInToken, QStringList{u"read:invoices"_s});
}

void TestBrowserLoginPeer::takesNoForAnAnswer()
{
    const Result<LoginOutcome> outcome = run(request(u"native"_s), {{u"action"_s, u"abort"_s}});
    QVERIFY_OK(outcome);
    QVERIFY(!outcome->ok);
    QCOMPARE(outcome->error, u"access_denied"_s);
    QVERIFY(!outcome->errorDescription.isEmpty());
    QCOMPARE(outcome->httpStatus, 0);
}

void TestBrowserLoginPeer::isToldThatNobodyIsSignedIn()
{
    LoginRequest login = request(u"native"_s);
    login.prompt = u"none"_s;
    const Result<LoginOutcome> outcome = run(login);
    QVERIFY_OK(outcome);
    QCOMPARE(outcome->error, u"login_required"_s);
    QVERIFY(steps().isEmpty());
}

// Somebody who saw the address in the browser can do nothing with it.
void TestBrowserLoginPeer::cannotUseACodeTwice()
{
    const Result<LoginOutcome> outcome = run(request(u"native"_s));
    QVERIFY_OK(outcome);
    QVERIFY(outcome->ok);
    const QString address = m_page["url"_L1].toString();
    LoginRequest thief = request(u"native"_s);
    thief.prompt = u"none"_s;
    const Result<LoginOutcome> replayed = waitFor<LoginOutcome>([&](Continuation<LoginOutcome> k) {
        auto *flow = new LoginFlow(m_http, m_clock, thief, {}, k.context());
        connect(flow, &LoginFlow::browserNeeded, flow, [this, address](const QUrl &url) {
            // The old code with the new state
            const QUrlQuery asked(url);
            QUrl forged(address);
            forged.setPort(QUrl(asked.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded)).port());
            QUrlQuery query(forged);
            query.removeQueryItem(u"state"_s);
            query.addQueryItem(u"state"_s, asked.queryItemValue(u"state"_s));
            forged.setQuery(query);
            browse({{u"url"_s, forged.toString(QUrl::FullyEncoded)}});
        });
        connect(flow, &LoginFlow::finished, flow, [k](const Result<LoginOutcome> &result) { k(result); });
        flow->start();
    });
    m_browser.receive();
    QVERIFY_OK(replayed);
    QVERIFY(!replayed->ok);
    QCOMPARE(replayed->error, u"invalid_grant"_s);
    QCOMPARE(replayed->httpStatus, 400);
}

void TestBrowserLoginPeer::refreshes()
{
    const LoginRequest login = request(u"web"_s);
    const Result<LoginOutcome> outcome = run(login);
    QVERIFY_OK(outcome);
    QVERIFY(outcome->refreshToken);
    const Result<LoginOutcome> again = waitFor<LoginOutcome>([&](Continuation<LoginOutcome> k) {
        refresh(m_http, m_clock, outcome->provider, login.client(), outcome->refreshToken->value, {}, k);
    });
    QVERIFY_OK(again);
    QVERIFY2(again->ok, qPrintable(again->error + u' ' + again->errorDescription));
    QCOMPARE(again->idToken->decoded->payload["sub"_L1].toString(), u"jdoe.test"_s);
    QCOMPARE(again->notes.size(), 1);
    const Result<LoginOutcome> more = waitFor<LoginOutcome>([&](Continuation<LoginOutcome> k) {
        refresh(m_http, m_clock, outcome->provider, login.client(), again->refreshToken->value,
                {u"openid"_s, u"admin:all"_s}, k);
    });
    QVERIFY_OK(more);
    QVERIFY(!more->ok);
    QCOMPARE(more->error, u"invalid_scope"_s);
}

void TestBrowserLoginPeer::readsUserInfo()
{
    for (const QString &client : {u"native"_s, u"web"_s}) {
        const Result<LoginOutcome> outcome = run(request(client));
        QVERIFY_OK(outcome);
        QVERIFY(outcome->ok);
        const QString subject = outcome->idToken->decoded->payload["sub"_L1].toString();
        const Result<UserInfo> info = waitFor<UserInfo>([&](Continuation<UserInfo> k) {
            userInfo(m_http, outcome->provider, outcome->accessToken->value, subject, k);
        });
        QVERIFY_OK(info);
        QCOMPARE(info->claims["name"_L1].toString(), u"Name of jdoe.test"_s);
        QCOMPARE(info->isSigned, client == "web"_L1);
    }
    const Result<LoginOutcome> outcome = run(request(u"native"_s));
    const Result<UserInfo> refused = waitFor<UserInfo>([&](Continuation<UserInfo> k) {
        userInfo(m_http, outcome->provider, Secret::copyOf("no-token-of-anyone"), {}, k);
    });
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, u"invalid_token"_s);
    QCOMPARE(refused.error().httpStatus, 401);
}

void TestBrowserLoginPeer::introspectsAndRevokes()
{
    const LoginRequest login = request(u"web"_s);
    const Result<LoginOutcome> outcome = run(login);
    QVERIFY_OK(outcome);
    QVERIFY(outcome->ok);
    const auto ask = [&](const Secret &token, TokenUse use, const OidcClient &as) {
        return waitFor<Introspection>(
            [&](Continuation<Introspection> k) { introspect(m_http, outcome->provider, as, token, use, k); });
    };
    const Secret access = outcome->accessToken->value;
    const Result<Introspection> active = ask(access, TokenUse::Access, login.client());
    QVERIFY_OK(active);
    QVERIFY(active->isActive);
    QCOMPARE(active->members["sub"_L1].toString(), u"jdoe.test"_s);
    OidcClient wrong = login.client();
    wrong.clientSecret = Secret::copyOf("not-the-secret");
    const Result<Introspection> refused = ask(access, TokenUse::Access, wrong);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, u"invalid_client"_s);

    for (const auto &[token, use] :
         {std::pair(access, TokenUse::Access), std::pair(outcome->refreshToken->value, TokenUse::Refresh)}) {
        const Result<Revocation> done =
            waitFor<Revocation>([&, token = token, use = use](Continuation<Revocation> k) {
                revoke(m_http, outcome->provider, login.client(), token, use, k);
            });
        QVERIFY_OK(done);
        QCOMPARE(done->isActive, false);
    }
}

void TestBrowserLoginPeer::logsOut()
{
    LoginRequest login = request(u"web"_s);
    const Result<LoginOutcome> outcome = run(login);
    QVERIFY_OK(outcome);
    QVERIFY(outcome->ok);
    login.prompt = u"none"_s;
    const Result<LoginOutcome> stillIn = run(login, {{u"keep"_s, true}});
    QVERIFY_OK(stillIn);
    QVERIFY2(stillIn->ok, qPrintable(stillIn->error + u' ' + stillIn->errorDescription));

    const QUrl url = *logoutUrl(outcome->provider, {.idToken = outcome->idToken->value});
    browse({{u"url"_s, url.toString(QUrl::FullyEncoded)}, {u"keep"_s, true}});
    const QJsonObject page = m_browser.receive();
    QVERIFY2(page["text"_L1].toString().contains("Sign-out Success"_L1),
             qPrintable(page["text"_L1].toString()));
    const Result<LoginOutcome> out = run(login, {{u"keep"_s, true}});
    QVERIFY_OK(out);
    QCOMPARE(out->error, u"login_required"_s);
}

// The headers of that page allow the browser what it needs, and cookies and redirects are as it wants them.
void TestBrowserLoginPeer::getsThroughTheLoginPageOfTheSandbox()
{
    SandboxProcess sandbox;
    QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
    const SandboxProcess::User user = sandbox.user(u"jdoe.test");
    LoginRequest login{.grant = Grant::AuthorizationCode,
                       .issuer = sandbox.issuer(),
                       .clientId = sandbox.app(u"mobile-app").clientId,
                       .auth = ClientAuth::None,
                       .scopes = {u"openid"_s},
                       .redirectPort = 0};
    const QJsonObject fields{
        {u"username"_s, user.username}, {u"password"_s, user.password}, {u"otp"_s, user.otp}};
    const Result<LoginOutcome> outcome = run(login, {{u"fields"_s, fields}});
    QVERIFY_OK(outcome);
    QVERIFY2(outcome->ok, qPrintable(outcome->error + u' ' + outcome->errorDescription));
    QCOMPARE(steps(), QStringList({u"username password"_s, u"otp"_s}));
    login.prompt = u"none"_s;
    const Result<LoginOutcome> again = run(login, {{u"keep"_s, true}});
    QVERIFY_OK(again);
    QVERIFY2(again->ok, qPrintable(again->error + u' ' + again->errorDescription));
    QVERIFY(steps().isEmpty());

    const QUrl url = *logoutUrl(outcome->provider, {.idToken = again->idToken->value});
    browse({{u"url"_s, url.toString(QUrl::FullyEncoded)}, {u"keep"_s, true}});
    QVERIFY(m_browser.receive()["text"_L1].toString().contains("You are logged out"_L1));
    const Result<LoginOutcome> out = run(login, {{u"keep"_s, true}});
    QVERIFY_OK(out);
    QCOMPARE(out->error, u"login_required"_s);
    QCOMPARE(sandbox.stop(), 0);
}

QTEST_GUILESS_MAIN(TestBrowserLoginPeer)
#include "tst_browserlogin_peer.moc"
