// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/droppedchanges.h"
#include "support/qtest_result.h"
#include "ui/reviewdesk.h"
#include "ui/serversdesk.h"
#include "ui/visibletexts.h"

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
};

QTEST_MAIN(TestGrantReload)
#include "tst_grantreload.moc"
