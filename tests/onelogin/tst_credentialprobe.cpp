// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/credentialprobe.h"

#include "onelogin/session.h"
#include "secrets/memorystore.h"
#include "store/workspace.h"
#include "support/fakeclock.h"
#include "support/faultserver.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

/// One letter a request: y allowed, n refused, ? not known.
ProbeReport reportOf(const QByteArray &findings)
{
    ProbeReport report;
    for (size_t i = 0; i < kProbeCalls.size(); ++i) {
        const char finding = findings.at(static_cast<qsizetype>(i));
        report.lines.push_back({.call = kProbeCalls.at(i),
                                .finding = finding == 'y'   ? ProbeFinding::Allowed
                                           : finding == 'n' ? ProbeFinding::Refused
                                                            : ProbeFinding::NotKnown});
    }
    return report;
}

QStringList names(const LevelSet &levels)
{
    QStringList all;
    for (const ScopeLevel level : levels)
        all.append(scopeLevelName(level));
    return all;
}

constexpr auto kToken = R"({"access_token":"tok-1234567890","expires_in":36000})";
constexpr auto kRefused = R"({"message":"Unauthorized","statusCode":401,"name":"UnauthorizedError"})";

} // namespace

class CredentialProbeTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void concludesFromTheFindings_data();
    void concludesFromTheFindings();
    void comparesWithTheRecordedLevel_data();
    void comparesWithTheRecordedLevel();
    void saysWhatReadingCannotTellApart();
    void offersToRecordWhatWasFound();

    void sendsEachRequestOnce();
    void offlineAndThrottledAreNotRefused_data();
    void offlineAndThrottledAreNotRefused();
    void aRefusedPairIsAnError();
    void aReadOnlyTenantGetsNoPost();
    void cancelsWithItsOwner();
    void dropsATokenThatIsRefusedEverywhere();
    void keepsEchoedTokensOutOfTheEvidence();
    void findsTheLevelsOfTheSandbox_data();
    void findsTheLevelsOfTheSandbox();

private:
    void openTenant(const QUrl &url, const QString &clientId, const QString &secret, bool readOnly = false);
    Result<ProbeReport> probe();

    FaultServer::Script m_script;
    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MemoryStore> m_store;
    std::unique_ptr<CredentialRegister> m_register;
    std::unique_ptr<Session> m_session;
};

void CredentialProbeTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<FaultServer>([](const Arrival &arrival) {
        return arrival.target.contains("/token") ? FaultServer::answer(200, kToken)
                                                 : FaultServer::answer(401, kRefused);
    });
    m_network = std::make_unique<QNetworkAccessManager>();
    m_http = std::make_unique<HttpClient>(*m_network, m_clock);
    m_folder = std::make_unique<QTemporaryDir>();
    m_workspace = std::move(*Workspace::open(m_folder->path()));
    m_store = std::make_unique<MemoryStore>();
    m_register = std::make_unique<CredentialRegister>(*m_workspace, *m_store, *m_store);
}

void CredentialProbeTest::cleanup()
{
    m_session.reset();
    m_register.reset();
    m_workspace.reset();
    m_http.reset();
    m_network.reset();
    m_server.reset();
}

void CredentialProbeTest::openTenant(const QUrl &url, const QString &clientId, const QString &secret,
                                     bool readOnly)
{
    const auto tenant = m_workspace->addTenant({.name = u"acme-dev"_s, .baseUrl = url, .readOnly = readOnly});
    QVERIFY_OK(tenant);
    QVERIFY_OK(waitFor<ApiCredential>([&](auto next) {
        m_register->add({.tenant = tenant->id, .name = u"pair"_s, .clientId = clientId},
                        Secret::fromText(secret), next);
    }));
    m_session = std::make_unique<Session>(*tenant, *m_http, *m_register, m_clock);
}

Result<ProbeReport> CredentialProbeTest::probe()
{
    CredentialProbe probe(*m_session, m_session->registered().front());
    return waitFor<ProbeReport>([&](auto next) { probe.run(next); });
}

void CredentialProbeTest::concludesFromTheFindings_data()
{
    QTest::addColumn<QByteArray>("findings"); ///< rate limit, users, roles, apps, servers, sign-in
    QTest::addColumn<QStringList>("byReading");
    QTest::addColumn<QStringList>("possible");
    const QString authentication = u"Authentication Only"_s;
    const QString readUsers = u"Read Users"_s;
    const QString manageUsers = u"Manage users"_s;
    const QString readAll = u"Read All"_s;
    const QString manageAll = u"Manage All"_s;
    const QStringList users{readUsers, manageUsers};
    const QStringList everything{readAll, manageAll};
    QTest::newRow("authentication only")
        << "nnnnny"_ba << QStringList{authentication} << QStringList{authentication};
    QTest::newRow("read users") << "yyynnn"_ba << users << QStringList{readUsers};
    QTest::newRow("manage users") << "yyynny"_ba << users << QStringList{manageUsers};
    QTest::newRow("read all") << "yyyyyn"_ba << everything << QStringList{readAll};
    QTest::newRow("read all, strict") << "yyyynn"_ba << QStringList{readAll} << QStringList{readAll};
    QTest::newRow("manage all") << "yyyyyy"_ba << everything << QStringList{manageAll};
    QTest::newRow("sign-in not known") << "yyynn?"_ba << users << users;
    QTest::newRow("rate limit refused for its header") << "nyyyy?"_ba << everything << everything;
    QTest::newRow("apps throttled") << "yyy?ny"_ba << QStringList{readUsers, manageUsers, readAll}
                                    << QStringList{manageUsers};
    QTest::newRow("contradiction") << "ynnnnn"_ba << QStringList{} << QStringList{};
    QTest::newRow("nothing known") << "??????"_ba
                                   << QStringList{authentication, readUsers, manageUsers, readAll, manageAll}
                                   << QStringList{authentication, readUsers, manageUsers, readAll, manageAll};
}

void CredentialProbeTest::concludesFromTheFindings()
{
    QFETCH(QByteArray, findings);
    const ProbeReport report = reportOf(findings);
    QTEST(names(report.byReading()), "byReading");
    QTEST(names(report.possible()), "possible");
}

void CredentialProbeTest::comparesWithTheRecordedLevel_data()
{
    QTest::addColumn<QByteArray>("findings");
    QTest::addColumn<QString>("recorded");
    QTest::addColumn<LevelMatch>("match");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("matches") << "yyynny"_ba << u"Manage users"_s << LevelMatch::Matches
                             << u"Matches the recorded level, Manage users"_s;
    QTest::newRow("lower") << "yyyyyn"_ba << u"Read Users"_s << LevelMatch::RecordedLower
                           << u"May do more than recorded: Read All, not Read Users"_s;
    QTest::newRow("higher") << "yyyyyn"_ba << u"Manage All"_s << LevelMatch::RecordedHigher
                            << u"May do less than recorded: Read All, not Manage All"_s;
    QTest::newRow("neither") << "yyyyyn"_ba << u"Manage users"_s << LevelMatch::Differs
                             << u"Differs from the recorded level: Read All, not Manage users"_s;
    QTest::newRow("several") << "yyyyy?"_ba << u"Read All"_s << LevelMatch::MayMatch
                             << u"Fits the recorded level, Read All, but not only that one"_s;
    QTest::newRow("none recorded") << "nnnnny"_ba << QString() << LevelMatch::NotRecorded
                                   << u"Effective level: Authentication Only; none is recorded"_s;
    QTest::newRow("offline") << "??????"_ba << u"Read All"_s << LevelMatch::NotKnown
                             << u"Nothing was found out: no answer says what the pair may do"_s;
    QTest::newRow("all refused") << "nnnnnn"_ba << u"Read All"_s << LevelMatch::NotKnown
                                 << u"The tenant refused every request"_s;
    QTest::newRow("contradiction") << "ynnnnn"_ba << u"Read All"_s << LevelMatch::NotKnown
                                   << u"The answers fit no scope level"_s;
}

void CredentialProbeTest::comparesWithTheRecordedLevel()
{
    QFETCH(QByteArray, findings);
    QFETCH(QString, recorded);
    const ProbeConclusion conclusion = concludeProbe(reportOf(findings), scopeLevelFromName(recorded));
    QTEST(conclusion.match, "match");
    QTEST(conclusion.sentence, "sentence");
}

void CredentialProbeTest::saysWhatReadingCannotTellApart()
{
    QCOMPARE(concludeProbe(reportOf("yyyyy?"), ScopeLevel::ReadAll).detail,
             u"The answers fit Read All or Manage All. Reading alone cannot tell them apart."_s);
    QCOMPARE(
        concludeProbe(reportOf("yyynny"), ScopeLevel::ManageUsers).detail,
        u"Reading alone leaves Read Users or Manage users; the empty sign-in request was let in, which only "
        "Manage users explains. The vendor does not document that answer."_s);
    QVERIFY(concludeProbe(reportOf("yyynnn"), std::nullopt).detail.contains(u"was refused"_s));
    QCOMPARE(concludeProbe(reportOf("yyyynn"), ScopeLevel::ReadAll).detail, QString());
}

void CredentialProbeTest::offersToRecordWhatWasFound()
{
    using Levels = std::vector<ScopeLevel>;
    QCOMPARE(concludeProbe(reportOf("yyyyyn"), ScopeLevel::ReadUsers).toRecord, Levels{ScopeLevel::ReadAll});
    QCOMPARE(concludeProbe(reportOf("yyyyy?"), std::nullopt).toRecord,
             (Levels{ScopeLevel::ReadAll, ScopeLevel::ManageAll}));
    QCOMPARE(concludeProbe(reportOf("yyyyyn"), ScopeLevel::ReadAll).toRecord, Levels{});
    QCOMPARE(concludeProbe(reportOf("nnnnnn"), ScopeLevel::ReadAll).toRecord, Levels{});
}

void CredentialProbeTest::sendsEachRequestOnce()
{
    openTenant(m_server->url(), u"id"_s, u"s3cret-value"_s);
    CredentialProbe probe(*m_session, m_session->registered().front());
    QSignalSpy progress(&probe, &CredentialProbe::progressed);
    const auto report = waitFor<ProbeReport>([&](auto next) { probe.run(next); });
    QVERIFY_OK(report);
    QCOMPARE(progress.size(), 6);
    QStringList sent;
    for (qsizetype i = 0; i < m_server->arrivals(); ++i)
        sent.append(QString::fromLatin1(m_server->arrival(i).method + ' ' + m_server->arrival(i).target));
    QStringList expected{u"POST /auth/oauth2/v2/token"_s};
    for (const ProbeCall call : kProbeCalls)
        expected.append(probeCallRequest(call));
    QCOMPARE(sent, expected);
    QCOMPARE(m_server->arrival(1).headers.value("authorization"), "bearer:tok-1234567890"_ba);
    QCOMPARE(m_server->arrival(2).headers.value("authorization"), "Bearer tok-1234567890"_ba);
    QCOMPARE(m_server->arrival(6).body, "{}"_ba);
    QCOMPARE(report->lines.at(1).status, 401);
    QCOMPARE(report->lines.at(1).detail, u"Unauthorized"_s);
}

void CredentialProbeTest::offlineAndThrottledAreNotRefused_data()
{
    QTest::addColumn<int>("status"); ///< 0: the connection is cut
    QTest::addColumn<bool>("html");
    QTest::addColumn<ProbeFinding>("finding");
    QTest::newRow("cut") << 0 << false << ProbeFinding::NotKnown;
    QTest::newRow("throttled") << 429 << true << ProbeFinding::NotKnown;
    QTest::newRow("broken") << 500 << true << ProbeFinding::NotKnown;
    QTest::newRow("away") << 503 << false << ProbeFinding::NotKnown;
    QTest::newRow("no such route") << 404 << false << ProbeFinding::NotKnown;
    QTest::newRow("a proxy's refusal") << 403 << true << ProbeFinding::NotKnown;
    QTest::newRow("forbidden") << 403 << false << ProbeFinding::Refused;
    QTest::newRow("refused") << 401 << false << ProbeFinding::Refused;
}

void CredentialProbeTest::offlineAndThrottledAreNotRefused()
{
    QFETCH(int, status);
    QFETCH(bool, html);
    m_server->setScript([status, html](const Arrival &arrival) {
        if (arrival.target.contains("/token"))
            return FaultServer::answer(200, kToken);
        if (status == 0)
            return FaultReply{.then = FaultReply::Then::Close};
        return html ? FaultServer::html(status) : FaultServer::answer(status, kRefused);
    });
    openTenant(m_server->url(), u"id"_s, u"s3cret-value"_s);
    const auto report = probe();
    QVERIFY_OK(report);
    QCOMPARE(m_server->arrivals(), 7); // one each, whatever came of it
    for (const ProbeLine &line : report->lines) {
        QTEST(line.finding, "finding");
        QCOMPARE(line.status, status);
        QVERIFY(!line.detail.isEmpty());
    }
}

void CredentialProbeTest::aRefusedPairIsAnError()
{
    m_server->setScript([](const Arrival &) {
        return FaultServer::answer(401, R"({"status":{"error":true,"code":401,"type":"Unauthorized",)"
                                        R"("message":"Authentication Failure"}})");
    });
    openTenant(m_server->url(), u"id"_s, u"s3cret-value"_s);
    const auto report = probe();
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Unauthorized);
    QCOMPARE(m_server->arrivals(), 1);
}

void CredentialProbeTest::aReadOnlyTenantGetsNoPost()
{
    openTenant(m_server->url(), u"id"_s, u"s3cret-value"_s, true);
    const auto report = probe();
    QVERIFY_OK(report);
    QCOMPARE(m_server->arrivals(), 6);
    QCOMPARE(report->lines.back().finding, ProbeFinding::NotKnown);
    QVERIFY(report->lines.back().detail.contains(u"read-only"_s));
}

void CredentialProbeTest::cancelsWithItsOwner()
{
    m_server->setScript([](const Arrival &arrival) {
        return arrival.target.contains("/token") ? FaultServer::answer(200, kToken) : FaultReply{};
    });
    openTenant(m_server->url(), u"id"_s, u"s3cret-value"_s);
    bool isDone = false;
    {
        CredentialProbe probe(*m_session, m_session->registered().front());
        probe.run(Continuation<ProbeReport>(this, [&](const Result<ProbeReport> &) { isDone = true; }));
        QTRY_COMPARE(m_server->arrivals(), 2);
    }
    QTRY_COMPARE(m_server->openConnections(), 0);
    QCOMPARE(m_server->arrivals(), 2);
    QVERIFY(!isDone);
}

void CredentialProbeTest::dropsATokenThatIsRefusedEverywhere()
{
    openTenant(m_server->url(), u"id"_s, u"s3cret-value"_s);
    QVERIFY_OK(probe());
    QVERIFY(!m_session->tokenSource(m_session->registered().front()).current());
}

void CredentialProbeTest::keepsEchoedTokensOutOfTheEvidence()
{
    m_server->setScript([](const Arrival &arrival) {
        return arrival.target.contains("/token")
                   ? FaultServer::answer(200, kToken)
                   : FaultServer::answer(401,
                                         R"({"message":"tok-1234567890 is not allowed","statusCode":401,)"
                                         R"("name":"UnauthorizedError"})");
    });
    openTenant(m_server->url(), u"id"_s, u"s3cret-value"_s);
    const auto report = probe();
    QVERIFY_OK(report);
    for (const ProbeLine &line : report->lines) {
        QVERIFY(line.detail.contains(u"is not allowed"_s));
        QVERIFY(!line.detail.contains(u"tok-1234567890"_s));
    }
}

void CredentialProbeTest::findsTheLevelsOfTheSandbox_data()
{
    QTest::addColumn<QString>("pair");
    QTest::addColumn<QStringList>("arguments");
    for (const char *pair :
         {"helpdesk-portal", "billing-service", "directory-sync", "audit-export", "grants-admin"})
        QTest::newRow(pair) << QString::fromLatin1(pair) << QStringList{};
    QTest::newRow("audit-export, strict") << u"audit-export"_s << QStringList{u"--strict"_s};
}

void CredentialProbeTest::findsTheLevelsOfTheSandbox()
{
    QFETCH(QString, pair);
    QFETCH(QStringList, arguments);
    SandboxProcess sandbox(arguments);
    QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
    const SandboxProcess::Credential credential = sandbox.credential(pair);
    openTenant(sandbox.url(), credential.clientId, credential.clientSecret);
    const auto report = probe();
    QVERIFY_OK(report);
    QCOMPARE(names(report->possible()), QStringList{credential.scopeLevel});
    m_session.reset();
}

QTEST_GUILESS_MAIN(CredentialProbeTest)
#include "tst_credentialprobe.moc"
