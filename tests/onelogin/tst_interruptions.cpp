// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/disablewatch.h"
#include "onelogin/unfinishedwork.h"
#include "secrets/memorystore.h"
#include "store/database.h"
#include "store/workspace.h"
#include "support/filestore.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kCreated = u"invoice-export"_s;
constexpr int kMostSteps = 60;

/// The next start of the program: what the dead one left, read anew.
struct NextStart
{
    explicit NextStart(const QString &folder)
        : keychain(folder + u"/keychain.json"_s)
        , workspace(std::move(*Workspace::open(folder)))
        , credentials(*workspace, keychain, memory)
        , session(workspace->tenants()->front(), http, credentials, clock)
    {
        credentials.setUndoTime(std::chrono::milliseconds(0));
    }

    SystemClock clock;
    QNetworkAccessManager network;
    HttpClient http{network, clock};
    FileStore keychain;
    MemoryStore memory;
    std::unique_ptr<Workspace> workspace;
    CredentialRegister credentials;
    Session session;
};

} // namespace

/// A program that is killed at every single step of a create, delete, disable or enable, and what the
/// next start makes of it.
class InterruptionsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void isRepairedWhereverTheProgramDies_data();
    void isRepairedWhereverTheProgramDies();

private:
    void prepare(const QString &flow, TenantType type);
    bool runVictim(const QString &flow, int fatal); ///< whether it died
    void repair(const QString &remedy);
    void verifyWhole();
    std::optional<PortalCredential> atPortal(const QString &name);
    void execute(const QString &sql);

    SandboxProcess m_sandbox{{u"--disable-delay"_s, u"0"_s}};
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_pair; ///< the one that is deleted, disabled or enabled
    int m_pairs = 0;
};

void InterruptionsTest::initTestCase()
{
    QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
}

void InterruptionsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

std::optional<PortalCredential> InterruptionsTest::atPortal(const QString &name)
{
    const SandboxPortal portal(m_http, {.baseUrl = m_sandbox.url(), .type = TenantType::Sandbox});
    const auto listed = waitFor<std::vector<PortalCredential>>([&](auto k) { portal.list(k); });
    for (const PortalCredential &each : listed.value_or(std::vector<PortalCredential>{})) {
        if (each.name == name)
            return each;
    }
    return std::nullopt;
}

/// A fresh workspace with one tenant and, but for create, one pair of its own.
void InterruptionsTest::prepare(const QString &flow, TenantType type)
{
    const SandboxPortal portal(m_http, {.baseUrl = m_sandbox.url(), .type = TenantType::Sandbox});
    if (const auto old = atPortal(kCreated))
        QVERIFY_OK(waitFor([&](auto k) { portal.remove(old->id, k); }));
    m_folder = std::make_unique<QTemporaryDir>();
    {
        auto workspace = Workspace::open(m_folder->path());
        QVERIFY_OK(workspace);
        QVERIFY_OK((*workspace)->addTenant({.name = u"acme"_s, .baseUrl = m_sandbox.url(), .type = type}));
    }
    if (flow == "create"_L1)
        return;
    m_pair = u"victim-%1"_s.arg(++m_pairs);
    const auto made = waitFor<PortalPair>([&](auto k) { portal.create(m_pair, ScopeLevel::ReadAll, {}, k); });
    QVERIFY_OK(made);
    NextStart start(m_folder->path());
    const CredentialDraft draft{
        .tenant = start.session.tenant().id, .name = m_pair, .clientId = made->credential.clientId};
    const auto added = waitFor<ApiCredential>([&](auto k) { start.credentials.add(draft, made->secret, k); });
    QVERIFY_OK(added);
    if (flow == "enable"_L1) {
        CredentialSwitch change(start.session, *added);
        QVERIFY_OK(waitFor<SwitchOutcome>([&](auto k) { change.disable(k); }));
    }
}

bool InterruptionsTest::runVictim(const QString &flow, int fatal)
{
    QProcess victim;
    victim.setProcessChannelMode(QProcess::ForwardedChannels);
    victim.start(qEnvironmentVariable("LATCHKEY_BIN") + u"/lifecyclevictim"_s,
                 {flow, QString::number(fatal), m_folder->path()});
    if (!QTest::qWaitFor([&victim] { return victim.state() == QProcess::NotRunning; }, 30'000))
        QTest::qFail("the victim hangs", __FILE__, __LINE__);
    return victim.exitStatus() == QProcess::CrashExit;
}

void InterruptionsTest::execute(const QString &sql)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"raw"_s);
    database.setDatabaseName(m_folder->filePath(u"workspace.sqlite"_s));
    database.open();
    const bool done = run(database, sql).has_value();
    closeDatabase(database);
    QVERIFY(done);
}

/// As the program does at its start; what it leaves to the person is answered with `remedy`.
void InterruptionsTest::repair(const QString &remedy)
{
    execute(u"UPDATE keychain_items SET created_at = '2026-01-01T00:00:00.000Z'"_s);
    NextStart start(m_folder->path());
    UnfinishedWork work(start.session);
    QVERIFY_OK(waitFor([&](auto k) { start.credentials.finishRemovals(k); }));
    const auto settled = waitFor<std::vector<SettledOperation>>([&](auto k) { work.settle(k); });
    QVERIFY_OK(settled);
    for (const SettledOperation &each : *settled) {
        QVERIFY(!UnfinishedWork::explanation(each.operation).isEmpty());
        QVERIFY2(!each.error, each.error ? qPrintable(each.error->message) : "");
        if (each.isSettled)
            continue;
        QCOMPARE(each.operation.kind, OperationKind::Create);
        if (remedy == "keep"_L1)
            QVERIFY_OK(waitFor<ApiCredential>([&](auto k) { work.keep(each.operation, kCreated, k); }));
        else
            QVERIFY_OK(waitFor([&](auto k) { work.deleteAtTenant(each.operation, k); }));
    }
    // A removal that was settled a moment ago has its time for undo, which is over here at once.
    QVERIFY_OK(waitFor([&](auto k) { start.credentials.finishRemovals(k); }));
    QVERIFY_OK(waitFor([&](auto k) { start.credentials.removeLeftovers(k); }));
    QVERIFY(work.list()->empty());
}

/// Every row has its secret, every secret its row, and what is enabled here gets a token.
void InterruptionsTest::verifyWhole()
{
    NextStart start(m_folder->path());
    const TenantId tenant = start.session.tenant().id;
    const auto rows = start.credentials.list(tenant);
    QVERIFY_OK(rows);
    QStringList keys;
    for (const ApiCredential &row : *rows) {
        keys.append(row.secretKey);
        const auto token = waitFor<ManagementToken>([&](auto k) { start.session.tokenSource(row).token(k); });
        const bool isPortal = SandboxPortal::isFor(start.session.tenant());
        const bool isEnabled = row.state == CredentialState::Enabled;
        QCOMPARE(token.has_value(), isEnabled || !isPortal);
        if (isPortal)
            QCOMPARE(atPortal(row.name)->state, isEnabled ? PortalState::Enabled : PortalState::Disabled);
    }
    QCOMPARE(start.keychain.keys(), keys);
    QVERIFY(start.workspace->hiddenCredentials(tenant)->empty());
    QVERIFY(start.workspace->leftoverKeychainItems(QDateTime::currentDateTimeUtc().addSecs(60))->isEmpty());
}

void InterruptionsTest::isRepairedWhereverTheProgramDies_data()
{
    QTest::addColumn<QString>("flow");
    QTest::addColumn<TenantType>("type");
    QTest::addColumn<QString>("remedy");
    QTest::addColumn<int>("leastSteps");
    QTest::newRow("create, kept") << u"create"_s << TenantType::Sandbox << u"keep"_s << 11;
    QTest::newRow("create, discarded") << u"create"_s << TenantType::Sandbox << u"discard"_s << 11;
    QTest::newRow("delete at a sandbox") << u"delete"_s << TenantType::Sandbox << QString() << 6;
    QTest::newRow("delete elsewhere") << u"delete"_s << TenantType::Production << QString() << 5;
    QTest::newRow("delete elsewhere, with time for undo")
        << u"delete with undo"_s << TenantType::Production << QString() << 5;
    QTest::newRow("disable at a sandbox") << u"disable"_s << TenantType::Sandbox << QString() << 7;
    QTest::newRow("disable elsewhere") << u"disable"_s << TenantType::Production << QString() << 3;
    QTest::newRow("enable at a sandbox") << u"enable"_s << TenantType::Sandbox << QString() << 7;
}

void InterruptionsTest::isRepairedWhereverTheProgramDies()
{
    QFETCH(QString, flow);
    QFETCH(TenantType, type);
    QFETCH(QString, remedy);
    QFETCH(int, leastSteps);
    bool hasDied = true;
    int step = 0;
    while (hasDied && step < kMostSteps) {
        prepare(flow, type);
        if (QTest::currentTestFailed())
            return;
        hasDied = runVictim(flow, ++step);
        repair(remedy);
        verifyWhole();
        if (flow == "create"_L1) {
            NextStart start(m_folder->path());
            QCOMPARE(atPortal(kCreated).has_value(), !start.session.registered().empty());
        } else if (flow == "delete"_L1 && type == TenantType::Sandbox) {
            NextStart start(m_folder->path());
            QCOMPARE(atPortal(m_pair).has_value(), !start.session.registered().empty());
        }
        if (QTest::currentTestFailed()) {
            qInfo("killed at step %d", step);
            return;
        }
    }
    QVERIFY(!hasDied); // at last it came through
    QVERIFY2(step > leastSteps, qPrintable(QString::number(step)));
}

QTEST_GUILESS_MAIN(InterruptionsTest)
#include "tst_interruptions.moc"
