// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/tenantdesk.h"

#include "onelogin/disablewatch.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kCredentials = u"/sandbox/portal/credentials"_s;

bool isWrite(const Arrival &arrival, const QByteArray &method)
{
    return arrival.method == method && arrival.target.startsWith("/sandbox/portal/");
}

} // namespace

/// Create, delete, disable and enable against the real sandbox, with what can go wrong between.
class CredentialLifecycleTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_desk.reset(); }

    void onlyASandboxOnThisComputerHasAPortal_data();
    void onlyASandboxOnThisComputerHasAPortal();
    void anotherTenantsPortalIsNeverAsked();
    void aReadOnlySandboxIsNotWritten();

    void theActivityLogNeverHoldsAPairsSecret();
    void createsAPairThatGetsAToken();
    void refusesBeforeThePairIsMade_data();
    void refusesBeforeThePairIsMade();
    void aLostAnswerToCreateIsSettledByReading_data();
    void aLostAnswerToCreateIsSettledByReading();
    void aPairThatCannotBeStoredIsOfferedAgain();
    void aPairThatCannotBeStoredCanBeDeletedAtTheTenant();

    void deletesThePairAtTheSandboxAtOnce();
    void aDeleteThatTheSandboxRefusesChangesNothing();
    void aLostAnswerToDeleteIsSettledByReading();
    void aSandboxWithoutAPortalIsLikeAnyTenant();
    void aDeletedPairWaitsForALockedKeychain();
    void elsewhereADeleteRevokesHidesAndCanBeUndone();
    void elsewhereADeleteGoesThroughAfterAWhile();
    void aHiddenPairGoesAtTheNextStart();
    void aHiddenPairKeepsItsName();
    void withoutUndoALockedKeychainKeepsTheRow();

    void disablesHereAndAtTheSandbox();
    void enablesAndProves();
    void anUnfinishedDisableCanBeFinishedOrUndone_data();
    void anUnfinishedDisableCanBeFinishedOrUndone();
    void anUndoOfflineLeavesTheDisableUnfinished();
    void aDeleteThatFailsLeavesTheWatchDue();
    void elsewhereADisableIsLeftToThePortal();
    void tokenRequestsTellWhatBecameOfThePair();

private:
    CredentialDraft draft(const QString &name = u"invoice-export"_s) const
    {
        return {.name = name, .level = ScopeLevel::ReadAll, .note = u"owner: jdoe.test"_s};
    }
    Result<ApiCredential> create(const CredentialDraft &draft)
    {
        CredentialCreation creation(*m_desk->session);
        return waitFor<ApiCredential>([&](auto k) { creation.start(draft, k); });
    }
    Result<RemovalOutcome> remove(const ApiCredential &credential,
                                  CredentialRemoval::Undo undo = CredentialRemoval::Undo::Offered)
    {
        CredentialRemoval removal(*m_desk->session, credential);
        return waitFor<RemovalOutcome>([&](auto k) { removal.start(undo, k); });
    }
    Result<SwitchOutcome> disable(const ApiCredential &credential)
    {
        CredentialSwitch change(*m_desk->session, credential);
        return waitFor<SwitchOutcome>([&](auto k) { change.disable(k); });
    }
    Result<SwitchOutcome> enable(const ApiCredential &credential)
    {
        CredentialSwitch change(*m_desk->session, credential);
        return waitFor<SwitchOutcome>([&](auto k) { change.enable(k); });
    }
    void openAs(TenantType type)
    {
        m_desk = std::make_unique<TenantDesk>(type, QStringList{u"--disable-delay"_s, u"0"_s});
        QVERIFY(m_desk->start());
    }
    /// The next write of that kind is carried out, and its answer lost on the way.
    void loseTheAnswer(const QByteArray &method, bool isCarriedOut, bool canBeRead = true)
    {
        m_desk->proxy->setScript([=, this](const Arrival &arrival, const FaultProxy::Forward &forward) {
            if (isWrite(arrival, method)) {
                if (isCarriedOut)
                    forward(arrival);
                m_isLost = true;
                return FaultReply{.then = FaultReply::Then::Reset};
            }
            if (m_isLost && !canBeRead)
                return FaultReply{.then = FaultReply::Then::Reset};
            return forward(arrival);
        });
    }
    void goOffline()
    {
        m_desk->proxy->setScript([](const Arrival &, const FaultProxy::Forward &) {
            return FaultReply{.then = FaultReply::Then::Reset};
        });
    }
    qsizetype writes(const QByteArray &method) const
    {
        const std::vector<Arrival> &all = m_desk->proxy->arrived();
        return std::count_if(all.begin(), all.end(),
                             [&](const Arrival &each) { return isWrite(each, method); });
    }
    std::vector<SettledOperation> settle()
    {
        UnfinishedWork work(*m_desk->session);
        return waitFor<std::vector<SettledOperation>>([&](auto k) { work.settle(k); })
            .value_or(std::vector<SettledOperation>{});
    }

    std::unique_ptr<TenantDesk> m_desk;
    bool m_isLost = false;
};

void CredentialLifecycleTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_isLost = false;
    openAs(TenantType::Sandbox);
}

void CredentialLifecycleTest::onlyASandboxOnThisComputerHasAPortal_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<TenantType>("type");
    QTest::addColumn<bool>("has");
    QTest::newRow("here") << u"http://127.0.0.1:8080"_s << TenantType::Sandbox << true;
    QTest::newRow("by name") << u"http://localhost:8080"_s << TenantType::Sandbox << true;
    QTest::newRow("another type") << u"http://127.0.0.1:8080"_s << TenantType::Production << false;
    QTest::newRow("elsewhere") << u"https://sandbox.example.com"_s << TenantType::Sandbox << false;
    QTest::newRow("named like loopback")
        << u"https://127.0.0.1.example.com"_s << TenantType::Sandbox << false;
}

void CredentialLifecycleTest::onlyASandboxOnThisComputerHasAPortal()
{
    QFETCH(QString, url);
    QFETCH(TenantType, type);
    QTEST(SandboxPortal::isFor({.baseUrl = QUrl(url), .type = type}), "has");
}

void CredentialLifecycleTest::anotherTenantsPortalIsNeverAsked()
{
    openAs(TenantType::Production);
    const SandboxPortal portal = m_desk->portal();
    const auto listed = waitFor<std::vector<PortalCredential>>([&](auto k) { portal.list(k); });
    QVERIFY(!listed);
    QCOMPARE(listed.error().kind, ErrorKind::InvalidInput);
    QVERIFY(m_desk->proxy->arrived().empty());
}

void CredentialLifecycleTest::aReadOnlySandboxIsNotWritten()
{
    m_desk->tenant.readOnly = true;
    const SandboxPortal portal = m_desk->portal();
    const auto made = waitFor<PortalPair>([&](auto k) { portal.create(u"a"_s, ScopeLevel::ReadAll, {}, k); });
    QCOMPARE(made.error().kind, ErrorKind::ReadOnly);
    QVERIFY(m_desk->proxy->arrived().empty());
}

void CredentialLifecycleTest::theActivityLogNeverHoldsAPairsSecret()
{
    QString log;
    connect(&m_desk->http, &HttpClient::exchanged, this,
            [&log](const Exchange &exchange) { log += exchange.requestBody + exchange.responseBody; });
    const Result<ApiCredential> created = create(draft());
    QVERIFY_OK(created);
    const auto secret = waitFor<Secret>([&](auto k) { m_desk->credentials->secret(*created, k); });
    QVERIFY_OK(secret);
    QVERIFY(log.contains(created->clientId)); // the answer is there
    QVERIFY(!log.contains(secret->revealed()));
}

void CredentialLifecycleTest::createsAPairThatGetsAToken()
{
    const Result<ApiCredential> created = create(draft());
    QVERIFY_OK(created);
    QCOMPARE(created->name, u"invoice-export"_s);
    QCOMPARE(created->note, u"owner: jdoe.test"_s);
    const auto listed = m_desk->atPortal(u"invoice-export"_s);
    QVERIFY(listed);
    QCOMPARE(listed->clientId, created->clientId);
    QCOMPARE(listed->level, ScopeLevel::ReadAll);
    QVERIFY_OK(m_desk->token(*created));
    QVERIFY(m_desk->operations().empty());
    QVERIFY(m_desk->leftovers().isEmpty());
}

void CredentialLifecycleTest::refusesBeforeThePairIsMade_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("name") << u"name"_s << ErrorKind::InvalidInput;
    QTest::newRow("level") << u"level"_s << ErrorKind::InvalidInput;
    QTest::newRow("keychain") << u"keychain"_s << ErrorKind::KeychainLocked;
}

void CredentialLifecycleTest::refusesBeforeThePairIsMade()
{
    QFETCH(QString, what);
    CredentialDraft sample = draft();
    if (what == "name"_L1)
        sample.name = m_desk->adopt(u"grants-admin").name;
    else if (what == "level"_L1)
        sample.level.reset();
    else
        m_desk->keychain.failFrom = 0;
    const Result<ApiCredential> created = create(sample);
    QVERIFY(!created);
    QTEST(created.error().kind, "kind");
    QCOMPARE(writes("POST"), 0);
    QVERIFY(m_desk->operations().empty());
}

void CredentialLifecycleTest::aLostAnswerToCreateIsSettledByReading_data()
{
    QTest::addColumn<bool>("isCarriedOut");
    QTest::newRow("it was made") << true;
    QTest::newRow("it was not made") << false;
}

void CredentialLifecycleTest::aLostAnswerToCreateIsSettledByReading()
{
    QFETCH(bool, isCarriedOut);
    loseTheAnswer("POST", isCarriedOut);
    const Result<ApiCredential> created = create(draft());
    QCOMPARE(writes("POST"), 1);
    QCOMPARE(created.has_value(), isCarriedOut);
    if (created)
        QVERIFY_OK(m_desk->token(*created));
    QCOMPARE(m_desk->rows().size(), isCarriedOut ? 1u : 0u);
    QVERIFY(m_desk->operations().empty());
}

void CredentialLifecycleTest::aPairThatCannotBeStoredIsOfferedAgain()
{
    m_desk->keychain.failFrom = 3; // after the probe's put, get and remove
    CredentialCreation creation(*m_desk->session);
    const auto created = waitFor<ApiCredential>([&](auto k) { creation.start(draft(), k); });
    QVERIFY(!created);
    QCOMPARE(created.error().kind, ErrorKind::KeychainLocked);
    QVERIFY(creation.isMade());
    m_desk->keychain.failFrom = -1;
    QVERIFY(m_desk->restart());

    UnfinishedWork work(*m_desk->session);
    const std::vector<SettledOperation> left = settle();
    QCOMPARE(left.size(), 1u);
    QVERIFY(!left[0].isSettled && !left[0].error);
    QVERIFY(UnfinishedWork::explanation(left[0].operation).contains(u"invoice-export"_s));
    const auto kept =
        waitFor<ApiCredential>([&](auto k) { work.keep(left[0].operation, u"invoice-export-2"_s, k); });
    QVERIFY_OK(kept);
    QCOMPARE(kept->name, u"invoice-export-2"_s);
    QCOMPARE(kept->level, ScopeLevel::ReadAll);
    QVERIFY_OK(m_desk->token(*kept));
    QVERIFY(m_desk->operations().empty());
}

void CredentialLifecycleTest::aPairThatCannotBeStoredCanBeDeletedAtTheTenant()
{
    m_desk->keychain.failFrom = 3;
    QVERIFY(!create(draft()));
    m_desk->keychain.failFrom = -1;
    UnfinishedWork work(*m_desk->session);
    const auto left = work.list();
    QVERIFY_OK(left);
    QCOMPARE(left->size(), 1u);
    QVERIFY_OK(waitFor([&](auto k) { work.deleteAtTenant(left->front(), k); }));
    QVERIFY(!m_desk->atPortal(u"invoice-export"_s));
    QVERIFY(m_desk->operations().empty());
    QVERIFY(m_desk->rows().empty());
}

void CredentialLifecycleTest::deletesThePairAtTheSandboxAtOnce()
{
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    QVERIFY_OK(m_desk->token(admin));
    const Result<RemovalOutcome> removed = remove(admin);
    QVERIFY_OK(removed);
    QVERIFY(removed->isGoneAtTenant);
    QVERIFY(!removed->canUndo);
    QVERIFY(!removed->warning);
    QVERIFY(!m_desk->atPortal(u"grants-admin"_s));
    QVERIFY(m_desk->rows().empty());
    QVERIFY(m_desk->keychain.secrets.isEmpty());
    QVERIFY(m_desk->operations().empty());
    QVERIFY(m_desk->leftovers().isEmpty());
}

void CredentialLifecycleTest::aDeleteThatTheSandboxRefusesChangesNothing()
{
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    m_desk->proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
        return isWrite(arrival, "DELETE")
                   ? FaultServer::answer(403, QByteArray("{\"statusCode\":403,\"message\":\"no\"}"))
                   : forward(arrival);
    });
    const Result<RemovalOutcome> removed = remove(admin);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, ErrorKind::Forbidden);
    QCOMPARE(m_desk->rows().size(), 1u);
    QVERIFY(m_desk->operations().empty());
    QVERIFY_OK(m_desk->token(admin));
}

void CredentialLifecycleTest::aLostAnswerToDeleteIsSettledByReading()
{
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    loseTheAnswer("DELETE", true, false);
    const Result<RemovalOutcome> removed = remove(admin);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(m_desk->rows().size(), 1u);
    m_desk->proxy->setScript(nullptr);
    QVERIFY(m_desk->restart());
    const std::vector<SettledOperation> settled = settle();
    QCOMPARE(settled.size(), 1u);
    QVERIFY(settled[0].isSettled);
    QVERIFY(m_desk->rows().empty());
    QVERIFY(m_desk->keychain.secrets.isEmpty());
    QCOMPARE(writes("DELETE"), 1);
}

void CredentialLifecycleTest::aSandboxWithoutAPortalIsLikeAnyTenant()
{
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    m_desk->proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
        return arrival.target.startsWith("/sandbox/portal")
                   ? FaultServer::answer(404, QByteArray("{\"statusCode\":404,\"message\":\"Not Found\"}"))
                   : forward(arrival);
    });
    const Result<RemovalOutcome> removed = remove(admin);
    QVERIFY_OK(removed);
    QVERIFY(!removed->isGoneAtTenant);
    QVERIFY(removed->canUndo);
    QVERIFY(m_desk->atPortal(u"grants-admin"_s)); // asked without the proxy
}

void CredentialLifecycleTest::aDeletedPairWaitsForALockedKeychain()
{
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    m_desk->keychain.failFrom = 0;
    const Result<RemovalOutcome> removed = remove(admin);
    QVERIFY_OK(removed);
    QVERIFY(removed->warning);
    QCOMPARE(removed->warning->kind, ErrorKind::KeychainLocked);
    QVERIFY(m_desk->rows().empty());
    QVERIFY(!m_desk->credentials->undoRemoval(admin.id));
    m_desk->keychain.failFrom = -1;
    QVERIFY(m_desk->restart());
    QCOMPARE(UnfinishedWork(*m_desk->session).list()->size(), 1u);
    QVERIFY_OK(waitFor([&](auto k) { m_desk->credentials->finishRemovals(k); }));
    QVERIFY(m_desk->keychain.secrets.isEmpty());
    QVERIFY(m_desk->operations().empty());
    QVERIFY(m_desk->workspace->hiddenCredentials(m_desk->tenant.id)->empty());
}

void CredentialLifecycleTest::elsewhereADeleteRevokesHidesAndCanBeUndone()
{
    openAs(TenantType::Production);
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    const Result<ManagementToken> before = m_desk->token(admin);
    QVERIFY_OK(before);
    QSignalSpy changed(m_desk->credentials.get(), &CredentialRegister::changed);
    const Result<RemovalOutcome> removed = remove(admin);
    QVERIFY_OK(removed);
    QVERIFY(removed->canUndo && !removed->isGoneAtTenant && !removed->warning);
    QVERIFY(changed.size() > 0);
    QVERIFY(m_desk->rows().empty());
    QVERIFY(!m_desk->session->workingCredential());
    QCOMPARE(m_desk->keychain.secrets.size(), 1);
    QVERIFY(m_desk->atPortal(u"grants-admin"_s));

    QVERIFY_OK(m_desk->credentials->undoRemoval(admin.id));
    QCOMPARE(m_desk->rows().size(), 1u);
    const Result<ManagementToken> after = m_desk->token(admin);
    QVERIFY_OK(after);
    QVERIFY(!(after->value == before->value)); // the one before was revoked
    QVERIFY(m_desk->operations().empty());
}

void CredentialLifecycleTest::elsewhereADeleteGoesThroughAfterAWhile()
{
    openAs(TenantType::Production);
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    m_desk->credentials->setUndoTime(50ms);
    QVERIFY_OK(remove(admin));
    QTRY_VERIFY(m_desk->keychain.secrets.isEmpty());
    QTRY_VERIFY(m_desk->operations().empty());
    const Result<void> undone = m_desk->credentials->undoRemoval(admin.id);
    QVERIFY(!undone);
    QVERIFY(m_desk->workspace->hiddenCredentials(m_desk->tenant.id)->empty());
    QVERIFY(m_desk->leftovers().isEmpty());
}

void CredentialLifecycleTest::aHiddenPairGoesAtTheNextStart()
{
    openAs(TenantType::Production);
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    QVERIFY_OK(remove(admin));
    QVERIFY(m_desk->restart());
    QVERIFY(m_desk->rows().empty());
    QVERIFY(UnfinishedWork(*m_desk->session).list()->empty()); // it has its own time
    // Its ten seconds are not over: whoever closed the window can still come back.
    QVERIFY_OK(waitFor([&](auto k) { m_desk->credentials->finishRemovals(k); }));
    QCOMPARE(m_desk->keychain.secrets.size(), 1);
    m_desk->credentials->setUndoTime(0ms);
    QVERIFY_OK(waitFor([&](auto k) { m_desk->credentials->finishRemovals(k); }));
    QVERIFY(m_desk->keychain.secrets.isEmpty());
    QVERIFY(m_desk->operations().empty());
}

void CredentialLifecycleTest::aHiddenPairKeepsItsName()
{
    openAs(TenantType::Production);
    QVERIFY_OK(remove(m_desk->adopt(u"grants-admin")));
    const CredentialDraft again{.tenant = m_desk->tenant.id, .name = u"grants-admin"_s, .clientId = u"0a"_s};
    const auto added = waitFor<ApiCredential>(
        [&](auto k) { m_desk->credentials->add(again, Secret::fromText(u"secret-1"_s), k); });
    QVERIFY(!added);
    QVERIFY2(added.error().message.contains(u"still being removed"_s), qPrintable(added.error().message));
}

void CredentialLifecycleTest::withoutUndoALockedKeychainKeepsTheRow()
{
    openAs(TenantType::Production);
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    m_desk->keychain.failFrom = 0;
    const Result<RemovalOutcome> removed = remove(admin, CredentialRemoval::Undo::None);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, ErrorKind::KeychainLocked);
    QCOMPARE(m_desk->rows().size(), 1u);
    QVERIFY(m_desk->operations().empty());
    m_desk->keychain.failFrom = -1;
    QVERIFY_OK(remove(admin, CredentialRemoval::Undo::None));
    QVERIFY(m_desk->rows().empty());
    QVERIFY(m_desk->keychain.secrets.isEmpty());
}

void CredentialLifecycleTest::disablesHereAndAtTheSandbox()
{
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    QVERIFY_OK(m_desk->token(admin));
    const Result<SwitchOutcome> disabled = disable(admin);
    QVERIFY_OK(disabled);
    QVERIFY(disabled->isAtTenant && !disabled->warning);
    QCOMPARE(m_desk->rows().front().state, CredentialState::Disabled);
    QVERIFY(!m_desk->session->hasToken(admin.id));
    QCOMPARE(m_desk->atPortal(u"grants-admin"_s)->state, PortalState::Disabled);
    QCOMPARE(DisableWatch::due(*m_desk->session)->size(), 1u);
    QVERIFY(UnfinishedWork(*m_desk->session).list()->empty());
    QVERIFY(m_desk->restart());
    QCOMPARE(DisableWatch::due(*m_desk->session)->size(), 1u); // remembered
}

void CredentialLifecycleTest::enablesAndProves()
{
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    QVERIFY_OK(disable(admin));
    const Result<SwitchOutcome> enabled = enable(admin);
    QVERIFY_OK(enabled);
    QVERIFY(enabled->isAtTenant && !enabled->warning);
    QCOMPARE(m_desk->rows().front().state, CredentialState::Enabled);
    QVERIFY(m_desk->session->hasToken(admin.id));
    QCOMPARE(m_desk->atPortal(u"grants-admin"_s)->state, PortalState::Enabled);
    QVERIFY(m_desk->operations().empty());
}

void CredentialLifecycleTest::anUnfinishedDisableCanBeFinishedOrUndone_data()
{
    QTest::addColumn<bool>("isUndone");
    QTest::newRow("finished") << false;
    QTest::newRow("undone") << true;
}

void CredentialLifecycleTest::anUnfinishedDisableCanBeFinishedOrUndone()
{
    QFETCH(bool, isUndone);
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    loseTheAnswer("PUT", true, false);
    const Result<SwitchOutcome> disabled = disable(admin);
    QVERIFY(!disabled);
    QCOMPARE(disabled.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(m_desk->rows().front().state,
             CredentialState::Disabled); // here at once, whatever the tenant says
    m_desk->proxy->setScript(nullptr);
    QVERIFY(m_desk->restart());
    UnfinishedWork work(*m_desk->session);
    const auto left = work.list();
    QVERIFY_OK(left);
    QCOMPARE(left->size(), 1u);
    if (isUndone)
        QVERIFY_OK(waitFor([&](auto k) { work.undo(left->front(), k); }));
    else
        QVERIFY_OK(waitFor<std::optional<Error>>([&](auto k) { work.finish(left->front(), k); }));
    QVERIFY(work.list()->empty());
    QCOMPARE(m_desk->rows().front().state, isUndone ? CredentialState::Enabled : CredentialState::Disabled);
    QCOMPARE(m_desk->atPortal(u"grants-admin"_s)->state,
             isUndone ? PortalState::Enabled : PortalState::Disabled);
}

void CredentialLifecycleTest::anUndoOfflineLeavesTheDisableUnfinished()
{
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    goOffline();
    QVERIFY(!disable(admin));
    UnfinishedWork work(*m_desk->session);
    QVERIFY(!waitFor([&](auto k) { work.undo(work.list()->front(), k); }));
    QCOMPARE(m_desk->rows().front().state, CredentialState::Disabled);
    QVERIFY(m_desk->restart());
    UnfinishedWork again(*m_desk->session);
    QCOMPARE(again.list()->size(), 1u);
    QCOMPARE(again.list()->front().kind, OperationKind::Disable);
    m_desk->proxy->setScript(nullptr);
    QVERIFY_OK(waitFor<std::optional<Error>>([&](auto k) { again.finish(again.list()->front(), k); }));
    QCOMPARE(m_desk->atPortal(u"grants-admin"_s)->state, PortalState::Disabled);
    QCOMPARE(DisableWatch::due(*m_desk->session)->size(), 1u);
}

void CredentialLifecycleTest::aDeleteThatFailsLeavesTheWatchDue()
{
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    QVERIFY_OK(disable(admin));
    goOffline();
    QVERIFY(!remove(admin));
    QCOMPARE(DisableWatch::due(*m_desk->session)->size(), 1u);
    QCOMPARE(m_desk->operations().size(), 1u);
    QVERIFY(UnfinishedWork(*m_desk->session).list()->empty());
    m_desk->proxy->setScript(nullptr);
    QVERIFY_OK(remove(m_desk->rows().front()));
    QVERIFY(m_desk->operations().empty());
}

void CredentialLifecycleTest::elsewhereADisableIsLeftToThePortal()
{
    openAs(TenantType::Production);
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    const Result<ManagementToken> token = m_desk->token(admin);
    QVERIFY_OK(token);
    const Result<SwitchOutcome> disabled = disable(admin);
    QVERIFY_OK(disabled);
    QVERIFY(!disabled->isAtTenant && !disabled->warning);
    QVERIFY(!m_desk->session->hasToken(admin.id));
    QCOMPARE(m_desk->atPortal(u"grants-admin"_s)->state, PortalState::Enabled);
    QCOMPARE(writes("PUT"), 0);
    QCOMPARE(DisableWatch::due(*m_desk->session)->size(), 1u);
    const Result<SwitchOutcome> enabled = enable(admin);
    QVERIFY_OK(enabled);
    QVERIFY(!enabled->warning);
}

void CredentialLifecycleTest::tokenRequestsTellWhatBecameOfThePair()
{
    const ApiCredential admin = m_desk->adopt(u"grants-admin");
    const auto ask = [&] {
        return waitFor<ManagementToken>([&](auto k) { m_desk->session->tokenSource(admin).fetch(k); });
    };
    QVERIFY_OK(ask());
    const auto row = m_desk->atPortal(u"grants-admin"_s);
    QVERIFY(row && row->ownerId);
    const SandboxPortal portal = m_desk->portal();
    QVERIFY_OK(
        waitFor<PortalCredential>([&](auto k) { portal.setState(row->id, PortalState::Disabled, k); }));
    const Result<ManagementToken> refused = ask();
    QCOMPARE(refused.error().kind, ErrorKind::Unauthorized);
    QCOMPARE(refused.error().vendorText, u"Authentication Failure"_s);
    QCOMPARE(m_desk->rows().front().problem, CredentialProblem::Refused);
    QVERIFY_OK(waitFor<PortalCredential>([&](auto k) { portal.setState(row->id, PortalState::Enabled, k); }));
    QVERIFY_OK(ask());
    QCOMPARE(m_desk->rows().front().problem, CredentialProblem::None);

    // The owner deletes themselves with their own pair.
    QVERIFY_OK(
        waitFor([&](auto k) { m_desk->session->api()->remove(u"/api/2/users/%1"_s.arg(*row->ownerId), k); }));
    const Result<ManagementToken> ownerless = ask();
    QCOMPARE(ownerless.error().kind, ErrorKind::ServerFailure);
    QCOMPARE(ownerless.error().httpStatus, 500);
    QCOMPARE(m_desk->rows().front().problem, CredentialProblem::OwnerDeleted);

    m_desk->proxy->setScript(
        [](const Arrival &, const FaultProxy::Forward &) { return FaultServer::html(429); });
    QCOMPARE(ask().error().kind, ErrorKind::RateLimited);
    QCOMPARE(m_desk->rows().front().problem, CredentialProblem::OwnerDeleted); // it said nothing of the pair
}

QTEST_GUILESS_MAIN(CredentialLifecycleTest)
#include "tst_credentiallifecycle.moc"
