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
    void fallsBackToTheRawText();
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

void TestErrorExplainer::everyRuleIsComplete()
{
    QFile file(u":/latchkey/explanations.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray rules = QJsonDocument::fromJson(file.readAll()).object().value("rules"_L1).toArray();
    QVERIFY(rules.size() > 40);
    const std::set<QString> criteria{u"status"_s, u"code"_s, u"description"_s, u"contains"_s, u"kind"_s};
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
            for (const auto key : {"title"_L1, "text"_L1, "next"_L1, "action"_L1})
                QVERIFY2(!cause.toObject().value(key).toString().isEmpty(), name);
        }
        const QString whole = QString::fromUtf8(QJsonDocument(rule).toJson());
        for (const auto word : {"please"_L1, "sorry"_L1, "successfully"_L1, "!"_L1})
            QVERIFY2(!whole.contains(word, Qt::CaseInsensitive), name);
    }
}

QTEST_GUILESS_MAIN(TestErrorExplainer)
#include "tst_errorexplainer.moc"
