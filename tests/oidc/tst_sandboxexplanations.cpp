// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/errorexplainer.h"
#include "onelogin/dialect.h"
#include "sandbox/loginrefusals.h"

#include <QRegularExpression>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// Drives the sandbox to each error that it can give: what the client makes of it has an explanation.
class TestSandboxExplanations : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void explainsEveryRefusedLogin_data();
    void explainsEveryRefusedLogin();
    void explainsWhatTheOtherEndpointsRefuse_data();
    void explainsWhatTheOtherEndpointsRefuse();
    void explainsWhatTheManagementApiRefuses_data();
    void explainsWhatTheManagementApiRefuses();
    void explainsTooManyRequests();

private:
    /// As the client reads it.
    Explanation explained(const Answer &answer) const
    {
        HttpResponse response{.status = answer.status, .body = answer.body};
        for (auto header = answer.headers.begin(); header != answer.headers.end(); ++header)
            response.headers.append({header.key(), header.value()});
        const std::optional<Error> error = apiError(response);
        return error ? m_explainer.explain(*error) : Explanation{.known = false};
    }
    QString serverPath(const QString &rest = {}) const
    {
        const qint64 id = m_sandbox.server(u"Invoices API").id;
        return u"/api/2/api_authorizations/%1"_s.arg(id) + rest;
    }

    SandboxProcess m_sandbox{};
    PlainHttp m_http{m_sandbox};
    ErrorExplainer m_explainer;
};

void TestSandboxExplanations::initTestCase()
{
    QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
}

void TestSandboxExplanations::explainsEveryRefusedLogin_data()
{
    QTest::addColumn<LoginRefusal>("refusal");
    for (const LoginRefusal &each : clientRefusals(m_sandbox))
        QTest::newRow(each.name.constData()) << each;
    for (const LoginRefusal &each : userRefusals(m_sandbox))
        QTest::newRow(each.name.constData()) << each;
}

void TestSandboxExplanations::explainsEveryRefusedLogin()
{
    QFETCH(LoginRefusal, refusal);
    Headers headers{{"Content-Type", "application/x-www-form-urlencoded"}};
    if (!refusal.authorization.isEmpty())
        headers.append({"Authorization", refusal.authorization});
    const Answer answer = m_http.send("POST", u"/oidc/2/token"_s, headers, formOf(refusal.fields));
    QCOMPARE(answer.status, refusal.status);
    const Explanation explanation = explained(answer);
    QVERIFY2(explanation.known, answer.body.constData());
    QVERIFY2(explanation.id != "invalid_request"_L1, answer.body.constData()); // which tells next to nothing
    QCOMPARE(m_explainer
                 .explain(answer.status, answer.json().value("error"_L1).toString(),
                          answer.json().value("error_description"_L1).toString())
                 .id,
             explanation.id);
}

void TestSandboxExplanations::explainsWhatTheOtherEndpointsRefuse_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("id");
    const QByteArray good = basicOf(m_sandbox, u"billing-service");
    const QByteArray wrong = PlainHttp::basic(m_sandbox.app(u"billing-service").clientId, u"x"_s);
    const QString me = u"/oidc/2/me"_s;
    const QString introspection = u"/oidc/2/token/introspection"_s;
    const QString revocation = u"/oidc/2/token/revocation"_s;
    const auto row = [](const char *name, const QByteArray &method, const QString &path,
                        const QByteArray &authorization, const QByteArray &body, int status,
                        const QString &id) {
        QTest::newRow(name) << method << path << authorization << body << status << id;
    };
    row("userinfo without a token", "GET", me, {}, {}, 400, u"no_bearer_token"_s);
    row("userinfo, another scheme", "GET", me, good, {}, 400, u"invalid_authorization_header"_s);
    row("userinfo, unknown token", "GET", me, "Bearer unknown", {}, 401, u"invalid_token"_s);
    row("introspection without a token", "POST", introspection, good, "a=b", 400, u"parameter_missing"_s);
    row("introspection, wrong client", "POST", introspection, wrong, "token=x", 401, u"invalid_client"_s);
    row("introspection without a client", "POST", introspection, {}, "token=x", 400,
        u"no_client_authentication"_s);
    row("revocation without a token", "POST", revocation, good, "a=b", 400, u"parameter_missing"_s);
    row("revocation, wrong client", "POST", revocation, wrong, "token=x", 401, u"authentication_failed"_s);
    row("revocation, unknown token", "POST", revocation, good, "token=x", 400, u"unsupported_token_type"_s);
    row("another path", "GET", u"/oidc/2/session/end"_s, {}, {}, 404, u"unrecognized_route"_s);
}

void TestSandboxExplanations::explainsWhatTheOtherEndpointsRefuse()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, authorization);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, id);
    Headers headers;
    if (!body.isEmpty())
        headers.append({"Content-Type"_ba, "application/x-www-form-urlencoded"_ba});
    if (!authorization.isEmpty())
        headers.append({"Authorization", authorization});
    const Answer answer = m_http.send(method, path, headers, body);
    QCOMPARE(answer.status, status);
    QCOMPARE(explained(answer).id, id);
}

void TestSandboxExplanations::explainsWhatTheManagementApiRefuses_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, const QByteArray &method, const QString &path,
                        const QByteArray &authorization, const QByteArray &body, int status,
                        const QString &id, const QByteArray &type = "application/json") {
        QTest::newRow(name) << method << path << authorization << type << body << status << id;
    };
    const SandboxProcess::Credential pair = m_sandbox.credential(u"grants-admin");
    const QByteArray good = PlainHttp::basic(pair.clientId, pair.clientSecret);
    const QByteArray manage = "bearer " + m_http.tokenOf(u"grants-admin");
    const QByteArray low = "bearer " + m_http.tokenOf(u"helpdesk-portal");
    const QString token = u"/auth/oauth2/v2/token"_s;
    const QString revoke = u"/auth/oauth2/revoke"_s;
    const QByteArray grant = R"({"grant_type":"client_credentials"})";

    row("token: wrong grant", "POST", token, good, R"({"grant_type":"x"})", 400, u"api_grant_type"_s);
    row("token: content type", "POST", token, good, "x", 400, u"api_content_type"_s, "text/plain");
    row("token: no pair", "POST", token, {}, grant, 400, u"api_authorization_missing"_s);
    row("token: wrong pair", "POST", token, PlainHttp::basic(pair.clientId, u"x"_s), grant, 401,
        u"api_pair_refused"_s);
    row("token: method", "GET", token, good, {}, 404, u"api_no_route"_s);
    row("revoke: no token", "POST", revoke, good, "{}", 400, u"api_access_token_missing"_s);
    row("limit: no token", "GET", u"/auth/rate_limit"_s, {}, {}, 400, u"api_authorization_missing"_s);
    row("limit: unknown token", "GET", u"/auth/rate_limit"_s, "bearer:x", {}, 401, u"api_pair_refused"_s);
    row("no token", "GET", u"/api/2/apps"_s, {}, {}, 401, u"api_unauthorized"_s);
    row("level too low", "GET", u"/api/2/api_authorizations"_s, low, {}, 401, u"api_unauthorized"_s);
    row("version 1, no token", "GET", u"/api/1/groups"_s, {}, {}, 401, u"api_pair_refused"_s);
    row("version 1, unknown path", "GET", u"/api/1/nothing"_s, manage, {}, 404, u"api_no_route"_s);
    row("unknown server", "GET", u"/api/2/api_authorizations/1"_s, manage, {}, 404, u"not_found"_s);
    row("server: no name", "PUT", serverPath(), manage, "{}", 400, u"api_missing_field"_s);
    row("server: blank", "PUT", serverPath(), manage, R"({"name":"a","configuration":{}})", 422,
        u"api_blank"_s);
    row("server: unknown member", "PUT", serverPath(), manage, R"({"name":"a","colour":"red"})", 422,
        u"api_unknown_field"_s);
    row("server: lifetime", "PUT", serverPath(), manage,
        R"({"name":"a","configuration":{"resource_identifier":"r","audiences":["r"],"access_token_expiration_minutes":0}})",
        422, u"api_value_invalid"_s);
    row("scope: no value", "POST", serverPath(u"/scopes"_s), manage, "{}", 400, u"api_missing_field"_s);
    row("scope: a space", "POST", serverPath(u"/scopes"_s), manage, R"({"value":"a b"})", 422,
        u"api_value_invalid"_s);
    row("scope: taken", "POST", serverPath(u"/scopes"_s), manage, R"({"value":"read:invoices"})", 422,
        u"api_value_taken"_s);
    row("claim: no name", "POST", serverPath(u"/claims"_s), manage, "{}", 400, u"api_missing_field"_s);
    row("client: no app", "POST", serverPath(u"/clients"_s), manage, {}, 400, u"api_missing_field"_s);
    row("client: no scopes", "POST", serverPath(u"/clients"_s), manage, R"({"app_id":1})", 400,
        u"api_missing_field"_s);
    row("client: foreign scope", "POST", serverPath(u"/clients"_s), manage, R"({"app_id":1,"scopes":[51]})",
        422, u"api_scope_not_of_server"_s);
    row("client: unknown app", "POST", serverPath(u"/clients"_s), manage, R"({"app_id":1,"scopes":[]})", 404,
        u"not_found"_s);
    row("client: taken", "POST", serverPath(u"/clients"_s), manage,
        R"({"app_id":)" + QByteArray::number(m_sandbox.app(u"billing-service").id) + R"(,"scopes":[]})", 422,
        u"api_value_taken"_s);
    row("apps: filter", "GET", u"/api/2/apps?auth_method=x"_s, manage, {}, 422, u"api_auth_method"_s);
    row("apps: page", "GET", u"/api/2/apps?page=x"_s, manage, {}, 422, u"api_value_invalid"_s);
    row("user: no JSON", "POST", u"/api/2/users"_s, manage, "{", 400, u"api_json"_s);
    row("user: no name", "POST", u"/api/2/users"_s, manage, R"({"firstname":"J"})", 400,
        u"api_missing_field"_s);
    row("user: taken", "POST", u"/api/2/users"_s, manage, R"({"username":"jdoe.test"})", 422,
        u"api_value_taken"_s);
    row("user: password", "POST", u"/api/2/users"_s, manage,
        R"({"username":"new.test","password":"a","password_confirmation":"b"})", 422, u"api_value_invalid"_s);
    row("log out: unknown user", "PUT", u"/api/1/users/1/logout"_s, manage, {}, 404, u"api_user_not_found"_s);
    row("sign in: no password", "POST", u"/api/1/login/auth"_s, manage, "{}", 400, u"api_missing_field"_s);
    row("sign in: wrong", "POST", u"/api/1/login/auth"_s, manage,
        R"({"username_or_email":"finance.clerk.test","password":"x","subdomain":"acme"})", 401,
        u"wrong_user_credentials"_s);
    row("assertion: not SAML", "POST", u"/api/2/saml_assertion"_s, manage,
        R"({"username_or_email":"a","password":"x","subdomain":"acme","app_id":)" +
            QByteArray::number(m_sandbox.app(u"billing-service").id) + "}",
        400, u"api_not_saml"_s);
    row("portal: no name", "POST", u"/sandbox/portal/credentials"_s, {}, "{}", 422, u"api_blank"_s);
    row("portal: unknown path", "GET", u"/sandbox/portal/nothing"_s, {}, {}, 404, u"not_found"_s);
    row("another path", "GET", u"/nothing"_s, {}, {}, 404, u"api_no_route"_s);
}

void TestSandboxExplanations::explainsWhatTheManagementApiRefuses()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, authorization);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, id);
    Headers headers;
    if (!authorization.isEmpty())
        headers.append({"Authorization", authorization});
    if (!body.isEmpty())
        headers.append({"Content-Type", type});
    const Answer answer = m_http.send(method, path, headers, body);
    QVERIFY2(answer.status == status, answer.body.constData());
    const Explanation explanation = explained(answer);
    QVERIFY2(explanation.id == id, (explanation.id.toUtf8() + ": " + answer.body).constData());
}

void TestSandboxExplanations::explainsTooManyRequests()
{
    SandboxProcess sandbox({u"--rate-limit"_s, u"1"_s});
    QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
    PlainHttp http(sandbox);
    const QByteArray token = http.tokenOf(u"grants-admin");
    for (const QString &path : {u"/api/2/apps"_s, u"/api/1/groups"_s}) {
        Answer answer = http.get(path, token);
        if (answer.status == 200)
            answer = http.get(path, token);
        QCOMPARE(answer.status, 429);
        QCOMPARE(explained(answer).id, u"rate_limited"_s);
    }
}

QTEST_GUILESS_MAIN(TestSandboxExplanations)
#include "tst_sandboxexplanations.moc"
