// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantapply.h"
#include "grants/grantjournal.h"
#include "grants/reconcile.h"
#include "onelogin/apiclient.h"
#include "onelogin/tokensource.h"
#include "store/workspace.h"
#include "support/faultproxy.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QEventLoop>
#include <QFile>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr size_t kChanges = 50;
constexpr int kMostSteps = 400;

QJsonArray toJson(const ScopeSet &scopes)
{
    QJsonArray ids;
    for (ScopeId scope : scopes)
        ids.append(scope.value);
    return ids;
}

} // namespace

/// A program that applies fifty changes and is killed at every single step of it, and what the next start
/// makes of that.
class TestApplyKills : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void nothingIsLostRepeatedOrUnreported();

private:
    std::vector<ClientApp> read();
    std::vector<GrantChange> makePlan();
    void writePlan(const std::vector<GrantChange> &changes);
    bool runVictim(int fatal); ///< whether it died
    void reconcileAll(const std::vector<GrantChange> &changes);
    void verifySettled(const JournalEntry &entry);
    std::map<AppId, int> arrivals() const;
    void applyTheRest(const std::vector<GrantChange> &changes);

    SandboxProcess m_sandbox{
        {u"--rate-limit"_s, u"0"_s, u"--apps"_s, QString::number(kChanges), u"--scopes"_s, u"4"_s}};
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
    std::unique_ptr<FaultProxy> m_proxy;
    std::unique_ptr<TokenSource> m_tokens;
    std::unique_ptr<ApiClient> m_api;
    AuthServerId m_server;
    std::vector<ScopeId> m_scopes;
    std::vector<ClientApp> m_all; ///< that the server ever had
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestApplyKills::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
    m_proxy = std::make_unique<FaultProxy>(m_sandbox.url());
    const SandboxProcess::Credential pair = m_sandbox.credential(u"grants-admin");
    const Secret secret = Secret::fromText(pair.clientSecret);
    m_tokens = std::make_unique<TokenSource>(
        m_http, m_clock, m_sandbox.url(), pair.clientId, pair.name,
        [secret](const Continuation<Secret> &k) { finishLater<Secret>(k, secret); });
    m_api = std::make_unique<ApiClient>(m_http, *m_tokens, m_clock, m_sandbox.url(), pair.name);
    m_server = {m_sandbox.server(u"Scale API").id};
    const auto scopes =
        waitFor<std::vector<Scope>>([this](auto k) { AuthServersApi(*m_api).scopes(m_server, k); });
    QVERIFY_OK(scopes);
    for (const Scope &scope : *scopes)
        m_scopes.push_back(scope.id);
    m_all = read();
    QCOMPARE(m_all.size(), kChanges);
}

std::vector<ClientApp> TestApplyKills::read()
{
    return waitFor<std::vector<ClientApp>>([this](auto k) { AuthServersApi(*m_api).clientApps(m_server, k); })
        .value_or(std::vector<ClientApp>());
}

/// Every app gets other scopes than it has; of the last ten those that are client apps go, and those that
/// are not come.
std::vector<GrantChange> TestApplyKills::makePlan()
{
    const std::vector<ClientApp> apps = read();
    const ClientAppIndex index(apps);
    GrantPlan plan(apps);
    const ScopeSet one{m_scopes[0], m_scopes[1]};
    const ScopeSet other{m_scopes[2]};
    for (size_t i = 0; i < m_all.size(); ++i) {
        const AppId id = m_all[i].id;
        const bool isThere = index.scopesOf(id).has_value();
        if (!isThere) {
            plan.addApp(id, m_all[i].name);
            plan.setWanted(id, one);
        } else if (i >= m_all.size() - 10) {
            plan.removeApp(id);
        } else {
            plan.setWanted(id, plan.granted(id) == one ? other : one);
        }
    }
    return plan.changes();
}

void TestApplyKills::writePlan(const std::vector<GrantChange> &changes)
{
    QJsonArray rows;
    for (const GrantChange &change : changes)
        rows.append(QJsonObject{{u"action"_s, grantActionKey(change.action)},
                                {u"app"_s, change.app.value},
                                {u"name"_s, change.appName},
                                {u"before"_s, toJson(change.before)},
                                {u"after"_s, toJson(change.after)}});
    QFile file(m_folder->filePath(u"plan.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(QJsonObject{{u"server"_s, m_server.value}, {u"changes"_s, rows}}).toJson());
}

bool TestApplyKills::runVictim(int fatal)
{
    const SandboxProcess::Credential pair = m_sandbox.credential(u"grants-admin");
    QProcess victim;
    victim.setProcessChannelMode(QProcess::ForwardedChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LATCHKEY_CLIENT_SECRET"_s, pair.clientSecret);
    victim.setProcessEnvironment(environment);
    QEventLoop loop;
    connect(&victim, &QProcess::finished, &loop, &QEventLoop::quit);
    connect(&victim, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    QTimer::singleShot(std::chrono::seconds(60), &victim, [&victim] { victim.terminate(); });
    victim.start(qEnvironmentVariable("LATCHKEY_BIN") + u"/applyvictim"_s,
                 {m_folder->path(), QString::number(fatal), pair.clientId});
    loop.exec();
    if (victim.state() != QProcess::NotRunning ||
        (victim.exitStatus() == QProcess::NormalExit && victim.exitCode() != 0))
        QTest::qFail("the victim did not run", __FILE__, __LINE__);
    return victim.exitStatus() == QProcess::CrashExit;
}

/// How many writes the tenant got, by app.
std::map<AppId, int> TestApplyKills::arrivals() const
{
    std::map<AppId, int> counts;
    for (const Arrival &arrival : m_proxy->forwarded()) {
        if (arrival.method == "POST" && arrival.target.endsWith("/clients"))
            ++counts[{QJsonDocument::fromJson(arrival.body).object().value("app_id"_L1).toInteger()}];
        else if (arrival.method == "PUT" || arrival.method == "DELETE")
            ++counts[{arrival.target.mid(arrival.target.lastIndexOf('/') + 1).toLongLong()}];
    }
    return counts;
}

/// The tenant has what the journal says, row by row.
void TestApplyKills::verifySettled(const JournalEntry &entry)
{
    const std::vector<ClientApp> now = read();
    const ClientAppIndex index(now);
    QCOMPARE(entry.rows.size(), kChanges);
    for (const JournalRow &row : entry.rows) {
        const Standing stands = standing(row.change, index.scopesOf(row.change.app));
        switch (row.state) {
        case JournalState::Proven:
            QCOMPARE(stands, Standing::AsWanted);
            break;
        case JournalState::NotStored:
        case JournalState::Skipped:
            QCOMPARE(stands, Standing::AsLoaded);
            break;
        default:
            QFAIL(qPrintable(journalStateKey(row.state)));
        }
    }
}

/// As the program does at its next start.
void TestApplyKills::reconcileAll(const std::vector<GrantChange> &changes)
{
    const auto workspace = Workspace::open(m_folder->path());
    QVERIFY_OK(workspace);
    GrantJournal &journal = (*workspace)->grantJournal();
    const TenantId tenant = (*workspace)->tenants()->front().id;
    const std::map<AppId, int> counts = arrivals();
    const auto unfinished = journal.unfinished(tenant);
    QVERIFY_OK(unfinished);
    for (const JournalEntry &entry : *unfinished) {
        for (const JournalRow &row : entry.rows) // nothing went out that is not written down as sent
            QVERIFY(row.state != JournalState::Planned || !counts.contains(row.change.app));
        const auto settled =
            waitFor<JournalEntry>([&](auto k) { reconcile(journal, AuthServersApi(*m_api), entry, k); });
        QVERIFY_OK(settled);
        verifySettled(*settled);
    }
    QVERIFY(journal.unfinished(tenant)->empty());
    const auto summaries = journal.summaries(tenant);
    QVERIFY(summaries->size() <= 1);
    if (summaries->empty()) { // it died before it could do anything
        QVERIFY(counts.empty());
        const std::vector<ClientApp> now = read();
        const ClientAppIndex index(now);
        for (const GrantChange &change : changes)
            QCOMPARE(standing(change, index.scopesOf(change.app)), Standing::AsLoaded);
    } else {
        verifySettled(*journal.entry(tenant, summaries->front().entry.id));
    }
}

/// What is not stored is applied again, as a person would; then all of it is there.
void TestApplyKills::applyTheRest(const std::vector<GrantChange> &changes)
{
    GrantApply apply(AuthServersApi(*m_api), m_server, changes, m_clock);
    QEventLoop loop;
    connect(&apply, &GrantApply::finished, &loop, &QEventLoop::quit);
    apply.start();
    loop.exec();
    for (const AppliedChange &row : apply.changes())
        QCOMPARE(row.state, ApplyState::Verified);
}

void TestApplyKills::nothingIsLostRepeatedOrUnreported()
{
    bool hasDied = true;
    int step = 0;
    while (hasDied && step < kMostSteps) {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY_OK(
            (*Workspace::open(m_folder->path()))
                ->addTenant({.name = u"acme"_s, .baseUrl = m_proxy->url(), .type = TenantType::Staging}));
        const std::vector<GrantChange> changes = makePlan();
        QCOMPARE(changes.size(), kChanges);
        writePlan(changes);
        m_proxy->forget();
        hasDied = runVictim(++step);
        for (const auto &[app, count] : arrivals())
            QCOMPARE(count, 1); // not repeated
        reconcileAll(changes);
        if (hasDied)
            applyTheRest(changes);
        if (QTest::currentTestFailed()) {
            qInfo("killed at step %d", step);
            return;
        }
    }
    QVERIFY(!hasDied); // at last it came through
    QCOMPARE(arrivals().size(), kChanges);
    QVERIFY2(step > 2 * static_cast<int>(kChanges), qPrintable(QString::number(step)));
}

QTEST_GUILESS_MAIN(TestApplyKills)
#include "tst_applykills.moc"
