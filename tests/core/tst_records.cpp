// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/records.h"
#include "support/qtest_result.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestRecords : public QObject
{
    Q_OBJECT

private slots:
    void readsAListedServerWithoutExpirations();
    void readsANullDescription();
    void readsClientAppsWithScopesAsObjects();
    void readsAnAppWithoutItsEnums();
    void tellsAListedAppFromABrokenOne();
    void refusesLifetimesOutOfRange_data();
    void refusesLifetimesOutOfRange();
    void knowsTheFiveScopeLevels();
};

void TestRecords::readsAListedServerWithoutExpirations()
{
    const auto json = parseJson(R"([{"id":"1033034","name":"Contacts","description":"d",
        "configuration":{"resource_identifier":"https://example.com/contacts",
        "audiences":["https://example.com/contacts"]},"onelogin":true}])");
    const auto servers = readJsonArray<AuthServer>(*json, &AuthServer::read);
    QVERIFY_OK(servers);
    QCOMPARE(servers->front().id.value, 1033034);
    QCOMPARE(servers->front().audiences, QStringList{u"https://example.com/contacts"_s});
    QVERIFY(!servers->front().accessTokenLifetime.has_value());
}

void TestRecords::readsANullDescription()
{
    const auto json = parseJson(R"({"id":1,"name":"n","description":null,
        "configuration":{"audiences":"one","access_token_expiration_minutes":"10"}})");
    const auto server = readJsonObject<AuthServer>(*json, &AuthServer::read);
    QVERIFY_OK(server);
    QCOMPARE(server->description, QString());
    QCOMPARE(server->accessTokenLifetime, std::chrono::minutes(10));
}

void TestRecords::readsClientAppsWithScopesAsObjects()
{
    const auto json =
        parseJson(R"([{"scopes":[{"description":"A custom scope","value":"custom:scope","id":31},
        {"id":32}],"app_id":1026152,"name":"An OIDC App","api_auth_id":1033034}])");
    const auto apps = readJsonArray<ClientApp>(*json, &ClientApp::read);
    QVERIFY_OK(apps);
    QCOMPARE(apps->front().id.value, 1026152);
    QCOMPARE(apps->front().scopes, (ScopeSet{{31}, {32}}));
}

void TestRecords::readsAnAppWithoutItsEnums()
{
    const auto json = parseJson(R"({"id":928549,"name":"App","sso":{"client_id":"b5dee2e0"},
        "configuration":{"redirect_uri":"http://example.com/a,\nhttp://example.com/b"}})");
    const auto app = readJsonObject<OidcApp>(*json, &OidcApp::read);
    QVERIFY_OK(app);
    QCOMPARE(app->auth, ClientAuth::Basic);
    QCOMPARE(app->redirectUris.size(), 2);
    QCOMPARE(app->clientId, u"b5dee2e0"_s);
}

void TestRecords::tellsAListedAppFromABrokenOne()
{
    const auto json = parseJson(R"([{"id":1,"name":"a"},{"id":2,"name":7}])");
    const auto apps = readJsonArray<OidcApp>(*json, &OidcApp::read);
    QVERIFY(!apps.has_value());
    QCOMPARE(apps.error().detail, u"[1].name: expected a string, got a number"_s);
}

void TestRecords::refusesLifetimesOutOfRange_data()
{
    QTest::addColumn<QByteArray>("minutes");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("zero") << "0"_ba << true;
    QTest::newRow("a year") << "527040"_ba << true;
    QTest::newRow("negative") << "-1"_ba << false;
    QTest::newRow("just over 32 bits") << "4294967297"_ba << false;
    QTest::newRow("64 bits") << "9223372036854775807"_ba << false;
}

void TestRecords::refusesLifetimesOutOfRange()
{
    QFETCH(QByteArray, minutes);
    QFETCH(bool, isGood);
    const auto json = parseJson(R"({"id":1,"name":"n","configuration":{"refresh_token_expiration_minutes":)" +
                                minutes + "}}");
    const auto server = readJsonObject<AuthServer>(*json, &AuthServer::read);
    const auto app = readJsonObject<OidcApp>(*json, &OidcApp::read);
    QCOMPARE(server.has_value(), isGood);
    QCOMPARE(app.has_value(), isGood);
    if (isGood) {
        QVERIFY(!app->accessTokenLifetime);
        QCOMPARE(app->refreshTokenLifetime, std::chrono::minutes(minutes.toInt()));
    } else {
        QVERIFY(app.error().detail.startsWith(u"configuration.refresh_token_expiration_minutes: "_s));
    }
}

void TestRecords::knowsTheFiveScopeLevels()
{
    for (ScopeLevel level : kScopeLevels) {
        QCOMPARE(scopeLevelFromName(u"  "_s + scopeLevelName(level).toUpper() + u' '), level);
        QCOMPARE(scopeLevelFromName(scopeLevelName(level).replace(u' ', u'_')), level);
        QVERIFY(!scopeLevelMeaning(level).isEmpty());
    }
    QVERIFY(!scopeLevelFromName(u"Manage").has_value());
}

QTEST_GUILESS_MAIN(TestRecords)
#include "tst_records.moc"
