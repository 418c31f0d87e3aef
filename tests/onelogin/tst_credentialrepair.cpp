// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/credentialrepair.h"
#include "support/tenantdesk.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// Where keychain, workspace and tenant disagree, and that it can be mended.
class CredentialRepairTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_desk.reset(); }
    void findsNothingWhereAllAgrees();
    void tellsOfWhatIsTooYoungToBeALeftover();
    void findsAndMendsMissingSecrets();
    void aKeychainThatRefusesIsNotTakenForEmpty_data();
    void aKeychainThatRefusesIsNotTakenForEmpty();
    void findsUnfinishedWork();
    void anUnfinishedRemovalIsUndoneOnlyWhileThePairIsThere();
    void stopsWhenItIsNotWantedAnyMore();

private:
    Result<RepairReport> look()
    {
        CredentialRepair repair(*m_desk->session);
        return waitFor<RepairReport>([&](auto k) { repair.look(k); });
    }
    Operation beginRemoval(const ApiCredential &credential)
    {
        return m_desk->workspace->operations()
            .begin({.tenant = credential.tenant,
                    .credential = credential.id,
                    .kind = OperationKind::Remove,
                    .name = credential.name,
                    .clientId = credential.clientId})
            .value_or(Operation{});
    }

    std::unique_ptr<TenantDesk> m_desk;
    ApiCredential m_admin;
    ApiCredential m_sync;
};

void CredentialRepairTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_desk = std::make_unique<TenantDesk>();
    QVERIFY(m_desk->start());
    m_admin = m_desk->adopt(u"grants-admin");
    m_sync = m_desk->adopt(u"directory-sync");
}

void CredentialRepairTest::findsNothingWhereAllAgrees()
{
    CredentialRepair repair(*m_desk->session);
    QSignalSpy progress(&repair, &CredentialRepair::progressed);
    const auto report = waitFor<RepairReport>([&](auto k) { repair.look(k); });
    QVERIFY_OK(report);
    QVERIFY(report->isEmpty());
    QCOMPARE(progress.size(), 3);
    QCOMPARE(progress.last().at(0).toLongLong(), 2);
    QCOMPARE(progress.last().at(1).toLongLong(), 2);
}

void CredentialRepairTest::tellsOfWhatIsTooYoungToBeALeftover()
{
    const QDateTime before = QDateTime::currentDateTimeUtc();
    QVERIFY_OK(m_desk->workspace->noteKeychainItems({u"latchkey/1"_s, u"latchkey/2"_s}));
    const Result<RepairReport> report = look();
    QVERIFY_OK(report);
    QVERIFY(report->leftovers.isEmpty());
    QCOMPARE(report->young.count, 2);
    QVERIFY(!report->isEmpty());
    QVERIFY(report->young.oldAt >= before.addSecs(600));
    QVERIFY(report->young.oldAt <= QDateTime::currentDateTimeUtc().addSecs(600));
}

void CredentialRepairTest::findsAndMendsMissingSecrets()
{
    m_desk->keychain.secrets.remove(m_sync.secretKey);
    const Result<RepairReport> report = look();
    QVERIFY_OK(report);
    QCOMPARE(report->missing.size(), 1u);
    QCOMPARE(report->missing[0].id, m_sync.id);
    const Secret secret = Secret::fromText(m_desk->sandbox.credential(u"directory-sync").clientSecret);
    QVERIFY_OK(waitFor([&](auto k) {
        m_desk->credentials->replaceSecret(report->missing[0], secret, SecretPlace::Keychain, k);
    }));
    QVERIFY(look()->isEmpty());
    QVERIFY_OK(m_desk->token(m_sync));
}

void CredentialRepairTest::aKeychainThatRefusesIsNotTakenForEmpty_data()
{
    QTest::addColumn<ErrorKind>("kind");
    for (ErrorKind kind : {ErrorKind::KeychainLocked, ErrorKind::KeychainUnavailable,
                           ErrorKind::KeychainTimeout, ErrorKind::KeychainFailure})
        QTest::newRow(qPrintable(kindName(kind))) << kind;
}

void CredentialRepairTest::aKeychainThatRefusesIsNotTakenForEmpty()
{
    QFETCH(ErrorKind, kind);
    m_desk->keychain.secrets.clear();
    m_desk->keychain.failure = kind;
    m_desk->keychain.failFrom = 1; // the first is told as missing, the second not
    const Result<RepairReport> report = look();
    QVERIFY(!report);
    QCOMPARE(report.error().kind, kind);
    QVERIFY(m_desk->rows().at(0).secretMissing != m_desk->rows().at(1).secretMissing);
}

void CredentialRepairTest::findsUnfinishedWork()
{
    const Operation operation = beginRemoval(m_admin);
    const Result<RepairReport> report = look();
    QVERIFY_OK(report);
    QCOMPARE(report->unfinished.size(), 1u);
    QCOMPARE(UnfinishedWork::remedies(report->unfinished[0]),
             (std::vector<Remedy>{Remedy::Finish, Remedy::Undo}));
    const auto handle = m_desk->workspace->operations().hold(operation.id);
    QVERIFY(look()->isEmpty()); // somebody is at it
}

void CredentialRepairTest::anUnfinishedRemovalIsUndoneOnlyWhileThePairIsThere()
{
    UnfinishedWork work(*m_desk->session);
    const Operation first = beginRemoval(m_admin);
    QVERIFY_OK(waitFor([&](auto k) { work.undo(first, k); }));
    QCOMPARE(m_desk->rows().size(), 2u);
    QVERIFY(m_desk->operations().empty());
    QVERIFY_OK(m_desk->token(m_admin));

    const Operation second = beginRemoval(m_admin);
    const SandboxPortal portal = m_desk->portal();
    QVERIFY_OK(waitFor([&](auto k) { portal.remove(m_desk->atPortal(u"grants-admin"_s)->id, k); }));
    const auto undone = waitFor([&](auto k) { work.undo(second, k); });
    QVERIFY(!undone);
    QCOMPARE(undone.error().kind, ErrorKind::NotFound);
    QVERIFY_OK(waitFor<std::optional<Error>>([&](auto k) { work.finish(second, k); }));
    QCOMPARE(m_desk->rows().size(), 1u);
    QCOMPARE(m_desk->keychain.secrets.size(), 1);
}

void CredentialRepairTest::stopsWhenItIsNotWantedAnyMore()
{
    auto repair = std::make_unique<CredentialRepair>(*m_desk->session);
    connect(repair.get(), &CredentialRepair::progressed, this, [&repair](qsizetype looked) {
        if (looked == 1)
            repair.release()->deleteLater();
    });
    QObject context;
    bool isTold = false;
    repair->look(then(&context, [&isTold](const Result<RepairReport> &) { isTold = true; }));
    QTRY_VERIFY(!repair);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY_OK(waitFor([&](auto k) { m_desk->keychain.put(u"later"_s, Secret(), k); }));
    QVERIFY(!isTold);
}

QTEST_GUILESS_MAIN(CredentialRepairTest)
#include "tst_credentialrepair.moc"
