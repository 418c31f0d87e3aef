// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/selflockout.h"
#include "oidc/loginprofile.h"
#include "support/qtest_result.h"
#include "support/tenantdesk.h"

#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kResource = u"https://api.example.com/invoices"_s;

LoginProfile profile(const QString &name, const QString &clientId, const QString &resource,
                     const QStringList &scopes)
{
    LoginProfile made;
    made.name = name;
    made.request.clientId = clientId;
    made.request.resource = resource;
    made.request.scopes = scopes;
    return made;
}

QStringList namesOf(const std::vector<OwnUse> &uses)
{
    QStringList names;
    for (const OwnUse &use : uses)
        names.append(use.name);
    return names;
}

} // namespace

class TestSelfLockout : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_uses = ownUses({profile(u"nightly"_s, u"client-1"_s, kResource, {u"read:invoices"_s}),
                          profile(u"no scopes"_s, u"client-1"_s, kResource, {}),
                          profile(u"another client"_s, u"client-2"_s, kResource, {u"read:invoices"_s}),
                          profile(u"another server"_s, u"client-1"_s, u"https://api.example.com/x"_s, {}),
                          profile(u"no server"_s, u"client-1"_s, {}, {u"openid"_s})});
    }

    void namesWhoUsesAServer()
    {
        QCOMPARE(namesOf(brokenByServer(m_uses, m_server)),
                 QStringList({u"nightly"_s, u"no scopes"_s, u"another client"_s}));
        QVERIFY(brokenByServer(m_uses, {.resourceIdentifier = u"https://api.example.com/y"_s}).empty());
        QVERIFY(brokenByServer(m_uses, {}).empty());
    }

    void namesWhoAsksForAScope()
    {
        QCOMPARE(namesOf(brokenByScope(m_uses, m_server, {.value = u"read:invoices"_s})),
                 QStringList({u"nightly"_s, u"no scopes"_s, u"another client"_s}));
        QCOMPARE(namesOf(brokenByScope(m_uses, m_server, {.value = u"write:invoices"_s})),
                 QStringList{u"no scopes"_s}); // its token may need it
        const auto named = ownUses({profile(u"nightly"_s, u"client-1"_s, kResource, {u"read:invoices"_s})});
        QVERIFY(brokenByScope(named, m_server, {.value = u"write:invoices"_s}).empty());
    }

    void namesWhoLosesGrants_data()
    {
        QTest::addColumn<GrantAction>("action");
        QTest::addColumn<QList<int>>("after");
        QTest::addColumn<QString>("clientId");
        QTest::addColumn<QStringList>("broken");
        using enum GrantAction;
        const QStringList both{u"nightly"_s, u"no scopes"_s};
        const QString own = u"client-1"_s;
        QTest::newRow("loses what is asked")
            << UpdateClientApp << QList{2} << own << QStringList{u"nightly"_s};
        QTest::newRow("loses another") << UpdateClientApp << QList{1} << own << QStringList();
        QTest::newRow("loses all") << UpdateClientApp << QList<int>() << own << both;
        QTest::newRow("is removed") << RemoveClientApp << QList<int>() << own << both;
        QTest::newRow("gains") << UpdateClientApp << QList{1, 2, 3} << own << QStringList();
        QTest::newRow("another app") << RemoveClientApp << QList<int>() << u"client-9"_s << QStringList();
        QTest::newRow("a client that is not known")
            << RemoveClientApp << QList<int>() << QString() << QStringList();
    }
    void namesWhoLosesGrants()
    {
        QFETCH(GrantAction, action);
        QFETCH(QList<int>, after);
        QFETCH(QString, clientId);
        QFETCH(QStringList, broken);
        GrantChange change{.action = action, .app = {5}, .before = {ScopeId{1}, ScopeId{2}}};
        for (int id : after)
            change.after.insert(ScopeId{id});
        QCOMPARE(namesOf(brokenByGrants(m_uses, m_server, m_scopes, change, clientId)), broken);
    }

    void saysWhatFails()
    {
        QCOMPARE(lockoutText({}), QString());
        QCOMPARE(lockoutText({m_uses[0]}), u"The login profile nightly, saved here, uses it and may fail."_s);
        QCOMPARE(lockoutText({m_uses[0], m_uses[2]}),
                 u"The login profiles nightly, another client, saved here, use it and may fail."_s);
        QCOMPARE(lockoutText(u"portal"_s, {}), QString());
        QCOMPARE(lockoutText(u"portal"_s, {m_uses[0]}),
                 u"What portal loses is in use here. The login profile nightly, saved here, uses it and may "
                 "fail."_s);
    }

    void twoAppsOfOneNameAreConfirmedByTheirIds()
    {
        const std::vector<GrantChange> changes{{.app = {4}, .appName = u"twin"_s},
                                               {.app = {5}, .appName = u"portal"_s},
                                               {.app = {6}, .appName = u"twin"_s}};
        QCOMPARE(confirmingName(changes[0], changes, m_server), u"4"_s);
        QCOMPARE(confirmingName(changes[1], changes, m_server), u"portal"_s);
        QCOMPARE(confirmingName(changes[2], changes, m_server), u"6"_s);
        const std::vector<GrantChange> odd{{.app = {4}, .appName = u"6"_s},
                                           {.app = {5}, .appName = u" "_s},
                                           {.app = {6}, .appName = u"twin"_s}};
        QCOMPARE(confirmingName(odd[0], odd, m_server), u"4"_s); // its name is the ID of another
        QCOMPARE(confirmingName(odd[1], odd, m_server), u"5"_s);
        QCOMPARE(confirmingName(odd[2], odd, m_server), u"twin"_s);
    }

    void aServerAndAnAppOfOneNameAreConfirmedByTheirIds()
    {
        const AuthServer server{.id = {7}, .name = u"twin"_s, .resourceIdentifier = kResource};
        std::vector<GrantChange> changes{{.app = {4}, .appName = u"portal"_s}};
        QCOMPARE(confirmingName(server, changes), u"twin"_s);
        changes.push_back({.app = {5}, .appName = u"twin"_s});
        QCOMPARE(confirmingName(server, changes), u"7"_s);
        QCOMPARE(confirmingName(changes[0], changes, server), u"portal"_s);
        QCOMPARE(confirmingName(changes[1], changes, server), u"5"_s);
        changes.push_back({.app = {7}, .appName = u"another"_s}); // IDs of apps and servers may be equal
        QCOMPARE(confirmingName(server, changes), kResource);
        changes.push_back({.app = {8}, .appName = kResource});
        QCOMPARE(confirmingName(server, changes), QString());
        QCOMPARE(confirmingName(changes[3], changes, server), u"8"_s);
        changes.push_back({.app = {9}, .appName = u"7"_s});
        QCOMPARE(confirmingName(changes[4], changes, server), u"9"_s);
        QCOMPARE(confirmingName(AuthServer{.id = {3}, .name = u" "_s}, changes), u"3"_s);
    }

    void asksForClientIdsOnlyWhereItMatters()
    {
        TenantDesk desk;
        QVERIFY(desk.start());
        QVERIFY(desk.adopt(u"grants-admin").id.isValid());
        const SandboxProcess::App own = desk.sandbox.app(u"billing-service");
        const SandboxProcess::App other = desk.sandbox.app(u"portal-web");
        const auto uses = ownUses({profile(u"nightly"_s, own.clientId, kResource, {u"read:invoices"_s})});
        const GrantChange harmless{.app = {own.id}, .before = {ScopeId{2}}};
        GrantChange loses{.app = {own.id}, .before = {ScopeId{1}}};
        GrantChange othersLoss{.app = {other.id}, .before = {ScopeId{1}}};
        const GrantChange gone{.action = GrantAction::RemoveClientApp, .app = {1}, .before = {ScopeId{1}}};
        const auto find = [&](const std::vector<GrantChange> &changes) {
            desk.proxy->forget();
            return waitFor<Lockouts>([&](auto k) {
                findLockouts(AppsApi(*desk.session->api()), uses, m_server, m_scopes, changes, k);
            });
        };
        const auto none = find({{.app = {own.id}, .before = {ScopeId{2}}, .after = {ScopeId{3}}}});
        QVERIFY_OK(none);
        QVERIFY(none->isEmpty());
        QCOMPARE(desk.proxy->arrived().size(), size_t{0});

        const auto found = find({harmless, loses, othersLoss, gone});
        QVERIFY_OK(found);
        QCOMPARE(found->byApp.size(), size_t{1});
        QVERIFY(found->isComplete);
        QCOMPARE(namesOf(found->byApp.at({own.id})), QStringList{u"nightly"_s});
        QCOMPARE(desk.proxy->arrived().size(), size_t{2}); // nothing after the app that matters

        const auto unseen = find({gone});
        QVERIFY_OK(unseen);
        QVERIFY(unseen->byApp.empty() && !unseen->isComplete);
        const auto met = find({gone, loses});
        QVERIFY_OK(met);
        QVERIFY(met->isComplete); // the client_id at stake is another's

        desk.proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.target.startsWith("/api/2/apps") ? FaultServer::html(500) : forward(arrival);
        });
        const auto failed = find({loses});
        QVERIFY(!failed);
        QCOMPARE(failed.error().kind, ErrorKind::ServerFailure);
    }

    void looksUpNoMoreThanSoMany()
    {
        TenantDesk desk;
        QVERIFY(desk.start());
        QVERIFY(desk.adopt(u"grants-admin").id.isValid());
        desk.proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.target.startsWith("/api/2/apps")
                       ? FaultServer::answer(
                             404, R"({"statusCode":404,"name":"NotFoundError","message":"no app"})")
                       : forward(arrival);
        });
        const std::vector<GrantChange> changes(Lockouts::kMostLookedUp + 1,
                                               {.app = {5}, .before = {ScopeId{1}}});
        desk.proxy->forget();
        const auto more = waitFor<Lockouts>(
            [&](auto k) {
                findLockouts(AppsApi(*desk.session->api()), m_uses, m_server, m_scopes, changes, k);
            },
            std::chrono::minutes(2));
        QVERIFY_OK(more);
        QVERIFY(!more->isComplete);
        QVERIFY(!more->isEmpty());
        const auto isLookUp = [](const Arrival &arrival) { return arrival.target.startsWith("/api/2/apps"); };
        QCOMPARE(size_t(std::ranges::count_if(desk.proxy->arrived(), isLookUp)), Lockouts::kMostLookedUp);
    }

private:
    const AuthServer m_server{.id = {1}, .name = u"Invoices API"_s, .resourceIdentifier = kResource};
    const std::vector<Scope> m_scopes{{.id = {1}, .value = u"read:invoices"_s},
                                      {.id = {2}, .value = u"write:invoices"_s},
                                      {.id = {3}, .value = u"void:invoices"_s}};
    std::vector<OwnUse> m_uses;
};

Q_DECLARE_METATYPE(latchkey::GrantAction)
QTEST_GUILESS_MAIN(TestSelfLockout)
#include "tst_selflockout.moc"
