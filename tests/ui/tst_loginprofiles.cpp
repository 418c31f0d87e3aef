// SPDX-License-Identifier: GPL-3.0-or-later
#include "keychainstate.h"
#include "logins/loginspanel.h"
#include "logins/profiledialog.h"
#include "logins/suitedialog.h"
#include "models/itemroles.h"
#include "oidc/loginrecord.h"
#include "oidc/profileregister.h"
#include "store/loginstore.h"
#include "style/icons.h"
#include "style/latchkeystyle.h"
#include "support/qtest_result.h"
#include "translations.h"
#include "ui/hands.h"
#include "ui/opensandbox.h"
#include "widgets/clipboard.h"
#include "widgets/confirmdialog.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/ticker.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// Login profiles in the panel, against the sandbox.
class TestLoginProfiles : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init();
    void cleanup();
    void aLoginIsKeptChosenAndRun();
    void anExpectationBesideTheRunIsTheProfiles();
    void aNameIsNeededAndOccursOnce();
    void anotherRequestIsNoRunOfTheProfile();
    void aProfileBringsItsSecret();
    void runAllComparesWithWhatIsExpected();
    void aProfileWithoutItsPasswordIsNotRun();
    void aProfileShowsItsOwnRun();
    void anotherKindOfLoginIsNoProfile();
    void deletingOneKeepsItsHistory();
    void anotherUsersPasswordIsNotKept();
    void aReadOnlyTenantHasNothingRevoked_data();
    void aReadOnlyTenantHasNothingRevoked();

private:
    void openPanel(bool readOnly = false);
    template<typename Widget>
    Widget *find(const QString &name) const
    {
        return m_panel->findChild<Widget *>(name);
    }
    QLineEdit *field(const QString &name) const { return find<QLineEdit>(name); }
    QAbstractItemModel *profiles() const { return find<QListView>(u"profileList"_s)->model(); }
    std::vector<LoginRecord> records() const
    {
        return *m_sandbox->workspace->logins().records(m_sandbox->session->tenant().id);
    }
    ProfileDialog *dialog() const { return m_panel->findChild<ProfileDialog *>(); }
    void fillIn(const QString &app)
    {
        const SandboxProcess::App known = m_sandbox->process.app(app);
        for (const auto &[name, text] : {std::pair(u"loginClientId"_s, known.clientId),
                                         std::pair(u"loginSecret"_s, known.clientSecret)}) {
            field(name)->setFocus();
            field(name)->selectAll();
            QTest::keyClicks(field(name), text);
        }
        find<SegmentedControl>(u"loginAuth"_s)->setCurrentIndex(known.auth == "post"_L1 ? 1 : 0);
    }
    void keepAs(const QString &name)
    {
        QVERIFY(press(*m_panel, u"newProfile"_s));
        QTRY_VERIFY(dialog());
        auto *edit = dialog()->findChild<QLineEdit *>(u"profile.name"_s);
        edit->selectAll();
        QTest::keyClicks(edit, name);
    }
    void save()
    {
        QTest::mouseClick(dialog()->applyButton(), Qt::LeftButton);
        QTRY_VERIFY(!dialog());
    }
    void run()
    {
        const size_t before = records().size();
        QVERIFY(press(*m_panel, u"runLogin"_s));
        QTRY_COMPARE(records().size(), before + 1);
    }

    std::unique_ptr<OpenSandbox> m_sandbox;
    std::unique_ptr<ProfileRegister> m_register;
    std::unique_ptr<KeychainState> m_keychain;
    std::unique_ptr<Ticker> m_ticker;
    std::unique_ptr<Clipboard> m_clipboard;
    std::unique_ptr<LoginsPanel> m_panel;
};

void TestLoginProfiles::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
    openPanel();
}

void TestLoginProfiles::openPanel(bool readOnly)
{
    cleanup();
    m_sandbox = std::make_unique<OpenSandbox>();
    QVERIFY_OK(m_sandbox->open(u"grants-admin"_s, readOnly));
    m_register =
        std::make_unique<ProfileRegister>(*m_sandbox->workspace, m_sandbox->keychain, m_sandbox->memory);
    m_keychain = std::make_unique<KeychainState>(
        m_sandbox->keychain, [](const Continuation<> &) {}, u"Secret Service"_s);
    m_ticker = std::make_unique<Ticker>(m_sandbox->clock);
    m_clipboard = std::make_unique<Clipboard>(*QGuiApplication::clipboard(), *m_ticker);
    m_panel = std::make_unique<LoginsPanel>(
        *m_sandbox->session, *m_register,
        PanelTools{.keychain = *m_keychain, .clipboard = *m_clipboard, .ticker = *m_ticker});
    m_panel->resize(1052, 720);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    QTRY_COMPARE(find<QComboBox>(u"loginApp"_s)->count(), 42);
}

void TestLoginProfiles::cleanup()
{
    m_panel.reset();
    m_clipboard.reset();
    m_ticker.reset();
    m_keychain.reset();
    m_register.reset();
    m_sandbox.reset();
}

void TestLoginProfiles::aLoginIsKeptChosenAndRun()
{
    const QAbstractItemModelTester tester(profiles());
    QVERIFY(!find<QPushButton>(u"runAllProfiles"_s)->isEnabled());
    fillIn(u"billing-service"_s);
    keepAs(u"nightly"_s);
    save();
    QCOMPARE(profiles()->rowCount(), 1);
    const QModelIndex row = profiles()->index(0, 0);
    QCOMPARE(row.data().toString(), u"nightly"_s);
    QCOMPARE(row.data(TrailingRole).toString(), u"Never"_s);
    QCOMPARE(find<QListView>(u"profileList"_s)->currentIndex(), row);
    run();
    QCOMPARE(records().front().name, u"nightly"_s);
    QCOMPARE(records().front().metExpectation, std::optional(true));
    QCOMPARE(profiles()->index(0, 0).data(GlyphRole).toInt(), static_cast<int>(Icon::Success));
    QCOMPARE(find<QLabel>(u"profileCounts"_s)->text(), u"1 of 1 as expected"_s);
}

void TestLoginProfiles::anExpectationBesideTheRunIsTheProfiles()
{
    fillIn(u"billing-service"_s);
    keepAs(u"nightly"_s);
    save();
    auto *expect = find<QPushButton>(u"loginExpectation"_s);
    QCOMPARE(expect->accessibleName(), u"Expect: success"_s);
    find<QAction>(u"expectError"_s)->trigger();
    auto *dialog = m_panel->findChild<EditorDialog *>(u"expectationDialog"_s);
    QVERIFY(dialog);
    QTest::mouseClick(dialog->applyButton(), Qt::LeftButton);
    QVERIFY(dialog->isVisible()); // which error?
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"profile.error"_s), u"invalid_client"_s);
    QTest::mouseClick(dialog->applyButton(), Qt::LeftButton);
    QCOMPARE(expect->accessibleName(), u"Expect: invalid_client"_s);
    const auto kept = [this] {
        return m_sandbox->workspace->logins().profiles(m_sandbox->session->tenant().id)->front();
    };
    QTRY_COMPARE(kept().expectation.error, u"invalid_client"_s);
    run();
    QCOMPARE(records().front().metExpectation, std::optional(false));
}

void TestLoginProfiles::aNameIsNeededAndOccursOnce()
{
    fillIn(u"billing-service"_s);
    keepAs(u"nightly"_s);
    save();
    keepAs(u" "_s);
    QTest::mouseClick(dialog()->applyButton(), Qt::LeftButton);
    QVERIFY(dialog());
    auto *name = dialog()->findChild<QLineEdit *>(u"profile.name"_s);
    name->selectAll();
    QTest::keyClicks(name, u"Nightly"_s);
    QTest::mouseClick(dialog()->applyButton(), Qt::LeftButton);
    QTRY_VERIFY(!dialog()->isBusy());
    QVERIFY(dialog()->isVisible());
    QCOMPARE(profiles()->rowCount(), 1);
}

void TestLoginProfiles::anotherRequestIsNoRunOfTheProfile()
{
    fillIn(u"billing-service"_s);
    keepAs(u"nightly"_s);
    save();
    find<QComboBox>(u"loginResource"_s)->setEditText(u"https://api.example.com/invoices"_s);
    run();
    QVERIFY(!records().front().profile.isValid());
    QCOMPARE(profiles()->index(0, 0).data(TrailingRole).toString(), u"Never"_s);
}

void TestLoginProfiles::aProfileBringsItsSecret()
{
    fillIn(u"billing-service"_s);
    const QString secret = field(u"loginSecret"_s)->text();
    keepAs(u"nightly"_s);
    save();
    fillIn(u"ci-smoke-tests"_s);
    keepAs(u"smoke"_s);
    save();
    auto *list = find<QListView>(u"profileList"_s);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(profiles()->index(0, 0)).center());
    QTRY_COMPARE(field(u"loginSecret"_s)->text(), secret);
    QCOMPARE(field(u"loginClientId"_s)->text(), m_sandbox->process.app(u"billing-service").clientId);
}

void TestLoginProfiles::runAllComparesWithWhatIsExpected()
{
    fillIn(u"billing-service"_s);
    keepAs(u"works"_s);
    save();
    keepAs(u"fails"_s);
    auto *expected = dialog()->findChild<QComboBox *>(u"profile.expected"_s);
    expected->setCurrentIndex(1);
    QTest::mouseClick(dialog()->applyButton(), Qt::LeftButton);
    QVERIFY(dialog()); // which error?
    QTest::keyClicks(dialog()->findChild<QLineEdit *>(u"profile.error"_s), u"invalid_client"_s);
    save();
    QVERIFY(!find<QPushButton>(u"exportResults"_s)->isEnabled());
    QVERIFY(press(*m_panel, u"runAllProfiles"_s));
    auto *suite = m_panel->findChild<SuiteDialog *>();
    QVERIFY(suite);
    QTRY_COMPARE(suite->findChild<QLabel *>(u"suite.summary"_s)->text(), u"1 of 2 as expected, 0 skipped."_s);
    const auto *table = suite->findChild<QTableView *>(u"suite.table"_s)->model();
    QCOMPARE(table->index(0, 1).data().toString(), u"Not as expected"_s);
    QCOMPARE(table->index(1, 1).data().toString(), u"As expected"_s);
    QVERIFY(suite->findChild<QPushButton *>(u"suite.export"_s)->isEnabled());
    QCOMPARE(records().size(), size_t{2});
    QCOMPARE(find<QListView>(u"loginRuns"_s)->model()->rowCount(), 2); // runs of this session like others
    QCOMPARE(find<QLabel>(u"profileCounts"_s)->text(), u"1 of 2 as expected"_s);
    QTest::mouseClick(suite->findChild<QPushButton *>(u"suite.close"_s), Qt::LeftButton);
    QVERIFY(find<QPushButton>(u"exportResults"_s)->isEnabled());
}

void TestLoginProfiles::aProfileWithoutItsPasswordIsNotRun()
{
    fillIn(u"portal-web"_s);
    find<SegmentedControl>(u"loginGrant"_s)->setCurrentIndex(2);
    QTest::keyClicks(field(u"loginUsername"_s), u"jdoe.test"_s);
    keepAs(u"jdoe"_s);
    save();
    QVERIFY(press(*m_panel, u"runAllProfiles"_s));
    auto *suite = m_panel->findChild<SuiteDialog *>();
    QVERIFY(suite);
    QTRY_COMPARE(suite->findChild<QLabel *>(u"suite.summary"_s)->text(), u"0 of 1 as expected, 1 skipped."_s);
    const auto *table = suite->findChild<QTableView *>(u"suite.table"_s)->model();
    QCOMPARE(table->index(0, 1).data().toString(), u"Skipped"_s);
    QCOMPARE(table->index(0, 2).data().toString(), u"Not run: no password."_s);
    QVERIFY(records().empty());
    QCOMPARE(find<QListView>(u"loginRuns"_s)->model()->rowCount(), 0);
}

void TestLoginProfiles::aProfileShowsItsOwnRun()
{
    fillIn(u"billing-service"_s);
    run();
    keepAs(u"nightly"_s);
    save();
    QTRY_VERIFY(find<QLabel>(u"resultTitle"_s)); // it asks for what just ran
    run();
    QTRY_VERIFY(find<QLabel>(u"resultTiming"_s)->text().startsWith(u"nightly · "_s));
    find<QComboBox>(u"loginResource"_s)->setEditText(u"https://api.example.com/invoices"_s);
    keepAs(u"other"_s);
    save();
    QTRY_VERIFY(find<QWidget>(u"notRun"_s));
    QTRY_VERIFY(!find<QLabel>(u"resultTitle"_s));
    auto *list = find<QListView>(u"profileList"_s);
    list->setCurrentIndex(profiles()->index(0, 0));
    QTRY_VERIFY(!find<QWidget>(u"notRun"_s));
    QVERIFY(find<QLabel>(u"resultTiming"_s)->text().startsWith(u"nightly · "_s));
    QCOMPARE(find<QListView>(u"loginRuns"_s)->currentIndex().row(), 0);
}

void TestLoginProfiles::anotherKindOfLoginIsNoProfile()
{
    fillIn(u"billing-service"_s);
    keepAs(u"nightly"_s);
    save();
    auto *list = find<QListView>(u"profileList"_s);
    auto *kind = find<SegmentedControl>(u"loginGrant"_s);
    const auto *expect = find<QPushButton>(u"loginExpectation"_s);
    for (const int other : {1, 2, 3}) {
        list->setCurrentIndex(profiles()->index(0, 0));
        QCOMPARE(kind->currentIndex(), 0);
        QCOMPARE(expect->accessibleName(), u"Expect: success"_s);
        kind->setCurrentIndex(other);
        QVERIFY(!list->currentIndex().isValid());
        QVERIFY(!list->selectionModel()->hasSelection());
        QCOMPARE(expect->accessibleName(), u"Expect: anything"_s);
    }
}

void TestLoginProfiles::deletingOneKeepsItsHistory()
{
    fillIn(u"billing-service"_s);
    keepAs(u"nightly"_s);
    save();
    run();
    auto *list = find<QListView>(u"profileList"_s);
    m_panel->activateWindow(); // without a window manager a closed dialog leaves no window active
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Delete);
    auto *confirm = m_panel->findChild<ConfirmDialog *>(u"deleteProfileDialog"_s);
    QVERIFY(confirm);
    QTest::mouseClick(confirm->verbButton(), Qt::LeftButton);
    QTRY_COMPARE(profiles()->rowCount(), 0);
    QCOMPARE(records().size(), size_t{1});
}

void TestLoginProfiles::anotherUsersPasswordIsNotKept()
{
    fillIn(u"billing-service"_s);
    keepAs(u"service"_s);
    save();
    find<SegmentedControl>(u"loginGrant"_s)->setCurrentIndex(2);
    QTest::keyClicks(field(u"loginUsername"_s), u"jdoe.test"_s);
    QTest::keyClicks(field(u"loginPassword"_s), u"of-jdoe"_s);
    auto *list = find<QListView>(u"profileList"_s);
    list->setCurrentIndex({});
    list->setCurrentIndex(profiles()->index(0, 0));
    QVERIFY(field(u"loginUsername"_s)->text().isEmpty());
    QVERIFY(field(u"loginPassword"_s)->text().isEmpty());
}

void TestLoginProfiles::aReadOnlyTenantHasNothingRevoked_data()
{
    QTest::addColumn<bool>("readOnly");
    QTest::newRow("writable") << false;
    QTest::newRow("read-only") << true;
}

void TestLoginProfiles::aReadOnlyTenantHasNothingRevoked()
{
    QFETCH(bool, readOnly);
    openPanel(readOnly);
    fillIn(u"billing-service"_s);
    run();
    const auto *revoke = m_panel->findChild<QAction *>(u"revokeToken"_s);
    QVERIFY(revoke);
    QCOMPARE(revoke->isEnabled(), !readOnly);
}

QTEST_MAIN(TestLoginProfiles)
#include "tst_loginprofiles.moc"
