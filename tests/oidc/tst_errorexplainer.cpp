// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/errorexplainer.h"

#include "core/json.h"

#include <QFile>
#include <QTest>

#include <set>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestErrorExplainer : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void explainsDocumentedAnswers_data();
    void explainsDocumentedAnswers();
    void explainsEveryKind_data();
    void explainsEveryKind();
    void prefersTheTenantsWordsToTheKind();
    void explainsEveryReason_data();
    void explainsEveryReason();
    void explainsEveryCheckOfAToken();
    void explainsTheCodesOfABrowserLogin_data();
    void explainsTheCodesOfABrowserLogin();
    void fallsBackToTheRawText();
    void leavesUnknownTextsUnharmed_data();
    void leavesUnknownTextsUnharmed();
    void everyExplanationHasALink();
    void everyRuleIsComplete();

private:
    ErrorExplainer m_explainer;
};

void TestErrorExplainer::explainsDocumentedAnswers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("description");
    QTest::addColumn<QString>("title");

    const auto row = [](int status, const char *code, const char *description, const char *title) {
        QTest::addRow("%d %s %s", status, code, description)
            << status << QString::fromLatin1(code) << QString::fromLatin1(description)
            << QString::fromLatin1(title);
    };
    // Password grant, client credentials grant.
    row(400, "invalid_request", "Resource not found", "OneLogin does not know this client id");
    row(400, "unsupported_grant_type", "unsupported grant_type requested (xxxx)",
        "The tenant does not offer this kind of login");
    row(400, "invalid_request", "invalid authorization header value format",
        "The Authorization header could not be read");
    row(401, "invalid_request", "Authentication Failed", "The user could not be authenticated");
    row(401, "invalid_request", "Authentication Failed: Invalid user credentials",
        "The user name or the password is wrong");
    row(401, "invalid_request", "MFA is required for this user", "MFA is required for this user");
    row(401, "invalid_request", "User is locked. Access is unauthorized", "The user is locked");
    row(401, "invalid_request", "User is suspended. Access is unauthorized", "The user is suspended");
    row(401, "invalid_request", "Password expired", "The password has expired");
    row(401, "invalid_request", "Access is unauthorized", "The user may not use this app");
    row(401, "invalid_client", "client authentication failed", "The app's client id or secret was refused");
    // The provider's further answers at the token endpoint.
    row(400, "invalid_request", "no client authentication mechanism provided",
        "The client did not prove itself");
    row(400, "invalid_request", "client authentication must only be provided using one mechanism",
        "The client proved itself twice");
    row(400, "invalid_request", "mismatch in body and authorization client ids",
        "Two client ids in one request");
    row(400, "invalid_request", "client_id and client_secret are not properly encoded",
        "The client id or the secret could not be decoded");
    row(400, "invalid_request", "missing required parameter(s) (grant_type)",
        "A required parameter is missing");
    row(400, "invalid_request", "'scope' parameter must not be provided twice", "A parameter was sent twice");
    row(400, "unauthorized_client", "requested grant type is restricted to this client",
        "This app may not use this kind of login");
    row(400, "restricted_grant_type", "", "This app may not use this kind of login");
    row(400, "invalid_grant", "grant request is invalid", "What was exchanged for a token was refused");
    row(400, "invalid_scope", "openid is required scope", "The scope openid is missing");
    row(400, "invalid_scope", "some of requested scopes are not whitelisted",
        "A requested scope is not allowed");
    row(400, "invalid_scope", "refresh token missing requested scope",
        "The token does not hold the requested scope");
    row(400, "invalid_scope", "access token missing requested scope",
        "The token does not hold the requested scope");
    row(400, "invalid_scope", "", "A requested scope was refused");
    row(400, "invalid_target", "resource indicator is missing, or unknown", "The resource was refused");
    row(500, "server_error", "oops", "The tenant failed to answer the login");
    row(503, "temporarily_unavailable", "", "The tenant failed to answer the login");
    row(403, "access_denied", "End-User aborted interaction", "The login was declined");
    row(400, "invalid_request", "something new", "The login was refused");
    // Userinfo, introspection, revocation.
    row(400, "invalid_request", "no bearer token provided", "The request held no access token");
    row(401, "invalid_token", "invalid token provided", "The access token was refused");
    row(403, "insufficient_scope", "", "The access token lacks a scope");
    row(400, "invalid_request", "missing required parameter(s). (token)", "A required parameter is missing");
    row(400, "unsupported_token_type", "revocation of the presented token type is not supported",
        "The tenant does not handle this token here");
    row(400, "unsupported_token_type", "Structured JWT Tokens cannot be introspected",
        "The tenant does not handle this token here");
    // Tokens of the management API.
    row(400, "bad request", "grant_type is incorrect/absent", "The token request was not understood");
    row(400, "bad request",
        "Content Type is not specified or specified incorrectly. Content-Type header must be set to "
        "application/json",
        "The content type did not arrive");
    row(400, "bad request", "The authorization information is missing",
        "The Authorization header did not arrive");
    row(400, "bad request", "Authorization Information is incorrect",
        "The Authorization header did not arrive");
    row(400, "bad request", "Access Token Missing", "There was no token to revoke");
    row(401, "Unauthorized", "Authentication Failure", "The API credential was refused");
    row(404, "not found", "No Route Exists", "The tenant has nothing at this address");
    row(429, "", "", "Too many requests");
    row(500, "", "", "The tenant failed");
    // The management API.
    row(401, "UnauthorizedError", "Unauthorized", "The request was not authorised");
    row(401, "", "This request requires Authentication", "The request was not authorised");
    row(403, "", "", "The request is not allowed");
    row(404, "NotFoundError", "The resource with the given id could not be found",
        "The tenant does not have this any more");
    row(400, "BadRequestError", "Missing required field", "A required field is missing");
    row(400, "BadRequestError", "Missing required field: app_id", "A required field is missing");
    row(422, "UnprocessableEntityError",
        "Validation failed: Scopes 51 does not belong to the specified ApiAuthorizationApp",
        "A scope is not one of this authorization server");
    row(422, "UnprocessableEntityError",
        "Validation failed: Resource identifier can't be blank, Audiences can't be blank",
        "A required value is empty");
    row(422, "UnprocessableEntityError", "Validation failed: Scopes can't be blank",
        "The tenant keeps no client app without scopes");
    row(422, "UnprocessableEntityError", "Validation failed: Value has already been taken",
        "This name is in use");
    row(422, "UnprocessableEntityError", "Validation failed: Name has already been taken",
        "This name is in use");
    row(422, "UnprocessableEntityError", "invalid value in \"auth_method\"", "The list of apps was refused");
    row(422, "UnprocessableEntityError", "Validation failed: Connector ID is invalid",
        "This tenant has no such connector");
    row(422, "UnprocessableEntityError", "instance is not allowed to have the additional property \"id\"",
        "The tenant does not know a field");
    row(400, "BadRequestError", "Unknown parameter on configuration section: provider_arn",
        "The tenant does not know a field");
    row(422, "", "Field is not allowed", "The tenant does not know a field");
    row(409, "", "", "The tenant refused the values");
    row(400, "BadRequestError", "something new", "The request was refused as malformed");
    for (int status : {502, 503, 504})
        row(status, "", "", "The tenant cannot be served at the moment");
}

void TestErrorExplainer::explainsDocumentedAnswers()
{
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(QString, description);
    QFETCH(QString, title);
    for (const QString &text : {description, description.toUpper()}) {
        const Explanation explanation = m_explainer.explain(status, code, text);
        QVERIFY(explanation.known);
        QCOMPARE(explanation.title, title);
        QVERIFY(!explanation.causes.empty());
    }
}

void TestErrorExplainer::explainsEveryKind_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("title");
    QTest::newRow("input") << ErrorKind::InvalidInput << u"This cannot be sent"_s;
    QTest::newRow("read-only") << ErrorKind::ReadOnly << u"The tenant is read-only here"_s;
    QTest::newRow("unreachable") << ErrorKind::Unreachable << u"The tenant cannot be reached"_s;
    QTest::newRow("timeout") << ErrorKind::Timeout << u"The tenant did not answer in time"_s;
    QTest::newRow("tls") << ErrorKind::Tls << u"The server could not prove who it is"_s;
    QTest::newRow("html") << ErrorKind::NotUnderstood << u"The answer is not one of OneLogin's"_s;
    QTest::newRow("unknown") << ErrorKind::OutcomeUnknown
                             << u"It is not known whether the change was stored"_s;
    QTest::newRow("401") << ErrorKind::Unauthorized << u"The request was not authorised"_s;
    QTest::newRow("403") << ErrorKind::Forbidden << u"The request is not allowed"_s;
    QTest::newRow("404") << ErrorKind::NotFound << u"The tenant does not have this any more"_s;
    QTest::newRow("400") << ErrorKind::Invalid << u"The request was refused as malformed"_s;
    QTest::newRow("429") << ErrorKind::RateLimited << u"Too many requests"_s;
    QTest::newRow("500") << ErrorKind::ServerFailure << u"The tenant failed"_s;
    QTest::newRow("locked") << ErrorKind::KeychainLocked << u"The keychain is locked"_s;
    QTest::newRow("unavailable") << ErrorKind::KeychainUnavailable << u"There is no keychain"_s;
    QTest::newRow("keychain timeout") << ErrorKind::KeychainTimeout << u"The keychain does not answer"_s;
    QTest::newRow("keychain failure") << ErrorKind::KeychainFailure << u"The keychain refused"_s;
    QTest::newRow("missing") << ErrorKind::SecretMissing << u"The secret is not in the keychain"_s;
    QTest::newRow("storage") << ErrorKind::Storage << u"The workspace could not be read or written"_s;
    QTest::newRow("too new") << ErrorKind::StorageTooNew << u"A newer version wrote this workspace"_s;
}

void TestErrorExplainer::explainsEveryKind()
{
    QFETCH(ErrorKind, kind);
    QFETCH(QString, title);
    const Explanation explanation = m_explainer.explain(Error{.kind = kind, .message = u"Something."_s});
    QVERIFY(explanation.known);
    QCOMPARE(explanation.title, title);
}

void TestErrorExplainer::prefersTheTenantsWordsToTheKind()
{
    const Error refused{.kind = ErrorKind::Unauthorized,
                        .code = u"Unauthorized"_s,
                        .vendorText = u"Authentication Failure"_s,
                        .httpStatus = 401};
    QCOMPARE(m_explainer.explain(refused).title, u"The API credential was refused"_s);
    const Error gateway{.kind = ErrorKind::NotUnderstood, .httpStatus = 502};
    QCOMPARE(m_explainer.explain(gateway).title, u"The tenant cannot be served at the moment"_s);
}

void TestErrorExplainer::explainsEveryReason_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("title");
    const auto row = [](const char *reason, ErrorKind kind, const char *title) {
        QTest::newRow(reason) << kind << QString::fromLatin1(title);
    };
    row("connection_refused", ErrorKind::Unreachable, "Nothing answers at this address");
    row("host_not_found", ErrorKind::Unreachable, "There is no host of this name");
    row("proxy_refused", ErrorKind::Unreachable, "The proxy cannot be used");
    row("proxy_login", ErrorKind::Unreachable, "The proxy asks for a login");
    row("connection_broken", ErrorKind::Unreachable, "The connection broke");
    row("certificate_expired", ErrorKind::Tls, "The certificate of the server has expired");
    row("certificate_not_yet_valid", ErrorKind::Tls, "The certificate of the server is not valid yet");
    row("certificate_other_host", ErrorKind::Tls, "The certificate is for another host");
    row("certificate_self_signed", ErrorKind::Tls, "The certificate vouches for itself");
    row("certificate_authority_unknown", ErrorKind::Tls,
        "The authority behind the certificate is not trusted");
    row("web_page", ErrorKind::NotUnderstood, "A web page came instead of an answer");
    row("redirected", ErrorKind::NotUnderstood, "The server sends elsewhere");
    row("issuer_mismatch", ErrorKind::NotUnderstood, "The issuer calls itself by another name");
    row("no_discovery", ErrorKind::NotFound, "There is no issuer at this address");
    row("discovery_unusable", ErrorKind::NotUnderstood, "The endpoints of the issuer cannot be used");
    row("port_in_use", ErrorKind::InvalidInput, "The port for the way back is in use");
    row("browser_timeout", ErrorKind::Timeout, "Nobody came back from the browser");
    row("state_mismatch", ErrorKind::NotUnderstood, "The answer belongs to another login");
    row("redirect_of_other_issuer", ErrorKind::NotUnderstood, "Another issuer answered");
    row("redirect_contradicts", ErrorKind::NotUnderstood, "The answer in the browser makes no sense");
    row("userinfo_of_other_user", ErrorKind::NotUnderstood, "UserInfo is about another user");
    row("clock_skew", ErrorKind::NotUnderstood, "The token comes from the future");
}

void TestErrorExplainer::explainsEveryReason()
{
    QFETCH(ErrorKind, kind);
    QFETCH(QString, title);
    const QString reason = QString::fromLatin1(QTest::currentDataTag());
    // Closer than the kind and the status.
    const Explanation explanation =
        m_explainer.explain(Error{.kind = kind, .reason = reason, .httpStatus = 404});
    QCOMPARE(explanation.title, title);
    QCOMPARE(m_explainer.explain(0, reason, {}).title, title); // as a person asks for it
    QVERIFY(m_explainer.explain(Error{.kind = kind}).title != title);
}

void TestErrorExplainer::explainsEveryCheckOfAToken()
{
    for (const QString &name : {u"signature"_s, u"algorithm"_s, u"key"_s, u"issuer"_s, u"audience"_s,
                                u"expires"_s, u"not_before"_s, u"issued_at"_s, u"nonce"_s, u"at_hash"_s,
                                u"authorized_party"_s, u"subject"_s, u"type"_s, u"payload"_s}) {
        const Explanation explanation = m_explainer.explainCheck(name);
        QVERIFY2(explanation.known, qPrintable(name));
        QVERIFY2(explanation.id.startsWith("token_"_L1), qPrintable(name));
    }
    QVERIFY(!m_explainer.explainCheck(u"colour"_s).known);
}

void TestErrorExplainer::explainsTheCodesOfABrowserLogin_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("description");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *code, const char *description, const char *id) {
        QTest::addRow("%s %s", code, description)
            << QString::fromLatin1(code) << QString::fromLatin1(description) << QString::fromLatin1(id);
    };
    row("access_denied", "End-User aborted interaction", "access_denied");
    row("login_required", "End-User authentication is required", "login_required");
    row("consent_required", "requested scopes not granted", "consent_required");
    row("interaction_required", "interaction is required from the end-user", "interaction_required");
    row("invalid_target", "resource indicator is invalid", "invalid_target");
    row("invalid_scope", "some of requested scopes are not whitelisted", "scope_not_allowed");
    row("invalid_redirect_uri", "redirect_uri did not match any of the client's registered redirect_uris",
        "redirect_mismatch");
    row("redirect_uri_mismatch", "", "redirect_mismatch");
    row("invalid_request", "Authorization Server policy requires PKCE to be used for this request", "pkce");
    row("invalid_request", "code_challenge_method must be S256", "pkce");
    row("invalid_grant", "code_verifier does not match", "pkce");
    row("unsupported_response_type", "", "unsupported_response_type");
    row("request_uri_not_supported", "", "request_object_unsupported");
    row("server_error", "", "login_server_error");
}

void TestErrorExplainer::explainsTheCodesOfABrowserLogin()
{
    QFETCH(QString, code);
    QFETCH(QString, description);
    QFETCH(QString, id);
    // In the redirect there is no status, at the token endpoint there is one.
    for (int status : {0, 400})
        QCOMPARE(m_explainer.explain(status, code, description).id, id);
}

void TestErrorExplainer::fallsBackToTheRawText()
{
    const Explanation raw = m_explainer.explain(418, u"teapot"_s, u"I am <b>short</b> and stout"_s);
    QVERIFY(!raw.known);
    QCOMPARE(raw.title, u"teapot"_s);
    QCOMPARE(raw.whatHappened, u"I am <b>short</b> and stout"_s);
    QVERIFY(raw.causes.empty());
    QCOMPARE(m_explainer.explain(418, {}, {}).title, u"HTTP 418"_s);
    QVERIFY(!m_explainer.explain(0, {}, {}).title.isEmpty());
    QVERIFY(!m_explainer.explain(0, {}, {}).whatHappened.isEmpty());
}

void TestErrorExplainer::leavesUnknownTextsUnharmed_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("html") << u"<script>alert(1)</script><img src=x>&amp;"_s;
    QTest::newRow("control characters") << u"a\x1b[31mb\a\r\n\tc\x7f"_s + QChar(u'\0') + u'd';
    QTest::newRow("10 kB") << QString(10'000, u'x');
    QTest::newRow("Arabic") << u"المستخدم مقفل"_s;
    QTest::newRow("placeholders") << u"%1 %2 %n"_s;
    QTest::newRow("lone surrogate") << QString(QChar(char16_t(0xd800)));
}

void TestErrorExplainer::leavesUnknownTextsUnharmed()
{
    QFETCH(QString, text);
    const Explanation byDescription = m_explainer.explain(418, u"teapot"_s, text);
    QVERIFY(!byDescription.known);
    QCOMPARE(byDescription.whatHappened, text);
    QCOMPARE(byDescription.title, u"teapot"_s);
    QVERIFY(byDescription.id.isEmpty());
    QCOMPARE(byDescription.link.kind, ExplanationLink::Kind::None);
    QCOMPARE(m_explainer.explain(418, text, {}).title, text);
    const Error error{.kind = ErrorKind::LoginRefused, .message = text};
    QCOMPARE(m_explainer.explain(error).whatHappened, text);
}

void TestErrorExplainer::everyExplanationHasALink()
{
    const std::vector<Explanation> all = m_explainer.all();
    QVERIFY(all.size() > 100);
    for (const Explanation &explanation : all) {
        QVERIFY2(!explanation.link.text().isEmpty(), qPrintable(explanation.id));
        QVERIFY2(!explanation.link.text().contains("://"_L1), qPrintable(explanation.id));
    }
    const ExplanationLink portal{.kind = ExplanationLink::Kind::Portal, .name = u"api_credentials"_s};
    QCOMPARE(portal.text(), u"API Credentials in the portal"_s);
    QCOMPARE(ExplanationLink().text(), QString());
}

void TestErrorExplainer::everyRuleIsComplete()
{
    QFile file(u":/latchkey/explanations.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray rules = QJsonDocument::fromJson(file.readAll()).object().value("rules"_L1).toArray();
    QVERIFY(rules.size() > 40);
    const std::set<QString> criteria{u"status"_s,   u"code"_s, u"description"_s,
                                     u"contains"_s, u"kind"_s, u"reason"_s};
    std::set<QString> ids;
    for (const QJsonValue value : rules) {
        const QJsonObject rule = value.toObject();
        const QByteArray id = rule.value("id"_L1).toString().toUtf8();
        const char *name = id.constData();
        QVERIFY2(ids.insert(rule.value("id"_L1).toString()).second, name);
        QVERIFY2(!rule.value("title"_L1).toString().isEmpty(), name);
        QVERIFY2(!rule.value("title"_L1).toString().endsWith(u'.'), name);
        QVERIFY2(rule.value("what_happened"_L1).toString().endsWith(u'.'), name);
        QVERIFY2(!rule.value("match"_L1).toArray().isEmpty(), name);
        for (const QJsonValue pattern : rule.value("match"_L1).toArray()) {
            QVERIFY2(!pattern.toObject().isEmpty(), name); // it would hold for everything
            for (const QString &key : pattern.toObject().keys()) {
                QVERIFY2(criteria.contains(key), name);
                QVERIFY2(!pattern.toObject().value(key).toString().isEmpty(), name);
            }
        }
        QVERIFY2(!rule.value("causes"_L1).toArray().isEmpty(), name);
        for (const QJsonValue cause : rule.value("causes"_L1).toArray()) {
            for (const auto key : {"title"_L1, "text"_L1, "next"_L1})
                QVERIFY2(!cause.toObject().value(key).toString().isEmpty(), name);
        }
        const QString whole = QString::fromUtf8(QJsonDocument(rule).toJson());
        for (const auto word : {"please"_L1, "sorry"_L1, "successfully"_L1, "!"_L1})
            QVERIFY2(!whole.contains(word, Qt::CaseInsensitive), name);
    }
}

QTEST_GUILESS_MAIN(TestErrorExplainer)
#include "tst_errorexplainer.moc"
