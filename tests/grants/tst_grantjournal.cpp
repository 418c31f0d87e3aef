// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantapply.h"
#include "grants/grantjournal.h"
#include "grants/reconcile.h"
#include "grants/undoplan.h"
#include "support/qtest_result.h"
#include "ui/opensandbox.h"

#include <QRegularExpression>
#include <QSignalSpy>

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const ScopeId kRead{31};
const ScopeId kWrite{32};
const ScopeId kVoid{33};
const AppId kBilling{201};

GrantChange change(GrantAction action, const ScopeSet &before, const ScopeSet &after)
{
    return {
        .action = action, .app = kBilling, .appName = u"billing-service"_s, .before = before, .after = after};
}

std::vector<Scope> scopes()
{
    return {{.id = kRead, .value = u"read:invoices"_s},
            {.id = kWrite, .value = u"write:invoices"_s},
            {.id = kVoid, .value = u"void:invoices"_s}};
}

std::vector<ClientApp> billingWith(const ScopeSet &granted)
{
    return {{.id = kBilling, .name = u"billing-service"_s, .scopes = granted}};
}

} // namespace

/// What is written down of an apply, and what can be made of it afterwards.
class TestGrantJournal : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsWhatWasWrittenDown();
    void listsAServerThatOthersCameAfter();
    void cannotBeChangedOrShortened_data();
    void cannotBeChangedOrShortened();
    void isOnTheDiskWhenItReturns();
    void findsWhatNobodyClosed();
    void oneAtATimeWorksOnAServer();
    void aPlanOfManyRowsKeepsTheirOrder();
    void anApplyIsWrittenDownBeforeItIsSent();
    void whatCannotBeWrittenDownIsNotSent();
    void aPlanThatIsNotWrittenDownWholeIsNotSent();
    void givesUpBeforeThePlanIsWrittenDown();
    void aDiskThatFillsUpEndsTheApply();
    void settlesByReading_data();
    void settlesByReading();
    void nothingIsKnownWhileTheTenantCannotBeRead();
    void aServerThatIsGoneHasNothing();
    void takesBack_data();
    void takesBack();
    void takesBackWhatWasStoredInPart();
    void makesWhatWasNotStored();

private:
    JournalEntry head() const
    {
        return journalHead(m_sandbox->session->tenant(), {.id = m_server, .name = u"Invoices API"_s},
                           scopes(), u"grants-admin"_s, ChangeOrigin::Window);
    }
    GrantJournal &journal() { return m_sandbox->workspace->grantJournal(); }
    TenantId tenant() const { return m_sandbox->session->tenant().id; }
    AuthServersApi api() const { return AuthServersApi(*m_sandbox->session->api()); }
    Result<void> raw(const QString &sql)
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"raw"_s);
        database.setDatabaseName(m_sandbox->folder.filePath(u"workspace.sqlite"_s));
        database.open();
        const Result<void> done = run(database, sql).map([](const QSqlQuery &) {});
        closeDatabase(database);
        return done;
    }
    std::vector<ClientApp> read()
    {
        return waitFor<std::vector<ClientApp>>([this](auto k) { api().clientApps(m_server, k); })
            .value_or(std::vector<ClientApp>());
    }

    /// More than are written down at a time.
    static std::vector<GrantChange> manyChanges()
    {
        std::vector<GrantChange> changes;
        for (size_t i = 1; i <= GrantApply::kSlice + 50; ++i)
            changes.push_back({.app = {static_cast<qint64>(i)}, .appName = QString::number(i)});
        return changes;
    }

    std::unique_ptr<OpenSandbox> m_sandbox;
    AuthServerId m_server;
};

void TestGrantJournal::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_sandbox.reset();
    m_sandbox = std::make_unique<OpenSandbox>();
    QVERIFY_OK(m_sandbox->open());
    m_server = {m_sandbox->process.server(u"Invoices API").id};
}

void TestGrantJournal::keepsWhatWasWrittenDown()
{
    QSignalSpy changed(&journal(), &GrantJournal::changed);
    JournalEntry begun = head();
    begun.origin = ChangeOrigin::File;
    begun.source = u"grants.yaml"_s;
    const auto written = journal().begin(
        begun,
        {change(GrantAction::UpdateClientApp, {kRead, kVoid}, {kRead, kWrite}),
         {.action = GrantAction::AddClientApp, .app = {202}, .appName = u"portal-web"_s, .after = {}}});
    QVERIFY_OK(written);
    QCOMPARE(changed.size(), 1);
    const QDateTime readAt = QDateTime::currentDateTimeUtc();
    QVERIFY_OK(journal().append(tenant(), {{.row = written->rows[0].id, .state = JournalState::Sent},
                                           {.row = written->rows[0].id,
                                            .state = JournalState::NotStored,
                                            .reason = u"Refused."_s,
                                            .requestId = u"5f20"_s,
                                            .readAt = readAt,
                                            .found = ScopeSet{kRead}}}));
    const auto entry = journal().entry(tenant(), written->id);
    QVERIFY_OK(entry);
    QCOMPARE(entry->serverName, u"Invoices API"_s);
    QCOMPARE(entry->who, u"grants-admin"_s);
    QCOMPARE(entry->origin, ChangeOrigin::File);
    QCOMPARE(entry->source, u"grants.yaml"_s);
    QCOMPARE(scopeValues(*entry, {kVoid, kRead, ScopeId{99}}),
             (QStringList{u"99"_s, u"read:invoices"_s, u"void:invoices"_s}));
    QCOMPARE(entry->rows.size(), size_t(2));
    const JournalRow &row = entry->rows[0];
    QCOMPARE(row.state, JournalState::NotStored);
    QCOMPARE(row.reason, u"Refused."_s);
    QCOMPARE(row.requestId, u"5f20"_s);
    QCOMPARE(row.readAt, readAt);
    QVERIFY(row.found == ScopeSet{kRead});
    QVERIFY((row.change.before == ScopeSet{kRead, kVoid}));
    QVERIFY((row.change.after == ScopeSet{kRead, kWrite}));
    QCOMPARE(entry->rows[1].state, JournalState::Planned);
    QCOMPARE(entry->rows[1].change.action, GrantAction::AddClientApp);
    const auto summaries = journal().summaries(tenant());
    QVERIFY_OK(summaries);
    QCOMPARE(summaries->size(), size_t(1));
    QCOMPARE(summaries->front().total(), 2);
    QCOMPARE(summaries->front().count(JournalState::NotStored), 1);
    QVERIFY(!journal().entry(TenantId{tenant().value + 1}, written->id)); // of another tenant
}

void TestGrantJournal::listsAServerThatOthersCameAfter()
{
    const auto first = journal().begin(head(), {change(GrantAction::RemoveClientApp, {kRead}, {}),
                                                change(GrantAction::AddClientApp, {}, {kRead})});
    QVERIFY_OK(first);
    QVERIFY_OK(journal().append(tenant(), {{.row = first->rows[0].id, .state = JournalState::Proven}}));
    const AuthServerId other{m_server.value + 1};
    QVERIFY(
        raw(u"INSERT INTO grant_entries (tenant_id, server_id, server_name, who, origin, source, scopes, at,"
            " process) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1)"
            " SELECT tenant_id, server_id + 1, 'Orders API', who, origin, source, scopes, at, process"
            " FROM grant_entries, n"_s.arg(GrantJournal::kMostListed)));
    QCOMPARE(journal().summaries(tenant())->size(), size_t{GrantJournal::kMostListed});
    QCOMPARE(journal().summaries(tenant(), std::vector{other})->size(), size_t{GrantJournal::kMostListed});
    const auto summaries = journal().summaries(tenant(), std::vector{m_server});
    QVERIFY_OK(summaries);
    QCOMPARE(summaries->size(), size_t{1});
    QCOMPARE(summaries->front().entry.id, first->id);
    QCOMPARE(summaries->front().count(JournalState::Proven), 1);
    QCOMPARE(summaries->front().total(), 2);
    const auto entries = journal().entries(tenant(), std::vector{m_server});
    QVERIFY_OK(entries);
    QCOMPARE(entries->size(), size_t{1});
    QCOMPARE(entries->front().rows.size(), size_t{2});
    QCOMPARE(entries->front().rows[0].state, JournalState::Proven);
    QVERIFY(journal().summaries(tenant(), std::vector<AuthServerId>())->empty());
    QCOMPARE(journal().servers(tenant())->size(), size_t{2});
}

void TestGrantJournal::cannotBeChangedOrShortened_data()
{
    QTest::addColumn<QString>("sql");
    for (const QString &table : {u"grant_entries"_s, u"grant_rows"_s, u"grant_events"_s, u"grant_ends"_s}) {
        QTest::addRow("delete %s", qPrintable(table)) << u"DELETE FROM %1"_s.arg(table);
        const QString column = table == "grant_ends"_L1 ? u"at"_s : u"id"_s;
        QTest::addRow("update %s", qPrintable(table)) << u"UPDATE %1 SET %2 = %2"_s.arg(table, column);
    }
}

void TestGrantJournal::cannotBeChangedOrShortened()
{
    QFETCH(QString, sql);
    const auto written = journal().begin(head(), {change(GrantAction::RemoveClientApp, {kRead}, {})});
    QVERIFY_OK(written);
    QVERIFY_OK(journal().append(tenant(), {{.row = written->rows[0].id, .state = JournalState::Proven}}));
    QVERIFY_OK(journal().close(*written));
    QVERIFY(!raw(sql));
    QVERIFY_OK(m_sandbox->workspace->removeTenant(tenant())); // it outlives its tenant
    QCOMPARE(journal().entry(tenant(), written->id)->rows.at(0).state, JournalState::Proven);
}

void TestGrantJournal::isOnTheDiskWhenItReturns()
{
    Result<OpenDatabase> opened = openDatabase(m_sandbox->folder.path());
    QVERIFY_OK(opened);
    OpenDatabase file = std::move(*opened);
    opened = OpenDatabase();
    {
        Result<QSqlQuery> synchronous = run(file.database, u"PRAGMA synchronous"_s);
        QVERIFY(synchronous && synchronous->next());
        QCOMPARE(synchronous->value(0).toInt(), 2); // FULL: a commit syncs the log
    }
    closeDatabase(file.database);
}

void TestGrantJournal::findsWhatNobodyClosed()
{
    const auto written = journal().begin(head(), {change(GrantAction::RemoveClientApp, {kRead}, {})});
    QVERIFY_OK(written);
    auto held = journal().hold(written->id);
    QVERIFY(journal().unfinished(tenant())->empty()); // somebody is at work on it
    held.reset();
    QCOMPARE(journal().unfinished(tenant())->size(), size_t(1));
    QVERIFY_OK(journal().append(tenant(), {{.row = written->rows[0].id, .state = JournalState::Sent}}));
    QVERIFY_OK(journal().close(*written)); // not while a row is open
    QCOMPARE(journal().unfinished(tenant())->front().rows.front().state, JournalState::Sent);
    QVERIFY_OK(journal().append(tenant(), {{.row = written->rows[0].id, .state = JournalState::Proven}}));
    QVERIFY_OK(journal().close(*written));
    QVERIFY(journal().unfinished(tenant())->empty());
    QVERIFY_OK(journal().close(*written)); // once more does no harm
}

void TestGrantJournal::oneAtATimeWorksOnAServer()
{
    const GrantChange some = change(GrantAction::UpdateClientApp, {kRead}, {kWrite});
    const auto first = journal().begin(head(), {some});
    auto held = journal().hold(first->id);
    const auto second = journal().begin(head(), {some});
    QVERIFY(!second);
    QVERIFY(second.error().message.contains(u"Invoices API are under way (entry %1"_s.arg(first->id.value)));
    JournalEntry elsewhere = head();
    elsewhere.server = {m_server.value + 1};
    QVERIFY_OK(journal().begin(elsewhere, {some}));
    held.reset();
    QVERIFY_OK(journal().begin(head(), {some}));
}

void TestGrantJournal::aPlanOfManyRowsKeepsTheirOrder()
{
    const std::vector<GrantChange> changes = manyChanges();
    auto written = journal().begin(head(), {changes.begin(), changes.begin() + 200});
    QVERIFY_OK(written);
    QVERIFY_OK(journal().extend(*written, {changes.begin() + 200, changes.end()}));
    QCOMPARE(written->rows.size(), changes.size());
    QCOMPARE(journal().summaries(tenant())->front().total(), static_cast<int>(changes.size()));
    const auto entry = journal().entry(tenant(), written->id);
    QCOMPARE(entry->rows.size(), changes.size());
    for (size_t i = 0; i < entry->rows.size(); ++i) {
        QCOMPARE(entry->rows[i].id, written->rows[i].id);
        QCOMPARE(entry->rows[i].change.app, changes[i].app);
    }
}

void TestGrantJournal::anApplyIsWrittenDownBeforeItIsSent()
{
    const std::vector<ClientApp> apps = read();
    GrantPlan plan(apps);
    for (const ClientApp &app : apps)
        plan.setWanted(app.id, {});
    GrantApply apply(api(), m_server, plan.changes(), m_sandbox->clock);
    apply.setJournal(journal(), head());
    QSignalSpy finished(&apply, &GrantApply::finished);
    int sent = 0;
    connect(&apply, &GrantApply::changed, this, [&](qsizetype row) {
        if (apply.changes()[static_cast<size_t>(row)].state != ApplyState::Sending)
            return;
        ++sent;
        const auto entry = journal().entry(tenant(), *apply.journalEntry());
        QVERIFY_OK(entry);
        QCOMPARE(entry->rows.at(static_cast<size_t>(row)).state, JournalState::Sent);
    });
    apply.start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(sent, static_cast<int>(plan.changes().size()));
    const auto entry = journal().entry(tenant(), *apply.journalEntry());
    for (const JournalRow &row : entry->rows) {
        QCOMPARE(row.state, JournalState::Proven);
        QVERIFY(row.found == ScopeSet());
    }
    QVERIFY(journal().unfinished(tenant())->empty());
}

void TestGrantJournal::whatCannotBeWrittenDownIsNotSent()
{
    const std::vector<ClientApp> before = read();
    GrantPlan plan(before);
    plan.removeApp(before.front().id);
    GrantApply apply(api(), m_server, plan.changes(), m_sandbox->clock);
    apply.setJournal(journal(), head());
    QSignalSpy finished(&apply, &GrantApply::finished);
    QVERIFY_OK(
        raw(u"CREATE TRIGGER full BEFORE INSERT ON grant_events BEGIN SELECT RAISE(ABORT, 'full'); END"_s));
    apply.start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(apply.changes().front().state, ApplyState::NotStored);
    QCOMPARE(apply.changes().front().error->kind, ErrorKind::Storage);
    QVERIFY(ClientAppIndex(read()).scopesOf(before.front().id));
}

void TestGrantJournal::aPlanThatIsNotWrittenDownWholeIsNotSent()
{
    QVERIFY_OK(
        raw(u"CREATE TRIGGER full BEFORE INSERT ON grant_rows WHEN (SELECT COUNT(*) FROM grant_rows) >= "
            "%1 BEGIN SELECT RAISE(ABORT, 'full'); END"_s.arg(GrantApply::kSlice)));
    GrantApply apply(api(), m_server, manyChanges(), m_sandbox->clock);
    apply.setJournal(journal(), head());
    QSignalSpy finished(&apply, &GrantApply::finished);
    apply.start();
    QTRY_COMPARE(finished.size(), 1);
    for (const AppliedChange &row : apply.changes()) {
        QCOMPARE(row.state, ApplyState::NotStored);
        QCOMPARE(row.error->kind, ErrorKind::Storage);
    }
    QVERIFY(apply.clientApps().empty()); // not even read
    const auto unfinished = journal().unfinished(tenant());
    QCOMPARE(unfinished->front().id, *apply.journalEntry());
    QCOMPARE(unfinished->front().rows.size(), GrantApply::kSlice);
}

void TestGrantJournal::givesUpBeforeThePlanIsWrittenDown()
{
    GrantApply apply(api(), m_server, manyChanges(), m_sandbox->clock);
    apply.setJournal(journal(), head());
    QSignalSpy finished(&apply, &GrantApply::finished);
    connect(
        &journal(), &GrantJournal::changed, &apply, [&apply] { apply.giveUp(u"The window closes."_s); },
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
    apply.start();
    QTRY_COMPARE(finished.size(), 1);
    for (const AppliedChange &row : apply.changes())
        QCOMPARE(row.state, ApplyState::Skipped);
    const auto entry = journal().entry(tenant(), *apply.journalEntry());
    QCOMPARE(entry->rows.size(), GrantApply::kSlice);
    for (const JournalRow &row : entry->rows)
        QCOMPARE(row.state, JournalState::Skipped);
    QVERIFY(journal().unfinished(tenant())->empty());
}

/// In the midst of a batch, with requests under way.
void TestGrantJournal::aDiskThatFillsUpEndsTheApply()
{
    constexpr size_t written = GrantApply::kSlice + 1; // the first change goes alone
    m_sandbox = std::make_unique<OpenSandbox>(QStringList{u"--rate-limit"_s, u"0"_s, u"--scopes"_s, u"2"_s,
                                                          u"--apps"_s, QString::number(2 * written)});
    QVERIFY_OK(m_sandbox->open());
    m_server = {m_sandbox->process.server(u"Scale API").id};
    GrantPlan plan(read());
    for (const ClientApp &app : read())
        plan.removeApp(app.id);
    QCOMPARE(plan.changes().size(), 2 * written);
    GrantApply apply(api(), m_server, plan.changes(), m_sandbox->clock);
    apply.setJournal(journal(), head());
    QSignalSpy finished(&apply, &GrantApply::finished);
    QVERIFY_OK(raw(u"CREATE TRIGGER full BEFORE INSERT ON grant_events WHEN NEW.state = 'sent' AND"
                   " (SELECT COUNT(*) FROM grant_events WHERE state = 'sent') >= %1"
                   " BEGIN SELECT RAISE(ABORT, 'full'); END"_s.arg(written)));
    apply.start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
    QCOMPARE(read().size(), written); // the others went
    for (size_t row = 0; row < 2 * written; ++row) {
        const AppliedChange &applied = apply.changes()[row];
        QCOMPARE(applied.state, row < written ? ApplyState::Verified : ApplyState::NotStored);
        QVERIFY(row < written || applied.error->kind == ErrorKind::Storage);
    }
    QVERIFY_OK(raw(u"DROP TRIGGER full"_s));
    const auto unfinished = journal().unfinished(tenant());
    QCOMPARE(unfinished->size(), size_t(1));
    const auto end =
        waitFor<JournalEntry>([&](auto k) { reconcile(journal(), api(), unfinished->front(), k); });
    QVERIFY_OK(end);
    for (size_t row = 0; row < 2 * written; ++row)
        QCOMPARE(end->rows[row].state, row < written ? JournalState::Proven : JournalState::Skipped);
}

void TestGrantJournal::settlesByReading_data()
{
    QTest::addColumn<JournalState>("left");
    QTest::addColumn<QString>("atTenant");
    QTest::addColumn<JournalState>("settled");
    QTest::newRow("sent and stored") << JournalState::Sent << u"wanted"_s << JournalState::Proven;
    QTest::newRow("sent and lost") << JournalState::Sent << u"before"_s << JournalState::NotStored;
    QTest::newRow("sent, changed since") << JournalState::Sent << u"other"_s << JournalState::Conflict;
    QTest::newRow("unknown and stored") << JournalState::Unknown << u"wanted"_s << JournalState::Proven;
    QTest::newRow("never sent") << JournalState::Planned << u"before"_s << JournalState::Skipped;
}

void TestGrantJournal::settlesByReading()
{
    QFETCH(JournalState, left);
    QFETCH(QString, atTenant);
    QFETCH(JournalState, settled);
    const ClientApp app = read().front();
    const auto known = waitFor<std::vector<Scope>>([this](auto k) { api().scopes(m_server, k); });
    QVERIFY_OK(known);
    const ScopeSet wanted{known->at(0).id};
    const ScopeSet other{known->at(1).id, known->at(2).id, known->at(3).id};
    QVERIFY(app.scopes != wanted && app.scopes != other);
    const auto written = journal().begin(
        head(), {{.app = app.id, .appName = app.name, .before = app.scopes, .after = wanted}});
    if (left != JournalState::Planned)
        QVERIFY_OK(journal().append(tenant(), {{.row = written->rows[0].id, .state = left}}));
    if (atTenant != "before"_L1)
        QVERIFY_OK(waitFor([&](auto k) {
            api().updateClientApp(m_server, app.id, atTenant == "wanted"_L1 ? wanted : other, k);
        }));
    const auto entry = journal().unfinished(tenant())->front();
    const auto end = waitFor<JournalEntry>([&](auto k) { reconcile(journal(), api(), entry, k); });
    QVERIFY_OK(end);
    QCOMPARE(end->rows.at(0).state, settled);
    QCOMPARE(end->rows.at(0).reason.isEmpty(),
             settled == JournalState::Proven || settled == JournalState::Skipped);
    QCOMPARE(end->rows.at(0).reason.contains(u"it may come later"_s), settled == JournalState::NotStored);
    QVERIFY(journal().unfinished(tenant())->empty());
}

void TestGrantJournal::nothingIsKnownWhileTheTenantCannotBeRead()
{
    const auto written = journal().begin(head(), {change(GrantAction::UpdateClientApp, {kRead}, {kWrite})});
    QVERIFY_OK(journal().append(tenant(), {{.row = written->rows[0].id, .state = JournalState::Sent}}));
    QCOMPARE(m_sandbox->process.stop(), 0);
    const auto end = waitFor<JournalEntry>(
        [&](auto k) { reconcile(journal(), api(), journal().unfinished(tenant())->front(), k); });
    QVERIFY(!end);
    QCOMPARE(end.error().kind, ErrorKind::Unreachable);
    QCOMPARE(journal().unfinished(tenant())->front().rows.front().state, JournalState::Sent);
}

void TestGrantJournal::aServerThatIsGoneHasNothing()
{
    const auto written = journal().begin(head(), {change(GrantAction::UpdateClientApp, {kRead}, {kWrite})});
    QVERIFY_OK(journal().append(tenant(), {{.row = written->rows[0].id, .state = JournalState::Sent}}));
    QVERIFY_OK(waitFor<>([&](auto k) {
        m_sandbox->session->api()->remove(u"/api/2/api_authorizations/"_s + m_server.toString(), k);
    }));
    const auto end = waitFor<JournalEntry>(
        [&](auto k) { reconcile(journal(), api(), journal().unfinished(tenant())->front(), k); });
    QVERIFY_OK(end);
    QCOMPARE(end->rows.front().state, JournalState::Conflict);
    QCOMPARE(end->rows.front().reason, u"The authorization server is gone."_s);
}

void TestGrantJournal::takesBack_data()
{
    QTest::addColumn<GrantChange>("done");
    QTest::addColumn<std::vector<ClientApp>>("now");
    QTest::addColumn<std::vector<Scope>>("scopes");
    QTest::addColumn<std::vector<GrantChange>>("back");
    QTest::addColumn<QString>("note");
    const GrantChange update = change(GrantAction::UpdateClientApp, {kRead, kVoid}, {kRead, kWrite});
    const GrantChange add = change(GrantAction::AddClientApp, {}, {kRead});
    const GrantChange remove = change(GrantAction::RemoveClientApp, {kRead, kVoid}, {});
    const std::vector<GrantChange> nothing;
    const std::vector<Scope> anew{{.id = kRead, .value = u"read:invoices"_s},
                                  {.id = kWrite, .value = u"write:invoices"_s},
                                  {.id = {77}, .value = u"void:invoices"_s}};
    const std::vector<Scope> without{scopes()[0], scopes()[1]};
    const auto row = [](const char *name, const GrantChange &done, const std::vector<ClientApp> &now,
                        const std::vector<Scope> &known, const std::vector<GrantChange> &back,
                        const QString &note) { QTest::newRow(name) << done << now << known << back << note; };
    row("an update", update, billingWith({kRead, kWrite}), scopes(),
        {change(GrantAction::UpdateClientApp, {kRead, kWrite}, {kRead, kVoid})}, {});
    row("an update with later changes on top", update, billingWith({kWrite}), scopes(),
        {change(GrantAction::UpdateClientApp, {kWrite}, {kVoid})}, u"Those changes stay"_s);
    row("an update of an app that is gone", update, {}, scopes(), nothing, u"no client app any more"_s);
    row("an update that someone took back", update, billingWith({kRead, kVoid}), scopes(), nothing,
        u"nothing is left"_s);
    row("a scope that was made anew", update, billingWith({kRead, kWrite}), anew,
        {change(GrantAction::UpdateClientApp, {kRead, kWrite}, {kRead, {77}})}, u"made anew"_s);
    row("a scope that is another one now", update, billingWith({kRead, kWrite}),
        {scopes()[0], scopes()[1], {.id = kVoid, .value = u"admin:everything"_s}},
        {change(GrantAction::UpdateClientApp, {kRead, kWrite}, {kRead})},
        u"is called admin:everything now"_s);
    row("a scope that is gone", update, billingWith({kRead, kWrite}), without,
        {change(GrantAction::UpdateClientApp, {kRead, kWrite}, {kRead})}, u"cannot be granted again"_s);
    row("an added app", add, billingWith({kRead}), scopes(),
        {change(GrantAction::RemoveClientApp, {kRead}, {})}, {});
    row("an added app that has more now", add, billingWith({kRead, kWrite}), scopes(),
        {change(GrantAction::UpdateClientApp, {kRead, kWrite}, {kWrite})}, u"stays a client app"_s);
    row("an added app that has something else now", add, billingWith({kWrite}), scopes(), nothing,
        u"nothing is left"_s);
    row("an added app that is gone", add, {}, scopes(), nothing, u"no client app any more"_s);
    row("a removed app", remove, {}, scopes(), {change(GrantAction::AddClientApp, {}, {kRead, kVoid})}, {});
    row("a removed app that is back", remove, billingWith({kWrite}), scopes(),
        {change(GrantAction::UpdateClientApp, {kWrite}, {kRead, kWrite, kVoid})}, u"again since"_s);
    row("a removed app that is back and lacks only scopes that are gone", remove, billingWith({kRead}),
        without, nothing, u"nothing is left"_s);
    row("an update whose scope is gone and that someone took back", update, billingWith({kRead}), without,
        nothing, u"nothing is left"_s);
}

void TestGrantJournal::takesBack()
{
    QFETCH(GrantChange, done);
    QFETCH(std::vector<ClientApp>, now);
    QFETCH(std::vector<Scope>, scopes);
    QFETCH(std::vector<GrantChange>, back);
    QFETCH(QString, note);
    JournalEntry entry = head();
    entry.rows.push_back({.id = {1}, .change = done, .state = JournalState::Proven});
    entry.rows.push_back({.id = {2}, .change = done, .state = JournalState::Skipped});
    entry.rows.push_back({.id = {3}, .change = done, .state = JournalState::NotStored});
    const UndoPlan plan = undoPlan(entry, scopes, now);
    QCOMPARE(plan.rows, 1);
    QCOMPARE(plan.changes.size(), back.size());
    for (size_t i = 0; i < back.size(); ++i) {
        QCOMPARE(plan.changes[i].action, back[i].action);
        QVERIFY(plan.changes[i].before == back[i].before);
        QVERIFY(plan.changes[i].after == back[i].after);
    }
    QCOMPARE(plan.notes.empty(), note.isEmpty());
    if (!plan.notes.empty()) {
        QVERIFY2(plan.notes.back().text.contains(note), qPrintable(plan.notes.back().text));
        QCOMPARE(plan.notes.back().isRefused, back.empty());
    }
}

void TestGrantJournal::takesBackWhatWasStoredInPart()
{
    const ScopeSet both{kRead, kWrite};
    const auto backOf = [&](const GrantChange &made, const std::optional<ScopeSet> &found) {
        JournalEntry entry = head();
        entry.rows.push_back({.id = {1}, .change = made, .state = JournalState::NotStored, .found = found});
        return undoPlan(entry, scopes(), found ? billingWith(*found) : std::vector<ClientApp>());
    };
    const GrantChange add = change(GrantAction::AddClientApp, {}, both);
    const UndoPlan added = backOf(add, ScopeSet{kRead});
    QCOMPARE(added.rows, 1);
    QCOMPARE(added.changes.at(0).action, GrantAction::RemoveClientApp);
    QCOMPARE(backOf(add, std::nullopt).rows, 0);

    const GrantChange remove = change(GrantAction::RemoveClientApp, both, {});
    const UndoPlan removed = backOf(remove, ScopeSet{kRead});
    QCOMPARE(removed.rows, 1);
    QCOMPARE(removed.changes.at(0).action, GrantAction::UpdateClientApp);
    QVERIFY(removed.changes.at(0).after == both);
    QVERIFY(removed.notes.empty());
    QCOMPARE(backOf(remove, both).rows, 0);
}

void TestGrantJournal::makesWhatWasNotStored()
{
    const ScopeSet both{kRead, kWrite};
    const std::initializer_list<GrantChange> changes{
        change(GrantAction::UpdateClientApp, {kRead, kVoid}, both),
        change(GrantAction::AddClientApp, {}, both), change(GrantAction::RemoveClientApp, both, {})};
    for (const GrantChange &left : changes) {
        JournalEntry entry = head();
        entry.rows.push_back({.id = {1}, .change = left, .state = JournalState::Skipped});
        entry.rows.push_back({.id = {2}, .change = left, .state = JournalState::Proven});
        const auto now =
            left.action == GrantAction::AddClientApp ? std::vector<ClientApp>() : billingWith(left.before);
        const UndoPlan plan = redoPlan(entry, scopes(), now);
        QVERIFY(plan.notes.empty());
        QCOMPARE(plan.rows, 1);
        QCOMPARE(plan.changes.at(0).action, left.action);
        QVERIFY(plan.changes.at(0).before == left.before);
        QVERIFY(plan.changes.at(0).after == left.after);
    }
}

QTEST_GUILESS_MAIN(TestGrantJournal)
#include "tst_grantjournal.moc"
