// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"
#include "onelogin/sandboxportal.h"
#include "support/canary.h"
#include "support/registerdesk.h"
#include "support/sandboxprocess.h"
#include "support/secretservice.h"
#include "support/waitfor.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSqlQuery>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The life of a credential by the real latchkey-cli, with a real keychain and a real sandbox.
class TestCliLifecycle : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void makesTestsDisablesEnablesAndDeletesAPair();
    void createsOnlyAtASandbox();
    void saysWhatAPairIsRefusedFor();
    void leavesTheTenantAloneWhereThereIsNoPortal();
    void aLockedKeychainMakesAndDeletesNothing();
    void aDeletedPairsSecretGoesWhenTheKeychainIsOpen();
    void removesTheSecretsOfHiddenPairsWithTheTenant();
    void repairsWhatAnInterruptedRunLeft_data();
    void repairsWhatAnInterruptedRunLeft();
    void findsMissingSecretsButNotInALockedKeychain();
    void tellsWhenToLookAgainForYoungLeftovers();
    void saysWhatADeleteLeaves();
    void saysThatTheTenantDoesNotKnowADeletedPair();
    void saysThatADisabledPairIsStillAccepted();

private:
    CliRun run(const QString &words, const QByteArray &input = {})
    {
        return runCli(words.split(u' ') + QStringList{u"--data-dir"_s, m_folder->path(), u"--tenant"_s,
                                                      m_tenant, u"--json"_s, u"--no-input"_s},
                      {}, input);
    }
    CliRun create(const QString &name)
    {
        return runCli({u"credentials"_s, u"add"_s, name, u"--create"_s, u"--level"_s, u"Read All"_s,
                       u"--data-dir"_s, m_folder->path(), u"--tenant"_s, m_tenant, u"--json"_s,
                       u"--no-input"_s});
    }
    void addTenant(const QString &name, const QString &type)
    {
        m_tenant = name;
        const CliRun added = runCli({u"tenants"_s, u"add"_s, name, m_sandbox.url().toString(), u"--type"_s,
                                     type, u"--data-dir"_s, m_folder->path()});
        QVERIFY2(added.code == 0, added.all().constData());
    }
    std::vector<PortalCredential> atPortal()
    {
        return waitFor<std::vector<PortalCredential>>([&](auto k) { m_portal.list(k); })
            .value_or(std::vector<PortalCredential>{});
    }
    std::optional<PortalCredential> atPortal(const QString &name)
    {
        for (const PortalCredential &each : atPortal()) {
            if (each.name == name)
                return each;
        }
        return std::nullopt;
    }
    static QString kind(const CliRun &run) { return run.json()["error"_L1]["kind"_L1].toString(); }
    QJsonArray listed() { return run(u"credentials list"_s).json()["credentials"_L1].toArray(); }

    SandboxProcess m_sandbox{{u"--disable-delay"_s, u"1"_s}};
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
    SandboxPortal m_portal{m_http, {}};
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_tenant;
    SecretServiceControl m_service;
};

void TestCliLifecycle::initTestCase()
{
    QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
    m_portal = SandboxPortal(m_http, {.baseUrl = m_sandbox.url(), .type = TenantType::Sandbox});
}

void TestCliLifecycle::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    addTenant(u"sandbox"_s, u"sandbox"_s);
}

void TestCliLifecycle::makesTestsDisablesEnablesAndDeletesAPair()
{
    const qsizetype before = m_service.itemCount();
    const CliRun made = create(u"export-1"_s);
    QVERIFY2(made.code == 0, made.all().constData());
    QCOMPARE(made.json()["credential"_L1]["level"_L1].toString(), u"Read All"_s);
    QCOMPARE(atPortal(u"export-1"_s)->clientId, made.json()["credential"_L1]["client_id"_L1].toString());
    QCOMPARE(m_service.itemCount(), before + 1);
    const auto pair = waitFor<PortalPair>([&](auto k) { m_portal.view(atPortal(u"export-1"_s)->id, k); });
    QVERIFY(pair);
    Canary canary;
    canary.watchPair(u"pair"_s, pair->credential.clientId, pair->secret.revealed());
    QCOMPARE(canary.find(made.all()), QString());
    QCOMPARE(canary.findInFiles(m_folder->path(), u"-none-"_s), QStringList());
    const CliRun tested = run(u"credentials test export-1"_s);
    QVERIFY2(tested.code == 0, tested.all().constData());
    QVERIFY(tested.json()["accepted"_L1].toBool());
    QVERIFY(!run(u"credentials show export-1"_s).json()["credential"_L1]["used_at"_L1].isNull());

    const CliRun disabled = run(u"credentials disable export-1 --wait"_s);
    QVERIFY2(disabled.code == 0, disabled.all().constData());
    QCOMPARE(disabled.json()["verdict"_L1].toString(), u"refused"_s);
    QVERIFY(!disabled.json()["credential"_L1]["enabled"_L1].toBool(true));
    QCOMPARE(atPortal(u"export-1"_s)->state, PortalState::Disabled);
    const CliRun refused = run(u"credentials test export-1"_s);
    QCOMPARE(refused.code, 1);
    QCOMPARE(kind(refused), u"unauthorized"_s);

    const CliRun enabled = run(u"credentials enable export-1"_s);
    QVERIFY2(enabled.code == 0, enabled.all().constData());
    QVERIFY(enabled.json()["accepted"_L1].toBool());
    const CliRun deleted = run(u"credentials delete export-1"_s);
    QVERIFY2(deleted.code == 0, deleted.all().constData());
    QVERIFY(deleted.json()["at_tenant"_L1].toBool());
    QVERIFY(!atPortal(u"export-1"_s));
    QVERIFY(listed().isEmpty());
    QCOMPARE(m_service.itemCount(), before);
    QCOMPARE(run(u"credentials delete export-1"_s).code, 1);
}

void TestCliLifecycle::createsOnlyAtASandbox()
{
    addTenant(u"production"_s, u"production"_s);
    const size_t before = atPortal().size();
    QCOMPARE(create(u"export-2"_s).code, 2);
    QCOMPARE(run(u"credentials add export-2 --create"_s).code, 2); // no level either
    QCOMPARE(atPortal().size(), before);
}

void TestCliLifecycle::saysWhatAPairIsRefusedFor()
{
    QCOMPARE(create(u"export-3"_s).code, 0);
    const auto pair = atPortal(u"export-3"_s);
    QVERIFY(pair);
    const CliRun taken = create(u"EXPORT-3"_s); // taken here
    QCOMPARE(taken.code, 1);
    QVERIFY(waitFor([&](auto k) { m_portal.remove(pair->id, k); }));
    const CliRun refused = run(u"credentials test export-3"_s);
    QCOMPARE(refused.code, 1);
    QCOMPARE(kind(refused), u"unauthorized"_s);
    QCOMPARE(listed().at(0)["problem"_L1].toString(), u"refused"_s);
    const CliRun deleted = run(u"credentials delete export-3"_s); // gone there already
    QVERIFY2(deleted.code == 0, deleted.all().constData());
}

void TestCliLifecycle::leavesTheTenantAloneWhereThereIsNoPortal()
{
    addTenant(u"production"_s, u"production"_s);
    const SandboxProcess::Credential pair = m_sandbox.credential(u"grants-admin");
    QCOMPARE(run(u"credentials add grants-admin --secret-stdin --client-id "_s + pair.clientId,
                 pair.clientSecret.toUtf8() + '\n')
                 .code,
             0);
    const CliRun disabled = run(u"credentials disable grants-admin"_s);
    QVERIFY2(disabled.code == 0, disabled.all().constData());
    QVERIFY(!disabled.json()["at_tenant"_L1].toBool(true));
    QVERIFY(disabled.err.contains("portal"));
    QCOMPARE(run(u"token get --credential grants-admin"_s).code, 1); // not used here any more
    QCOMPARE(run(u"credentials test grants-admin"_s).code, 0);       // but accepted there
    const CliRun deleted = run(u"credentials delete grants-admin"_s);
    QVERIFY2(deleted.code == 0, deleted.all().constData());
    QVERIFY(atPortal(u"grants-admin"_s));
    QVERIFY(listed().isEmpty());
}

void TestCliLifecycle::aLockedKeychainMakesAndDeletesNothing()
{
    addTenant(u"production"_s, u"production"_s);
    const SandboxProcess::Credential pair = m_sandbox.credential(u"grants-admin");
    QCOMPARE(run(u"credentials add grants-admin --secret-stdin --client-id "_s + pair.clientId,
                 pair.clientSecret.toUtf8() + '\n')
                 .code,
             0);
    QVERIFY(m_service.lock());
    const CliRun deleted = run(u"credentials delete grants-admin"_s);
    m_tenant = u"sandbox"_s;
    const CliRun made = create(u"export-4"_s);
    QVERIFY(m_service.unlock());
    for (const CliRun &locked : {deleted, made}) {
        QVERIFY2(locked.code == 4, locked.all().constData());
        QCOMPARE(kind(locked), u"keychain_locked"_s);
    }
    QVERIFY(!atPortal(u"export-4"_s));
    m_tenant = u"production"_s;
    QCOMPARE(listed().size(), 1);
    QCOMPARE(run(u"credentials test grants-admin"_s).code, 0);
}

void TestCliLifecycle::aDeletedPairsSecretGoesWhenTheKeychainIsOpen()
{
    const qsizetype before = m_service.itemCount();
    QCOMPARE(create(u"export-5"_s).code, 0);
    QVERIFY(m_service.lock());
    const CliRun deleted = run(u"credentials delete export-5"_s);
    const CliRun locked = run(u"credentials repair"_s);
    QVERIFY(m_service.unlock());
    QVERIFY2(deleted.code == 4, deleted.all().constData());
    QVERIFY(deleted.json()["at_tenant"_L1].toBool());
    QVERIFY(deleted.json()["left_here"_L1].toBool());
    QCOMPARE(deleted.json()["warning"_L1]["kind"_L1].toString(), u"keychain_locked"_s);
    QVERIFY2(locked.code == 4, locked.all().constData());
    QVERIFY(listed().isEmpty());
    QVERIFY(run(u"credentials list"_s).err.contains("export-5"));
    const CliRun repaired = run(u"credentials repair"_s);
    QVERIFY2(repaired.code == 0, repaired.all().constData());
    QCOMPARE(m_service.itemCount(), before);
    QVERIFY(run(u"credentials list"_s).err.isEmpty());
}

void TestCliLifecycle::removesTheSecretsOfHiddenPairsWithTheTenant()
{
    const qsizetype before = m_service.itemCount();
    QCOMPARE(create(u"export-8"_s).code, 0);
    QVERIFY(m_service.lock());
    const CliRun deleted = run(u"credentials delete export-8"_s);
    QVERIFY(m_service.unlock());
    QCOMPARE(deleted.code, 4);
    QCOMPARE(m_service.itemCount(), before + 1);
    const CliRun removed = runCli({u"tenants"_s, u"remove"_s, m_tenant, u"--data-dir"_s, m_folder->path()});
    QVERIFY2(removed.code == 0, removed.all().constData());
    QCOMPARE(m_service.itemCount(), before);
}

void TestCliLifecycle::repairsWhatAnInterruptedRunLeft_data()
{
    QTest::addColumn<QString>("option");
    QTest::newRow("keep") << u"--keep"_s;
    QTest::newRow("discard") << u"--discard"_s;
}

void TestCliLifecycle::repairsWhatAnInterruptedRunLeft()
{
    QFETCH(QString, option);
    // As a run leaves it that was killed between the answer of the sandbox and the keychain.
    const QString name = u"export-6"_s + option;
    const auto made = waitFor<PortalPair>([&](auto k) { m_portal.create(name, ScopeLevel::ReadAll, {}, k); });
    QVERIFY(made);
    {
        auto workspace = Workspace::open(m_folder->path());
        QVERIFY(workspace);
        QVERIFY((*workspace)
                    ->operations()
                    .begin({.tenant = (*workspace)->tenants()->front().id,
                            .kind = OperationKind::Create,
                            .name = name,
                            .level = ScopeLevel::ReadAll,
                            .portalBefore = {made->credential.id.value - 1}}));
    }
    QVERIFY(run(u"credentials list"_s).err.isEmpty()); // this very process is still at work on it
    {
        QSqlDatabase raw = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"raw"_s);
        raw.setDatabaseName(m_folder->filePath(u"workspace.sqlite"_s));
        QVERIFY(raw.open());
        raw.exec(u"UPDATE operations SET process = 0"_s);
    }
    QSqlDatabase::removeDatabase(u"raw"_s);
    QVERIFY(run(u"credentials list"_s).err.contains("export-6"));
    const CliRun undecided = run(u"credentials repair"_s);
    QVERIFY2(undecided.code == 1, undecided.all().constData());
    QCOMPARE(undecided.json()["unfinished"_L1].toArray().size(), 1);
    const CliRun decided = run(u"credentials repair "_s + option);
    QVERIFY2(decided.code == 0, decided.all().constData());
    QCOMPARE(decided.json()["settled"_L1].toArray().size(), 1);
    const bool isKept = option == "--keep"_L1;
    QCOMPARE(atPortal(name).has_value(), isKept);
    QCOMPARE(listed().size(), isKept ? 1 : 0);
    if (isKept)
        QCOMPARE(run(u"credentials test "_s + name).code, 0);
}

void TestCliLifecycle::findsMissingSecretsButNotInALockedKeychain()
{
    QCOMPARE(create(u"export-7"_s).code, 0);
    QVERIFY(m_service.lock());
    const CliRun locked = run(u"credentials repair"_s);
    QVERIFY(m_service.unlock());
    QCOMPARE(locked.code, 4);
    QCOMPARE(kind(locked), u"keychain_locked"_s);
    QVERIFY(!listed().at(0)["secret_missing"_L1].toBool(true));
    QCOMPARE(run(u"credentials repair"_s).code, 0);
    QCOMPARE(QProcess::execute(u"secret-tool"_s, {u"clear"_s, u"server"_s, u"latchkey"_s}), 0);
    const CliRun missing = run(u"credentials repair"_s);
    QVERIFY2(missing.code == 1, missing.all().constData());
    QCOMPARE(missing.json()["missing"_L1].toArray(), QJsonArray{u"export-7"_s});
    QVERIFY(listed().at(0)["secret_missing"_L1].toBool());
}

void TestCliLifecycle::tellsWhenToLookAgainForYoungLeftovers()
{
    {
        auto workspace = Workspace::open(m_folder->path());
        QVERIFY(workspace);
        QVERIFY((*workspace)->noteKeychainItem(u"latchkey/young"_s));
    }
    const CliRun looked = run(u"credentials repair"_s);
    QVERIFY2(looked.code == 1, looked.all().constData());
    QCOMPARE(looked.json()["young_leftovers"_L1].toInt(), 1);
    const QDateTime again = QDateTime::fromString(looked.json()["look_again_at"_L1].toString(), Qt::ISODate);
    const CliRun told =
        runCli({u"credentials"_s, u"repair"_s, u"--data-dir"_s, m_folder->path(), u"--tenant"_s, m_tenant});
    QCOMPARE(told.code, 1);
    const QByteArray when = again.toLocalTime().addSecs(59).toString(u"HH:mm"_s).toLatin1();
    QVERIFY2(told.out.contains("1 leftover is younger than 10 minutes; look again at " + when),
             told.all().constData());
    QVERIFY(!told.out.contains("agree"));
}

void TestCliLifecycle::saysWhatADeleteLeaves()
{
    QCOMPARE(create(u"export-9"_s).code, 0);
    QVERIFY(executeIn(m_folder->path(), u"CREATE TRIGGER refuse BEFORE DELETE ON credentials"
                                        " BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"_s));
    const CliRun deleted = run(u"credentials delete export-9"_s);
    QVERIFY2(deleted.code == 1, deleted.all().constData());
    QVERIFY(deleted.json()["at_tenant"_L1].toBool());
    QVERIFY(deleted.json()["left_here"_L1].toBool());
    QVERIFY(!deleted.all().contains("refused by the test"));
    QVERIFY(executeIn(m_folder->path(), u"DROP TRIGGER refuse"_s));
    const CliRun repaired = run(u"credentials repair"_s);
    QVERIFY2(repaired.code == 0, repaired.all().constData());
    QVERIFY(listed().isEmpty());
}

void TestCliLifecycle::saysThatTheTenantDoesNotKnowADeletedPair()
{
    QCOMPARE(create(u"export-10"_s).code, 0);
    QVERIFY(waitFor<void>([&](auto k) { m_portal.remove(atPortal(u"export-10"_s)->id, k); }));
    const CliRun deleted = run(u"credentials delete export-10"_s);
    QVERIFY2(deleted.code == 0, deleted.all().constData());
    QVERIFY(!deleted.json()["at_tenant"_L1].toBool(true));
    QVERIFY(deleted.json()["unknown_at_tenant"_L1].toBool());
    QVERIFY(listed().isEmpty());
}

void TestCliLifecycle::saysThatADisabledPairIsStillAccepted()
{
    const QStringList place{u"--data-dir"_s, m_folder->path(), u"--tenant"_s, m_tenant};
    QCOMPARE(create(u"export-10"_s).code, 0);
    {
        auto workspace = Workspace::open(m_folder->path());
        QVERIFY(workspace);
        ApiCredential row = (*workspace)->credentials((*workspace)->tenants()->front().id)->front();
        row.state = CredentialState::Disabled;
        QVERIFY((*workspace)->updateCredential(row));
    }
    const CliRun tested = runCli(QStringList{u"credentials"_s, u"test"_s, u"export-10"_s} + place);
    QCOMPARE(tested.out, QByteArray("The tenant still accepts export-10, which is disabled here.\n"));
    const CliRun bare = runCli({u"credentials"_s});
    QCOMPARE(bare.code, 2);
    QVERIFY(bare.err.contains(
        "What to do with credentials is missing. latchkey-cli credentials --help lists it."));
}

QTEST_GUILESS_MAIN(TestCliLifecycle)
#include "tst_clilifecycle.moc"
