// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/authserverspanel.h"
#include "credentials/credentialspanel.h"
#include "style/latchkeystyle.h"
#include "support/faultserver.h"
#include "support/waitfor.h"
#include "translations.h"
#include "ui/appfixture.h"
#include "widgets/messagebanner.h"

#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTreeView>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kToken = R"({"access_token":"tok-1234567890","expires_in":36000})";
constexpr auto kRefused = R"({"message":"Unauthorized","statusCode":401,"name":"UnauthorizedError"})";
constexpr auto kBad = R"({"message":"Missing required field","statusCode":400,"name":"BadRequestError"})";
constexpr auto kPairRefused = R"({"status":{"error":true,"code":401,"type":"Unauthorized",)"
                              R"("message":"Authentication Failure"}})";

/// A tenant whose pair reads users and nothing more.
FaultReply readUsers(const Arrival &arrival)
{
    if (arrival.target.contains("/token"))
        return FaultServer::answer(200, kToken);
    if (arrival.target.contains("rate_limit"))
        return FaultServer::answer(
            200, R"({"status":{"error":false,"code":200,"type":"success","message":"Success"},)"
                 R"("data":{"X-RateLimit-Limit":5000,"X-RateLimit-Remaining":4988,)"
                 R"("X-RateLimit-Reset":832}})");
    if (arrival.target.contains("users") || arrival.target.contains("roles"))
        return FaultServer::answer(200, "[]");
    return FaultServer::answer(401, kRefused);
}

} // namespace

class TestAbilities : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init();
    void cleanup();

    void showsWhatWasFoundAndRecordsIt();
    void showsTheEvidence();
    void recordsFromTheEvidence();
    void stopsWhenTold();
    void aRefusedPairIsSaidInTheBanner();
    void offlineLeavesTheLevelOpen();
    void aDisabledPairIsNotChecked();
    void keepsWhatWasFoundOfEachPair();
    void aPairRemovedMeanwhileEndsItsCheck();
    void authorizationServersNameWhoMayReadThem();
    void grantsNameWhoMayChangeThem();
    void authenticationOnlyIsNotAskedForTheRateLimit();

private:
    void openPanel();
    ApiCredential add(const QString &name, std::optional<ScopeLevel> level);
    void select(const QString &name);
    QString conclusion() const { return text(u"ability.conclusion"_s); }
    QString text(const QString &label) const
    {
        const auto *found = shown<QLabel>(*m_panel, label);
        return found ? found->text() : QString();
    }
    std::optional<ScopeLevel> recorded(const ApiCredential &credential) const
    {
        return m_app->workspace->credential(credential.id)->level;
    }

    std::unique_ptr<AppFixture> m_app;
    std::unique_ptr<FaultServer> m_server;
    Tenant m_tenant{};
    std::unique_ptr<Session> m_session;
    std::unique_ptr<CredentialsPanel> m_panel;
};

void TestAbilities::init()
{
    failOnWarnings();
    m_app = std::make_unique<AppFixture>();
    m_server = std::make_unique<FaultServer>(readUsers);
    m_tenant = *m_app->workspace->addTenant(
        {.name = u"acme-dev"_s, .baseUrl = m_server->url(), .type = TenantType::Development});
}

void TestAbilities::cleanup()
{
    m_panel.reset();
    m_session.reset();
    m_app.reset();
    m_server.reset();
}

ApiCredential TestAbilities::add(const QString &name, std::optional<ScopeLevel> level)
{
    return *waitFor<ApiCredential>([&](auto next) {
        m_app->credentials.add(
            {.tenant = m_tenant.id, .name = name, .clientId = u"0123456789abcdef-"_s + name, .level = level},
            Secret::fromText(u"not-a-real-secret"), next);
    });
}

void TestAbilities::openPanel()
{
    m_session = std::make_unique<Session>(m_tenant, m_app->http, m_app->credentials, m_app->clock);
    m_panel = std::make_unique<CredentialsPanel>(*m_session, m_app->tools());
    m_panel->resize(1052, 720);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestAbilities::select(const QString &name)
{
    auto *list = shown<QTreeView>(*m_panel, u"credentials.list"_s);
    const QAbstractItemModel *model = list->model();
    const QModelIndexList found = model->match(model->index(0, CredentialModel::Name), Qt::DisplayRole, name,
                                               1, Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(found.size(), 1);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(found.first()).center());
    QCOMPARE(text(u"credential.name"_s), name);
}

void TestAbilities::showsWhatWasFoundAndRecordsIt()
{
    const ApiCredential pair = add(u"audit-export"_s, ScopeLevel::ManageAll);
    openPanel();
    QVERIFY(!shown(*m_panel, u"ability.marks"_s));
    QVERIFY(press(*m_panel, u"ability.check"_s));
    QTRY_COMPARE(conclusion(), u"May do less than recorded: Read Users, not Manage All"_s);
    QVERIFY(shown(*m_panel, u"ability.marks"_s));
    QTRY_VERIFY(shown<QPushButton>(*m_panel, u"ability.record"_s));
    auto *record = shown<QPushButton>(*m_panel, u"ability.record"_s);
    QCOMPARE(record->text(), u"Record Read Users"_s);
    QTest::mouseClick(record, Qt::LeftButton);
    QTRY_COMPARE(conclusion(), u"Matches the recorded level, Read Users"_s);
    QCOMPARE(recorded(pair), ScopeLevel::ReadUsers);
    QCOMPARE(m_panel->banner()->sentence(), u"audit-export is recorded with the level Read Users."_s);
    QVERIFY(!shown<QPushButton>(*m_panel, u"ability.record"_s));
    QCOMPARE(shown<QPushButton>(*m_panel, u"ability.check"_s)->text(), u"Check again"_s);
}

void TestAbilities::showsTheEvidence()
{
    add(u"audit-export"_s, ScopeLevel::ReadUsers);
    openPanel();
    QVERIFY(press(*m_panel, u"ability.check"_s));
    QVERIFY(press(*m_panel, u"ability.evidence"_s));
    auto *dialog = m_panel->findChild<QDialog *>(u"probeDialog"_s);
    QVERIFY(dialog);
    const QAbstractItemModel *lines = shown<QTableView>(*dialog, u"probe.table"_s)->model();
    QCOMPARE(lines->rowCount(), 6);
    const auto cell = [lines](int row, int column) { return lines->index(row, column).data().toString(); };
    QCOMPARE(cell(1, 0), u"GET /api/2/users?limit=1"_s);
    QCOMPARE(cell(1, 1), u"200"_s);
    QCOMPARE(cell(1, 2), u"Allowed"_s);
    QCOMPARE(cell(4, 1), u"401"_s);
    QCOMPARE(cell(4, 2), u"Refused"_s);
    QCOMPARE(cell(4, 3), u"The level does not allow it. Unauthorized"_s);
    QCOMPARE(shown<QLabel>(*dialog, u"probe.conclusion"_s)->text(),
             u"Matches the recorded level, Read Users"_s);
    QVERIFY(shown<QLabel>(*dialog, u"probe.certainty"_s)->text().contains(u"Reading alone leaves"_s));
    QVERIFY(!shown<QPushButton>(*dialog, u"probe.record"_s));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_panel->findChild<QDialog *>(u"probeDialog"_s));
}

void TestAbilities::recordsFromTheEvidence()
{
    const ApiCredential pair = add(u"audit-export"_s, std::nullopt);
    openPanel();
    QVERIFY(press(*m_panel, u"ability.check"_s));
    QVERIFY(press(*m_panel, u"ability.evidence"_s));
    QVERIFY(press(*m_panel->findChild<QDialog *>(u"probeDialog"_s), u"probe.record"_s));
    QTRY_COMPARE(recorded(pair), ScopeLevel::ReadUsers);
}

void TestAbilities::stopsWhenTold()
{
    add(u"audit-export"_s, std::nullopt);
    m_server->setScript([](const Arrival &arrival) {
        return arrival.target.contains("roles") ? FaultReply{} : readUsers(arrival);
    });
    openPanel();
    QVERIFY(press(*m_panel, u"ability.check"_s));
    QTRY_COMPARE(conclusion(), u"Checked 2 of 6"_s);
    QVERIFY(press(*m_panel, u"ability.stop"_s));
    QTRY_COMPARE(m_server->openConnections(), 0);
    QVERIFY(!shown(*m_panel, u"ability.marks"_s));
    QVERIFY(shown<QPushButton>(*m_panel, u"ability.check"_s)->hasFocus());
}

void TestAbilities::aRefusedPairIsSaidInTheBanner()
{
    add(u"audit-export"_s, std::nullopt);
    m_server->setScript([](const Arrival &) { return FaultServer::answer(401, kPairRefused); });
    openPanel();
    QVERIFY(press(*m_panel, u"ability.check"_s));
    QTRY_COMPARE(m_panel->banner()->kind(), MessageBanner::Kind::Danger);
    QVERIFY(m_panel->banner()->isVisible());
    QVERIFY(!shown(*m_panel, u"ability.marks"_s));
    QVERIFY(shown<QPushButton>(*m_panel, u"ability.check"_s)->isEnabled());
}

void TestAbilities::offlineLeavesTheLevelOpen()
{
    add(u"audit-export"_s, ScopeLevel::ReadAll);
    m_server->setScript([](const Arrival &arrival) {
        return arrival.target.contains("/token") ? FaultServer::answer(200, kToken) : FaultServer::html(429);
    });
    openPanel();
    QVERIFY(press(*m_panel, u"ability.check"_s));
    QTRY_COMPARE(conclusion(), u"Nothing was found out: no answer says what the pair may do"_s);
    QVERIFY(!shown<QPushButton>(*m_panel, u"ability.record"_s));
}

void TestAbilities::aDisabledPairIsNotChecked()
{
    const ApiCredential pair = add(u"audit-export"_s, ScopeLevel::ReadAll);
    QVERIFY_OK(m_app->credentials.setState(pair.id, CredentialState::Disabled));
    openPanel();
    QVERIFY(!shown<QPushButton>(*m_panel, u"ability.check"_s)->isEnabled());
}

void TestAbilities::keepsWhatWasFoundOfEachPair()
{
    add(u"audit-export"_s, ScopeLevel::ReadUsers);
    add(u"billing-service"_s, ScopeLevel::ManageAll);
    openPanel();
    select(u"audit-export"_s);
    QVERIFY(press(*m_panel, u"ability.check"_s));
    QTRY_COMPARE(conclusion(), u"Matches the recorded level, Read Users"_s);
    select(u"billing-service"_s);
    QVERIFY(!shown(*m_panel, u"ability.marks"_s));
    select(u"audit-export"_s);
    QCOMPARE(conclusion(), u"Matches the recorded level, Read Users"_s);
}

void TestAbilities::aPairRemovedMeanwhileEndsItsCheck()
{
    const ApiCredential pair = add(u"audit-export"_s, ScopeLevel::ReadUsers);
    add(u"billing-service"_s, ScopeLevel::ReadUsers);
    m_server->setScript([](const Arrival &arrival) {
        return arrival.target.contains("roles") ? FaultReply{} : readUsers(arrival);
    });
    openPanel();
    select(u"audit-export"_s);
    QVERIFY(press(*m_panel, u"ability.check"_s));
    QTRY_COMPARE(conclusion(), u"Checked 2 of 6"_s);
    QVERIFY_OK(waitFor<void>([&](auto next) { m_app->credentials.remove(pair, next); }));
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void TestAbilities::authorizationServersNameWhoMayReadThem()
{
    const ApiCredential helpdesk = add(u"helpdesk-portal"_s, ScopeLevel::AuthenticationOnly);
    add(u"grants-admin"_s, ScopeLevel::ManageAll);
    m_server->setScript([](const Arrival &arrival) {
        return arrival.target.contains("/token") ? FaultServer::answer(200, kToken)
                                                 : FaultServer::answer(200, "[]");
    });
    Session session(m_tenant, m_app->http, m_app->credentials, m_app->clock);
    session.workAs(helpdesk.id);
    AuthServersPanel panel(session, m_app->clipboard);
    panel.resize(900, 600);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    auto *workAs = shown<QPushButton>(panel, u"workAsAble"_s);
    QVERIFY(workAs);
    QCOMPARE(workAs->text(), u"Work as grants-admin"_s);
    QCOMPARE(m_server->arrivals(), 0); // said before it could fail
    QTest::mouseClick(workAs, Qt::LeftButton);
    QTRY_COMPARE(session.workingCredential()->name, u"grants-admin"_s);
    QTRY_VERIFY(m_server->arrivals() > 0);
    QTRY_VERIFY(!shown<QPushButton>(panel, u"workAsAble"_s));
}

void TestAbilities::grantsNameWhoMayChangeThem()
{
    const ApiCredential audit = add(u"audit-export"_s, ScopeLevel::ReadAll);
    add(u"grants-admin"_s, ScopeLevel::ManageAll);
    m_server->setScript([](const Arrival &arrival) {
        if (arrival.target.contains("/token"))
            return FaultServer::answer(200, kToken);
        if (arrival.target.endsWith("/scopes"))
            return FaultServer::answer(200, R"([{"id":31,"value":"read:invoices","description":""}])");
        if (arrival.target.endsWith("/clients"))
            return FaultServer::answer(200, "[]");
        const QByteArray server = R"({"id":7,"name":"Invoices","description":"","configuration":)"
                                  R"({"resource_identifier":"https://invoices.example","audiences":["a"]}})";
        return FaultServer::answer(200, arrival.target.endsWith("/7") ? server : '[' + server + ']');
    });
    Session session(m_tenant, m_app->http, m_app->credentials, m_app->clock);
    session.workAs(audit.id);
    AuthServersPanel panel(session, m_app->clipboard);
    panel.resize(1000, 600);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    QTRY_VERIFY(shown<QPushButton>(panel, u"workAsAble"_s));
    auto *addApp = shown<QPushButton>(panel, u"addClientApp"_s);
    QVERIFY(!addApp->isEnabled());
    QCOMPARE(addApp->toolTip(),
             u"audit-export has the level Read All, which may not change authorization servers. "
             "Grants are changed with the level Manage All."_s);
    QVERIFY(press(panel, u"workAsAble"_s));
    QTRY_VERIFY(addApp->isEnabled());

    session.workAs(audit.id);
    QTRY_VERIFY(!addApp->isEnabled());
    ApiCredential higher = audit;
    higher.level = ScopeLevel::ManageAll; // recorded anew: nothing is greyed any more
    QVERIFY_OK(m_app->credentials.update(higher));
    QTRY_VERIFY(addApp->isEnabled());
}

void TestAbilities::authenticationOnlyIsNotAskedForTheRateLimit()
{
    const ApiCredential pair = add(u"helpdesk-portal"_s, ScopeLevel::AuthenticationOnly);
    openPanel();
    QVERIFY(press(*m_panel, u"token.get"_s));
    QTRY_VERIFY(shown<QLabel>(*m_panel, u"token.callsNotAsked"_s));
    QVERIFY(shown<QLabel>(*m_panel, u"token.callsNotAsked"_s)
                ->toolTip()
                .contains(u"may not ask for the rate limit"_s));
    QCOMPARE(m_server->arrivals(), 1);
}

QTEST_MAIN(TestAbilities)
#include "tst_abilities.moc"
