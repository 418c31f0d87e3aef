// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialdialog.h"
#include "models/itemroles.h"
#include "support/fakeclock.h"
#include "ui/sandboxpaneltest.h"
#include "widgets/confirmdialog.h"
#include "widgets/filterfield.h"
#include "widgets/messagebanner.h"
#include "widgets/secretfield.h"
#include "widgets/statebadge.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

CredentialRow row(qint64 id, const QString &name, CredentialState state = CredentialState::Enabled)
{
    CredentialRow made;
    made.credential.id = {id};
    made.credential.name = name;
    made.credential.clientId = u"0123456789abcdef%1"_s.arg(id);
    made.credential.state = state;
    return made;
}

} // namespace

class TestCredentials : public SandboxPanelTest
{
    Q_OBJECT

private slots:
    void initTestCase() { setUpApplication(); }
    void init() { makeApp(); }
    void cleanup() { endApp(); }

    void groupsAndSortsPairs();
    void filtersByGroupNameAndId();
    void countsTokensDown();
    void keepsPlacesWhenNothingMoves();
    void agesAreWords_data();
    void agesAreWords();

    void listsTheSandboxInThreeGroups();
    void columnsAreChosenFittedAndRemembered();
    void theColumnChosenLastHasRoomFirst();
    void getsATokenAndRevokesIt();
    void lockedKeychainIsSaidAndUnlocked();
    void missingSecretIsPastedAgain();
    void ownerDeletedIsSaid();

private:
    void openPanel(TenantType type = TenantType::Sandbox) { openSandbox(type, {u"directory-sync"_s}); }
    QString groupOfPair(const QString &name) const { return find(name).parent().data().toString(); }
    MessageBanner &banner() const { return *m_panel->banner(); }
    CredentialDialog *dialog() const { return m_panel->findChild<CredentialDialog *>(u"credentialDialog"_s); }
    void fill(const QString &field, const QString &text);
};

void TestCredentials::groupsAndSortsPairs()
{
    FakeClock clock;
    CredentialModel model(clock);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    CredentialRow refused = row(1, u"zeta"_s);
    refused.credential.problem = CredentialProblem::Refused;
    model.setRows(
        {refused, row(2, u"beta"_s), row(3, u"alpha"_s), row(4, u"old"_s, CredentialState::Disabled)});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, 0).data().toString(), u"Needs attention"_s);
    QCOMPARE(model.index(1, 0).data(CountRole).toInt(), 2);
    const QModelIndex enabled = model.index(1, 0);
    QCOMPARE(model.index(0, CredentialModel::Name, enabled).data().toString(), u"alpha"_s);
    model.sort(CredentialModel::Name, Qt::DescendingOrder);
    QCOMPARE(model.index(0, CredentialModel::Name, model.index(1, 0)).data().toString(), u"beta"_s);
    QCOMPARE(model.row(model.indexOf({4}))->credential.name, u"old"_s);
}

void TestCredentials::filtersByGroupNameAndId()
{
    FakeClock clock;
    CredentialModel model(clock);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows({row(1, u"alpha"_s), row(2, u"beta"_s), row(3, u"gamma"_s, CredentialState::Disabled)});
    model.setFilter(CredentialGroup::Disabled, {});
    QCOMPARE(model.rowCount(), 1);
    model.setFilter(std::nullopt, u"DEF2"_s);
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.indexOf({2}).isValid());
    QVERIFY(!model.indexOf({1}).isValid());
    model.setFilter(std::nullopt, u"nothing"_s);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.total(), 3);
}

void TestCredentials::countsTokensDown()
{
    FakeClock clock;
    CredentialModel model(clock);
    CredentialRow with = row(1, u"alpha"_s);
    with.tokenDeadline = clock.monotonic() + 90s;
    model.setRows({with});
    const QModelIndex token = model.index(0, CredentialModel::Token, model.index(0, 0));
    QCOMPARE(token.data().toString(), u"1\u00a0min\u00a030\u00a0s"_s);
    clock.advance(91s);
    QCOMPARE(token.data().toString(), u"Expired"_s);
}

void TestCredentials::keepsPlacesWhenNothingMoves()
{
    FakeClock clock;
    CredentialModel model(clock);
    model.setRows({row(1, u"alpha"_s), row(2, u"beta"_s)});
    const QPersistentModelIndex beta = model.indexOf({2});
    CredentialRow changed = row(2, u"beta"_s);
    changed.credential.note = u"nightly"_s;
    model.setRows({row(1, u"alpha"_s), changed});
    QVERIFY(beta.isValid());
    QCOMPARE(model.row(beta)->credential.note, u"nightly"_s);
}

void TestCredentials::agesAreWords_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("expected");
    QTest::newRow("now") << qint64(5) << u"Just now"_s;
    QTest::newRow("minutes") << qint64(4 * 60) << u"4\u00a0min ago"_s;
    QTest::newRow("hours") << qint64(2 * 3600 + 60) << u"2\u00a0h ago"_s;
    QTest::newRow("days") << qint64(12 * 86400) << u"12 days ago"_s;
    QTest::newRow("a clock that ran ahead") << qint64(-30) << u"Just now"_s;
}

void TestCredentials::agesAreWords()
{
    QFETCH(qint64, seconds);
    const QDateTime now(QDate(2026, 7, 20), QTime(12, 0), Qt::LocalTime);
    QTEST(agoText(now.addSecs(-seconds), now), "expected");
}

void TestCredentials::fill(const QString &field, const QString &text)
{
    auto *edit = shown<QLineEdit>(*dialog(), field);
    QVERIFY(edit);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

void TestCredentials::listsTheSandboxInThreeGroups()
{
    openPanel();
    QCOMPARE(groupOfPair(u"grants-admin"_s), u"Enabled"_s);
    QCOMPARE(groupOfPair(u"legacy-migration"_s), u"Needs attention"_s);
    QCOMPARE(groupOfPair(u"hr-import"_s), u"Disabled"_s);
    auto *filter = shown<FilterField>(*m_panel, u"credentials.filter"_s);
    filter->setFocus();
    QTest::keyClicks(filter, u"grants"_s);
    QCOMPARE(groupOfPair(u"hr-import"_s), QString());
    QCOMPARE(groupOfPair(u"grants-admin"_s), u"Enabled"_s);
    QCOMPARE(m_panel->findChild<QLabel *>(u"credential.name"_s)->text(), u"grants-admin"_s);
    filter->setText(u"hr-import"_s); // the detail never shows what the list does not
    QCOMPARE(m_panel->findChild<QLabel *>(u"credential.name"_s)->text(), u"hr-import"_s);
    QTest::keyClicks(filter, u"xyz"_s);
    QVERIFY(!shown<QLabel>(*m_panel, u"credential.name"_s));
    QVERIFY(press(*m_panel, u"credentials.clearFilter"_s));
    QCOMPARE(groupOfPair(u"hr-import"_s), u"Disabled"_s);
}

void TestCredentials::columnsAreChosenFittedAndRemembered()
{
    openPanel();
    auto *header = shown<QTreeView>(*m_panel, u"credentials.list"_s)->header();
    const auto has = [&header](int column) { return !header->isSectionHidden(column); };
    QVERIFY(has(CredentialModel::Used));
    QVERIFY(!has(CredentialModel::Note));
    QMenu *menu = shown<QToolButton>(*m_panel, u"credentials.columns"_s)->menu();
    menu->popup({});
    menu->findChild<QAction *>(u"columns.used"_s)->trigger();
    menu->findChild<QAction *>(u"columns.age"_s)->trigger();
    menu->close();
    QVERIFY(!has(CredentialModel::Used));
    QVERIFY(has(CredentialModel::Age));
    header->resizeSection(CredentialModel::Level, 160);
    header->setSortIndicator(CredentialModel::Level, Qt::DescendingOrder);
    m_panel->hide(); // what was chosen a moment ago counts

    m_panel = std::make_unique<CredentialsPanel>(*m_session, m_app->tools());
    m_panel->resize(1052, 720);
    m_panel->show();
    header = shown<QTreeView>(*m_panel, u"credentials.list"_s)->header();
    QVERIFY(!has(CredentialModel::Used));
    QTRY_VERIFY(has(CredentialModel::Age));
    QCOMPARE(header->sectionSize(CredentialModel::Level), 160);
    QCOMPARE(header->sortIndicatorSection(), int(CredentialModel::Level));
    const QAbstractItemModel *model = header->model();
    const QModelIndex enabled = model->index(1, 0);
    QCOMPARE(model->index(0, CredentialModel::Level, enabled).data().toString(), u"Manage All"_s);

    m_panel->resize(520, 720); // too narrow for all: the last in rank goes, what is needed stays
    QTRY_VERIFY(!has(CredentialModel::Age));
    QVERIFY(has(CredentialModel::State));
    QVERIFY(has(CredentialModel::Token));
    menu = shown<QToolButton>(*m_panel, u"credentials.columns"_s)->menu();
    menu->findChild<QAction *>(u"columns.reset"_s)->trigger();
    m_panel->resize(1052, 720);
    QTRY_VERIFY(has(CredentialModel::Used));
    QVERIFY(header->sectionSize(CredentialModel::Level) != 160);
}

void TestCredentials::theColumnChosenLastHasRoomFirst()
{
    openPanel();
    auto *header = shown<QTreeView>(*m_panel, u"credentials.list"_s)->header();
    QMenu *menu = shown<QToolButton>(*m_panel, u"credentials.columns"_s)->menu();
    menu->popup({});
    menu->findChild<QAction *>(u"columns.client_id"_s)->trigger();
    menu->findChild<QAction *>(u"columns.note"_s)->trigger();
    menu->close();
    QVERIFY(!header->isSectionHidden(CredentialModel::Note));
    QVERIFY(header->isSectionHidden(CredentialModel::ClientId));
    menu->popup({});
    QCOMPARE(menu->findChild<QAction *>(u"columns.client_id"_s)->text(), u"Client ID (no room)"_s);
    QCOMPARE(menu->findChild<QAction *>(u"columns.note"_s)->text(), u"Owner note"_s);
    menu->close();
}

void TestCredentials::getsATokenAndRevokesIt()
{
    openPanel();
    QVERIFY(select(u"grants-admin"_s));
    QVERIFY(press(*m_panel, u"token.get"_s));
    QTRY_VERIFY(shown<StateBadge>(*m_panel, u"token.countdown"_s));
    QVERIFY(shown<StateBadge>(*m_panel, u"token.countdown"_s)->text().contains(u"left"_s));
    QTRY_VERIFY(m_session->existingTokenSource(m_session->workingCredential()->id)->lastRateLimit());

    QVERIFY(press(*m_panel, u"token.test"_s));
    QTRY_COMPARE(banner().sentence(), u"grants-admin gets a token."_s);
    QCOMPARE(banner().detail(), u"It is the same one as before."_s);

    QVERIFY(press(*m_panel, u"token.revoke"_s));
    auto *confirm = m_panel->findChild<ConfirmDialog *>(u"revokeDialog"_s);
    QVERIFY(confirm);
    QTRY_COMPARE(confirm->focusWidget(), confirm->cancelButton());
    QTest::mouseClick(confirm->verbButton(), Qt::LeftButton);
    QTRY_VERIFY(!shown<StateBadge>(*m_panel, u"token.countdown"_s));
    QTRY_VERIFY(shown<QAbstractButton>(*m_panel, u"token.get"_s));
}

void TestCredentials::lockedKeychainIsSaidAndUnlocked()
{
    openPanel(TenantType::Development);
    m_app->keychain.failWith(ErrorKind::KeychainLocked);
    m_app->keychainState.probe();
    QTRY_COMPARE(banner().sentence(), u"The keychain is locked."_s);
    QCOMPARE(shown<SecretField>(*m_panel, u"credential.secret"_s)->state(), SecretField::State::Locked);
    QTRY_VERIFY(shown<QPushButton>(*m_panel, u"keychain.unlock"_s));
    QVERIFY(press(*m_panel, u"keychain.unlock"_s));
    QTRY_VERIFY(m_app->keychainState.isReady());
    QTRY_VERIFY(!shown<QPushButton>(*m_panel, u"keychain.unlock"_s));
}

void TestCredentials::missingSecretIsPastedAgain()
{
    openPanel(TenantType::Development);
    QVERIFY(select(u"directory-sync"_s));
    const auto pair = m_app->credentials.list(m_session->tenant().id)->front();
    QVERIFY_OK(waitFor<void>([&](auto next) { m_app->keychain.remove(pair.secretKey, next); }));
    QVERIFY(press(*m_panel, u"token.get"_s));
    QTRY_COMPARE(groupOfPair(u"directory-sync"_s), u"Needs attention"_s);
    auto *secret = shown<SecretField>(*m_panel, u"credential.secret"_s);
    QCOMPARE(secret->state(), SecretField::State::Missing);
    emit secret->pasteRequested();
    QVERIFY(dialog());
    fill(u"credential.form.secret"_s, m_tenant->credential(u"directory-sync").clientSecret);
    QTest::mouseClick(dialog()->applyButton(), Qt::LeftButton);
    QTRY_COMPARE(groupOfPair(u"directory-sync"_s), u"Enabled"_s);
    QVERIFY(press(*m_panel, u"token.get"_s));
    QTRY_VERIFY(shown<StateBadge>(*m_panel, u"token.countdown"_s));
}

void TestCredentials::ownerDeletedIsSaid()
{
    openPanel();
    QVERIFY(select(u"legacy-migration"_s));
    QCOMPARE(shown<StateBadge>(*m_panel, u"credential.state"_s)->text(), u"Owner deleted"_s);
    QVERIFY(press(*m_panel, u"token.test"_s));
    QTRY_VERIFY(banner().isVisible());
    QTRY_COMPARE(banner().kind(), MessageBanner::Kind::Danger);
    QCOMPARE(groupOfPair(u"legacy-migration"_s), u"Needs attention"_s);
}

QTEST_MAIN(TestCredentials)
#include "tst_credentials.moc"
