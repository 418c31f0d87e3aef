// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/plainhttp.h"
#include "support/formbrowser.h"

#include <QCryptographicHash>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

using Fields = FormBrowser::Fields;

const QString kBack = u"http://127.0.0.1:8765/callback"_s;
const QString kUser = u"app.smoke.test"_s;
const QString kVerifier = u"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"_s; // RFC 7636 appendix B
const QString kChallenge = u"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_s;

Fields with(Fields fields, const QString &name, const QString &value)
{
    fields.removeIf([&name](const auto &field) { return field.first == name; });
    if (!value.isNull())
        fields.append({name, value});
    return fields;
}

} // namespace

/// The authorization endpoint of the sandbox with its login page, its codes and its sessions.
class TestLoginPage : public QObject
{
    Q_OBJECT

private:
    SandboxProcess m_sandbox{{u"--seed-number"_s, u"7"_s}};
    PlainHttp m_http{m_sandbox};
    std::unique_ptr<FormBrowser> m_browser;

    Fields fields(QStringView app = u"portal-web") const
    {
        return {{u"response_type"_s, u"code"_s},   {u"client_id"_s, m_sandbox.app(app).clientId},
                {u"redirect_uri"_s, kBack},        {u"scope"_s, u"openid profile"_s},
                {u"state"_s, u"s & 1"_s},          {u"nonce"_s, u"n-1"_s},
                {u"code_challenge"_s, kChallenge}, {u"code_challenge_method"_s, u"S256"_s}};
    }
    QUrl address(const Fields &query) const
    {
        QByteArrayList pairs;
        for (const auto &[name, value] : query)
            pairs.append(QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value));
        return QUrl::fromEncoded(m_sandbox.issuer().toEncoded() + "/auth?" + pairs.join('&'));
    }
    QUrl logIn(const QString &username, const Fields &query)
    {
        const SandboxProcess::User user = m_sandbox.user(username);
        return m_browser->logIn(address(query), username, user.password, user.otp);
    }
    Answer exchange(const QString &code, const Fields &changes = {}, QStringView app = u"portal-web")
    {
        Fields form{{u"grant_type"_s, u"authorization_code"_s},
                    {u"code"_s, code},
                    {u"redirect_uri"_s, kBack},
                    {u"code_verifier"_s, kVerifier}};
        for (const auto &[name, value] : changes)
            form = with(form, name, value);
        return post(u"/oidc/2/token"_s, form, app);
    }
    Answer post(const QString &path, Fields form, QStringView app = u"portal-web")
    {
        const SandboxProcess::App found = m_sandbox.app(app);
        if (found.auth == "none"_L1)
            form.append({u"client_id"_s, found.clientId});
        QByteArrayList pairs;
        for (const auto &[name, value] : form)
            pairs.append(QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value));
        Headers headers{{"Content-Type", "application/x-www-form-urlencoded"}};
        if (found.auth == "basic"_L1)
            headers.append({"Authorization", PlainHttp::basic(found.clientId, found.clientSecret)});
        return m_http.send("POST", path, headers, pairs.join('&'));
    }
    bool isActive(const QString &token)
    {
        return post(u"/oidc/2/token/introspection"_s, {{u"token"_s, token}})
            .json()
            .value("active"_L1)
            .toBool();
    }
    static QJsonObject claims(const QString &jwt)
    {
        return QJsonDocument::fromJson(
                   QByteArray::fromBase64(jwt.section(u'.', 1, 1).toLatin1(), QByteArray::Base64UrlEncoding))
            .object();
    }

private slots:
    void initTestCase() { QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem())); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_browser = std::make_unique<FormBrowser>();
    }
    void cleanupTestCase() { QCOMPARE(m_sandbox.stop(), 0); }

    void givesACodeThatBuysTokensOnce()
    {
        const QUrl back = logIn(kUser, fields());
        QCOMPARE(back.adjusted(QUrl::RemoveQuery), QUrl(kBack));
        QCOMPARE(parameterOf(back, u"state"_s), u"s & 1"_s);
        QCOMPARE(parameterOf(back, u"iss"_s), m_sandbox.issuer().toString());
        const QString code = parameterOf(back, u"code"_s);
        const Answer first = exchange(code);
        QCOMPARE(first.status, 200);
        QVERIFY(first.json().contains("refresh_token"_L1));
        const QJsonObject idToken = claims(first.json()["id_token"_L1].toString());
        QCOMPARE(idToken["nonce"_L1].toString(), u"n-1"_s);
        QVERIFY(idToken.contains("sid"_L1) && idToken.contains("auth_time"_L1));
        QVERIFY(isActive(first.json()["access_token"_L1].toString()));
        const Answer second = exchange(code);
        QCOMPARE(second.body,
                 QByteArray(R"({"error":"invalid_grant","error_description":"grant request is invalid"})"));
        QVERIFY(!isActive(first.json()["access_token"_L1].toString()));
        QVERIFY(!isActive(first.json()["refresh_token"_L1].toString()));
    }

    void bindsTheCode_data()
    {
        QTest::addColumn<Fields>("changes");
        QTest::addColumn<QString>("app");
        const QString own = u"portal-web"_s;
        QTest::newRow("wrong verifier") << Fields{{u"code_verifier"_s, kChallenge}} << own;
        QTest::newRow("no verifier") << Fields{{u"code_verifier"_s, QString()}} << own;
        QTest::newRow("another address") << Fields{{u"redirect_uri"_s, kBack + u'/'}} << own;
        QTest::newRow("no address") << Fields{{u"redirect_uri"_s, QString()}} << own;
        QTest::newRow("another app") << Fields{} << u"helpdesk-portal"_s;
        QTest::newRow("another code") << Fields{{u"code"_s, u"x"_s}} << own;
    }

    void bindsTheCode()
    {
        QFETCH(Fields, changes);
        QFETCH(QString, app);
        const QString code = parameterOf(logIn(kUser, fields()), u"code"_s);
        const Answer answer = exchange(code, changes, app);
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.json()["error"_L1].toString(), u"invalid_grant"_s);
        QCOMPARE(exchange(code).status, 200);
    }

    void wantsNoVerifierWithoutAChallenge()
    {
        Fields plain = with(fields(), u"code_challenge"_s, {});
        plain = with(plain, u"code_challenge_method"_s, {});
        const QString code = parameterOf(logIn(kUser, plain), u"code"_s);
        QCOMPARE(exchange(code).status, 400);
        QCOMPARE(exchange(code, {{u"code_verifier"_s, QString()}}).status, 200);
    }

    void refusesBackToTheClient_data()
    {
        QTest::addColumn<Fields>("query");
        QTest::addColumn<QString>("error");
        const Fields usual = fields();
        const Fields open = with(fields(u"mobile-app"), u"code_challenge"_s, {});
        const auto row = [](const char *name, const Fields &query, const QString &error) {
            QTest::newRow(name) << query << error;
        };
        row("offline_access", with(usual, u"scope"_s, u"openid offline_access"_s), u"invalid_scope"_s);
        row("no openid", with(usual, u"scope"_s, u"profile"_s), u"invalid_scope"_s);
        row("implicit", with(usual, u"response_type"_s, u"id_token"_s), u"unsupported_response_type"_s);
        row("no response type", with(usual, u"response_type"_s, {}), u"invalid_request"_s);
        row("form_post", with(usual, u"response_mode"_s, u"form_post"_s), u"invalid_request"_s);
        row("plain", with(usual, u"code_challenge_method"_s, u"plain"_s), u"invalid_request"_s);
        row("no method", with(usual, u"code_challenge_method"_s, {}), u"invalid_request"_s);
        row("short challenge", with(usual, u"code_challenge"_s, u"abc"_s), u"invalid_request"_s);
        row("public app without PKCE", open, u"invalid_request"_s);
        row("unknown prompt", with(usual, u"prompt"_s, u"hurry"_s), u"invalid_request"_s);
        row("none and login", with(usual, u"prompt"_s, u"none login"_s), u"invalid_request"_s);
        row("nobody is signed in", with(usual, u"prompt"_s, u"none"_s), u"login_required"_s);
        row("resource", with(usual, u"resource"_s, u"https://api.example.com/none"_s), u"invalid_target"_s);
    }

    void refusesBackToTheClient()
    {
        QFETCH(Fields, query);
        QFETCH(QString, error);
        const FormBrowser::Page page = m_browser->get(address(query));
        QCOMPARE(page.status, 303);
        QCOMPARE(page.redirect.adjusted(QUrl::RemoveQuery), QUrl(kBack));
        QCOMPARE(parameterOf(page.redirect, u"error"_s), error);
        QVERIFY(!parameterOf(page.redirect, u"error_description"_s).isEmpty());
        QCOMPARE(parameterOf(page.redirect, u"state"_s), u"s & 1"_s);
        QCOMPARE(parameterOf(page.redirect, u"iss"_s), m_sandbox.issuer().toString());
        QVERIFY(parameterOf(page.redirect, u"code"_s).isEmpty());
    }

    void redirectsNowhereElse_data()
    {
        QTest::addColumn<Fields>("query");
        const Fields usual = fields();
        const auto at = [&usual](const QString &uri) { return with(usual, u"redirect_uri"_s, uri); };
        QTest::newRow("unknown client") << with(usual, u"client_id"_s, u"nobody"_s);
        QTest::newRow("no client") << with(usual, u"client_id"_s, {});
        QTest::newRow("no address") << at({});
        QTest::newRow("another host") << at(u"http://evil.example/callback"_s);
        QTest::newRow("another path") << at(kBack + u'2');
        QTest::newRow("another port of a web app") << at(u"http://127.0.0.1:8766/callback"_s);
        QTest::newRow("user info") << at(u"http://127.0.0.1:8765@evil.example/callback"_s);
        QTest::newRow("script") << at(u"javascript:alert(1)"_s);
        QTest::newRow("given twice") << usual + Fields{{u"redirect_uri"_s, kBack}};
        const auto native = [&](const QString &uri) {
            return with(fields(u"mobile-app"), u"redirect_uri"_s, uri);
        };
        QTest::newRow("native, another path") << native(u"http://127.0.0.1:9/other"_s);
        QTest::newRow("native, https") << native(u"https://127.0.0.1:9/callback"_s);
        QTest::newRow("native, localhost") << native(u"http://localhost:9/callback"_s);
        QTest::newRow("native, user info") << native(u"http://a@127.0.0.1:9/callback"_s);
    }

    void redirectsNowhereElse()
    {
        QFETCH(Fields, query);
        const FormBrowser::Page page = m_browser->get(address(query));
        QCOMPARE(page.status, 400);
        QVERIFY(page.redirect.isEmpty());
        QVERIFY(page.body.contains("This login cannot go on"));
    }

    void letsANativeAppChooseThePort()
    {
        const QString other = u"http://127.0.0.1:50123/callback"_s;
        const QUrl back = logIn(kUser, with(fields(u"mobile-app"), u"redirect_uri"_s, other));
        QCOMPARE(back.adjusted(QUrl::RemoveQuery), QUrl(other));
        const QString code = parameterOf(back, u"code"_s);
        QCOMPARE(exchange(code, {}, u"mobile-app").status, 400);
        QCOMPARE(exchange(code, {{u"redirect_uri"_s, other}}, u"mobile-app").status, 200);
    }

    void tellsUsersWhyTheyCannotLogIn_data()
    {
        QTest::addColumn<QString>("username");
        QTest::addColumn<QString>("password"); // null: the right one
        QTest::addColumn<QString>("problem");
        QTest::newRow("wrong password")
            << u"helpdesk.agent.test"_s << u"x"_s << u"Authentication Failed: Invalid user credentials"_s;
        QTest::newRow("nobody") << u"nobody.test"_s << u"x"_s
                                << u"Authentication Failed: Invalid user credentials"_s;
        QTest::newRow("no password") << u"nopassword.user.test"_s << u"x"_s << u"Authentication Failed"_s;
        QTest::newRow("locked") << u"locked.user.test"_s << QString()
                                << u"User is locked. Access is unauthorized"_s;
        QTest::newRow("suspended") << u"suspended.user.test"_s << QString()
                                   << u"User is suspended. Access is unauthorized"_s;
        QTest::newRow("expired") << u"expired.pw.test"_s << QString() << u"Password expired"_s;
    }

    void tellsUsersWhyTheyCannotLogIn()
    {
        QFETCH(QString, username);
        QFETCH(QString, password);
        QFETCH(QString, problem);
        const FormBrowser::Page page = m_browser->get(address(fields()));
        const FormBrowser::Page refused = m_browser->submit(
            page, {{u"username"_s, username},
                   {u"password"_s, password.isNull() ? m_sandbox.user(username).password : password}});
        QCOMPARE(refused.status, 403);
        QCOMPARE(refused.problem(), problem);
        QCOMPARE(refused.field(u"username"_s), username);
        QVERIFY(!refused.headers.contains("set-cookie"));
        // From there the login goes on.
        const FormBrowser::Page done = m_browser->submit(
            refused, {{u"username"_s, kUser}, {u"password"_s, m_sandbox.user(kUser).password}});
        QVERIFY(!parameterOf(done.redirect, u"code"_s).isEmpty());
    }

    void sendsAnUnassignedUserBack()
    {
        const QUrl back = logIn(u"unassigned.user.test"_s, fields());
        QCOMPARE(parameterOf(back, u"error"_s), u"access_denied"_s);
        QCOMPARE(parameterOf(back, u"error_description"_s), u"Access is unauthorized"_s);
    }

    void sendsBackWhoCancels()
    {
        const FormBrowser::Page page = m_browser->get(address(fields()));
        const QUrl back = m_browser->submit(page, {{u"action"_s, u"cancel"_s}}).redirect;
        QCOMPARE(parameterOf(back, u"error"_s), u"access_denied"_s);
    }

    void asksForTheSecondFactor()
    {
        const SandboxProcess::User user = m_sandbox.user(u"jdoe.test");
        const FormBrowser::Page page = m_browser->get(address(fields()));
        FormBrowser::Page factor =
            m_browser->submit(page, {{u"username"_s, user.username}, {u"password"_s, user.password}});
        QCOMPARE(factor.status, 200);
        QVERIFY(factor.hasField("otp"));
        QVERIFY(!factor.headers.contains("set-cookie"));
        const FormBrowser::Page again = m_browser->submit(factor, {{u"otp"_s, u"000000"_s}});
        QCOMPARE(again.problem(), u"Failed authentication with this factor"_s);
        QVERIFY(!parameterOf(m_browser->submit(again, {{u"otp"_s, user.otp}}).redirect, u"code"_s).isEmpty());
        // The state token is good once.
        const FormBrowser::Page reused = m_browser->submit(again, {{u"otp"_s, user.otp}});
        QVERIFY(reused.hasField("password"));
        QCOMPARE(reused.problem(), u"The state token is invalid or has expired"_s);
    }

    void remembersTheSession()
    {
        logIn(kUser, fields());
        const FormBrowser::Page silent = m_browser->get(address(with(fields(), u"prompt"_s, u"none"_s)));
        QVERIFY(!parameterOf(silent.redirect, u"code"_s).isEmpty());
        for (const auto &[name, value] : Fields{{u"prompt"_s, u"login"_s},
                                                {u"prompt"_s, u"select_account"_s},
                                                {u"acr_values"_s, u"onelogin:nist:level:1:re-auth"_s}})
            QVERIFY(m_browser->get(address(with(fields(), name, value))).hasField("password"));
        m_browser->forgetCookies();
        QVERIFY(m_browser->get(address(fields())).hasField("password"));
    }

    void keepsTheCookieToItself()
    {
        const FormBrowser::Page page = m_browser->get(address(fields()));
        const FormBrowser::Page done = m_browser->submit(
            page, {{u"username"_s, kUser}, {u"password"_s, m_sandbox.user(kUser).password}});
        const QByteArray cookie = done.headers.value("set-cookie");
        for (const char *part : {"; Path=/oidc/2", "; HttpOnly", "; SameSite=Lax"})
            QVERIFY2(cookie.contains(part), cookie.constData());
        QVERIFY(cookie.contains(QByteArray::number(m_sandbox.url().port())));
    }

    void escapesWhatComesFromOutside()
    {
        const QString evil = u"\"><script>alert(1)</script>&amp;'"_s;
        const FormBrowser::Page page =
            m_browser->get(address(with(with(fields(), u"login_hint"_s, evil), u"state"_s, evil)));
        QCOMPARE(page.status, 200);
        QVERIFY(!page.body.contains("<script"));
        QCOMPARE(page.field(u"username"_s).left(20), evil.left(20));
        QVERIFY(page.headers.value("content-security-policy").contains("default-src 'none'"));
        QVERIFY(page.headers.value("content-security-policy")
                    .contains("form-action 'self' http://127.0.0.1:8765"));
        QCOMPARE(page.headers.value("cache-control"), QByteArray("no-store"));
        const FormBrowser::Page refused =
            m_browser->submit(page, {{u"username"_s, evil}, {u"password"_s, evil}});
        QCOMPARE(refused.status, 403);
        QVERIFY(!refused.body.contains("<script"));
        const FormBrowser::Page error = m_browser->get(address(Fields{{evil, evil}, {evil, evil}}));
        QCOMPARE(error.status, 400);
        QVERIFY(!error.body.contains("<script"));
    }

    void refusesOtherOrigins()
    {
        const FormBrowser::Page page = m_browser->get(address(fields()));
        const Fields right{{u"username"_s, kUser}, {u"password"_s, m_sandbox.user(kUser).password}};
        QCOMPARE(m_browser->submit(page, right, "http://evil.example").status, 403);
        QCOMPARE(m_browser->submit(page, right, "null").status, 403);
        QCOMPARE(m_browser->submit(page, right, m_sandbox.url().toEncoded()).status, 303);
        const QUrl here = address(fields());
        const QString path = here.toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded);
        QCOMPARE(m_http.send("GET", path, {{"Host", "evil.example"}}).status, 403);
    }

    void logsOutOfTheSession_data()
    {
        QTest::addColumn<QString>("further");
        QTest::addColumn<bool>("isSignedIn");
        QTest::newRow("session and tokens") << QString() << false;
        QTest::newRow("tokens alone") << u"&logout=false"_s << true;
    }

    void logsOutOfTheSession()
    {
        QFETCH(QString, further);
        QFETCH(bool, isSignedIn);
        const Answer tokens = exchange(parameterOf(logIn(kUser, fields()), u"code"_s));
        // Another app in the same session
        const QUrl other = m_browser->get(address(fields(u"helpdesk-portal"))).redirect;
        const Answer others = exchange(parameterOf(other, u"code"_s), {}, u"helpdesk-portal");
        QCOMPARE(others.status, 200);
        const QString hint = u"?id_token_hint="_s + tokens.json()["id_token"_L1].toString();
        const FormBrowser::Page out =
            m_browser->get(QUrl(m_sandbox.issuer().toString() + u"/logout"_s + hint + further));
        QCOMPARE(out.status, 200);
        QVERIFY(out.body.contains("You are logged out"));
        for (const Answer &each : {tokens, others}) {
            QVERIFY(!isActive(each.json()["access_token"_L1].toString()));
            QVERIFY(!isActive(each.json()["refresh_token"_L1].toString()));
        }
        const QUrl silent = m_browser->get(address(with(fields(), u"prompt"_s, u"none"_s))).redirect;
        QCOMPARE(!parameterOf(silent, u"code"_s).isEmpty(), isSignedIn);
    }

    void returnsFromTheLogoutOnlyWhereItMay()
    {
        const Answer tokens = exchange(parameterOf(logIn(kUser, fields()), u"code"_s));
        const QString hint = u"id_token_hint="_s + tokens.json()["id_token"_L1].toString();
        const QString base = m_sandbox.issuer().toString() + u"/logout?"_s;
        const QString good = u"&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8765%2Flogged-out"_s;
        const auto status = [&](const QString &query) { return m_browser->get(QUrl(base + query)).status; };
        QCOMPARE(status(good.sliced(1)), 400);
        QCOMPARE(status(hint + u"&post_logout_redirect_uri=http%3A%2F%2Fevil.example%2F"_s), 400);
        QCOMPARE(status(hint + u'x' + good), 400);
        const FormBrowser::Page done = m_browser->get(QUrl(base + hint + good + u"&state=a%20b"_s));
        QCOMPARE(done.redirect.toString(QUrl::FullyEncoded),
                 u"http://127.0.0.1:8765/logged-out?state=a%20b"_s);
    }
};

QTEST_GUILESS_MAIN(TestLoginPage)
#include "tst_loginpage.moc"
