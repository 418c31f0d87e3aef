// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grantgridmodel.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr ScopeId kRead{1};
constexpr ScopeId kWrite{2};
constexpr ScopeId kVoid{3};
constexpr AppId kBilling{11};
constexpr AppId kGateway{12};
constexpr AppId kIdle{13};

std::vector<Scope> scopes()
{
    return {{kRead, u"read:invoices"_s, u"List invoices"_s},
            {kWrite, u"write:invoices"_s, u"Change invoices"_s},
            {kVoid, u"void:invoices"_s, u"Cancel an issued invoice"_s}};
}

GrantPlan loadedPlan()
{
    return GrantPlan({{kGateway, u"partner-gateway"_s, {kRead, kVoid}},
                      {kBilling, u"billing-service"_s, {kRead, kWrite}},
                      {kIdle, u"ci-smoke-tests"_s, {}}});
}

} // namespace

class TestGrantGridModel : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_plan = loadedPlan();
        m_model = std::make_unique<GrantGridModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
        m_model->setPlan(&m_plan, scopes());
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void listsClientAppsByName()
    {
        QStringList names;
        for (int row = 0; row < m_model->rowCount(); ++row)
            names.append(m_model->headerData(row, Qt::Vertical).toString());
        QCOMPARE(names, QStringList({u"billing-service"_s, u"ci-smoke-tests"_s, u"partner-gateway"_s}));
        QCOMPARE(m_model->columnCount(), 3);
    }

    void aFilterThatHidesNothingResetsNothing()
    {
        const QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
        m_model->setAppFilter(u"e"_s);
        m_model->setScopeFilter(u"invoices"_s);
        QCOMPARE(resets.size(), 0);
        m_model->setAppFilter(u"billing"_s);
        QCOMPARE(resets.size(), 1);
        QCOMPARE(m_model->rowCount(), 1);
        const QSignalSpy news(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->setWritable(true);
        QCOMPARE(news.size(), 0);
        m_model->setWritable(false);
        QCOMPARE(news.size(), 1); // the cells' flags
        QCOMPARE(resets.size(), 1);
    }

    void saysEveryStateInASentence()
    {
        m_plan.setWanted(kGateway, {kRead, kWrite});
        m_model->refresh();
        const auto text = [this](AppId app, ScopeId scope) {
            return cell(app, scope).data(Qt::AccessibleTextRole).toString();
        };
        QCOMPARE(text(kGateway, kVoid), u"partner-gateway, void:invoices, granted, pending revoke"_s);
        QCOMPARE(text(kGateway, kWrite), u"partner-gateway, write:invoices, not granted, pending grant"_s);
        QCOMPARE(text(kGateway, kRead), u"partner-gateway, read:invoices, granted"_s);
        QCOMPARE(text(kIdle, kRead), u"ci-smoke-tests, read:invoices, not granted"_s);
        m_model->setMarks({{{kIdle, kRead}, CellMark::Sending}});
        QCOMPARE(text(kIdle, kRead), u"ci-smoke-tests, read:invoices, being sent"_s);
        m_model->setMarks({{{kIdle, kRead}, CellMark::NotStored}});
        QCOMPARE(text(kIdle, kRead), u"ci-smoke-tests, read:invoices, not stored"_s);
        m_model->removeApps({kGateway});
        QCOMPARE(text(kGateway, kRead),
                 u"partner-gateway, read:invoices, granted, pending removal of the app"_s);
    }

    void checkStateIsTheWantedOne()
    {
        const QModelIndex voided = cell(kGateway, kVoid);
        QVERIFY(voided.flags() & Qt::ItemIsUserCheckable);
        QCOMPARE(voided.data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
        QVERIFY(m_model->setData(voided, Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(voided.data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        QCOMPARE(m_plan.state(kGateway, kVoid), GrantState::PendingRemove);
    }

    void aSelectionIsAddedUnlessAllOfItIsGranted()
    {
        m_model->toggle(cells({cell(kGateway, kWrite), cell(kGateway, kRead), cell(kBilling, kVoid)}));
        QCOMPARE(m_plan.wanted(kGateway), ScopeSet({kRead, kWrite, kVoid}));
        QCOMPARE(m_plan.wanted(kBilling), ScopeSet({kRead, kWrite, kVoid}));
        QCOMPARE(m_model->addCount(), 2);
        m_model->toggle(cells({cell(kGateway, kWrite), cell(kGateway, kRead), cell(kBilling, kVoid)}));
        QCOMPARE(m_plan.wanted(kGateway), ScopeSet({kVoid}));
        m_model->undo();
        m_model->undo();
        QVERIFY2(m_plan.isEmpty(), "each toggle is one undo step");
    }

    void droppingLeavesWhatWasNotSelected()
    {
        m_model->toggle(cells({cell(kIdle, kRead), cell(kIdle, kWrite)}));
        m_model->dropPending(cells({cell(kIdle, kRead), cell(kBilling, kRead)}));
        QCOMPARE(m_plan.wanted(kIdle), ScopeSet({kWrite}));
        QCOMPARE(m_plan.wanted(kBilling), ScopeSet({kRead, kWrite}));
    }

    void headersCountAsLoadedAndAsWanted()
    {
        m_model->toggle(cells({cell(kIdle, kRead)}));
        const int column = m_model->columnOf(kRead);
        QCOMPARE(m_model->headerData(column, Qt::Horizontal, GrantGridModel::LoadedCountRole).toInt(), 2);
        QCOMPARE(m_model->headerData(column, Qt::Horizontal, GrantGridModel::WantedCountRole).toInt(), 3);
        const int row = m_model->rowOf(kIdle);
        QCOMPARE(m_model->headerData(row, Qt::Vertical, Qt::AccessibleTextRole).toString(),
                 u"ci-smoke-tests, 0 of 3 scopes, then 1"_s);
    }

    void filtersByAppScopeDifferenceAndPending()
    {
        m_model->setAppFilter(u"BILL"_s);
        QCOMPARE(m_model->rowCount(), 1);
        m_model->setAppFilter({});
        m_model->setScopeFilter(u"cancel"_s); // the description counts too
        QCOMPARE(m_model->columnCount(), 1);
        QCOMPARE(m_model->scopeAt(0).id, kVoid);
        m_model->setScopeFilter({});
        m_model->editScopes({kIdle}, {kRead}, GrantEdit::Grant);
        m_model->setShow(GrantGridModel::Show::Differences);
        QCOMPARE(m_model->columnOf(kRead), -1); // everybody has it now
        QCOMPARE(m_model->columnCount(), 2);
        m_model->setShow(GrantGridModel::Show::Pending);
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(m_model->appAt(0).id, kIdle);
        m_model->undo();
        QCOMPARE(m_model->rowCount(), 0);
    }

    void addedAndRemovedAppsAreRows()
    {
        m_model->addApps({{AppId{20}, u"audit-export"_s}});
        QCOMPARE(m_model->rowOf(AppId{20}), 0);
        QVERIFY(m_model->headerData(0, Qt::Vertical, GrantGridModel::AddedRole).toBool());
        QCOMPARE(m_model->changeCount(), 1);
        m_model->removeApps({kGateway});
        QVERIFY(m_model->headerData(m_model->rowOf(kGateway), Qt::Vertical, GrantGridModel::RemovedRole)
                    .toBool());
        QCOMPARE(m_model->removeCount(), 2);
        m_model->discard();
        QCOMPARE(m_model->rowOf(AppId{20}), -1);
        QCOMPARE(m_model->changeCount(), 0);
    }

    void refusesEditsWhileReadOnly()
    {
        m_model->setWritable(false);
        QVERIFY(!(cell(kGateway, kVoid).flags() & Qt::ItemIsUserCheckable));
        QVERIFY(!m_model->setData(cell(kGateway, kVoid), Qt::Unchecked, Qt::CheckStateRole));
        m_model->toggle(cells({cell(kGateway, kVoid)}));
        m_model->removeApps({kGateway});
        QVERIFY(m_plan.isEmpty());
    }

    void sortsByNameOrByScopesAndLeavesARowThatIsEdited()
    {
        const auto order = [this] {
            QStringList names;
            for (int row = 0; row < m_model->rowCount(); ++row)
                names.append(m_model->appAt(row).name);
            return names;
        };
        m_model->sortBy(GrantGridModel::Sort::Name, true);
        QCOMPARE(order(), QStringList({u"partner-gateway"_s, u"ci-smoke-tests"_s, u"billing-service"_s}));
        m_model->sortBy(GrantGridModel::Sort::Scopes, true);
        const QStringList byScopes{u"billing-service"_s, u"partner-gateway"_s, u"ci-smoke-tests"_s};
        QCOMPARE(order(), byScopes);
        m_model->editAllScopes({kIdle}, GrantEdit::Grant); // it has the most now
        QCOMPARE(order(), byScopes);
        m_model->sortBy(GrantGridModel::Sort::Scopes, true);
        QCOMPARE(order().front(), u"ci-smoke-tests"_s);
        m_model->sortBy(GrantGridModel::Sort::Name, false);
        QCOMPARE(order().front(), u"billing-service"_s);
    }

    void findsAnAppByTheBeginningOfItsName()
    {
        QCOMPARE(m_model->findApp(u"P"_s, 0), 2);
        QCOMPARE(m_model->findApp(u"b"_s, 1), 0);
        QCOMPARE(m_model->findApp(u"nobody"_s, 0), -1);
    }

    void copiesGrantsButNotWhatTheServerDoesNotList()
    {
        m_plan.rebase({{kGateway, u"partner-gateway"_s, {kRead, kVoid, ScopeId{99}}},
                       {kBilling, u"billing-service"_s, {kWrite}},
                       {kIdle, u"ci-smoke-tests"_s, {ScopeId{98}}}});
        m_model->refresh();
        m_model->copyGrants(kGateway, {kBilling, kIdle});
        QCOMPARE(m_plan.wanted(kBilling), ScopeSet({kRead, kVoid}));
        QCOMPARE(m_plan.wanted(kIdle), ScopeSet({kRead, kVoid, ScopeId{98}}));
        m_model->undo();
        QVERIFY2(m_plan.isEmpty(), "one step");
        m_model->addApps({{AppId{20}, u"audit-export"_s}, {AppId{21}, u"audit-import"_s}}, kGateway);
        QCOMPARE(m_plan.wanted(AppId{21}), ScopeSet({kRead, kVoid}));
        m_model->revokeFromAll(kRead);
        QCOMPARE(m_plan.wantedCount(kRead), 0);
    }

    void aReloadedPlanMayHaveOtherRows()
    {
        m_model->sortBy(GrantGridModel::Sort::Name, false);
        m_plan.rebase({{kIdle, u"ci-smoke-tests"_s, {kWrite}}});
        m_model->refresh();
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(m_model->idAt(0), kIdle);
        QCOMPARE(
            m_model->headerData(m_model->columnOf(kWrite), Qt::Horizontal, GrantGridModel::WantedCountRole)
                .toInt(),
            1);
    }

    void anEditKeepsPersistentIndexes()
    {
        const QPersistentModelIndex voided = cell(kGateway, kVoid);
        QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
        m_model->toggle(cells({cell(kBilling, kVoid)}));
        QCOMPARE(resets.size(), 0);
        QVERIFY(voided.isValid());
    }

private:
    static QItemSelection cells(const QModelIndexList &list)
    {
        QItemSelection selection;
        for (const QModelIndex &each : list)
            selection.select(each, each);
        return selection;
    }
    QModelIndex cell(AppId app, ScopeId scope) const
    {
        return m_model->index(m_model->rowOf(app), m_model->columnOf(scope));
    }

    GrantPlan m_plan;
    std::unique_ptr<GrantGridModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestGrantGridModel)
#include "tst_grantgridmodel.moc"
