// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/tokenjudgement.h"

#include "core/base64url.h"
#include "jose/vectors.h"
#include "net/formdata.h"
#include "net/httpclient.h"
#include "support/fakeclock.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QJsonDocument>
#include <QNetworkAccessManager>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// Tokens that the sandbox signed, judged by the keys that it publishes.
class TestTokenJudgement : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void verifiesATokenByTheIssuersKeys();
    void judgesByTheTimeThatIsAsked();
    void aTokenOfAnotherAudienceFails();
    void theClientIsAskedForApartFromTheAudience_data();
    void theClientIsAskedForApartFromTheAudience();
    void aChangedTokenFails();
    void keysThatCannotBeHadLeaveTheClaimsChecked_data();
    void keysThatCannotBeHadLeaveTheClaimsChecked();
    void aSecretVerifiesWhatItSigned();
    void whatCannotBeDecodedHasEveryLine_data();
    void whatCannotBeDecodedHasEveryLine();
    void anUnsoundPayloadFails();

private:
    TokenVerdict judge(const TokenQuestion &question)
    {
        const Result<TokenVerdict> verdict = waitFor<TokenVerdict>(
            [&](Continuation<TokenVerdict> k) { judgeToken(question, *m_cache, m_clock, k); });
        return verdict.value_or(TokenVerdict());
    }
    static Check check(const TokenVerdict &verdict, const QString &name)
    {
        const auto found = std::find_if(verdict.checks.begin(), verdict.checks.end(),
                                        [&](const Check &each) { return each.name == name; });
        return found == verdict.checks.end() ? Check() : *found;
    }

    SandboxProcess m_sandbox;
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
    std::unique_ptr<JwksCache> m_cache = std::make_unique<JwksCache>(m_http, m_clock);
    TokenQuestion m_question; ///< which passes
};

void TestTokenJudgement::initTestCase()
{
    QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
    const SandboxProcess::App app = m_sandbox.app(u"billing-service");
    FormData form;
    form.add(u"grant_type"_s, u"client_credentials"_s);
    form.add(u"resource"_s, u"https://api.example.com/invoices"_s);
    form.add(u"scope"_s, u"read:invoices"_s);
    HttpRequest request{.method = HttpMethod::Post,
                        .url = QUrl(m_sandbox.issuer().toString() + u"/token"_s),
                        .authorization = basicAuthorization(app.clientId, Secret::fromText(app.clientSecret)),
                        .contentType = "application/x-www-form-urlencoded",
                        .body = form.encoded()};
    const Result<HttpResponse> answer =
        waitFor<HttpResponse>([&](Continuation<HttpResponse> k) { m_http.send(std::move(request), k); });
    QVERIFY_OK(answer);
    const QJsonObject body = QJsonDocument::fromJson(answer->body).object();
    Result<DecodedJws> token = decodeJws(body.value("access_token"_L1).toString().toLatin1());
    QVERIFY_OK(token);
    m_question.token = std::move(*token);
    m_question.expected = {.issuer = m_sandbox.issuer().toString(),
                           .audience = u"https://api.example.com/invoices"_s,
                           .client = app.clientId};
}

void TestTokenJudgement::verifiesATokenByTheIssuersKeys()
{
    const TokenVerdict verdict = judge(m_question);
    QVERIFY(isVerified(verdict.checks));
    QCOMPARE(check(verdict, u"signature"_s).result, CheckResult::Pass);
    QCOMPARE(check(verdict, u"audience"_s).result, CheckResult::Pass);
    QCOMPARE(check(verdict, u"authorized_party"_s).result, CheckResult::Pass);
    QCOMPARE(check(verdict, u"nonce"_s).result, CheckResult::NotChecked);
    QVERIFY(verdict.notes.isEmpty());
}

void TestTokenJudgement::judgesByTheTimeThatIsAsked()
{
    TokenQuestion question = m_question;
    question.at = m_clock.now().addDays(1);
    QCOMPARE(check(judge(question), u"expires"_s).result, CheckResult::Fail);
    question.at = m_clock.now().addSecs(-70);
    QCOMPARE(check(judge(question), u"issued_at"_s).result, CheckResult::Fail);
    question.tolerance = std::chrono::seconds(120);
    QCOMPARE(check(judge(question), u"issued_at"_s).result, CheckResult::Pass);
}

void TestTokenJudgement::aTokenOfAnotherAudienceFails()
{
    TokenQuestion question = m_question;
    question.expected.audience = u"https://api.example.com/other"_s;
    const TokenVerdict verdict = judge(question);
    QVERIFY(!isVerified(verdict.checks));
    QCOMPARE(check(verdict, u"signature"_s).result, CheckResult::Pass);
    QCOMPARE(check(verdict, u"audience"_s).result, CheckResult::Fail);
}

void TestTokenJudgement::theClientIsAskedForApartFromTheAudience_data()
{
    QTest::addColumn<QString>("client");
    QTest::addColumn<CheckResult>("result");
    QTest::newRow("another client") << u"another-client"_s << CheckResult::Fail;
    QTest::newRow("not known") << QString() << CheckResult::NotChecked;
}

void TestTokenJudgement::theClientIsAskedForApartFromTheAudience()
{
    QFETCH(QString, client);
    TokenQuestion question = m_question;
    question.expected.client = client;
    QTEST(check(judge(question), u"authorized_party"_s).result, "result");
}

void TestTokenJudgement::aChangedTokenFails()
{
    TokenQuestion question = m_question;
    QByteArrayList parts = question.token.compact.split('.');
    QJsonObject claims = QJsonDocument::fromJson(question.token.payloadBytes).object();
    claims.insert(u"scope"_s, u"read:invoices void:invoices"_s);
    parts[1] = toBase64Url(QJsonDocument(claims).toJson(QJsonDocument::Compact));
    question.token = *decodeJws(parts.join('.'));
    const TokenVerdict verdict = judge(question);
    QCOMPARE(check(verdict, u"signature"_s).result, CheckResult::Fail);
    QVERIFY(!isVerified(verdict.checks));
}

void TestTokenJudgement::keysThatCannotBeHadLeaveTheClaimsChecked_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("reason");
    QTest::newRow("none given") << QString() << u"No issuer was given"_s;
    QTest::newRow("refused") << u"http://127.0.0.1:9/oidc/2"_s << u"The issuer's keys could not be read."_s;
    QTest::newRow("not an issuer") << m_sandbox.url().toString() << u"The issuer's keys could not be read."_s;
}

void TestTokenJudgement::keysThatCannotBeHadLeaveTheClaimsChecked()
{
    QFETCH(QString, issuer);
    QFETCH(QString, reason);
    TokenQuestion question = m_question;
    question.expected.issuer = issuer;
    const TokenVerdict verdict = judge(question);
    QCOMPARE(check(verdict, u"signature"_s).result, CheckResult::NotChecked);
    QVERIFY2(check(verdict, u"signature"_s).reason.startsWith(reason),
             qPrintable(check(verdict, u"signature"_s).reason));
    QCOMPARE(check(verdict, u"expires"_s).result, CheckResult::Pass);
    QVERIFY(!isVerified(verdict.checks));
}

void TestTokenJudgement::aSecretVerifiesWhatItSigned()
{
    TokenQuestion question{.token = *decodeJws(vectors::kRfc7520Hs256Token)};
    QVERIFY(check(judge(question), u"signature"_s).reason.contains(u"not at hand"_s));
    question.clientSecret = Secret::copyOf(*fromBase64Url(vectors::kRfc7520Secret));
    QVERIFY(isVerified(judge(question).checks));
    question.clientSecret = Secret::copyOf("another secret of 32 characters.");
    QCOMPARE(check(judge(question), u"signature"_s).result, CheckResult::Fail);
}

void TestTokenJudgement::whatCannotBeDecodedHasEveryLine_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<CheckResult>("signature");
    QTest::newRow("opaque") << QByteArray("opaque-token") << CheckResult::NotChecked;
    QTest::newRow("broken") << QByteArray("e30.e30!.x") << CheckResult::Fail;
}

void TestTokenJudgement::whatCannotBeDecodedHasEveryLine()
{
    QFETCH(QByteArray, token);
    const std::vector<Check> checks = checkUndecoded(token, u"why"_s);
    QTEST(checks.front().result, "signature");
    QVERIFY(!isVerified(checks));
    const TokenVerdict verdict = judge(m_question);
    QCOMPARE(checks.size(), verdict.checks.size());
    for (size_t i = 0; i < checks.size(); ++i) {
        QCOMPARE(checks[i].name, verdict.checks[i].name);
        QCOMPARE(checks[i].reason, u"why"_s);
    }
}

void TestTokenJudgement::anUnsoundPayloadFails()
{
    QByteArrayList parts = m_question.token.compact.split('.');
    parts[1] = toBase64Url(R"({"aud":"a","aud":"b"})");
    TokenQuestion question = m_question;
    question.token = *decodeJws(parts.join('.'));
    QCOMPARE(check(judge(question), u"payload"_s).result, CheckResult::Fail);
}

QTEST_GUILESS_MAIN(TestTokenJudgement)
#include "tst_tokenjudgement.moc"
