// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/addclientappdialog.h"
#include "authservers/grantchecklist.h"
#include "authservers/grantgridview.h"
#include "authservers/grantspage.h"
#include "authservers/proofdialog.h"
#include "models/itemroles.h"
#include "onelogin/authserversapi.h"
#include "style/latchkeystyle.h"
#include "support/qtest_result.h"
#include "translations.h"
#include "ui/hands.h"
#include "ui/opensandbox.h"
#include "ui/visibletexts.h"
#include "widgets/confirmdialog.h"
#include "widgets/filterfield.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/segmentedcontrol.h"

#include <QAccessible>
#include <QComboBox>
#include <QHeaderView>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The Grants tab by real keys and mouse, on the sandbox's client apps.
class TestGrants : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init() { failOnWarnings(); }
    void cleanup()
    {
        m_page.reset();
        m_sandbox.reset();
    }

    void keysMoveAndSelectAsInASpreadsheet();
    void letterKeysGoToAnApp();
    void deleteMarksAnAppUntilItIsKept();
    void theRemovalOfManyAppsListsThem();
    void theMenuOfAnAppChangesItsRow();
    void theMenuSaysWhoseItIs();
    void theMenuOfACellBeginsWithWhatItDoes();
    void aMenuOffersNothingThatChangesNothing();
    void theMenuOfSeveralAppsChangesThemAll();
    void grantsAreCopiedFromAndToOthers();
    void theMenuOfAScopeChangesItsColumn();
    void theCornerSorts();
    void everyStateIsSaid();
    void severalAppsAreAddedWithTheScopesOfAnother();
    void whatAddingDoesIsSaidWhole();
    void aPageThatFailsIsGoneOnFrom();
    void manyScopesAreAChecklist();
    void aClickOnTheMarkTogglesInTheChecklist();
    void bothFiltersSayWhatTheyFilter();
    void aLongScopeKeepsTheOtherColumnsNarrow();
    void anEmptyGridNamesWhatFiltersIt();
    void theAppsOfAServerWithoutScopesStayInSight();
    void neitherScopesNorAppsOfferBoth();
    void aSwapIsCountedBothWays();
    void aLoginProvesAGrant();
    void aLoginWithoutScopesSaysSo();
    void aRefusedLoginIsExplained();
    void aPublicClientCannotBeProven();

private:
    Result<void> open(const QString &server = u"Invoices API"_s, const QStringList &arguments = {},
                      bool behindProxy = false)
    {
        m_sandbox = std::make_unique<OpenSandbox>(arguments);
        m_sandbox->isBehindProxy = behindProxy;
        if (const Result<void> opened = m_sandbox->open(); !opened)
            return opened;
        const SandboxProcess::Server known = m_sandbox->process.server(server);
        AuthServersApi api(*m_sandbox->session->api());
        const auto servers = waitFor<std::vector<AuthServer>>([&](auto k) { api.list(k); });
        if (!servers)
            return fail(servers.error());
        for (const AuthServer &each : *servers)
            m_server = each.id.value == known.id ? each : m_server;
        auto table = waitFor<ClientAppTable>([&](auto k) { api.clientAppTable(m_server.id, k); });
        auto scopes = waitFor<std::vector<Scope>>([&](auto k) { api.scopes(m_server.id, k); });
        if (!table || !scopes)
            return fail(ErrorKind::NotUnderstood, u"the server could not be read"_s);
        m_plan = GrantPlan(std::move(*table));
        m_page = std::make_unique<GrantsPage>(*m_sandbox->session);
        m_page->resize(1052, 640);
        m_page->showPlan(m_server, &m_plan, std::move(*scopes));
        m_page->show();
        if (!QTest::qWaitForWindowActive(m_page.get()))
            return fail(ErrorKind::Timeout, u"no window"_s);
        view()->setFocus();
        return {};
    }
    GrantGridView *view() const { return m_page->findChild<GrantGridView *>(u"grantsGrid"_s); }
    GrantGridModel &model() const { return m_page->model(); }
    int rowOf(const QString &app) const { return model().findApp(app, 0); }
    int columnOf(const QString &value) const
    {
        for (int column = 0; column < model().columnCount(); ++column) {
            if (model().scopeAt(column).value == value)
                return column;
        }
        return -1;
    }
    AppId idOf(const QString &app) const { return model().idAt(rowOf(app)); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(view(), key, modifiers);
    }
    void goTo(const QString &app, const QString &scope) const
    {
        press(Qt::Key_Home, Qt::ControlModifier);
        for (int row = 0; row < rowOf(app); ++row)
            press(Qt::Key_Down);
        for (int column = 0; column < columnOf(scope); ++column)
            press(Qt::Key_Right);
        QCOMPARE(view()->currentIndex(), model().index(rowOf(app), columnOf(scope)));
    }
    /// Right click on a head, as a person does.
    QMenu *openMenuAt(QHeaderView *head, int section) const
    {
        const QPoint place = head->orientation() == Qt::Vertical
                                 ? QPoint(20, head->sectionViewportPosition(section) + 10)
                                 : QPoint(head->sectionViewportPosition(section) + 10, 10);
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, head->viewport()->mapToGlobal(place));
        QCoreApplication::sendEvent(head->viewport(), &event);
        return openMenu();
    }
    QMenu *openMenu() const
    {
        QMenu *menu = nullptr;
        (void)QTest::qWaitFor([&] {
            for (QMenu *each : m_page->findChildren<QMenu *>()) {
                if (each->isVisible())
                    menu = each;
            }
            return menu != nullptr;
        });
        return menu;
    }
    static QString headOf(const QMenu &menu) { return menu.actions().front()->text(); }
    /// The menu that opens is chosen from with the mouse.
    bool chooseAt(QHeaderView *head, int section, const QString &text) const
    {
        return openMenuAt(head, section) && choose(text);
    }
    bool choose(const QString &text) const
    {
        QMenu *menu = openMenu();
        if (!menu)
            return false;
        for (QAction *action : menu->actions()) {
            if (action->text() == text && action->isEnabled()) {
                QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
                return true;
            }
        }
        QStringList texts;
        for (const QAction *action : menu->actions())
            texts.append(action->text());
        qInfo() << "only" << texts;
        menu->close();
        return false;
    }
    template<typename Dialog>
    Dialog *dialog() const
    {
        for (Dialog *each : m_page->findChildren<Dialog *>()) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    /// Says yes to the removal that is asked about; the keys go to the grid again.
    bool confirmRemoval() const
    {
        auto *asked = dialog<ConfirmDialog>();
        if (!asked || asked->objectName() != u"removeAppsDialog" ||
            asked->focusWidget() != asked->cancelButton() || !m_plan.isEmpty() ||
            !latchkey::press(*asked, u"verb"_s))
            return false;
        m_page->activateWindow();
        return QTest::qWaitFor([this] { return !dialog<ConfirmDialog>(); }) &&
               QTest::qWaitForWindowActive(m_page.get());
    }
    /// Types into the picker's filter, then Return.
    void pickApp(const QString &name) const
    {
        auto *picker = dialog<AppPickerDialog>();
        QVERIFY(picker);
        auto *filter = picker->findChild<FilterField *>(u"appPickerFilter"_s);
        QTest::keyClicks(filter, name);
        QTest::keyClick(filter, Qt::Key_Return);
    }
    QString stateText(const AppPickerDialog &picker) const
    {
        return picker.findChild<Label *>(u"appPickerState"_s)->text();
    }
    ProofDialog *openProof(const QString &app, const SandboxHints &hints = {}) const
    {
        m_page->setSecrets(nullptr, hints);
        goTo(app, u"read:invoices"_s);
        if (!latchkey::press(*m_page, u"proveCell"_s))
            return nullptr;
        return dialog<ProofDialog>();
    }

    std::unique_ptr<OpenSandbox> m_sandbox;
    AuthServer m_server;
    GrantPlan m_plan;
    std::unique_ptr<GrantsPage> m_page;
};

void TestGrants::keysMoveAndSelectAsInASpreadsheet()
{
    QVERIFY_OK(open());
    const int lastRow = model().rowCount() - 1;
    const int lastColumn = model().columnCount() - 1;
    const auto current = [this] {
        return std::pair(view()->currentIndex().row(), view()->currentIndex().column());
    };
    const auto selected = [this] { return view()->selectionModel()->selectedIndexes().size(); };
    press(Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(current(), std::pair(0, 0));
    press(Qt::Key_End);
    QCOMPARE(current(), std::pair(0, lastColumn));
    press(Qt::Key_Home);
    QCOMPARE(current(), std::pair(0, 0));
    press(Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(current(), std::pair(lastRow, lastColumn));
    press(Qt::Key_PageUp);
    QCOMPARE(current(), std::pair(0, lastColumn));
    press(Qt::Key_PageDown);
    QCOMPARE(current(), std::pair(lastRow, lastColumn));
    press(Qt::Key_Home, Qt::ControlModifier);
    press(Qt::Key_Down);
    press(Qt::Key_Right);
    press(Qt::Key_Right, Qt::ShiftModifier);
    press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(selected(), 4);
    press(Qt::Key_Space, Qt::ShiftModifier);
    QCOMPARE(selected(), lastColumn + 1);
    QCOMPARE(current(), std::pair(2, 2)); // where it was
    press(Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(selected(), lastRow + 1);
    QCOMPARE(current(), std::pair(2, 2));
    press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(selected(), (lastRow + 1) * (lastColumn + 1));
    press(Qt::Key_Space);
    for (int row = 0; row <= lastRow; ++row)
        QCOMPARE(model().wantedCount(model().idAt(row)), lastColumn + 1);
    press(Qt::Key_Space);
    QCOMPARE(model().wantedCount(model().idAt(0)), 0);
    press(Qt::Key_Backspace);
    QVERIFY(m_plan.isEmpty());
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!m_plan.isEmpty());
}

void TestGrants::letterKeysGoToAnApp()
{
    QVERIFY_OK(open());
    press(Qt::Key_Home, Qt::ControlModifier);
    press(Qt::Key_Right);
    QTest::keyClicks(view(), u"part"_s);
    QCOMPARE(model().appAt(view()->currentIndex().row()).name, u"partner-gateway"_s);
    QCOMPARE(view()->currentIndex().column(), 1);
}

void TestGrants::theRemovalOfManyAppsListsThem()
{
    QVERIFY_OK(open());
    view()->selectAll();
    press(Qt::Key_Delete);
    auto *asked = dialog<ConfirmDialog>();
    QVERIFY(asked && model().rowCount() > 10);
    const QString told = u"These %1 client apps lose all their scopes: It is only staged"_s;
    QVERIFY2(asked->accessibleDescription().startsWith(told.arg(model().rowCount())),
             qPrintable(asked->accessibleDescription()));
    const auto *names = asked->findChild<QListWidget *>(u"affected"_s);
    QVERIFY(names);
    QCOMPARE(names->count(), model().rowCount());
    QTest::keyClick(asked, Qt::Key_Escape);
    QTRY_VERIFY(!dialog<ConfirmDialog>());
    QVERIFY(m_plan.isEmpty());
}

void TestGrants::deleteMarksAnAppUntilItIsKept()
{
    QVERIFY_OK(open());
    goTo(u"partner-gateway"_s, u"send:invoices"_s); // which it has not
    press(Qt::Key_Delete);
    auto *asked = dialog<ConfirmDialog>();
    QVERIFY(asked && m_plan.isEmpty());
    QCOMPARE(asked->windowTitle(), u"Remove partner-gateway"_s);
    QVERIFY2(asked->accessibleDescription().startsWith(
                 u"It loses 5 scopes: read:customers, read:invoices, void:invoices, "
                 "write:customers, write:invoices. It is only staged"_s),
             qPrintable(asked->accessibleDescription()));
    QTest::keyClick(asked, Qt::Key_Escape);
    QTRY_VERIFY(!dialog<ConfirmDialog>());
    QVERIFY(m_plan.isEmpty());
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTRY_VERIFY(view()->hasFocus());
    press(Qt::Key_Delete);
    QVERIFY(confirmRemoval());
    QTRY_VERIFY(view()->hasFocus());
    QVERIFY(m_plan.isRemoved(idOf(u"partner-gateway"_s)));
    QCOMPARE(model().headerData(rowOf(u"partner-gateway"_s), Qt::Vertical, Qt::AccessibleTextRole).toString(),
             u"partner-gateway, will be removed as client app"_s);
    QCOMPARE(m_page->findChild<Label *>(u"cellWords"_s)->text().section(u'.', 0, 0),
             u"The client app will be removed"_s);
    press(Qt::Key_Delete);
    QVERIFY(m_plan.isEmpty());
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(m_plan.isRemoved(idOf(u"partner-gateway"_s)));
    QVERIFY(latchkey::press(*m_page, u"keepCell"_s));
    QVERIFY(m_plan.isEmpty());
    goTo(u"portal-web"_s, u"read:invoices"_s);
    press(Qt::Key_Down, Qt::ShiftModifier);
    press(Qt::Key_Delete);
    QVERIFY(confirmRemoval());
    QCOMPARE(m_plan.totals().apps, 2);
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(m_plan.isEmpty());
}

void TestGrants::theMenuOfAnAppChangesItsRow()
{
    QVERIFY_OK(open());
    const int row = rowOf(u"ci-smoke-tests"_s);
    QVERIFY(chooseAt(view()->verticalHeader(), row, u"Grant all scopes"_s));
    QCOMPARE(model().changeCount(), 8);
    QVERIFY(chooseAt(view()->verticalHeader(), row, u"Revoke all scopes"_s));
    QCOMPARE(model().changeCount(), 0);
    goTo(u"ci-smoke-tests"_s, u"read:invoices"_s);
    press(Qt::Key_F10, Qt::ShiftModifier);
    QVERIFY(choose(u"Remove client app…"_s));
    QVERIFY(confirmRemoval());
    QVERIFY(m_plan.isRemoved(idOf(u"ci-smoke-tests"_s)));
    press(Qt::Key_Menu);
    QVERIFY(choose(u"Keep client app"_s));
    QVERIFY(m_plan.isEmpty());
}

void TestGrants::theMenuSaysWhoseItIs()
{
    QVERIFY_OK(open());
    goTo(u"audit-export"_s, u"write:invoices"_s);
    QMenu *menu = openMenuAt(view()->verticalHeader(), rowOf(u"portal-web"_s));
    QVERIFY(menu);
    QCOMPARE(headOf(*menu), u"portal-web"_s);
    QCOMPARE(view()->currentIndex(), model().index(rowOf(u"portal-web"_s), columnOf(u"write:invoices"_s)));
    QCOMPARE(m_page->findChild<Label *>(u"cellApp"_s)->text(), u"for portal-web"_s);
    QVERIFY(choose(u"Copy grants from…"_s));
    auto *picker = dialog<AppPickerDialog>();
    QVERIFY(picker);
    QVERIFY(visibleTexts(*picker).contains(u"portal-web will get exactly the scopes of the one picked."_s));
    QTest::keyClick(picker, Qt::Key_Escape);
    QTRY_VERIFY(!dialog<AppPickerDialog>());
    goTo(u"audit-export"_s, u"read:invoices"_s);
    press(Qt::Key_Down, Qt::ShiftModifier);
    const QModelIndex current = view()->currentIndex();
    menu = openMenuAt(view()->verticalHeader(), rowOf(u"audit-export"_s)); // of the selection
    QVERIFY(menu);
    QCOMPARE(headOf(*menu), u"2 client apps"_s);
    QCOMPARE(view()->currentIndex(), current);
    menu->close();
    menu = openMenuAt(view()->verticalHeader(), rowOf(u"portal-web"_s)); // beside it
    QVERIFY(menu);
    QCOMPARE(headOf(*menu), u"portal-web"_s);
    menu->close();
}

void TestGrants::theMenuOfACellBeginsWithWhatItDoes()
{
    QVERIFY_OK(open());
    goTo(u"ci-smoke-tests"_s, u"read:invoices"_s);
    const auto first = [this] { return openMenu()->findChild<QAction *>(u"editCell"_s); };
    const QRect cell = view()->visualRect(view()->currentIndex());
    QContextMenuEvent key(QContextMenuEvent::Keyboard, cell.center(), view()->mapToGlobal(cell.center()));
    QCoreApplication::sendEvent(view(), &key); // as the Menu key comes from a desktop
    QVERIFY(openMenu());
    QVERIFY2(openMenu()->y() >= view()->viewport()->mapToGlobal(cell.bottomLeft()).y(),
             "the row is in sight");
    QCOMPARE(openMenu()->actions().at(2), first()); // below whose menu it is
    QVERIFY(choose(u"Grant read:invoices to ci-smoke-tests"_s));
    QCOMPARE(model().addCount(), 1);
    press(Qt::Key_Menu);
    QVERIFY(choose(u"Drop the pending change"_s));
    QVERIFY(m_plan.isEmpty());
    goTo(u"billing-service"_s, u"read:invoices"_s);
    press(Qt::Key_Menu);
    QVERIFY(choose(u"Revoke read:invoices from billing-service"_s));
    QCOMPARE(model().removeCount(), 1);
}

void TestGrants::aMenuOffersNothingThatChangesNothing()
{
    QVERIFY_OK(open());
    const auto isOffered = [this](const QString &text) {
        for (const QAction *action : openMenu()->actions()) {
            if (action->text() == text)
                return action->isEnabled();
        }
        return false;
    };
    QVERIFY(openMenuAt(view()->verticalHeader(), rowOf(u"ci-smoke-tests"_s))); // has none
    QVERIFY(isOffered(u"Grant all scopes"_s));
    QVERIFY(!isOffered(u"Revoke all scopes"_s));
    openMenu()->close();
    QVERIFY(openMenuAt(view()->verticalHeader(), rowOf(u"finance-desktop"_s))); // has all
    QVERIFY(!isOffered(u"Grant all scopes"_s));
    QVERIFY(isOffered(u"Revoke all scopes"_s));
    openMenu()->close();
    goTo(u"audit-export"_s, u"read:invoices"_s); // both have it
    press(Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(openMenuAt(view()->horizontalHeader(), columnOf(u"read:invoices"_s)));
    QVERIFY(!isOffered(u"Grant read:invoices to 2 selected apps"_s));
    openMenu()->close();
}

void TestGrants::theMenuOfSeveralAppsChangesThemAll()
{
    QVERIFY_OK(open());
    goTo(u"audit-export"_s, u"read:invoices"_s);
    press(Qt::Key_Down, Qt::ShiftModifier);
    press(Qt::Key_Down, Qt::ShiftModifier);
    press(Qt::Key_Menu);
    QVERIFY(choose(u"Revoke all scopes"_s));
    for (const QString &app : {u"audit-export"_s, u"billing-service"_s, u"ci-smoke-tests"_s})
        QCOMPARE(model().wantedCount(idOf(app)), 0);
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY2(m_plan.isEmpty(), "one step");
}

void TestGrants::grantsAreCopiedFromAndToOthers()
{
    QVERIFY_OK(open());
    const ScopeSet wanted = m_plan.granted(idOf(u"billing-service"_s));
    QVERIFY(chooseAt(view()->verticalHeader(), rowOf(u"ci-smoke-tests"_s), u"Copy grants from…"_s));
    pickApp(u"billing"_s);
    QCOMPARE(m_plan.wanted(idOf(u"ci-smoke-tests"_s)), wanted);
    QVERIFY(chooseAt(view()->verticalHeader(), rowOf(u"billing-service"_s), u"Copy grants to…"_s));
    auto *picker = dialog<AppPickerDialog>();
    QVERIFY(picker);
    auto *list = picker->findChild<QTableView *>(u"appPickerList"_s);
    QCOMPARE(list->model()->rowCount(), 11); // all but itself
    for (int row : {0, 3})
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(row, 0)).center());
    QVERIFY(stateText(*picker).endsWith(u"2 chosen"_s));
    QTest::mouseClick(picker->findChild<QPushButton *>(u"appPickerPick"_s), Qt::LeftButton);
    QCOMPARE(m_plan.wanted(idOf(u"audit-export"_s)), wanted);
    QCOMPARE(m_plan.wanted(idOf(u"helpdesk-portal"_s)), wanted);
}

void TestGrants::theMenuOfAScopeChangesItsColumn()
{
    QVERIFY_OK(open());
    goTo(u"audit-export"_s, u"read:invoices"_s);
    press(Qt::Key_Down, Qt::ShiftModifier);
    const int column = columnOf(u"void:invoices"_s);
    const ScopeId scope = model().scopeAt(column).id;
    const int had = m_plan.loadedCount(scope);
    QVERIFY(chooseAt(view()->horizontalHeader(), column, u"Grant void:invoices to 2 selected apps"_s));
    QCOMPARE(m_plan.wantedCount(scope), had + 2);
    QVERIFY(chooseAt(view()->horizontalHeader(), column,
                     u"Revoke void:invoices from all %1 apps"_s.arg(had + 2)));
    QCOMPARE(m_plan.wantedCount(scope), 0);
    QCOMPARE(model().removeCount(), had);
}

void TestGrants::theCornerSorts()
{
    QVERIFY_OK(open());
    const auto first = [this] { return model().appAt(0).name; };
    QVERIFY(latchkey::press(*m_page, u"sortGrantsByScopes"_s));
    QCOMPARE(first(), u"finance-desktop"_s); // it has all
    QVERIFY(latchkey::press(*m_page, u"sortGrantsByScopes"_s));
    QCOMPARE(first(), u"ci-smoke-tests"_s); // it has none
    auto *byName = m_page->findChild<QAbstractButton *>(u"sortGrantsByName"_s);
    byName->setFocus();
    QTest::keyClick(byName, Qt::Key_Space);
    QCOMPARE(first(), u"audit-export"_s);
    QTest::keyClick(byName, Qt::Key_Space);
    QCOMPARE(first(), u"reporting-batch"_s);
}

void TestGrants::everyStateIsSaid()
{
    QVERIFY_OK(open());
    QAccessibleInterface *grid = QAccessible::queryAccessibleInterface(view());
    QVERIFY(grid && grid->tableInterface());
    const auto said = [&](const QString &app, const QString &scope) {
        return grid->tableInterface()->cellAt(rowOf(app), columnOf(scope))->text(QAccessible::Name);
    };
    QCOMPARE(said(u"billing-service"_s, u"read:invoices"_s), u"billing-service, read:invoices, granted"_s);
    QCOMPARE(said(u"ci-smoke-tests"_s, u"read:invoices"_s), u"ci-smoke-tests, read:invoices, not granted"_s);
    for (const QString &app : {u"billing-service"_s, u"ci-smoke-tests"_s}) {
        goTo(app, u"read:invoices"_s);
        press(Qt::Key_Space);
    }
    QCOMPARE(said(u"billing-service"_s, u"read:invoices"_s),
             u"billing-service, read:invoices, granted, pending revoke"_s);
    QCOMPARE(said(u"ci-smoke-tests"_s, u"read:invoices"_s),
             u"ci-smoke-tests, read:invoices, not granted, pending grant"_s);
    const ScopeId read = model().scopeAt(columnOf(u"read:invoices"_s)).id;
    model().setMarks({{{idOf(u"ci-smoke-tests"_s), read}, CellMark::Sending}});
    QCOMPARE(said(u"ci-smoke-tests"_s, u"read:invoices"_s), u"ci-smoke-tests, read:invoices, being sent"_s);
    model().setMarks({{{idOf(u"ci-smoke-tests"_s), read}, CellMark::NotStored}});
    QCOMPARE(said(u"ci-smoke-tests"_s, u"read:invoices"_s), u"ci-smoke-tests, read:invoices, not stored"_s);
    model().removeApps({idOf(u"portal-web"_s)});
    QCOMPARE(said(u"portal-web"_s, u"read:invoices"_s),
             u"portal-web, read:invoices, granted, pending removal of the app"_s);
    const QList<QAccessibleInterface *> heads =
        grid->tableInterface()->cellAt(0, 0)->tableCellInterface()->rowHeaderCells();
    QVERIFY(!heads.isEmpty());
    QCOMPARE(heads.first()->text(QAccessible::Name), u"audit-export, 3 of 8 scopes"_s);
    for (QAccessibleInterface *head : heads) // Qt makes them anew and leaves them to us
        QAccessible::deleteAccessibleInterface(QAccessible::registerAccessibleInterface(head));
}

void TestGrants::severalAppsAreAddedWithTheScopesOfAnother()
{
    QVERIFY_OK(open());
    QVERIFY(latchkey::press(*m_page, u"addClientApp"_s));
    auto *picker = dialog<AddClientAppDialog>();
    QVERIFY(picker);
    QTRY_COMPARE(stateText(*picker), u"42 apps"_s);
    auto *list = picker->findChild<QTableView *>(u"appPickerList"_s);
    auto *filter = picker->findChild<FilterField *>(u"appPickerFilter"_s);
    QStringList chosen;
    for (const QString &letter : {u"chat-assistant"_s, QString()}) { // a choice stays when a filter hides it
        filter->clear();
        QTest::keyClicks(filter, letter);
        const QModelIndex first = list->model()->index(0, 0);
        chosen.append(first.data().toString());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(first).center());
    }
    QVERIFY2(stateText(*picker).endsWith(u"2 chosen"_s), qPrintable(stateText(*picker)));
    auto *start = picker->findChild<QComboBox *>(u"startingScopes"_s);
    QTest::keyClick(start, Qt::Key_Down);
    QTRY_VERIFY(picker->findChild<AppPickerDialog *>(u"likePicker"_s));
    auto *like = picker->findChild<AppPickerDialog *>(u"likePicker"_s);
    QTest::keyClicks(like->findChild<FilterField *>(u"appPickerFilter"_s), u"billing"_s);
    QTest::keyClick(like->findChild<FilterField *>(u"appPickerFilter"_s), Qt::Key_Return);
    QCOMPARE(start->currentText(), u"Like billing-service, 5 scopes"_s);
    QTest::mouseClick(picker->findChild<QPushButton *>(u"appPickerPick"_s), Qt::LeftButton);
    QCOMPARE(m_plan.totals().apps, 2);
    for (const QString &app : chosen) {
        QVERIFY(m_plan.isAdded(idOf(app)));
        QCOMPARE(m_plan.wanted(idOf(app)), m_plan.granted(idOf(u"billing-service"_s)));
    }
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    view()->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY2(m_plan.isEmpty(), "one step");
}

void TestGrants::whatAddingDoesIsSaidWhole()
{
    QVERIFY_OK(open());
    m_server.name = u"the authorization server of a department with a long name"_s.repeated(3);
    m_page->showPlan(m_server, &m_plan, model().scopes());
    QVERIFY(latchkey::press(*m_page, u"addClientApp"_s));
    auto *picker = dialog<AddClientAppDialog>();
    QVERIFY(picker);
    auto *what = picker->findChild<QLabel *>(u"addClientAppWhat"_s);
    QVERIFY(what && what->isVisible());
    QTRY_VERIFY(what->height() >= what->heightForWidth(what->width()));
    QVERIFY(what->height() > 3 * what->fontMetrics().height());
}

void TestGrants::aPageThatFailsIsGoneOnFrom()
{
    QVERIFY_OK(open(u"Invoices API"_s, {u"--apps"_s, u"2500"_s, u"--scopes"_s, u"1"_s}, true));
    int pages = 0;
    m_sandbox->proxy->setScript([&pages](const Arrival &arrival, const FaultProxy::Forward &forward) {
        return arrival.target.contains("/api/2/apps") && ++pages == 2 ? FaultServer::html(500)
                                                                      : forward(arrival);
    });
    QVERIFY(latchkey::press(*m_page, u"addClientApp"_s));
    auto *picker = dialog<AddClientAppDialog>();
    QTRY_VERIFY(shown<QPushButton>(*picker, u"appPickerAgain"_s));
    QCOMPARE(stateText(*picker), u"1000 apps came so far"_s);
    auto *filter = picker->findChild<FilterField *>(u"appPickerFilter"_s);
    QTest::keyClicks(filter, u"scale-app-0000"_s); // what came can be searched
    const auto *list = picker->findChild<QTableView *>(u"appPickerList"_s);
    QVERIFY(list->model()->rowCount() > 10);
    filter->clear();
    m_sandbox->proxy->forget();
    QVERIFY(latchkey::press(*picker, u"appPickerAgain"_s));
    QTRY_COMPARE(stateText(*picker), u"2542 apps"_s);
    int requests = 0;
    for (const Arrival &arrival : m_sandbox->proxy->arrived())
        requests += arrival.target.contains("/api/2/apps") ? 1 : 0;
    QCOMPARE(requests, 2); // the pages that were missing, none for an app
    QCOMPARE(list->model()->rowCount(), 2542);
}

void TestGrants::manyScopesAreAChecklist()
{
    QVERIFY_OK(open(u"Scale API"_s, {u"--apps"_s, u"40"_s, u"--scopes"_s, u"60"_s}));
    auto *checklist = m_page->findChild<GrantChecklist *>(u"grantsChecklist"_s);
    auto *apps = m_page->findChild<QTableView *>(u"grantApps"_s);
    auto *scopes = m_page->findChild<QTableView *>(u"grantScopes"_s);
    QTRY_VERIFY(checklist->isVisible());
    QVERIFY(!view()->isVisible());
    QTRY_COMPARE(scopes->model()->rowCount(), 60);
    apps->setFocus();
    QTest::keyClick(apps, Qt::Key_Down);
    QCOMPARE(m_page->findChild<Label *>(u"grantChecklistApp"_s)->text(), u"scale-app-000002"_s);
    QTest::keyClick(apps, Qt::Key_Right);
    QVERIFY(scopes->hasFocus());
    QTest::keyClick(scopes, Qt::Key_Home, Qt::ControlModifier);
    const AppId app = model().idAt(1);
    const ScopeId scope = model().scopeAt(0).id;
    const GrantState before = m_plan.state(app, scope);
    QTest::keyClick(scopes, Qt::Key_Space);
    QVERIFY(m_plan.state(app, scope) != before);
    QCOMPARE(scopes->model()->index(0, GrantScopeListModel::State).data().toString(),
             before == GrantState::Granted ? u"Pending revoke"_s : u"Pending grant"_s);
    QVERIFY(m_page->findChild<Label *>(u"cellWords"_s)
                ->text()
                .startsWith(before == GrantState::Granted ? u"Pending revoke."_s : u"Pending grant."_s));
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(scopes);
    QVERIFY(table->tableInterface()
                ->cellAt(0, 0)
                ->text(QAccessible::Name)
                .startsWith(u"scale-app-000002, scale:0001, "_s));
    QVERIFY(m_page->findChild<QWidget *>(u"pendingBar"_s)->isVisible());
    QTest::keyClick(scopes, Qt::Key_Backspace);
    QVERIFY(m_plan.isEmpty());
    QTest::keyClick(scopes, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(scopes, Qt::Key_Space);
    QCOMPARE(model().wantedCount(app), 60);
    QTest::keyClick(scopes, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(m_plan.isEmpty());
    QTest::keyClicks(m_page->findChild<FilterField *>(u"filterGrantScopes"_s), u"0042"_s);
    QCOMPARE(scopes->model()->rowCount(), 1);
    m_page->findChild<FilterField *>(u"filterGrantScopes"_s)->clear();
    QTRY_COMPARE(m_page->findChild<Label *>(u"grantChecklistApp"_s)->text(), u"scale-app-000002"_s);
    apps->setFocus();
    QTest::keyClick(apps, Qt::Key_Delete);
    QVERIFY(confirmRemoval());
    QVERIFY(m_plan.isRemoved(app));

    QVERIFY(latchkey::press(*m_page, u"grantsForm"_s));
    QVERIFY(view()->isVisible());
    QCOMPARE(model().idAt(view()->currentIndex().row()), app);
    QVERIFY(latchkey::press(*m_page, u"grantsForm"_s));
    QVERIFY(checklist->isVisible());
}

void TestGrants::aClickOnTheMarkTogglesInTheChecklist()
{
    QVERIFY_OK(open(u"Scale API"_s, {u"--apps"_s, u"4"_s, u"--scopes"_s, u"40"_s}));
    auto *scopes = m_page->findChild<QTableView *>(u"grantScopes"_s);
    QTRY_COMPARE(scopes->model()->rowCount(), 40);
    const AppId app = model().idAt(0);
    const auto at = [&](int row, int column, int x) {
        const QRect cell = scopes->visualRect(scopes->model()->index(row, column));
        return QPoint(cell.left() + x, cell.center().y());
    };
    const auto click = [&](const QPoint &place) {
        QTest::mouseClick(scopes->viewport(), Qt::LeftButton, {}, place);
    };
    const QPoint mark = at(2, GrantScopeListModel::State, 16);
    const QPoint words = at(2, GrantScopeListModel::State, 60);
    const bool before = m_plan.wanted(app).contains(model().scopeAt(2).id);
    click(mark);
    QCOMPARE(m_plan.wanted(app).contains(model().scopeAt(2).id), !before);
    QCOMPARE(scopes->currentIndex().row(), 2);
    QTest::qWait(QApplication::doubleClickInterval() + 20);
    click(words);
    QVERIFY(m_plan.isEmpty());
    for (const QPoint &beside :
         {at(4, GrantScopeListModel::Scope, 10), at(4, GrantScopeListModel::Description, 20)}) {
        click(beside);
        QVERIFY2(m_plan.isEmpty(), "it chooses the row");
        QTest::qWait(QApplication::doubleClickInterval() + 20);
    }
    QTest::mousePress(scopes->viewport(), Qt::LeftButton, {}, at(5, GrantScopeListModel::State, 16));
    QTest::mouseRelease(scopes->viewport(), Qt::LeftButton, {}, at(6, GrantScopeListModel::State, 16));
    QVERIFY2(m_plan.isEmpty(), "thought better of");
    click(at(8, GrantScopeListModel::Scope, 10));
    QTest::mouseDClick(scopes->viewport(), Qt::LeftButton, {}, at(8, GrantScopeListModel::Scope, 10));
    QCOMPARE(model().changeCount(), 1);
    model().discard();
    QTest::qWait(QApplication::doubleClickInterval() + 20);
    click(mark);
    QTest::mouseDClick(scopes->viewport(), Qt::LeftButton, {}, mark); // one too many is none
    QCOMPARE(model().changeCount(), 1);
    model().discard();
    model().setWritable(false);
    click(mark);
    QVERIFY(m_plan.isEmpty());
}

void TestGrants::bothFiltersSayWhatTheyFilter()
{
    QVERIFY_OK(open(u"Scale API"_s, {u"--apps"_s, u"4"_s, u"--scopes"_s, u"40"_s}));
    model().toggle(QItemSelection(model().index(0, 0), model().index(0, 0)));
    for (const int wide : {1052, 836, 796}) { // alone, beside the list at 1280, and with a smaller font
        m_page->resize(wide, 640);
        for (const QString &name : {u"filterGrantApps"_s, u"filterGrantScopes"_s}) {
            const auto *filter = m_page->findChild<FilterField *>(name);
            const QMargins around = filter->textMargins();
            const int needed = filter->fontMetrics().horizontalAdvance(filter->placeholderText());
            QTRY_VERIFY2(filter->width() - around.left() - around.right() - 16 >= needed, qPrintable(name));
        }
    }
}

void TestGrants::aLongScopeKeepsTheOtherColumnsNarrow()
{
    QVERIFY_OK(open());
    m_page->resize(836, 640); // beside the list at 1280
    QCoreApplication::processEvents();
    std::vector<Scope> scopes = model().scopes();
    scopes[2].value = u"send:"_s + QString(60, u'x');
    m_page->showPlan(m_server, &m_plan, scopes);
    const QHeaderView *head = view()->horizontalHeader();
    int narrow = 0;
    for (int column = 0; column < model().columnCount(); ++column)
        narrow += head->sectionSize(column) < 90 ? 1 : 0;
    QCOMPARE(narrow, 7);
    QVERIFY(head->sectionSize(2) <= 120);
    QVERIFY(head->sectionViewportPosition(7) + 20 < view()->viewport()->width());
    QVERIFY(model().headerData(2, Qt::Horizontal, Qt::ToolTipRole).toString().startsWith(scopes[2].value));
    m_page->resize(1400, 640);
    QCoreApplication::processEvents();
    int widest = 0;
    for (int column = 0; column < model().columnCount(); ++column)
        widest = std::max(widest, head->sectionSize(column));
    QTRY_VERIFY(widest - head->sectionSize(0) <= 1); // room for all: as wide as one another
}

void TestGrants::anEmptyGridNamesWhatFiltersIt()
{
    QVERIFY_OK(open());
    const auto said = [this] {
        return m_page->findChild<QWidget *>(u"emptyState"_s)->accessibleDescription();
    };
    auto *apps = m_page->findChild<FilterField *>(u"filterGrantApps"_s);
    auto *scopes = m_page->findChild<FilterField *>(u"filterGrantScopes"_s);
    QTest::keyClicks(apps, u"zzz"_s);
    QCOMPARE(said(), u"No client app matches “zzz”."_s);
    QTest::keyClicks(apps, u"y"_s);
    QCOMPARE(said(), u"No client app matches “zzzy”."_s);
    apps->clear();
    QTest::keyClicks(scopes, u"qqq"_s);
    QCOMPARE(said(), u"No scope matches “qqq”."_s);
    scopes->clear();
    m_page->findChild<SegmentedControl *>(u"showGrants"_s)->setCurrentIndex(2);
    QCOMPARE(said(), u"Only what is pending is shown."_s);
    QVERIFY(latchkey::press(*m_page, u"clearGrantFilter"_s));
    QVERIFY(view()->isVisible());
}

void TestGrants::theAppsOfAServerWithoutScopesStayInSight()
{
    QVERIFY_OK(open());
    m_page->showPlan(m_server, &m_plan, {});
    auto *apps = shown<QTableView>(*m_page, u"grantApps"_s);
    QVERIFY(apps);
    QCOMPARE(apps->model()->rowCount(), 12);
    QVERIFY(apps->model()->index(0, 0).data(TrailingRole).toString().isEmpty());
    QVERIFY(!shown(*m_page, u"cellStrip"_s));
    QVERIFY(!shown(*m_page, u"grantsForm"_s));
    m_page->focusGrants();
    QVERIFY(apps->hasFocus());
    QTest::keyClick(apps, Qt::Key_Down);
    QTest::keyClick(apps, Qt::Key_Delete);
    QVERIFY(confirmRemoval());
    QVERIFY(m_plan.isRemoved(model().idAt(1)));
    QVERIFY(shown(*m_page, u"pendingBar"_s));
    QSignalSpy asked(m_page.get(), &GrantsPage::addScopesAsked);
    QVERIFY(latchkey::press(*m_page, u"addFirstScopes"_s));
    QCOMPARE(asked.size(), 1);
    m_page->setReadOnlyReason(u"You may look only."_s, {});
    QVERIFY(!shown<QPushButton>(*m_page, u"addFirstScopes"_s)->isEnabled());
}

void TestGrants::neitherScopesNorAppsOfferBoth()
{
    QVERIFY_OK(open());
    m_plan = GrantPlan();
    m_page->showPlan(m_server, &m_plan, {});
    QSignalSpy asked(m_page.get(), &GrantsPage::addScopesAsked);
    QCOMPARE(shown<QPushButton>(*m_page, u"clearGrantFilter"_s)->text(), u"Add scopes…"_s);
    QVERIFY(latchkey::press(*m_page, u"clearGrantFilter"_s));
    QCOMPARE(asked.size(), 1);
    QVERIFY(latchkey::press(*m_page, u"addFirstClientApp"_s));
    QVERIFY(dialog<AddClientAppDialog>());
}

void TestGrants::aSwapIsCountedBothWays()
{
    QVERIFY_OK(open());
    goTo(u"billing-service"_s, u"read:invoices"_s);
    press(Qt::Key_Space);
    goTo(u"billing-service"_s, u"send:invoices"_s);
    press(Qt::Key_Space);
    const int row = rowOf(u"billing-service"_s);
    QCOMPARE(model().headerData(row, Qt::Vertical, Qt::AccessibleTextRole).toString(),
             u"billing-service, 5 of 8 scopes, 1 pending grant, 1 pending revoke"_s);
    GrantAppListModel list(model());
    list.setActive(true);
    QCOMPARE(list.index(row).data(TrailingRole).toString(), u"+1 \u22121"_s);
    QCOMPARE(model().headerData(row, Qt::Vertical, GrantGridModel::AddCountRole).toInt(), 1);
    QCOMPARE(model().headerData(row, Qt::Vertical, GrantGridModel::RemoveCountRole).toInt(), 1);
}

void TestGrants::aLoginProvesAGrant()
{
    QVERIFY_OK(open());
    const SandboxProcess::App app = m_sandbox->process.app(u"billing-service");
    SandboxHints hints;
    hints.clientSecrets.insert(app.clientId, Secret::fromText(app.clientSecret));
    ProofDialog *proof = openProof(u"billing-service"_s, hints);
    QVERIFY(proof);
    const QScrollBar *bar = proof->findChild<QScrollArea *>()->verticalScrollBar();
    QTRY_VERIFY(proof->findChild<QPushButton *>(u"proofRun"_s)->isEnabled());
    QTRY_COMPARE(bar->maximum(), 0); // it is as high as what it says
    QVERIFY(latchkey::press(*proof, u"proofRun"_s));
    QTRY_VERIFY(proof->findChild<QTableView *>(u"scopeFates"_s));
    QTRY_COMPARE(bar->maximum(), 0);
    QCOMPARE(proof->banner()->kind(), MessageBanner::Kind::Ok);
    const auto *fates = proof->findChild<QTableView *>(u"scopeFates"_s)->model();
    QCOMPARE(fates->rowCount(), static_cast<int>(m_plan.granted(idOf(u"billing-service"_s)).size()));
    for (int column = 1; column < 4; ++column)
        QCOMPARE(fates->index(0, column).data().toString(), u"Yes"_s);
}

void TestGrants::aLoginWithoutScopesSaysSo()
{
    QVERIFY_OK(open());
    const SandboxProcess::App app = m_sandbox->process.app(u"ci-smoke-tests");
    SandboxHints hints;
    hints.clientSecrets.insert(app.clientId, Secret::fromText(app.clientSecret));
    ProofDialog *proof = openProof(u"ci-smoke-tests"_s, hints);
    QVERIFY(proof);
    QTRY_VERIFY(proof->findChild<QPushButton *>(u"proofRun"_s)->isEnabled());
    QVERIFY(latchkey::press(*proof, u"proofRun"_s));
    QTRY_COMPARE(proof->banner()->sentence(), u"No scope is granted, and the token carries none."_s);
    QVERIFY(!proof->findChild<QTableView *>(u"scopeFates"_s));
}

void TestGrants::aRefusedLoginIsExplained()
{
    QVERIFY_OK(open());
    ProofDialog *proof = openProof(u"billing-service"_s);
    QVERIFY(proof);
    auto *secret = proof->findChild<QLineEdit *>(u"proofSecret"_s);
    QTRY_VERIFY(secret->isEnabled());
    QVERIFY(!proof->findChild<QPushButton *>(u"proofRun"_s)->isEnabled());
    QTest::keyClicks(secret, u"not-the-secret"_s);
    QTest::keyClick(secret, Qt::Key_Return);
    QTRY_VERIFY(proof->findChild<QWidget *>(u"proofResult"_s));
    QCOMPARE(proof->banner()->kind(), MessageBanner::Kind::Danger);
    QVERIFY(!proof->findChild<QTableView *>(u"scopeFates"_s));
    // A next step that can be taken here is a button.
    QVERIFY(latchkey::press(*proof, u"next_paste_secret_again"_s));
    QTRY_COMPARE(proof->focusWidget(), secret);
    QCOMPARE(secret->selectedText(), u"not-the-secret"_s);
}

void TestGrants::aPublicClientCannotBeProven()
{
    QVERIFY_OK(open());
    QString isPublic;
    for (int row = 0; row < model().rowCount(); ++row) {
        const QString name = model().appAt(row).name;
        if (m_sandbox->process.app(name).auth == u"none"_s)
            isPublic = name;
    }
    QVERIFY(!isPublic.isEmpty());
    ProofDialog *proof = openProof(isPublic);
    QVERIFY(proof && QTest::qWaitForWindowActive(proof));
    QTRY_COMPARE(proof->banner()->kind(), MessageBanner::Kind::Warn);
    QVERIFY(!proof->findChild<QLineEdit *>(u"proofSecret"_s)->isVisible());
    QVERIFY(!proof->findChild<QPushButton *>(u"proofRun"_s)->isEnabled());
    QCOMPARE(proof->focusWidget()->objectName(), u"proofClose"_s);
}

QTEST_MAIN(TestGrants)
#include "tst_grants.moc"
