// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantplan.h"

#include <QRandomGenerator>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

ScopeSet set(std::initializer_list<qint64> ids)
{
    ScopeSet scopes;
    for (qint64 id : ids)
        scopes.insert(ScopeId{id});
    return scopes;
}

ClientApp app(qint64 id, std::initializer_list<qint64> scopes)
{
    return {.id = {id}, .name = u"app-%1"_s.arg(id), .scopes = set(scopes)};
}

/// As a click on a cell does.
bool toggle(GrantPlan &plan, AppId app, ScopeId scope)
{
    ScopeSet scopes = plan.wanted(app);
    if (scopes.erase(scope) == 0)
        scopes.insert(scope);
    return plan.setWanted(app, scopes);
}

constexpr qint64 kApps = 5;
constexpr qint64 kScopes = 4;

/// What a plan must mean, in the plainest form: what each app shall have; none: no client app.
struct NaivePlan
{
    using Wanted = std::map<AppId, std::optional<ScopeSet>>;
    Wanted loaded;
    Wanted wanted;
    std::vector<Wanted> undo;
    std::vector<Wanted> redo;

    explicit NaivePlan(const std::vector<ClientApp> &apps)
    {
        for (qint64 id = 1; id <= kApps; ++id)
            loaded[{id}] = std::nullopt;
        for (const ClientApp &each : apps)
            loaded[each.id] = each.scopes;
        wanted = loaded;
    }
    bool commit(Wanted next)
    {
        if (next == wanted)
            return false;
        undo.push_back(wanted);
        redo.clear();
        wanted = std::move(next);
        return true;
    }
    bool set(AppId id, const ScopeSet &scopes)
    {
        Wanted next = wanted;
        if (next[id] || loaded[id])
            next[id] = scopes;
        return commit(next);
    }
    bool add(AppId id)
    {
        Wanted next = wanted;
        if (!next[id])
            next[id] = loaded[id].value_or(ScopeSet());
        return commit(next);
    }
    bool remove(AppId id)
    {
        Wanted next = wanted;
        next[id] = std::nullopt;
        return commit(next);
    }
    void step(std::vector<Wanted> &from, std::vector<Wanted> &to)
    {
        if (from.empty())
            return;
        to.push_back(wanted);
        wanted = from.back();
        from.pop_back();
    }
};

GrantState naiveState(bool has, bool wants)
{
    if (has)
        return wants ? GrantState::Granted : GrantState::PendingRemove;
    return wants ? GrantState::PendingAdd : GrantState::NotGranted;
}

void compare(const GrantPlan &plan, NaivePlan &naive)
{
    std::map<AppId, GrantChange> changes;
    for (const GrantChange &change : plan.changes())
        changes.emplace(change.app, change);
    QCOMPARE(changes.size(), plan.changes().size());
    for (qint64 id = 1; id <= kApps; ++id) {
        const AppId app{id};
        const std::optional<ScopeSet> &before = naive.loaded[app];
        const std::optional<ScopeSet> &after = naive.wanted[app];
        QCOMPARE(plan.isAdded(app), !before && after);
        QCOMPARE(plan.isRemoved(app), before && !after);
        for (qint64 scope = 1; scope <= kScopes; ++scope) {
            QCOMPARE(plan.state(app, {scope}),
                     naiveState(before && before->contains({scope}), after && after->contains({scope})));
        }
        QCOMPARE(changes.contains(app), before != after);
        if (before == after)
            continue;
        const GrantChange &change = changes.at(app);
        QCOMPARE(change.action, !before  ? GrantAction::AddClientApp
                                : !after ? GrantAction::RemoveClientApp
                                         : GrantAction::UpdateClientApp);
        QVERIFY(change.before == before.value_or(ScopeSet()));
        QVERIFY(change.after == after.value_or(ScopeSet()));
    }
    GrantTotals totals;
    for (const auto &[id, change] : changes) {
        ++totals.apps;
        totals.added += static_cast<int>(change.added().size());
        totals.removed += static_cast<int>(change.removed().size());
        if (change.added().empty() && change.removed().empty())
            ++(change.action == GrantAction::RemoveClientApp ? totals.removed : totals.added);
    }
    QCOMPARE(plan.totals().apps, totals.apps);
    QCOMPARE(plan.totals().added, totals.added);
    QCOMPARE(plan.totals().removed, totals.removed);
    int apps = 0;
    for (const auto &[id, scopes] : naive.wanted)
        apps += scopes || naive.loaded[id] ? 1 : 0;
    QCOMPARE(plan.appCount(), apps);
    for (qint64 scope = 1; scope <= kScopes; ++scope) {
        int users = 0;
        for (const auto &[id, scopes] : naive.wanted)
            users += scopes && scopes->contains({scope}) ? 1 : 0;
        QCOMPARE(plan.wantedCount({scope}), users);
    }
    QCOMPARE(plan.isEmpty(), naive.loaded == naive.wanted);
    QCOMPARE(plan.canUndo(), !naive.undo.empty());
    QCOMPARE(plan.canRedo(), !naive.redo.empty());
}

} // namespace

class TestGrantPlan : public QObject
{
    Q_OBJECT

private slots:
    void tellsHowATenantStandsToAChange();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void agreesWithANaiveModel_data();
    void agreesWithANaiveModel();
    void togglesBackToNothing();
    void editsSeveralAppsInOneStep();
    void editsOfUnknownAppsChangeNothing();
    void keepsTheOrderOfTheTenant();
    void discardDropsChangesAndHistory();
    void anEmptyListIsAnUpdateNotARemoval();
    void rebaseDropsWhatIsFulfilled();
    void rebaseDoesNotUndoWhatSomeoneElseDid();
    void rebaseFollowsAppsThatComeAndGo();
    void rebaseKeepsTheHistoryOfWhatIsAsItWas();
    void rebaseEndsTheHistoryOfWhatIsNot();
    void oneChangeGoesOnTopAsRebaseDoesIt();
    void scopesThatTheServerDoesNotListAreNotLost();
    void countsAWidthOfManyScopes();
    void editsBlocksInOneStep();
    void keepsAnAppWhoseRemovalIsDropped();
    void addsAppsWithTheScopesOfAnother();
    void readsAnAnswerAsRecordsWould();
};

void TestGrantPlan::agreesWithANaiveModel_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 40; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestGrantPlan::agreesWithANaiveModel()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    const auto anyApp = [&random] { return AppId{random.bounded(static_cast<qint64>(kApps)) + 1}; };
    const auto anySet = [&random] {
        ScopeSet scopes;
        for (qint64 scope = 1; scope <= kScopes; ++scope) {
            if (random.bounded(2) != 0)
                scopes.insert({scope});
        }
        return scopes;
    };
    const std::vector<ClientApp> loaded{app(3, {1, 2}), app(1, {}), app(2, {4})};
    GrantPlan plan(loaded);
    NaivePlan naive(loaded);
    for (int edit = 0; edit < 200; ++edit) {
        const AppId id = anyApp();
        const ScopeSet scopes = anySet();
        switch (random.bounded(6)) {
        case 0:
        case 1:
            QCOMPARE(plan.setWanted(id, scopes), naive.set(id, scopes));
            break;
        case 2:
            QCOMPARE(plan.addApp(id, u"added"_s), naive.add(id));
            break;
        case 3:
            QCOMPARE(plan.removeApp(id), naive.remove(id));
            break;
        case 4:
            plan.undo();
            naive.step(naive.undo, naive.redo);
            break;
        case 5:
            plan.redo();
            naive.step(naive.redo, naive.undo);
            break;
        }
        compare(plan, naive);
        if (QTest::currentTestFailed())
            return;
    }
}

void TestGrantPlan::togglesBackToNothing()
{
    GrantPlan plan({app(1, {1})});
    QVERIFY(toggle(plan, {1}, {2}));
    QCOMPARE(plan.state({1}, {2}), GrantState::PendingAdd);
    QVERIFY(toggle(plan, {1}, {1}));
    QCOMPARE(plan.state({1}, {1}), GrantState::PendingRemove);
    const std::vector<GrantChange> changes = plan.changes();
    QCOMPARE(changes.size(), size_t(1));
    QVERIFY(changes[0].added() == set({2}));
    QVERIFY(changes[0].removed() == set({1}));
    QVERIFY(toggle(plan, {1}, {1}));
    QVERIFY(toggle(plan, {1}, {2}));
    QVERIFY(plan.isEmpty());
}

void TestGrantPlan::editsSeveralAppsInOneStep()
{
    GrantPlan plan({app(1, {}), app(2, {1})});
    QVERIFY(plan.setWanted({{AppId{1}, set({1})}, {AppId{2}, set({1, 2})}}));
    QCOMPARE(plan.changes().size(), size_t(2));
    plan.undo();
    QVERIFY(plan.isEmpty());
    plan.redo();
    QCOMPARE(plan.changes().size(), size_t(2));
}

void TestGrantPlan::editsOfUnknownAppsChangeNothing()
{
    GrantPlan plan({app(1, {1})});
    QVERIFY(!plan.setWanted({9}, set({1})));
    QVERIFY(!plan.removeApp({9}));
    QVERIFY(!plan.canUndo());
}

void TestGrantPlan::keepsTheOrderOfTheTenant()
{
    GrantPlan plan({app(7, {}), app(2, {}), app(5, {})});
    plan.addApp({3}, u"new-app"_s);
    plan.setWanted({{AppId{2}, set({1})}, {AppId{7}, set({1})}});
    QStringList order;
    for (size_t row = 0; row < plan.rowCount(); ++row)
        order.append(plan.table().idAt(row).toString());
    QCOMPARE(order, (QStringList{u"7"_s, u"2"_s, u"5"_s, u"3"_s}));
    QStringList changed;
    for (const GrantChange &change : plan.changes())
        changed.append(change.appName);
    QCOMPARE(changed, (QStringList{u"app-7"_s, u"app-2"_s, u"new-app"_s}));
}

void TestGrantPlan::discardDropsChangesAndHistory()
{
    GrantPlan plan({app(1, {1})});
    toggle(plan, {1}, {2});
    plan.addApp({2}, u"new-app"_s);
    plan.undo();
    plan.discard();
    QVERIFY(plan.isEmpty());
    QVERIFY(!plan.canUndo());
    QVERIFY(!plan.canRedo());
    QCOMPARE(plan.appCount(), 1);
    QVERIFY(!plan.hasApp({2}));
}

void TestGrantPlan::anEmptyListIsAnUpdateNotARemoval()
{
    GrantPlan plan({app(1, {1})});
    QVERIFY(plan.setWanted({1}, {}));
    QCOMPARE(plan.changes().at(0).action, GrantAction::UpdateClientApp);
    QVERIFY(plan.removeApp({1}));
    QCOMPARE(plan.changes().at(0).action, GrantAction::RemoveClientApp);
}

void TestGrantPlan::rebaseDropsWhatIsFulfilled()
{
    GrantPlan plan({app(1, {1}), app(2, {1}), app(3, {1})});
    toggle(plan, {1}, {2});
    plan.removeApp({2});
    plan.addApp({4}, u"new-app"_s);
    toggle(plan, {3}, {2});
    plan.rebase({app(1, {1, 2}), app(3, {1}), app(4, {})});
    QCOMPARE(plan.changes().size(), size_t(1));
    QCOMPARE(plan.changes().at(0).app, AppId{3});
    QVERIFY(!plan.canUndo());
}

void TestGrantPlan::rebaseDoesNotUndoWhatSomeoneElseDid()
{
    GrantPlan plan({app(1, {1, 2, 3})});
    plan.setWanted({1}, set({1, 2, 4})); // adds 4, takes 3 away
    plan.rebase({app(1, {2, 3, 5})});    // meanwhile: 1 gone, 5 new
    QVERIFY(plan.wanted({1}) == set({2, 4, 5}));
}

/// Every change of one app between the subsets of three scopes and no client app, on top of each of them.
void TestGrantPlan::oneChangeGoesOnTopAsRebaseDoesIt()
{
    std::vector<std::optional<ScopeSet>> all{std::nullopt};
    for (int bits = 0; bits < 8; ++bits) {
        ScopeSet scopes;
        for (int bit = 0; bit < 3; ++bit) {
            if ((bits & (1 << bit)) != 0)
                scopes.insert(ScopeId{bit + 1});
        }
        all.emplace_back(scopes);
    }
    const auto listOf = [](const std::optional<ScopeSet> &scopes) {
        return scopes ? std::vector<ClientApp>{{.id = {1}, .name = u"app-1"_s, .scopes = *scopes}}
                      : std::vector<ClientApp>();
    };
    int compared = 0;
    for (const auto &before : all) {
        for (const auto &after : all) {
            GrantPlan plan(listOf(before));
            if (!before && after)
                plan.addApps({{AppId{1}, u"app-1"_s}}, *after);
            else if (before && after)
                plan.setWanted({1}, *after);
            else if (before)
                plan.removeApp({1});
            if (plan.isEmpty())
                continue;
            const GrantChange change = plan.changes().front();
            for (const auto &now : all) {
                GrantPlan rebased = plan;
                rebased.rebase(listOf(now));
                const std::optional<GrantChange> onTop = onTopOf(change, now);
                QCOMPARE(onTop.has_value(), !rebased.isEmpty());
                if (!onTop)
                    continue;
                const GrantChange expected = rebased.changes().front();
                QCOMPARE(onTop->action, expected.action);
                QCOMPARE(onTop->appName, expected.appName);
                QVERIFY(onTop->before == expected.before);
                QVERIFY(onTop->after == expected.after);
                ++compared;
            }
        }
    }
    QVERIFY(compared > 300);
}

void TestGrantPlan::rebaseFollowsAppsThatComeAndGo()
{
    GrantPlan plan({app(1, {1}), app(2, {1})});
    toggle(plan, {1}, {2});
    toggle(plan, {2}, {1});
    plan.addApp({3}, u"app-3"_s);
    toggle(plan, {3}, {4});
    plan.rebase({app(3, {1})});
    QVERIFY(plan.isAdded({1})); // still wanted, so it has to be added again
    QVERIFY(plan.wanted({1}) == set({2}));
    QVERIFY(!plan.isAdded({2})); // nothing but a removal was wanted, and it is gone
    QVERIFY(!plan.isAdded({3}));
    QVERIFY(plan.wanted({3}) == set({1, 4}));
    QCOMPARE(plan.changes().size(), size_t(2));
}

void TestGrantPlan::rebaseKeepsTheHistoryOfWhatIsAsItWas()
{
    GrantPlan plan({app(1, {1}), app(2, {1, 70}), app(3, {2})});
    toggle(plan, {1}, {2});
    plan.removeApp({2});
    plan.addApp({4}, u"app-4"_s);
    toggle(plan, {4}, {100});
    toggle(plan, {1}, {1});
    plan.undo();
    plan.undo();                                                                // two steps to redo
    plan.rebase({app(9, {300}), app(3, {2, 5}), app(2, {70, 1}), app(1, {1})}); // in another order
    QCOMPARE(plan.changes().size(), size_t(3));
    QVERIFY(plan.canRedo());
    plan.redo();
    QVERIFY(plan.wanted({4}) == set({100}));
    plan.redo();
    QVERIFY(plan.wanted({1}) == set({2}));
    for (int step = 0; step < 3; ++step)
        plan.undo();
    QVERIFY(!plan.hasApp({4}));
    plan.undo();
    QVERIFY(plan.wanted({2}) == set({1, 70}));
    plan.undo();
    QVERIFY(plan.isEmpty());
    QVERIFY(!plan.canUndo());
    QVERIFY(plan.granted({9}) == set({300}));
    for (int step = 0; step < 5; ++step)
        plan.redo();
    QVERIFY(!plan.canRedo());
    QVERIFY(plan.isRemoved({2}));
    QVERIFY(plan.wanted({4}) == set({100}));
    QVERIFY(plan.wanted({1}) == set({2}));
    QVERIFY(plan.wanted({3}) == set({2, 5}));
}

void TestGrantPlan::rebaseEndsTheHistoryOfWhatIsNot()
{
    const auto staged = [] {
        GrantPlan plan({app(1, {1}), app(2, {1})});
        toggle(plan, {1}, {2});
        plan.addApp({3}, u"app-3"_s);
        plan.undo();
        return plan;
    };
    const std::vector<std::vector<ClientApp>> others{{app(1, {1, 5}), app(2, {1})}, // someone granted another
                                                     {app(2, {1})},                 // it is gone
                                                     {app(1, {1}), app(2, {1}), app(3, {})}}; // it was added
    for (const auto &now : others) {
        GrantPlan plan = staged();
        plan.rebase(now);
        QVERIFY(!plan.canUndo());
        QVERIFY(!plan.canRedo());
    }
    GrantPlan plan = staged();
    plan.rebase({app(1, {1}), app(2, {})}); // not of it
    QVERIFY(plan.canUndo());
    QVERIFY(plan.canRedo());
}

void TestGrantPlan::tellsHowATenantStandsToAChange()
{
    const GrantChange update{.app = {1}, .before = set({10}), .after = set({10, 11})};
    QCOMPARE(standing(update, set({10})), Standing::AsLoaded);
    const std::vector<ClientApp> now{app(2, {10}), app(1, {10, 11})};
    const ClientAppIndex index(now);
    QVERIFY(!index.scopesOf({3}));
    QCOMPARE(standing(update, index.scopesOf({1})), Standing::AsWanted);
    QCOMPARE(standing(update, set({12})), Standing::Changed);
    QCOMPARE(standing(update, std::nullopt), Standing::Changed);

    const GrantChange add{.action = GrantAction::AddClientApp, .app = {1}, .after = set({10})};
    QCOMPARE(standing(add, std::nullopt), Standing::AsLoaded);
    QCOMPARE(standing(add, set({10})), Standing::AsWanted);
    QCOMPARE(standing(add, set({})), Standing::Changed);

    const GrantChange remove{.action = GrantAction::RemoveClientApp, .app = {1}, .before = set({10})};
    QCOMPARE(standing(remove, set({10})), Standing::AsLoaded);
    QCOMPARE(standing(remove, std::nullopt), Standing::AsWanted);
    QCOMPARE(standing(remove, set({10, 11})), Standing::Changed);
}

void TestGrantPlan::scopesThatTheServerDoesNotListAreNotLost()
{
    GrantPlan plan({app(1, {1, 777}), app(2, {1})});
    const BitRow listed = plan.columnsOf({{1}, {2}});
    QVERIFY(plan.edit({{.rows = {0, 1}, .scopes = listed, .edit = GrantEdit::Revoke}}));
    QVERIFY(plan.wanted({1}) == set({777}));
    QVERIFY(plan.edit({{.rows = {0, 1}, .scopes = listed, .edit = GrantEdit::Grant}}));
    QVERIFY(plan.wanted({1}) == set({1, 2, 777}));
    QVERIFY(plan.wanted({2}) == set({1, 2}));
    QVERIFY(plan.changes().at(0).after == set({1, 2, 777}));
}

void TestGrantPlan::countsAWidthOfManyScopes()
{
    GrantPlan plan({app(1, {1}), app(2, {})});
    toggle(plan, {2}, {1});
    ScopeSet many;
    for (qint64 scope = 1; scope <= 200; ++scope)
        many.insert({scope});
    QVERIFY(plan.setWanted({1}, many)); // wider than the step before
    QCOMPARE(plan.totals().added, 200);
    QCOMPARE(plan.wantedCount({200}), 1);
    plan.undo();
    plan.undo();
    QVERIFY(plan.isEmpty());
    plan.redo();
    plan.redo();
    QVERIFY(plan.wanted({1}) == many);
    QVERIFY(plan.wanted({2}) == set({1}));
    plan.rebase({app(1, {1, 500}), app(2, {1})});
    many.insert({500});
    QVERIFY(plan.wanted({1}) == many);
    QCOMPARE(plan.totals().apps, 1);
}

void TestGrantPlan::editsBlocksInOneStep()
{
    GrantPlan plan({app(1, {1}), app(2, {2}), app(3, {})});
    const BitRow first = plan.columnsOf({{1}});
    const BitRow second = plan.columnsOf({{2}});
    QVERIFY(plan.edit({{.rows = {0, 1}, .scopes = second}, {.rows = {1, 2}, .scopes = first}}));
    QCOMPARE(plan.totals().added, 3);
    QVERIFY(!plan.edit({{.rows = {0}, .scopes = second, .edit = GrantEdit::Grant}}));
    QVERIFY(plan.edit({{.rows = {1}, .scopes = first, .edit = GrantEdit::AsLoaded}}));
    QVERIFY(plan.wanted({2}) == set({2}));
    plan.undo();
    plan.undo();
    QVERIFY(plan.isEmpty());
    QVERIFY(!plan.canUndo());
}

void TestGrantPlan::keepsAnAppWhoseRemovalIsDropped()
{
    GrantPlan plan({app(1, {1, 2})});
    plan.removeApp({1});
    const BitRow first = plan.columnsOf({{1}});
    QVERIFY(
        !plan.edit({{.rows = {0}, .scopes = first, .edit = GrantEdit::Revoke}})); // nothing is left to revoke
    QVERIFY(plan.isRemoved({1}));
    QVERIFY(plan.edit({{.rows = {0}, .scopes = first, .edit = GrantEdit::AsLoaded}}));
    QVERIFY(plan.isEmpty());
}

void TestGrantPlan::addsAppsWithTheScopesOfAnother()
{
    GrantPlan plan({app(1, {1, 2})});
    QVERIFY(plan.addApps({{AppId{5}, u"five"_s}, {AppId{6}, u"six"_s}, {AppId{1}, u"there"_s}},
                         plan.wanted({1})));
    QCOMPARE(plan.totals().apps, 2);
    QVERIFY(plan.wanted({5}) == set({1, 2}));
    QVERIFY(plan.removeApps({{5}, {1}}));
    QVERIFY(!plan.hasApp({5}));
    QVERIFY(plan.isRemoved({1}));
    plan.undo();
    QVERIFY(plan.hasApp({5}));
    plan.undo();
    QVERIFY(plan.isEmpty());
    QCOMPARE(plan.appCount(), 1);
}

void TestGrantPlan::readsAnAnswerAsRecordsWould()
{
    const auto json = parseJson(R"([{"app_id":7,"name":"zeta","scopes":[{"id":2},{"id":"9"}]},
        {"app_id":3,"name":"Alpha","scopes":[]}])");
    const Result<ClientAppTable> table = ClientAppTable::read(*json);
    QVERIFY(table);
    QCOMPARE(table->size(), size_t(2));
    QCOMPARE(table->nameAt(table->byName().front()), u"Alpha"_s);
    QVERIFY(GrantPlan(*table).granted({7}) == set({2, 9}));
    const Result<ClientAppTable> wrong =
        ClientAppTable::read(*parseJson(R"([{"app_id":7,"name":"zeta","scopes":[{"id":true}]}])"));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, ErrorKind::NotUnderstood);
    QVERIFY2(wrong.error().detail.contains("scopes[0].id"_L1), qPrintable(wrong.error().detail));
}

QTEST_GUILESS_MAIN(TestGrantPlan)
#include "tst_grantplan.moc"
