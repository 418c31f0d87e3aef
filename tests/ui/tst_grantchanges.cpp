// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/authserverspanel.h"
#include "authservers/changedetail.h"
#include "authservers/changespage.h"
#include "authservers/grantgridview.h"
#include "authservers/grantspage.h"
#include "authservers/interruptedchanges.h"
#include "authservers/reviewcards.h"
#include "authservers/reviewdialog.h"
#include "grants/grantjournal.h"
#include "models/itemroles.h"
#include "onelogin/authserversapi.h"
#include "style/latchkeystyle.h"
#include "support/qtest_result.h"
#include "translations.h"
#include "ui/opensandbox.h"
#include "ui/stagegrants.h"
#include "ui/testclipboard.h"
#include "ui/visibletexts.h"
#include "widgets/confirmdialog.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/statebadge.h"

#include <QAbstractItemModelTester>
#include <QListView>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The Changes tab and the notice of interrupted changes, in the panel, at a sandbox.
class TestGrantChanges : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s)); }
    void cleanup()
    {
        m_panel.reset();
        m_sandbox.reset();
    }

    void saysThatThereAreNoneYet()
    {
        QVERIFY_OK(open());
        showTab();
        QTRY_VERIFY(visibleTexts(*m_panel).contains(u"No changes yet"_s));
    }

    void listsTheNewestFirstWithWhatBecameOfEach()
    {
        QVERIFY_OK(open());
        writeDown(m_invoices, change(u"billing-service"_s, u"read:invoices"_s), JournalState::Proven);
        writeDown(m_invoices, change(u"portal-web"_s, u"void:invoices"_s), JournalState::NotStored);
        writeDown(m_orders, change(u"portal-web"_s, u"void:invoices"_s), JournalState::Proven);
        showPanel();
        showTab();
        const QAbstractItemModelTester tester(table()->model());
        QCOMPARE(table()->model()->rowCount(), 2); // of this server
        QCOMPARE(text(0, 3), u"0 of 1 app verified"_s);
        QCOMPARE(text(1, 3), u"All verified"_s);
        QCOMPARE(table()->model()->index(0, 0).data(SubtitleRole).toString(), u"grants-admin"_s);
        QCOMPARE(table()->model()->headerData(2, Qt::Horizontal).toString(), u"Apps"_s);
        QCOMPARE(text(0, 2), u"1"_s);
        QTRY_VERIFY(visibleTexts(*m_panel).contains(u"0 of 1 change is stored"_s));
        QVERIFY(text(0, 0).startsWith(u"Today"_s));
        QCOMPARE(cards().size(), 1);
        QTRY_VERIFY(visibleTexts(*m_panel).contains(u"void:invoices"_s));
        QTRY_VERIFY(visibleTexts(*m_panel).contains(u"The tenant said no."_s));
        QTest::keyClick(table(), Qt::Key_Down);
        QTRY_VERIFY(visibleTexts(*m_panel).contains(u"read:invoices"_s));
        QTRY_VERIFY(visibleTexts(*m_panel).contains(u"1 verified"_s));

        find<SegmentedControl>(u"whichChanges"_s)->setCurrentIndex(1);
        QCOMPARE(table()->model()->rowCount(), 3);
        QCOMPARE(text(0, 1), u"Orders API"_s);
        table()->setCurrentIndex(table()->model()->index(0, 0));
        QVERIFY(!button(u"changeUndo"_s)->isVisible()); // of another server
        QCOMPARE(button(u"changeOpenServer"_s)->text(), u"Open Orders API"_s);
        QTest::mouseClick(button(u"changeOpenServer"_s), Qt::LeftButton);
        QTRY_VERIFY(button(u"changeUndo"_s)->isVisible());
        QTRY_VERIFY(button(u"changeUndo"_s)->isEnabled()); // once its grants are read
    }

    void takesAnApplyBack()
    {
        QVERIFY_OK(open());
        showPanel();
        const AppId app = appNamed(u"billing-service"_s).id;
        const ScopeSet before = model().plan()->granted(app);
        QVERIFY(before.size() > 1);
        stageWanted(model(), {{app, {*before.begin()}}});
        QVERIFY(applyAll());
        showTab();
        QCOMPARE(text(0, 3), u"All verified"_s);
        QTest::mouseClick(button(u"changeUndo"_s), Qt::LeftButton);
        auto *dialog = find<ConfirmDialog>(u"undoDialog"_s);
        QVERIFY(dialog);
        QCOMPARE(dialog->windowTitle(), u"Undo changes to Invoices API"_s);
        const auto listed = dialog->findChildren<ReviewCard *>();
        QCOMPARE(listed.size(), 1);
        const auto *counts = listed.front()->findChild<Label *>(u"reviewCounts"_s);
        QTRY_VERIFY(counts->width() >= counts->fontMetrics().horizontalAdvance(counts->text()));
        QVERIFY(listed.front()->change().after == before);
        QCOMPARE(listed.front()->lines().size(), before.size() - 1);
        QVERIFY(std::ranges::all_of(listed.front()->lines(), &ReviewLine::isAdd));
        QCOMPARE(dialog->verbButton()->text(), u"Stage %1 changes"_s.arg(before.size() - 1));
        QVERIFY(dialog->verbButton()->isDefault()); // what is filled is what Enter does
        QTRY_COMPARE(dialog->focusWidget(), dialog->verbButton());
        QTest::mouseClick(dialog->verbButton(), Qt::LeftButton);
        QCOMPARE(find<QTabBar>(u"serverTabs"_s)->currentIndex(), 0);         // staged, and shown
        QTRY_COMPARE(m_panel->focusWidget()->objectName(), u"grantsGrid"_s); // its keys are heard
        QVERIFY(model().plan()->wanted(app) == before);
        QVERIFY(stored(app) != before); // nothing was sent
        QVERIFY(applyAll());
        QVERIFY(stored(app) == before);
        showTab();
        QCOMPARE(table()->model()->rowCount(), 2);
    }

    void theReviewLeadsToItsUndo()
    {
        QVERIFY_OK(open());
        showPanel();
        const AppId app = appNamed(u"billing-service"_s).id;
        const AppId other = appNamed(u"portal-web"_s).id;
        const ScopeSet before = model().plan()->granted(app);
        stageWanted(model(), {{app, {*before.begin()}}});
        ReviewDialog *review = openReview();
        QVERIFY(applyIn(review));
        stageWanted(model(), {{other, {}}}); // pending as what was not stored would be
        QTest::mouseClick(review->findChild<QPushButton *>(u"reviewUndo"_s), Qt::LeftButton);
        QTRY_VERIFY(find<ConfirmDialog>(u"undoDialog"_s));
        auto *dialog = find<ConfirmDialog>(u"undoDialog"_s);
        QVERIFY(dialog->accessibleDescription().contains(u"still pending"_s));
        QTest::mouseClick(dialog->verbButton(), Qt::LeftButton);
        QVERIFY(model().plan()->wanted(app) == before);
        QVERIFY(model().plan()->wanted(other) == model().plan()->granted(other));
        model().undo();
        QVERIFY(model().plan()->wanted(other).empty());
        QVERIFY(stored(app) != before); // nothing was sent
    }

    void theDescriptionsOfAnEntryAreShownWhole()
    {
        QVERIFY_OK(open());
        showPanel();
        const AppId app = appNamed(u"billing-service"_s).id;
        stageWanted(model(), {{app, {*model().plan()->granted(app).begin()}}});
        QVERIFY(applyAll());
        m_panel->resize(836, 600); // as beside the rail
        showTab();
        QTRY_VERIFY(!cards().isEmpty() && cards().front()->isVisible());
        for (const Label *each : cards().front()->findChildren<Label *>(u"reviewDescription"_s)) {
            const int needed = each->fontMetrics().horizontalAdvance(each->text());
            QVERIFY(!each->text().isEmpty());
            QTRY_VERIFY2(each->width() >= needed, qPrintable(each->text()));
        }
        const auto *detail = m_panel->findChild<ChangeDetail *>();
        const int before = detail->width();
        const int list = table()->width();
        m_panel->resize(1100, 600);
        QTRY_VERIFY(detail->width() > before);
        QCOMPARE(table()->width(), list); // which has little to say
    }

    void whatBecameOfAnEntryIsWhollyInSight()
    {
        QVERIFY_OK(open());
        writeDown(m_invoices, change(u"billing-service"_s, u"read:invoices"_s), JournalState::Conflict);
        showPanel();
        showTab();
        QTRY_VERIFY(!cards().isEmpty() && cards().front()->isVisible());
        const auto *scroll = m_panel->findChild<ChangeDetail *>()->findChild<QScrollArea *>();
        QTRY_COMPARE(scroll->horizontalScrollBar()->maximum(), 0);
        const auto *state = m_panel->findChild<Label *>(u"reviewState"_s);
        QCOMPARE(state->text(), u"Changed meanwhile"_s);
        QTRY_COMPARE(state->visibleRegion().boundingRect(), state->rect());
    }

    void saysWhatCannotBeTakenBackExactly()
    {
        QVERIFY_OK(open());
        showPanel();
        GrantChange done = change(u"billing-service"_s, u"read:invoices"_s);
        const ScopeSet now = model().plan()->granted(done.app);
        done.before = now;
        done.before.insert(ScopeId{987654}); // is gone since
        done.after = now;
        writeDown(m_invoices, done, JournalState::Proven);
        showTab();
        QTest::mouseClick(button(u"changeUndo"_s), Qt::LeftButton);
        const auto *banner = find<MessageBanner>(u"changeBanner"_s);
        QVERIFY(banner->isVisible());
        QCOMPARE(banner->sentence(), u"Nothing of this can be taken back."_s);
        QVERIFY2(banner->detail().contains(u"cannot be granted again"_s), qPrintable(banner->detail()));
        QVERIFY(model().plan()->isEmpty());
    }

    void namesLaterChangesBeforeItStages()
    {
        QVERIFY_OK(open());
        showPanel();
        GrantChange done = change(u"billing-service"_s, u"read:invoices"_s);
        const ScopeSet now = model().plan()->granted(done.app);
        done.before = {};
        done.after = {*now.begin()}; // more was granted since
        writeDown(m_invoices, done, JournalState::Proven);
        showTab();
        QTest::mouseClick(button(u"changeUndo"_s), Qt::LeftButton);
        auto *dialog = find<ConfirmDialog>(u"undoDialog"_s);
        QVERIFY(dialog);
        QVERIFY(visibleTexts(*dialog).join(u' ').contains(u"was changed since"_s));
        QTest::mouseClick(dialog->cancelButton(), Qt::LeftButton);
        QVERIFY(model().plan()->isEmpty());
    }

    void stagesNothingOnTopOfWhatIsStaged()
    {
        QVERIFY_OK(open());
        writeDown(m_invoices, change(u"billing-service"_s, u"read:invoices"_s), JournalState::Proven);
        showPanel();
        model().removeApps({appNamed(u"portal-web"_s).id});
        showTab();
        QVERIFY(!button(u"changeUndo"_s)->isEnabled());
        QVERIFY(button(u"changeUndo"_s)->toolTip().contains(u"staged already"_s));
        model().discard();
        QVERIFY(button(u"changeUndo"_s)->isEnabled());
    }

    void aReadOnlyTenantTakesNothingBack()
    {
        QVERIFY_OK(open(true));
        writeDown(m_invoices, change(u"billing-service"_s, u"read:invoices"_s), JournalState::Proven);
        showPanel();
        showTab();
        QVERIFY(!button(u"changeUndo"_s)->isEnabled());
        QVERIFY(button(u"changeUndo"_s)->toolTip().contains(u"read-only"_s));
    }

    void stagesWhatWasNotStored()
    {
        QVERIFY_OK(open());
        showPanel();
        GrantChange left = change(u"billing-service"_s, u"read:invoices"_s);
        left.before = model().plan()->granted(left.app);
        left.after = {};
        writeDown(m_invoices, left, JournalState::Skipped);
        showTab();
        QCOMPARE(text(0, 3), u"Nothing was sent"_s);
        QVERIFY(!button(u"changeUndo"_s)->isVisible());
        QTest::mouseClick(button(u"changeRedo"_s), Qt::LeftButton);
        QTest::mouseClick(find<ConfirmDialog>(u"undoDialog"_s)->verbButton(), Qt::LeftButton);
        QVERIFY(model().plan()->wanted(left.app).empty());
        QVERIFY(applyAll());
        QVERIFY(stored(left.app) == ScopeSet());
    }

    void tellsOfInterruptedChangesAndSettlesThem()
    {
        QVERIFY_OK(open());
        const std::vector<ClientApp> now = read();
        GrantChange isStored = change(u"billing-service"_s, u"read:invoices"_s);
        isStored.after = *ClientAppIndex(now).scopesOf(isStored.app);
        isStored.before = {};
        GrantChange isLost = change(u"portal-web"_s, u"read:invoices"_s);
        isLost.before = *ClientAppIndex(now).scopesOf(isLost.app);
        isLost.after = {};
        const auto entry = journal().begin(head(m_invoices), {isStored, isLost, isLost});
        QVERIFY_OK(entry);
        QVERIFY_OK(journal().append(tenant(), {{.row = entry->rows[0].id, .state = JournalState::Sent},
                                               {.row = entry->rows[1].id, .state = JournalState::Sent}}));
        showPanel();
        const auto *notice = find<MessageBanner>(u"interruptedChanges"_s);
        QVERIFY(notice->isVisible());
        QVERIFY(notice->sentence().startsWith(u"Changes to Invoices API were interrupted"_s));
        QCOMPARE(notice->detail(), u"Of 3 apps: 2 not known, 1 not sent."_s);
        QTest::mouseClick(button(u"showInterrupted"_s), Qt::LeftButton);
        QCOMPARE(find<QTabBar>(u"serverTabs"_s)->currentIndex(), 4);
        QCOMPARE(find<StateBadge>(u"changeOutcome"_s)->text(), u"2 apps not known"_s);
        QTRY_VERIFY(visibleTexts(*m_panel).contains(u"Not known"_s));
        QVERIFY(button(u"changeCheck"_s)->isVisible());

        QTest::mouseClick(button(u"checkInterrupted"_s), Qt::LeftButton);
        QTRY_COMPARE(notice->detail(), u"Of 3 apps: 1 verified, 1 not stored, 1 not sent."_s);
        QTRY_COMPARE(find<StateBadge>(u"changeOutcome"_s)->text(), u"1 of 3 apps verified"_s);
        QVERIFY(!button(u"changeCheck"_s)->isVisible());
        QVERIFY(journal().unfinished(tenant())->empty());
        QVERIFY(read().size() == now.size()); // nothing was sent
    }

    void anEntryThatIsSettledElsewhereDuringACheckTakesNoOtherAlong()
    {
        QVERIFY_OK(open(false, true));
        std::vector<JournalEntry> entries;
        for (const QString &app : {u"billing-service"_s, u"portal-web"_s}) {
            const auto entry = journal().begin(head(m_invoices), {change(app, u"read:invoices"_s)});
            QVERIFY_OK(entry);
            QVERIFY_OK(journal().append(tenant(), {{.row = entry->rows[0].id, .state = JournalState::Sent}}));
            entries.push_back(*entry);
        }
        showPanel();
        QTRY_VERIFY(button(u"checkInterrupted"_s)->isVisible());
        bool isSettled = false;
        m_sandbox->proxy->setScript([&](const Arrival &arrival, const FaultProxy::Forward &forward) {
            if (arrival.target.contains("/clients") && !std::exchange(isSettled, true)) {
                (void)journal().append(tenant(),
                                       {{.row = entries[0].rows[0].id, .state = JournalState::NotStored}});
                (void)journal().close(entries[0]);
                find<InterruptedChanges>({})->look();
            }
            return forward(arrival);
        });
        QTest::mouseClick(button(u"checkInterrupted"_s), Qt::LeftButton);
        QTRY_VERIFY(find<MessageBanner>(u"interruptedChanges"_s)->sentence().startsWith(u"The tenant was"_s));
        QVERIFY(isSettled);
        QVERIFY(journal().unfinished(tenant())->empty());
    }

    void whatIsInterruptedDuringACheckIsToldAfterIt()
    {
        QVERIFY_OK(open(false, true));
        const auto interrupt = [this](const QString &app) {
            const auto entry = journal().begin(head(m_invoices), {change(app, u"read:invoices"_s)});
            (void)journal().append(tenant(), {{.row = entry->rows[0].id, .state = JournalState::Sent}});
        };
        interrupt(u"billing-service"_s);
        showPanel();
        bool isOther = false;
        m_sandbox->proxy->setScript([&](const Arrival &arrival, const FaultProxy::Forward &forward) {
            if (arrival.target.contains("/clients") && !std::exchange(isOther, true)) {
                interrupt(u"portal-web"_s);
                find<InterruptedChanges>({})->look();
            }
            return forward(arrival);
        });
        QTest::mouseClick(button(u"checkInterrupted"_s), Qt::LeftButton);
        QTRY_VERIFY(isOther);
        QTRY_COMPARE(journal().unfinished(tenant())->size(), size_t(1));
        const auto *notice = find<MessageBanner>(u"interruptedChanges"_s);
        QTRY_COMPARE(notice->detail(), u"Of 1 app: 1 not known."_s);
        QTRY_VERIFY(button(u"checkInterrupted"_s) && button(u"checkInterrupted"_s)->isVisible());
        QTest::mouseClick(button(u"checkInterrupted"_s), Qt::LeftButton);
        QTRY_VERIFY(notice->sentence().startsWith(u"The tenant was read"_s));
    }

    void whatIsReadIsNotMadeAnew()
    {
        QVERIFY_OK(open());
        const std::vector<GrantChange> many(30, change(u"billing-service"_s, u"read:invoices"_s));
        const auto entry = journal().begin(head(m_invoices), many);
        QVERIFY_OK(entry);
        showPanel();
        showTab();
        QCOMPARE(cards().size(), 20);
        QTest::mouseClick(button(u"reviewMore"_s), Qt::LeftButton);
        QCOMPARE(cards().size(), 30);
        const QPointer first = cards().front();
        writeDown(m_invoices, change(u"portal-web"_s, u"void:invoices"_s), JournalState::Proven);
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        QCOMPARE(cards().size(), 30);
        QVERIFY(first);
        QVERIFY_OK(journal().append(tenant(), {{.row = entry->rows[0].id, .state = JournalState::Sent}}));
        QTRY_COMPARE(find<StateBadge>(u"changeOutcome"_s)->text(), u"1 app not known"_s);
    }

    void theTabSettlesAnEntryToo()
    {
        QVERIFY_OK(open());
        const auto entry =
            journal().begin(head(m_invoices), {change(u"billing-service"_s, u"read:invoices"_s)});
        QVERIFY_OK(journal().append(tenant(), {{.row = entry->rows[0].id, .state = JournalState::Unknown}}));
        showPanel();
        showTab();
        QTest::mouseClick(button(u"changeCheck"_s), Qt::LeftButton);
        QTRY_VERIFY(!button(u"changeCheck"_s)->isVisible());
        QTRY_VERIFY(!find<MessageBanner>(u"interruptedChanges"_s)->isVisible());
    }

    void aCheckWithoutATenantCanBeTriedAgain()
    {
        QVERIFY_OK(open());
        const auto entry =
            journal().begin(head(m_invoices), {change(u"billing-service"_s, u"read:invoices"_s)});
        QVERIFY_OK(journal().append(tenant(), {{.row = entry->rows[0].id, .state = JournalState::Sent}}));
        showPanel();
        QCOMPARE(m_sandbox->process.stop(), 0);
        auto *notice = find<MessageBanner>(u"interruptedChanges"_s);
        QTest::mouseClick(button(u"checkInterrupted"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(button(u"checkInterrupted"_s) ? button(u"checkInterrupted"_s)->text()
                                                                : QString(),
                                  u"Try again"_s, 20000);
        QCOMPARE(notice->kind(), MessageBanner::Kind::Danger);
        QCOMPARE(journal().unfinished(tenant())->front().rows.front().state, JournalState::Sent);
        showTab();
        QTest::mouseClick(button(u"changeCheck"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(find<MessageBanner>(u"changeBanner"_s)->isVisible(), 20000);
    }

    void anApplyWhoseReadingFailedIsToldAtOnce()
    {
        QVERIFY_OK(open());
        showPanel();
        stageWanted(model(), {{appNamed(u"billing-service"_s).id, {}}});
        ReviewDialog *review = openReview();
        QTRY_VERIFY(review->findChild<QPushButton *>(u"reviewApply"_s)->isEnabled());
        // The tenant goes right after it got the change.
        connect(review, &ReviewDialog::progressed, this, [this](const AppliedChange &change) {
            if (change.state == ApplyState::ReadingBack)
                m_sandbox->process.stop();
        });
        QTest::mouseClick(review->findChild<QPushButton *>(u"reviewApply"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(review->windowTitle().endsWith(u"stored"_s), 20000);
        QVERIFY(visibleTexts(*review).contains(u"Not known"_s));
        QVERIFY(find<MessageBanner>(u"interruptedChanges"_s)->detail().contains(u"1 not known"_s));
    }

private:
    Result<void> open(bool readOnly = false, bool isBehindProxy = false)
    {
        m_sandbox = std::make_unique<OpenSandbox>();
        m_sandbox->isBehindProxy = isBehindProxy;
        if (const Result<void> opened = m_sandbox->open(u"grants-admin"_s, readOnly); !opened)
            return opened;
        m_invoices = serverNamed(u"Invoices API"_s);
        m_orders = serverNamed(u"Orders API"_s);
        return {};
    }
    AuthServer serverNamed(const QString &name) const
    {
        return {.id = {m_sandbox->process.server(name).id}, .name = name};
    }
    void showPanel()
    {
        m_panel = std::make_unique<AuthServersPanel>(*m_sandbox->session, m_clipboard);
        m_panel->resize(1052, 720);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        QTRY_COMPARE(find<QListView>(u"serverList"_s)->model()->rowCount(), 5);
        auto *list = find<QListView>(u"serverList"_s);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(2, 0)).center());
        QTRY_COMPARE(model().columnCount(), 8);
    }
    void showTab()
    {
        if (!m_panel)
            showPanel();
        find<QTabBar>(u"serverTabs"_s)->setCurrentIndex(4);
        QVERIFY(find<ChangesPage>(u"changesPage"_s)->isVisible());
    }
    GrantJournal &journal() const { return m_sandbox->workspace->grantJournal(); }
    TenantId tenant() const { return m_sandbox->session->tenant().id; }
    JournalEntry head(const AuthServer &server) const
    {
        return journalHead(
            m_sandbox->session->tenant(), server,
            {{.id = {1}, .value = u"read:invoices"_s}, {.id = {2}, .value = u"void:invoices"_s}},
            u"grants-admin"_s, ChangeOrigin::Window);
    }
    /// Gets one scope, by the numbers of head().
    GrantChange change(const QString &app, const QString &scope) const
    {
        return {.app = {m_sandbox->process.app(app).id},
                .appName = app,
                .after = {ScopeId{scope == "read:invoices"_L1 ? 1 : 2}}};
    }
    void writeDown(const AuthServer &server, const GrantChange &change, JournalState state)
    {
        const auto entry = journal().begin(head(server), {change});
        QVERIFY_OK(entry);
        QVERIFY_OK(journal().append(
            tenant(), {{.row = entry->rows[0].id,
                        .state = state,
                        .reason = state == JournalState::NotStored ? u"The tenant said no."_s : QString()}}));
        QVERIFY_OK(journal().close(*entry));
    }
    ReviewDialog *openReview() const
    {
        emit find<GrantsPage>(u"grantsPage"_s)->reviewRequested();
        return m_panel->findChild<ReviewDialog *>();
    }
    static bool applyIn(ReviewDialog *review)
    {
        QPushButton *apply = review ? review->findChild<QPushButton *>(u"reviewApply"_s) : nullptr;
        if (!apply || !QTest::qWaitFor([apply] { return apply->isEnabled(); }))
            return false;
        QTest::mouseClick(apply, Qt::LeftButton);
        return QTest::qWaitFor([review] { return review->windowTitle().endsWith(u"stored"_s); });
    }
    bool applyAll() const
    {
        ReviewDialog *review = openReview();
        if (!applyIn(review))
            return false;
        QTest::mouseClick(review->findChild<QPushButton *>(u"reviewApply"_s), Qt::LeftButton);
        return QTest::qWaitFor([this] { return !m_panel->findChild<ReviewDialog *>(); }) &&
               model().plan()->isEmpty();
    }
    std::vector<ClientApp> read() const
    {
        return waitFor<std::vector<ClientApp>>([this](auto k) {
                   AuthServersApi(*m_sandbox->session->api()).clientApps(m_invoices.id, k);
               })
            .value_or(std::vector<ClientApp>());
    }
    std::optional<ScopeSet> stored(AppId app) const { return ClientAppIndex(read()).scopesOf(app); }
    ClientApp appNamed(const QString &name) const
    {
        const std::vector<ClientApp> apps = read();
        return *std::find_if(apps.begin(), apps.end(),
                             [&name](const ClientApp &each) { return each.name == name; });
    }
    template<typename Widget>
    Widget *find(const QString &name) const
    {
        return m_panel->findChild<Widget *>(name);
    }
    QPushButton *button(const QString &name) const { return find<QPushButton>(name); }
    QTableView *table() const { return find<QTableView>(u"changesTable"_s); }
    QString text(int row, int column) const { return table()->model()->index(row, column).data().toString(); }
    QList<ReviewCard *> cards() const { return m_panel->findChildren<ReviewCard *>(); }
    GrantGridModel &model() const { return find<GrantsPage>(u"grantsPage"_s)->model(); }

    std::unique_ptr<OpenSandbox> m_sandbox;
    TestClipboard m_clipboard;
    std::unique_ptr<AuthServersPanel> m_panel;
    AuthServer m_invoices;
    AuthServer m_orders;
};

QTEST_MAIN(TestGrantChanges)
#include "tst_grantchanges.moc"
