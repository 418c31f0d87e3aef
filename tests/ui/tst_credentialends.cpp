// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/credentialsdesktest.h"

#include "credentials/credentialdialog.h"
#include "credentials/repairdialog.h"
#include "onelogin/credentialcreation.h"
#include "support/registerdesk.h"

#include <QLabel>
#include <QPushButton>
#include <QTreeView>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Disable, enable, delete, and what is left when one of them was interrupted.
class CredentialEndsTest : public CredentialsDeskTest
{
    Q_OBJECT

private slots:
    void disablingIsWatchedUntilTheSandboxRefuses();
    void stopEndsTheWatch();
    void elsewhereThePortalIsTheFirstStep();
    void aPairThatIsStillAcceptedIsSaid();
    void aWatchThatIsDueGoesOnAtTheNextStart();
    void aWatchThatCannotAskSaysSo();
    void anEnabledPairIsProven();
    void elsewhereARefusedEnableLeadsToThePortal();
    void oneIsThroughBeforeTheNextBegins();
    void aDisableThatTheSandboxDoesNotTakeIsFinishedOrUndone_data();
    void aDisableThatTheSandboxDoesNotTakeIsFinishedOrUndone();

    void aDeleteInTheSandboxIsFinal();
    void aPairThatTheSandboxDoesNotKnowIsDeletedHereAlone();
    void elsewhereADeleteCanBeUndone_data();
    void elsewhereADeleteCanBeUndone();
    void anUndoneDeleteIsWatchedAsBefore();
    void afterItsTimeADeleteIsThrough();
    void productionAsksForTheName();
    void aDeleteThatFailsChangesNothing_data();
    void aDeleteThatFailsChangesNothing();

    void anInterruptedCreateIsOfferedAtTheNextStart();
    void aRemedyThatIsCancelledIsNoLongerUnderWay();
    void aRepairThatIsClosedEndsWhatItHasUnderWay();
    void twoDoNotWorkOnOneRemedy();
    void anInterruptedDeleteIsFinishedAtTheNextStart();
    void severalThatWereInterruptedAreListed();
    void theRepairFindsWhatIsMissing();
    void theRepairRemovesWhatIsLeftOver();
    void theRepairSaysThatAllIsInOrder();
    void theRepairUnlocksTheKeychain();

private:
    void remove()
    {
        QVERIFY(m_desk->chooseInMenu(u"credential.delete"_s));
        confirm();
    }
    QString effects() const { return confirmation()->accessibleDescription(); }
    RepairDialog *repair() const { return m_desk->dialog<RepairDialog>(); }
    QString state() const { return m_desk->stateOf(u"directory-sync"_s); }
    QString waiting() const
    {
        auto *line = shown<QLabel>(*m_desk->panel, u"watch.sentence"_s);
        return line ? line->text() : QString();
    }
    void failWrites(int status)
    {
        m_desk->tenant.proxy->setScript([status](const Arrival &arrival, const FaultProxy::Forward &forward) {
            if (arrival.method == "GET" || !arrival.target.startsWith("/sandbox/"))
                return forward(arrival);
            if (status == 0)
                return FaultReply{.then = FaultReply::Then::Reset};
            return status == 500 ? FaultServer::answer(500, "{\"statusCode\":500,\"message\":\"broken\"}")
                                 : FaultServer::html(status);
        });
    }
    /// As if the program had ended once the sandbox had made the pair.
    void interruptACreate(const QString &name)
    {
        m_desk->tenant.keychain.failFrom = 3; // after the probe's put, get and remove
        CredentialCreation creation(*m_desk->tenant.session);
        const CredentialDraft draft{.name = name, .level = ScopeLevel::ReadAll};
        QVERIFY(!waitFor<ApiCredential>([&](auto k) { creation.start(draft, k); }));
        QVERIFY(creation.isMade());
        m_desk->tenant.keychain.failFrom = -1;
    }
};

void CredentialEndsTest::disablingIsWatchedUntilTheSandboxRefuses()
{
    openAs();
    QVERIFY(m_desk->press(u"credential.disable"_s));
    QVERIFY(effects().contains(u"no longer used here"_s));
    QVERIFY(effects().contains(u"revokes its tokens"_s));
    confirm();
    QTRY_COMPARE(state(), u"Disabling"_s);
    QTRY_VERIFY2(waiting().startsWith(u"Waiting until the tenant refuses the pair"_s), qPrintable(waiting()));
    QCOMPARE(m_desk->tenant.rows().front().state, CredentialState::Disabled);
    QTRY_COMPARE(said(), u"The tenant refuses directory-sync now."_s);
    QCOMPARE(state(), u"Disabled"_s);
    QVERIFY(waiting().isEmpty());
    QVERIFY(m_desk->tenant.operations().empty());
}

void CredentialEndsTest::stopEndsTheWatch()
{
    openAs();
    disable();
    QVERIFY(m_desk->press(u"watch.stop"_s));
    QTRY_COMPARE(state(), u"Disabled"_s);
    QVERIFY(waiting().isEmpty());
    QVERIFY(m_desk->tenant.operations().empty());
}

void CredentialEndsTest::elsewhereThePortalIsTheFirstStep()
{
    openAs(TenantType::Staging);
    disable();
    QTRY_COMPARE(state(), u"Disabling"_s);
    QVERIFY2(waiting().startsWith(u"Now disable directory-sync in the portal"_s), qPrintable(waiting()));
    m_desk->tenant.proxy->forget();
    QVERIFY(m_desk->press(u"watch.portal"_s));
    QCOMPARE(m_desk->opened.size(), 1);
    QVERIFY(waiting().startsWith(u"Waiting"_s));
    QTRY_VERIFY(m_desk->tenant.proxy->arrived().size() > 1); // still accepted
    QCOMPARE(state(), u"Disabling"_s);
    // What the person does in the portal.
    const Tenant direct{.baseUrl = m_desk->tenant.sandbox.url(), .type = TenantType::Sandbox};
    const SandboxPortal portal(m_desk->tenant.http, direct);
    const auto row = m_desk->tenant.atPortal(u"directory-sync"_s);
    QVERIFY(row);
    QVERIFY_OK(
        waitFor<PortalCredential>([&](auto k) { portal.setState(row->id, PortalState::Disabled, k); }));
    QTRY_COMPARE(said(), u"The tenant refuses directory-sync now."_s);
    QCOMPARE(state(), u"Disabled"_s);
}

void CredentialEndsTest::aPairThatIsStillAcceptedIsSaid()
{
    openAs(TenantType::Staging);
    m_desk->panel->lifecycle().watches().setPace({.waits = {20ms}, .limit = 100ms});
    disable();
    QVERIFY(m_desk->press(u"watch.start"_s));
    QTRY_VERIFY2(said().startsWith(u"directory-sync still gets a token"_s), qPrintable(said()));
    QCOMPARE(state(), u"Disabled"_s);
    QVERIFY(m_desk->press(u"watch.again"_s));
    QTRY_VERIFY(!waiting().isEmpty());
}

void CredentialEndsTest::aWatchThatIsDueGoesOnAtTheNextStart()
{
    openAs();
    m_desk->panel->lifecycle().watches().setPace({.waits = {10min}, .limit = 20min});
    disable();
    QTRY_VERIFY(waiting().contains(u"asks again in"_s));
    QVERIFY(m_desk->restart());
    QCOMPARE(state(), u"Disabling"_s);
    QVERIFY(m_desk->select(u"directory-sync"_s));
    // Every five seconds at first.
    QTRY_COMPARE_WITH_TIMEOUT(said(), u"The tenant refuses directory-sync now."_s, 20000);
    QCOMPARE(state(), u"Disabled"_s);
}

void CredentialEndsTest::aWatchThatCannotAskSaysSo()
{
    openAs(TenantType::Staging);
    m_desk->panel->lifecycle().watches().setPace({.waits = {20ms}, .limit = 100ms});
    disable();
    QTRY_COMPARE(state(), u"Disabling"_s);
    m_desk->tenant.keychain.failFrom = 0;
    QVERIFY(m_desk->press(u"watch.start"_s));
    QTRY_COMPARE(said(), u"Whether the tenant refuses directory-sync could not be seen."_s);
    m_desk->tenant.keychain.failFrom = -1;
    m_desk->tenant.proxy->setScript(
        [](const Arrival &, const FaultProxy::Forward &) { return FaultServer::html(500); });
    QVERIFY(m_desk->press(u"watch.again"_s));
    QTRY_VERIFY(shown<QPushButton>(*m_desk->panel, u"watch.again"_s));
    QCOMPARE(m_desk->tenant.operations().size(), 1u); // it stays due
}

void CredentialEndsTest::anEnabledPairIsProven()
{
    openAs();
    disable();
    QTRY_COMPARE(state(), u"Disabling"_s);
    QVERIFY(m_desk->press(u"credential.enable"_s));
    QTRY_COMPARE(said(), u"directory-sync is enabled: it gets a token."_s);
    QCOMPARE(state(), u"Enabled"_s);
    QVERIFY(waiting().isEmpty()); // with the watch
    QCOMPARE(m_desk->tenant.atPortal(u"directory-sync"_s)->state, PortalState::Enabled);
    QVERIFY(m_desk->tenant.operations().empty());
}

void CredentialEndsTest::elsewhereARefusedEnableLeadsToThePortal()
{
    openAs(TenantType::Staging);
    disable();
    QTRY_COMPARE(state(), u"Disabling"_s);
    m_desk->tenant.proxy->setScript([](const Arrival &, const FaultProxy::Forward &) {
        return FaultServer::answer(
            401, R"({"status":{"error":true,"code":401,"message":"Authentication Failure"}})");
    });
    QVERIFY(m_desk->press(u"credential.enable"_s));
    QTRY_COMPARE(said(), u"directory-sync is enabled here, but the tenant refuses it."_s);
    QCOMPARE(state(), u"Refused"_s);
    QVERIFY(m_desk->press(u"credentials.openPortal"_s));
    QTRY_COMPARE(m_desk->opened.size(), 1);
}

void CredentialEndsTest::oneIsThroughBeforeTheNextBegins()
{
    openAs(TenantType::Staging);
    disable();
    QTRY_COMPARE(state(), u"Disabling"_s);
    m_desk->tenant.proxy->setScript(
        [](const Arrival &, const FaultProxy::Forward &) { return FaultReply{}; });
    QVERIFY(m_desk->press(u"credential.enable"_s));
    QTest::keyClick(m_desk->panel->findChild<QTreeView *>(u"credentials.list"_s), Qt::Key_Delete);
    QVERIFY(!confirmation());
}

void CredentialEndsTest::aDisableThatTheSandboxDoesNotTakeIsFinishedOrUndone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("remedy");
    QTest::addColumn<QString>("state");
    QTest::newRow("500, finished") << 500 << u"remedy.finish"_s << u"Disabling"_s;
    QTest::newRow("429 html, undone") << 429 << u"remedy.undo"_s << u"Enabled"_s;
    QTest::newRow("offline, finished") << 0 << u"remedy.finish"_s << u"Disabling"_s;
}

void CredentialEndsTest::aDisableThatTheSandboxDoesNotTakeIsFinishedOrUndone()
{
    QFETCH(int, status);
    QFETCH(QString, remedy);
    QFETCH(QString, state);
    openAs();
    failWrites(status);
    disable();
    QTRY_VERIFY2_WITH_TIMEOUT(said().startsWith(u"directory-sync was being disabled."_s), qPrintable(said()),
                              20000);
    QVERIFY(!m_desk->banner().detail().isEmpty());
    QCOMPARE(this->state(), u"Disabled"_s); // here at once
    QVERIFY(m_desk->press(remedy));
    QTRY_VERIFY_WITH_TIMEOUT(shown<QPushButton>(*m_desk->panel, remedy), 20000); // the sandbox still fails
    m_desk->tenant.proxy->setScript(nullptr);
    QVERIFY(m_desk->press(remedy));
    QTRY_COMPARE(this->state(), state);
}

void CredentialEndsTest::aDeleteInTheSandboxIsFinal()
{
    openAs();
    QVERIFY(m_desk->chooseInMenu(u"credential.delete"_s));
    QTRY_VERIFY(confirmation());
    QVERIFY(effects().contains(u"irreversible: there is no undo"_s));
    QVERIFY(effects().contains(u"All its tokens die"_s));
    QCOMPARE(confirmation()->verbButton()->text(), u"Delete directory-sync"_s);
    QTRY_COMPARE(confirmation()->focusWidget(), confirmation()->cancelButton());
    confirm();
    QTRY_COMPARE(said(), u"directory-sync is deleted."_s);
    QVERIFY(!shown<QPushButton>(*m_desk->panel, u"credentials.undoDelete"_s));
    QVERIFY(!m_desk->tenant.atPortal(u"directory-sync"_s));
    QVERIFY(m_desk->tenant.keychain.secrets.isEmpty());
}

void CredentialEndsTest::aPairThatTheSandboxDoesNotKnowIsDeletedHereAlone()
{
    openAs();
    const PortalId id = m_desk->tenant.atPortal(u"directory-sync"_s)->id;
    QVERIFY_OK(waitFor<void>([&](auto k) { m_desk->tenant.portal().remove(id, k); }));
    QVERIFY(m_desk->chooseInMenu(u"credential.delete"_s));
    QTRY_VERIFY(confirmation());
    QVERIFY2(effects().startsWith(u"The sandbox does not know this pair: it is removed here alone."_s),
             qPrintable(effects()));
    QVERIFY(!effects().contains(u"deletes"_s));
    confirm();
    QTRY_COMPARE(said(), u"directory-sync is deleted here."_s);
    QVERIFY2(m_desk->banner().detail().startsWith(u"The sandbox does not know it."_s),
             qPrintable(m_desk->banner().detail()));
    QVERIFY(m_desk->tenant.rows().empty());
    QVERIFY(m_desk->tenant.keychain.secrets.isEmpty());
}

void CredentialEndsTest::elsewhereADeleteCanBeUndone_data()
{
    QTest::addColumn<bool>("byKey");
    QTest::newRow("by its button") << false;
    QTest::newRow("by Ctrl+Z") << true;
}

void CredentialEndsTest::elsewhereADeleteCanBeUndone()
{
    QFETCH(bool, byKey);
    openAs(TenantType::Staging);
    QVERIFY_OK(m_desk->tenant.token(m_desk->tenant.rows().front()));
    QVERIFY(m_desk->chooseInMenu(u"credential.delete"_s));
    QVERIFY(effects().contains(u"go after 10 seconds"_s));
    QVERIFY(effects().contains(u"irreversible, and all its tokens die"_s));
    confirm();
    QTRY_COMPARE(said(), u"Deleted directory-sync here."_s);
    QVERIFY(state().isEmpty());
    QTRY_VERIFY(shown<QPushButton>(*m_desk->panel, u"credentials.undoDelete"_s));
    const auto *undo = shown<QPushButton>(*m_desk->panel, u"credentials.undoDelete"_s);
    QVERIFY2(undo->text().startsWith(u"Undo, "_s), qPrintable(undo->text()));
    const QString first = undo->text();
    QTRY_VERIFY(undo->text() != first); // it counts down
    if (byKey) {
        m_desk->panel->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_desk->panel.get()));
        QTest::keyClick(m_desk->panel.get(), Qt::Key_Z, Qt::ControlModifier);
    } else {
        QVERIFY(m_desk->press(u"credentials.undoDelete"_s));
    }
    QTRY_COMPARE(said(), u"directory-sync is back."_s);
    QCOMPARE(state(), u"Enabled"_s);
    QVERIFY_OK(m_desk->tenant.token(m_desk->tenant.rows().front()));
    QVERIFY(m_desk->tenant.operations().empty());
}

void CredentialEndsTest::anUndoneDeleteIsWatchedAsBefore()
{
    openAs(TenantType::Staging);
    m_desk->panel->lifecycle().watches().setPace({.waits = {10min}, .limit = 20min});
    disable();
    QTRY_COMPARE(state(), u"Disabling"_s);
    QVERIFY(m_desk->press(u"watch.start"_s));
    QTRY_VERIFY(waiting().contains(u"asks again in"_s));
    remove();
    QTRY_COMPARE(said(), u"Deleted directory-sync here."_s);
    QVERIFY(m_desk->press(u"credentials.undoDelete"_s));
    QTRY_COMPARE(state(), u"Disabling"_s);
    QTRY_VERIFY(waiting().startsWith(u"Waiting"_s));
    QCOMPARE(m_desk->tenant.operations().size(), 1u);
    QCOMPARE(m_desk->tenant.operations().front().kind, OperationKind::Watch);
}

void CredentialEndsTest::afterItsTimeADeleteIsThrough()
{
    openAs(TenantType::Staging);
    m_desk->tenant.credentials->setUndoTime(200ms);
    remove();
    QTRY_COMPARE(said(), u"Deleted directory-sync here."_s);
    QTRY_VERIFY(!shown<QPushButton>(*m_desk->panel, u"credentials.undoDelete"_s));
    QEvent leave(QEvent::Leave); // nothing jumps under the pointer
    QCoreApplication::sendEvent(m_desk->panel.get(), &leave);
    QTRY_VERIFY(!m_desk->banner().isVisible());
    QTRY_VERIFY(m_desk->tenant.keychain.secrets.isEmpty());
    QTRY_VERIFY(m_desk->tenant.operations().empty());
    QVERIFY(!m_desk->chooseInMenu(u"credentials.undo"_s));
}

void CredentialEndsTest::productionAsksForTheName()
{
    openAs(TenantType::Production);
    QVERIFY(m_desk->chooseInMenu(u"credential.delete"_s));
    QVERIFY(!confirmation()->verbButton()->isEnabled());
    m_desk->fill(u"typedName"_s, u"directory-sync"_s);
    confirm();
    QTRY_COMPARE(said(), u"Deleted directory-sync here."_s);
}

void CredentialEndsTest::aDeleteThatFailsChangesNothing_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("500") << 500;
    QTest::newRow("429 html") << 429;
    QTest::newRow("the sandbox has ended") << -1;
}

void CredentialEndsTest::aDeleteThatFailsChangesNothing()
{
    QFETCH(int, status);
    openAs();
    if (status < 0)
        m_desk->tenant.sandbox.stop();
    else
        failWrites(status);
    remove();
    QTRY_VERIFY_WITH_TIMEOUT(!confirmation() || confirmation()->banner()->isVisible(), 20000);
    if (!confirmation()) // what became of it is not known: asked again
        QVERIFY2(said().startsWith(u"directory-sync was being deleted."_s), qPrintable(said()));
    else
        QCOMPARE(confirmation()->banner()->kind(), MessageBanner::Kind::Danger);
    QCOMPARE(m_desk->tenant.rows().size(), 1u);
    QCOMPARE(m_desk->tenant.keychain.secrets.size(), 1);
}

void CredentialEndsTest::anInterruptedCreateIsOfferedAtTheNextStart()
{
    openAs();
    interruptACreate(u"invoice-export"_s);
    QVERIFY(m_desk->restart());
    QTRY_VERIFY2(said().startsWith(u"The sandbox made the pair invoice-export"_s), qPrintable(said()));
    // Another took the name meanwhile.
    const CredentialDraft taken{
        .tenant = m_desk->tenant.tenant.id, .name = u"invoice-export"_s, .clientId = u"0a"_s};
    QVERIFY_OK(waitFor<ApiCredential>(
        [&](auto k) { m_desk->tenant.credentials->add(taken, Secret::fromText(u"secret-1"_s), k); }));
    QVERIFY(m_desk->press(u"remedy.keep"_s));
    QTRY_COMPARE(m_desk->stateOf(u"invoice-export-2"_s), u"Not tested yet"_s);
    QVERIFY(m_desk->tenant.operations().empty());
}

void CredentialEndsTest::aRemedyThatIsCancelledIsNoLongerUnderWay()
{
    openAs();
    interruptACreate(u"invoice-export"_s);
    QVERIFY(m_desk->restart());
    QTRY_VERIFY2(said().startsWith(u"The sandbox made the pair invoice-export"_s), qPrintable(said()));
    m_desk->tenant.proxy->setScript(
        [](const Arrival &, const FaultProxy::Forward &) { return FaultReply{}; });
    const Operation operation = m_desk->tenant.operations().front();
    const OperationLog &log = m_desk->tenant.workspace->operations();
    QVERIFY(m_desk->press(u"remedy.keep"_s));
    QTRY_VERIFY(log.isUnderWay(operation));
    QTRY_VERIFY(m_desk->press(u"busy.cancel"_s));
    QTRY_VERIFY(shown<QPushButton>(*m_desk->panel, u"remedy.keep"_s));
    QVERIFY(!log.isUnderWay(operation)); // or the next press were a second one
    m_desk->tenant.proxy->setScript(nullptr);
    QVERIFY(m_desk->press(u"remedy.keep"_s));
    QTRY_COMPARE(m_desk->stateOf(u"invoice-export"_s), u"Not tested yet"_s);
    QVERIFY(m_desk->tenant.operations().empty());
}

void CredentialEndsTest::aRepairThatIsClosedEndsWhatItHasUnderWay()
{
    openAs();
    interruptACreate(u"invoice-export"_s);
    QVERIFY(m_desk->chooseInMenu(u"credentials.repair"_s));
    QTRY_VERIFY(shown<QPushButton>(*repair(), u"remedy.keep"_s));
    m_desk->tenant.proxy->setScript(
        [](const Arrival &, const FaultProxy::Forward &) { return FaultReply{}; });
    const Operation operation = m_desk->tenant.operations().front();
    const OperationLog &log = m_desk->tenant.workspace->operations();
    QVERIFY(press(*repair(), u"remedy.keep"_s));
    QTRY_VERIFY(log.isUnderWay(operation));
    QTest::keyClick(repair(), Qt::Key_Escape);
    QTRY_VERIFY(!repair());
    QVERIFY(!log.isUnderWay(operation));
    m_desk->tenant.proxy->setScript(nullptr);
    QVERIFY(m_desk->press(u"remedy.keep"_s)); // offered again at once
    QTRY_COMPARE(m_desk->stateOf(u"invoice-export"_s), u"Not tested yet"_s);
    QVERIFY(m_desk->tenant.operations().empty());
}

void CredentialEndsTest::twoDoNotWorkOnOneRemedy()
{
    openAs();
    interruptACreate(u"invoice-export"_s);
    QVERIFY(m_desk->chooseInMenu(u"credentials.repair"_s));
    QTRY_VERIFY(shown<QPushButton>(*repair(), u"remedy.keep"_s));
    const auto other = m_desk->tenant.workspace->operations().hold(m_desk->tenant.operations().front().id);
    QVERIFY(press(*repair(), u"remedy.keep"_s));
    QTRY_VERIFY(repair()->banner()->sentence().contains(u"is at work on invoice-export"_s));
    QCOMPARE(m_desk->tenant.rows().size(), 1u);
}

void CredentialEndsTest::anInterruptedDeleteIsFinishedAtTheNextStart()
{
    openAs();
    m_desk->tenant.proxy->setScript([this](const Arrival &arrival, const FaultProxy::Forward &forward) {
        if (arrival.method != "DELETE")
            return forward(arrival);
        forward(arrival);
        m_desk->tenant.proxy->setScript([](const Arrival &, const FaultProxy::Forward &) {
            return FaultReply{.then = FaultReply::Then::Reset};
        });
        return FaultReply{.then = FaultReply::Then::Reset};
    });
    remove();
    QTRY_VERIFY_WITH_TIMEOUT(said().startsWith(u"directory-sync was being deleted."_s), 20000);
    QVERIFY(shown<QPushButton>(*m_desk->panel, u"remedy.undo"_s));
    m_desk->tenant.proxy->setScript(nullptr);
    m_desk->tenant.keychain.failFrom = 0;
    QVERIFY(m_desk->restart());
    QTRY_COMPARE(said(), u"What was interrupted is finished now."_s);
    QVERIFY(m_desk->banner().detail().contains(u"directory-sync is deleted."_s));
    QVERIFY(m_desk->tenant.rows().empty());
}

void CredentialEndsTest::severalThatWereInterruptedAreListed()
{
    openAs();
    interruptACreate(u"invoice-export"_s);
    interruptACreate(u"nightly-report"_s);
    QVERIFY(m_desk->restart());
    QTRY_COMPARE(said(), u"2 things were interrupted."_s);
    QVERIFY(m_desk->press(u"unfinished.show"_s));
    QTRY_VERIFY(repair());
    QVERIFY(m_desk->press(u"remedy.deleteAtTenant"_s));
    QTRY_COMPARE(m_desk->tenant.operations().size(), 1u);
    QTRY_COMPARE(repair()->findChildren<QPushButton *>(u"remedy.keep"_s).size(), 1);
    QVERIFY(press(*repair(), u"remedy.keep"_s));
    QTRY_VERIFY(m_desk->tenant.operations().empty());
    QTRY_VERIFY(!shown(*repair(), u"remedy.keep"_s));
    QTRY_VERIFY(shown(*repair(), u"repair.young"_s)); // what the two interrupted ones noted
    QCOMPARE(m_desk->tenant.rows().size(), 2u);
}

void CredentialEndsTest::theRepairFindsWhatIsMissing()
{
    openAs();
    m_desk->tenant.keychain.secrets.clear();
    QVERIFY(m_desk->chooseInMenu(u"credentials.repair"_s));
    QVERIFY(m_desk->press(u"repair.paste"_s));
    m_desk->fill(u"credential.form.secret"_s,
                 m_desk->tenant.sandbox.credential(u"directory-sync").clientSecret);
    QVERIFY(press(*m_desk->dialog<CredentialDialog>(), u"apply"_s));
    QTRY_VERIFY(shown(*repair(), u"emptyState"_s));
    QCOMPARE(state(), u"Not tested yet"_s);

    m_desk->tenant.keychain.secrets.clear();
    QVERIFY(m_desk->press(u"repair.again"_s));
    QVERIFY(m_desk->press(u"repair.delete"_s));
    confirm();
    QTRY_VERIFY(shown(*repair(), u"emptyState"_s));
    QVERIFY(m_desk->tenant.rows().empty());
}

void CredentialEndsTest::theRepairRemovesWhatIsLeftOver()
{
    openAs();
    const QString key = u"latchkey/0123456789abcdef0123456789abcdef"_s;
    m_desk->tenant.keychain.secrets.insert(key, Secret::fromText(u"left-over"_s));
    QVERIFY_OK(m_desk->tenant.workspace->noteKeychainItem(key));
    QVERIFY(m_desk->chooseInMenu(u"credentials.repair"_s));
    QTRY_VERIFY(repair());
    QTRY_VERIFY(shown<QWidget>(*repair(), u"repair.young"_s));
    const QLabel *told = repair()->findChild<QWidget *>(u"repair.young"_s)->findChild<QLabel *>();
    QVERIFY2(told->text().startsWith(u"1 leftover is younger than 10 minutes; look again at "_s),
             qPrintable(told->text()));
    QVERIFY(!shown(*repair(), u"emptyState"_s));
    repair()->reject();
    QTRY_VERIFY(!repair());
    QVERIFY(executeIn(m_desk->tenant.folder.path(),
                      u"UPDATE keychain_items SET created_at = '2026-01-01T00:00:00.000Z' "
                      "WHERE credential_id IS NULL"_s));
    QVERIFY(m_desk->chooseInMenu(u"credentials.repair"_s));
    QVERIFY(m_desk->press(u"repair.leftovers"_s));
    QTRY_VERIFY(shown(*repair(), u"emptyState"_s));
    QVERIFY(!m_desk->tenant.keychain.secrets.contains(key));
    QCOMPARE(m_desk->tenant.keychain.secrets.size(), 1);
}

void CredentialEndsTest::theRepairSaysThatAllIsInOrder()
{
    openAs();
    QVERIFY(m_desk->chooseInMenu(u"credentials.repair"_s));
    QTRY_VERIFY(shown(*repair(), u"emptyState"_s));
    QVERIFY(m_desk->press(u"repair.close"_s));
    QTRY_VERIFY(!repair());
}

void CredentialEndsTest::theRepairUnlocksTheKeychain()
{
    openAs();
    m_desk->tenant.keychain.failFrom = 0;
    QVERIFY(m_desk->chooseInMenu(u"credentials.repair"_s));
    QTRY_VERIFY(repair()->banner()->isVisible());
    QVERIFY(!shown(*repair(), u"repair.paste"_s)); // nothing is taken for missing
    QVERIFY(m_desk->press(u"repair.unlock"_s));
    QTRY_VERIFY(shown(*repair(), u"emptyState"_s));
    QVERIFY(!repair()->banner()->isVisible());
}

QTEST_MAIN(CredentialEndsTest)
#include "moc_credentialsdesktest.cpp"
#include "tst_credentialends.moc"
