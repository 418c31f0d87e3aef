// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantapply.h"
#include "onelogin/apiclient.h"
#include "onelogin/tokensource.h"
#include "support/faultproxy.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The change under test: not a read, and not the request for a token.
bool isChange(const Arrival &arrival)
{
    return arrival.method != "GET" && arrival.target.contains("/clients");
}

qsizetype countChanges(const std::vector<Arrival> &arrivals)
{
    return std::count_if(arrivals.begin(), arrivals.end(), isChange);
}

FaultReply reset()
{
    return {.then = FaultReply::Then::Reset};
}

} // namespace

/// Changes whose answer is lost, late, wrong or a lie, between a real client and a real sandbox.
class TestGrantFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aStoredChangeIsProvenWithoutAnAnswer_data();
    void aStoredChangeIsProvenWithoutAnAnswer();
    void aLostRequestIsNotStoredAndNotSentAgain_data();
    void aLostRequestIsNotStoredAndNotSentAgain();
    void anAcceptedChangeThatIsNotThereIsNotStored_data();
    void anAcceptedChangeThatIsNotThereIsNotStored();
    void aHalfStoredChangeIsNotStored();
    void aChangeThatCannotBeReadBackMayBeStored_data();
    void aChangeThatCannotBeReadBackMayBeStored();
    void aRefusalIsNoDoubtEvenIfReadingFails();
    void aThrottledChangeWaitsAndGoesOn();
    void whatChangesDuringAWaitIsNotOverwritten();
    void aChangeThatIsThrottledAgainAndAgainIsGivenUp();
    void theNextChangeGoesOnAfterALostAnswer();

private:
    enum Kind { Add, Update, Remove };

    std::vector<ClientApp> read()
    {
        const auto apps = waitFor<std::vector<ClientApp>>(
            [this](auto k) { AuthServersApi(*m_api).clientApps(m_server, k); });
        return apps.value_or(std::vector<ClientApp>());
    }
    std::optional<ScopeSet> scopesNow(AppId id)
    {
        for (const ClientApp &app : read()) {
            if (app.id == id)
                return app.scopes;
        }
        return std::nullopt;
    }
    AppId clientApp(QStringView name) { return AppId{m_sandbox->app(name).id}; }
    GrantPlan planFor(Kind kind)
    {
        GrantPlan plan(read());
        if (kind == Add) {
            plan.addApp(clientApp(u"backup-agent"), u"backup-agent"_s);
            plan.setWanted(clientApp(u"backup-agent"), {m_scopes[0], m_scopes[2]});
        } else if (kind == Update) {
            plan.setWanted(clientApp(u"audit-export"), {m_scopes[1]});
        } else {
            plan.removeApp(clientApp(u"portal-web"));
        }
        return plan;
    }
    std::vector<AppliedChange> apply(const GrantPlan &plan)
    {
        m_proxy->forget();
        GrantApply run(AuthServersApi(*m_api), m_server, plan.changes(), m_clock);
        QSignalSpy finished(&run, &GrantApply::finished);
        run.start();
        if (!QTest::qWaitFor([&finished] { return !finished.isEmpty(); }, 30'000))
            return std::vector<AppliedChange>(1);
        return run.changes();
    }
    static void kinds()
    {
        QTest::addColumn<Kind>("kind");
        QTest::newRow("POST") << Add;
        QTest::newRow("PUT") << Update;
        QTest::newRow("DELETE") << Remove;
    }

    std::unique_ptr<SandboxProcess> m_sandbox;
    std::unique_ptr<FaultProxy> m_proxy;
    SystemClock m_clock;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<TokenSource> m_tokens;
    std::unique_ptr<ApiClient> m_api;
    AuthServerId m_server;
    std::vector<ScopeId> m_scopes;
};

void TestGrantFaults::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_sandbox = std::make_unique<SandboxProcess>();
    QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->problem()));
    m_api.reset();
    m_tokens.reset();
    m_http.reset();
    m_network = std::make_unique<QNetworkAccessManager>();
    m_proxy = std::make_unique<FaultProxy>(m_sandbox->url());
    m_http = std::make_unique<HttpClient>(*m_network, m_clock);
    const SandboxProcess::Credential pair = m_sandbox->credential(u"grants-admin");
    const Secret secret = Secret::fromText(pair.clientSecret);
    m_tokens = std::make_unique<TokenSource>(
        *m_http, m_clock, m_proxy->url(), pair.clientId, pair.name,
        [secret](const Continuation<Secret> &k) { finishLater<Secret>(k, secret); });
    m_api = std::make_unique<ApiClient>(*m_http, *m_tokens, m_clock, m_proxy->url(), pair.name);
    m_server = {m_sandbox->server(u"Invoices API").id};
    const auto scopes =
        waitFor<std::vector<Scope>>([this](auto k) { AuthServersApi(*m_api).scopes(m_server, k); });
    QVERIFY_OK(scopes);
    m_scopes.clear();
    for (const Scope &scope : *scopes)
        m_scopes.push_back(scope.id);
    QVERIFY(m_scopes.size() >= 4);
}

void TestGrantFaults::aStoredChangeIsProvenWithoutAnAnswer_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<FaultReply>("answer");
    const std::initializer_list<std::pair<const char *, Kind>> verbs{
        {"POST", Add}, {"PUT", Update}, {"DELETE", Remove}};
    for (const auto &[verb, kind] : verbs) {
        QTest::addRow("%s, reset", verb) << kind << reset();
        QTest::addRow("%s, closed", verb) << kind << FaultReply{.then = FaultReply::Then::Close};
        QTest::addRow("%s, html 502", verb) << kind << FaultServer::html(502);
        QTest::addRow("%s, html 200", verb) << kind << FaultServer::html(200);
        QTest::addRow("%s, 500 of the API", verb)
            << kind
            << FaultServer::answer(500,
                                   R"({"statusCode":500,"name":"InternalServerError","message":"Oops"})");
        QTest::addRow("%s, cut off", verb)
            << kind
            << FaultReply{.bytes = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                   "Content-Length: 400\r\n\r\n{\"id\":",
                          .then = FaultReply::Then::Close};
        QTest::addRow("%s, garbage", verb)
            << kind << FaultReply{.bytes = "*** no HTTP ***\r\n\r\n", .then = FaultReply::Then::Close};
        QTest::addRow("%s, never", verb) << kind << FaultReply{};
    }
}

void TestGrantFaults::aStoredChangeIsProvenWithoutAnAnswer()
{
    QFETCH(Kind, kind);
    QFETCH(FaultReply, answer);
    GrantPlan plan = planFor(kind);
    if (answer.bytes.isEmpty() && answer.then == FaultReply::Then::KeepOpen)
        m_http->setTimeouts({.idle = 500ms, .whole = 1000ms});
    m_proxy->setScript([answer](const Arrival &arrival, const FaultProxy::Forward &forward) {
        const FaultReply real = forward(arrival);
        return isChange(arrival) ? answer : real;
    });
    const AppliedChange row = apply(plan).at(0);
    QVERIFY2(row.state == ApplyState::Verified, row.error ? describe(*row.error).constData() : "");
    QVERIFY(!row.error);
    QCOMPARE(countChanges(m_proxy->arrived()), 1);
    QCOMPARE(countChanges(m_proxy->forwarded()), 1);
    plan.rebase(read());
    QVERIFY(plan.isEmpty());
}

void TestGrantFaults::aLostRequestIsNotStoredAndNotSentAgain_data()
{
    kinds();
}

void TestGrantFaults::aLostRequestIsNotStoredAndNotSentAgain()
{
    QFETCH(Kind, kind);
    GrantPlan plan = planFor(kind);
    m_proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
        return isChange(arrival) ? reset() : forward(arrival);
    });
    const AppliedChange row = apply(plan).at(0);
    QCOMPARE(row.state, ApplyState::NotStored);
    QVERIFY(row.error);
    QCOMPARE(row.error->kind, ErrorKind::Unreachable); // the reading has settled it
    QVERIFY(row.error->message.contains("read again"_L1));
    QVERIFY(!row.error->detail.isEmpty());
    QCOMPARE(countChanges(m_proxy->arrived()), 1);
    QCOMPARE(countChanges(m_proxy->forwarded()), 0);
    plan.rebase(read());
    QCOMPARE(plan.changes().size(), size_t(1));
}

void TestGrantFaults::anAcceptedChangeThatIsNotThereIsNotStored_data()
{
    kinds();
}

void TestGrantFaults::anAcceptedChangeThatIsNotThereIsNotStored()
{
    QFETCH(Kind, kind);
    GrantPlan plan = planFor(kind);
    m_proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
        return isChange(arrival) ? FaultServer::answer(200, R"({"id":1})") : forward(arrival);
    });
    const AppliedChange row = apply(plan).at(0);
    QCOMPARE(row.state, ApplyState::NotStored);
    QVERIFY(row.error);
    QVERIFY(row.error->message.contains("accepted the change, but"_L1));
    QCOMPARE(countChanges(m_proxy->arrived()), 1);
    plan.rebase(read());
    QCOMPARE(plan.changes().size(), size_t(1));
}

void TestGrantFaults::aHalfStoredChangeIsNotStored()
{
    GrantPlan plan(read());
    QVERIFY(plan.setWanted(clientApp(u"audit-export"), {m_scopes[1], m_scopes[3]}));
    m_proxy->setScript([this](const Arrival &arrival, const FaultProxy::Forward &forward) {
        Arrival handedOn = arrival;
        if (isChange(arrival))
            handedOn.body = "{\"scopes\":[" + m_scopes[1].toString().toUtf8() + "]}";
        return forward(handedOn);
    });
    const AppliedChange row = apply(plan).at(0);
    QCOMPARE(row.state, ApplyState::NotStored);
    QVERIFY(row.error);
    QVERIFY(row.error->kind != ErrorKind::OutcomeUnknown);
    QVERIFY(row.found == ScopeSet{m_scopes[1]});
    plan.rebase(read());
    QVERIFY(plan.changes().at(0).added() == ScopeSet{m_scopes[3]});
}

void TestGrantFaults::aChangeThatCannotBeReadBackMayBeStored_data()
{
    QTest::addColumn<bool>("isStored");
    QTest::addColumn<bool>("isAnswered");
    QTest::newRow("stored, answered") << true << true;
    QTest::newRow("stored, answer lost") << true << false;
    QTest::newRow("not stored, answer lost") << false << false;
}

void TestGrantFaults::aChangeThatCannotBeReadBackMayBeStored()
{
    QFETCH(bool, isStored);
    QFETCH(bool, isAnswered);
    GrantPlan plan = planFor(Update);
    const std::vector<ClientApp> before = read();
    bool isSent = false;
    m_proxy->setScript([&](const Arrival &arrival, const FaultProxy::Forward &forward) {
        if (isSent)
            return FaultServer::html(502);
        isSent = isChange(arrival);
        const FaultReply real = isSent && !isStored ? reset() : forward(arrival);
        return isSent && !isAnswered ? reset() : real;
    });
    const AppliedChange row = apply(plan).at(0);
    QCOMPARE(row.state, ApplyState::NotStored);
    QVERIFY(row.error);
    QCOMPARE(row.error->kind, ErrorKind::OutcomeUnknown);
    QVERIFY(row.error->message.contains("may be stored"_L1));
    QCOMPARE(countChanges(m_proxy->arrived()), 1);
    plan.rebase(before); // all that is known
    QCOMPARE(plan.changes().size(), size_t(1));
    m_proxy->setScript({});
    QCOMPARE(scopesNow(clientApp(u"audit-export")) == ScopeSet{m_scopes[1]}, isStored);
    // Applying once more settles it, with a second request only if the first one got lost.
    const AppliedChange again = apply(plan).at(0);
    QCOMPARE(again.state, ApplyState::Verified);
    QCOMPARE(countChanges(m_proxy->arrived()), isStored ? 0 : 1);
}

void TestGrantFaults::aRefusalIsNoDoubtEvenIfReadingFails()
{
    GrantPlan plan(read());
    QVERIFY(plan.setWanted(clientApp(u"audit-export"), {ScopeId{51}})); // of another server
    bool isSent = false;
    m_proxy->setScript([&isSent](const Arrival &arrival, const FaultProxy::Forward &forward) {
        if (isSent)
            return reset();
        isSent = isChange(arrival);
        return forward(arrival);
    });
    const AppliedChange row = apply(plan).at(0);
    QCOMPARE(row.state, ApplyState::NotStored);
    QVERIFY(row.error);
    QCOMPARE(row.error->httpStatus, 422);
    QCOMPARE(row.error->kind, ErrorKind::Invalid);
}

void TestGrantFaults::aThrottledChangeWaitsAndGoesOn()
{
    GrantPlan plan = planFor(Update);
    int refusals = 0;
    m_proxy->setScript([&refusals](const Arrival &arrival, const FaultProxy::Forward &forward) {
        if (!isChange(arrival) || refusals == 1)
            return forward(arrival);
        ++refusals;
        return FaultServer::answer(429,
                                   R"({"statusCode":429,"name":"TooManyRequests","message":"Slow down"})",
                                   "Retry-After: 1\r\n");
    });
    QSignalSpy waiting(m_api.get(), &ApiClient::waiting);
    QElapsedTimer timer;
    timer.start();
    const AppliedChange row = apply(plan).at(0);
    QVERIFY2(row.state == ApplyState::Verified, row.error ? describe(*row.error).constData() : "");
    QVERIFY(timer.elapsed() >= 1000);
    QVERIFY(waiting.count() >= 2); // how long, and that it is over
    QCOMPARE(waiting.first().at(0).value<std::chrono::seconds>(), 1s);
    QCOMPARE(countChanges(m_proxy->arrived()), 2);
    QCOMPARE(countChanges(m_proxy->forwarded()), 1);
}

void TestGrantFaults::whatChangesDuringAWaitIsNotOverwritten()
{
    GrantPlan plan = planFor(Update);
    const AppId app = plan.changes().front().app;
    int changes = 0;
    m_proxy->setScript([&](const Arrival &arrival, const FaultProxy::Forward &forward) {
        if (!isChange(arrival) || ++changes > 1)
            return forward(arrival);
        Arrival others = arrival; // somebody else writes while we are asked to wait
        others.body = "{\"scopes\":[" + QByteArray::number(m_scopes[3].value) + "]}";
        forward(others);
        return FaultServer::answer(429, {}, "Retry-After: 1\r\n", "text/html");
    });
    QSignalSpy waiting(m_api.get(), &ApiClient::waiting);
    const AppliedChange row = apply(plan).at(0);
    QCOMPARE(row.state, ApplyState::Conflict);
    QVERIFY(row.found == ScopeSet{m_scopes[3]});
    QVERIFY(!waiting.isEmpty());
    QCOMPARE(changes, 1);
    const auto now = ClientAppIndex(read()).scopesOf(app);
    QVERIFY(now == ScopeSet{m_scopes[3]});
}

void TestGrantFaults::aChangeThatIsThrottledAgainAndAgainIsGivenUp()
{
    GrantPlan plan = planFor(Update);
    m_proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
        return isChange(arrival) ? FaultServer::answer(429, {}, "Retry-After: 0\r\n", "text/html")
                                 : forward(arrival);
    });
    const AppliedChange row = apply(plan).at(0);
    QCOMPARE(row.state, ApplyState::NotStored);
    QVERIFY(row.error);
    QCOMPARE(row.error->kind, ErrorKind::RateLimited);
    QCOMPARE(countChanges(m_proxy->arrived()), GrantApply::kMostRefusals);
}

void TestGrantFaults::theNextChangeGoesOnAfterALostAnswer()
{
    GrantPlan plan = planFor(Update);
    QVERIFY(plan.setWanted(clientApp(u"portal-web"), {m_scopes[1]}));
    QCOMPARE(plan.changes().size(), size_t(2));
    int changes = 0;
    m_proxy->setScript([&changes](const Arrival &arrival, const FaultProxy::Forward &forward) {
        const FaultReply real = forward(arrival);
        return isChange(arrival) && ++changes == 1 ? reset() : real;
    });
    const std::vector<AppliedChange> rows = apply(plan);
    QCOMPARE(rows.at(0).state, ApplyState::Verified);
    QCOMPARE(rows.at(1).state, ApplyState::Verified);
    QCOMPARE(countChanges(m_proxy->forwarded()), 2);
}

QTEST_GUILESS_MAIN(TestGrantFaults)
#include "tst_grantfaults.moc"
