// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewcards.h"
#include "style/latchkeystyle.h"
#include "style/metrics.h"
#include "support/qtest_result.h"
#include "translations.h"
#include "ui/reviewdesk.h"
#include "ui/visibletexts.h"

#include <QLayout>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QScrollArea>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The review of staged changes at a sandbox, without the panel around it.
class TestGrantReview : public QObject, private ReviewDesk
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
        close();
        m_isBehindProxy = false;
    }

    void decidesEachConflict()
    {
        QVERIFY_OK(open());
        const ClientApp first = m_loaded.at(0);
        const ClientApp second = m_loaded.at(1);
        const ScopeSet mine{m_scopes.at(0).id};
        const ScopeSet theirs{m_scopes.at(2).id, m_scopes.at(3).id, m_scopes.at(4).id};
        m_plan.setWanted({{first.id, mine}, {second.id, mine}});
        for (const ClientApp &app : {first, second})
            QVERIFY_OK(waitFor([&](auto k) { api().updateClientApp(m_server.id, app.id, theirs, k); }));
        showDialog();
        QTRY_COMPARE(m_dialog->findChildren<QWidget *>(u"reviewConflict"_s).size(), 2);
        QTRY_VERIFY(visibleTexts(*m_dialog).contains(u"When loaded"_s));
        QVERIFY(!button(u"reviewApply"_s)->isEnabled());
        click(u"reviewTakeTheirs"_s, 0);
        QVERIFY(!button(u"reviewApply"_s)->isEnabled()); // the other one is not decided
        click(u"reviewKeepMine"_s, 1);
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        QVERIFY(m_plan.wanted(first.id) == theirs);
        ScopeSet onTop = theirs;
        for (ScopeId lost : second.scopes) {
            if (!mine.contains(lost))
                onTop.erase(lost);
        }
        if (!second.scopes.contains(m_scopes.at(0).id))
            onTop.insert(m_scopes.at(0).id);
        QVERIFY(m_plan.wanted(second.id) == onTop);
        click(u"reviewApply"_s);
        QTRY_VERIFY(m_dialog->windowTitle().endsWith(u"stored"_s));
        QVERIFY(stored(first.id) == theirs);
        QVERIFY(stored(second.id) == onTop);
    }

    void saysWhatEachSideChanged()
    {
        QVERIFY_OK(open());
        const ClientApp portal = app(u"portal-web"_s); // read:invoices, send:invoices, read:customers
        ScopeSet mine = portal.scopes;
        mine.insert(scope(u"void:invoices"_s));
        m_plan.setWanted({{app(u"audit-export"_s).id, {}}, {portal.id, mine}});
        const ScopeSet theirs{scope(u"read:invoices"_s), scope(u"read:customers"_s)};
        QVERIFY_OK(waitFor([&](auto k) { api().updateClientApp(m_server.id, portal.id, theirs, k); }));
        showDialog();
        QTRY_VERIFY(m_dialog->findChild<ConflictPane *>());
        const auto *pane = m_dialog->findChild<ConflictPane *>();
        QTRY_VERIFY(pane->isVisible());
        const QStringList texts = visibleTexts(*pane);
        QCOMPARE(texts.count(u"Added"_s), 1);
        QCOMPARE(texts.count(u"Removed"_s), 1);
        QVERIFY(texts.contains(u"void:invoices"_s) && texts.contains(u"send:invoices"_s));
        QVERIFY(!texts.contains(u"read:invoices"_s)); // nobody changed it
        const QString onTop = pane->findChild<Label *>(u"reviewOnTop"_s)->text();
        QVERIFY2(onTop.contains(u"void:invoices"_s) && !onTop.contains(u"send:invoices"_s),
                 qPrintable(onTop));
        const auto *conflict = qobject_cast<const ReviewCard *>(pane->parentWidget());
        QVERIFY(conflict);
        QCOMPARE(conflict->findChild<Label *>(u"reviewCounts"_s)->text(), u"2 scopes now, then 3"_s);
        const auto *other = m_dialog->findChildren<ReviewCard *>().front();
        QCOMPARE(other->change().appName, u"audit-export"_s);
        QTRY_VERIFY(pane->parentWidget()->y() < other->y()); // what is to be decided comes first
    }

    void aScopeThatTheServerDoesNotListStandsAsItsId()
    {
        const std::vector<Scope> scopes{{.id = {1}, .value = u"read"_s}};
        const AppliedChange gone{.change = {.appName = u"a"_s, .before = {{1}, {987}}, .after = {{1}}},
                                 .state = ApplyState::NotStored,
                                 .error = Error{.kind = ErrorKind::Invalid},
                                 .found = ScopeSet{{1}}};
        const GrantChange mixed{.appName = u"b"_s, .before = {{987}}, .after = {{1}, {5}}};
        const GrantChange bare{.action = GrantAction::AddClientApp, .appName = u"c"_s};
        ReviewCards cards;
        cards.setChanges({gone.change, mixed, bare}, scopes);
        QCOMPARE(cards.text(), u"a\n  - 987\nb\n  + read\n  + 5\n  - 987\nc\n  + client app\n"_s);
        QCOMPARE(cards.lineCount(), 5);
        QCOMPARE(cards.storedCount({gone}), 1); // by what was read
        const ConflictPane pane(mixed, ScopeSet{{6}}, scopes);
        QCOMPARE(
            pane.findChild<Label *>(u"reviewOnTop"_s)->text(),
            u"Mine on top: it has %1."_s.arg(QLocale().createSeparatedList({u"read"_s, u"5"_s, u"6"_s})));
    }

    void aConflictCountsWhatIsLeftToSend()
    {
        QVERIFY_OK(open());
        const ClientApp portal = app(u"portal-web"_s); // read:invoices, send:invoices, read:customers
        m_plan.setWanted(portal.id, {});
        const ScopeSet theirs{scope(u"read:invoices"_s), scope(u"void:invoices"_s)};
        QVERIFY_OK(waitFor([&](auto k) { api().updateClientApp(m_server.id, portal.id, theirs, k); }));
        showDialog();
        QTRY_VERIFY(m_dialog->findChild<ConflictPane *>());
        QTRY_COMPARE(m_dialog->windowTitle(), u"Review 1 change"_s); // two of the three are gone already
        QCOMPARE(button(u"reviewApply"_s)->text(), u"Apply 1 change to Sandbox"_s);
        QCOMPARE(m_dialog->findChild<Label *>(u"reviewCounts"_s)->text(), u"2 scopes now, then 1"_s);
        const auto *pane = m_dialog->findChild<ConflictPane *>();
        QCOMPARE(pane->findChild<Label *>(u"reviewOnTop"_s)->text(), u"Mine on top: it has void:invoices."_s);
        click(u"reviewKeepMine"_s);
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        QCOMPARE(m_dialog->windowTitle(), u"Review 1 change"_s);
        click(u"reviewApply"_s);
        QTRY_VERIFY(isDone());
        QVERIFY(stored(portal.id) == ScopeSet{scope(u"void:invoices"_s)});
    }

    void whatIsThereAlreadyIsNeitherCountedNorDecided()
    {
        QVERIFY_OK(open());
        const ClientApp portal = app(u"portal-web"_s);
        const ClientApp audit = app(u"audit-export"_s);
        ScopeSet less = portal.scopes;
        less.erase(scope(u"send:invoices"_s));
        m_plan.setWanted({{portal.id, less}, {audit.id, {}}});
        // Theirs takes away the same and more from the one, and changes the other.
        QVERIFY_OK(waitFor(
            [&](auto k) { api().updateClientApp(m_server.id, portal.id, {scope(u"read:invoices"_s)}, k); }));
        QVERIFY_OK(waitFor(
            [&](auto k) { api().updateClientApp(m_server.id, audit.id, {scope(u"read:invoices"_s)}, k); }));
        showDialog();
        QTRY_COMPARE(m_dialog->findChildren<ConflictPane *>().size(), 1);
        QCOMPARE(cards(), QStringList{u"audit-export"_s});
        QCOMPARE(m_dialog->windowTitle(), u"Review 1 change"_s);
        QCOMPARE(m_plan.changes().size(), size_t(1));
    }

    void whyItCannotBeAppliedIsSeenBesideTheButton()
    {
        QVERIFY_OK(open());
        m_plan.setWanted({{m_loaded.at(0).id, {}}, {m_loaded.at(1).id, {}}, {m_loaded.at(2).id, {}}});
        for (size_t row = 0; row < 3; ++row)
            QVERIFY_OK(waitFor([&](auto k) {
                api().updateClientApp(m_server.id, m_loaded.at(row).id,
                                      {m_scopes.at(5).id, m_scopes.at(6).id, m_scopes.at(7).id}, k);
            }));
        QWidget window; // too low for three conflicts
        const auto closing = qScopeGuard([this] { m_dialog.reset(); });
        window.resize(900, 480);
        window.show();
        showDialog(&window);
        QTRY_VERIFY(!m_dialog->findChildren<ConflictPane *>().isEmpty());
        QTRY_VERIFY(m_dialog->height() <= window.height());
        const auto *note = m_dialog->findChild<Label *>(u"reviewFreshness"_s);
        QTRY_VERIFY(!note->visibleRegion().isEmpty() && note->visibleRegion().boundingRect() == note->rect());
        const auto *apply = button(u"reviewApply"_s);
        QVERIFY(!apply->isEnabled());
        QVERIFY(apply->toolTip().startsWith(u"Someone changed these apps"_s));
        QCOMPARE(apply->toolTip(), note->text());
        click(u"reviewReadAgain"_s); // keeps all of mine
        QTRY_VERIFY(apply->isEnabled() || m_plan.isEmpty());
        QVERIFY(!apply->isEnabled() || apply->toolTip().isEmpty());
    }

    void whatChangedDuringTheApplyIsStillToBeDecided()
    {
        QVERIFY_OK(open());
        const ClientApp first = m_loaded.front();
        m_plan.setWanted({{first.id, {m_scopes.at(0).id}}});
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        const ScopeSet theirs{m_scopes.at(2).id, m_scopes.at(3).id, m_scopes.at(4).id};
        QVERIFY_OK(waitFor([&](auto k) { api().updateClientApp(m_server.id, first.id, theirs, k); }));
        click(u"reviewApply"_s);
        QTRY_VERIFY(isDone() && button(u"reviewRetry"_s));
        click(u"reviewRetry"_s);
        QTRY_VERIFY(button(u"reviewKeepMine"_s) && button(u"reviewKeepMine"_s)->isVisible());
        QVERIFY(!button(u"reviewApply"_s)->isEnabled());
        click(u"reviewTakeTheirs"_s);
        QTRY_VERIFY(m_plan.isEmpty());
        QVERIFY(stored(first.id) == theirs);
    }

    void takingTheirsForAllLeavesNothingToApply()
    {
        QVERIFY_OK(open());
        const ClientApp app = m_loaded.front();
        m_plan.removeApp(app.id);
        QVERIFY_OK(waitFor([&](auto k) { api().updateClientApp(m_server.id, app.id, {m_scopes[5].id}, k); }));
        showDialog();
        QTRY_VERIFY(button(u"reviewTakeTheirs"_s));
        click(u"reviewTakeTheirs"_s);
        QTRY_VERIFY(m_plan.isEmpty());
        QCOMPARE(m_dialog->windowTitle(), u"Nothing is left to change"_s);
        QCOMPARE(freshness(),
                 u"You took theirs and gave your changes to 1 app up."_s); // the title says the rest
        QVERIFY(!button(u"reviewApply"_s)->isVisible());
        QCOMPARE(button(u"reviewKeep"_s)->text(), u"Close"_s);
        // As high as the little that it says.
        QTRY_VERIFY(m_dialog->findChild<QScrollArea *>()->height() < metrics::space24);
    }

    void inProductionTheSafeButtonHasTheFocus()
    {
        QVERIFY_OK(open({}, TenantType::Production));
        m_plan.removeApp(m_loaded.front().id);
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        QCOMPARE(button(u"reviewApply"_s)->text().section(u' ', -1), u"Production"_s);
        QTRY_VERIFY(button(u"reviewKeep"_s)->hasFocus());
        QSignalSpy progressed(m_dialog.get(), &ReviewDialog::progressed);
        QTest::keyClick(m_dialog.get(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_dialog->isVisible());
        QTest::keyClick(m_dialog.get(), Qt::Key_Return); // wherever the focus may be
        QTRY_VERIFY(!m_dialog->isVisible());             // kept editing
        QVERIFY(stored(m_loaded.front().id));
        QVERIFY(progressed.isEmpty());
    }

    void offersToRemoveAnAppThatMayNotBeEmpty()
    {
        QVERIFY_OK(open({u"--strict"_s}));
        const ClientApp app = m_loaded.front();
        m_plan.setWanted(app.id, {});
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        click(u"reviewApply"_s);
        QTRY_VERIFY(button(u"reviewRemoveInstead"_s));
        QTRY_VERIFY(visibleTexts(*m_dialog).contains(u"The tenant keeps no client app without scopes."_s));
        QTRY_VERIFY(isDone());
        QVERIFY(!button(u"reviewRetry"_s)); // it would be refused again
        click(u"reviewRemoveInstead"_s);
        QTRY_VERIFY(m_plan.isRemoved(app.id));
        QTRY_VERIFY(m_dialog->windowTitle().startsWith(u"Review"_s) && button(u"reviewApply"_s)->isEnabled());
        click(u"reviewApply"_s);
        QTRY_VERIFY(m_dialog->windowTitle().endsWith(u"stored"_s));
        QVERIFY(!stored(app.id));
        QVERIFY(m_plan.isEmpty());
    }

    void stopKeepsWhatIsDoneAndWhatIsPending()
    {
        QVERIFY_OK(open());
        turnOver();
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        bool pressed = false;
        connect(m_dialog.get(), &ReviewDialog::progressed, this, [&](const AppliedChange &change) {
            if (change.state == ApplyState::Sending && !std::exchange(pressed, true))
                click(u"reviewKeep"_s);
        });
        click(u"reviewApply"_s);
        QCOMPARE(button(u"reviewKeep"_s)->text(), u"Stop sending"_s);
        QTRY_VERIFY(m_dialog->windowTitle().endsWith(u"stored"_s));
        QVERIFY(pressed);
        QCOMPARE(m_plan.changes().size(), m_loaded.size() - 1);
        QCOMPARE(stateWords().count(u"Verified"_s) > 0, true);
        QCOMPARE(stateWords().count(u"Not sent"_s) > 0, true);
        QCOMPARE(button(u"reviewReadAgain"_s)->text(), u"Review what is left"_s);
        click(u"reviewReadAgain"_s);
        QTRY_VERIFY(m_dialog->windowTitle().startsWith(u"Review"_s) && button(u"reviewApply"_s)->isEnabled());
        click(u"reviewApply"_s);
        QTRY_VERIFY(m_plan.isEmpty());
    }

    void aTenantThatAsksToWaitIsWaitedForVisibly()
    {
        QVERIFY_OK(open({u"--rate-limit"_s, u"60"_s}));
        turnOver();
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        exhaust();
        QSignalSpy applied(m_dialog.get(), &ReviewDialog::applied);
        click(u"reviewApply"_s);
        QTRY_VERIFY(freshness().startsWith(u"The tenant asks to wait, "_s));
        QVERIFY(freshness().endsWith(u" seconds left."_s));
        QCOMPARE(button(u"reviewKeep"_s)->text(), u"Stop now"_s);
        click(u"reviewKeep"_s);
        QCOMPARE(applied.size(), 1);
        QCOMPARE(m_plan.changes().size(), m_loaded.size()); // all of it is still pending
        QVERIFY(m_dialog->windowTitle().startsWith(u"0 of"_s));
    }

    void manyChangesAreShownByPages()
    {
        m_isBehindProxy = true;
        QVERIFY_OK(open({u"--apps"_s, u"100"_s, u"--scopes"_s, u"3"_s}, TenantType::Sandbox, u"Scale API"_s));
        turnOver();
        const QByteArray refused = "/clients/" + m_loaded.back().id.toString().toUtf8();
        m_sandbox->proxy->setScript([refused](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.method == "PUT" && arrival.target.endsWith(refused) ? FaultServer::html(422)
                                                                               : forward(arrival);
        });
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        QCOMPARE(m_dialog->findChildren<ReviewCard *>().size(), 20);
        QCOMPARE(button(u"reviewMore"_s)->text(), u"Show more, 80 apps left"_s);
        click(u"reviewMore"_s);
        QCOMPARE(m_dialog->findChildren<ReviewCard *>().size(), 40);
        click(u"reviewApply"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_dialog->windowTitle().endsWith(u"stored"_s), 30000);
        QCOMPARE(m_dialog->findChildren<ReviewCard *>().size(), 41); // what failed is in sight
        QCOMPARE(m_dialog->findChildren<QWidget *>(u"reviewFailure"_s).size(), 1);
        QCOMPARE(m_plan.changes().size(), size_t(1));
    }

    void whatCannotBeWrittenDownIsNotSent()
    {
        QVERIFY_OK(open());
        m_plan.removeApp(m_loaded.front().id);
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        forbidJournal();
        click(u"reviewApply"_s);
        QTRY_VERIFY(m_dialog->windowTitle().startsWith(u"0 of"_s));
        QVERIFY(m_dialog->findChild<QWidget *>(u"reviewFailure"_s));
        QCOMPARE(freshness(), u"Nothing was sent, because it could not be written to Changes first."_s);
        QVERIFY(stored(m_loaded.front().id));
    }

    void manyFailuresAreShownByPages()
    {
        QVERIFY_OK(open({u"--apps"_s, u"50"_s, u"--scopes"_s, u"3"_s}, TenantType::Sandbox, u"Scale API"_s));
        turnOver();
        showDialog();
        QTRY_VERIFY(button(u"reviewApply"_s)->isEnabled());
        forbidJournal();
        click(u"reviewApply"_s);
        QTRY_VERIFY(m_dialog->windowTitle().startsWith(u"0 of"_s));
        QCOMPARE(cards().size(), 40); // a page that was there, and one of failures
        QCOMPARE(button(u"reviewMore"_s)->text(), u"Show more, 10 apps left"_s);
        click(u"reviewMore"_s);
        QCOMPARE(cards().size(), 50);
        QVERIFY(button(u"reviewMore"_s)->isHidden());
        const auto retries = m_dialog->findChildren<QPushButton *>(u"reviewRetry"_s);
        QCOMPARE(retries.size(), 50);
        QVERIFY(std::ranges::none_of(retries, &QWidget::isHidden)); // those that came late too
    }

    void conflictsStayFirstWhenMoreIsShown()
    {
        QVERIFY_OK(open({u"--apps"_s, u"100"_s, u"--scopes"_s, u"3"_s}, TenantType::Sandbox, u"Scale API"_s));
        turnOver();
        for (const size_t row : {size_t(5), size_t(90)}) {
            const ScopeSet other = conflicting(m_plan.changes()[row]);
            QVERIFY_OK(
                waitFor([&](auto k) { api().updateClientApp(m_server.id, m_loaded[row].id, other, k); }));
        }
        QStringList wanted{m_loaded[5].name, m_loaded[90].name};
        for (size_t row = 0; row < 41; ++row) {
            if (row != 5)
                wanted.append(m_loaded[row].name);
        }
        showDialog();
        QTRY_COMPARE(m_dialog->findChildren<ConflictPane *>().size(), 2);
        QCOMPARE(cards(), wanted.first(21));
        click(u"reviewMore"_s);
        QCOMPARE(cards(), wanted.first(41));
    }

    void aTenantThatIsGoneCanBeReadAgain()
    {
        QVERIFY_OK(open());
        m_plan.removeApp(m_loaded.front().id);
        QCOMPARE(m_sandbox->process.stop(), 0);
        showDialog();
        QTRY_VERIFY_WITH_TIMEOUT(freshness().startsWith(u"The client apps could not be read again."_s),
                                 20000);
        QVERIFY(!button(u"reviewApply"_s)->isEnabled());
        QVERIFY(button(u"reviewReadAgain"_s)->isVisible());
        click(u"reviewKeep"_s);
        QTRY_VERIFY(!m_dialog->isVisible());
        QCOMPARE(m_plan.changes().size(), size_t(1));
    }

private:
    /// What someone else may make of the app so that it is to be decided about: each sandbox grants by
    /// chance.
    ScopeSet conflicting(const GrantChange &change) const
    {
        for (unsigned bits = 0; bits < 8; ++bits) {
            ScopeSet scopes;
            for (size_t bit = 0; bit < 3; ++bit) {
                if ((bits >> bit) % 2 == 1)
                    scopes.insert(m_scopes[bit].id);
            }
            if (standing(change, scopes) == Standing::Changed && onTopOf(change, scopes))
                return scopes;
        }
        return {};
    }
    /// Their apps, from top to bottom.
    QStringList cards() const
    {
        QStringList apps;
        const QLayout *column = m_dialog->findChild<ReviewCards *>()->layout();
        for (int place = 0; place < column->count(); ++place) {
            if (const auto *card = qobject_cast<ReviewCard *>(column->itemAt(place)->widget()))
                apps.append(card->change().appName);
        }
        return apps;
    }
    /// Uses up the calls of the account.
    void exhaust()
    {
        const SandboxProcess::Credential pair = m_sandbox->process.credential(u"audit-export");
        const Secret secret = Secret::fromText(pair.clientSecret);
        TokenSource tokens(m_sandbox->http, m_sandbox->clock, m_sandbox->process.url(), pair.clientId,
                           pair.name,
                           [secret](const Continuation<Secret> &k) { finishLater<Secret>(k, secret); });
        ApiClient other(m_sandbox->http, tokens, m_sandbox->clock, m_sandbox->process.url(), pair.name);
        QSignalSpy waiting(&other, &ApiClient::waiting);
        QObject context;
        for (int i = 0; i < 60; ++i)
            AuthServersApi(other).list(Continuation<std::vector<AuthServer>>(&context, [](const auto &) {}));
        QTRY_VERIFY(!waiting.isEmpty());
    }
    void forbidJournal()
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"raw"_s);
        database.setDatabaseName(m_sandbox->folder.filePath(u"workspace.sqlite"_s));
        database.open();
        const bool done = run(database, u"CREATE TRIGGER full BEFORE INSERT ON grant_entries"
                                        " BEGIN SELECT RAISE(ABORT, 'full'); END"_s)
                              .has_value();
        closeDatabase(database);
        QVERIFY(done);
    }
};

QTEST_MAIN(TestGrantReview)
#include "tst_grantreview.moc"
