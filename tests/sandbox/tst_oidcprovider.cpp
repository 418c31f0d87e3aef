// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base64url.h"
#include "jose/jwt.h"
#include "sandbox/loginrefusals.h"
#include "support/qtest_result.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QUrl>

extern "C" {
#include <jose/jose.h>
}

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kToken = u"/oidc/2/token"_s;
const QString kInvoices = u"https://api.example.com/invoices"_s;
const QByteArray kForm = "application/x-www-form-urlencoded";

QByteArray error(const QByteArray &code, const QByteArray &description)
{
    return R"({"error":")" + code + R"(","error_description":")" + description + R"("})";
}

bool verifies(const QByteArray &compact, const QJsonObject &jwk)
{
    const QByteArrayList parts = compact.split('.');
    json_t *jws = json_pack("{s:s, s:s, s:s}", "protected", parts.at(0).constData(), "payload",
                            parts.at(1).constData(), "signature", parts.at(2).constData());
    json_t *key = json_loads(QJsonDocument(jwk).toJson().constData(), 0, nullptr);
    const bool verified = jose_jws_ver(nullptr, jws, nullptr, key, false);
    json_decref(jws);
    json_decref(key);
    return verified;
}

} // namespace

class TestOidcProvider : public QObject
{
    Q_OBJECT

private:
    SandboxProcess m_sandbox{};
    PlainHttp m_http{m_sandbox};

    Answer post(const QString &path, const Fields &fields, const QByteArray &authorization = {})
    {
        Headers headers{{"Content-Type", kForm}};
        if (!authorization.isEmpty())
            headers.append({"Authorization", authorization});
        return m_http.send("POST", path, headers, formOf(fields));
    }

    QByteArray basicOf(QStringView app) const { return latchkey::basicOf(m_sandbox, app); }

    /// Columns and rows of refusals; `further` members stand behind the two of the standard.
    static void addRefusals(const std::vector<LoginRefusal> &refusals)
    {
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<Fields>("fields");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("expected");
        for (const LoginRefusal &each : refusals) {
            QByteArray body = error(each.error, each.description);
            body.insert(body.size() - 1, each.further);
            QTest::newRow(each.name.constData()) << each.authorization << each.fields << each.status << body;
        }
    }

    void compareRefusal()
    {
        QFETCH(QByteArray, authorization);
        QFETCH(Fields, fields);
        QFETCH(int, status);
        QFETCH(QByteArray, expected);
        const Answer answer = post(kToken, fields, authorization);
        QCOMPARE(answer.body, expected);
        QCOMPARE(answer.status, status);
        // Only the client is challenged, not the user.
        const bool isOfTheClient = answer.json().value("error"_L1) == "invalid_client"_L1;
        QCOMPARE(answer.headers.contains("www-authenticate"), isOfTheClient && !authorization.isEmpty());
    }

    Answer logIn(QStringView username, const Fields &more = {}, const QString &scope = u"openid"_s)
    {
        return logInWith(m_sandbox.user(username).password, username, more, scope);
    }

    Answer logInWith(const QString &password, QStringView username, const Fields &more = {},
                     const QString &scope = u"openid"_s)
    {
        const Fields fields{{u"grant_type"_s, u"password"_s},
                            {u"username"_s, username.toString()},
                            {u"password"_s, password},
                            {u"client_id"_s, m_sandbox.app(u"portal-web").clientId},
                            {u"scope"_s, scope}};
        return post(kToken, fields + more, basicOf(u"portal-web"));
    }

    Answer clientCredentials(QStringView app, const Fields &more = {})
    {
        return post(kToken, Fields{{u"grant_type"_s, u"client_credentials"_s}} + more, basicOf(app));
    }

    static QByteArray member(const Answer &answer, QLatin1StringView name)
    {
        return answer.json().value(name).toString().toLatin1();
    }

    QJsonObject publicKey()
    {
        const Answer answer = m_http.send("GET", u"/oidc/2/certs"_s);
        return answer.json().value("keys"_L1).toArray().at(0).toObject();
    }

private slots:
    void initTestCase() { QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem())); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() { QCOMPARE(m_sandbox.stop(), 0); }

    void describesItself()
    {
        const Answer answer = m_http.send("GET", u"/oidc/2/.well-known/openid-configuration"_s);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("content-type"), QByteArray("application/json; charset=utf-8"));
        const QJsonObject document = answer.json();
        QCOMPARE(document.size(), 26);
        const QString issuer = m_sandbox.issuer().toString();
        QCOMPARE(document.value("issuer"_L1).toString(), issuer);
        QCOMPARE(document.value("token_endpoint"_L1).toString(), issuer + "/token"_L1);
        QCOMPARE(document.value("jwks_uri"_L1).toString(), issuer + "/certs"_L1);
        QCOMPARE(document.value("end_session_endpoint"_L1).toString(), issuer + "/logout"_L1);
        QVERIFY(!document.value("scopes_supported"_L1).toArray().contains(u"offline_access"_s));
    }

    void publishesItsKeyAsTheVendorDoes()
    {
        QCOMPARE(publicKey().keys(),
                 QStringList({u"e"_s, u"kid"_s, u"kty"_s, u"n"_s, u"status"_s, u"use"_s}));
    }

    void answersThePasswordGrantOfThePage()
    {
        const Answer answer = logIn(u"app.smoke.test");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().value("token_type"_L1).toString(), u"Bearer"_s);
        QCOMPARE(answer.json().value("expires_in"_L1).toInt(), 600);
        QVERIFY(!answer.json().contains("refresh_token"_L1));
        QVERIFY(answer.headers.value("cache-control").contains("no-store"));

        const QByteArray access = member(answer, "access_token"_L1);
        QVERIFY(verifies(access, publicKey()));
        const Result<DecodedJwt> jwt = decodeJwt(access);
        QVERIFY_OK(jwt);
        QCOMPARE(jwt->payload.value("iss"_L1).toString(), m_sandbox.issuer().toString());
        QCOMPARE(jwt->payload.value("aud"_L1).toString(), m_sandbox.app(u"portal-web").clientId);
        QCOMPARE(jwt->payload.value("exp"_L1).toInteger() - jwt->payload.value("iat"_L1).toInteger(), 600);
        QCOMPARE(jwt->payload.value("jti"_L1).toString().size(), 21);
        QVERIFY(jwt->payload.contains("sub"_L1));
        QCOMPARE(jwt->header.value("kid"_L1), publicKey().value("kid"_L1));
    }

    void bindsTheIdTokenToTheAccessToken()
    {
        const Answer answer = logIn(u"app.smoke.test", {}, u"openid email"_s);
        const QByteArray id = member(answer, "id_token"_L1);
        QVERIFY(verifies(id, publicKey()));
        const Result<DecodedJwt> jwt = decodeJwt(id);
        QVERIFY_OK(jwt);
        const QByteArray hash =
            QCryptographicHash::hash(member(answer, "access_token"_L1), QCryptographicHash::Sha256);
        QCOMPARE(jwt->payload.value("at_hash"_L1).toString(),
                 QString::fromLatin1(toBase64Url(QByteArrayView(hash).first(16))));
        QCOMPARE(jwt->payload.value("email"_L1).toString(), u"app.smoke.test@example.com"_s);
        QVERIFY(!jwt->payload.contains("name"_L1));
    }

    void answersClientCredentialsOfThePage_data()
    {
        QTest::addColumn<QString>("app");
        QTest::addColumn<bool>("inForm");
        QTest::newRow("basic") << u"billing-service"_s << false;
        QTest::newRow("post") << u"invoice-worker"_s << true;
    }

    void answersClientCredentialsOfThePage()
    {
        QFETCH(QString, app);
        QFETCH(bool, inForm);
        const auto client = m_sandbox.app(app);
        const Fields grant{{u"grant_type"_s, u"client_credentials"_s}};
        const Fields proof{{u"client_id"_s, client.clientId}, {u"client_secret"_s, client.clientSecret}};
        const Answer answer = inForm ? post(kToken, grant + proof) : post(kToken, grant, basicOf(app));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().keys(), QStringList({u"access_token"_s, u"expires_in"_s, u"token_type"_s}));
        const QByteArray access = member(answer, "access_token"_L1);
        QVERIFY(verifies(access, publicKey()));
        const Result<DecodedJwt> jwt = decodeJwt(access);
        QVERIFY_OK(jwt);
        QCOMPARE(jwt->payload.keys(), QStringList({u"aud"_s, u"exp"_s, u"iat"_s, u"iss"_s, u"jti"_s}));
        QCOMPARE(jwt->payload.value("aud"_L1).toString(), client.clientId);
    }

    void putsOnlyGrantedScopesIntoTheToken_data()
    {
        QTest::addColumn<QString>("scope");
        QTest::addColumn<QString>("granted");
        QTest::newRow("granted") << u"read:invoices write:invoices"_s << u"read:invoices write:invoices"_s;
        QTest::newRow("one not granted") << u"send:invoices read:invoices"_s << u"read:invoices"_s;
        QTest::newRow("none granted") << u"void:invoices"_s << QString();
        QTest::newRow("unknown") << u"read:nothing"_s << QString();
        QTest::newRow("twice") << u"read:invoices read:invoices"_s << u"read:invoices"_s;
        QTest::newRow("none asked") << QString() << QString();
    }

    void putsOnlyGrantedScopesIntoTheToken()
    {
        QFETCH(QString, scope);
        QFETCH(QString, granted);
        const Answer answer =
            clientCredentials(u"billing-service", {{u"resource"_s, kInvoices}, {u"scope"_s, scope}});
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().value("scope"_L1).toString(), granted);
        const Result<DecodedJwt> jwt = decodeJwt(member(answer, "access_token"_L1));
        QVERIFY_OK(jwt);
        QCOMPARE(jwt->payload.value("scope"_L1).toString(), granted);
        QCOMPARE(jwt->payload.value("aud"_L1).toArray(), QJsonArray{kInvoices});
        QCOMPARE(jwt->payload.value("azp"_L1).toString(), m_sandbox.app(u"billing-service").clientId);
        QVERIFY(!jwt->payload.contains("sub"_L1));
    }

    void keepsTheLifetimeOfTheServerHoweverLong()
    {
        const QByteArray token = m_http.tokenOf(u"grants-admin");
        const QString resource = u"https://api.example.com/lasting"_s;
        constexpr int minutes = 2147483647;
        const QJsonObject configuration{{u"resource_identifier"_s, resource},
                                        {u"audiences"_s, QJsonArray{resource}},
                                        {u"access_token_expiration_minutes"_s, minutes}};
        const QString servers = u"/api/2/api_authorizations"_s;
        const Answer server = m_http.write(
            "POST", servers, token, {{u"name"_s, u"Lasting API"_s}, {u"configuration"_s, configuration}});
        QCOMPARE(server.status, 201);
        const QString clients = u"%1/%2/clients"_s.arg(servers).arg(server.json().value("id"_L1).toInteger());
        QCOMPARE(
            m_http
                .write("POST", clients, token,
                       {{u"app_id"_s, m_sandbox.app(u"billing-service").id}, {u"scopes"_s, QJsonArray()}})
                .status,
            201);
        const Answer answer = clientCredentials(u"billing-service", {{u"resource"_s, resource}});
        QCOMPARE(answer.json().value("expires_in"_L1).toInteger(), qint64(minutes) * 60);
    }

    void givesAUserTheClaimsOfTheServer()
    {
        const Answer answer =
            logIn(u"app.smoke.test", {{u"resource"_s, kInvoices}}, u"openid read:invoices"_s);
        QCOMPARE(answer.status, 200);
        const Result<DecodedJwt> jwt = decodeJwt(member(answer, "access_token"_L1));
        QVERIFY_OK(jwt);
        QCOMPARE(jwt->payload.value("scope"_L1).toString(), u"openid read:invoices"_s);
        QCOMPARE(jwt->payload.value("email_address"_L1).toString(), u"app.smoke.test@example.com"_s);
        QCOMPARE(jwt->payload.value("roles"_L1).toString(), u"Employees"_s);
    }

    void refusesUsersWithTheDocumentedText_data() { addRefusals(userRefusals(m_sandbox)); }
    void refusesUsersWithTheDocumentedText() { compareRefusal(); }

    void locksAUserAfterFiveWrongPasswords()
    {
        const QStringView username = u"finance.clerk.test";
        for (int i = 0; i < 4; ++i)
            QCOMPARE(logInWith(u"wrong"_s, username).status, 401);
        QCOMPARE(logIn(username).status, 200); // which starts the count again
        for (int i = 0; i < 5; ++i)
            QVERIFY(logInWith(u"wrong"_s, username).body.contains("Invalid user credentials"));
        QCOMPARE(logIn(username).body, error("invalid_request", "User is locked. Access is unauthorized"));
    }

    void refusesClientsWithTheDocumentedText_data() { addRefusals(clientRefusals(m_sandbox)); }
    void refusesClientsWithTheDocumentedText() { compareRefusal(); }

    void decodesTheHalvesOfBasic()
    {
        const auto app = m_sandbox.app(u"billing-service");
        QString id = app.clientId;
        const QByteArray header = PlainHttp::basic(id.replace(u'-', u"%2D"_s), app.clientSecret);
        QCOMPARE(post(kToken, {{u"grant_type"_s, u"client_credentials"_s}}, header).status, 200);
    }

    void logsAPublicClientInByItsIdAlone()
    {
        const Fields fields{{u"grant_type"_s, u"password"_s},
                            {u"username"_s, u"app.smoke.test"_s},
                            {u"password"_s, m_sandbox.user(u"app.smoke.test").password},
                            {u"client_id"_s, m_sandbox.app(u"mobile-app").clientId},
                            {u"scope"_s, u"openid"_s}};
        QCOMPARE(post(kToken, fields).status, 200);
    }

    void refreshesOnceWithEachToken()
    {
        const Answer login = logIn(u"app.smoke.test", {}, u"openid offline_access"_s);
        const QString refresh = login.json().value("refresh_token"_L1).toString();
        QVERIFY(!refresh.isEmpty());
        const Fields fields{{u"grant_type"_s, u"refresh_token"_s}, {u"refresh_token"_s, refresh}};
        const Answer again = post(kToken, fields, basicOf(u"portal-web"));
        QCOMPARE(again.status, 200);
        QVERIFY(again.json().contains("id_token"_L1));
        QVERIFY(again.json().value("refresh_token"_L1).toString() != refresh);
        QCOMPARE(post(kToken, fields, basicOf(u"portal-web")).body,
                 error("invalid_grant", "grant request is invalid"));
    }

    void tellsTheUser()
    {
        const QByteArray access =
            member(logIn(u"app.smoke.test", {}, u"openid profile email groups"_s), "access_token"_L1);
        const Answer answer = m_http.send("GET", u"/oidc/2/me"_s, {{"Authorization", "Bearer " + access}});
        QCOMPARE(answer.status, 200);
        const QJsonObject user = answer.json();
        QCOMPARE(user.value("preferred_username"_L1).toString(), u"app.smoke.test"_s);
        QCOMPARE(user.value("name"_L1).toString(), u"App Smoke"_s);
        QCOMPARE(user.value("groups"_L1).toArray(), QJsonArray{u"Employees"_s});
        QVERIFY(user.value("updated_at"_L1).toDouble() > 1e12);
        QCOMPARE(m_http.send("POST", u"/oidc/2/me"_s, {{"Authorization", "Bearer " + access}}).status, 200);
    }

    void refusesToTellTheUser_data()
    {
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("nothing") << QByteArray() << 400
                                 << error("invalid_request", "no bearer token provided");
        QTest::newRow("another scheme")
            << QByteArray("Basic e30=") << 400
            << error("invalid_request", "invalid authorization header value format");
        QTest::newRow("three words") << QByteArray("Bearer a b") << 400
                                     << error("invalid_request", "invalid authorization header value format");
        QTest::newRow("unknown") << QByteArray("Bearer abc") << 401
                                 << error("invalid_token", "invalid token provided");
        QTest::newRow("of a service")
            << "Bearer " + member(clientCredentials(u"billing-service"), "access_token"_L1) << 401
            << error("invalid_token", "invalid token provided");
        QTest::newRow("of the management API") << "Bearer " + m_http.tokenOf(u"grants-admin") << 401
                                               << error("invalid_token", "invalid token provided");
    }

    void refusesToTellTheUser()
    {
        QFETCH(QByteArray, authorization);
        QFETCH(int, status);
        QFETCH(QByteArray, expected);
        Headers headers;
        if (!authorization.isEmpty())
            headers.append({"Authorization", authorization});
        const Answer answer = m_http.send("GET", u"/oidc/2/me"_s, headers);
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.body, expected);
        QVERIFY(answer.headers.value("www-authenticate").startsWith("Bearer "));
    }

    void keepsItsTokensOffTheManagementApi()
    {
        const QByteArray access = member(clientCredentials(u"billing-service"), "access_token"_L1);
        QCOMPARE(m_http.get(u"/api/2/apps"_s, access).status, 401);
        QCOMPARE(m_http.get(u"/auth/rate_limit"_s, access).status, 401);
    }

    void introspectsAndRevokes()
    {
        const QByteArray client = basicOf(u"billing-service");
        const Answer login = clientCredentials(
            u"billing-service", {{u"resource"_s, kInvoices}, {u"scope"_s, u"read:invoices"_s}});
        const QString access = login.json().value("access_token"_L1).toString();
        const Fields question{{u"token"_s, access}, {u"token_type_hint"_s, u"access_token"_s}};

        const QJsonObject active = post(u"/oidc/2/token/introspection"_s, question, client).json();
        QCOMPARE(active.value("active"_L1).toBool(), true);
        QCOMPARE(active.value("client_id"_L1).toString(), m_sandbox.app(u"billing-service").clientId);
        QCOMPARE(active.value("scope"_L1).toString(), u"read:invoices"_s);
        QCOMPARE(active.value("iss"_L1).toString(), m_sandbox.issuer().toString());

        const Answer revoked = post(u"/oidc/2/token/revocation"_s, question, client);
        QCOMPARE(revoked.status, 200);
        QCOMPARE(revoked.body, QByteArray());
        QCOMPARE(post(u"/oidc/2/token/introspection"_s, question, client).body,
                 QByteArray(R"({"active":false})"));
        const Answer again = post(u"/oidc/2/token/revocation"_s, question, client);
        QCOMPARE(again.status, 400);
        QCOMPARE(again.body,
                 error("unsupported_token_type", "revocation of the presented token type is not supported"));
    }

    void revokingARefreshTokenEndsTheLogin()
    {
        const Answer login = logIn(u"app.smoke.test", {}, u"openid offline_access"_s);
        const QByteArray access = member(login, "access_token"_L1);
        const Fields question{{u"token"_s, login.json().value("refresh_token"_L1).toString()}};
        QCOMPARE(post(u"/oidc/2/token/revocation"_s, question, basicOf(u"portal-web")).status, 200);
        QCOMPARE(m_http.send("GET", u"/oidc/2/me"_s, {{"Authorization", "Bearer " + access}}).status, 401);
    }

    void refusesQuestionsAboutTokens_data()
    {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<QString>("token");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray client = basicOf(u"billing-service");
        const QByteArray wrong = PlainHttp::basic(m_sandbox.app(u"billing-service").clientId, u"x"_s);
        const QString others =
            QString::fromLatin1(member(clientCredentials(u"partner-gateway"), "access_token"_L1));
        QTest::newRow("introspection of nothing")
            << u"introspection"_s << client << QString() << 400
            << error("invalid_request", "missing required parameter(s). (token)");
        QTest::newRow("introspection by a stranger")
            << u"introspection"_s << wrong << u"x"_s << 401
            << error("invalid_client", "client authentication failed");
        QTest::newRow("revocation by a stranger")
            << u"revocation"_s << wrong << u"x"_s << 401 << error("invalid_request", "Authentication Failed");
        QTest::newRow("revocation of another's token") << u"revocation"_s << client << others << 401
                                                       << error("invalid_request", "Access is unauthorized");
        QTest::newRow("revocation with a malformed header")
            << u"revocation"_s << QByteArray("Basic") << u"x"_s << 400
            << error("invalid_request", "invalid authorization header value format");
    }

    void refusesQuestionsAboutTokens()
    {
        QFETCH(QString, endpoint);
        QFETCH(QByteArray, authorization);
        QFETCH(QString, token);
        QFETCH(int, status);
        QFETCH(QByteArray, expected);
        const Answer answer = post(u"/oidc/2/token/"_s + endpoint, {{u"token"_s, token}}, authorization);
        QCOMPARE(answer.body, expected);
        QCOMPARE(answer.status, status);
    }

    void knowsNoOtherRoute()
    {
        const Answer answer = m_http.send("GET", kToken);
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.body, error("invalid_request", "unrecognized route"));
    }
};

QTEST_GUILESS_MAIN(TestOidcProvider)
#include "tst_oidcprovider.moc"
