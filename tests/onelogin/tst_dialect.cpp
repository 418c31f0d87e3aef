// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/dialect.h"
#include "support/qtest_result.h"

#include <QRegularExpression>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class DialectTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void understandsEveryDialect_data();
    void understandsEveryDialect();
    void letsGoodAnswersPass_data();
    void letsGoodAnswersPass();
    void keepsRequestIdAndRetryAfter();
    void excerptsAreSafe_data();
    void excerptsAreSafe();
};

void DialectTest::understandsEveryDialect_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("vendorText");
    QTest::addColumn<QString>("field");
    const QByteArray json = "application/json";
    const QByteArray html = "text/html";
    const QString none;

    QTest::newRow("v1 401")
        << 401 << json
        << R"({"status":{"error":true,"code":401,"type":"Unauthorized","message":"Authentication Failure"}})"_ba
        << u"unauthorized"_s << u"Unauthorized"_s << u"Authentication Failure"_s << none;
    QTest::newRow("v1 error in a 200")
        << 200 << json << R"({"status":{"error":true,"code":400,"type":"bad request","message":"No"}})"_ba
        << u"invalid"_s << u"bad request"_s << u"No"_s << none;
    QTest::newRow("v1 401 in a 200 without error member")
        << 200 << json << R"({"status":{"code":401,"message":"Authentication Failure"}})"_ba
        << u"unauthorized"_s << none << u"Authentication Failure"_s << none;
    QTest::newRow("v2 400 with field")
        << 400 << json
        << R"({"field":"name","message":"Missing required field","statusCode":400,"name":"BadRequestError"})"_ba
        << u"invalid"_s << u"BadRequestError"_s << u"Missing required field"_s << u"name"_s;
    QTest::newRow("v2 401") << 401 << json
                            << R"({"message":"Unauthorized","statusCode":401,"name":"UnauthorizedError"})"_ba
                            << u"unauthorized"_s << u"UnauthorizedError"_s << u"Unauthorized"_s << none;
    QTest::newRow("v2 404")
        << 404 << json
        << R"({"message":"The resource with the given id could not be found","statusCode":404,"name":"NotFoundError"})"_ba
        << u"not_found"_s << u"NotFoundError"_s << u"The resource with the given id could not be found"_s
        << none;
    QTest::newRow("v2 422")
        << 422 << json
        << R"({"message":"Validation failed: Name has already been taken","statusCode":422,"name":"UnprocessableEntityError"})"_ba
        << u"invalid"_s << u"UnprocessableEntityError"_s
        << u"Validation failed: Name has already been taken"_s << none;
    QTest::newRow("v2 403") << 403 << json
                            << R"({"message":"Forbidden","statusCode":403,"name":"ForbiddenError"})"_ba
                            << u"forbidden"_s << u"ForbiddenError"_s << u"Forbidden"_s << none;
    QTest::newRow("v2 error in a 200") << 200 << json << R"({"message":"No","statusCode":422,"name":"X"})"_ba
                                       << u"invalid"_s << u"X"_s << u"No"_s << none;
    QTest::newRow("OAuth")
        << 401 << json
        << R"({"error":"invalid_client","error_description":"client authentication failed"})"_ba
        << u"unauthorized"_s << u"invalid_client"_s << u"client authentication failed"_s << none;
    QTest::newRow("flat") << 400 << json
                          << R"({"error":true,"code":400,"type":"bad request","message":"No"})"_ba
                          << u"invalid"_s << u"bad request"_s << u"No"_s << none;
    QTest::newRow("mislabelled as html")
        << 404 << html << R"({"message":"No","statusCode":404,"name":"NotFoundError"})"_ba << u"not_found"_s
        << u"NotFoundError"_s << u"No"_s << none;
    QTest::newRow("html 429") << 429 << html << "<html><body>slow down</body></html>"_ba << u"rate_limited"_s
                              << none << none << none;
    QTest::newRow("html 502") << 502 << html << "<html>Bad gateway</html>"_ba << u"server_failure"_s << none
                              << none << none;
    QTest::newRow("html 404 of a proxy")
        << 404 << html << "<html>Nothing</html>"_ba << u"not_understood"_s << none << none << none;
    QTest::newRow("html 400") << 400 << html << "<html>Rails</html>"_ba << u"not_understood"_s << none << none
                              << none;
    QTest::newRow("captive portal") << 200 << html << "<html>Sign in</html>"_ba << u"not_understood"_s << none
                                    << none << none;
    QTest::newRow("captive portal labelled as JSON")
        << 200 << json << " <!doctype html>"_ba << u"not_understood"_s << none << none << none;
    QTest::newRow("web page that reads as JSON")
        << 200 << html << "[]"_ba << u"not_understood"_s << none << none << none;
    QTest::newRow("part of an answer")
        << 206 << json << "[]"_ba << u"not_understood"_s << none << none << none;
    QTest::newRow("bare 401") << 401 << QByteArray() << QByteArray() << u"unauthorized"_s << none << none
                              << none;
    QTest::newRow("bare 500") << 500 << QByteArray() << QByteArray() << u"server_failure"_s << none << none
                              << none;
    QTest::newRow("JSON of another shape")
        << 400 << json << R"({"oops":1})"_ba << u"not_understood"_s << none << none << none;
    QTest::newRow("array") << 400 << json << "[]"_ba << u"not_understood"_s << none << none << none;
}

void DialectTest::understandsEveryDialect()
{
    QFETCH(int, status);
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    HttpResponse response{.status = status, .headers = {{"Content-Type", contentType}}, .body = body};
    const std::optional<Error> error = apiError(response);
    QVERIFY(error);
    QCOMPARE(readAnswer(response).error().message, error->message);
    QTEST(kindName(error->kind), "kind");
    QTEST(error->code, "code");
    QTEST(error->vendorText, "vendorText");
    QCOMPARE(error->httpStatus, status);
    QVERIFY(!error->message.isEmpty());
    QVERIFY(!error->message.contains(u'<') && !error->detail.contains(u'<'));
    QCOMPARE(error->fieldErrors.empty(), field.isEmpty());
    if (!field.isEmpty())
        QCOMPARE(error->fieldErrors.front().field, field);
}

void DialectTest::letsGoodAnswersPass_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("v1 success")
        << 200 << R"({"status":{"error":false,"code":200,"type":"success","message":"Success"}})"_ba;
    QTest::newRow("object") << 200 << R"({"id":1,"name":"x","message":"a resource may have one"})"_ba;
    QTest::newRow("created") << 201 << R"({"id":1})"_ba;
    QTest::newRow("array") << 200 << "[]"_ba;
    QTest::newRow("no content") << 204 << QByteArray();
    QTest::newRow("key set status") << 200 << R"({"status":"active"})"_ba;
}

void DialectTest::letsGoodAnswersPass()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QVERIFY(!apiError({.status = status, .body = body}));
    const Result<QJsonValue> json = readAnswer({.status = status, .body = body});
    QVERIFY_OK(json);
    QCOMPARE(json->isNull(), status == 204);
}

void DialectTest::keepsRequestIdAndRetryAfter()
{
    const auto error = apiError({.status = 429, .headers = {{"x-request-id", "r-9"}, {"retry-after", "7"}}});
    QVERIFY(error);
    QCOMPARE(error->requestId, u"r-9"_s);
    QCOMPARE(error->retryAfter, std::chrono::seconds(7));
}

void DialectTest::excerptsAreSafe_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("excerpt");
    QTest::newRow("markup") << "<h1>Bad  <b>gateway</b></h1>\r\n<p>x"_ba << u"Bad gateway x"_s;
    QTest::newRow("script") << "<script>var t='a';</script>Hello<style>b{}</style>"_ba << u"Hello"_s;
    QTest::newRow("unclosed tag") << "Hello <img src="_ba << u"Hello"_s;
    QTest::newRow("control characters") << "a\x1b[31mb\x07"_ba << u"a [31mb"_s;
    QTest::newRow("direction override") << u"a\u202Eb"_s.toUtf8() << u"a b"_s;
    QTest::newRow("token") << "token 0123456789abcdef0123456789abcdef refused"_ba
                           << u"token ‹redacted› refused"_s;
    QTest::newRow("broken UTF-8") << "a\xff"_ba << u"a\uFFFD"_s;
}

void DialectTest::excerptsAreSafe()
{
    QFETCH(QByteArray, body);
    QTEST(safeExcerpt({.body = body}), "excerpt");
    HttpRequest request;
    request.authorization = Secret::copyOf("Bearer s3cr <b>et");
    QCOMPARE(safeExcerpt({.body = "bad <i>s3cr <b>et</i>", .sent = RequestSecrets(request)}),
             u"bad ‹redacted, 10 characters›"_s);
    QVERIFY(safeExcerpt({.body = body + QByteArray("word ").repeated(10'000)}).size() <= 200);
}

QTEST_GUILESS_MAIN(DialectTest)
#include "tst_dialect.moc"
