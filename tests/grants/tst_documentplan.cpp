// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/documentplan.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// What a grants file would change at a tenant, and what of it fits none.
class TestDocumentPlan : public QObject
{
    Q_OBJECT

private slots:
    void changesNothingWhereAllIsAsTheFileSays();
    void plansTheDifferenceInOrder();
    void keepsWhatTheFileDoesNotListIfAsked();
    void namesTheCandidatesOfAnAmbiguousName();
    void takesTheIdWhereTheNameIsNotEnough();
    void refusesAnIdOfAnotherApp();
    void refusesTheSameAppUnderNameAndId();
    void saysWhichAppsAndScopesAreUnknown();
    void removesNoAppThatAProblemMayMean();
    void leavesScopesThatTheServerDoesNotList();
    void choosesTheServer_data();
    void choosesTheServer();

private:
    const ServerGrants m_grants{
        .server = {.id = {5}, .name = u"Invoices API"_s},
        .scopes = {{.id = {31}, .value = u"read"_s}, {.id = {32}, .value = u"write"_s}},
        .clientApps = {{.id = {1}, .name = u"alpha"_s, .scopes = {{31}}},
                       {.id = {2}, .name = u"beta"_s, .scopes = {{31}, {32}}}},
    };
    const std::vector<OidcApp> m_apps{{.id = {1}, .name = u"alpha"_s},
                                      {.id = {2}, .name = u"beta"_s},
                                      {.id = {3}, .name = u"gamma"_s},
                                      {.id = {4}, .name = u"twin"_s},
                                      {.id = {6}, .name = u"twin"_s}};

    DocumentPlan plan(std::vector<GrantDocument::App> apps, Unlisted unlisted = Unlisted::Remove) const
    {
        return planDocument({.server = u"Invoices API"_s, .apps = std::move(apps)}, m_grants, m_apps,
                            unlisted);
    }
};

void TestDocumentPlan::changesNothingWhereAllIsAsTheFileSays()
{
    const DocumentPlan same = plan({{.name = u"beta"_s, .scopes = {u"write"_s, u"read"_s}},
                                    {.name = u"alpha"_s, .scopes = {u"read"_s}}});
    QVERIFY(same.changes.empty());
    QVERIFY(same.problems.empty());
}

void TestDocumentPlan::plansTheDifferenceInOrder()
{
    const DocumentPlan found =
        plan({{.name = u"gamma"_s, .scopes = {u"read"_s}}, {.name = u"beta"_s, .scopes = {}}});
    QVERIFY(found.problems.empty());
    QCOMPARE(found.changes.size(), size_t{3});
    QCOMPARE(found.changes[0].action, GrantAction::RemoveClientApp);
    QCOMPARE(found.changes[0].appName, u"alpha"_s);
    QCOMPARE(found.changes[0].before, ScopeSet{{31}});
    QCOMPARE(found.changes[1].action, GrantAction::UpdateClientApp);
    QCOMPARE(found.changes[1].removed(), (ScopeSet{{31}, {32}}));
    QCOMPARE(found.changes[2].action, GrantAction::AddClientApp);
    QCOMPARE(found.changes[2].app, AppId{3});
    QCOMPARE(found.changes[2].after, ScopeSet{{31}});
}

void TestDocumentPlan::keepsWhatTheFileDoesNotListIfAsked()
{
    const DocumentPlan found = plan({{.name = u"beta"_s, .scopes = {u"read"_s}}}, Unlisted::Keep);
    QCOMPARE(found.changes.size(), size_t{1});
    QCOMPARE(found.changes[0].appName, u"beta"_s);
}

void TestDocumentPlan::namesTheCandidatesOfAnAmbiguousName()
{
    const DocumentPlan found = plan({{.name = u"twin"_s}}, Unlisted::Keep);
    QVERIFY(found.changes.empty());
    QCOMPARE(found.problems.size(), size_t{1});
    QCOMPARE(problemKey(found.problems[0].kind), u"ambiguous_app"_s);
    QCOMPARE(found.problems[0].candidates, (QStringList{u"4 (twin)"_s, u"6 (twin)"_s}));
    QVERIFY(found.problems[0].message.contains(u"6 (twin)"_s));
}

void TestDocumentPlan::takesTheIdWhereTheNameIsNotEnough()
{
    const DocumentPlan found = plan({{.name = u"twin"_s, .id = {6}}}, Unlisted::Keep);
    QVERIFY(found.problems.empty());
    QCOMPARE(found.changes.size(), size_t{1});
    QCOMPARE(found.changes[0].app, AppId{6});
    QCOMPARE(found.changes[0].action, GrantAction::AddClientApp);
}

void TestDocumentPlan::refusesAnIdOfAnotherApp()
{
    const DocumentPlan other = plan({{.name = u"alpha"_s, .id = {2}}}, Unlisted::Keep);
    QVERIFY(other.changes.empty());
    QCOMPARE(problemKey(other.problems.at(0).kind), u"other_app"_s);
    QVERIFY(other.problems[0].message.contains(u"beta"_s));
    const DocumentPlan none = plan({{.name = u"alpha"_s, .id = {99}}}, Unlisted::Keep);
    QCOMPARE(problemKey(none.problems.at(0).kind), u"other_app"_s);
    QCOMPARE(none.problems[0].candidates, QStringList{u"1 (alpha)"_s});
}

void TestDocumentPlan::refusesTheSameAppUnderNameAndId()
{
    const DocumentPlan found = plan({{.name = u"alpha"_s}, {.name = u"alpha"_s, .id = {1}}}, Unlisted::Keep);
    QCOMPARE(problemKey(found.problems.at(0).kind), u"repeated_app"_s);
}

void TestDocumentPlan::saysWhichAppsAndScopesAreUnknown()
{
    const DocumentPlan found =
        plan({{.name = u"ALPHA"_s}, {.name = u"beta"_s, .scopes = {u"read"_s, u"sell"_s}}});
    QCOMPARE(found.problems.size(), size_t{2});
    QCOMPARE(problemKey(found.problems[0].kind), u"unknown_app"_s);
    QCOMPARE(found.problems[0].candidates, QStringList{u"1 (alpha)"_s});
    QCOMPARE(problemKey(found.problems[1].kind), u"unknown_scope"_s);
    QCOMPARE(found.problems[1].scope, u"sell"_s);
    QVERIFY(found.problems[1].message.contains(u"beta"_s));
}

void TestDocumentPlan::removesNoAppThatAProblemMayMean()
{
    const DocumentPlan found = plan({{.name = u"beta"_s, .scopes = {u"sell"_s}}});
    QCOMPARE(found.changes.size(), size_t{1});
    QCOMPARE(found.changes[0].appName, u"alpha"_s);
}

void TestDocumentPlan::leavesScopesThatTheServerDoesNotList()
{
    ServerGrants grants = m_grants;
    grants.clientApps[0].scopes.insert(ScopeId{99}); // was deleted, and alpha has it still
    const auto planned = [&](const QStringList &scopes) {
        return planDocument({.server = u"Invoices API"_s, .apps = {{.name = u"alpha"_s, .scopes = scopes}}},
                            grants, m_apps, Unlisted::Keep)
            .changes;
    };
    QVERIFY(planned({u"read"_s}).empty());
    QCOMPARE(planned({u"write"_s}).size(), size_t{1});
    QCOMPARE(planned({u"write"_s})[0].after, (ScopeSet{{32}, {99}}));
    QCOMPARE(planned({u"write"_s})[0].removed(), ScopeSet{{31}});
    QCOMPARE(planned({})[0].after, ScopeSet{{99}});
}

void TestDocumentPlan::choosesTheServer_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("resource");
    QTest::addColumn<qint64>("id");
    QTest::addColumn<QString>("word");
    QTest::newRow("by name") << u"Orders"_s << u"https://elsewhere.example"_s << qint64{3} << QString();
    QTest::newRow("by resource too") << u"Twins"_s << u"b"_s << qint64{2} << QString();
    QTest::newRow("ambiguous") << u"Twins"_s << u"c"_s << qint64{0} << u"1 (a), 2 (b)"_s;
    QTest::newRow("unknown") << u"orders"_s << u"d"_s << qint64{0} << u"orders"_s;
}

void TestDocumentPlan::choosesTheServer()
{
    QFETCH(QString, name);
    QFETCH(QString, resource);
    QFETCH(qint64, id);
    QFETCH(QString, word);
    const std::vector<AuthServer> servers{{.id = {1}, .name = u"Twins"_s, .resourceIdentifier = u"a"_s},
                                          {.id = {2}, .name = u"Twins"_s, .resourceIdentifier = u"b"_s},
                                          {.id = {3}, .name = u"Orders"_s, .resourceIdentifier = u"d"_s}};
    const Result<AuthServer> server = serverMeant({.server = name, .resourceIdentifier = resource}, servers);
    QCOMPARE(server.has_value(), id != 0);
    if (server)
        QCOMPARE(server->id.value, id);
    else
        QVERIFY2(server.error().message.contains(word), qPrintable(server.error().message));
}

QTEST_GUILESS_MAIN(TestDocumentPlan)
#include "tst_documentplan.moc"
