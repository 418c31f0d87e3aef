// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/session.h"
#include "secrets/memorystore.h"
#include "store/workspace.h"
#include "support/fakeclock.h"
#include "support/faultserver.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class SessionTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void startsWithTheMostAbleCredential();
    void startsWithAPairThatTheTenantTook();
    void worksAsTheFirstOneAdded();
    void changesWhenTheOneAtWorkIsDisabledOrRemoved();
    void worksAsTheOneItIsTold();
    void followsTheRegister();
    void aReadOnlyTenantIsNotWritten();
    void fetchesWithTheStoredSecretAndNotesTheUse();
    void notesWhatAFailureSaysOfThePair_data();
    void notesWhatAFailureSaysOfThePair();
    void usesAReplacedSecret();

private:
    ApiCredential add(const QString &name, std::optional<ScopeLevel> level);
    ApiCredential stored(const ApiCredential &credential) { return *m_workspace->credential(credential.id); }
    std::unique_ptr<Session> openSession();

    FakeClock m_clock;
    QTemporaryDir m_folder;
    int m_folders = 0;
    FaultReply m_reply;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MemoryStore> m_keychain;
    std::unique_ptr<MemoryStore> m_memory;
    std::unique_ptr<CredentialRegister> m_register;
    Tenant m_tenant;
};

void SessionTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_reply = FaultServer::answer(200, R"({"access_token":"tok-1","expires_in":36000})");
    m_server = std::make_unique<FaultServer>([this](const Arrival &) { return m_reply; });
    m_network = std::make_unique<QNetworkAccessManager>();
    m_http = std::make_unique<HttpClient>(*m_network, m_clock);
    auto workspace = Workspace::open(m_folder.filePath(QString::number(++m_folders)));
    QVERIFY_OK(workspace);
    m_workspace = std::move(*workspace);
    m_keychain = std::make_unique<MemoryStore>();
    m_memory = std::make_unique<MemoryStore>();
    m_register = std::make_unique<CredentialRegister>(*m_workspace, *m_keychain, *m_memory);
    const auto tenant = m_workspace->addTenant(
        {.name = u"acme"_s, .baseUrl = m_server->url(QString()), .type = TenantType::Sandbox});
    QVERIFY_OK(tenant);
    m_tenant = *tenant;
}

void SessionTest::cleanup()
{
    m_register.reset();
    m_workspace.reset();
    m_http.reset();
    m_network.reset();
    m_server.reset();
}

ApiCredential SessionTest::add(const QString &name, std::optional<ScopeLevel> level)
{
    const CredentialDraft draft{
        .tenant = m_tenant.id, .name = name, .clientId = name + u"-id"_s, .level = level};
    return waitFor<ApiCredential>([&](auto k) { m_register->add(draft, Secret::fromText(u"secret-1"_s), k); })
        .value_or(ApiCredential{});
}

std::unique_ptr<Session> SessionTest::openSession()
{
    return std::make_unique<Session>(m_tenant, *m_http, *m_register, m_clock);
}

void SessionTest::startsWithTheMostAbleCredential()
{
    QVERIFY(!openSession()->api());
    add(u"unknown"_s, std::nullopt);
    add(u"reader"_s, ScopeLevel::ReadAll);
    const ApiCredential manager = add(u"manager"_s, ScopeLevel::ManageAll);
    const ApiCredential disabled = add(u"another"_s, ScopeLevel::ManageAll);
    QVERIFY_OK(m_register->setState(manager.id, CredentialState::Disabled));
    const auto session = openSession();
    QVERIFY(session->api());
    QCOMPARE(session->workingCredential()->id, disabled.id);
}

void SessionTest::startsWithAPairThatTheTenantTook()
{
    const ApiCredential refused = add(u"refused"_s, ScopeLevel::ManageAll);
    const ApiCredential reader = add(u"reader"_s, ScopeLevel::ReadAll);
    QVERIFY_OK(m_register->markUsed(refused.id, QDateTime::currentDateTimeUtc(), CredentialProblem::Refused));
    QCOMPARE(openSession()->workingCredential()->id, reader.id);
    QVERIFY_OK(m_register->setState(reader.id, CredentialState::Disabled));
    QCOMPARE(openSession()->workingCredential()->id, refused.id); // better than none
}

void SessionTest::worksAsTheFirstOneAdded()
{
    const auto session = openSession();
    QSignalSpy changed(session.get(), &Session::workingCredentialChanged);
    const ApiCredential reader = add(u"reader"_s, ScopeLevel::ReadAll);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(session->workingCredential()->id, reader.id);
    add(u"manager"_s, ScopeLevel::ManageAll); // what is at work stays
    QCOMPARE(session->workingCredential()->id, reader.id);
}

void SessionTest::changesWhenTheOneAtWorkIsDisabledOrRemoved()
{
    const ApiCredential manager = add(u"manager"_s, ScopeLevel::ManageAll);
    const ApiCredential reader = add(u"reader"_s, ScopeLevel::ReadAll);
    const auto session = openSession();
    session->tokenSource(manager);
    QVERIFY_OK(m_register->setState(manager.id, CredentialState::Disabled));
    QCOMPARE(session->workingCredential()->id, reader.id);
    QVERIFY(session->existingTokenSource(manager.id));
    QVERIFY_OK(waitFor([&](auto k) { m_register->remove(stored(manager), k); }));
    QVERIFY(!session->existingTokenSource(manager.id));
    QVERIFY_OK(waitFor([&](auto k) { m_register->remove(stored(reader), k); }));
    QVERIFY(!session->workingCredential());
    QVERIFY(!session->api());
}

void SessionTest::worksAsTheOneItIsTold()
{
    add(u"manager"_s, ScopeLevel::ManageAll);
    const ApiCredential reader = add(u"reader"_s, ScopeLevel::ReadAll);
    const auto session = openSession();
    session->workAs(reader.id);
    QCOMPARE(session->workingCredential()->id, reader.id);
    session->workAs({reader.id.value + 100}); // not in the register
    QCOMPARE(session->workingCredential()->id, reader.id);
}

void SessionTest::followsTheRegister()
{
    const auto session = openSession();
    QVERIFY(session->registered().empty());
    ApiCredential reader = add(u"reader"_s, ScopeLevel::ReadAll);
    QCOMPARE(session->registered().size(), size_t(1));
    reader.name = u"renamed"_s;
    QVERIFY_OK(m_register->update(reader));
    QCOMPARE(session->registered().front().name, u"renamed"_s);
    QCOMPARE(session->workingCredential()->name, u"renamed"_s);
    QVERIFY_OK(waitFor([&](auto k) { m_register->remove(stored(reader), k); }));
    QVERIFY(session->registered().empty());
}

void SessionTest::aReadOnlyTenantIsNotWritten()
{
    add(u"manager"_s, ScopeLevel::ManageAll);
    m_tenant.readOnly = true;
    const auto session = openSession();
    const auto result = waitFor<QJsonValue>([&](auto k) { session->api()->post(u"/api/2/things"_s, {}, k); });
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::ReadOnly);
    QCOMPARE(m_server->arrivals(), 0);
}

void SessionTest::fetchesWithTheStoredSecretAndNotesTheUse()
{
    const ApiCredential reader = add(u"reader"_s, ScopeLevel::ReadAll);
    const auto session = openSession();
    QSignalSpy tokens(session.get(), &Session::tokenChanged);
    QVERIFY(!stored(reader).usedAt.isValid());
    QVERIFY_OK(waitFor<ManagementToken>([&](auto k) { session->tokenSource(reader).token(k); }));
    QCOMPARE(QByteArray::fromBase64(m_server->arrival(0).headers.value("authorization").sliced(6)),
             "reader-id:secret-1"_ba);
    QCOMPARE(stored(reader).usedAt, m_clock.now());
    QCOMPARE(tokens.size(), 1);
    QCOMPARE(&session->tokenSource(reader), session->existingTokenSource(reader.id));
}

void SessionTest::notesWhatAFailureSaysOfThePair_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("problem");
    QTest::addColumn<bool>("isUse");
    QTest::newRow("refused") << 401 << static_cast<int>(CredentialProblem::Refused) << true;
    QTest::newRow("owner deleted") << 500 << static_cast<int>(CredentialProblem::OwnerDeleted) << true;
    QTest::newRow("throttled") << 429 << static_cast<int>(CredentialProblem::None) << false;
    QTest::newRow("gateway") << 502 << static_cast<int>(CredentialProblem::None) << false;
}

void SessionTest::notesWhatAFailureSaysOfThePair()
{
    QFETCH(int, status);
    QFETCH(bool, isUse);
    const ApiCredential reader = add(u"reader"_s, ScopeLevel::ReadAll);
    const auto session = openSession();
    m_reply = FaultServer::answer(status, {});
    QVERIFY(!waitFor<ManagementToken>([&](auto k) { session->tokenSource(reader).token(k); }));
    QTEST(static_cast<int>(stored(reader).problem), "problem");
    QCOMPARE(stored(reader).usedAt.isValid(), isUse);
}

void SessionTest::usesAReplacedSecret()
{
    const ApiCredential reader = add(u"reader"_s, ScopeLevel::ReadAll);
    const auto session = openSession();
    QVERIFY_OK(waitFor([&](auto k) {
        m_register->replaceSecret(stored(reader), Secret::fromText(u"secret-2"_s), SecretPlace::Session, k);
    }));
    QVERIFY_OK(waitFor<ManagementToken>([&](auto k) { session->tokenSource(reader).token(k); }));
    QCOMPARE(QByteArray::fromBase64(m_server->arrival(0).headers.value("authorization").sliced(6)),
             "reader-id:secret-2"_ba);
}

QTEST_GUILESS_MAIN(SessionTest)
#include "tst_session.moc"
