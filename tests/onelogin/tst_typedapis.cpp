// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/apiclient.h"
#include "onelogin/appsapi.h"
#include "onelogin/authserversapi.h"
#include "onelogin/tokensource.h"
#include "support/fakeclock.h"
#include "support/faultserver.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QRegularExpression>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TypedApisTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void listsAuthServers();
    void readsOneAuthServer();
    void readsScopesAndClientApps();
    void namesWhatIsWrongByPath();
    void takesNoOtherServerForTheOneAskedFor();
    void anAppThatStandsTwiceIsNotUnderstood();
    void writesScopeIds();
    void listsOidcAppsPageByPage();
    void readsOneApp();

private:
    FakeClock m_clock;
    FaultReply m_reply;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<TokenSource> m_source;
    std::unique_ptr<ApiClient> m_api;

    const Arrival &last() const { return m_server->arrival(m_server->arrivals() - 1); }
    AuthServersApi servers() const { return AuthServersApi(*m_api); }
};

void TypedApisTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_network = std::make_unique<QNetworkAccessManager>();
    m_http = std::make_unique<HttpClient>(*m_network, m_clock);
    m_server = std::make_unique<FaultServer>([this](const Arrival &arrival) {
        return arrival.target.startsWith("/auth/")
                   ? FaultServer::answer(200, R"({"access_token":"tok-1","expires_in":36000})")
                   : m_reply;
    });
    m_source = std::make_unique<TokenSource>(*m_http, m_clock, m_server->url(QString()), u"client-1"_s,
                                             u"billing-service"_s, [](Continuation<Secret> continuation) {
                                                 finishLater<Secret>(continuation, Secret::fromText(u"s"_s));
                                             });
    m_api = std::make_unique<ApiClient>(*m_http, *m_source, m_clock, m_server->url(QString()),
                                        u"billing-service"_s);
}

void TypedApisTest::cleanup()
{
    m_api.reset();
    m_source.reset();
    m_server.reset();
    m_http.reset();
    m_network.reset();
}

void TypedApisTest::listsAuthServers()
{
    m_reply = FaultServer::answer(200, R"([{"id":1,"name":"Contacts API","description":null,
                  "configuration":{"resource_identifier":"https://c.example","audiences":["https://c.example"]}}])");
    const auto list = waitFor<std::vector<AuthServer>>([&](auto k) { servers().list(k); });
    QVERIFY_OK(list);
    QCOMPARE(list->size(), 1u);
    QCOMPARE(list->front().name, u"Contacts API"_s);
    QVERIFY(!list->front().accessTokenLifetime);
    QCOMPARE(last().target, "/api/2/api_authorizations"_ba);
}

void TypedApisTest::readsOneAuthServer()
{
    m_reply = FaultServer::answer(200, R"({"id":1,"name":"Contacts API","description":"x",
                 "configuration":{"resource_identifier":"https://c.example","audiences":"https://c.example",
                                  "access_token_expiration_minutes":10,"refresh_token_expiration_minutes":30}})");
    const auto server = waitFor<AuthServer>([&](auto k) { servers().get({1}, k); });
    QVERIFY_OK(server);
    QCOMPARE(server->accessTokenLifetime, std::chrono::minutes(10));
    QCOMPARE(last().target, "/api/2/api_authorizations/1"_ba);
}

void TypedApisTest::readsScopesAndClientApps()
{
    m_reply =
        FaultServer::answer(200, R"([{"id":31,"value":"custom:scope","description":"A custom scope"}])");
    const auto scopes = waitFor<std::vector<Scope>>([&](auto k) { servers().scopes({1}, k); });
    QVERIFY_OK(scopes);
    QCOMPARE(scopes->front().value, u"custom:scope"_s);
    QCOMPARE(last().target, "/api/2/api_authorizations/1/scopes"_ba);

    m_reply = FaultServer::answer(
        200, R"([{"scopes":[{"description":"A custom scope","value":"custom:scope","id":31}],
                                            "app_id":1026152,"name":"An OIDC App","api_auth_id":1}])");
    const auto apps = waitFor<std::vector<ClientApp>>([&](auto k) { servers().clientApps({1}, k); });
    QVERIFY_OK(apps);
    QCOMPARE(apps->front().id, AppId{1026152});
    QCOMPARE(apps->front().scopes, ScopeSet{ScopeId{31}});
    QCOMPARE(last().target, "/api/2/api_authorizations/1/clients"_ba);
}

void TypedApisTest::namesWhatIsWrongByPath()
{
    m_reply = FaultServer::answer(200, R"([{"id":1,"value":"a"},{"id":"x","value":"b"}])");
    const auto scopes = waitFor<std::vector<Scope>>([&](auto k) { servers().scopes({1}, k); });
    QVERIFY(!scopes);
    QCOMPARE(scopes.error().detail, u"[1].id: expected a whole number, got a string"_s);
}

void TypedApisTest::takesNoOtherServerForTheOneAskedFor()
{
    m_reply = FaultServer::answer(200, R"({"id":8,"name":"Contacts API","description":"x",
                 "configuration":{"resource_identifier":"https://c.example","audiences":[]}})");
    const auto server = waitFor<AuthServer>([&](auto k) { servers().get({7}, k); });
    QVERIFY(!server);
    QCOMPARE(server.error().kind, ErrorKind::NotUnderstood);
    QCOMPARE(server.error().detail, u"id: is 8 where 7 was asked for"_s);
}

void TypedApisTest::anAppThatStandsTwiceIsNotUnderstood()
{
    m_reply = FaultServer::answer(200, R"([{"app_id":9,"scopes":[{"id":31}]},{"app_id":9,"scopes":[]}])");
    const auto apps = waitFor<std::vector<ClientApp>>([&](auto k) { servers().clientApps({1}, k); });
    QVERIFY(!apps);
    QCOMPARE(apps.error().detail, u"[1].app_id: stands in the list already"_s);
    const auto table = waitFor<ClientAppTable>([&](auto k) { servers().clientAppTable({1}, k); });
    QVERIFY(!table);
    QCOMPARE(table.error().detail, u"[1].app_id: stands in the list already"_s);
}

void TypedApisTest::writesScopeIds()
{
    m_reply = FaultServer::answer(201, R"({"app_id":9,"api_auth_id":1})");
    QVERIFY_OK(waitFor([&](auto k) { servers().addClientApp({1}, {9}, {ScopeId{31}, ScopeId{7}}, k); }));
    QCOMPARE(last().method, "POST"_ba);
    QCOMPARE(last().target, "/api/2/api_authorizations/1/clients"_ba);
    QCOMPARE(last().body, R"({"app_id":9,"scopes":[7,31]})"_ba);

    m_reply = FaultServer::answer(200, R"({"app_id":9,"api_auth_id":1})");
    QVERIFY_OK(waitFor([&](auto k) { servers().updateClientApp({1}, {9}, {}, k); }));
    QCOMPARE(last().method, "PUT"_ba);
    QCOMPARE(last().target, "/api/2/api_authorizations/1/clients/9"_ba);
    QCOMPARE(last().body, R"({"scopes":[]})"_ba);

    m_reply = FaultServer::answer(204, {});
    QVERIFY_OK(waitFor([&](auto k) { servers().removeClientApp({1}, {9}, k); }));
    QCOMPARE(last().method, "DELETE"_ba);
    QCOMPARE(last().target, "/api/2/api_authorizations/1/clients/9"_ba);

    m_reply = FaultServer::answer(
        422,
        R"({"message":"Validation failed: Scopes 51 does not belong to the specified ApiAuthorizationApp",
                                           "statusCode":422,"name":"UnprocessableEntityError"})");
    const auto refused = waitFor([&](auto k) { servers().addClientApp({1}, {9}, {ScopeId{51}}, k); });
    QVERIFY(!refused);
    QCOMPARE(kindName(refused.error().kind), u"invalid"_s);
}

void TypedApisTest::listsOidcAppsPageByPage()
{
    m_reply = FaultServer::answer(200, R"([{"id":1,"name":"Billing","auth_method":8}])");
    size_t seen = 0;
    const auto apps = waitFor<std::vector<OidcApp>>([&](auto k) {
        AppsApi(*m_api).list(
            u"Bill"_s, [&](const std::vector<OidcApp> &page) { seen += page.size(); }, k);
    });
    QVERIFY_OK(apps);
    QCOMPARE(apps->size(), 1u);
    QCOMPARE(seen, 1u);
    QCOMPARE(last().target, "/api/2/apps?auth_method=8&limit=1000&name=%2ABill%2A"_ba);

    m_reply = FaultServer::answer(200, R"([{"id":1}])");
    QVERIFY(!waitFor<std::vector<OidcApp>>([&](auto k) { AppsApi(*m_api).list({}, nullptr, k); }));
}

void TypedApisTest::readsOneApp()
{
    m_reply = FaultServer::answer(200, R"({"id":1,"name":"Billing","sso":{"client_id":"client-1"},
                                           "configuration":{"redirect_uri":"https://a.example/cb, https://b.example/cb",
                                                            "token_endpoint_auth_method":1}})");
    const auto app = waitFor<OidcApp>([&](auto k) { AppsApi(*m_api).get({1}, k); });
    QVERIFY_OK(app);
    QCOMPARE(app->clientId, u"client-1"_s);
    QCOMPARE(app->redirectUris.size(), 2);
    QCOMPARE(app->auth, ClientAuth::Post);
    QCOMPARE(last().target, "/api/2/apps/1"_ba);
}

QTEST_GUILESS_MAIN(TypedApisTest)
#include "tst_typedapis.moc"
