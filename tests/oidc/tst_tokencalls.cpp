// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/tokencalls.h"

#include "core/base64url.h"
#include "oidc/loginflow.h"
#include "oidc/scriptedprovider.h"
#include "support/formbrowser.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

QByteArray jwt(const QByteArray &payload)
{
    return toBase64Url(R"({"alg":"RS256"})") + '.' + toBase64Url(payload) + '.' + toBase64Url("sig");
}

} // namespace

class TestTokenCalls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem())); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_http.setTimeouts({});
    }
    void cleanupTestCase() { QCOMPARE(m_sandbox.stop(), 0); }
    void refreshesAndSaysWhichTokenCounts();
    void tellsWhetherRefreshTokensRotate_data();
    void tellsWhetherRefreshTokensRotate();
    void readsTheUserInfoOfALogin();
    void judgesUserInfo_data();
    void judgesUserInfo();
    void introspectsAndRevokes();
    void judgesIntrospections_data();
    void judgesIntrospections();
    void saysWhatARevocationProved_data();
    void saysWhatARevocationProved();
    void buildsTheLogoutAddress();
    void logsOut();

private:
    LoginOutcome logIn()
    {
        LoginRequest login{.grant = Grant::Password,
                           .issuer = m_sandbox.issuer(),
                           .clientId = client().clientId,
                           .clientSecret = client().clientSecret,
                           .username = u"app.smoke.test"_s,
                           .password = Secret::fromText(m_sandbox.user(u"app.smoke.test").password),
                           .scopes = {u"openid"_s, u"profile"_s, u"offline_access"_s}};
        Result<LoginOutcome> outcome = waitFor<LoginOutcome>([&](Continuation<LoginOutcome> k) {
            auto *flow = new LoginFlow(m_http, m_clock, std::move(login), {}, k.context());
            connect(flow, &LoginFlow::finished, flow, [k](const Result<LoginOutcome> &result) { k(result); });
            flow->start();
        });
        return outcome ? *outcome : LoginOutcome{};
    }
    OidcClient client() const
    {
        const SandboxProcess::App app = m_sandbox.app(u"portal-web");
        return {.clientId = app.clientId, .clientSecret = Secret::fromText(app.clientSecret)};
    }
    Result<Introspection> ask(const ProviderMetadata &provider, const Secret &token, TokenUse use,
                              const OidcClient &as = someClient())
    {
        return waitFor<Introspection>([&](auto k) { introspect(m_http, provider, as, token, use, k); });
    }
    SandboxProcess m_sandbox;
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
};

void TestTokenCalls::refreshesAndSaysWhichTokenCounts()
{
    const LoginOutcome login = logIn();
    QVERIFY(login.refreshToken);
    const auto refreshWith = [&](const Secret &token) {
        return waitFor<LoginOutcome>([&](Continuation<LoginOutcome> k) {
            refresh(m_http, m_clock, login.provider, client(), token, {}, k);
        });
    };
    const Result<LoginOutcome> again = refreshWith(login.refreshToken->value);
    QVERIFY_OK(again);
    QVERIFY(again->ok);
    QVERIFY(again->idToken);
    QVERIFY(!(again->accessToken->value == login.accessToken->value));
    QVERIFY(!(again->refreshToken->value == login.refreshToken->value));
    QCOMPARE(again->notes, QStringList{u"A new refresh token came, which replaces the old one."_s});
    QCOMPARE(again->provider.tokenEndpoint, login.provider.tokenEndpoint);
    const Result<LoginOutcome> reused = refreshWith(login.refreshToken->value);
    QVERIFY_OK(reused);
    QVERIFY(!reused->ok);
    QCOMPARE(reused->error, u"invalid_grant"_s);
}

void TestTokenCalls::tellsWhetherRefreshTokensRotate_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QString>("kept");
    QTest::addColumn<QString>("note");
    QTest::newRow("none") << QByteArray() << u"the-token-itself"_s
                          << u"No new refresh token came: the old one stays the one to use."_s;
    QTest::newRow("the same") << QByteArray(R"(,"refresh_token":"the-token-itself")") << u"the-token-itself"_s
                              << u"The same refresh token came back: this provider does not rotate them."_s;
    QTest::newRow("a new one") << QByteArray(R"(,"refresh_token":"new-1")") << u"new-1"_s
                               << u"A new refresh token came, which replaces the old one."_s;
}

void TestTokenCalls::tellsWhetherRefreshTokensRotate()
{
    QFETCH(QByteArray, member);
    QFETCH(QString, kept);
    QFETCH(QString, note);
    ScriptedServer server;
    server.answer("/token", {.body = R"({"access_token":"a","token_type":"Bearer")" + member + '}'});
    const Result<LoginOutcome> outcome = waitFor<LoginOutcome>([&](Continuation<LoginOutcome> k) {
        refresh(m_http, m_clock, scripted(server.url()), someClient(), kToken, {u"openid"_s, u"email"_s}, k);
    });
    QVERIFY_OK(outcome);
    QCOMPARE(outcome->refreshToken->value.revealed(), kept);
    QCOMPARE(outcome->notes, QStringList{note});
    QCOMPARE(server.requestsFor("/token").at(0).body,
             QByteArray("grant_type=refresh_token&refresh_token=the-token-itself&scope=openid+email"));
}

void TestTokenCalls::readsTheUserInfoOfALogin()
{
    const LoginOutcome login = logIn();
    const QString subject = login.idToken->decoded->payload["sub"_L1].toString();
    const Result<UserInfo> info = waitFor<UserInfo>([&](Continuation<UserInfo> k) {
        userInfo(m_http, login.provider, login.accessToken->value, subject, k);
    });
    QVERIFY_OK(info);
    QCOMPARE(info->claims["preferred_username"_L1].toString(), u"app.smoke.test"_s);
    QCOMPARE(info->claims["sub"_L1].toString(), subject);
    QVERIFY(!info->isSigned);
    QVERIFY(info->notes.isEmpty());
    const Result<UserInfo> other = waitFor<UserInfo>([&](Continuation<UserInfo> k) {
        userInfo(m_http, login.provider, login.accessToken->value, u"1"_s, k);
    });
    QVERIFY(!other);
    QCOMPARE(other.error().kind, ErrorKind::NotUnderstood);
    QCOMPARE(other.error().reason, u"userinfo_of_other_user"_s);
    QCOMPARE(other.error().message,
             u"The answer is for another user than the ID token, so it was not used."_s);
}

void TestTokenCalls::judgesUserInfo_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<bool>("isUsed");
    QTest::addColumn<QString>("note");
    const QString unsigned_ = {};
    const QString nobody = u"The answer names no user (sub)."_s;
    const QString decoded = u"The answer is a signed JWT. It was decoded, its signature was not verified."_s;
    QTest::newRow("the same user") << QByteArray(R"({"sub":"7"})") << u"7"_s << true << unsigned_;
    QTest::newRow("a number") << QByteArray(R"({"sub":7})") << u"7"_s << true << unsigned_;
    QTest::newRow("another user") << QByteArray(R"({"sub":"8"})") << u"7"_s << false << QString();
    QTest::newRow("nothing to compare with") << QByteArray(R"({"sub":"8"})") << QString() << true
                                             << u"There is no ID token to compare the user with."_s;
    QTest::newRow("nobody") << QByteArray("{}") << u"7"_s << false << QString();
    QTest::newRow("nobody, and nobody asked") << QByteArray("{}") << QString() << true << nobody;
    QTest::newRow("a list of users") << QByteArray(R"({"sub":["7"]})") << u"7"_s << false << QString();
    QTest::newRow("signed") << jwt(R"({"sub":"7"})") << u"7"_s << true << decoded;
    QTest::newRow("signed, another user") << jwt(R"({"sub":"8"})") << u"7"_s << false << QString();
    QTest::newRow("signed nonsense") << jwt(R"([1])") << u"7"_s << false << QString();
    QTest::newRow("an array") << QByteArray(R"(["sub"])") << u"7"_s << false << QString();
    QTest::newRow("cut short") << QByteArray(R"({"sub":"7")") << u"7"_s << false << QString();
    QTest::newRow("empty") << QByteArray() << u"7"_s << false << QString();
    QTest::newRow("html") << QByteArray("<html>Log in</html>") << u"7"_s << false << QString();
}

void TestTokenCalls::judgesUserInfo()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, subject);
    QFETCH(bool, isUsed);
    QFETCH(QString, note);
    ScriptedServer server;
    server.answer("/me", {.body = body});
    const Result<UserInfo> info = waitFor<UserInfo>(
        [&](Continuation<UserInfo> k) { userInfo(m_http, scripted(server.url()), kToken, subject, k); });
    QCOMPARE(info.has_value(), isUsed);
    QCOMPARE(server.requestsFor("/me").at(0).headers.value("authorization"),
             QByteArray("Bearer the-token-itself"));
    if (isUsed)
        QCOMPARE(info->notes, note.isEmpty() ? QStringList() : QStringList{note});
    else
        QCOMPARE(info.error().kind, ErrorKind::NotUnderstood);
}

void TestTokenCalls::introspectsAndRevokes()
{
    const LoginOutcome login = logIn();
    const Result<Introspection> before =
        ask(login.provider, login.accessToken->value, TokenUse::Access, client());
    QVERIFY_OK(before);
    QVERIFY(before->isActive);
    QCOMPARE(before->members["client_id"_L1].toString(), client().clientId);
    QVERIFY(before->notes.isEmpty());

    const auto revokeIt = [&](const Secret &token, TokenUse use) {
        return waitFor<Revocation>(
            [&](Continuation<Revocation> k) { revoke(m_http, login.provider, client(), token, use, k); });
    };
    const Result<Revocation> done = revokeIt(login.refreshToken->value, TokenUse::Refresh);
    QVERIFY_OK(done);
    QCOMPARE(done->isActive, false);
    QVERIFY(done->notes.isEmpty());
    // The refresh token takes the whole login along.
    const Result<Introspection> after =
        ask(login.provider, login.accessToken->value, TokenUse::Access, client());
    QVERIFY_OK(after);
    QVERIFY(!after->isActive);
    const Result<Revocation> twice = revokeIt(login.refreshToken->value, TokenUse::Refresh);
    QVERIFY(!twice);
    QCOMPARE(twice.error().code, u"unsupported_token_type"_s);
}

void TestTokenCalls::judgesIntrospections_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isActive");
    QTest::addColumn<qsizetype>("notes");
    QTest::newRow("active") << QByteArray(R"({"active":true,"scope":"a"})") << true << qsizetype(0);
    QTest::newRow("not active") << QByteArray(R"({"active":false})") << false << qsizetype(0);
    QTest::newRow("a string") << QByteArray(R"({"active":"true"})") << false << qsizetype(1);
    QTest::newRow("a number") << QByteArray(R"({"active":1})") << false << qsizetype(1);
    QTest::newRow("missing") << QByteArray(R"({"sub":"7"})") << false << qsizetype(1);
}

void TestTokenCalls::judgesIntrospections()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isActive);
    QFETCH(qsizetype, notes);
    ScriptedServer server;
    server.answer("/introspect", {.body = body});
    const Result<Introspection> answer = ask(scripted(server.url()), kToken, TokenUse::Refresh);
    QVERIFY_OK(answer);
    QCOMPARE(answer->isActive, isActive);
    QCOMPARE(answer->notes.size(), notes);
    QVERIFY(server.requestsFor("/introspect").at(0).body.contains("token_type_hint=refresh_token"));
}

void TestTokenCalls::saysWhatARevocationProved_data()
{
    QTest::addColumn<QByteArray>("proof"); // "-": there is no endpoint for it
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("active");
    QTest::addColumn<QString>("note");
    QTest::newRow("proven") << QByteArray(R"({"active":false})") << 200 << u"false"_s << QString();
    QTest::newRow("still active")
        << QByteArray(R"({"active":true})") << 200 << u"true"_s
        << u"The provider accepted the revocation and still says that the token is active."_s;
    QTest::newRow("no proof") << QByteArray("-") << 200 << QString()
                              << u"The issuer has no introspection endpoint to prove it."_s;
    QTest::newRow("proof refused")
        << QByteArray(R"({"error":"unsupported_token_type","error_description":"no JWT here"})") << 400
        << QString() << u"It could not be proven. The provider refused: “no JWT here”"_s;
}

void TestTokenCalls::saysWhatARevocationProved()
{
    QFETCH(QByteArray, proof);
    QFETCH(int, status);
    QFETCH(QString, active);
    QFETCH(QString, note);
    ScriptedServer server;
    server.answer("/revoke", {.body = {}});
    server.answer("/introspect", {.status = status, .body = proof});
    ProviderMetadata provider = scripted(server.url());
    if (proof == "-")
        provider.introspectionEndpoint.clear();
    const Result<Revocation> done = waitFor<Revocation>([&](Continuation<Revocation> k) {
        revoke(m_http, provider, someClient(), kToken, TokenUse::Access, k);
    });
    QVERIFY_OK(done);
    QCOMPARE(done->isActive ? (*done->isActive ? u"true"_s : u"false"_s) : QString(), active);
    QCOMPARE(done->notes, note.isEmpty() ? QStringList() : QStringList{note});
    QCOMPARE(server.requestsFor("/revoke").at(0).body,
             QByteArray("token=the-token-itself&token_type_hint=access_token"));
}

void TestTokenCalls::buildsTheLogoutAddress()
{
    const ProviderMetadata provider{.endSessionEndpoint = QUrl(u"https://acme.example/oidc/2/logout?x=1"_s)};
    QCOMPARE(logoutUrl(provider, {})->toString(QUrl::FullyEncoded),
             u"https://acme.example/oidc/2/logout?x=1"_s);
    const LogoutRequest whole{.idToken = Secret::copyOf("a.b.c"),
                              .clientId = u"app"_s,
                              .returnTo = QUrl(u"http://127.0.0.1:8765/logged-out?a=1"_s),
                              .state = u"s+1"_s,
                              .keepSession = true};
    QCOMPARE(logoutUrl(provider, whole)->toString(QUrl::FullyEncoded),
             u"https://acme.example/oidc/2/logout?x=1&id_token_hint=a.b.c&client_id=app"
             "&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8765%2Flogged-out%3Fa%3D1"
             "&state=s%2B1&logout=false"_s);
    QCOMPARE(logoutUrl({}, whole).error().message, u"The issuer has no logout endpoint."_s);
    const Result<QUrl> twice =
        logoutUrl({.endSessionEndpoint = QUrl(u"https://acme.example/logout?client%5Fid=other"_s)}, whole);
    QVERIFY(!twice);
    QCOMPARE(twice.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(twice.error().message.contains(u"the parameter client_id"_s), qPrintable(twice.error().message));
}

void TestTokenCalls::logsOut()
{
    const LoginOutcome login = logIn();
    FormBrowser browser;
    const FormBrowser::Page page =
        browser.get(*logoutUrl(login.provider, {.idToken = login.idToken->value,
                                                .returnTo = QUrl(u"http://127.0.0.1:8765/logged-out"_s),
                                                .state = u"s-1"_s}));
    QCOMPARE(page.redirect, QUrl(u"http://127.0.0.1:8765/logged-out?state=s-1"_s));
    const Result<Introspection> after =
        ask(login.provider, login.accessToken->value, TokenUse::Access, client());
    QVERIFY_OK(after);
    QVERIFY(!after->isActive);
}

QTEST_GUILESS_MAIN(TestTokenCalls)
#include "tst_tokencalls.moc"
