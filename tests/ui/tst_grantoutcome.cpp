// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/selflockout.h"
#include "style/latchkeystyle.h"
#include "support/qtest_result.h"
#include "translations.h"
#include "ui/reviewdesk.h"
#include "ui/visibletexts.h"
#include "widgets/editordialog.h"
#include "widgets/messagebanner.h"
#include "widgets/statebadge.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// What a review asks before it breaks something here, and what it offers afterwards.
class TestGrantOutcome : public QObject, private ReviewDesk
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
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_isBehindProxy = true;
    }
    void cleanup() { close(); }

    void whatBreaksAProfileIsAppliedOnlyWithTheNameOfTheApp()
    {
        QVERIFY_OK(open());
        QVERIFY_OK(keepProfile(u"nightly-invoices"_s, u"billing-service", {u"read:invoices"_s}));
        const ClientApp billing = app(u"billing-service"_s);
        ScopeSet less = billing.scopes;
        less.erase(scope(u"read:invoices"_s));
        m_plan.setWanted({{billing.id, less}, {app(u"portal-web"_s).id, {}}});
        showDialog();
        QTRY_VERIFY(name());
        QVERIFY(visibleTexts(*m_dialog).contains(u"What billing-service loses is in use here"_s));
        const QString broken = u"The login profile nightly-invoices, saved here, uses it and may fail."_s;
        QVERIFY(visibleTexts(*m_dialog).contains(broken));
        QCOMPARE(m_dialog->findChildren<QLineEdit *>(u"lockoutName"_s).size(),
                 1); // nobody here uses portal-web
        QVERIFY(!button(u"reviewApply"_s)->isEnabled());
        QVERIFY(freshness().startsWith(u"Apply waits for a name"_s));
        QVERIFY2(freshness().contains(u"Read again"_s), qPrintable(freshness()));
        QCOMPARE(button(u"reviewApply"_s)->toolTip(), freshness());
        QTRY_VERIFY(button(u"reviewKeep"_s)->hasFocus());
        QTest::keyClicks(name(), u"billing"_s);
        QVERIFY(!button(u"reviewApply"_s)->isEnabled());
        QTest::keyClick(name(), Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClicks(name(), u"-service"_s);
        QVERIFY(button(u"reviewApply"_s)->isEnabled());
        QVERIFY(freshness().startsWith(u"Read again"_s));
        QVERIFY(button(u"reviewApply"_s)->toolTip().isEmpty());
        QVERIFY(stored(billing.id) == billing.scopes);
        click(u"reviewApply"_s);
        QTRY_VERIFY(isDone());
        QVERIFY(!name()->isVisible());
        QVERIFY(stored(billing.id) == less);
    }

    void aScopeIsKnownByWhatItIsCalledNow()
    {
        QVERIFY_OK(open());
        QVERIFY_OK(keepProfile(u"nightly-invoices"_s, u"billing-service", {u"read:bills"_s}));
        const ClientApp billing = app(u"billing-service"_s);
        const ScopeId renamed = scope(u"read:invoices"_s);
        ScopeSet less = billing.scopes;
        QCOMPARE(less.erase(renamed), size_t(1));
        m_plan.setWanted(billing.id, less);
        QVERIFY_OK(waitFor(
            [&](auto k) { api().updateScope(m_server.id, {.id = renamed, .value = u"read:bills"_s}, k); }));
        showDialog();
        QTRY_VERIFY(name());
        QVERIFY(!button(u"reviewApply"_s)->isEnabled());
    }

    void whatOthersFulfilledIsNamed()
    {
        QVERIFY_OK(open());
        const ClientApp gone = app(u"partner-gateway"_s);
        m_plan.removeApp(gone.id);
        m_plan.setWanted(app(u"portal-web"_s).id, {});
        QVERIFY_OK(waitFor([&](auto k) { api().removeClientApp(m_server.id, gone.id, k); }));
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        QVERIFY2(freshness().contains(u"Already as you wanted: partner-gateway."_s), qPrintable(freshness()));
        QVERIFY(freshness().endsWith(u"Undo in Grants starts anew from here."_s));
        QVERIFY(!m_plan.canUndo());
        QVERIFY(freshness().contains(u"Nobody has changed"_s)); // of those that are left
    }

    void whatWasGivenUpIsNotCalledFulfilled()
    {
        QVERIFY_OK(open());
        const ClientApp portal = app(u"portal-web"_s);
        m_plan.setWanted(portal.id, {});
        const ScopeSet theirs{scope(u"read:invoices"_s), scope(u"void:invoices"_s)};
        QVERIFY_OK(waitFor([&](auto k) { api().updateClientApp(m_server.id, portal.id, theirs, k); }));
        showDialog();
        QTRY_VERIFY(button(u"reviewTakeTheirs"_s));
        click(u"reviewTakeTheirs"_s);
        QTRY_COMPARE(m_dialog->windowTitle(), u"Nothing is left to change"_s);
        QVERIFY2(freshness().contains(u"You took theirs and gave your changes to 1 app up"_s),
                 qPrintable(freshness()));
        QVERIFY(!freshness().contains(u"already"_s));
    }

    void whatStandsOnTopIsNotCalledUnchanged()
    {
        QVERIFY_OK(open());
        const ClientApp portal = app(u"portal-web"_s);
        ScopeSet mine = portal.scopes;
        mine.insert(scope(u"void:invoices"_s));
        m_plan.setWanted(portal.id, mine);
        QVERIFY_OK(waitFor(
            [&](auto k) { api().updateClientApp(m_server.id, portal.id, {scope(u"read:invoices"_s)}, k); }));
        showDialog();
        QTRY_VERIFY(button(u"reviewKeepMine"_s));
        click(u"reviewKeepMine"_s);
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        QVERIFY2(freshness().contains(u"stand on top of what others have changed"_s),
                 qPrintable(freshness()));
        QVERIFY(!freshness().contains(u"Nobody"_s));
    }

    void aConflictIsShownWholeWhereThereIsRoom()
    {
        QVERIFY_OK(open());
        const ClientApp billing = app(u"billing-service"_s);
        const ClientApp refund = app(u"refund-service"_s);
        ScopeSet mine = billing.scopes;
        mine.insert(scope(u"send:invoices"_s));
        ScopeSet more = refund.scopes;
        more.insert(scope(u"read:customers"_s));
        m_plan.setWanted({{billing.id, mine}, {refund.id, more}});
        const ScopeSet theirs{scope(u"read:invoices"_s), scope(u"write:customers"_s)};
        QVERIFY_OK(waitFor([&](auto k) { api().updateClientApp(m_server.id, billing.id, theirs, k); }));
        QWidget window;
        const auto closing = qScopeGuard([this] { m_dialog.reset(); });
        window.setGeometry(8, 28, 1264, 880);
        window.show();
        showDialog(&window);
        QTRY_VERIFY(m_dialog->findChild<ConflictPane *>());
        const auto *body = m_dialog->findChild<QScrollArea *>();
        QTRY_COMPARE(body->verticalScrollBar()->maximum(), 0);
        const QRect room = window.frameGeometry().adjusted(0, 24, 0, -24);
        QTRY_VERIFY(room.bottom() >= m_dialog->frameGeometry().bottom());
        QTRY_VERIFY(room.top() <= m_dialog->frameGeometry().top());
    }

    void theRemovalOfAnAppIsPlain()
    {
        QVERIFY_OK(open());
        m_plan.removeApp(app(u"portal-web"_s).id);
        m_plan.setWanted(app(u"partner-gateway"_s).id, {});
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        QStringList removed;
        for (const ReviewCard *card : m_dialog->findChildren<ReviewCard *>()) {
            if (const auto *sign = card->findChild<StateBadge *>(u"reviewRemoval"_s)) {
                QTRY_VERIFY(sign->isVisible());
                QCOMPARE(sign->text(), u"Remove"_s); // not before it is done
                removed.append(card->change().appName);
            }
        }
        QCOMPARE(removed, QStringList{u"portal-web"_s}); // the other one loses its scopes alone
        click(u"reviewCopy"_s);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.contains(u"portal-web, removed from the client apps\n"_s));
        QVERIFY(copied.contains(u"partner-gateway\n"_s));
        click(u"reviewApply"_s);
        QTRY_VERIFY(isDone());
        QCOMPARE(m_dialog->findChild<StateBadge *>(u"reviewRemoval"_s)->text(), u"Removed"_s);
    }

    void nobodyIsAskedAboutWhatBreaksNothing()
    {
        QVERIFY_OK(open());
        QVERIFY_OK(keepProfile(u"nightly-invoices"_s, u"billing-service", {u"read:invoices"_s}));
        const ClientApp billing = app(u"billing-service"_s);
        m_plan.setWanted(billing.id, {scope(u"read:invoices"_s)});
        m_plan.removeApp(app(u"portal-web"_s).id);
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        QVERIFY(!name());
    }

    void whatCannotBeFoundOutIsNotApplied()
    {
        QVERIFY_OK(open());
        QVERIFY_OK(keepProfile(u"nightly-invoices"_s, u"billing-service", {u"read:invoices"_s}));
        m_plan.removeApp(app(u"billing-service"_s).id);
        answer("GET", "/api/2/apps/", FaultServer::html(500));
        showDialog();
        QTRY_VERIFY(freshness().startsWith(u"Whether this breaks what is used here"_s));
        QVERIFY(!button(u"reviewApply"_s)->isEnabled());
        m_sandbox->proxy->setScript({});
        click(u"reviewReadAgain"_s);
        QTRY_VERIFY(name());
    }

    void moreAppsThanCanBeLookedUpTakeTheNameOfTheServer()
    {
        QVERIFY_OK(open({u"--apps"_s, u"250"_s, u"--scopes"_s, u"3"_s}, TenantType::Sandbox, u"Scale API"_s));
        // Of an app that is none of these, so that every look-up is needed. All of them are removed, which
        // takes something from each, whatever it was granted by chance.
        QVERIFY_OK(keepProfile(u"nightly-scale"_s, u"billing-service", {}));
        std::vector<AppId> losers;
        for (const ClientApp &each : m_loaded)
            losers.push_back(each.id);
        QVERIFY(losers.size() > Lockouts::kMostLookedUp);
        m_plan.removeApps(losers);
        showDialog();
        QTRY_VERIFY_WITH_TIMEOUT(name(), 30000);
        QVERIFY(visibleTexts(*m_dialog).contains(incompleteText()));
        QVERIFY(!button(u"reviewApply"_s)->isEnabled());
        QTest::keyClicks(name(), u"Scale API"_s);
        QVERIFY(button(u"reviewApply"_s)->isEnabled());
        click(u"reviewKeep"_s);

        m_plan.discard();
        m_plan.removeApps({losers.begin(), losers.begin() + Lockouts::kMostLookedUp});
        showDialog();
        QTRY_VERIFY_WITH_TIMEOUT(button(u"reviewApply"_s)->isEnabled(), 30000);
    }

    void copiesThePlanAsText()
    {
        QVERIFY_OK(open());
        m_plan.setWanted(app(u"ci-smoke-tests"_s).id, {scope(u"read:invoices"_s)});
        m_plan.removeApp(app(u"refund-service"_s).id);
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        click(u"reviewCopy"_s);
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.startsWith(u"Invoices API in Sandbox\nci-smoke-tests\n  + read:invoices\n"
                                 "refund-service, removed from the client apps\n  - "_s),
                 qPrintable(text));
    }

    void savesWhatBecameOfIt()
    {
        QVERIFY_OK(open());
        m_plan.setWanted({{app(u"ci-smoke-tests"_s).id, {scope(u"read:invoices"_s)}},
                          {app(u"portal-web"_s).id, {scope(u"void:invoices"_s)}}});
        refuse(u"portal-web"_s);
        applyAll();
        QCOMPARE(m_dialog->windowTitle(), u"1 of 5 changes are stored"_s);
        click(u"reviewReport"_s);
        auto *dialog = m_dialog->findChild<EditorDialog *>(u"applyReportDialog"_s);
        QVERIFY(dialog && dialog->isVisible());
        const QString path = m_sandbox->folder.filePath(u"report.html"_s);
        auto *file = dialog->findChild<QLineEdit *>();
        QVERIFY2(file->text().endsWith(u".html"_s), qPrintable(file->text()));
        file->setText(path);
        QTest::mouseClick(dialog->applyButton(), Qt::LeftButton);
        QTRY_VERIFY(m_dialog->banner()->isVisible());
        QCOMPARE(m_dialog->banner()->detail(), path);
        QFile report(path);
        QVERIFY(report.open(QIODevice::ReadOnly));
        const QByteArray html = report.readAll();
        QVERIFY(html.contains("<code>read:invoices</code></td><td>verified</td>"));
        QVERIFY(html.contains("<code>void:invoices</code></td><td>not stored</td>"));
        QVERIFY(html.contains("Request ID 5f20c1be-93d1"));
        QVERIFY(!html.contains(m_sandbox->process.credential(u"grants-admin").clientSecret.toUtf8()));
        QCOMPARE(report.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void explainsARefusalAndTriesThatOneAgain()
    {
        QVERIFY_OK(open());
        m_plan.setWanted({{app(u"ci-smoke-tests"_s).id, {scope(u"read:invoices"_s)}},
                          {app(u"portal-web"_s).id, {scope(u"void:invoices"_s)}},
                          {app(u"mobile-app"_s).id, {}}});
        refuse(u"portal-web"_s, u"mobile-app"_s);
        applyAll();
        QCOMPARE(m_dialog->findChildren<QPushButton *>(u"reviewExplain"_s).size(), 2);
        const auto buttons = m_dialog->findChildren<QPushButton *>(u"reviewExplain"_s);
        const auto own = std::ranges::find(buttons, u"Explain, portal-web"_s, &QPushButton::accessibleName);
        QVERIFY(own != buttons.end());
        QTest::mouseClick(*own, Qt::LeftButton);
        auto *dialog = m_dialog->findChild<QDialog *>(u"explainDialog"_s);
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->windowTitle(), u"Why portal-web is not as wanted"_s);
        QVERIFY(visibleTexts(*dialog).contains(u"Likely causes, most likely first"_s));
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"explainClose"_s), Qt::LeftButton);
        QTRY_VERIFY(!m_dialog->findChild<QDialog *>(u"explainDialog"_s));

        m_sandbox->proxy->setScript({});
        const auto retries = m_dialog->findChildren<QPushButton *>(u"reviewRetry"_s);
        const auto again =
            std::ranges::find(retries, u"Try this one again, portal-web"_s, &QPushButton::accessibleName);
        QVERIFY(again != retries.end());
        QTest::mouseClick(*again, Qt::LeftButton);
        QTRY_VERIFY(isReady());
        QCOMPARE(m_dialog->findChildren<ReviewCard *>().size(), 1);
        click(u"reviewApply"_s);
        QTRY_VERIFY(isDone());
        QVERIFY(stored(app(u"portal-web"_s).id) == ScopeSet{scope(u"void:invoices"_s)});
        QVERIFY(stored(app(u"mobile-app"_s).id) == app(u"mobile-app"_s).scopes);
        QCOMPARE(m_plan.changes().size(), size_t(1)); // mobile-app is still to be done
        click(u"reviewReadAgain"_s);
        QTRY_VERIFY(isReady());
        QVERIFY(visibleTexts(*m_dialog).contains(u"mobile-app"_s));
    }

    void anAcceptedChangeThatDoesNotShowCanBeTriedFromItsExplanation()
    {
        QVERIFY_OK(open());
        m_plan.setWanted(app(u"ci-smoke-tests"_s).id, {scope(u"read:invoices"_s)});
        answer("PUT", "/clients/", FaultServer::answer(200, R"({"message":"done"})"));
        applyAll();
        click(u"reviewExplain"_s);
        auto *dialog = m_dialog->findChild<QDialog *>(u"explainDialog"_s);
        QVERIFY(dialog);
        const QString title = u"The tenant accepted the change, but does not show it"_s;
        QVERIFY(visibleTexts(*dialog).contains(title));
        m_sandbox->proxy->setScript({});
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"next_retry"_s), Qt::LeftButton);
        QTRY_VERIFY(isReady());
        click(u"reviewApply"_s);
        QTRY_VERIFY(isDone());
        QVERIFY(m_plan.isEmpty());
    }

    void whatItClosesOnIsWrittenDownAsUnknown()
    {
        QVERIFY_OK(open());
        turnOver();
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        auto isSent = std::make_shared<bool>(false);
        m_sandbox->proxy->setScript([isSent](const Arrival &arrival, const FaultProxy::Forward &forward) {
            *isSent = *isSent || arrival.method == "PUT";
            return arrival.method == "PUT" ? FaultReply{} : forward(arrival);
        });
        click(u"reviewApply"_s);
        QTRY_VERIFY(*isSent);
        m_dialog.reset();
        const auto open = m_sandbox->workspace->grantJournal().unfinished(m_sandbox->session->tenant().id);
        QVERIFY_OK(open);
        QCOMPARE(open->size(), size_t{1});
        QCOMPARE(open->front().rows.front().state, JournalState::Unknown);
        QCOMPARE(open->front().rows.back().state, JournalState::Skipped);
    }

    void undoIsOfferedForWhatIsStored()
    {
        QVERIFY_OK(open());
        m_plan.setWanted({{app(u"ci-smoke-tests"_s).id, {scope(u"read:invoices"_s)}}});
        answer("PUT", "/clients/", FaultServer::answer(422, "{}"));
        applyAll();
        QVERIFY(!button(u"reviewUndo"_s)->isVisible()); // nothing is stored
        QVERIFY(button(u"reviewReport"_s)->isVisible());
        m_sandbox->proxy->setScript({});
        click(u"reviewReadAgain"_s);
        QTRY_VERIFY(isReady());
        QVERIFY(!button(u"reviewReport"_s)->isVisible());
        click(u"reviewApply"_s);
        QTRY_VERIFY(isDone());
        QVERIFY(freshness().contains(u"Undo plan takes the 1 stored change back"_s));
        QSignalSpy undo(m_dialog.get(), &ReviewDialog::undoAsked);
        click(u"reviewUndo"_s);
        QCOMPARE(undo.size(), 1);
        QVERIFY(!m_dialog->isVisible());
        const auto entry = undo.first().first().value<JournalEntryId>();
        const auto written =
            m_sandbox->workspace->grantJournal().entry(m_sandbox->session->tenant().id, entry);
        QVERIFY_OK(written);
        QCOMPARE(written->rows.front().state, JournalState::Proven);
    }

private:
    QLineEdit *name() const { return m_dialog->findChild<QLineEdit *>(u"lockoutName"_s); }
    bool isReady() const
    {
        return m_dialog->windowTitle().startsWith(u"Review"_s) && button(u"reviewApply"_s)->isEnabled();
    }
    void applyAll()
    {
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        click(u"reviewApply"_s);
        QTRY_VERIFY(isDone());
    }
    void answer(const QByteArray &method, const QByteArray &part, const FaultReply &reply)
    {
        m_sandbox->proxy->setScript([=](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.method == method && arrival.target.contains(part) ? reply : forward(arrival);
        });
    }
    /// Changes of these apps are refused, with a request id.
    void refuse(const QString &one, const QString &other = {})
    {
        QByteArrayList ends{"/clients/" + app(one).id.toString().toUtf8()};
        if (!other.isEmpty())
            ends.append("/clients/" + app(other).id.toString().toUtf8());
        m_sandbox->proxy->setScript([=](const Arrival &arrival, const FaultProxy::Forward &forward) {
            const bool isMeant = std::ranges::any_of(
                ends, [&](const QByteArray &end) { return arrival.target.endsWith(end); });
            if (arrival.method != "PUT" || !isMeant)
                return forward(arrival);
            return FaultServer::answer(422,
                                       R"({"message":"Validation failed: no","statusCode":422,)"
                                       R"("name":"UnprocessableEntityError"})",
                                       "X-Request-Id: 5f20c1be-93d1\r\n");
        });
    }
};

QTEST_MAIN(TestGrantOutcome)
#include "tst_grantoutcome.moc"
