// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/changetext.h"
#include "authservers/droppedchanges.h"
#include "authservers/outcomebar.h"
#include "support/qtest_result.h"
#include "ui/reviewdesk.h"
#include "ui/serversdesk.h"

#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// What becomes of staged changes when the tenant is another one at the next reading.
class TestGrantReload : public QObject, private ReviewDesk
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init() { failOnWarnings(); }
    void cleanup() { close(); }

    void aReadingSaysWhatItDropped()
    {
        ServersDesk desk;
        QVERIFY(desk.open(u"Contacts API"_s));
        const AuthServerId contacts = desk.idOf(u"Contacts API");
        const AuthServerId events = desk.idOf(u"Events API");
        const auto scopes = waitFor<std::vector<Scope>>([&](auto k) { desk.api().scopes(contacts, k); });
        QVERIFY_OK(scopes);
        const ScopeId gone = std::ranges::find(*scopes, u"export:contacts"_s, &Scope::value)->id;
        desk.grid().editScopes({AppId{desk.desk.sandbox.app(u"staff-directory").id}},
                               {gone, std::ranges::find(*scopes, u"delete:contacts"_s, &Scope::value)->id},
                               GrantEdit::Grant);
        QCOMPARE(desk.panel->pendingChanges(), 2);
        QVERIFY(desk.choose(u"Events API"_s));
        desk.grid().removeApps({desk.grid().idAt(0)});
        QVERIFY(desk.panel->pendingChanges() > 2);
        const int ofEvents = desk.panel->pendingChanges() - 2;
        QVERIFY(desk.choose(u"Contacts API"_s));
        QVERIFY_OK(waitFor([&](auto k) { desk.api().removeScope(contacts, gone, k); }));
        QVERIFY_OK(waitFor([&](auto k) { desk.api().remove(events, k); }));
        const auto *banner = desk.panel->findChild<MessageBanner *>(u"droppedChanges"_s);
        QVERIFY(!banner->isVisible());
        QTest::keyClick(desk.panel.get(), Qt::Key_F5);
        auto *dialog = desk.dialog<ConfirmDialog>(u"reloadDialog"_s);
        QVERIFY(dialog);
        QTest::mouseClick(dialog->verbButton(), Qt::LeftButton);
        QTRY_COMPARE(banner->sentence(),
                     u"%1 staged changes were dropped when the tenant was read again."_s.arg(ofEvents + 1));
        QTRY_VERIFY(banner->isVisible());
        QCOMPARE(banner->detail(), u"The authorization server Events API no longer exists. "
                                   "Contacts API no longer has the scope export:contacts."_s);
        QCOMPARE(desk.panel->pendingChanges(), 1);
        desk.panel->reload(); // another reading takes nothing of it away
        QTRY_VERIFY(desk.isWhole(u"Contacts API"_s));
        QVERIFY(banner->isVisible());
    }

    void longListsAreWholeInTheTooltip()
    {
        DroppedChanges dropped;
        auto *banner = dropped.findChild<MessageBanner *>(u"droppedChanges"_s);
        dropped.addServer(u"None staged"_s, 0);
        QVERIFY(dropped.isHidden() && dropped.isEmpty());
        dropped.addScopes(u"A"_s, {.count = 6, .scopes = {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s}});
        QVERIFY(!dropped.isHidden());
        QCOMPARE(banner->detail(), u"A no longer has 6 scopes: a, b, c, d and 2 more."_s);
        QCOMPARE(banner->toolTip(), u"A no longer has 6 scopes: a, b, c, d, e, f."_s);
        emit banner->closed();
        QVERIFY(dropped.isHidden() && dropped.isEmpty());
        dropped.addServer(u"B"_s, 1);
        QCOMPARE(banner->sentence(), u"1 staged change was dropped when the tenant was read again."_s);
        QCOMPARE(banner->detail(), u"The authorization server B no longer exists."_s);
        QVERIFY(banner->toolTip().isEmpty());
    }

    void aReviewDropsGrantsOfScopesThatAreGone()
    {
        QVERIFY_OK(open());
        const ClientApp portal = app(u"portal-web"_s);
        const ClientApp gateway = app(u"partner-gateway"_s); // has the scope that goes
        const ScopeId gone = scope(u"void:invoices"_s);
        QVERIFY(gateway.scopes.contains(gone) && !portal.scopes.contains(gone));
        ScopeSet more = portal.scopes;
        more.insert({gone, scope(u"write:invoices"_s)});
        ScopeSet other = gateway.scopes;
        other.insert(scope(u"send:invoices"_s));
        m_plan.setWanted({{portal.id, more}, {gateway.id, other}});
        QVERIFY_OK(waitFor([&](auto k) { api().removeScope(m_server.id, gone, k); }));
        m_dialog =
            std::make_unique<ReviewDialog>(*m_sandbox->session, m_clipboard, m_server, m_scopes, m_plan);
        const QSignalSpy read(m_dialog.get(), &ReviewDialog::scopesRead);
        m_dialog->show();
        QTRY_VERIFY(
            button(u"reviewApply"_s)->isEnabled()); // that its scope went is nobody's change of an app
        QCOMPARE(read.size(), 1);
        QCOMPARE(read[0][0].value<std::vector<Scope>>().size(), m_scopes.size() - 1);
        QVERIFY2(freshness().startsWith(
                     u"1 staged change was dropped: the tenant no longer has void:invoices. Read "_s),
                 qPrintable(freshness()));
        QTRY_COMPARE(m_dialog->findChild<QScrollArea *>()->verticalScrollBar()->maximum(), 0);
        QCOMPARE(button(u"reviewApply"_s)->text(), u"Apply 2 changes to Sandbox"_s);
        QVERIFY(!m_plan.canUndo());
        click(u"reviewApply"_s);
        QTRY_COMPARE(m_dialog->windowTitle(), u"2 of 2 changes are stored"_s);
        more.erase(gone);
        other.erase(gone);
        QVERIFY(stored(portal.id) == more);
        QVERIFY(stored(gateway.id) == other);
    }

    void aReviewOfScopesThatAreGoneAloneHasNothingLeft()
    {
        QVERIFY_OK(open());
        const ScopeId gone = scope(u"void:invoices"_s);
        ScopeSet more = app(u"portal-web"_s).scopes;
        more.insert(gone);
        m_plan.setWanted(app(u"portal-web"_s).id, more);
        QVERIFY_OK(waitFor([&](auto k) { api().removeScope(m_server.id, gone, k); }));
        showDialog();
        QTRY_COMPARE(m_dialog->windowTitle(), u"Nothing is left to change"_s);
        QCOMPARE(freshness(), u"1 staged change was dropped: the tenant no longer has void:invoices."_s);
        QVERIFY(m_plan.isEmpty());
    }

    void thePanelShowsTheScopesThatAReviewRead()
    {
        ServersDesk desk;
        QVERIFY(desk.open(u"Contacts API"_s));
        const AuthServerId contacts = desk.idOf(u"Contacts API");
        const int columns = desk.grid().columnCount();
        desk.grid().removeApps({desk.grid().idAt(0)});
        const ScopeId gone = desk.grid().scopeAt(columns - 1).id;
        QVERIFY_OK(waitFor([&](auto k) { desk.api().removeScope(contacts, gone, k); }));
        QVERIFY(press(*desk.panel, u"reviewGrants"_s));
        QTRY_VERIFY(shown<QPushButton>(*desk.panel, u"reviewApply"_s) &&
                    shown<QPushButton>(*desk.panel, u"reviewApply"_s)->isEnabled());
        QCOMPARE(desk.grid().columnCount(), columns - 1);
    }

    void aServerThatIsGoneIsNamed()
    {
        QVERIFY_OK(open());
        m_plan.removeApp(m_loaded.front().id);
        QVERIFY_OK(waitFor([&](auto k) { api().remove(m_server.id, k); }));
        QWidget window;
        const auto closing = qScopeGuard([this] { m_dialog.reset(); });
        window.resize(1264, 800);
        window.show();
        showDialog(&window);
        QTRY_COMPARE(freshness(),
                     u"The authorization server Invoices API no longer exists at the tenant, so its "
                     "staged changes cannot be applied."_s);
        QVERIFY(!button(u"reviewApply"_s)->isEnabled());
        QCOMPARE(button(u"reviewKeep"_s)->text(), u"Close"_s);
        // Whole, as in the other phases.
        const auto *body = m_dialog->findChild<QScrollArea *>();
        QTRY_VERIFY(m_dialog->findChild<QWidget *>(u"reviewEffect"_s)->isVisible());
        QTRY_COMPARE(body->verticalScrollBar()->maximum(), 0);
        const auto *card = m_dialog->findChild<ReviewCard *>();
        QTRY_VERIFY(card->visibleRegion().boundingRect() == card->rect());
    }

    void appsStandAsInTheGrid()
    {
        QVERIFY_OK(open());
        m_plan.setWanted({{app(u"portal-web"_s).id, {}}, {app(u"billing-service"_s).id, {}}});
        m_plan.addApp({m_sandbox->process.app(u"api-explorer").id}, u"api-explorer"_s);
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        QStringList apps;
        for (const GrantChange &change : m_dialog->findChild<ReviewCards *>()->changes())
            apps.append(change.appName);
        QCOMPARE(apps, QStringList({u"api-explorer"_s, u"billing-service"_s, u"portal-web"_s}));
    }

    void aReviewTellsItsAge()
    {
        ReviewNote note;
        note.tell({.phase = ReviewPhase::Ready, .reviewed = 1});
        QCOMPARE(note.text(), u"Read again just now. Nobody has changed this app since you loaded it."_s);
        note.tell({.phase = ReviewPhase::Ready, .age = std::chrono::seconds(1), .reviewed = 2});
        QCOMPARE(note.text(),
                 u"Read again 1 second ago. Nobody has changed these apps since you loaded them."_s);
        note.tell({.phase = ReviewPhase::Ready, .age = std::chrono::minutes(2), .reviewed = 2});
        QVERIFY(note.text().startsWith(u"Read again 2 minutes ago."_s));
    }

    void aConflictIsAmberWhereNothingFailed()
    {
        QVERIFY_OK(open());
        const ClientApp portal = app(u"portal-web"_s);
        m_plan.setWanted({{portal.id, {}}, {app(u"audit-export"_s).id, {}}});
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        QVERIFY_OK(waitFor(
            [&](auto k) { api().updateClientApp(m_server.id, portal.id, {scope(u"void:invoices"_s)}, k); }));
        click(u"reviewApply"_s);
        QTRY_VERIFY(isDone());
        QVERIFY(stateWords().contains(u"Changed meanwhile"_s));
        auto *bar = m_dialog->findChild<OutcomeBar *>();
        const Theme &theme = themeFor(bar->palette());
        const auto colours = [bar] {
            const QImage image = bar->grab().toImage();
            QList<QRgb> found;
            for (int x = 0; x < image.width(); ++x)
                found.append(image.pixel(x, image.height() / 2));
            return found;
        };
        QTRY_VERIFY(colours().contains(ink(theme, Tone::Warn).rgb()));
        QVERIFY(!colours().contains(ink(theme, Tone::Danger).rgb()));

        JournalSummary summary{.counts = {{JournalState::Proven, 2}, {JournalState::Conflict, 1}}};
        QCOMPARE(outcomeOf(summary).tone, Tone::Warn);
        QCOMPARE(outcomeOf(summary).text, u"2 of 3 apps verified"_s);
        summary.counts[JournalState::NotStored] = 1;
        QCOMPARE(outcomeOf(summary).tone, Tone::Danger);
    }

    void oneConflictIsNotToldAsMany()
    {
        QVERIFY_OK(open());
        const ClientApp portal = app(u"portal-web"_s);
        m_plan.setWanted(portal.id, {});
        QVERIFY_OK(waitFor([&](auto k) {
            api().updateClientApp(m_server.id, portal.id,
                                  {scope(u"read:invoices"_s), scope(u"void:invoices"_s)}, k);
        }));
        showDialog();
        QTRY_VERIFY(button(u"reviewKeepMine"_s));
        QVERIFY2(freshness().startsWith(u"Someone changed this app since you loaded it. Decide whether"_s),
                 qPrintable(freshness()));
    }
};

QTEST_MAIN(TestGrantReload)
#include "tst_grantreload.moc"
