// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/addclientappdialog.h"
#include "style/paint.h"
#include "ui/serversdesk.h"
#include "ui/stagegrants.h"

#include <QAction>
#include <QComboBox>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The keys of the panel of authorization servers, which are the same wherever in it the focus is.
class TestServerKeys : public QObject
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
    }
    void cleanup() { m_at.reset(); }

    void newIsForThePageInSight_data()
    {
        QTest::addColumn<QString>("tab");
        QTest::addColumn<QString>("focus");
        QTest::addColumn<QString>("dialog");
        for (const auto &[tab, dialog] :
             {std::pair("Grants", "appPicker"), std::pair("Scopes", "addScopesDialog"),
              std::pair("Claims", "claimDialog")}) {
            for (const char *focus : {"serverList", "filterServers", "serverTabs", "reloadServers"})
                QTest::addRow("%s, %s", tab, focus)
                    << QString::fromLatin1(tab) << QString::fromLatin1(focus) << QString::fromLatin1(dialog);
        }
    }
    void newIsForThePageInSight()
    {
        QFETCH(QString, tab);
        QFETCH(QString, focus);
        QFETCH(QString, dialog);
        m_at->showTab(tab);
        auto *widget = shown<QWidget>(*m_at->panel, focus);
        QVERIFY(widget);
        widget->setFocus();
        QTest::keySequence(widget, QKeySequence::New);
        QVERIFY(m_at->dialog<DialogFrame>(dialog));
        QCOMPARE(m_at->panel->findChildren<DialogFrame *>().size(), 1);
    }

    void newIsForThePageItself()
    {
        m_at->showTab(u"Scopes"_s);
        QVERIFY(m_at->goTo(u"scopesTable"_s, u"void:invoices"_s));
        QTest::keySequence(m_at->table(u"scopesTable"_s), QKeySequence::New);
        QVERIFY(m_at->dialog<DialogFrame>(u"addScopesDialog"_s));
        QCOMPARE(m_at->panel->findChildren<DialogFrame *>().size(), 1);
    }

    void changesAreReviewedFromAnywhere_data()
    {
        QTest::addColumn<QString>("tab");
        QTest::addColumn<QString>("focus");
        QTest::newRow("list") << u"Grants"_s << u"serverList"_s;
        QTest::newRow("head") << u"Grants"_s << u"reloadServers"_s;
        QTest::newRow("grid") << u"Grants"_s << u"grantsGrid"_s;
        QTest::newRow("another page") << u"Scopes"_s << u"scopesTable"_s;
    }
    void changesAreReviewedFromAnywhere()
    {
        QFETCH(QString, tab);
        QFETCH(QString, focus);
        stageOne();
        m_at->showTab(tab);
        auto *widget = shown<QWidget>(*m_at->panel, focus);
        QVERIFY(widget);
        widget->setFocus();
        QTest::keyClick(widget, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_at->dialog<DialogFrame>(u"reviewDialog"_s));
        QCOMPARE(m_at->panel->findChildren<DialogFrame *>().size(), 1);
    }

    void undoIsHeardInTheListOfServers()
    {
        stageOne();
        m_at->list()->setFocus();
        QTest::keyClick(m_at->list(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_at->panel->pendingChanges(), 0);
        stageOne();
        m_at->showTab(u"Scopes"_s); // where it would not be seen
        m_at->list()->setFocus();
        QTest::keyClick(m_at->list(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_at->panel->pendingChanges(), 1);
    }

    void findGoesToTheAppsOfTheGrid_data()
    {
        QTest::addColumn<QString>("focus");
        for (const char *focus : {"grantsGrid", "serverList", "filterGrantScopes", "serverTabs"})
            QTest::newRow(focus) << QString::fromLatin1(focus);
    }
    void findGoesToTheAppsOfTheGrid()
    {
        QFETCH(QString, focus);
        auto *widget = shown<QWidget>(*m_at->panel, focus);
        QVERIFY(widget);
        widget->setFocus();
        QTest::keySequence(widget, QKeySequence::Find);
        QVERIFY(shown<QWidget>(*m_at->panel, u"filterGrantApps"_s)->hasFocus());
        m_at->table(u"grantsGrid"_s)->setFocus();
        m_at->showTab(u"Scopes"_s);
        QVERIFY(m_at->table(u"scopesTable"_s)->hasFocus());
        QTest::keySequence(m_at->table(u"scopesTable"_s), QKeySequence::Find);
        QVERIFY(shown<QWidget>(*m_at->panel, u"scopes.filter"_s)->hasFocus());
    }

    void readingAgainAsksWhereChangesAreStaged_data()
    {
        QTest::addColumn<bool>("byKey");
        QTest::newRow("F5") << true;
        QTest::newRow("button") << false;
    }
    void readingAgainAsksWhereChangesAreStaged()
    {
        QFETCH(bool, byKey);
        const auto ask = [&]() -> ConfirmDialog * {
            if (byKey)
                QTest::keyClick(m_at->panel.get(), Qt::Key_F5);
            else if (!press(*m_at->panel, u"reloadServers"_s))
                return nullptr;
            return m_at->dialog<ConfirmDialog>(u"reloadDialog"_s);
        };
        const auto isGone = [this] {
            const bool gone = QTest::qWaitFor([this] { return !m_at->panel->findChild<ConfirmDialog *>(); });
            m_at->panel->activateWindow();
            return gone && QTest::qWaitForWindowActive(m_at->panel.get());
        };
        stageOne();
        stageWanted(m_at->grid(), {{AppId{m_at->desk.sandbox.app(u"audit-export").id}, {}}});
        m_at->grid().undo();
        const auto lists = [this] {
            int count = 0;
            for (const Arrival &arrival : m_at->desk.proxy->arrived())
                count += arrival.target.endsWith("/api_authorizations") ? 1 : 0;
            return count;
        };
        const int before = lists();
        QVERIFY(before > 0);
        ConfirmDialog *dialog = ask();
        QVERIFY(dialog && dialog->focusWidget() == dialog->verbButton());
        QCOMPARE(dialog->windowTitle(), u"Read again with 1 staged change"_s);
        QVERIFY(press(*dialog, u"cancel"_s));
        QVERIFY(isGone());
        QCOMPARE(lists(), before);

        QSignalSpy shownAgain(&m_at->grid(), &QAbstractItemModel::modelReset);
        dialog = ask();
        QVERIFY(dialog && press(*dialog, u"verb"_s));
        QVERIFY(isGone());
        QTRY_COMPARE_WITH_TIMEOUT(shownAgain.count(), 1, 20000);
        QCOMPARE(m_at->panel->pendingChanges(), 1);
        m_at->grid().redo(); // the history goes on
        QVERIFY(m_at->panel->pendingChanges() > 1);
        m_at->grid().undo();
        m_at->grid().undo();
        QCOMPARE(m_at->panel->pendingChanges(), 0);
        m_at->grid().redo();

        dialog = ask();
        QVERIFY(dialog && press(*dialog, u"discardAndReload"_s));
        QVERIFY(isGone());
        QTRY_COMPARE_WITH_TIMEOUT(shownAgain.count(), 2, 20000);
        QCOMPARE(m_at->panel->pendingChanges(), 0);
        QVERIFY(!m_at->grid().plan()->canUndo() && !m_at->grid().plan()->canRedo());
    }

    void tabGoesInTheOrderOfReading_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QStringList>("order");
        const QStringList grants{
            u"serverTabs"_s, u"filterGrantApps"_s,  u"filterGrantScopes"_s,  u"segment0"_s, u"addClientApp"_s,
            u"grantsGrid"_s, u"sortGrantsByName"_s, u"sortGrantsByScopes"_s, u"keepCell"_s, u"proveCell"_s,
            u"undoGrants"_s, u"discardGrants"_s,    u"reviewGrants"_s};
        QTest::newRow("1280") << QSize(1052, 720)
                              << QStringList{u"filterServers"_s, u"serverList"_s, u"newServer"_s} + grants;
        QTest::newRow("900x600") << QSize(844, 520)
                                 << QStringList{u"serverCombo"_s, u"newServerNarrow"_s} + grants;
    }
    void tabGoesInTheOrderOfReading()
    {
        QFETCH(QSize, size);
        QFETCH(QStringList, order);
        m_at->panel->resize(size);
        stageOne();
        const auto *grid = m_at->table(u"grantsGrid"_s);
        const int row = m_at->grid().rowOf({m_at->desk.sandbox.app(u"ci-smoke-tests").id});
        grid->selectionModel()->setCurrentIndex(m_at->grid().index(row, 0), QItemSelectionModel::NoUpdate);
        QCoreApplication::processEvents();
        QWidget *first = shown<QWidget>(*m_at->panel, order.first());
        QVERIFY(first);
        first->setFocus();
        QStringList gone;
        for (qsizetype step = 0; step < order.size(); ++step) {
            gone.append(m_at->panel->focusWidget()->objectName());
            QTest::keyClick(m_at->panel->focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(gone, order);
        shown<QWidget>(*m_at->panel, u"addClientApp"_s)->setFocus();
        QTest::keyClick(m_at->panel->focusWidget(), Qt::Key_Backtab);
        QCOMPARE(m_at->panel->focusWidget()->objectName(), u"segment0"_s); // the chosen one
    }

    void theNarrowChoiceOfServersCountsWhatIsPending()
    {
        m_at->panel->resize(844, 520);
        auto *combo = m_at->panel->findChild<QComboBox *>(u"serverCombo"_s);
        QTRY_VERIFY(combo->isVisible());
        QVERIFY(combo->accessibleDescription().isEmpty());
        QCOMPARE(tagged(*combo), 0);
        stageOne();
        QCOMPARE(combo->accessibleDescription(), u"1 pending change"_s);
        QVERIFY(tagged(*combo) > 0);
        QVERIFY(m_at->panel->findChild<GrantsPage *>()->isVisible());
        m_at->grid().undo();
        QVERIFY(combo->accessibleDescription().isEmpty());
        QCOMPARE(tagged(*combo), 0);
    }

    void thePickerSaysHowManyAppsItAdds()
    {
        QVERIFY(press(*m_at->panel, u"addClientApp"_s));
        auto *picker = m_at->dialog<AddClientAppDialog>(u"appPicker"_s);
        QVERIFY(picker);
        auto *list = picker->findChild<QTableView *>(u"appPickerList"_s);
        QTRY_VERIFY(list->model()->rowCount() > 3);
        QVERIFY2(picker->width() < 560, qPrintable(QString::number(picker->width())));
        const auto *add = picker->findChild<QPushButton *>(u"appPickerPick"_s);
        for (const QString &text : {u"Add client app"_s, u"Add 2 client apps"_s, u"Add 3 client apps"_s}) {
            const int row = static_cast<int>(list->selectionModel()->selectedRows().size());
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                              list->visualRect(list->model()->index(row, 0)).center());
            QCOMPARE(add->text(), text);
        }
    }

private:
    void stageOne()
    {
        const AppId smoke{m_at->desk.sandbox.app(u"ci-smoke-tests").id};
        stageWanted(m_at->grid(), {{smoke, {m_at->grid().scopeAt(0).id}}});
        QCOMPARE(m_at->panel->pendingChanges(), 1);
    }
    /// Points in the colour of the tag, in the room before the arrow.
    static int tagged(QComboBox &combo)
    {
        combo.clearFocus();
        const QImage image = combo.grab(combo.rect().adjusted(4, 4, -32, -4)).toImage();
        const QColor accent = themeFor(combo.palette()).accent;
        int points = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                points += image.pixelColor(x, y) == accent ? 1 : 0;
        }
        return points;
    }

    std::unique_ptr<ServersDesk> m_at;
};

QTEST_MAIN(TestServerKeys)
#include "tst_serverkeys.moc"
