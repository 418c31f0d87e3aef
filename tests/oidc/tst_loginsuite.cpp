// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginsuite.h"

#include "core/base64url.h"
#include "net/httpclient.h"
#include "oidc/loginflow.h"
#include "support/faultserver.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"

#include <QNetworkAccessManager>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

using State = SuiteRun::State;
using Kind = LoginExpectation::Kind;

const LoginExpectation kSuccess{.kind = Kind::Success};
const LoginExpectation kWrongPassword{.kind = Kind::Error, .description = u"invalid user credentials"_s};

} // namespace

class TestLoginSuite : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem())); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void comparesWithTheExpectation_data();
    void comparesWithTheExpectation();
    void aFailedCheckOfTheIdTokenIsADifference();
    void whatIsNoAnswerIsAnError();
    void whatIsIncompleteIsSkippedIfToldTo();
    void anEmptySuiteIsOver();
    void skipsAUserAfterTheFirstFailureOfAPassword();
    void anExpectedFailureCountsTooAndComesLast();
    void goesOnIfToldTo();
    void aRefusalOfTheClientDoesNotCount();
    void aLoginWhoseOutcomeIsNotKnownCounts();
    void tooManyRequestsStopTheRestOfTheTenant();
    void warnsOfNamesThatMayBeOneUser();
    void anotherIssuerIsAnotherUser();
    void whatMayCountTowardTheLockOut_data();
    void whatMayCountTowardTheLockOut();
    void runsAFewAtATime();
    void neverRunsTwoOfAUserAtOnce();
    void neverRepeatsALogin();
    void leavesTheBrowserAloneUnlessAskedFor();
    void oneBrowserLoginAtATime();
    void cancelKeepsWhatIsDone();
    void aSecretThatCannotBeHadIsAnError();
    void tellsTheProgress();

private:
    LoginProfile service(const QString &name, const LoginExpectation &expectation = {},
                         const QString &secret = {}) const
    {
        const SandboxProcess::App app = m_sandbox.app(u"billing-service");
        return {.name = name,
                .request = {.grant = Grant::ClientCredentials,
                            .issuer = m_sandbox.issuer(),
                            .clientId = app.clientId,
                            .clientSecret = Secret::fromText(secret.isEmpty() ? app.clientSecret : secret)},
                .expectation = expectation};
    }
    LoginProfile user(const QString &name, const LoginExpectation &expectation = {},
                      const QString &password = {}) const
    {
        const SandboxProcess::App app = m_sandbox.app(u"portal-web");
        return {.name = name,
                .request = {.grant = Grant::Password,
                            .issuer = m_sandbox.issuer(),
                            .clientId = app.clientId,
                            .clientSecret = Secret::fromText(app.clientSecret),
                            .username = name,
                            .password = Secret::fromText(
                                password.isEmpty() ? m_sandbox.user(name.trimmed().toLower()).password
                                                   : password),
                            .scopes = {u"openid"_s}},
                .expectation = expectation};
    }
    static void give(const LoginProfile &profile, const Continuation<LoginRequest> &continuation)
    {
        finishLater<LoginRequest>(continuation, profile.request);
    }
    std::unique_ptr<LoginSuite> makeSuite(const LoginSuite::Options &options = {})
    {
        return std::make_unique<LoginSuite>(m_http, m_clock, give, options);
    }
    std::vector<SuiteRun> runAll(std::vector<LoginProfile> profiles, const LoginSuite::Options &options = {})
    {
        const auto suite = makeSuite(options);
        QSignalSpy finished(suite.get(), &LoginSuite::finished);
        suite->start(std::move(profiles));
        if (!finished.wait(30'000))
            return {};
        return suite->runs();
    }
    static QList<State> states(const std::vector<SuiteRun> &runs)
    {
        QList<State> states;
        for (const SuiteRun &run : runs)
            states.append(run.state);
        return states;
    }
    /// A provider that answers every token request like this.
    static FaultServer::Script provider(FaultServer *&server, const FaultReply &reply)
    {
        return [&server, reply](const Arrival &arrival) {
            if (!arrival.target.endsWith("openid-configuration"))
                return reply;
            const QByteArray issuer = server->url(u"/oidc/2"_s).toEncoded();
            return FaultServer::answer(200, R"({"issuer":")" + issuer + R"(","token_endpoint":")" + issuer +
                                                R"(/token","authorization_endpoint":")" + issuer +
                                                R"(/auth"})");
        };
    }
    static qsizetype logins(const FaultServer &server)
    {
        qsizetype count = 0;
        for (qsizetype i = 0; i < server.arrivals(); ++i)
            count += server.arrival(i).target.endsWith("/token") ? 1 : 0;
        return count;
    }

    SandboxProcess m_sandbox;
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
};

void TestLoginSuite::comparesWithTheExpectation_data()
{
    QTest::addColumn<LoginProfile>("profile");
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("reason");
    const auto expect = [](const QString &text) {
        return LoginExpectation::parse(text).value_or(LoginExpectation{});
    };
    QTest::newRow("success") << service(u"a"_s, kSuccess) << State::Passed << QString();
    QTest::newRow("success though nothing is expected") << service(u"a"_s) << State::Passed << QString();
    QTest::newRow("refused though nothing is expected")
        << service(u"a"_s, {}, u"wrong"_s) << State::Failed
        << u"Expected success, but the login was refused: invalid_client: client authentication failed (HTTP status 401)"_s;
    QTest::newRow("refused")
        << service(u"a"_s, kSuccess, u"wrong"_s) << State::Failed
        << u"Expected success, but the login was refused: invalid_client: client authentication failed (HTTP status 401)"_s;
    QTest::newRow("the error") << service(u"a"_s, expect(u"invalid_client"_s), u"wrong"_s) << State::Passed
                               << QString();
    QTest::newRow("another error")
        << service(u"a"_s, expect(u"invalid_scope"_s), u"wrong"_s) << State::Failed
        << u"Expected invalid_scope, but the login was refused: invalid_client: client authentication failed (HTTP status 401)"_s;
    QTest::newRow("the error and its text")
        << user(u"jdoe.test"_s, expect(u"invalid_request:MFA"_s)) << State::Passed << QString();
    QTest::newRow("the text alone, whatever its case")
        << user(u"suspended.user.test"_s, expect(u":IS SUSPENDED"_s)) << State::Passed << QString();
    QTest::newRow("another text")
        << user(u"locked.user.test"_s, expect(u"invalid_request:suspended"_s)) << State::Failed
        << u"Expected invalid_request:suspended, but the login was refused: "
           u"invalid_request: User is locked. Access is unauthorized (HTTP status 401)"_s;
    QTest::newRow("a success where an error was due")
        << user(u"app.smoke.test"_s, expect(u":locked"_s)) << State::Failed
        << u"Expected :locked, but the login works."_s;
}

void TestLoginSuite::comparesWithTheExpectation()
{
    QFETCH(LoginProfile, profile);
    QFETCH(State, state);
    QFETCH(QString, reason);
    const std::vector<SuiteRun> runs = runAll({profile});
    QCOMPARE(runs.size(), 1u);
    QCOMPARE(runs.front().state, state);
    QCOMPARE(runs.front().reason, reason);
    QVERIFY(runs.front().wasRun());
    QVERIFY(runs.front().at.isValid());
    QVERIFY(runs.front().result);
}

void TestLoginSuite::aFailedCheckOfTheIdTokenIsADifference()
{
    FaultServer *server = nullptr;
    const QByteArray claims = toBase64Url(R"({"iss":"https://acme.example.com","exp":4102444800,"iat":1})");
    FaultServer provider(TestLoginSuite::provider(
        server, FaultServer::answer(200, R"({"access_token":"a","token_type":"Bearer","id_token":")" +
                                             toBase64Url(R"({"alg":"RS256"})") + '.' + claims + R"(.AA"})")));
    server = &provider;
    LoginProfile first = user(u"app.smoke.test"_s);
    first.request.issuer = provider.url(u"/oidc/2"_s);
    LoginProfile second = first;
    second.expectation = {.kind = Kind::Error, .error = u"token_issuer"_s};
    const std::vector<SuiteRun> runs = runAll({first, second});
    // The password was right: it does not count toward the lock-out, so the other one is not skipped.
    QCOMPARE(states(runs), QList<State>({State::Failed, State::Passed}));
    QVERIFY2(
        runs[0].reason.startsWith(
            u"Expected success, but the ID token failed a check. issuer: It says https://acme.example.com"_s),
        qPrintable(runs[0].reason));
    QVERIFY(runs[0].result->hasFailedChecks());
}

void TestLoginSuite::whatIsNoAnswerIsAnError()
{
    LoginProfile unreachable = service(u"a"_s, LoginExpectation{.kind = Kind::Error, .description = u"x"_s});
    unreachable.request.issuer = QUrl(u"http://127.0.0.1:1/oidc/2"_s);
    LoginProfile incomplete = service(u"b"_s);
    incomplete.request.clientId.clear();
    const std::vector<SuiteRun> runs = runAll({unreachable, incomplete});
    QCOMPARE(states(runs), QList<State>({State::Error, State::Error}));
    QCOMPARE(runs[0].result.error().kind, ErrorKind::Unreachable);
    QCOMPARE(runs[0].reason, runs[0].result.error().message);
    QCOMPARE(runs[1].result.error().kind, ErrorKind::InvalidInput);
}

void TestLoginSuite::whatIsIncompleteIsSkippedIfToldTo()
{
    LoginProfile noPassword = user(u"app.smoke.test"_s);
    noPassword.request.password = {};
    LoginProfile noSecret = service(u"b"_s);
    noSecret.request.clientSecret = {};
    const std::vector<SuiteRun> runs =
        runAll({noPassword, noSecret, user(u"app.smoke.test"_s)}, {.skipsIncomplete = true});
    QCOMPARE(states(runs), QList<State>({State::Skipped, State::Skipped, State::Passed}));
    QCOMPARE(runs[0].reason, u"Not run: no password."_s);
    QCOMPARE(runs[1].reason, u"Not run: no client secret."_s);
}

void TestLoginSuite::anEmptySuiteIsOver()
{
    const auto suite = makeSuite();
    QSignalSpy finished(suite.get(), &LoginSuite::finished);
    suite->start({});
    QCOMPARE(finished.count(), 0); // not before the function returned
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(!suite->isRunning());
}

void TestLoginSuite::skipsAUserAfterTheFirstFailureOfAPassword()
{
    const std::vector<SuiteRun> runs =
        runAll({user(u"app.smoke.test"_s, kSuccess, u"wrong"_s), user(u"app.smoke.test"_s),
                user(u" APP.Smoke.Test "_s), user(u"finance.clerk.test"_s), service(u"service"_s)});
    QCOMPARE(states(runs),
             QList<State>({State::Failed, State::Skipped, State::Skipped, State::Passed, State::Passed}));
    QCOMPARE(runs[1].reason,
             u"Skipped: app.smoke.test failed once, another failure counts toward the lock-out."_s);
    QVERIFY(!runs[1].wasRun());
}

void TestLoginSuite::anExpectedFailureCountsTooAndComesLast()
{
    const std::vector<SuiteRun> runs = runAll({user(u"app.smoke.test"_s, kWrongPassword, u"wrong"_s),
                                               user(u"app.smoke.test"_s, kWrongPassword, u"wrong too"_s),
                                               user(u"app.smoke.test"_s, kSuccess)});
    // The success first, so that the failure cannot keep it from running.
    QCOMPARE(states(runs), QList<State>({State::Passed, State::Skipped, State::Passed}));
}

void TestLoginSuite::goesOnIfToldTo()
{
    const std::vector<SuiteRun> runs =
        runAll({user(u"app.smoke.test"_s, kSuccess, u"wrong"_s), user(u"app.smoke.test"_s, kSuccess)},
               {.goesOnAfterFailure = true});
    QCOMPARE(states(runs), QList<State>({State::Failed, State::Passed}));
}

void TestLoginSuite::aRefusalOfTheClientDoesNotCount()
{
    LoginProfile wrongApp = user(u"app.smoke.test"_s);
    wrongApp.request.clientSecret = Secret::fromText(u"wrong"_s);
    LoginProfile unknownApp = user(u"app.smoke.test"_s);
    unknownApp.request.clientId = u"nobody"_s;
    const std::vector<SuiteRun> runs = runAll({wrongApp, unknownApp, user(u"app.smoke.test"_s)});
    QCOMPARE(states(runs), QList<State>({State::Failed, State::Failed, State::Passed}));
}

void TestLoginSuite::aLoginWhoseOutcomeIsNotKnownCounts()
{
    FaultServer *raw = nullptr;
    FaultServer server(provider(raw, {.then = FaultReply::Then::Close}));
    raw = &server;
    LoginProfile first = user(u"jdoe.test"_s);
    first.request.issuer = server.url(u"/oidc/2"_s);
    const std::vector<SuiteRun> runs = runAll({first, first});
    QCOMPARE(states(runs), QList<State>({State::Error, State::Skipped}));
    QCOMPARE(runs[0].result.error().kind, ErrorKind::OutcomeUnknown);
    QVERIFY(runs[1].reason.contains(u"is not known"_s));
    QCOMPARE(logins(server), 1);
}

void TestLoginSuite::tooManyRequestsStopTheRestOfTheTenant()
{
    for (const QByteArray &body : {QByteArray(R"({"error":"slow_down"})"), QByteArray("{}")}) {
        FaultServer *raw = nullptr;
        FaultServer server(provider(raw, FaultServer::answer(429, body, "Retry-After: 17\r\n")));
        raw = &server;
        LoginProfile first = service(u"first"_s);
        first.tenant = {1};
        first.request.issuer = server.url(u"/oidc/2"_s);
        LoginProfile second = first;
        second.name = u"second"_s;
        const std::vector<SuiteRun> runs = runAll({first, second, service(u"elsewhere"_s)}, {.parallel = 1});
        QCOMPARE(runs[1].state, State::Skipped);
        QCOMPARE(runs[1].reason, u"Skipped: the tenant got too many requests (429) and asks to wait 17 s."_s);
        QCOMPARE(runs[2].state, State::Passed);
        QCOMPARE(logins(server), 1);
        QVERIFY(runAll({first, second}, {.parallel = 1, .goesOnAfterFailure = true})[1].wasRun());
    }
}

void TestLoginSuite::warnsOfNamesThatMayBeOneUser()
{
    const LoginProfile one = user(u"jdoe.test"_s, kWrongPassword, u"wrong"_s);
    const LoginProfile other = user(u"jdoe@example.com"_s, kWrongPassword, u"wrong"_s);
    QVERIFY(LoginSuite::aliasWarning({one, user(u"JDOE.test "_s, kWrongPassword, u"wrong"_s)}).isEmpty());
    QVERIFY(LoginSuite::aliasWarning({one, user(u"finance.clerk.test"_s)}).isEmpty());
    QVERIFY(LoginSuite::aliasWarning({one, other}).contains(u"one user"_s));
}

void TestLoginSuite::anotherIssuerIsAnotherUser()
{
    FaultServer *raw = nullptr;
    FaultServer server(provider(
        raw, FaultServer::answer(
                 401, R"({"error":"invalid_request","error_description":"Authentication Failed"})")));
    raw = &server;
    LoginProfile elsewhere = user(u"app.smoke.test"_s);
    elsewhere.request.issuer = server.url(u"/oidc/2"_s);
    const std::vector<SuiteRun> runs = runAll({elsewhere, user(u"app.smoke.test"_s)});
    QCOMPARE(states(runs), QList<State>({State::Failed, State::Passed}));
}

void TestLoginSuite::whatMayCountTowardTheLockOut_data()
{
    QTest::addColumn<Grant>("grant");
    QTest::addColumn<Result<LoginOutcome>>("result");
    QTest::addColumn<bool>("counts");
    const auto refusal = [](const QString &error, const QString &description) {
        return Result<LoginOutcome>(LoginOutcome{.error = error, .errorDescription = description});
    };
    const auto failure = [](ErrorKind kind) { return Result<LoginOutcome>(fail(kind, u"x"_s)); };
    const auto row = [](const char *name, const Result<LoginOutcome> &result, bool counts,
                        Grant grant = Grant::Password) { QTest::newRow(name) << grant << result << counts; };
    row("success", LoginOutcome{.ok = true}, false);
    row("wrong password", refusal(u"invalid_request"_s, u"Authentication Failed: x"_s), true);
    row("wrong password elsewhere", refusal(u"invalid_grant"_s, {}), true);
    row("MFA", refusal(u"invalid_request"_s, u"MFA is required for this user"_s), true);
    row("something new", refusal(u"something_new"_s, {}), true);
    row("unknown client", refusal(u"invalid_request"_s, u"Resource not found"_s), false);
    row("client refused", refusal(u"invalid_client"_s, {}), false);
    row("scope refused", refusal(u"invalid_scope"_s, {}), false);
    row("not a password", refusal(u"invalid_grant"_s, {}), false, Grant::ClientCredentials);
    row("broken", failure(ErrorKind::OutcomeUnknown), true);
    row("timeout", failure(ErrorKind::Timeout), true);
    row("web page", failure(ErrorKind::NotUnderstood), true);
    row("another dialect", failure(ErrorKind::Unauthorized), true);
    row("nothing arrived", failure(ErrorKind::Unreachable), false);
    row("nothing was sent", failure(ErrorKind::InvalidInput), false);
    row("no secret", failure(ErrorKind::SecretMissing), false);
}

void TestLoginSuite::whatMayCountTowardTheLockOut()
{
    QFETCH(Grant, grant);
    QFETCH(Result<LoginOutcome>, result);
    QFETCH(bool, counts);
    QCOMPARE(mayCountTowardLockOut({.grant = grant}, result), counts);
}

void TestLoginSuite::runsAFewAtATime()
{
    FaultServer *raw = nullptr;
    FaultServer server(provider(raw, {})); // never an answer
    raw = &server;
    LoginProfile stuck = service(u"a"_s);
    stuck.request.issuer = server.url(u"/oidc/2"_s);
    for (int parallel : {1, 2, 3}) {
        const auto suite = makeSuite({.parallel = parallel});
        suite->start({stuck, stuck, stuck, stuck});
        const qsizetype before = logins(server);
        QTRY_COMPARE(logins(server) - before, parallel);
        QCOMPARE(states(suite->runs()).count(State::Running), parallel);
        QCOMPARE(states(suite->runs()).count(State::Waiting), 4 - parallel);
    }
    QTRY_COMPARE(server.openConnections(), 0); // destroying a suite ends its requests
}

void TestLoginSuite::neverRunsTwoOfAUserAtOnce()
{
    const auto suite = makeSuite({.parallel = 4});
    qsizetype most = 0;
    qsizetype mostOfUser = 0;
    connect(suite.get(), &LoginSuite::changed, suite.get(), [&] {
        qsizetype running = 0;
        qsizetype ofUser = 0;
        for (const SuiteRun &run : suite->runs()) {
            running += run.state == State::Running ? 1 : 0;
            ofUser +=
                run.state == State::Running && run.profile.request.username.toLower() == "app.smoke.test"_L1
                    ? 1
                    : 0;
        }
        most = std::max(most, running);
        mostOfUser = std::max(mostOfUser, ofUser);
    });
    QSignalSpy finished(suite.get(), &LoginSuite::finished);
    suite->start({user(u"app.smoke.test"_s), user(u"App.Smoke.Test"_s), user(u"app.smoke.test"_s),
                  service(u"a"_s), service(u"b"_s), user(u"finance.clerk.test"_s)});
    QVERIFY(finished.wait(30'000));
    QCOMPARE(states(suite->runs()).count(State::Passed), 6);
    QCOMPARE(mostOfUser, 1);
    QCOMPARE(most, 4);
}

void TestLoginSuite::neverRepeatsALogin()
{
    for (const FaultReply &reply :
         {FaultServer::answer(503, "{}", "Retry-After: 0\r\n"), FaultServer::html(502),
          FaultServer::answer(429, "", "Retry-After: 0\r\n"), FaultReply{.then = FaultReply::Then::Reset}}) {
        FaultServer *raw = nullptr;
        FaultServer server(provider(raw, reply));
        raw = &server;
        LoginProfile profile = user(u"jdoe.test"_s);
        profile.request.issuer = server.url(u"/oidc/2"_s);
        QCOMPARE(runAll({profile}).size(), 1u);
        QCOMPARE(logins(server), 1);
    }
}

void TestLoginSuite::leavesTheBrowserAloneUnlessAskedFor()
{
    LoginProfile browser = service(u"browser"_s);
    browser.request.grant = Grant::AuthorizationCode;
    const std::vector<SuiteRun> runs = runAll({browser, service(u"a"_s)});
    QCOMPARE(states(runs), QList<State>({State::Skipped, State::Passed}));
    QCOMPARE(runs[0].reason, u"Skipped: a login in the browser needs a person."_s);
}

void TestLoginSuite::oneBrowserLoginAtATime()
{
    FaultServer *raw = nullptr;
    FaultServer server(provider(raw, {}));
    raw = &server;
    LoginProfile browser = service(u"browser"_s);
    browser.request.grant = Grant::AuthorizationCode;
    browser.request.issuer = server.url(u"/oidc/2"_s);
    browser.request.redirectPort = 0;
    QList<QUrl> opened;
    LoginSuite suite(m_http, m_clock, give, {.parallel = 3, .withBrowser = true}, [&opened](const QUrl &url) {
        opened.append(url);
        return true;
    });
    QSignalSpy needed(&suite, &LoginSuite::browserNeeded);
    QSignalSpy finished(&suite, &LoginSuite::finished);
    suite.start({browser, browser});
    QTRY_COMPARE(needed.count(), 1);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(needed.front().at(1).toUrl(), opened.front());
    QCOMPARE(states(suite.runs()), QList<State>({State::Running, State::Waiting}));
    suite.cancel();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(states(suite.runs()), QList<State>({State::Skipped, State::Skipped}));
}

void TestLoginSuite::cancelKeepsWhatIsDone()
{
    FaultServer *raw = nullptr;
    FaultServer server(provider(raw, {}));
    raw = &server;
    LoginProfile stuck = service(u"stuck"_s);
    stuck.request.issuer = server.url(u"/oidc/2"_s);
    const auto suite = makeSuite({.parallel = 1});
    QSignalSpy finished(suite.get(), &LoginSuite::finished);
    suite->start({service(u"a"_s), stuck, service(u"b"_s)});
    QTRY_COMPARE(logins(server), 1);
    suite->cancel();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(states(suite->runs()), QList<State>({State::Passed, State::Skipped, State::Skipped}));
    QCOMPARE(suite->runs()[1].reason, u"Cancelled while it ran. The request may have arrived."_s);
    QCOMPARE(suite->runs()[2].reason, u"Cancelled before it ran."_s);
    QTRY_COMPARE(server.openConnections(), 0);
    suite->cancel(); // nothing is left to cancel
    suite->start({service(u"a"_s)});
    QTRY_COMPARE(finished.count(), 2);
    QCOMPARE(states(suite->runs()), QList<State>({State::Passed}));
}

void TestLoginSuite::aSecretThatCannotBeHadIsAnError()
{
    LoginSuite suite(m_http, m_clock,
                     [](const LoginProfile &profile, const Continuation<LoginRequest> &continuation) {
                         if (profile.name == "a"_L1)
                             finishLater<LoginRequest>(continuation,
                                                       fail(ErrorKind::KeychainLocked, u"It is locked."_s));
                         else
                             give(profile, continuation);
                     },
                     {});
    QSignalSpy finished(&suite, &LoginSuite::finished);
    suite.start({service(u"a"_s), service(u"b"_s)});
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(states(suite.runs()), QList<State>({State::Error, State::Passed}));
    QCOMPARE(suite.runs()[0].reason, u"It is locked."_s);
}

void TestLoginSuite::tellsTheProgress()
{
    const auto suite = makeSuite();
    QStringList heard;
    connect(suite.get(), &LoginSuite::changed, suite.get(), [&](qsizetype index) {
        const SuiteRun &run = suite->runs().at(static_cast<size_t>(index));
        heard.append(run.profile.name + (run.isOver() ? u" over"_s : u" begun"_s));
    });
    QSignalSpy finished(suite.get(), &LoginSuite::finished);
    suite->start({service(u"a"_s), service(u"b"_s)});
    QVERIFY(suite->isRunning());
    QTRY_COMPARE(finished.count(), 1);
    heard.sort();
    QCOMPARE(heard, QStringList({u"a begun"_s, u"a over"_s, u"b begun"_s, u"b over"_s}));
}

QTEST_GUILESS_MAIN(TestLoginSuite)
#include "tst_loginsuite.moc"
