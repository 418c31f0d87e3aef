// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantapply.h"
#include "grants/grantjournal.h"

#include "onelogin/apiclient.h"
#include "onelogin/tokensource.h"
#include "store/workspace.h"
#include "support/fakeclock.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// Applies real changes to a real sandbox.
class TestGrantApply : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void storesAddUpdateAndRemove();
    void anEmptyListIsStoredAsAnUpdate();
    void sendsNothingThatIsAlreadyThere();
    void stopsAtAConflict();
    void goesOnAfterARefusedChange();
    void stopsAfterTheCurrentChange();
    void reportsAReadingThatFails();
    void aReadingServesManyChanges();
    void sendsNothingOnAnOldReading();
    void asksForMoreAtATimeWhereAnswersAreQuick_data();
    void asksForMoreAtATimeWhereAnswersAreQuick();
    void aRefusalOfUsEndsTheApply();
    void givesUpAndSaysWhatMayBeStored();
    void givesUpBeforeItHasBegun();

private:
    void choose(QStringView server)
    {
        m_server = {m_sandbox->server(server).id};
        m_scopes.clear();
        const auto scopes =
            waitFor<std::vector<Scope>>([this](auto k) { AuthServersApi(*m_api).scopes(m_server, k); });
        for (const Scope &scope : scopes.value_or(std::vector<Scope>()))
            m_scopes.push_back(scope.id);
    }
    /// Every client app gets other scopes than it has.
    GrantPlan turnOver()
    {
        const std::vector<ClientApp> apps = read();
        GrantPlan plan(apps);
        for (const ClientApp &each : apps)
            plan.setWanted(each.id, each.scopes == ScopeSet{m_scopes[0]} ? ScopeSet{m_scopes[1]}
                                                                         : ScopeSet{m_scopes[0]});
        return plan;
    }
    qsizetype readings() const
    {
        return std::count_if(m_exchanges.begin(), m_exchanges.end(), [](const Exchange &each) {
            return !each.isWrite() && each.url.path().endsWith("/clients"_L1);
        });
    }

    std::vector<ClientApp> read()
    {
        const auto apps = waitFor<std::vector<ClientApp>>(
            [this](auto k) { AuthServersApi(*m_api).clientApps(m_server, k); });
        return apps.value_or(std::vector<ClientApp>());
    }
    ClientApp app(QStringView name)
    {
        const std::vector<ClientApp> apps = read();
        const auto found = std::find_if(apps.begin(), apps.end(),
                                        [name](const ClientApp &each) { return each.name == name; });
        return found == apps.end() ? ClientApp() : *found;
    }
    std::vector<AppliedChange> apply(std::vector<GrantChange> changes, bool stopAtTheFirst = false)
    {
        GrantApply run(AuthServersApi(*m_api), m_server, std::move(changes), m_clock);
        if (stopAtTheFirst)
            connect(&run, &GrantApply::changed, &run, [&run](qsizetype row) {
                if (run.changes().at(static_cast<size_t>(row)).state == ApplyState::Sending)
                    run.stopSending();
            });
        QSignalSpy finished(&run, &GrantApply::finished);
        run.start();
        if (!QTest::qWaitFor([&finished] { return !finished.isEmpty(); }, 30'000))
            return {};
        return run.changes();
    }
    int writes() const
    {
        return static_cast<int>(
            std::count_if(m_exchanges.begin(), m_exchanges.end(), [](const Exchange &each) {
                return each.isWrite() && each.url.path().contains("/clients"_L1);
            }));
    }

    std::unique_ptr<SandboxProcess> m_sandbox;
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
    std::unique_ptr<TokenSource> m_tokens;
    std::unique_ptr<ApiClient> m_api;
    AuthServerId m_server;
    std::vector<ScopeId> m_scopes;
    QList<Exchange> m_exchanges;
};

void TestGrantApply::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_sandbox = std::make_unique<SandboxProcess>(QStringList{u"--apps"_s, u"40"_s, u"--scopes"_s, u"2"_s});
    QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->problem()));
    const SandboxProcess::Credential pair = m_sandbox->credential(u"grants-admin");
    const Secret secret = Secret::fromText(pair.clientSecret);
    m_api.reset();
    m_tokens = std::make_unique<TokenSource>(
        m_http, m_clock, m_sandbox->url(), pair.clientId, pair.name,
        [secret](const Continuation<Secret> &k) { finishLater<Secret>(k, secret); });
    m_api = std::make_unique<ApiClient>(m_http, *m_tokens, m_clock, m_sandbox->url(), pair.name);
    choose(u"Invoices API");
    QVERIFY(m_scopes.size() >= 4);
    m_http.disconnect(this);
    m_exchanges.clear();
    connect(&m_http, &HttpClient::exchanged, this,
            [this](const Exchange &each) { m_exchanges.append(each); });
}

void TestGrantApply::storesAddUpdateAndRemove()
{
    const ClientApp updated = app(u"audit-export");
    const ClientApp removed = app(u"portal-web");
    const AppId added{m_sandbox->app(u"backup-agent").id};
    GrantPlan plan(read());
    QVERIFY(plan.setWanted(updated.id, {m_scopes[1]}));
    QVERIFY(plan.removeApp(removed.id));
    QVERIFY(plan.addApp(added, u"backup-agent"_s));
    QVERIFY(plan.setWanted(added, {m_scopes[0], m_scopes[2]}));
    const std::vector<AppliedChange> rows = apply(plan.changes());
    QCOMPARE(rows.size(), size_t(3));
    for (const AppliedChange &row : rows)
        QVERIFY2(row.state == ApplyState::Verified, row.error ? describe(*row.error).constData() : "");
    QCOMPARE(writes(), 3);
    QVERIFY(app(u"audit-export").scopes == ScopeSet{m_scopes[1]});
    QVERIFY(!app(u"portal-web").id.isValid());
    QVERIFY((app(u"backup-agent").scopes == ScopeSet{m_scopes[0], m_scopes[2]}));
    plan.rebase(read());
    QVERIFY(plan.isEmpty());
}

void TestGrantApply::anEmptyListIsStoredAsAnUpdate()
{
    GrantPlan plan(read());
    const AppId id = app(u"audit-export").id;
    QVERIFY(plan.setWanted(id, {}));
    const std::vector<AppliedChange> rows = apply(plan.changes());
    QCOMPARE(rows.at(0).state, ApplyState::Verified);
    QVERIFY(rows.at(0).found && rows.at(0).found->empty());
    QCOMPARE(app(u"audit-export").id, id);
}

void TestGrantApply::sendsNothingThatIsAlreadyThere()
{
    GrantPlan plan(read());
    QVERIFY(plan.setWanted(app(u"audit-export").id, {m_scopes[1]}));
    QCOMPARE(apply(plan.changes()).at(0).state, ApplyState::Verified);
    m_exchanges.clear();
    QCOMPARE(apply(plan.changes()).at(0).state, ApplyState::Verified);
    QCOMPARE(writes(), 0);
}

void TestGrantApply::stopsAtAConflict()
{
    GrantPlan plan(read());
    const AppId id = app(u"audit-export").id;
    QVERIFY(plan.setWanted(id, {m_scopes[1]}));
    QVERIFY_OK(
        waitFor([&](auto k) { AuthServersApi(*m_api).updateClientApp(m_server, id, {m_scopes[3]}, k); }));
    m_exchanges.clear();
    const AppliedChange row = apply(plan.changes()).at(0);
    QCOMPARE(row.state, ApplyState::Conflict);
    QVERIFY(row.found == ScopeSet{m_scopes[3]});
    QCOMPARE(writes(), 0);
    QVERIFY_OK(waitFor([&](auto k) { AuthServersApi(*m_api).removeClientApp(m_server, id, k); }));
    m_exchanges.clear();
    QCOMPARE(apply(plan.changes()).at(0).state, ApplyState::Conflict);
    QCOMPARE(writes(), 0);
}

void TestGrantApply::goesOnAfterARefusedChange()
{
    GrantPlan plan(read());
    QVERIFY(
        plan.setWanted({{app(u"audit-export").id, {ScopeId{51}}}, {app(u"portal-web").id, {m_scopes[1]}}}));
    std::vector<AppliedChange> rows = apply(plan.changes());
    QCOMPARE(rows.size(), size_t(2));
    if (rows[0].change.appName != "audit-export"_L1)
        std::swap(rows[0], rows[1]);
    QCOMPARE(rows[0].state, ApplyState::NotStored);
    QCOMPARE(rows[0].error->httpStatus, 422);
    QCOMPARE(rows[1].state, ApplyState::Verified);
    plan.rebase(read());
    QCOMPARE(plan.changes().size(), size_t(1)); // the refused one stays pending
}

void TestGrantApply::stopsAfterTheCurrentChange()
{
    GrantPlan plan(read());
    QVERIFY(plan.setWanted({{app(u"audit-export").id, {m_scopes[1]}},
                            {app(u"portal-web").id, {m_scopes[1]}},
                            {app(u"legacy-erp").id, {m_scopes[2]}}}));
    const std::vector<AppliedChange> rows = apply(plan.changes(), true);
    QCOMPARE(rows.at(0).state, ApplyState::Verified);
    QCOMPARE(rows.at(1).state, ApplyState::Skipped);
    QCOMPARE(rows.at(2).state, ApplyState::Skipped);
    QCOMPARE(writes(), 1);
}

void TestGrantApply::reportsAReadingThatFails()
{
    GrantPlan plan(read());
    QVERIFY(plan.setWanted(app(u"audit-export").id, {m_scopes[1]}));
    QCOMPARE(m_sandbox->stop(), 0);
    const AppliedChange row = apply(plan.changes()).at(0);
    QCOMPARE(row.state, ApplyState::NotStored);
    QCOMPARE(row.error->kind, ErrorKind::Unreachable);
    QCOMPARE(writes(), 0);
}

void TestGrantApply::aReadingServesManyChanges()
{
    const GrantPlan plan = turnOver();
    QCOMPARE(plan.changes().size(), size_t(12));
    m_exchanges.clear();
    const std::vector<AppliedChange> rows = apply(plan.changes());
    for (const AppliedChange &row : rows)
        QCOMPARE(row.state, ApplyState::Verified);
    QCOMPARE(writes(), 12);
    QCOMPARE(readings(), 3); // before one, before the other eleven, and after them
    // The first change goes alone: what it meets, the others would meet too.
    const auto isPut = [](const Exchange &each) { return each.isWrite(); };
    const auto first = std::find_if(m_exchanges.cbegin(), m_exchanges.cend(), isPut);
    QVERIFY(!(first + 1)->isWrite());
}

/// A tenant at which each request takes longer than a reading is good for.
void TestGrantApply::sendsNothingOnAnOldReading()
{
    FakeClock clock;
    choose(u"Scale API");
    const GrantPlan plan = turnOver();
    QCOMPARE(plan.changes().size(), size_t(40));
    m_exchanges.clear();
    GrantApply run(AuthServersApi(*m_api), m_server, plan.changes(), clock);
    connect(&m_http, &HttpClient::exchanged, &run, [&clock](const Exchange &each) {
        if (each.isWrite())
            clock.advance(GrantApply::kFreshFor + std::chrono::milliseconds(1));
    });
    QSignalSpy finished(&run, &GrantApply::finished);
    run.start();
    QTRY_COMPARE(finished.size(), 1);
    for (const AppliedChange &row : run.changes())
        QCOMPARE(row.state, ApplyState::Verified);
    QCOMPARE(writes(), 40); // none twice
    int sinceReading = 0;
    for (const Exchange &each : m_exchanges) {
        sinceReading = each.isWrite() ? sinceReading + 1 : 0;
        QVERIFY(sinceReading <= static_cast<int>(GrantApply::kSideBySide));
    }
}

void TestGrantApply::asksForMoreAtATimeWhereAnswersAreQuick_data()
{
    QTest::addColumn<std::chrono::milliseconds>("first");
    QTest::addColumn<size_t>("atATime");
    QTest::newRow("quick") << GrantApply::kQuick << 2 * GrantApply::kSideBySide;
    QTest::newRow("slow") << GrantApply::kQuick + std::chrono::milliseconds(1) << GrantApply::kSideBySide;
}

void TestGrantApply::asksForMoreAtATimeWhereAnswersAreQuick()
{
    QFETCH(std::chrono::milliseconds, first);
    QFETCH(size_t, atATime);
    FakeClock clock;
    choose(u"Scale API");
    const GrantPlan plan = turnOver();
    m_exchanges.clear();
    GrantApply run(AuthServersApi(*m_api), m_server, plan.changes(), clock);
    connect(&m_http, &HttpClient::exchanged, &run, [&](const Exchange &each) {
        if (each.isWrite() && writes() == 1)
            clock.advance(first);
    });
    std::ptrdiff_t most = 0;
    connect(&run, &GrantApply::changed, &run, [&] {
        most = std::max(most, std::ranges::count(run.changes(), ApplyState::Sending, &AppliedChange::state));
    });
    QSignalSpy finished(&run, &GrantApply::finished);
    run.start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(static_cast<size_t>(most), atATime);
    QCOMPARE(writes(), 40);
}

void TestGrantApply::aRefusalOfUsEndsTheApply()
{
    const GrantPlan plan = turnOver();
    const SandboxProcess::Credential reader = m_sandbox->credential(u"audit-export");
    const Secret secret = Secret::fromText(reader.clientSecret);
    TokenSource tokens(m_http, m_clock, m_sandbox->url(), reader.clientId, reader.name,
                       [secret](const Continuation<Secret> &k) { finishLater<Secret>(k, secret); });
    ApiClient api(m_http, tokens, m_clock, m_sandbox->url(), reader.name);
    GrantApply run(AuthServersApi(api), m_server, plan.changes(), m_clock);
    QSignalSpy finished(&run, &GrantApply::finished);
    m_exchanges.clear();
    run.start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(run.changes().front().state, ApplyState::NotStored);
    QCOMPARE(run.changes().front().error->kind, ErrorKind::Unauthorized);
    QCOMPARE(run.changes().back().state, ApplyState::Skipped);
    QCOMPARE(writes(), 1);
}

void TestGrantApply::givesUpAndSaysWhatMayBeStored()
{
    choose(u"Scale API");
    const GrantPlan plan = turnOver();
    GrantApply run(AuthServersApi(*m_api), m_server, plan.changes(), m_clock);
    QSignalSpy finished(&run, &GrantApply::finished);
    connect(
        &run, &GrantApply::changed, &run,
        [&run](qsizetype row) {
            if (row == 1 && run.changes()[1].state == ApplyState::Sending)
                run.giveUp(u"The window closes."_s);
        },
        Qt::QueuedConnection);
    run.start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(run.changes()[0].state, ApplyState::Verified);
    QCOMPARE(run.changes()[1].state, ApplyState::NotStored);
    QCOMPARE(run.changes()[1].error->kind, ErrorKind::OutcomeUnknown);
    QVERIFY(run.changes()[1].error->detail.contains(u"The window closes."_s));
    QCOMPARE(run.changes().back().state, ApplyState::Skipped);
    QVERIFY(!QTest::qWaitFor([&finished] { return finished.size() > 1; }, 200));
}

void TestGrantApply::givesUpBeforeItHasBegun()
{
    QTemporaryDir folder;
    const auto workspace = Workspace::open(folder.path());
    QVERIFY_OK(workspace);
    const auto tenant = (*workspace)->addTenant({.name = u"acme"_s, .baseUrl = m_sandbox->url()});
    const GrantPlan plan = turnOver();
    GrantApply run(AuthServersApi(*m_api), m_server, plan.changes(), m_clock);
    run.setJournal((*workspace)->grantJournal(),
                   journalHead(*tenant, {.id = m_server, .name = u"Invoices API"_s}, {}, u"grants-admin"_s,
                               ChangeOrigin::CommandLine));
    QSignalSpy finished(&run, &GrantApply::finished);
    run.start();
    run.giveUp(u"The window closes."_s);
    QCOMPARE(finished.size(), 1);
    for (const AppliedChange &row : run.changes())
        QCOMPARE(row.state, ApplyState::Skipped);
    QVERIFY(!run.journalEntry());
    QVERIFY(!QTest::qWaitFor([&finished] { return finished.size() > 1; }, 100));
    QVERIFY((*workspace)->grantJournal().entries(tenant->id)->empty());
}

QTEST_GUILESS_MAIN(TestGrantApply)
#include "tst_grantapply.moc"
