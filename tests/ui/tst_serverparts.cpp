// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/apppickerdialog.h"
#include "oidc/loginprofile.h"
#include "store/loginstore.h"
#include "ui/serversdesk.h"
#include "ui/stagegrants.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QMenu>
#include <QScrollBar>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The scopes and claims of an authorization server in the panel, at a real sandbox behind a proxy.
class TestServerParts : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init()
    {
        failOnWarnings();
        m_at = std::make_unique<ServersDesk>();
        QVERIFY(m_at->open(u"Invoices API"_s));
        m_at->showTab(u"Scopes"_s);
    }
    void cleanup() { m_at.reset(); }

    void listsScopesWithTheirUse()
    {
        const QTableView *table = m_at->table(u"scopesTable"_s);
        QCOMPARE(table->model()->headerData(2, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>(),
                 Qt::AlignTrailing | Qt::AlignVCenter); // a number
        QVERIFY(table);
        const QAbstractItemModelTester tester(const_cast<QAbstractItemModel *>(table->model()));
        QCOMPARE(table->model()->rowCount(), 8);
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"read:invoices"_s));
        QCOMPARE(table->currentIndex().siblingAtColumn(2).data().toString(), u"11 apps"_s);
        ServersDesk::type(*m_at->panel, u"scopes.filter"_s, u"void"_s);
        QCOMPARE(table->model()->rowCount(), 1);
        ServersDesk::type(*m_at->panel, u"scopes.filter"_s, u"nothing like it"_s);
        QVERIFY(shown<QPushButton>(*m_at->panel, u"scopes.nothing"_s));
        QVERIFY(press(*m_at->panel, u"scopes.nothing"_s));
        QCOMPARE(table->model()->rowCount(), 8);
    }

    void aNewScopeIsGrantedToWhoIsPicked()
    {
        auto *dialog = addScopes();
        QVERIFY(dialog);
        ServersDesk::type(*dialog, u"value"_s, u"archive:invoices"_s);
        ServersDesk::type(*dialog, u"description"_s, u"Archive them"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(m_at->says(u"archive:invoices is stored."_s));
        QVERIFY(m_at->banner()->detail().startsWith(u"Nobody has it yet."_s));
        QCOMPARE(m_at->table(u"scopesTable"_s)->model()->rowCount(), 9);
        QVERIFY(press(*m_at->panel, u"grantNewScope"_s));
        auto *picker = m_at->dialog<AppPickerDialog>(u"grantNewDialog"_s);
        QVERIFY(picker);
        QTest::keyClick(picker, Qt::Key_Escape);
        QTRY_VERIFY(!m_at->panel->findChild<AppPickerDialog *>(u"grantNewDialog"_s));
        QVERIFY2(m_at->says(u"archive:invoices is stored."_s), "the offer stands");
        QVERIFY(press(*m_at->panel, u"grantNewScope"_s));
        picker = m_at->dialog<AppPickerDialog>(u"grantNewDialog"_s);
        QVERIFY(picker);
        ServersDesk::type(*picker, u"appPickerFilter"_s, u"portal-web"_s);
        QVERIFY(press(*picker, u"appPickerPick"_s));
        QCOMPARE(m_at->panel->pendingChanges(), 1);
        QVERIFY(!m_at->banner()->isVisible());
        QVERIFY(m_at->panel->findChild<GrantsPage *>()->isVisible());
    }

    void aScopeIsGrantedByKey()
    {
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_G, Qt::ControlModifier);
        auto *picker = m_at->dialog<AppPickerDialog>(u"grantNewDialog"_s);
        QVERIFY(picker);
        QCOMPARE(picker->windowTitle(), u"Grant void:invoices to"_s);
        ServersDesk::type(*picker, u"appPickerFilter"_s, u"finance-desktop"_s);
        QVERIFY(!picker->findChild<QPushButton *>(u"appPickerPick"_s)->isEnabled()); // it has it
    }

    void aGrantGoesOnTopOfWhatIsReadMeanwhile()
    {
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_G, Qt::ControlModifier);
        auto *picker = m_at->dialog<AppPickerDialog>(u"grantNewDialog"_s);
        QVERIFY(picker);
        const AppId portal{m_at->desk.sandbox.app(u"portal-web").id};
        const ScopeSet theirs{m_at->grid().scopes().front().id};
        QVERIFY(m_at->grid().plan()->granted(portal) != theirs);
        QVERIFY_OK(waitFor(
            [&](auto k) { m_at->api().updateClientApp(m_at->idOf(u"Invoices API"), portal, theirs, k); }));
        m_at->panel->reload();
        QTRY_VERIFY(m_at->grid().plan()->granted(portal) == theirs);
        ServersDesk::type(*picker, u"appPickerFilter"_s, u"portal-web"_s);
        QVERIFY(press(*picker, u"appPickerPick"_s));
        QCOMPARE(m_at->panel->pendingChanges(), 1); // nothing of theirs is taken back
    }

    void aNewScopeIsCurrentAndGrantedByKey()
    {
        ServersDesk::type(*m_at->panel, u"scopes.filter"_s, u"void"_s);
        auto *dialog = addScopes();
        QVERIFY(dialog);
        ServersDesk::type(*dialog, u"value"_s, u"zoom:invoices"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(m_at->says(u"zoom:invoices is stored."_s));
        const QTableView *table = m_at->table(u"scopesTable"_s);
        QCOMPARE(table->model()->rowCount(), 9); // the filter would hide it
        QCOMPARE(table->currentIndex().data().toString(), u"zoom:invoices"_s);
        QVERIFY(table->viewport()->rect().contains(table->visualRect(table->currentIndex())));
        QTRY_VERIFY(shown<QPushButton>(*m_at->panel, u"grantNewScope"_s));
        const auto *grant = shown<QPushButton>(*m_at->panel, u"grantNewScope"_s);
        const QWidget *next = grant->nextInFocusChain();
        while (!(next->focusPolicy() & Qt::TabFocus))
            next = next->nextInFocusChain();
        QCOMPARE(next->objectName(), u"bannerClose"_s);
        m_at->takeKeys(*m_at->list());
        QTest::keyClick(m_at->list(), Qt::Key_G, Qt::ControlModifier);
        auto *picker = m_at->dialog<AppPickerDialog>(u"grantNewDialog"_s);
        QVERIFY(picker);
        QCOMPARE(picker->windowTitle(), u"Grant zoom:invoices to"_s);
    }

    void theFootIsOfTheRowThatIsMarked()
    {
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        QTableView *table = m_at->table(u"scopesTable"_s);
        QVERIFY(shown<QPushButton>(*m_at->panel, u"scopes.removeButton"_s));
        const QPoint below(40, table->viewport()->height() - 4);
        QVERIFY(!table->indexAt(below).isValid());
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, below);
        QCOMPARE(shown<QPushButton>(*m_at->panel, u"scopes.removeButton"_s) != nullptr,
                 table->selectionModel()->hasSelection());
        QTest::keyClick(table, Qt::Key_Delete);
        QVERIFY(table->selectionModel()->hasSelection() ||
                !m_at->panel->findChild<ConfirmDialog *>(u"deleteScopeDialog"_s));
        QTest::keyClick(table, Qt::Key_Up);
        QTRY_VERIFY(shown<QPushButton>(*m_at->panel, u"scopes.removeButton"_s));
        QVERIFY(table->selectionModel()->isSelected(table->currentIndex()));
    }

    void theFootActsOnTheCurrentScope()
    {
        const auto name = [this] { return m_at->panel->findChild<Label *>(u"scopes.current"_s)->text(); };
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        QCOMPARE(name(), u"void:invoices"_s);
        QVERIFY(press(*m_at->panel, u"scopes.editButton"_s));
        auto *dialog = m_at->dialog<WriteDialog>(u"scopeDialog"_s);
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<QLineEdit *>(u"value"_s)->text(), u"void:invoices"_s);
        QVERIFY(press(*dialog, u"cancel"_s));
        QTRY_VERIFY(!m_at->panel->findChild<WriteDialog *>());
        QVERIFY(press(*m_at->panel, u"scopes.removeButton"_s));
        auto *confirm = m_at->dialog<ConfirmDialog>(u"deleteScopeDialog"_s);
        QVERIFY(confirm);
        QVERIFY(confirm->windowTitle().contains(u"void:invoices"_s));
        confirm->reject();
        QVERIFY(press(*m_at->panel, u"scopes.grantButton"_s));
        auto *picker = m_at->dialog<AppPickerDialog>(u"grantNewDialog"_s);
        QVERIFY(picker);
        picker->reject();
        ServersDesk::type(*m_at->panel, u"scopes.filter"_s, u"nothing like it"_s);
        QVERIFY(!shown(*m_at->panel, u"scopes.foot"_s)); // there is no current one
    }

    void theFootSaysWhyItChangesNothing()
    {
        ApiCredential known = m_at->desk.rows().front();
        known.level = ScopeLevel::ReadAll;
        QVERIFY_OK(m_at->desk.credentials->update(known));
        for (const QString &name :
             {u"scopes.editButton"_s, u"scopes.removeButton"_s, u"scopes.grantButton"_s}) {
            const auto *button = m_at->panel->findChild<QPushButton *>(name);
            QTRY_VERIFY2(button->toolTip().contains(u"Read All"_s), qPrintable(button->toolTip()));
            QVERIFY(!button->isEnabled());
            QTRY_VERIFY2(button->isVisible(), qPrintable(name));
        }
    }

    void whatWasTypedComesAlongToAListAndBack()
    {
        auto *dialog = addScopes();
        QVERIFY(dialog);
        const auto *value = dialog->findChild<QLineEdit *>(u"value"_s);
        const auto *description = dialog->findChild<QLineEdit *>(u"description"_s);
        auto *list = dialog->findChild<QPlainTextEdit *>(u"list"_s);
        ServersDesk::type(*dialog, u"value"_s, u"archive:invoices"_s);
        ServersDesk::type(*dialog, u"description"_s, u"Archive them"_s);
        QVERIFY(press(*dialog, u"switchList"_s));
        QCOMPARE(list->toPlainText(), u"archive:invoices Archive them\n"_s);
        list->insertPlainText(u"mail:invoices Mail them\nmail:orders "_s +
                              u"and many more words "_s.repeated(9));
        QCOMPARE(list->horizontalScrollBar()->maximum(), 0);
        QVERIFY(press(*dialog, u"switchList"_s));
        QCOMPARE(value->text(), u"archive:invoices"_s);
        QCOMPARE(description->text(), u"Archive them"_s);
        QCOMPARE(dialog->banner()->sentence(), u"2 more scopes stay in the list."_s);
        QVERIFY(press(*dialog, u"switchList"_s));
        QVERIFY(list->toPlainText().startsWith(
            u"archive:invoices Archive them\nmail:invoices Mail them\nmail:orders and"_s));
        QVERIFY(value->text().isEmpty());
    }

    void refusesWhitespaceAndDuplicatesBeforeSending_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("empty") << QString();
        QTest::newRow("space") << u"read all"_s;
        QTest::newRow("taken") << u"read:invoices"_s;
    }
    void refusesWhitespaceAndDuplicatesBeforeSending()
    {
        QFETCH(QString, value);
        auto *dialog = addScopes();
        QVERIFY(dialog);
        m_at->desk.proxy->forget();
        ServersDesk::type(*dialog, u"value"_s, value);
        QVERIFY(press(*dialog, u"apply"_s));
        QVERIFY(!ServersDesk::errorAt(*dialog, u"value"_s).isEmpty());
        QVERIFY(m_at->desk.proxy->arrived().empty());
    }

    void theTenantsRefusalStandsAtTheValue()
    {
        QVERIFY_OK(waitFor<ScopeId>([&](auto k) {
            m_at->api().addScope(m_at->idOf(u"Invoices API"), {.value = u"taken:meanwhile"_s}, k);
        }));
        auto *dialog = addScopes();
        QVERIFY(dialog);
        ServersDesk::type(*dialog, u"value"_s, u"taken:meanwhile"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_COMPARE(ServersDesk::errorAt(*dialog, u"value"_s), u"Value has already been taken"_s);
        QVERIFY((dialog->banner()->sentence() + dialog->banner()->detail())
                    .contains(u"Validation failed: Value has already been taken"_s));
    }

    void linesThatArePastedAsAValueAreAList()
    {
        auto *dialog = addScopes();
        QVERIFY(dialog);
        paste(*dialog, u"value"_s, u"archive:invoices\n"_s);
        QCOMPARE(dialog->findChild<QLineEdit *>(u"value"_s)->text(), u"archive:invoices"_s);
        QVERIFY(!shown<QPlainTextEdit>(*dialog, u"list"_s));
        paste(*dialog, u"value"_s, u"archive:invoices \u2014 Archive them\r\nmail:invoices Mail them\n"_s);
        const auto *list = shown<QPlainTextEdit>(*dialog, u"list"_s);
        QVERIFY(list);
        QCOMPARE(list->toPlainText(), u"archive:invoices Archive them\nmail:invoices Mail them"_s);
        QCOMPARE(dialog->banner()->sentence(), u"2 lines were pasted: each is a scope."_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(m_at->says(u"2 scopes are stored."_s));
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"archive:invoices"_s));
        QCOMPARE(m_at->table(u"scopesTable"_s)->currentIndex().siblingAtColumn(1).data().toString(),
                 u"Archive them"_s);
    }

    void anEditedScopeTakesTheFirstOfPastedLines()
    {
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_F2);
        auto *dialog = m_at->dialog<WriteDialog>(u"scopeDialog"_s);
        QVERIFY(dialog);
        paste(*dialog, u"value"_s, u"a:one First\nb:two"_s);
        QCOMPARE(dialog->findChild<QLineEdit *>(u"value"_s)->text(), u"a:one"_s);
        QVERIFY(dialog->banner()->sentence().startsWith(u"Only the first"_s));
        paste(*dialog, u"description"_s, u"Over two\nlines\n"_s);
        QCOMPARE(dialog->findChild<QLineEdit *>(u"description"_s)->text(), u"Over two lines"_s);
    }

    void aListKeepsWhatWasRefused()
    {
        auto *dialog = addScopes();
        QVERIFY(dialog);
        QVERIFY(press(*dialog, u"switchList"_s));
        ServersDesk::type(*dialog, u"list"_s, u"a:one First\nread:invoices again\n"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QVERIFY(ServersDesk::errorAt(*dialog, u"list"_s).startsWith(u"read:invoices: "_s));
        QVERIFY_OK(waitFor<ScopeId>(
            [&](auto k) { m_at->api().addScope(m_at->idOf(u"Invoices API"), {.value = u"b:two"_s}, k); }));
        ServersDesk::type(*dialog, u"list"_s, u"a:one First\nb:two Second\nc:three Third"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_COMPARE(dialog->banner()->sentence(), u"2 of 3 scopes are stored"_s);
        // The list was read again after the first one, so it is known without asking.
        QCOMPARE(dialog->banner()->detail(), u"b:two: This server has a scope b:two already."_s);
        QCOMPARE(dialog->findChild<QPlainTextEdit *>(u"list"_s)->toPlainText(), u"b:two Second"_s);
        QCOMPARE(m_at->table(u"scopesTable"_s)->model()->rowCount(), 11);
        QVERIFY(m_at->banner()->sentence().contains(u"2 scopes are stored"_s));
    }

    void aListEndsAtAFailureOfTheTenant()
    {
        auto posts = std::make_shared<int>(0);
        m_at->desk.proxy->setScript([posts](const Arrival &arrival, const FaultProxy::Forward &forward) {
            const bool isPost = arrival.method == "POST" && arrival.target.endsWith("/scopes");
            return isPost && ++*posts == 2 ? FaultServer::html(503) : forward(arrival);
        });
        auto *dialog = addScopes();
        QVERIFY(dialog);
        QVERIFY(press(*dialog, u"switchList"_s));
        ServersDesk::type(*dialog, u"list"_s, u"a:one\nb:two\nc:three"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_COMPARE_WITH_TIMEOUT(dialog->banner()->sentence(), u"1 of 3 scopes are stored"_s, 20000);
        QCOMPARE(dialog->findChild<QPlainTextEdit *>(u"list"_s)->toPlainText(), u"b:two\nc:three"_s);
        QCOMPARE(*posts, 2);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(m_at->says(u"2 scopes are stored."_s));
    }

    void editsAScopeByKey()
    {
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_F2);
        auto *dialog = m_at->dialog<WriteDialog>(u"scopeDialog"_s);
        QVERIFY(dialog);
        ServersDesk::type(*dialog, u"description"_s, u"Void one"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(m_at->says(u"void:invoices is stored."_s));
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        QCOMPARE(m_at->table(u"scopesTable"_s)->currentIndex().siblingAtColumn(1).data().toString(),
                 u"Void one"_s);
    }

    void aScopeChangedElsewhereIsAConflict()
    {
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        const ScopeId id{m_at->table(u"scopesTable"_s)->currentIndex().data(IdRole).toLongLong()};
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_F2);
        auto *dialog = m_at->dialog<WriteDialog>(u"scopeDialog"_s);
        QVERIFY(dialog);
        QVERIFY_OK(waitFor([&](auto k) {
            m_at->api().updateScope(m_at->idOf(u"Invoices API"),
                                    {.id = id, .value = u"void:invoices"_s, .description = u"Theirs"_s}, k);
        }));
        ServersDesk::type(*dialog, u"description"_s, u"Mine"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(dialog->banner()->sentence().contains(u"Nothing was sent"_s));
        QVERIFY(ServersDesk::noteAt(*dialog, u"description"_s).contains(u"Theirs"_s));
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(m_at->says(u"void:invoices is stored."_s));
    }

    void deletingAHeldScopeNamesTheLosersAndWantsItsValue()
    {
        GrantGridModel &grid = m_at->grid();
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        const ScopeId id{m_at->table(u"scopesTable"_s)->currentIndex().data(IdRole).toLongLong()};
        const AppId smoke{m_at->desk.sandbox.app(u"ci-smoke-tests").id};
        stageWanted(grid, {{smoke, {id}}});
        QCOMPARE(m_at->panel->pendingChanges(), 1);
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_Delete);
        auto *dialog = m_at->dialog<ConfirmDialog>(u"deleteScopeDialog"_s);
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->findChild<QLineEdit *>(u"typedName"_s));
        const QString effects = dialog->accessibleDescription();
        QVERIFY2(effects.contains(u"2 client apps lose it: finance-desktop, partner-gateway."_s),
                 qPrintable(effects));
        QVERIFY2(effects.contains(u"new ID"_s), qPrintable(effects));
        QVERIFY(!dialog->verbButton()->isEnabled());
        ServersDesk::type(*dialog, u"typedName"_s, u"void:invoices"_s);
        QVERIFY(press(*dialog, u"verb"_s));
        QTRY_VERIFY(m_at->says(u"void:invoices is deleted."_s));
        QTRY_COMPARE(m_at->grid().columnCount(), 7);
        QTRY_COMPARE(m_at->panel->pendingChanges(), 0); // it can be granted to nobody now
        m_at->showTab(u"Grants"_s);
        auto *view = m_at->table(u"grantsGrid"_s);
        QVERIFY(view);
        m_at->takeKeys(*view);
        QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_at->panel->pendingChanges(), 0); // nor by Undo
        QVERIFY(!grid.plan()->canUndo());
    }

    void anotherCredentialDuringADeleteLeavesItUnknown()
    {
        const ApiCredential first = m_at->desk.rows().front();
        const ApiCredential other = m_at->desk.adopt(u"audit-export");
        ConfirmDialog *dialog = deleteScope();
        QVERIFY(dialog);
        QVERIFY(sendUnanswered(*dialog));
        m_at->desk.session->workAs(other.id);
        QVERIFY(!dialog->isBusy());
        QVERIFY2(dialog->banner()->sentence().contains(u"may be deleted"_s),
                 qPrintable(dialog->banner()->sentence()));
        m_at->desk.proxy->setScript({});
        m_at->desk.session->workAs(first.id);
        QVERIFY(press(*dialog, u"verb"_s));
        QTRY_VERIFY(!m_at->panel->findChild<ConfirmDialog *>());
        QTRY_COMPARE(m_at->grid().columnCount(), 7);
    }

    void anotherCredentialAfterADeleteThatWasClosedIsTold()
    {
        const ApiCredential other = m_at->desk.adopt(u"audit-export");
        ConfirmDialog *dialog = deleteScope();
        QVERIFY(dialog);
        QVERIFY(sendUnanswered(*dialog));
        QVERIFY(press(*dialog, u"cancel"_s));
        QTRY_VERIFY(!m_at->panel->findChild<ConfirmDialog *>());
        m_at->desk.session->workAs(other.id);
        QVERIFY2(m_at->banner()->sentence().contains(u"may be deleted"_s),
                 qPrintable(m_at->banner()->sentence()));
    }

    void anotherCredentialReadsWhoHasAScopeAgain()
    {
        const ApiCredential other = m_at->desk.adopt(u"audit-export");
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        m_at->answer("GET", "/clients", FaultReply{});
        m_at->desk.proxy->forget();
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_Delete);
        auto *dialog = m_at->dialog<ConfirmDialog>(u"deleteScopeDialog"_s);
        QVERIFY(dialog);
        QTRY_VERIFY(!m_at->desk.proxy->arrived().empty());
        QVERIFY(dialog->isBusy());
        m_at->desk.proxy->setScript({});
        m_at->desk.session->workAs(other.id);
        QTRY_VERIFY(!dialog->isBusy());
        QVERIFY(dialog->findChild<QLineEdit *>(u"typedName"_s));
        QVERIFY(dialog->accessibleDescription().contains(u"finance-desktop"_s));
    }

    void withoutACredentialNothingIsDeleted()
    {
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        m_at->answer("GET", "/clients", FaultReply{});
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_Delete);
        auto *dialog = m_at->dialog<ConfirmDialog>(u"deleteScopeDialog"_s);
        QVERIFY(dialog && dialog->isBusy());
        QVERIFY_OK(m_at->desk.credentials->setState(m_at->desk.rows().front().id, CredentialState::Disabled));
        QTRY_VERIFY(!m_at->desk.session->api());
        QTRY_VERIFY(!dialog->isBusy());
        QVERIFY(dialog->banner()->isVisible());
        QVERIFY(!dialog->verbButton()->isEnabled());
    }

    void aFreeScopeIsDeletedWithoutTyping()
    {
        QVERIFY_OK(waitFor<ScopeId>([&](auto k) {
            m_at->api().addScope(m_at->idOf(u"Invoices API"), {.value = u"free:scope"_s}, k);
        }));
        QTest::keyClick(m_at->panel.get(), Qt::Key_F5);
        QTRY_VERIFY(m_at->goTo(u"scopesTable"_s, u"free:scope"_s));
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_Delete);
        auto *dialog = m_at->dialog<ConfirmDialog>(u"deleteScopeDialog"_s);
        QVERIFY(dialog);
        QTRY_VERIFY(!dialog->isBusy());
        QVERIFY(dialog->accessibleDescription().contains(u"No client app has it."_s));
        QVERIFY(!dialog->findChild<QLineEdit *>(u"typedName"_s));
        QVERIFY(press(*dialog, u"verb"_s));
        QTRY_VERIFY(m_at->says(u"free:scope is deleted."_s));
    }

    void aScopeThatAProfileAsksForWantsItsValue()
    {
        QVERIFY_OK(waitFor<ScopeId>([&](auto k) {
            m_at->api().addScope(m_at->idOf(u"Invoices API"), {.value = u"free:scope"_s}, k);
        }));
        LoginProfile profile;
        profile.tenant = m_at->desk.tenant.id;
        profile.name = u"nightly-invoices"_s;
        profile.request.clientId = u"client-1"_s;
        profile.request.resource = u"https://api.example.com/invoices"_s;
        profile.request.scopes = {u"free:scope"_s};
        QVERIFY_OK(m_at->desk.workspace->logins().addProfile(profile));
        QTest::keyClick(m_at->panel.get(), Qt::Key_F5);
        QTRY_VERIFY(m_at->goTo(u"scopesTable"_s, u"free:scope"_s));
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_F2);
        auto *editor = m_at->dialog<WriteDialog>(u"scopeDialog"_s);
        QVERIFY(editor);
        auto *typed = editor->findChild<QLineEdit *>(u"typed_name"_s);
        QVERIFY(!typed->isVisible());
        ServersDesk::type(*editor, u"value"_s, u"other:scope"_s);
        QVERIFY(typed->isVisible());
        QVERIFY(press(*editor, u"cancel"_s));
        QTRY_VERIFY(!m_at->panel->findChild<WriteDialog *>());
        m_at->takeKeys(*m_at->table(u"scopesTable"_s));
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_Delete);
        auto *dialog = m_at->dialog<ConfirmDialog>(u"deleteScopeDialog"_s);
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->findChild<QLineEdit *>(u"typedName"_s));
        QVERIFY(dialog->accessibleDescription().contains(u"nightly-invoices"_s));
    }

    void aDeleteOffersNothingWhereItCannotBeSeenWhoLoses()
    {
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        m_at->answer("GET", "/clients", FaultServer::html(500));
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_Delete);
        auto *dialog = m_at->dialog<ConfirmDialog>(u"deleteScopeDialog"_s);
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->banner()->isVisible(), 20000);
        QVERIFY(!dialog->verbButton()->isEnabled());
    }

    void addsEditsAndDeletesClaims()
    {
        m_at->showTab(u"Claims"_s);
        QTableView *table = m_at->table(u"claimsTable"_s);
        QVERIFY(table);
        const int before = table->model()->rowCount();
        table->setFocus();
        QTest::keySequence(table, QKeySequence::New);
        auto *dialog = m_at->dialog<WriteDialog>(u"claimDialog"_s);
        QVERIFY(dialog);
        QVERIFY(press(*dialog, u"apply"_s));
        QVERIFY(!ServersDesk::errorAt(*dialog, u"name"_s).isEmpty());
        ServersDesk::type(*dialog, u"name"_s, u"shop"_s);
        auto *mapping = dialog->findChild<QComboBox *>(u"user_attribute_mappings"_s);
        mapping->setEditText(u"_macro_"_s);
        QVERIFY(dialog->findChild<QLineEdit *>(u"user_attribute_macros"_s)->isVisible());
        QVERIFY(press(*dialog, u"apply"_s));
        QVERIFY(!ServersDesk::errorAt(*dialog, u"user_attribute_macros"_s).isEmpty());
        mapping->setEditText(u"custom_attribute_shop"_s);
        QVERIFY(!dialog->findChild<QLineEdit *>(u"user_attribute_macros"_s)->isVisible());
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(m_at->says(u"The claim shop is stored."_s));
        QCOMPARE(table->model()->rowCount(), before + 1);
        QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString(), u"shop"_s);
        QCOMPARE(m_at->panel->findChild<Label *>(u"claims.current"_s)->text(), u"shop"_s);

        QVERIFY(m_at->goTo(u"claimsTable"_s, u"shop"_s));
        QCOMPARE(table->currentIndex().siblingAtColumn(1).data().toString(), u"custom_attribute_shop"_s);
        QVERIFY(table->currentIndex().siblingAtColumn(1).data(FixedFontRole).toBool());
        QCOMPARE(table->currentIndex().siblingAtColumn(2).data().toString(), u"None"_s);
        QVERIFY(!table->currentIndex().siblingAtColumn(2).data(FixedFontRole).toBool()); // our word, no value
        QCOMPARE(table->currentIndex().siblingAtColumn(1).data(TextToneRole).toInt(), int(Tone::Normal));
        QCOMPARE(table->currentIndex().siblingAtColumn(2).data(TextToneRole).toInt(), int(Tone::Muted));
        QTest::keyClick(table, Qt::Key_F2);
        dialog = m_at->dialog<WriteDialog>(u"claimDialog"_s);
        QVERIFY(dialog);
        dialog->findChild<QComboBox *>(u"attributes_transformations"_s)
            ->setEditText(u"semicolon_separated_list"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_COMPARE(table->currentIndex().siblingAtColumn(2).data().toString(),
                     u"semicolon_separated_list"_s);
        QTRY_VERIFY(!m_at->panel->findChild<WriteDialog *>());

        m_at->takeKeys(*table);
        QTest::keyClick(table, Qt::Key_Delete);
        auto *confirm = m_at->dialog<ConfirmDialog>(u"deleteClaimDialog"_s);
        QVERIFY(confirm);
        QVERIFY(press(*confirm, u"verb"_s));
        QTRY_VERIFY(m_at->says(u"The claim shop is deleted."_s));
        QCOMPARE(table->model()->rowCount(), before);
    }

    void aMacroThatIsNotThereIsSaidInOurTone()
    {
        QVERIFY_OK(waitFor<ClaimId>([&](auto k) {
            m_at->api().addClaim(m_at->idOf(u"Invoices API"), {.name = u"shop"_s, .mapping = u"_macro_"_s},
                                 k);
        }));
        m_at->panel->reload();
        m_at->showTab(u"Claims"_s);
        QTRY_VERIFY(m_at->goTo(u"claimsTable"_s, u"shop"_s));
        const QModelIndex source = m_at->table(u"claimsTable"_s)->currentIndex().siblingAtColumn(1);
        QCOMPARE(source.data().toString(), u"Not stated"_s);
        QCOMPARE(source.data(TextToneRole).toInt(), int(Tone::Muted));
    }

    void theMenuOfAScopeHasItsActions()
    {
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        emit m_at->table(u"scopesTable"_s)->customContextMenuRequested(QPoint(20, 20));
        auto *menu = m_at->panel->findChild<QMenu *>(u"scopesMenu"_s);
        QVERIFY(menu);
        QStringList texts;
        for (const QAction *action : menu->actions())
            texts.append(action->text());
        QCOMPARE(texts, QStringList({u"Edit scope…"_s, u"Delete scope…"_s, u"Grant to…"_s}));
        menu->close();
    }

private:
    static void paste(const QWidget &dialog, const QString &field, const QString &text)
    {
        auto *line = dialog.findChild<QLineEdit *>(field);
        QGuiApplication::clipboard()->setText(text);
        line->selectAll();
        QTest::keySequence(line, QKeySequence::Paste);
    }
    /// The confirmation, with everything typed.
    ConfirmDialog *deleteScope() const
    {
        if (!m_at->goTo(u"scopesTable"_s, u"void:invoices"_s))
            return nullptr;
        QTest::keyClick(m_at->table(u"scopesTable"_s), Qt::Key_Delete);
        auto *dialog = m_at->dialog<ConfirmDialog>(u"deleteScopeDialog"_s);
        if (!dialog || !QTest::qWaitFor([dialog] { return !dialog->isBusy(); }))
            return nullptr;
        ServersDesk::type(*dialog, u"typedName"_s, u"void:invoices"_s);
        return dialog;
    }
    /// Confirms it; the DELETE gets no answer.
    bool sendUnanswered(ConfirmDialog &dialog) const
    {
        m_at->answer("DELETE", {}, FaultReply{});
        m_at->desk.proxy->forget();
        return press(dialog, u"verb"_s) &&
               QTest::qWaitFor([this] { return !m_at->desk.proxy->arrived().empty(); }) && dialog.isBusy();
    }
    WriteDialog *addScopes() const
    {
        if (!press(*m_at->panel, u"scopes.add"_s))
            return nullptr;
        return m_at->dialog<WriteDialog>(u"addScopesDialog"_s);
    }

    std::unique_ptr<ServersDesk> m_at;
};

QTEST_MAIN(TestServerParts)
#include "tst_serverparts.moc"
