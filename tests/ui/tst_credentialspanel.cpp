// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/credentialsdesktest.h"

#include "credentials/credentialdetail.h"
#include "credentials/hygieneview.h"
#include "credentials/stepdelegate.h"
#include "style/icons.h"
#include "widgets/emptystate.h"
#include "widgets/filterfield.h"
#include "widgets/segmentedcontrol.h"

#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableView>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The panel as a whole: what it filters, how it fits, how it keeps still.
class CredentialsPanelTest : public CredentialsDeskTest
{
    Q_OBJECT

private slots:
    void whatMatchesNothingQuotesTheFilter();
    void noSegmentIsCutInTheNarrowWindow();
    void theWayBackPointsBack();
    void aMenuButtonIsQuietOnceItsMenuIsClosed();
    void theSelectedRowStaysInSightUnderABanner();
    void keysOfTheListActOnThePair();
    void oneTurnReloadsOnce();
    void aCheckedLevelIsKept();
    void aCheckedLevelIsRecorded();
    void callsLeftAreThoseOfTheAccount();
    void hygieneKeepsTheSelectedPairAndEscLeavesIt();
    void whatWasProvenAgesOnScreen();
    void namesAreSortedAsAPersonDoes();

private:
    QString nothing() const
    {
        auto *state = shown<EmptyState>(*m_desk->panel, u"emptyState"_s);
        return state ? state->accessibleDescription() : QString();
    }
    QTableView *findings() const { return shown<QTableView>(*m_desk->panel, u"hygiene.table"_s); }
    void takeStep(int row) const
    {
        const QModelIndex index = findings()->model()->index(row, 2);
        const QRect button = StepDelegate::buttonRect(findings()->visualRect(index), index.data().toString(),
                                                      findings()->layoutDirection());
        QTest::mouseClick(findings()->viewport(), Qt::LeftButton, {}, button.center());
    }
};

void CredentialsPanelTest::whatMatchesNothingQuotesTheFilter()
{
    openAs();
    auto *filter = shown<FilterField>(*m_desk->panel, u"credentials.filter"_s);
    filter->setFocus();
    QTest::keyClicks(filter, u"payroll"_s);
    QCOMPARE(nothing(), u"No credential matches “payroll”."_s);
    QTest::mouseClick(shown<QRadioButton>(*m_desk->panel, u"segment3"_s), Qt::LeftButton);
    QCOMPARE(nothing(), u"No credential in the group “Disabled” matches “payroll”."_s);
    QTest::keyClick(filter, Qt::Key_Escape);
    QCOMPARE(nothing(), u"No credential is in the group “Disabled”."_s);
    QVERIFY(m_desk->press(u"credentials.clearFilter"_s));
    QTRY_VERIFY(shown(*m_desk->panel, u"credentials.list"_s));
}

void CredentialsPanelTest::noSegmentIsCutInTheNarrowWindow()
{
    openAs();
    m_desk->panel->resize(664, 400); // 720 less the rail
    QVERIFY(m_desk->panel->minimumSizeHint().width() <= 664);
    for (int i = 0; i < 4; ++i) {
        const auto *segment = shown<QRadioButton>(*m_desk->panel, u"segment%1"_s.arg(i));
        QTRY_VERIFY(segment->width() >= segment->minimumSizeHint().width());
    }
    SegmentedControl narrow(u"Which"_s);
    narrow.addSegment(u"All"_s, 9);
    narrow.addSegment(u"Needs attention"_s, 1, u"Attention"_s);
    narrow.resize(narrow.sizeHint());
    narrow.show();
    auto *attention = shown<QRadioButton>(narrow, u"segment1"_s);
    QVERIFY(attention->toolTip().isEmpty()); // there is room for all of it
    narrow.resize(narrow.minimumSizeHint());
    QTRY_COMPARE(attention->toolTip(), u"Needs attention"_s);
    QCOMPARE(attention->accessibleName(), u"Needs attention, 1"_s);
}

void CredentialsPanelTest::theWayBackPointsBack()
{
    openAs();
    m_desk->panel->resize(664, 400);
    QTest::keyClick(m_desk->list(), Qt::Key_Return);
    auto *back = shown<QToolButton>(*m_desk->panel, u"credential.back"_s);
    QTRY_VERIFY((back = shown<QToolButton>(*m_desk->panel, u"credential.back"_s)));
    QCOMPARE(back->arrowType(), Qt::LeftArrow);
    const QImage image = back->grab().toImage();
    back->setArrowType(Qt::RightArrow);
    QVERIFY(back->grab().toImage() != image);
    QVERIFY(m_desk->press(u"credential.back"_s));
    QTRY_VERIFY(shown(*m_desk->panel, u"credentials.list"_s));
}

void CredentialsPanelTest::aMenuButtonIsQuietOnceItsMenuIsClosed()
{
    openAs();
    auto *more = shown<QToolButton>(*m_desk->panel, u"credential.more"_s);
    QEnterEvent enter({5, 5}, {5, 5}, {5, 5});
    QCoreApplication::sendEvent(more, &enter);
    QVERIFY(more->underMouse());
    QCursor::setPos(m_desk->panel->mapToGlobal(QPoint(20, 20))); // where something in the menu was chosen
    QVERIFY(!pick(*m_desk->panel, u"credential.more"_s, u"nothing"_s));
    QTRY_VERIFY(!more->underMouse());
}

void CredentialsPanelTest::theSelectedRowStaysInSightUnderABanner()
{
    openAs();
    for (int i = 0; i < 12; ++i) {
        const CredentialDraft draft{.tenant = m_desk->tenant.tenant.id,
                                    .name = u"service-%1"_s.arg(i + 10),
                                    .clientId = u"0a%1"_s.arg(i)};
        QVERIFY_OK(waitFor<ApiCredential>(
            [&](auto k) { m_desk->tenant.credentials->add(draft, Secret::fromText(u"secret-1"_s), k); }));
    }
    m_desk->panel->resize(1052, 480);
    QTRY_VERIFY(!m_desk->stateOf(u"service-21"_s).isEmpty());
    QTreeView *list = m_desk->list();
    QVERIFY(m_desk->select(u"service-14"_s));
    list->scrollTo(list->currentIndex(), QAbstractItemView::PositionAtBottom);
    const auto isInSight = [list] {
        return list->viewport()->rect().contains(list->visualRect(list->currentIndex()));
    };
    QVERIFY(isInSight());
    const int before = list->height();
    m_desk->banner().showMessage(MessageBanner::Kind::Warn, u"Something was seen."_s);
    QTRY_VERIFY(list->height() < before);
    QVERIFY(isInSight());
}

void CredentialsPanelTest::keysOfTheListActOnThePair()
{
    openAs();
    m_desk->panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_desk->panel.get()));
    m_desk->list()->setFocus();
    QTest::keyClick(m_desk->list(), Qt::Key_Delete);
    QTRY_VERIFY(m_desk->dialog<ConfirmDialog>());
    QTest::keyClick(m_desk->dialog<ConfirmDialog>(), Qt::Key_Escape);
    QTRY_VERIFY(!m_desk->dialog<ConfirmDialog>());
    auto *filter = shown<FilterField>(*m_desk->panel, u"credentials.filter"_s);
    filter->setFocus();
    QTest::keyClick(filter, Qt::Key_Delete); // what is typed there is no key of the list
    QVERIFY(!m_desk->dialog<ConfirmDialog>());
}

void CredentialsPanelTest::oneTurnReloadsOnce()
{
    openAs();
    const ApiCredential pair = m_desk->tenant.rows().front();
    QCoreApplication::sendPostedEvents();
    int reloads = 0;
    connect(m_desk->list()->model(), &QAbstractItemModel::dataChanged, this,
            [&](const QModelIndex &, const QModelIndex &, const QList<int> &roles) {
                reloads += roles.isEmpty() ? 1 : 0; // the clock tells its roles
            });
    for (int i = 0; i < 5; ++i)
        QVERIFY_OK(m_desk->tenant.credentials->markUsed(pair.id, QDateTime::currentDateTimeUtc(),
                                                        CredentialProblem::None));
    QCOMPARE(reloads, 0);
    QTRY_COMPARE(reloads, 1);
}

void CredentialsPanelTest::aCheckedLevelIsKept()
{
    openAs(TenantType::Sandbox, ScopeLevel::ManageAll);
    // A tenant that lets the pair do everything.
    m_desk->tenant.proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
        if (arrival.target.startsWith("/auth/oauth2"))
            return forward(arrival);
        return FaultServer::answer(arrival.method == "GET" ? 200 : 400, "[]");
    });
    QVERIFY(m_desk->press(u"credentials.hygiene"_s));
    QTRY_COMPARE(findings()->model()->rowCount(), 1);
    takeStep(0);
    QTRY_VERIFY2(said().startsWith(u"directory-sync may do everything."_s), qPrintable(said()));
    QTRY_VERIFY(shown<QPushButton>(*m_desk->panel, u"level.rotate"_s));
    QVERIFY(m_desk->press(u"level.keep"_s));
    QTRY_COMPARE(m_desk->panel->findChild<QTableView *>(u"hygiene.table"_s)->model()->rowCount(), 0);
    QVERIFY(!m_desk->banner().isVisible());

    QVERIFY(m_desk->restart()); // it is remembered
    QCOMPARE(shown<QPushButton>(*m_desk->panel, u"credentials.hygiene"_s)->text(), u"Hygiene"_s);
}

void CredentialsPanelTest::aCheckedLevelIsRecorded()
{
    openAs(TenantType::Sandbox, ScopeLevel::ManageAll); // which it has not
    QVERIFY(m_desk->press(u"credentials.hygiene"_s));
    QTRY_COMPARE(findings()->model()->rowCount(), 1);
    takeStep(0);
    QTRY_COMPARE(said(), u"directory-sync has another level than is recorded."_s);
    QVERIFY(m_desk->press(u"level.record"_s));
    QTRY_VERIFY2(said().startsWith(u"directory-sync is recorded with the level"_s), qPrintable(said()));
    QTRY_COMPARE(m_desk->panel->findChild<QTableView *>(u"hygiene.table"_s)->model()->rowCount(), 0);
}

void CredentialsPanelTest::callsLeftAreThoseOfTheAccount()
{
    openAs(TenantType::Sandbox, ScopeLevel::ManageUsers);
    QVERIFY(m_desk->press(u"token.get"_s));
    QTRY_VERIFY(shown<QLabel>(*m_desk->panel, u"token.calls"_s));
    QVERIFY(m_desk->tenant.adopt(u"billing-service").id.isValid());
    const ApiCredential other = m_desk->tenant.rows().front();
    QCOMPARE(other.name, u"billing-service"_s);
    QVERIFY_OK(m_desk->tenant.token(other));
    // Somebody else counts later than the pair that is shown.
    const auto counted =
        waitFor<RateLimit>([&](auto k) { m_desk->tenant.session->tokenSource(other).rateLimit(k); });
    QVERIFY_OK(counted);
    const QString left =
        QLocale().toString(counted->remaining) + u" of "_s + QLocale().toString(counted->limit);
    QTRY_VERIFY2(shown<QLabel>(*m_desk->panel, u"token.calls"_s)->text().startsWith(left), qPrintable(left));
    QCOMPARE(m_desk->tenant.session->callsLeft()->remaining, counted->remaining);
}

void CredentialsPanelTest::hygieneKeepsTheSelectedPairAndEscLeavesIt()
{
    openAs();
    adoptAnother(); // it has no note: a finding, and the first in both lists
    QVERIFY(m_desk->select(u"directory-sync"_s));
    m_desk->panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_desk->panel.get()));
    QVERIFY(m_desk->press(u"credentials.hygiene"_s));
    QTRY_VERIFY(findings());
    QTRY_VERIFY(findings()->hasFocus());
    QCOMPARE(text(u"credential.name"_s), u"directory-sync"_s);
    QTest::keyClick(findings(), Qt::Key_Escape);
    QVERIFY(!findings());
    QCOMPARE(text(u"credential.name"_s), u"directory-sync"_s);
    QVERIFY(m_desk->list()->hasFocus());
    QCOMPARE(m_desk->list()->currentIndex().siblingAtColumn(CredentialModel::Name).data().toString(),
             u"directory-sync"_s);
    QVERIFY(m_desk->select(u"billing-service"_s));
    QVERIFY(m_desk->press(u"credentials.hygiene"_s));
    QVERIFY(findings()->selectionModel()->isRowSelected(0)); // which is its own
}

void CredentialsPanelTest::whatWasProvenAgesOnScreen()
{
    openAs();
    const ApiCredential pair = m_desk->tenant.rows().front();
    QVERIFY_OK(m_desk->tenant.token(pair));
    QTRY_VERIFY(text(u"credential.proof"_s).startsWith(u"Proved just now"_s));
    m_desk->tenant.clock.advance(std::chrono::minutes(4));
    QTRY_VERIFY2(text(u"credential.proof"_s).startsWith(u"Proved 4"_s),
                 qPrintable(text(u"credential.proof"_s)));
}

void CredentialsPanelTest::namesAreSortedAsAPersonDoes()
{
    openAs();
    for (const QString &name : {u"job-10"_s, u"Job-2"_s, u"audit"_s})
        QVERIFY_OK(waitFor<ApiCredential>([&](auto k) {
            m_desk->tenant.credentials->add(
                {.tenant = m_desk->tenant.tenant.id, .name = name, .clientId = name},
                Secret::fromText(u"secret-1"_s), k);
        }));
    QTRY_VERIFY(!m_desk->stateOf(u"audit"_s).isEmpty());
    const QAbstractItemModel *model = m_desk->list()->model();
    QStringList names;
    const QModelIndex group = model->index(0, 0);
    for (int row = 0; row < model->rowCount(group); ++row)
        names.append(model->index(row, CredentialModel::Name, group).data().toString());
    QCOMPARE(names, QStringList({u"audit"_s, u"directory-sync"_s, u"Job-2"_s, u"job-10"_s}));
}

QTEST_MAIN(CredentialsPanelTest)
#include "moc_credentialsdesktest.cpp"
#include "tst_credentialspanel.moc"
