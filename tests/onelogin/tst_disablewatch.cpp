// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/disablewatch.h"
#include "support/tenantdesk.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The watch that follows a disable, against the real sandbox.
class DisableWatchTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_desk.reset(); }
    void waitsUntilTheTenantRefuses();
    void saysThatThePairIsStillAccepted();
    void keepsNoTokenAndNotesNoUse();
    void pausesWhenThereAreTooManyRequests();
    void givesBackTroubleThatLasts();
    void stopsWhenTheKeychainIsClosed();
    void isRememberedUntilItIsCancelled();
    void asksAtAGrowingPace();

private:
    static WatchPace quick(std::chrono::milliseconds limit = 30s)
    {
        return {.waits = {20ms, 50ms}, .limit = limit, .pauseWhenLimited = 300ms};
    }
    Result<WatchVerdict> watch(const WatchPace &pace)
    {
        DisableWatch watch(*m_desk->session, m_admin, pace);
        return waitFor<WatchVerdict>([&](auto k) { watch.start(k); });
    }
    void disable()
    {
        CredentialSwitch change(*m_desk->session, m_admin);
        QVERIFY_OK(waitFor<SwitchOutcome>([&](auto k) { change.disable(k); }));
    }
    size_t tokenRequests() const
    {
        const std::vector<Arrival> &all = m_desk->proxy->arrived();
        return static_cast<size_t>(std::count_if(all.begin(), all.end(), [](const Arrival &each) {
            return each.target == "/auth/oauth2/v2/token";
        }));
    }

    std::unique_ptr<TenantDesk> m_desk;
    ApiCredential m_admin;
};

void DisableWatchTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_desk = std::make_unique<TenantDesk>(TenantType::Sandbox, QStringList{u"--disable-delay"_s, u"1"_s});
    QVERIFY(m_desk->start());
    m_admin = m_desk->adopt(u"grants-admin");
    QVERIFY(m_admin.id.isValid());
}

void DisableWatchTest::waitsUntilTheTenantRefuses()
{
    disable();
    QCOMPARE(m_desk->atPortal(u"grants-admin"_s)->state, PortalState::Disabling);
    const Result<WatchVerdict> verdict = watch(quick());
    QVERIFY_OK(verdict);
    QCOMPARE(*verdict, WatchVerdict::Refused);
    QVERIFY(tokenRequests() > 2); // it was accepted at first
    QVERIFY(m_desk->operations().empty());
    QCOMPARE(m_desk->rows().front().problem, CredentialProblem::None); // as was wanted
}

void DisableWatchTest::saysThatThePairIsStillAccepted()
{
    const Result<WatchVerdict> verdict = watch(quick(1500ms));
    QVERIFY_OK(verdict);
    QCOMPARE(*verdict, WatchVerdict::StillAccepted);
    QVERIFY(m_desk->operations().empty());
}

void DisableWatchTest::keepsNoTokenAndNotesNoUse()
{
    QSignalSpy tokens(m_desk->session.get(), &Session::tokenChanged);
    QVERIFY_OK(watch(quick(1500ms)));
    QVERIFY(tokenRequests() > 1);
    QVERIFY(!m_desk->session->hasToken(m_admin.id));
    QVERIFY(tokens.isEmpty());
    QVERIFY(!m_desk->rows().front().usedAt.isValid());
}

void DisableWatchTest::pausesWhenThereAreTooManyRequests()
{
    QElapsedTimer since;
    int early = 0;
    m_desk->proxy->setScript([&](const Arrival &arrival, const FaultProxy::Forward &forward) {
        if (!since.isValid()) {
            since.start();
            return FaultServer::html(429);
        }
        early += since.elapsed() < 300 ? 1 : 0;
        return forward(arrival);
    });
    QVERIFY_OK(watch(quick(2s)));
    QVERIFY(tokenRequests() > 1);
    QCOMPARE(early, 0);
}

void DisableWatchTest::givesBackTroubleThatLasts()
{
    m_desk->proxy->setScript([](const Arrival &, const FaultProxy::Forward &) {
        return FaultReply{.then = FaultReply::Then::Reset};
    });
    DisableWatch trouble(*m_desk->session, m_admin, quick(1500ms));
    QSignalSpy asked(&trouble, &DisableWatch::asked);
    const auto verdict = waitFor<WatchVerdict>([&](auto k) { trouble.start(k); });
    QVERIFY(!verdict);
    QVERIFY(asked.size() > 1);
    QCOMPARE(DisableWatch::due(*m_desk->session)->size(), 1u); // there was no verdict
}

void DisableWatchTest::stopsWhenTheKeychainIsClosed()
{
    m_desk->keychain.failFrom = 0;
    const Result<WatchVerdict> verdict = watch(quick());
    QCOMPARE(verdict.error().kind, ErrorKind::KeychainLocked);
    QCOMPARE(tokenRequests(), 0u);
}

void DisableWatchTest::isRememberedUntilItIsCancelled()
{
    disable();
    QVERIFY(m_desk->restart());
    const auto due = DisableWatch::due(*m_desk->session);
    QVERIFY_OK(due);
    QCOMPARE(due->size(), 1u);
    DisableWatch again(*m_desk->session, due->front(), quick());
    QObject context;
    again.start(then(&context, [](const Result<WatchVerdict> &) { QFAIL("it was cancelled"); }));
    QVERIFY(again.isRunning());
    again.cancel();
    QVERIFY(!again.isRunning());
    QVERIFY(DisableWatch::due(*m_desk->session)->empty());
}

void DisableWatchTest::asksAtAGrowingPace()
{
    const WatchPace pace;
    QVERIFY(pace.waits.front() >= 5s);
    QVERIFY(std::is_sorted(pace.waits.begin(), pace.waits.end()));
    DisableWatch watch(*m_desk->session, m_admin, {.waits = {20ms, 10s}, .limit = 60s});
    QObject context;
    watch.start(then(&context, [](const Result<WatchVerdict> &) {}));
    QTRY_COMPARE(tokenRequests(), 2u);
    QTRY_VERIFY(watch.untilNext() > 5s);
    QCOMPARE(tokenRequests(), 2u);
}

QTEST_GUILESS_MAIN(DisableWatchTest)
#include "tst_disablewatch.moc"
