// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/qtest_result.h"
#include "support/registerdesk.h"

#include <QProcess>
#include <QRegularExpression>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// What is under way with credentials, as the workspace remembers it.
class OperationLogTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void comesBackAsItWasWritten();
    void onlyOneOfTwoTakesAStep();
    void aLaterOneTakesThePlaceOfAnEarlierOne();
    void aHiddenRowIsNotListedAndComesBack();
    void goesWithItsRowAndItsTenant();
    void isUnderWayWhileItIsHeld();
    void leavesAloneWhatAnotherIsAtWorkOn();
    void isUnderWayWhileAnotherProcessRuns();

private:
    OperationLog &log() { return m_workspace->operations(); }
    Operation sample(OperationKind kind) const
    {
        return {.tenant = m_row.tenant, .credential = m_row.id, .kind = kind, .name = m_row.name};
    }
    bool execute(const QString &sql, const QVariantList &values) const
    {
        return executeIn(m_folder->path(), sql, values);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
    ApiCredential m_row;
};

void OperationLogTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_workspace.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = Workspace::open(m_folder->path());
    QVERIFY_OK(opened);
    m_workspace = std::move(*opened);
    const auto tenant =
        m_workspace->addTenant({.name = u"acme"_s, .baseUrl = QUrl(u"https://acme.example.com"_s)});
    QVERIFY_OK(tenant);
    const auto row = m_workspace->addCredential(
        {.tenant = tenant->id, .name = u"billing-service"_s, .secretKey = u"latchkey/1"_s});
    QVERIFY_OK(row);
    m_row = *row;
}

void OperationLogTest::comesBackAsItWasWritten()
{
    const Result<Operation> begun = log().begin({.tenant = m_row.tenant,
                                                 .kind = OperationKind::Create,
                                                 .name = u"invoice-export"_s,
                                                 .level = ScopeLevel::ManageUsers,
                                                 .note = u"owner: jdoe.test"_s,
                                                 .place = SecretPlace::Session,
                                                 .hadToken = true,
                                                 .portalBefore = {41}});
    QVERIFY_OK(begun);
    Operation made = *begun;
    made.step = OperationStep::Made;
    made.portalId = {42};
    made.clientId = u"0a1b"_s;
    QVERIFY_OK(log().advance(*begun, made));
    const auto all = log().all(m_row.tenant);
    QVERIFY_OK(all);
    QCOMPARE(all->size(), 1u);
    const Operation &read = all->front();
    QCOMPARE(read.id, begun->id);
    QVERIFY(!read.credential.isValid());
    QCOMPARE(read.kind, OperationKind::Create);
    QCOMPARE(read.step, OperationStep::Made);
    QCOMPARE(read.name, u"invoice-export"_s);
    QCOMPARE(read.level, ScopeLevel::ManageUsers);
    QCOMPARE(read.note, u"owner: jdoe.test"_s);
    QCOMPARE(read.place, SecretPlace::Session);
    QCOMPARE(read.clientId, u"0a1b"_s);
    QVERIFY(read.hadToken);
    QCOMPARE(read.portalBefore, PortalId{41});
    QCOMPARE(read.portalId, PortalId{42});
    QCOMPARE(read.process, QCoreApplication::applicationPid());
    QCOMPARE(read.startedAt, begun->startedAt);
    QVERIFY(read.changedAt >= read.startedAt);
}

void OperationLogTest::onlyOneOfTwoTakesAStep()
{
    const Result<Operation> begun = log().begin(sample(OperationKind::Remove));
    QVERIFY_OK(begun);
    Operation hidden = *begun;
    hidden.step = OperationStep::Hidden;
    QVERIFY_OK(log().advance(*begun, hidden));
    QCOMPARE(log().advance(*begun, hidden).error().kind, ErrorKind::Storage);
    QCOMPARE(log().strike(*begun).error().kind, ErrorKind::Storage);
    QVERIFY_OK(log().strike(hidden));
    QVERIFY(!log().strike(hidden));
}

void OperationLogTest::aLaterOneTakesThePlaceOfAnEarlierOne()
{
    QVERIFY_OK(log().begin(sample(OperationKind::Watch)));
    const Result<Operation> removal = log().begin(sample(OperationKind::Remove));
    QVERIFY_OK(removal);
    QCOMPARE(log().all(m_row.tenant)->size(), 1u);
    Operation hidden = *removal;
    hidden.step = OperationStep::Hidden;
    QVERIFY_OK(log().advance(*removal, hidden));
    const Result<Operation> refused = log().begin(sample(OperationKind::Enable)); // it is as good as gone
    QVERIFY(!refused);
    QCOMPARE(refused.error().message,
             u"Another window or program is at work on billing-service. Wait until it is done."_s);
    QCOMPARE(refused.error().detail, QString());
    QCOMPARE((*log().ofCredential(m_row.id))->kind, OperationKind::Remove);
}

void OperationLogTest::aHiddenRowIsNotListedAndComesBack()
{
    const Result<Operation> begun = log().begin(sample(OperationKind::Remove));
    QVERIFY_OK(begun);
    QCOMPARE(m_workspace->credentials(m_row.tenant)->size(), 1u);
    Operation hidden = *begun;
    hidden.step = OperationStep::Hidden;
    QVERIFY_OK(log().advance(*begun, hidden));
    QVERIFY(m_workspace->credentials(m_row.tenant)->empty());
    QCOMPARE(m_workspace->hiddenCredentials(m_row.tenant)->size(), 1u);
    QCOMPARE(log().removals()->size(), 1u);
    QVERIFY_OK(log().strike(hidden));
    QCOMPARE(m_workspace->credentials(m_row.tenant)->size(), 1u);
    QVERIFY(m_workspace->hiddenCredentials(m_row.tenant)->empty());
}

void OperationLogTest::goesWithItsRowAndItsTenant()
{
    QVERIFY_OK(log().begin(sample(OperationKind::Disable)));
    QVERIFY_OK(log().begin({.tenant = m_row.tenant, .kind = OperationKind::Create, .name = u"a"_s}));
    QVERIFY_OK(m_workspace->removeCredential(m_row.id));
    QCOMPARE(log().all(m_row.tenant)->size(), 1u);
    QVERIFY_OK(m_workspace->removeTenant(m_row.tenant));
    QVERIFY(log().all(m_row.tenant)->empty());
}

void OperationLogTest::isUnderWayWhileItIsHeld()
{
    const Result<Operation> begun = log().begin(sample(OperationKind::Disable));
    QVERIFY_OK(begun);
    QVERIFY(!log().isUnderWay(*begun));
    auto first = log().hold(begun->id);
    auto second = log().hold(begun->id);
    first.reset();
    QVERIFY(log().isUnderWay(*begun));
    second.reset();
    QVERIFY(!log().isUnderWay(*begun));
}

void OperationLogTest::leavesAloneWhatAnotherIsAtWorkOn()
{
    const Result<Operation> removal = log().begin(sample(OperationKind::Remove));
    QVERIFY_OK(removal);
    auto held = log().hold(removal->id);
    QVERIFY(!log().begin(sample(OperationKind::Enable)));
    QVERIFY_OK(log().strike(*removal));
    const Result<Operation> watch = log().begin(sample(OperationKind::Watch));
    QVERIFY_OK(watch);
    held = log().hold(watch->id);
    QVERIFY_OK(log().begin(sample(OperationKind::Enable))); // a watch only looks
}

void OperationLogTest::isUnderWayWhileAnotherProcessRuns()
{
    QVERIFY_OK(log().begin(sample(OperationKind::Disable)));
    QProcess other;
    other.start(u"cat"_s, QStringList());
    QVERIFY(other.waitForStarted());
    QVERIFY(execute(u"UPDATE operations SET process = ?"_s, {other.processId()}));
    const auto read = [&] { return log().all(m_row.tenant)->front(); };
    QVERIFY(log().isUnderWay(read()));
    const QString longAgo = QDateTime::currentDateTimeUtc().addSecs(-3600).toString(Qt::ISODateWithMs);
    QVERIFY(
        execute(u"UPDATE operations SET changed_at = ?"_s, {longAgo})); // its number went to another program
    QVERIFY(!log().isUnderWay(read()));
    QVERIFY(execute(u"UPDATE operations SET changed_at = started_at"_s, {}));
    QVERIFY(log().isUnderWay(read()));
    other.closeWriteChannel();
    QVERIFY(other.waitForFinished());
    QVERIFY(!log().isUnderWay(read()));
}

QTEST_GUILESS_MAIN(OperationLogTest)
#include "tst_operationlog.moc"
