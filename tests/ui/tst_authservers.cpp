// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/authserverspanel.h"
#include "authservers/grantgridview.h"
#include "authservers/grantspage.h"
#include "authservers/reviewdialog.h"
#include "models/itemroles.h"
#include "onelogin/authserversapi.h"
#include "style/latchkeystyle.h"
#include "support/qtest_result.h"
#include "translations.h"
#include "ui/opensandbox.h"
#include "ui/testclipboard.h"
#include "ui/visibletexts.h"
#include "widgets/confirmdialog.h"
#include "widgets/emptystate.h"
#include "widgets/environment.h"
#include "widgets/filterfield.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QComboBox>
#include <QItemSelectionModel>
#include <QListView>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestAuthServers : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }

    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s)); }

    void cleanup()
    {
        m_panel.reset();
        m_sandbox.reset();
    }

    void listsServersWithTheirCounts()
    {
        QVERIFY_OK(openPanel());
        const auto *servers = find<QListView>(u"serverList"_s)->model();
        const QAbstractItemModelTester tester(find<QListView>(u"serverList"_s)->model());
        QCOMPARE(servers->rowCount(), 5);
        QCOMPARE(servers->index(2, 0).data(SubtitleRole).toString(), u"api.example.com/invoices"_s);
        QTRY_COMPARE(servers->index(2, 0).data(ThirdLineRole).toString(), u"8 scopes, 12 apps"_s);
        QTRY_COMPARE(servers->index(4, 0).data(ThirdLineRole).toString(), u"No scopes yet"_s);
    }

    void theAccessReportIsFound()
    {
        QVERIFY_OK(openPanel());
        const auto *button = find<QPushButton>(u"exportGrants"_s);
        QCOMPARE(button->text(), u"Export grants or report…"_s);
        QVERIFY2(button->toolTip().contains(u"access report"_s), qPrintable(button->toolTip()));
        QCOMPARE(find<QAction>(u"exportGrantsAction"_s)->text(), button->text());
    }

    void besideTheRailAllBeginsAtOneEdge()
    {
        QVERIFY_OK(openInvoices());
        m_panel->resize(836, 600);
        const auto left = [this](const QString &name) {
            const auto *widget = find<QWidget>(name);
            return widget->mapTo(m_panel.get(), QPoint()).x();
        };
        QTRY_VERIFY(find<QWidget>(u"serverCombo"_s)->isVisible());
        QTRY_COMPARE(left(u"panelTitle"_s), left(u"serverCombo"_s));
        QCOMPARE(left(u"filterGrantApps"_s), left(u"serverCombo"_s));
        const auto right = [&](const QString &name) { return left(name) + find<QWidget>(name)->width(); };
        QCOMPARE(right(u"reloadServers"_s), right(u"addClientApp"_s));
    }

    void showsClientAppsByScopesAndSaysThem()
    {
        QVERIFY_OK(openInvoices());
        const QAbstractItemModelTester tester(&model());
        QCOMPARE(model().rowCount(), 12);
        QCOMPARE(model().columnCount(), 8);
        QAccessibleInterface *grid = QAccessible::queryAccessibleInterface(view());
        QVERIFY(grid && grid->tableInterface());
        const QModelIndex cell = cellOf(u"partner-gateway"_s, u"void:invoices"_s);
        QAccessibleInterface *spoken = grid->tableInterface()->cellAt(cell.row(), cell.column());
        QCOMPARE(spoken->text(QAccessible::Name), u"partner-gateway, void:invoices, granted"_s);
        QVERIFY(spoken->state().checkable);
        QVERIFY(spoken->state().checked);
        moveTo(cell);
        QTest::keyClick(view(), Qt::Key_Space);
        QCOMPARE(spoken->text(QAccessible::Name),
                 u"partner-gateway, void:invoices, granted, pending revoke"_s);
        QVERIFY(!spoken->state().checked);
        QCOMPARE(find<Label>(u"cellApp"_s)->text(), u"for partner-gateway"_s);
    }

    void appliesWhatWasToggledByKeyboard()
    {
        QVERIFY_OK(openInvoices());
        moveTo(cellOf(u"billing-service"_s, u"send:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        moveTo(cellOf(u"partner-gateway"_s, u"void:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        QCOMPARE(find<Label>(u"pendingSentence"_s)->text(), u"2 changes in 2 apps"_s);
        QCOMPARE(m_panel->pendingChanges(), 2);

        ReviewDialog *review = openReview();
        QVERIFY(review);
        QPushButton *apply = review->findChild<QPushButton *>(u"reviewApply"_s);
        QCOMPARE(apply->text(), u"Apply 2 changes to Sandbox"_s);
        QTRY_VERIFY(apply->isEnabled());
        QVERIFY(review->findChild<Label *>(u"reviewFreshness"_s)->text().contains(u"Nobody has changed"_s));
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(review->windowTitle(), u"2 of 2 changes are stored"_s);
        for (const Label *state : review->findChildren<Label *>(u"reviewState"_s))
            QCOMPARE(state->text(), u"Verified"_s);
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_VERIFY(!m_panel->findChild<ReviewDialog *>());
        QCOMPARE(m_panel->pendingChanges(), 0);

        QTest::keyClick(m_panel.get(), Qt::Key_F5);
        QTRY_COMPARE(stateOf(u"billing-service"_s, u"send:invoices"_s), GrantState::Granted);
        QCOMPARE(stateOf(u"partner-gateway"_s, u"void:invoices"_s), GrantState::NotGranted);
        const Result<std::vector<ClientApp>> stored = readClientApps();
        QVERIFY_OK(stored);
        QCOMPARE(scopesOf(*stored, u"billing-service"_s), m_loaded[u"billing-service"_s] + 1);
        QCOMPARE(scopesOf(*stored, u"partner-gateway"_s), m_loaded[u"partner-gateway"_s] - 1);
    }

    void countsReadRightForNoneOneAndMany()
    {
        const auto changes = [](int count) {
            return QCoreApplication::translate("latchkey::PendingBar", "%n change(s)", nullptr, count);
        };
        QCOMPARE(changes(0), u"0 changes"_s);
        QCOMPARE(changes(1), u"1 change"_s);
        QCOMPARE(changes(4), u"4 changes"_s);

        QVERIFY_OK(openInvoices());
        moveTo(cellOf(u"partner-gateway"_s, u"void:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        QCOMPARE(find<Label>(u"pendingSentence"_s)->text(), u"1 change in 1 app"_s);
        QTRY_COMPARE(find<QListView>(u"serverList"_s)->model()->index(0, 0).data(ThirdLineRole).toString(),
                     u"4 scopes, 6 apps"_s);
        ReviewDialog *review = openReview();
        QTRY_VERIFY(review->findChild<QPushButton *>(u"reviewApply"_s)->isEnabled());
        const QStringList texts = visibleTexts(*m_panel) + visibleTexts(*review);
        QVERIFY(texts.contains(u"Review 1 change"_s));
        QVERIFY(texts.contains(u"Apply 1 change to Sandbox"_s));
        QCOMPARE(texts.filter(u"(s)"_s), QStringList());
    }

    void aConflictIsShownAndMergedNotOverwritten()
    {
        QVERIFY_OK(openInvoices());
        moveTo(cellOf(u"partner-gateway"_s, u"void:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        QVERIFY_OK(changeBehindOurBack(u"partner-gateway"_s, u"send:invoices"_s));

        ReviewDialog *review = openReview();
        QTRY_VERIFY(review->findChild<QWidget *>(u"reviewConflict"_s));
        QPushButton *apply = review->findChild<QPushButton *>(u"reviewApply"_s);
        QVERIFY(!apply->isEnabled());
        QTest::mouseClick(review->findChild<QPushButton *>(u"reviewReadAgain"_s), Qt::LeftButton);
        QTRY_VERIFY(apply->isEnabled());
        QVERIFY(!review->findChild<QWidget *>(u"reviewConflict"_s));
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(review->windowTitle(), u"1 of 1 change is stored"_s);
        QCOMPARE(stateOf(u"partner-gateway"_s, u"send:invoices"_s), GrantState::Granted);
        QCOMPARE(stateOf(u"partner-gateway"_s, u"void:invoices"_s), GrantState::NotGranted);
    }

    void whatTheTenantHasAlreadyIsNoConflict()
    {
        QVERIFY_OK(openInvoices());
        const QString before = usesTold(u"send:invoices"_s);
        moveTo(cellOf(u"partner-gateway"_s, u"send:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        QVERIFY_OK(changeBehindOurBack(u"partner-gateway"_s, u"send:invoices"_s));
        ReviewDialog *review = openReview();
        QTRY_VERIFY(
            review->findChild<Label *>(u"reviewFreshness"_s)->text().startsWith(u"The tenant already has"_s));
        QVERIFY(!review->findChild<QWidget *>(u"reviewConflict"_s));
        QCOMPARE(model().changeCount(), 0);
        QCOMPARE(stateOf(u"partner-gateway"_s, u"send:invoices"_s), GrantState::Granted);
        // Others are told how many have it, too.
        QCOMPARE(usesTold(u"send:invoices"_s), u"%1 apps"_s.arg(before.section(u' ', 0, 0).toInt() + 1));
    }

    void aChangeBetweenReviewAndApplyStaysPending()
    {
        QVERIFY_OK(openInvoices());
        moveTo(cellOf(u"partner-gateway"_s, u"void:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        ReviewDialog *review = openReview();
        QVERIFY(review);
        QPushButton *apply = review->findChild<QPushButton *>(u"reviewApply"_s);
        QTRY_VERIFY(apply->isEnabled());
        QVERIFY_OK(changeBehindOurBack(u"partner-gateway"_s, u"send:invoices"_s));
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(review->windowTitle(), u"0 of 1 change is stored"_s);
        QCOMPARE(review->findChild<Label *>(u"reviewState"_s)->text(), u"Changed meanwhile"_s);
        QCOMPARE(stateOf(u"partner-gateway"_s, u"void:invoices"_s), GrantState::PendingRemove);
    }

    void readsAgainWhenTheSelectedServerWasDeleted()
    {
        QVERIFY_OK(openInvoices());
        moveTo(cellOf(u"ci-smoke-tests"_s, u"read:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        QCOMPARE(m_panel->pendingChanges(), 1);
        QSignalSpy pending(m_panel.get(), &AuthServersPanel::pendingChangesChanged);
        const AuthServerId id{m_sandbox->process.server(u"Invoices API").id};
        QVERIFY_OK(waitFor<>([&](auto done) {
            m_sandbox->session->api()->remove(u"/api/2/api_authorizations/"_s + id.toString(), done);
        }));
        const auto *servers = find<QListView>(u"serverList"_s)->model();
        QTest::keyClick(m_panel.get(), Qt::Key_F5);
        QTRY_VERIFY(find<ConfirmDialog>(u"reloadDialog"_s));
        QTest::mouseClick(find<ConfirmDialog>(u"reloadDialog"_s)->verbButton(), Qt::LeftButton);
        QTRY_COMPARE(servers->rowCount(), 4);
        QCOMPARE(m_panel->pendingChanges(), 0); // went with its server
        QCOMPARE(pending.size(), 1);
        QCOMPARE(find<QListView>(u"serverList"_s)->currentIndex().row(), 0);
        QTRY_COMPARE(model().columnCount(), 4);
        for (int row = 0; row < 4; ++row)
            QTRY_VERIFY(!servers->index(row, 0).data(ThirdLineRole).toString().isEmpty());
    }

    void readsTheSelectedServerAgainThoughAFilterHidesIt()
    {
        QVERIFY_OK(openInvoices());
        auto *filter = find<FilterField>(u"filterServers"_s);
        filter->setText(u"no such server"_s);
        QCOMPARE(serverCount(), 0);
        QVERIFY_OK(changeBehindOurBack(u"partner-gateway"_s, u"send:invoices"_s));
        find<QToolButton>(u"reloadServers"_s)->click();
        QTRY_COMPARE(stateOf(u"partner-gateway"_s, u"send:invoices"_s), GrantState::Granted);
        filter->clear();
        QCOMPARE(find<QListView>(u"serverList"_s)->currentIndex().row(), 2);
        QCOMPARE(find<QComboBox>(u"serverCombo"_s)->currentIndex(), 2);
    }

    void anotherCredentialEndsAnApplyWithItsResults()
    {
        QVERIFY_OK(openInvoices());
        const std::optional<ApiCredential> first = m_sandbox->session->workingCredential();
        for (const QString &app : {u"billing-service"_s, u"ci-smoke-tests"_s}) {
            moveTo(cellOf(app, u"send:invoices"_s));
            QTest::keyClick(view(), Qt::Key_Space);
        }
        ReviewDialog *review = openReview();
        QPushButton *apply = review->findChild<QPushButton *>(u"reviewApply"_s);
        QTRY_VERIFY(apply->isEnabled());
        QSignalSpy applied(review, &ReviewDialog::applied);
        // Right after the first is stored, the credential at work goes.
        connect(review, &ReviewDialog::progressed, this, [this, first](const AppliedChange &change) {
            if (change.state == ApplyState::Verified)
                QMetaObject::invokeMethod(
                    this,
                    [this, first] {
                        (void)m_sandbox->credentials->setState(first->id, CredentialState::Disabled);
                    },
                    Qt::QueuedConnection);
        });
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(applied.size(), 1);
        const auto changes = applied.first().first().value<std::vector<AppliedChange>>();
        QCOMPARE(changes.size(), size_t(2));
        QCOMPARE(changes[0].state, ApplyState::Verified);
        QVERIFY(changes[1].state == ApplyState::Skipped || changes[1].state == ApplyState::NotStored);
        QCOMPARE(review->windowTitle(), u"1 of 2 changes are stored"_s);
        QCOMPARE(stateOf(u"billing-service"_s, u"send:invoices"_s), GrantState::Granted);
        QCOMPARE(stateOf(u"ci-smoke-tests"_s, u"send:invoices"_s), GrantState::PendingAdd);
    }

    void filteringKeepsTheSelectionById()
    {
        QVERIFY_OK(openInvoices());
        QItemSelection block(model().index(0, 0), model().index(2, 1));
        block.select(model().index(4, 3), model().index(5, 3));
        view()->selectionModel()->select(block, QItemSelectionModel::ClearAndSelect);
        QVERIFY(view()->hasWideSelection());
        const QString middle = model().appAt(1).name;
        const QString below = model().appAt(4).name;
        model().setScopeFilter(model().scopeAt(1).value);
        QCOMPARE(view()->selectionModel()->selectedIndexes().size(), 3);
        model().setAppFilter(middle);
        QCOMPARE(view()->selectionModel()->selectedIndexes().size(), 1);
        QVERIFY(!view()->hasWideSelection());
        model().setAppFilter(below);
        QVERIFY(view()->selectionModel()->selectedIndexes().isEmpty());
    }

    void undoesRedoesAndDiscards()
    {
        QVERIFY_OK(openInvoices());
        moveTo(cellOf(u"ci-smoke-tests"_s, u"read:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(view(), Qt::Key_Space);
        QCOMPARE(model().changeCount(), 2);
        QTest::keyClick(view(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(model().changeCount(), 0);
        QTest::keyClick(view(), Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(model().changeCount(), 2);
        QTest::keyClick(view(), Qt::Key_Z, Qt::ControlModifier);
        QTest::keyClick(view(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(model().changeCount(), 2);
        moveTo(cellOf(u"ci-smoke-tests"_s, u"read:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Backspace);
        QCOMPARE(model().changeCount(), 1);

        QTest::mouseClick(find<QPushButton>(u"discardGrants"_s), Qt::LeftButton);
        auto *dialog = find<ConfirmDialog>(u"discardDialog"_s);
        QVERIFY(dialog);
        QTest::mouseClick(dialog->verbButton(), Qt::LeftButton);
        QCOMPARE(model().changeCount(), 0);
        QVERIFY(!find<QWidget>(u"pendingBar"_s)->isVisible());
    }

    void clickOnTheMarkTogglesAndKeepItDrops()
    {
        QVERIFY_OK(openInvoices());
        const QModelIndex cell = cellOf(u"finance-desktop"_s, u"void:invoices"_s);
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, view()->visualRect(cell).center());
        QCOMPARE(stateOf(u"finance-desktop"_s, u"void:invoices"_s), GrantState::PendingRemove);
        QTest::mouseClick(find<QPushButton>(u"keepCell"_s), Qt::LeftButton);
        QCOMPARE(stateOf(u"finance-desktop"_s, u"void:invoices"_s), GrantState::Granted);
    }

    void addsAClientAppFromThePicker()
    {
        QVERIFY_OK(openInvoices());
        QTest::mouseClick(find<QPushButton>(u"addClientApp"_s), Qt::LeftButton);
        auto *list = m_panel->findChild<QTableView *>(u"appPickerList"_s);
        QVERIFY(list);
        QTRY_COMPARE(m_panel->findChild<Label *>(u"appPickerState"_s)->text(), u"42 apps"_s);
        auto *filter = m_panel->findChild<FilterField *>(u"appPickerFilter"_s);
        QTest::keyClicks(filter, u"audit"_s);
        QCOMPARE(list->model()->rowCount(), 1); // already on the server
        QVERIFY(!(list->model()->index(0, 0).flags() & Qt::ItemIsEnabled));
        filter->clear();
        QVERIFY(list->model()->index(0, 0).flags() & Qt::ItemIsEnabled); // those on the server go last
        QVERIFY(!(list->model()->index(41, 0).flags() & Qt::ItemIsEnabled));
        QTest::keyClicks(filter, u"chat-assistant"_s);
        QCOMPARE(list->model()->rowCount(), 1);
        QCOMPARE(m_panel->findChild<Label *>(u"appPickerState"_s)->text(),
                 u"1 of 42 apps. Return picks chat-assistant."_s);
        QTest::keyClick(filter, Qt::Key_Down);
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(model().rowCount(), 13);
        QCOMPARE(model().changeCount(), 1);

        moveTo(cellOf(u"chat-assistant"_s, u"read:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        ReviewDialog *review = openReview();
        QVERIFY(review);
        QPushButton *apply = review->findChild<QPushButton *>(u"reviewApply"_s);
        QTRY_VERIFY(apply->isEnabled());
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(review->windowTitle(), u"1 of 1 change is stored"_s);
        const Result<std::vector<ClientApp>> stored = readClientApps();
        QVERIFY_OK(stored);
        QCOMPARE(scopesOf(*stored, u"chat-assistant"_s), 1);
    }

    void menusChangeWholeRowsAndColumns()
    {
        QVERIFY_OK(openInvoices());
        emit view()->rowMenuRequested(rowOf(u"ci-smoke-tests"_s), {});
        trigger(u"grantRowMenu"_s, u"Grant all scopes"_s);
        QCOMPARE(model().changeCount(), 8);
        emit view()->rowMenuRequested(rowOf(u"ci-smoke-tests"_s), {});
        trigger(u"grantRowMenu"_s, u"Revoke all scopes"_s);
        QCOMPARE(model().changeCount(), 0);
        const int column = cellOf(u"ci-smoke-tests"_s, u"refund:payments"_s).column();
        emit view()->columnMenuRequested(column, {});
        trigger(u"grantColumnMenu"_s, u"Revoke refund:payments from all 3 apps"_s);
        QCOMPARE(model().headerData(column, Qt::Horizontal, GrantGridModel::WantedCountRole).toInt(), 0);
        QCOMPARE(model().removeCount(),
                 model().headerData(column, Qt::Horizontal, GrantGridModel::LoadedCountRole).toInt());
    }

    void pendingChangesSurviveAnotherServer()
    {
        QVERIFY_OK(openInvoices());
        moveTo(cellOf(u"ci-smoke-tests"_s, u"read:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        selectServer(3);
        QTRY_COMPARE(model().columnCount(), 11);
        QCOMPARE(model().changeCount(), 0);
        QCOMPARE(m_panel->pendingChanges(), 1);
        QCOMPARE(find<QListView>(u"serverList"_s)->model()->index(2, 0).data(CountRole).toInt(), 1);
        selectServer(2);
        QCOMPARE(stateOf(u"ci-smoke-tests"_s, u"read:invoices"_s), GrantState::PendingAdd);
    }

    void whatOthersFulfilledAtAnotherServerIsNoLongerPending()
    {
        QVERIFY_OK(openInvoices());
        moveTo(cellOf(u"ci-smoke-tests"_s, u"read:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        QVERIFY_OK(changeBehindOurBack(u"ci-smoke-tests"_s, u"read:invoices"_s));
        selectServer(3);
        QTRY_COMPARE(model().columnCount(), 11);
        QCOMPARE(m_panel->pendingChanges(), 1);
        QSignalSpy told(m_panel.get(), &AuthServersPanel::pendingChangesChanged);
        QTest::keyClick(view(), Qt::Key_F5);
        auto *dialog = find<ConfirmDialog>(u"reloadDialog"_s);
        QVERIFY(dialog);
        QTest::mouseClick(dialog->verbButton(), Qt::LeftButton);
        QTRY_COMPARE(m_panel->pendingChanges(), 0);
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.front().front().toInt(), 0);
        QVERIFY(!find<QListView>(u"serverList"_s)->model()->index(2, 0).data(CountRole).isValid());
    }

    void aReviewForProductionBeginsAtKeepEditing()
    {
        QVERIFY_OK(openInvoices(u"grants-admin"_s, false, TenantType::Production));
        moveTo(cellOf(u"partner-gateway"_s, u"void:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        ReviewDialog *review = openReview();
        const auto *apply = review->findChild<QPushButton *>(u"reviewApply"_s);
        QTRY_VERIFY(apply->isEnabled());
        QCOMPARE(apply->text(), u"Apply 1 change to Production"_s);
        QCOMPARE(review->focusWidget()->objectName(), u"reviewKeep"_s);
        QVERIFY(review->findChild<EnvironmentTag *>()->isVisible());
        QSignalSpy progressed(review, &ReviewDialog::progressed);
        QTest::keyClick(review->focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(progressed.count(), 0); // the button is to be reached
    }

    void theFocusIsBackInTheGridAfterAReviewByMouse()
    {
        QVERIFY_OK(openInvoices());
        moveTo(cellOf(u"ci-smoke-tests"_s, u"read:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        QTest::mouseClick(find<QPushButton>(u"reviewGrants"_s), Qt::LeftButton);
        auto *review = m_panel->findChild<ReviewDialog *>();
        QVERIFY(review);
        auto *apply = review->findChild<QPushButton *>(u"reviewApply"_s);
        QTRY_VERIFY(apply->isEnabled());
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(review->windowTitle(), u"1 of 1 change is stored"_s);
        QTest::mouseClick(apply, Qt::LeftButton); // Done
        QTRY_VERIFY(!m_panel->findChild<ReviewDialog *>());
        m_panel->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        QCOMPARE(m_panel->focusWidget(), view());
    }

    void ctrlEnterAppliesAndEndsTheReviewFromAnywhere()
    {
        QVERIFY_OK(openInvoices());
        moveTo(cellOf(u"partner-gateway"_s, u"void:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        const QPointer<ReviewDialog> review = openReview();
        auto *keep = review->findChild<QPushButton *>(u"reviewKeep"_s);
        QTRY_VERIFY(review->findChild<QPushButton *>(u"reviewApply"_s)->isEnabled());
        QVERIFY(QTest::qWaitForWindowActive(review));
        keep->setFocus();
        QTest::keyClick(keep, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(review->windowTitle(), u"1 of 1 change is stored"_s);
        QTest::keyClick(review->focusWidget(), Qt::Key_Enter, Qt::ControlModifier);
        QTRY_VERIFY(!review);
        QCOMPARE(m_panel->pendingChanges(), 0);
    }

    void readingAgainKeepsTheServerAndTheFocus()
    {
        QVERIFY_OK(openInvoices());
        const auto *list = find<QListView>(u"serverList"_s);
        const QVariant id = list->currentIndex().data(IdRole);
        moveTo(cellOf(u"partner-gateway"_s, u"void:invoices"_s));
        const QModelIndex cell = view()->currentIndex();
        QSignalSpy listed(list->model(), &QAbstractItemModel::modelReset);
        QSignalSpy shown(&model(), &QAbstractItemModel::modelReset);
        QTest::keyClick(view(), Qt::Key_F5);
        QTRY_COMPARE(listed.count(), 1);
        QTRY_COMPARE(shown.count(), 1);
        QCOMPARE(list->currentIndex().data(IdRole), id);
        QVERIFY(list->selectionModel()->isSelected(list->currentIndex()));
        QCOMPARE(model().columnCount(), 8);
        QCOMPARE(view()->currentIndex(), cell);
        QVERIFY(view()->hasFocus());
    }

    void aReadOnlyTenantStagesNothing()
    {
        QVERIFY_OK(openInvoices(u"grants-admin"_s, true));
        moveTo(cellOf(u"ci-smoke-tests"_s, u"read:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        QCOMPARE(model().changeCount(), 0);
        QVERIFY(!find<QPushButton>(u"addClientApp"_s)->isEnabled());
        QVERIFY(find<QPushButton>(u"addClientApp"_s)->toolTip().contains(u"read-only"_s));
    }

    void aReadAllPairMayLook()
    {
        QVERIFY_OK(openInvoices(u"audit-export"_s));
        QCOMPARE(model().rowCount(), 12);
        const auto *why = find<MessageBanner>(u"grantsReadOnly"_s);
        QVERIFY(why->isVisible());
        QCOMPARE(why->sentence(),
                 u"audit-export has the level Read All, which may not change authorization servers. "
                 "Grants are changed with the level Manage All."_s);
        QCOMPARE(find<QPushButton>(u"addClientApp"_s)->toolTip(), why->sentence());
        moveTo(cellOf(u"ci-smoke-tests"_s, u"read:invoices"_s));
        QTest::keyClick(view(), Qt::Key_Space);
        QCOMPARE(model().changeCount(), 0);

        find<GrantsPage>(u"grantsPage"_s)->setReadOnlyReason({}, {});
        QVERIFY(!why->isVisible());
    }

    void saysWhichLevelIsNeeded_data()
    {
        QTest::addColumn<QString>("credential");
        QTest::addColumn<QString>("words");
        QTest::newRow("level too low") << u"billing-service"_s << u"Manage All"_s;
        QTest::newRow("no credential") << QString() << u"No API credential is enabled"_s;
    }
    void saysWhichLevelIsNeeded()
    {
        QFETCH(QString, credential);
        QFETCH(QString, words);
        QVERIFY_OK(openPanel(credential));
        QVERIFY2(shownWords().contains(words), qPrintable(shownWords()));
    }

    void offlineOffersToTryAgain()
    {
        m_sandbox = std::make_unique<OpenSandbox>();
        QVERIFY_OK(m_sandbox->open());
        m_sandbox->process.stop();
        showPanel();
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>(u"retryServers"_s), 30000);
        QVERIFY(shownWords().contains(u"could not be read"_s));
    }

private:
    Result<void> openPanel(const QString &credential = u"grants-admin"_s, bool readOnly = false,
                           TenantType type = TenantType::Sandbox)
    {
        m_sandbox = std::make_unique<OpenSandbox>();
        if (const Result<void> opened = m_sandbox->open(credential, readOnly, type); !opened)
            return opened;
        showPanel();
        if (!QTest::qWaitFor(
                [this] { return !m_panel->findChildren<EmptyState *>().isEmpty() || serverCount() > 0; }))
            return fail(ErrorKind::Timeout, u"nothing was shown"_s);
        (void)QTest::qWaitFor([this] { return serverCount() > 0; }, credential.isEmpty() ? 10 : 5000);
        return {};
    }

    void showPanel()
    {
        m_panel = std::make_unique<AuthServersPanel>(*m_sandbox->session, m_clipboard);
        m_panel->resize(1052, 720);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    }

    Result<void> openInvoices(const QString &credential = u"grants-admin"_s, bool readOnly = false,
                              TenantType type = TenantType::Sandbox)
    {
        if (const Result<void> opened = openPanel(credential, readOnly, type); !opened)
            return opened;
        selectServer(2);
        if (!QTest::qWaitFor([this] { return model().columnCount() == 8; }))
            return fail(ErrorKind::Timeout, u"the grants were not shown"_s);
        for (int row = 0; row < model().rowCount(); ++row)
            m_loaded[model().appAt(row).name] =
                static_cast<int>(model().plan()->granted(model().idAt(row)).size());
        view()->setFocus();
        return {};
    }

    template<typename Widget>
    Widget *find(const QString &name) const
    {
        return m_panel->findChild<Widget *>(name);
    }
    GrantGridView *view() const { return find<GrantGridView>(u"grantsGrid"_s); }
    GrantGridModel &model() const { return find<GrantsPage>(u"grantsPage"_s)->model(); }
    int serverCount() const { return find<QListView>(u"serverList"_s)->model()->rowCount(); }
    void selectServer(int row) const
    {
        auto *list = find<QListView>(u"serverList"_s);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(row, 0)).center());
    }
    /// By the tab Scopes.
    QString usesTold(const QString &scope) const
    {
        const auto *scopes = find<QTableView>(u"scopesTable"_s)->model();
        const QModelIndexList found =
            scopes->match(scopes->index(0, 0), Qt::DisplayRole, scope, 1, Qt::MatchExactly);
        return found.isEmpty() ? QString() : found.front().siblingAtColumn(2).data().toString();
    }
    int rowOf(const QString &app) const
    {
        for (int row = 0; row < model().rowCount(); ++row) {
            if (model().appAt(row).name == app)
                return row;
        }
        return -1;
    }
    QModelIndex cellOf(const QString &app, const QString &scope) const
    {
        for (int column = 0; column < model().columnCount(); ++column) {
            if (model().scopeAt(column).value == scope)
                return model().index(rowOf(app), column);
        }
        return {};
    }
    GrantState stateOf(const QString &app, const QString &scope) const
    {
        return static_cast<GrantState>(cellOf(app, scope).data(GrantGridModel::StateRole).toInt());
    }
    /// As a person does: home, then arrows.
    void moveTo(const QModelIndex &cell) const
    {
        QTest::keyClick(view(), Qt::Key_Home, Qt::ControlModifier);
        for (int row = 0; row < cell.row(); ++row)
            QTest::keyClick(view(), Qt::Key_Down);
        for (int column = 0; column < cell.column(); ++column)
            QTest::keyClick(view(), Qt::Key_Right);
        QCOMPARE(view()->currentIndex(), cell);
    }
    ReviewDialog *openReview() const
    {
        m_panel->activateWindow();
        (void)QTest::qWaitForWindowActive(m_panel.get());
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_Return, Qt::ControlModifier);
        return m_panel->findChild<ReviewDialog *>();
    }
    void trigger(const QString &menuName, const QString &text) const
    {
        for (QMenu *menu : m_panel->findChildren<QMenu *>(menuName)) {
            for (QAction *action : menu->actions()) {
                if (action->text() == text)
                    action->trigger();
            }
            delete menu;
        }
    }
    QString shownWords() const
    {
        QStringList words;
        for (const QLabel *label : m_panel->findChildren<QLabel *>()) {
            if (label->isVisible())
                words.append(label->text());
        }
        return words.join(u' ');
    }
    Result<std::vector<ClientApp>> readClientApps() const
    {
        const AuthServerId id{m_sandbox->process.server(u"Invoices API").id};
        return waitFor<std::vector<ClientApp>>(
            [&](auto done) { AuthServersApi(*m_sandbox->session->api()).clientApps(id, done); });
    }
    int scopesOf(const std::vector<ClientApp> &apps, const QString &name) const
    {
        for (const ClientApp &app : apps) {
            if (app.name == name)
                return static_cast<int>(app.scopes.size());
        }
        return -1;
    }
    Result<void> changeBehindOurBack(const QString &app, const QString &scope) const
    {
        const QModelIndex cell = cellOf(app, scope);
        ScopeSet scopes = model().plan()->granted(model().appAt(cell.row()).id);
        scopes.insert(model().scopeAt(cell.column()).id);
        const AuthServerId id{m_sandbox->process.server(u"Invoices API").id};
        return waitFor<>([&](auto done) {
            AuthServersApi(*m_sandbox->session->api())
                .updateClientApp(id, model().appAt(cell.row()).id, scopes, done);
        });
    }

    std::unique_ptr<OpenSandbox> m_sandbox;
    TestClipboard m_clipboard;
    std::unique_ptr<AuthServersPanel> m_panel;
    QHash<QString, int> m_loaded;
};

QTEST_MAIN(TestAuthServers)
#include "tst_authservers.moc"
