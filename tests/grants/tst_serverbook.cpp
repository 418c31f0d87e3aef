// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/serverbook.h"
#include "onelogin/authserverwriter.h"
#include "support/qtest_result.h"
#include "support/tenantdesk.h"

#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestServerBook : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_desk = std::make_unique<TenantDesk>();
        QVERIFY(m_desk->start());
        QVERIFY(m_desk->adopt(u"grants-admin").id.isValid());
        m_book = std::make_unique<ServerBook>(*m_desk->session);
        m_invoices = {m_desk->sandbox.server(u"Invoices API").id};
    }
    void cleanup()
    {
        m_book.reset();
        m_desk.reset();
    }

    void readsAServerWholeOrInPart()
    {
        QSignalSpy listed(m_book.get(), &ServerBook::listed);
        m_book->list();
        QVERIFY(m_book->isListing());
        QTRY_COMPARE(listed.size(), 1);
        QCOMPARE(m_book->servers().size(), size_t{5});
        QVERIFY(!m_book->bestKnown(m_invoices)->accessTokenLifetime);

        QVERIFY(read(false));
        QVERIFY(m_book->state(m_invoices)->isLoaded);
        QVERIFY(!m_book->state(m_invoices)->isWhole);
        QCOMPARE(m_book->state(m_invoices)->scopes.size(), size_t{8});
        QCOMPARE(m_book->usesOf(m_invoices, scopeId(u"read:invoices")), 11);

        m_book->complete(m_invoices);
        QTRY_VERIFY(m_book->state(m_invoices)->isWhole);
        QVERIFY(m_book->bestKnown(m_invoices)->accessTokenLifetime);
        QVERIFY(!m_book->state(m_invoices)->claims.empty());
    }

    void completingDropsNoReadingOfGrants_data()
    {
        QTest::addColumn<bool>("isQueued");
        QTest::newRow("under way") << false;
        QTest::newRow("queued") << true;
    }
    void completingDropsNoReadingOfGrants()
    {
        QFETCH(bool, isQueued);
        QVERIFY(read(false));
        const int loaded = m_book->state(m_invoices)->plan.loadedCount();
        const AppId app{m_desk->sandbox.app(u"ci-smoke-tests").id};
        QVERIFY_OK(waitFor(
            [&](auto k) { AuthServersApi(*m_desk->session->api()).removeClientApp(m_invoices, app, k); }));
        std::vector<AuthServerId> ids{m_invoices};
        if (isQueued)
            ids = {{m_desk->sandbox.server(u"Contacts API").id},
                   {m_desk->sandbox.server(u"Events API").id},
                   m_invoices};
        m_book->readAhead(ids);
        QCOMPARE(m_book->isReading(m_invoices), !isQueued);
        m_book->complete(m_invoices);
        QTRY_VERIFY(m_book->state(m_invoices)->isWhole);
        QCOMPARE(m_book->state(m_invoices)->plan.loadedCount(), loaded - 1);
        QVERIFY(!m_book->isReading(m_invoices));
    }

    void keepsWhatIsStagedButNoScopeThatIsGone()
    {
        QVERIFY(read(false));
        GrantPlan &plan = m_book->state(m_invoices)->plan;
        const AppId app{m_desk->sandbox.app(u"ci-smoke-tests").id};
        const ScopeId kept = scopeId(u"read:invoices");
        const ScopeId gone = scopeId(u"void:invoices");
        QVERIFY(plan.setWanted(app, {kept, gone}));
        QSignalSpy dropped(m_book.get(), &ServerBook::dropped);
        QVERIFY_OK(waitFor(
            [&](auto k) { AuthServersApi(*m_desk->session->api()).removeScope(m_invoices, gone, k); }));
        QVERIFY(read(false));
        QCOMPARE(plan.wanted(app), ScopeSet{kept});
        QCOMPARE(plan.changes().size(), size_t{1});
        QCOMPARE(dropped.size(), 1);
        QCOMPARE(dropped[0][0].value<AuthServerId>(), m_invoices);
        QCOMPARE(dropped[0][1].value<DroppedGrants>().count, 1);
        QCOMPARE(dropped[0][1].value<DroppedGrants>().scopes, QStringList{u"void:invoices"_s});
        QVERIFY(read(false));
        QCOMPARE(dropped.size(), 1);
        QVERIFY(!plan.canUndo()); // it would grant what is gone
    }

    void aScopeThatAWriteShowsGoneIsNotGrantedByUndo()
    {
        QVERIFY(read(false));
        GrantPlan &plan = m_book->state(m_invoices)->plan;
        const AppId app{m_desk->sandbox.app(u"ci-smoke-tests").id};
        const ScopeId kept = scopeId(u"read:invoices");
        const ScopeId gone = scopeId(u"void:invoices");
        QVERIFY(plan.setWanted(app, {kept, gone}));
        const auto left = waitFor<std::vector<Scope>>([&](auto k) {
            AuthServerWriter(AuthServersApi(*m_desk->session->api())).remove(m_invoices, gone, k);
        });
        QVERIFY_OK(left);
        m_book->setScopes(m_invoices, *left);
        QCOMPARE(plan.wanted(app), ScopeSet{kept});
        QVERIFY(!plan.canUndo());
        QVERIFY(read(false));
        QCOMPARE(plan.wanted(app), ScopeSet{kept});
        QVERIFY(!plan.canUndo());
    }

    void aScopeThatAWriteShowsNewKeepsTheHistory()
    {
        QVERIFY(read(false));
        ServerState &state = *m_book->state(m_invoices);
        QVERIFY(state.plan.setWanted(AppId{m_desk->sandbox.app(u"ci-smoke-tests").id},
                                     {scopeId(u"void:invoices")}));
        std::vector<Scope> more = state.scopes;
        more.push_back({.id = {7777}, .value = u"new:scope"_s});
        m_book->setScopes(m_invoices, more);
        QVERIFY(state.plan.canUndo());
        QCOMPARE(state.plan.changes().size(), size_t{1});
    }

    void readingTheGrantsAgainDropsNoReadingOfTheRest()
    {
        QVERIFY(read(false));
        m_book->complete(m_invoices);
        m_book->read(m_invoices, false);
        QTRY_VERIFY(!m_book->isReading(m_invoices));
        QVERIFY(m_book->state(m_invoices)->isWhole);
        QVERIFY(!m_book->state(m_invoices)->claims.empty());
    }

    void saysWhatCouldNotBeRead()
    {
        m_desk->proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.target.endsWith("/claims") ? FaultServer::html(500) : forward(arrival);
        });
        QSignalSpy failed(m_book.get(), &ServerBook::failed);
        m_book->read(m_invoices, true);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!m_book->isReading(m_invoices));
        QVERIFY(!m_book->state(m_invoices));
    }

    void listingAgainEndsTheReadingsUnderWay()
    {
        QSignalSpy loaded(m_book.get(), &ServerBook::loaded);
        QSignalSpy listed(m_book.get(), &ServerBook::listed);
        m_book->read(m_invoices, true);
        m_book->list();
        QTRY_COMPARE(listed.size(), 1);
        QVERIFY(!m_book->isReading(m_invoices));
        QVERIFY(loaded.isEmpty());
    }

    void readsAheadTwoAtATime()
    {
        std::vector<AuthServerId> ids;
        for (const QString &name : {u"Contacts API"_s, u"Events API"_s, u"Orders API"_s})
            ids.push_back({m_desk->sandbox.server(name).id});
        m_book->readAhead(ids);
        QVERIFY(m_book->isReading(ids[1]));
        QVERIFY(!m_book->isReading(ids[2]));
        QTRY_VERIFY(m_book->state(ids[2]));
    }

    void aDeletedServerTakesItsPlanAlong()
    {
        m_book->list();
        QTRY_COMPARE(m_book->servers().size(), size_t{5});
        QVERIFY(read(false));
        m_book->removeServer(m_invoices);
        QVERIFY(m_book->state(m_invoices)); // whoever looks at it can leave first
        m_book->forgetGone();
        QVERIFY(!m_book->state(m_invoices));
        QCOMPARE(m_book->servers().size(), size_t{4});
    }

private:
    bool read(bool whole)
    {
        QSignalSpy loaded(m_book.get(), &ServerBook::loaded);
        m_book->read(m_invoices, whole);
        return loaded.wait(10000);
    }
    ScopeId scopeId(QStringView value)
    {
        for (const Scope &scope : m_book->state(m_invoices)->scopes) {
            if (scope.value == value)
                return scope.id;
        }
        return {};
    }

    std::unique_ptr<TenantDesk> m_desk;
    std::unique_ptr<ServerBook> m_book;
    AuthServerId m_invoices;
};

QTEST_GUILESS_MAIN(TestServerBook)
#include "tst_serverbook.moc"
