// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantgridview.h"
#include "firstrun.h"
#include "mainwindow.h"
#include "onelogin/credentialremoval.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "style/latchkeystyle.h"
#include "support/waitfor.h"
#include "tenantswitcher.h"
#include "translations.h"
#include "ui/appfixture.h"
#include "widgets/confirmdialog.h"
#include "widgets/messagebanner.h"
#include "widgets/navigationlist.h"
#include "widgets/statusbar.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QTabBar>
#include <QTextBrowser>
#include <QTreeView>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestMainWindow : public QObject
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

    void firstRunStartsTheSandbox();
    void aSecondStartReplacesTheFirstSandbox();
    void aCancelledStartOpensNothing_data();
    void aCancelledStartOpensNothing();
    void aPersonsOwnSandboxTenantStays();
    void saysWhenTheSandboxEnds();
    void saysWhyTheSandboxDoesNotStart();
    void addsATenantAndAsksForItsFirstPair();
    void importsIntoATenantThatIsAddedFirst();
    void everyButtonOfThePanelsHasANameForTestsAndPeople();
    void aTenantIsMadeReadOnly();
    void keysSwitchPanels();
    void aSwitchOfPanelsTakesTheFocusAlong();
    void aPanelGivesTheFocusBackToWhatHadIt();
    void aSingleTenantHasItsWholeRow();
    void panesAreReachedByKeys();
    void aKeyIsSaidBesideWhatItDoesHere();
    void theMenuIsTheSameEverywhereAndFitsALowWindow();
    void theMenuHoldsEveryActionWithAShortcut();
    void theMenuHoldsWhatThePanelCanDo();
    void helpFollowsThePanel();
    void everyPageOfTheHelpLeadsSomewhere();
    void stagedChangesAreNotLostSilently();
    void foldsTheNavigation();
    void remembersItsSize();
    void neverOpensLargerThanTheScreen();
    void tellsTheStateOfTheKeychain();
    void listsTenants();
    void callsLeftAreReadAfterCalls();
    void aDeleteIsThroughBeforeTheWindowCloses();
    void refusesAGreetingThatIsNone_data();
    void refusesAGreetingThatIsNone();

private:
    void open();
    /// With the sandbox in it and the focus on the list of pairs.
    void openWithSandbox();
    QString status(const QString &name) const;

    std::unique_ptr<AppFixture> m_app;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::init()
{
    failOnWarnings();
    m_app = std::make_unique<AppFixture>();
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_app.reset();
}

void TestMainWindow::open()
{
    m_window = std::make_unique<MainWindow>(m_app->services());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->begin(false);
}

QString TestMainWindow::status(const QString &name) const
{
    const auto *segment = shown<StatusSegment>(*m_window, name);
    return segment ? segment->accessibleName() : QString();
}

void TestMainWindow::firstRunStartsTheSandbox()
{
    open();
    m_window->resize(1280, 800); // the off-screen display is smaller
    auto *button = shown<QPushButton>(*m_window, u"firstRun.sandbox"_s);
    QVERIFY(button);
    QTRY_VERIFY(button->hasFocus());
    QCOMPARE(status(u"status.connection"_s), u"No tenant open"_s);
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(shown<QTreeView>(*m_window, u"credentials.list"_s), 20000);
    QCOMPARE(status(u"status.connection"_s), u"Works as grants-admin"_s);
    QCOMPARE(m_window->session()->workingCredential()->name, u"grants-admin"_s);
    QCOMPARE(m_window->windowTitle(), u"Sandbox – Latchkey"_s);

    QVERIFY(press(*m_window, u"token.get"_s));
    QTRY_COMPARE(status(u"status.connection"_s), u"Connected as grants-admin"_s);
    QTRY_VERIFY(!status(u"status.calls"_s).isEmpty());
    QVERIFY(status(u"status.token"_s).contains(u"left"_s));
}

void TestMainWindow::aSecondStartReplacesTheFirstSandbox()
{
    open();
    m_window->startSandbox();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 20000);
    const QUrl first = m_window->session()->tenant().baseUrl;
    m_window->startSandbox();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session() && m_window->session()->tenant().baseUrl != first, 20000);
    QCOMPARE(m_app->workspace->tenants()->size(), size_t(1));
    QVERIFY(!m_app->credentials.list(m_window->session()->tenant().id)->empty());
}

void TestMainWindow::aCancelledStartOpensNothing_data()
{
    QTest::addColumn<int>("turns"); // of the event loop since the sandbox runs; -1: it does not yet
    QTest::newRow("before it runs") << -1;
    for (int turns = 0; turns < 8; ++turns)
        QTest::addRow("%d turns after its greeting", turns) << turns;
}

void TestMainWindow::aCancelledStartOpensNothing()
{
    QFETCH(int, turns);
    open();
    auto *start = m_window->findChild<FirstRun *>();
    bool cancelled = false;
    const std::function<void(int)> cancelAfter = [&](int left) {
        if (left > 0) {
            QMetaObject::invokeMethod(
                start, [&, left] { cancelAfter(left - 1); }, Qt::QueuedConnection);
            return;
        }
        QVERIFY(!m_window->session()); // else there is nothing to cancel
        emit start->cancelAsked();
        cancelled = true;
    };
    const auto running = connect(&m_app->sandbox, &SandboxHost::runningChanged, start, [&] {
        if (m_app->sandbox.isRunning())
            cancelAfter(turns);
    });
    m_window->startSandbox();
    if (turns < 0)
        cancelAfter(0);
    QTRY_VERIFY_WITH_TIMEOUT(cancelled, 20000);
    disconnect(running);
    QVERIFY(!m_app->sandbox.isRunning());
    QVERIFY(m_window->findChild<QPushButton *>(u"firstRun.sandbox"_s)->isEnabled());
    QTRY_VERIFY(m_app->sandbox.findChildren<QProcess *>().isEmpty());
    QVERIFY(!m_window->session());

    m_window->startSandbox(); // the next start is none the worse
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 20000);
}

void TestMainWindow::aPersonsOwnSandboxTenantStays()
{
    const Result<Tenant> own = m_app->workspace->addTenant(
        {.name = u"Sandbox"_s, .baseUrl = QUrl(u"https://dev.example.com"_s), .type = TenantType::Sandbox});
    QVERIFY_OK(own);
    QVERIFY_OK(waitFor<ApiCredential>([&](auto next) {
        m_app->credentials.add({.tenant = own->id, .name = u"real"_s, .clientId = u"c"_s},
                               Secret::fromText(u"secret"), next);
    }));
    open();
    for (int start = 0; start < 2; ++start) {
        m_window->startSandbox();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 20000);
        QCOMPARE(m_window->session()->tenant().name, u"Built-in sandbox"_s);
        QCOMPARE(m_app->workspace->tenants()->size(), size_t(2));
        QCOMPARE(m_app->credentials.list(own->id)->size(), size_t(1));
    }
    m_window->openTenant(*own); // no demo user, no word of the sandbox, and it can be edited
    m_window->showPanel(PanelId::Logins);
    QVERIFY(m_window->findChild<QMenu *>(u"demoUserMenu"_s)->isEmpty());
    QVERIFY(!status(u"status.connection"_s).contains(u"andbox"_s));
    for (const QAction *action : m_window->actions())
        QVERIFY(action->text() != u"Edit tenant…"_s || action->isEnabled());
}

void TestMainWindow::saysWhenTheSandboxEnds()
{
    open();
    m_window->startSandbox();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 20000);
    const auto processes = m_app->sandbox.findChildren<QProcess *>();
    QCOMPARE(processes.size(), 1);
    processes.first()->terminate();
    QTRY_VERIFY(shown<QPushButton>(*m_window, u"window.startSandbox"_s));
    QCOMPARE(status(u"status.connection"_s), u"The sandbox has ended"_s);
    QVERIFY(press(*m_window, u"window.startSandbox"_s));
    QTRY_COMPARE_WITH_TIMEOUT(status(u"status.connection"_s), u"Works as grants-admin"_s, 20000);
}

void TestMainWindow::saysWhyTheSandboxDoesNotStart()
{
    SandboxHost missing(u"/nonexistent/latchkey-sandbox"_s);
    const auto greeting = waitFor<SandboxGreeting>([&](auto next) { missing.start(next); });
    QVERIFY(!greeting);
    QCOMPARE(greeting.error().kind, ErrorKind::Unreachable);

    SandboxHost silent(u"/bin/true"_s);
    const auto ended = waitFor<SandboxGreeting>([&](auto next) { silent.start(next); });
    QVERIFY(!ended);
    QCOMPARE(ended.error().message, u"The sandbox ended with exit code 0."_s);
}

void TestMainWindow::addsATenantAndAsksForItsFirstPair()
{
    open();
    QVERIFY(press(*m_window, u"firstRun.addTenant"_s));
    QTRY_VERIFY(shown<QLineEdit>(*m_window, u"tenant.form.address"_s));
    auto *address = shown<QLineEdit>(*m_window, u"tenant.form.address"_s);
    QTest::keyClicks(address, u"http://acme.example.com"_s);
    QTest::keyClick(address, Qt::Key_Return);
    QVERIFY(shown<QLineEdit>(*m_window, u"tenant.form.address"_s)); // plain http is refused
    QTest::keyClicks(shown<QLineEdit>(*m_window, u"tenant.form.name"_s), u"acme"_s);
    address->selectAll();
    QTest::keyClicks(address, u"http://127.0.0.1:1"_s);
    QTest::keyClick(address, Qt::Key_Return);
    QVERIFY(shown<QLineEdit>(*m_window, u"tenant.form.address"_s)); // and on loopback it is no Production
    address->selectAll();
    QTest::keyClicks(address, u"acme"_s);
    QTest::keyClick(address, Qt::Key_Return);
    QTRY_VERIFY(m_window->session());
    QCOMPARE(m_window->session()->tenant().host(), u"acme.onelogin.com"_s);
    QTRY_VERIFY(shown<QLineEdit>(*m_window, u"credential.form.name"_s));
    QTest::keyClick(shown<QLineEdit>(*m_window, u"credential.form.name"_s), Qt::Key_Escape);
    QTRY_VERIFY(shown<QPushButton>(*m_window, u"credentials.empty.new"_s));
    QCOMPARE(buttonRole(shown<QPushButton>(*m_window, u"credentials.new"_s)),
             ButtonRole::Plain); // one is filled
    QCOMPARE(status(u"status.connection"_s), u"No credential to work with"_s);
}

void TestMainWindow::importsIntoATenantThatIsAddedFirst()
{
    open();
    QVERIFY(press(*m_window, u"firstRun.import"_s));
    QTRY_VERIFY(shown<QLineEdit>(*m_window, u"tenant.form.address"_s));
    QTest::keyClicks(shown<QLineEdit>(*m_window, u"tenant.form.name"_s), u"acme"_s);
    auto *address = shown<QLineEdit>(*m_window, u"tenant.form.address"_s);
    QTest::keyClicks(address, u"acme"_s);
    QTest::keyClick(address, Qt::Key_Return);
    QTRY_VERIFY(m_window->session());
    QTRY_VERIFY(shown<QWidget>(*m_window, u"import.table"_s));
}

void TestMainWindow::everyButtonOfThePanelsHasANameForTestsAndPeople()
{
    open();
    m_window->startSandbox();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 20000);
    for (PanelId id :
         {PanelId::Credentials, PanelId::Logins, PanelId::AuthServers, PanelId::Activity, PanelId::Settings})
        m_window->showPanel(id);
    const QStringList ofQt{u"QTableCornerButton"_s, u"QLineEditIconButton"_s};
    QStringList nameless;
    for (const QAbstractButton *button : m_window->findChildren<QAbstractButton *>()) {
        if (ofQt.contains(QString::fromLatin1(button->metaObject()->className())) ||
            qobject_cast<const StatusSegment *>(button)) // nameless until it has something to say
            continue;
        const bool said = !button->accessibleName().isEmpty() || !button->text().isEmpty();
        if (button->objectName().isEmpty() || !said)
            nameless.append(u"%1 \"%2\" in %3"_s.arg(button->objectName(), button->text(),
                                                     button->parentWidget()->objectName()));
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u"; "_s)));
}

void TestMainWindow::aTenantIsMadeReadOnly()
{
    open();
    m_window->openTenant(*m_app->workspace->addTenant(
        {.name = u"acme"_s, .baseUrl = *parseTenantAddress(u"acme"_s), .type = TenantType::Production}));
    auto *menu = m_window->findChild<QMenu *>(u"mainMenu"_s);
    emit menu->aboutToShow();
    for (QAction *action : menu->actions()) {
        if (action->text() == u"Edit tenant…"_s)
            action->trigger();
    }
    auto *readOnly = shown<QAbstractButton>(*m_window, u"tenant.form.readOnly"_s);
    QVERIFY(readOnly);
    QCOMPARE(shown<QLineEdit>(*m_window, u"tenant.form.name"_s)->text(), u"acme"_s);
    QTest::keyClick(readOnly, Qt::Key_Space);
    QVERIFY(press(*m_window, u"apply"_s));
    QTRY_VERIFY(m_window->session()->tenant().readOnly);
    QVERIFY(m_app->workspace->tenants()->front().readOnly);
    QCOMPARE(m_window->session()->tenant().type, TenantType::Production);
}

void TestMainWindow::keysSwitchPanels()
{
    open();
    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
    QVERIFY(shown(*m_window, u"firstRun"_s)); // no tenant is open
    QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
    QTRY_VERIFY(shown(*m_window, u"settingsPanel"_s));
    m_window->startSandbox();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 20000);
    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
    QTRY_VERIFY(shown(*m_window, u"activityPanel"_s));
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY(shown(*m_window, u"credentialsPanel"_s));
    QTest::keyClick(m_window.get(), Qt::Key_Q, Qt::ControlModifier);
    QTRY_VERIFY(!m_window->isVisible());
}

void TestMainWindow::openWithSandbox()
{
    open();
    m_window->resize(1280, 800);
    m_window->startSandbox();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 20000);
}

void TestMainWindow::aSwitchOfPanelsTakesTheFocusAlong()
{
    openWithSandbox();
    const auto focused = [this] { return m_window->focusWidget()->objectName(); };
    QTRY_COMPARE(focused(), u"credentials.list"_s);
    for (const auto &[key, name] :
         {std::pair(Qt::Key_2, u"loginApp"_s), std::pair(Qt::Key_3, u"serverList"_s),
          std::pair(Qt::Key_4, u"activity.list"_s), std::pair(Qt::Key_1, u"credentials.list"_s)}) {
        QTest::keyClick(m_window.get(), key, Qt::ControlModifier);
        QTRY_COMPARE(focused(), name);
        if (name == u"serverList"_s) // its requests fill the list of the next panel
            QTRY_VERIFY(shown<QListView>(*m_window, name)->model()->rowCount() > 0);
    }
    auto *logins = shown<QAbstractButton>(*m_window, u"navigation1"_s);
    QTest::mouseClick(logins, Qt::LeftButton);
    QCOMPARE(focused(), u"loginApp"_s);
    logins->setFocus();
    QTest::keyClick(logins, Qt::Key_Down); // passes by, to look on
    QVERIFY(shown(*m_window, u"authServersPanel"_s));
    QCOMPARE(focused(), u"navigation2"_s);
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Return);
    QCOMPARE(focused(), u"serverList"_s);
}

void TestMainWindow::aPanelGivesTheFocusBackToWhatHadIt()
{
    openWithSandbox();
    const auto focused = [this] { return m_window->focusWidget()->objectName(); };
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QTRY_VERIFY(shown<QListView>(*m_window, u"serverList"_s)->model()->rowCount() > 0);
    auto *grid = shown(*m_window, u"grantsGrid"_s);
    QVERIFY(grid);
    grid->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QTRY_COMPARE(focused(), u"credentials.list"_s);
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QTRY_COMPARE(focused(), u"grantsGrid"_s);
    // By the navigation, which takes it in between.
    auto *credentials = shown<QAbstractButton>(*m_window, u"navigation0"_s);
    credentials->setFocus();
    QTest::keyClick(credentials, Qt::Key_Return);
    QTRY_COMPARE(focused(), u"credentials.list"_s);
    // What is out of sight cannot have it.
    m_window->findChild<QTabBar *>(u"serverTabs"_s)->setCurrentIndex(1);
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QTRY_COMPARE(focused(), u"serverList"_s);
}

void TestMainWindow::aSingleTenantHasItsWholeRow()
{
    openWithSandbox();
    QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
    const auto *popup = m_window->findChild<QFrame *>(u"tenantPopup"_s);
    QTRY_VERIFY(popup && popup->isVisible());
    const auto *list = popup->findChild<QListView *>(u"tenantList"_s);
    QCOMPARE(list->model()->rowCount(), 1);
    QVERIFY(!list->horizontalScrollBar()->isVisible());
    QVERIFY(!list->verticalScrollBar()->isVisible());
    const QRect row = list->visualRect(list->model()->index(0, 0));
    QVERIFY(list->viewport()->rect().contains(row));
    QCOMPARE(row.width(), list->viewport()->width());
    QVERIFY2(list->y() < 8,
             qPrintable(QString::number(list->y()))); // no room for a filter that is not there
}

void TestMainWindow::panesAreReachedByKeys()
{
    openWithSandbox();
    const auto holds = [this](const QString &name) {
        const auto *pane = shown(*m_window, name);
        return pane && (pane == m_window->focusWidget() || pane->isAncestorOf(m_window->focusWidget()));
    };
    QTRY_VERIFY(holds(u"credentials.list"_s));
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(holds(u"credentialDetail"_s));
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(holds(u"statusBar"_s));
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(holds(u"navigation"_s));
    QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(holds(u"statusBar"_s));

    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    const auto *grid = m_window->findChild<GrantGridView *>();
    QTRY_VERIFY(grid->currentIndex().isValid());
    QVERIFY(holds(u"serverList"_s));
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QCOMPARE(m_window->focusWidget(), grid);
}

void TestMainWindow::aKeyIsSaidBesideWhatItDoesHere()
{
    openWithSandbox();
    auto *menu = m_window->findChild<QMenu *>(u"mainMenu"_s);
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QTRY_VERIFY(shown(*m_window, u"grantsGrid"_s));
    QTRY_VERIFY(shown<QAbstractButton>(*m_window, u"addClientApp"_s)->isEnabled());
    for (const auto &[focus, action] : {std::pair(u"grantsGrid"_s, u"Remove client app…"_s),
                                        std::pair(u"serverList"_s, u"Delete server…"_s)}) {
        shown(*m_window, focus)->setFocus();
        emit menu->aboutToShow();
        QStringList withKey;
        QStringList texts;
        for (const QAction *each : actionsOf(menu)) {
            texts.append(each->text());
            if (each->shortcut() == QKeySequence(QKeySequence::Delete))
                withKey.append(each->text());
        }
        QCOMPARE(withKey, QStringList{action});
        QVERIFY(texts.contains(u"Remove client app…"_s) && texts.contains(u"Delete server…"_s));
    }
}

void TestMainWindow::theMenuIsTheSameEverywhereAndFitsALowWindow()
{
    openWithSandbox();
    auto *menu = m_window->findChild<QMenu *>(u"mainMenu"_s);
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QTRY_VERIFY(shown(*m_window, u"grantsGrid"_s));
    QTRY_VERIFY(shown<QAbstractButton>(*m_window, u"addClientApp"_s)->isEnabled());
    QList<QStringList> seen;
    for (const auto &[size, focus] :
         {std::pair(QSize(1280, 800), u"serverList"_s), std::pair(QSize(1280, 800), u"grantsGrid"_s),
          std::pair(QSize(900, 600), u"grantsGrid"_s)}) {
        m_window->resize(size);
        QCoreApplication::processEvents();
        shown(*m_window, focus)->setFocus();
        emit menu->aboutToShow();
        QStringList texts;
        for (const QAction *action : actionsOf(menu))
            texts.append(action->text());
        seen.append(texts);
        for (QMenu *each : withMenus(menu)) {
            const int rows = static_cast<int>(each->actions().size());
            QVERIFY2(each->sizeHint().height() <= 600 && rows > 4, qPrintable(each->title()));
        }
    }
    QCOMPARE(seen.at(1), seen.at(0));
    QCOMPARE(seen.at(2), seen.at(0));
    for (const QString &text :
         {u"Discard changes…"_s, u"Prove with a login…"_s, u"Remove client app…"_s, u"Copy grants from…"_s,
          u"Copy grants to…"_s, u"New server…"_s, u"Edit server…"_s, u"Delete server…"_s})
        QCOMPARE(seen.at(0).count(text), 1);
}

void TestMainWindow::theMenuHoldsEveryActionWithAShortcut()
{
    openWithSandbox();
    auto *menu = m_window->findChild<QMenu *>(u"mainMenu"_s);
    for (Qt::Key key : {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4}) {
        QTest::keyClick(m_window.get(), key, Qt::ControlModifier);
        emit menu->aboutToShow();
        QSet<QKeySequence> taken;
        for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
            for (QAction *action : widget->actions()) {
                if (!widget->isVisible() || action->shortcut().isEmpty())
                    continue;
                const QList<QAction *> all = actionsOf(menu);
                QVERIFY2(std::any_of(all.begin(), all.end(),
                                     [&](const QAction *each) { return each->text() == action->text(); }),
                         qPrintable(action->text()));
            }
        }
        for (const QAction *action : actionsOf(menu)) {
            for (const QKeySequence &keys : action->shortcuts()) {
                QVERIFY2(!taken.contains(keys), qPrintable(action->text()));
                taken.insert(keys);
            }
        }
    }
}

void TestMainWindow::theMenuHoldsWhatThePanelCanDo()
{
    openWithSandbox();
    auto *menu = m_window->findChild<QMenu *>(u"mainMenu"_s);
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    emit menu->aboutToShow();
    const auto isOffered = [menu](const QString &name) {
        const QList<QAction *> all = actionsOf(menu);
        return std::any_of(all.begin(), all.end(), [&name](const QAction *each) {
            return each->objectName() == name && each->isVisible() && each->isEnabled();
        });
    };
    for (const QString &name :
         {u"credentials.newAction"_s, u"credentials.importAction"_s, u"credentials.export"_s,
          u"credentials.hygieneAction"_s, u"credentials.repair"_s, u"credential.disablePair"_s,
          u"credential.rotate"_s, u"credential.edit"_s, u"credential.delete"_s})
        QVERIFY2(isOffered(name), qPrintable(name));
    QVERIFY(!isOffered(u"credential.enablePair"_s)); // it is enabled
    QVERIFY(pick(*m_window, u"menuButton"_s, u"credentials.hygieneAction"_s));
    QTRY_VERIFY(shown(*m_window, u"hygieneView"_s));
    QVERIFY(pick(*m_window, u"menuButton"_s, u"credential.disablePair"_s));
    QTRY_VERIFY(shown(*m_window, u"disableDialog"_s));
}

void TestMainWindow::helpFollowsThePanel()
{
    openWithSandbox();
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    auto *text = m_window->findChild<QTextBrowser *>(u"help.text"_s);
    QVERIFY(text);
    QTRY_VERIFY(text->isVisible());
    QVERIFY(text->toPlainText().startsWith("API credentials"_L1));
    QTest::keyClick(text, Qt::Key_Escape);
    QTRY_VERIFY(!text->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QVERIFY(press(*m_window, u"helpButton"_s));
    QTRY_VERIFY(text->isVisible());
    QVERIFY(text->toPlainText().startsWith("Authorization servers"_L1));
}

void TestMainWindow::everyPageOfTheHelpLeadsSomewhere()
{
    static const QRegularExpression link(u"\\]\\(([^)]+)\\)"_s);
    const QStringList pages = QDir(u":/help"_s).entryList();
    QCOMPARE(pages.size(), 5);
    for (const QString &page : pages) {
        QFile file(u":/help/"_s + page);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        QVERIFY2(text.contains(link), qPrintable(page));
        for (auto found = link.globalMatch(text); found.hasNext();) {
            const QString target = found.next().captured(1);
            QVERIFY2(pages.contains(target), qPrintable(page + u": "_s + target));
        }
    }
}

void TestMainWindow::stagedChangesAreNotLostSilently()
{
    openWithSandbox();
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QTRY_VERIFY(shown<GrantGridView>(*m_window, u"grantsGrid"_s) &&
                shown<GrantGridView>(*m_window, u"grantsGrid"_s)->currentIndex().isValid());
    QTest::keyClick(shown(*m_window, u"grantsGrid"_s), Qt::Key_Space);
    const Session *session = m_window->session();

    const auto asked = [this] { return m_window->findChild<ConfirmDialog *>(u"loseChangesDialog"_s); };
    QVERIFY(!m_window->close());
    QTRY_VERIFY(asked() && asked()->isVisible());
    QCOMPARE(asked()->windowTitle(), u"1 staged change would be lost"_s);
    QCOMPARE(asked()->findChild<QPushButton *>(u"verb"_s)->text(), u"Discard 1 change and quit"_s);
    QTRY_VERIFY(asked()->cancelButton()->hasFocus());
    QTest::keyClick(asked()->cancelButton(), Qt::Key_Space);
    QTRY_VERIFY(!asked());
    QVERIFY(m_window->isVisible());

    const Tenant other = *m_app->workspace->addTenant(
        {.name = u"acme"_s, .baseUrl = *parseTenantAddress(u"acme"_s), .type = TenantType::Staging});
    emit m_window->findChild<TenantSwitcher *>()->tenantChosen(other);
    QTRY_VERIFY(asked());
    QCOMPARE(asked()->findChild<QPushButton *>(u"verb"_s)->text(), u"Discard 1 change and switch"_s);
    QTest::keyClick(asked(), Qt::Key_Escape);
    QTRY_VERIFY(!asked());
    QCOMPARE(m_window->session(), session);

    m_window->close();
    QTRY_VERIFY(asked());
    QVERIFY(press(*m_window, u"verb"_s));
    QTRY_VERIFY(!m_window->isVisible());
}

void TestMainWindow::foldsTheNavigation()
{
    open();
    auto *navigation = m_window->findChild<NavigationList *>();
    m_window->resize(1280, 800);
    QTRY_VERIFY(!navigation->isRail());
    m_window->resize(900, 600);
    QTRY_VERIFY(navigation->isRail());
}

void TestMainWindow::remembersItsSize()
{
    open();
    m_window->resize(760, 520);
    QTRY_COMPARE(m_window->size(), QSize(760, 520));
    m_window->close();
    open();
    QCOMPARE(m_window->size(), QSize(760, 520));
}

void TestMainWindow::neverOpensLargerThanTheScreen()
{
    open();
    const QSize room = m_window->screen()->availableGeometry().size();
    QVERIFY2(room.width() < 1280, "this needs a screen smaller than the first size of the window");
    const auto fits = [&] { return m_window->width() < room.width() && m_window->height() < room.height(); };
    QVERIFY(fits());
    QCOMPARE(m_window->minimumSize(), QSize(720, 480));
    m_window->resize(1280, 1000);
    QTRY_COMPARE(m_window->size(), QSize(1280, 1000));
    m_window->close();
    open();
    QVERIFY(fits());
}

void TestMainWindow::tellsTheStateOfTheKeychain()
{
    m_app->keychain.failWith(ErrorKind::KeychainLocked);
    open();
    QTRY_COMPARE(status(u"status.keychain"_s), u"Keychain is locked"_s);
    QVERIFY(press(*m_window, u"firstRun.session"_s));
    QTRY_COMPARE(status(u"status.keychain"_s), u"Keychain: this session only"_s);
    QVERIFY(press(*m_window, u"firstRun.unlock"_s));
    QTRY_COMPARE(status(u"status.keychain"_s), u"Keychain: Secret Service"_s);
}

void TestMainWindow::listsTenants()
{
    for (const QString &name : {u"acme"_s, u"globex"_s}) {
        QVERIFY_OK(m_app->workspace->addTenant(
            {.name = name, .baseUrl = *parseTenantAddress(name), .type = TenantType::Staging}));
    }
    open();
    auto *switcher = m_window->findChild<TenantSwitcher *>();
    QTest::mouseClick(switcher, Qt::LeftButton);
    auto *list = m_window->findChild<QListView *>(u"tenantList"_s);
    QTRY_VERIFY(list->isVisible());
    const QAbstractItemModelTester tester(list->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(list->model()->rowCount(), 2);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_VERIFY(m_window->session());
    QCOMPARE(m_window->session()->tenant().name, u"globex"_s);
}

void TestMainWindow::callsLeftAreReadAfterCalls()
{
    openWithSandbox();
    QVERIFY(status(u"status.calls"_s).isEmpty());
    m_window->showPanel(PanelId::AuthServers);
    QTRY_VERIFY2(status(u"status.calls"_s).endsWith(u"calls left"_s), qPrintable(status(u"status.calls"_s)));
    const auto readings = [this] {
        const auto &all = m_app->activity.exchanges();
        return std::count_if(all.begin(), all.end(), [](const Exchange &each) {
            return each.url.path() == u"/auth/rate_limit" && each.status == 200;
        });
    };
    QTRY_COMPARE(readings(), 1);
    QVERIFY_OK(
        waitFor<QJsonValue>([&](auto next) { m_window->session()->api()->get(u"/api/2/apps"_s, {}, next); }));
    QCoreApplication::sendPostedEvents();
    QCOMPARE(readings(), 1); // once a minute is enough
}

void TestMainWindow::aDeleteIsThroughBeforeTheWindowCloses()
{
    open();
    const Result<Tenant> tenant = m_app->workspace->addTenant(
        {.name = u"acme"_s, .baseUrl = QUrl(u"https://dev.example.com"_s), .type = TenantType::Development});
    QVERIFY_OK(tenant);
    const auto pair = waitFor<ApiCredential>([&](auto next) {
        m_app->credentials.add({.tenant = tenant->id, .name = u"hr-import"_s, .clientId = u"0a"_s},
                               Secret::fromText(u"secret"), next);
    });
    QVERIFY_OK(pair);
    m_window->openTenant(*tenant);
    CredentialRemoval removal(*m_window->session(), *pair);
    QVERIFY_OK(
        waitFor<RemovalOutcome>([&](auto next) { removal.start(CredentialRemoval::Undo::Offered, next); }));
    QCOMPARE(m_app->workspace->hiddenCredentials(tenant->id)->size(), size_t(1));
    m_window->close();
    QTRY_VERIFY(!m_window->isVisible());
    QVERIFY(m_app->workspace->hiddenCredentials(tenant->id)->empty());
    QVERIFY(!waitFor<Secret>([&](auto next) { m_app->keychain.get(pair->secretKey, next); }));
}

void TestMainWindow::refusesAGreetingThatIsNone_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no json") << QByteArray("listening on 4711\n");
    QTest::newRow("no url") << QByteArray(R"({"credentials":[]})");
    QTest::newRow("elsewhere") << QByteArray(R"({"url":"http://sandbox.example.com","credentials":[]})");
    QTest::newRow("no secret") << QByteArray(
        R"({"url":"http://127.0.0.1:1","credentials":[{"name":"a","client_id":"b"}]})");
}

void TestMainWindow::refusesAGreetingThatIsNone()
{
    QFETCH(QByteArray, line);
    const auto greeting = readSandboxGreeting(line);
    QVERIFY(!greeting);
    QCOMPARE(greeting.error().kind, ErrorKind::NotUnderstood);
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
