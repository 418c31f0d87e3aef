// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/plainhttp.h"

#include <QRegularExpression>

#include <map>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kServers = u"/api/2/api_authorizations"_s;

QByteArray error(int status, const QByteArray &name, const QByteArray &message)
{
    return R"({"message":")" + message + R"(","name":")" + name + R"(","statusCode":)" +
           QByteArray::number(status) + '}';
}

const QByteArray kUnauthorized = error(401, "UnauthorizedError", "Unauthorized");
const QByteArray kNotFound = error(404, "NotFoundError", "The resource with the given id could not be found");

QByteArray invalid(const QByteArray &what)
{
    return error(422, "UnprocessableEntityError", "Validation failed: " + what);
}

QByteArray missing(const QByteArray &field)
{
    return R"({"field":")" + field +
           R"(","message":"Missing required field","name":"BadRequestError","statusCode":400})";
}

const QJsonObject kConfiguration{{u"resource_identifier"_s, u"https://api.example.com/tests"_s},
                                 {u"audiences"_s, QJsonArray{u"https://api.example.com/tests"_s}}};

} // namespace

class TestApiAuthorizations : public QObject
{
    Q_OBJECT

private:
    SandboxProcess m_sandbox{};
    PlainHttp m_http{m_sandbox};
    QByteArray m_token{};

    QString path(QStringView server, const QString &rest = {}) const
    {
        return kServers + u'/' + QString::number(m_sandbox.server(server).id) + rest;
    }

    std::map<QString, qint64> scopesOf(QStringView server)
    {
        std::map<QString, qint64> scopes;
        const QJsonArray list = m_http.get(path(server, u"/scopes"_s), m_token).list();
        for (const QJsonValue scope : list)
            scopes[scope["value"_L1].toString()] = scope["id"_L1].toInteger();
        return scopes;
    }

    /// The scope values of each client app, by its name.
    std::map<QString, QStringList> grantsOf(QStringView server)
    {
        std::map<QString, QStringList> grants;
        const QJsonArray list = m_http.get(path(server, u"/clients"_s), m_token).list();
        for (const QJsonValue client : list) {
            QStringList values;
            const QJsonArray scopes = client["scopes"_L1].toArray();
            for (const QJsonValue scope : scopes)
                values.append(scope["value"_L1].toString());
            grants[client["name"_L1].toString()] = values;
        }
        return grants;
    }

    qint64 createServer(const QString &name)
    {
        const Answer answer = m_http.write("POST", kServers, m_token,
                                           {{u"name"_s, name}, {u"configuration"_s, kConfiguration}});
        return answer.status == 201 ? answer.json().value("id"_L1).toInteger() : 0;
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
        m_token = m_http.tokenOf(u"grants-admin");
        QVERIFY(!m_token.isEmpty());
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() { QCOMPARE(m_sandbox.stop(), 0); }

    void listsServersWithoutTheirExpirations()
    {
        const Answer answer = m_http.get(kServers, m_token);
        QCOMPARE(answer.status, 200);
        QStringList names;
        for (const QJsonValue server : answer.list()) {
            names.append(server["name"_L1].toString());
            QCOMPARE(server["configuration"_L1].toObject().keys(),
                     QStringList({u"audiences"_s, u"resource_identifier"_s}));
        }
        QCOMPARE(names, QStringList({u"Contacts API"_s, u"Events API"_s, u"Invoices API"_s, u"Orders API"_s,
                                     u"Reports API"_s}));
        QVERIFY(answer.list().at(1)["description"_L1].isNull());
        QCOMPARE(m_http.get(kServers + "?name=invo"_L1, m_token).list().size(), 1);
    }

    void showsAWholeServer()
    {
        const QJsonObject server = m_http.get(path(u"Invoices API"), m_token).json();
        const QJsonObject configuration = server.value("configuration"_L1).toObject();
        QCOMPARE(configuration.value("resource_identifier"_L1).toString(),
                 u"https://api.example.com/invoices"_s);
        QCOMPARE(configuration.value("audiences"_L1).toArray().size(), 1);
        QCOMPARE(configuration.value("access_token_expiration_minutes"_L1).toInt(), 10);
        QCOMPARE(configuration.value("refresh_token_expiration_minutes"_L1).toInt(), 30);
    }

    void isTheCompanyOfTheScreens_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<int>("scopes");
        QTest::addColumn<int>("apps");
        QTest::newRow("contacts") << u"Contacts API"_s << 4 << 6;
        QTest::newRow("events") << u"Events API"_s << 3 << 2;
        QTest::newRow("invoices") << u"Invoices API"_s << 8 << 12;
        QTest::newRow("orders") << u"Orders API"_s << 11 << 9;
        QTest::newRow("reports") << u"Reports API"_s << 0 << 0;
    }

    void isTheCompanyOfTheScreens()
    {
        QFETCH(QString, server);
        QFETCH(int, scopes);
        QFETCH(int, apps);
        QCOMPARE(int(scopesOf(server).size()), scopes);
        QCOMPARE(int(grantsOf(server).size()), apps);
    }

    void grantsWhatTheGridShows()
    {
        const auto grants = grantsOf(u"Invoices API");
        QCOMPARE(grants.at(u"ci-smoke-tests"_s), QStringList());
        QCOMPARE(grants.at(u"finance-desktop"_s).size(), 8);
        QCOMPARE(grants.at(u"billing-service"_s),
                 QStringList({u"read:invoices"_s, u"write:invoices"_s, u"read:customers"_s,
                              u"read:payments"_s, u"refund:payments"_s}));
        QCOMPARE(grants.at(u"partner-gateway"_s),
                 QStringList({u"read:invoices"_s, u"write:invoices"_s, u"void:invoices"_s,
                              u"read:customers"_s, u"write:customers"_s}));
        QCOMPARE(grants.at(u"portal-web"_s),
                 QStringList({u"read:invoices"_s, u"send:invoices"_s, u"read:customers"_s}));
    }

    void refusesTheUnauthorized_data()
    {
        QTest::addColumn<QByteArray>("authorization");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("unknown token") << QByteArray("bearer 0000");
        QTest::newRow("another scheme") << QByteArray("Basic e30=");
        QTest::newRow("no token") << QByteArray("bearer ");
    }

    void refusesTheUnauthorized()
    {
        QFETCH(QByteArray, authorization);
        const Answer answer = m_http.send("GET", kServers, {{"Authorization", authorization}});
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.body, kUnauthorized);
    }

    void refusesUnknownIds_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        const QString invoices = path(u"Invoices API");
        for (const char *method : {"GET", "PUT", "DELETE"})
            QTest::addRow("%s server", method) << QByteArray(method) << kServers + "/1"_L1;
        for (const char *list : {"scopes", "claims", "clients"}) {
            QTest::addRow("list %s of no server", list)
                << QByteArray("GET") << kServers + "/1/"_L1 + QLatin1StringView(list);
            for (const char *method : {"PUT", "DELETE"}) {
                QTest::addRow("%s one of %s", method, list)
                    << QByteArray(method) << invoices + u'/' + QLatin1StringView(list) + "/1"_L1;
            }
        }
        QTest::newRow("the phantom path") << QByteArray("GET") << kServers + "/clients"_L1;
        QTest::newRow("no such resource") << QByteArray("GET") << u"/api/2/nothing"_s;
        QTest::newRow("number too large") << QByteArray("GET") << kServers + "/99999999999999999999"_L1;
    }

    void refusesUnknownIds()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        const Answer answer = m_http.send(method, path, {{"Authorization", "bearer " + m_token}});
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.body, kNotFound);
    }

    void createsReplacesAndDeletesAServer()
    {
        const QJsonObject created{{u"name"_s, u"Lifecycle API"_s},
                                  {u"description"_s, u"For a while"_s},
                                  {u"configuration"_s, kConfiguration},
                                  {u"scopes"_s, QJsonArray{QJsonObject{{u"value"_s, u"read:x"_s}}}}};
        const Answer creation = m_http.write("POST", kServers, m_token, created);
        QCOMPARE(creation.status, 201);
        QCOMPARE(creation.json().keys(), QStringList{u"id"_s});
        const QString where = kServers + u'/' + QString::number(creation.json().value("id"_L1).toInteger());
        QCOMPARE(m_http.get(where + "/scopes"_L1, m_token).list().size(), 1);

        const QJsonObject replaced{{u"name"_s, u"Renamed API"_s}, {u"configuration"_s, kConfiguration}};
        const Answer update = m_http.write("PUT", where, m_token, replaced);
        QCOMPARE(update.status, 200);
        QCOMPARE(update.body, creation.body);
        const QJsonObject server = m_http.get(where, m_token).json();
        QCOMPARE(server.value("name"_L1).toString(), u"Renamed API"_s);
        QVERIFY(server.value("description"_L1).isNull());

        const Answer deletion = m_http.send("DELETE", where, {{"Authorization", "bearer " + m_token}});
        QCOMPARE(deletion.status, 204);
        QCOMPARE(deletion.body, QByteArray());
        QCOMPARE(m_http.get(where, m_token).status, 404);
    }

    // A cached answer would show what was there before.
    void everyWriteIsSeenByTheNextReading()
    {
        const QString where = kServers + u'/' + QString::number(createServer(u"Cached API"_s));
        const auto read = [&](const QString &rest) { return m_http.get(where + rest, m_token).body; };
        for (const QString &kind : {u"/scopes"_s, u"/claims"_s}) {
            const QString key = kind == "/scopes"_L1 ? u"value"_s : u"name"_s;
            const QByteArray none = read(kind);
            const Answer added = m_http.write("POST", where + kind, m_token, {{key, u"a"_s}});
            const QByteArray first = read(kind);
            QVERIFY(first != none);
            const QString one =
                where + kind + u'/' + QString::number(added.json().value("id"_L1).toInteger());
            QCOMPARE(m_http.write("PUT", one, m_token, {{key, u"b"_s}}).status, 200);
            QVERIFY(read(kind) != first);
            QCOMPARE(m_http.send("DELETE", one, {{"Authorization", "bearer " + m_token}}).status, 204);
            QCOMPARE(read(kind), none);
        }
        const QByteArray before = read({});
        QCOMPARE(m_http
                     .write("PUT", where, m_token,
                            {{u"name"_s, u"Renamed"_s}, {u"configuration"_s, kConfiguration}})
                     .status,
                 200);
        QVERIFY(read({}) != before);
        QVERIFY(m_http.get(kServers, m_token).body.contains("Renamed"));
        QCOMPARE(m_http.send("DELETE", where, {{"Authorization", "bearer " + m_token}}).status, 204);
        QVERIFY(!m_http.get(kServers, m_token).body.contains("Renamed"));
    }

    void dropsWhatItDoesNotKnowInAConfiguration()
    {
        QJsonObject odd = kConfiguration;
        odd.insert(u"colour"_s, u"blue"_s);
        const Answer created = m_http.write("POST", kServers, m_token,
                                            {{u"name"_s, u"Odd API"_s},
                                             {u"configuration"_s, odd},
                                             {u"claims"_s, QJsonArray{QJsonObject{{u"name"_s, u"shop"_s}}}}});
        QCOMPARE(created.status, 201);
        const QString where = kServers + u'/' + QString::number(created.json().value("id"_L1).toInteger());
        QVERIFY(!m_http.get(where, m_token).json()["configuration"_L1].toObject().contains(u"colour"_s));
        QCOMPARE(m_http.get(where + "/claims"_L1, m_token).list().size(), 1);
        QCOMPARE(m_http.send("DELETE", where, {{"Authorization", "bearer " + m_token}}).status, 204);
    }

    void refusesBodies_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<QByteArray>("expected");

        const QString invoices = path(u"Invoices API");
        const QByteArray blank = invalid("Resource identifier can't be blank, Audiences can't be blank");
        const QJsonObject nameOnly{{u"name"_s, u"A"_s}};
        QTest::newRow("server without a name")
            << QByteArray("POST") << kServers << QJsonObject() << missing("name");
        QTest::newRow("server without configuration") << QByteArray("POST") << kServers << nameOnly << blank;
        QTest::newRow("update without a name")
            << QByteArray("PUT") << invoices << QJsonObject{{u"configuration"_s, kConfiguration}}
            << missing("name");
        QTest::newRow("update without configuration") << QByteArray("PUT") << invoices << nameOnly << blank;
        QTest::newRow("echoed id")
            << QByteArray("PUT") << invoices << QJsonObject{{u"id"_s, 1}, {u"name"_s, u"A"_s}}
            << error(422, "UnprocessableEntityError",
                     "instance is not allowed to have the additional property \\\"id\\\"");

        QJsonObject neverValid = kConfiguration;
        neverValid.insert(u"access_token_expiration_minutes"_s, 0);
        QTest::newRow("no lifetime") << QByteArray("PUT") << invoices
                                     << QJsonObject{{u"name"_s, u"A"_s}, {u"configuration"_s, neverValid}}
                                     << invalid("Expiration minutes must be greater than 0");

        QTest::newRow("blank name on update")
            << QByteArray("PUT") << invoices
            << QJsonObject{{u"name"_s, QString()}, {u"configuration"_s, kConfiguration}} << missing("name");
        QJsonObject deaf = kConfiguration;
        deaf.insert(u"audiences"_s, QJsonArray{QString()});
        QTest::newRow("blank audiences")
            << QByteArray("PUT") << invoices << QJsonObject{{u"name"_s, u"A"_s}, {u"configuration"_s, deaf}}
            << invalid("Audiences can't be blank");
        QTest::newRow("audience outside the configuration")
            << QByteArray("POST") << kServers
            << QJsonObject{{u"name"_s, u"A"_s}, {u"configuration"_s, kConfiguration}, {u"audience"_s, u"b"_s}}
            << error(422, "UnprocessableEntityError",
                     "instance is not allowed to have the additional property \\\"audience\\\"");
        for (const QString &createOnly : {u"connector_id"_s, u"scopes"_s, u"claims"_s}) {
            QTest::addRow("%s on update", qPrintable(createOnly))
                << QByteArray("PUT") << invoices
                << QJsonObject{{u"name"_s, u"A"_s},
                               {u"configuration"_s, kConfiguration},
                               {createOnly, QJsonArray()}}
                << error(422, "UnprocessableEntityError",
                         "instance is not allowed to have the additional property \\\"" +
                             createOnly.toLatin1() + "\\\"");
        }
        const QString written = u'/' + QString::number(scopesOf(u"Invoices API").at(u"write:invoices"_s));
        const QString oneClaim =
            u'/' +
            QString::number(m_http.get(invoices + "/claims"_L1, m_token).list().at(0)["id"_L1].toInteger());
        QTest::newRow("scope changed to one that exists")
            << QByteArray("PUT") << invoices + "/scopes"_L1 + written
            << QJsonObject{{u"value"_s, u"read:invoices"_s}} << invalid("Value has already been taken");
        QTest::newRow("scope changed to nothing")
            << QByteArray("PUT") << invoices + "/scopes"_L1 + written
            << QJsonObject{{u"description"_s, u"a"_s}} << missing("value");
        QTest::newRow("scope of no server") << QByteArray("POST") << kServers + "/1/scopes"_L1
                                            << QJsonObject{{u"value"_s, u"a"_s}} << kNotFound;
        QTest::newRow("claim changed to one that exists")
            << QByteArray("PUT") << invoices + "/claims"_L1 + oneClaim << QJsonObject{{u"name"_s, u"roles"_s}}
            << invalid("Name has already been taken");
        QTest::newRow("claim changed to nothing")
            << QByteArray("PUT") << invoices + "/claims"_L1 + oneClaim << QJsonObject() << missing("name");
        QTest::newRow("claim of no server") << QByteArray("POST") << kServers + "/1/claims"_L1
                                            << QJsonObject{{u"name"_s, u"a"_s}} << kNotFound;

        const QString scopes = invoices + "/scopes"_L1;
        QTest::newRow("scope without a value")
            << QByteArray("POST") << scopes << QJsonObject() << missing("value");
        QTest::newRow("scope that exists")
            << QByteArray("POST") << scopes << QJsonObject{{u"value"_s, u"read:invoices"_s}}
            << invalid("Value has already been taken");
        QTest::newRow("scope with a space")
            << QByteArray("POST") << scopes << QJsonObject{{u"value"_s, u"read invoices"_s}}
            << invalid("Value is invalid");
        QTest::newRow("claim without a name")
            << QByteArray("POST") << invoices + "/claims"_L1 << QJsonObject() << missing("name");
        QTest::newRow("claim that exists")
            << QByteArray("POST") << invoices + "/claims"_L1 << QJsonObject{{u"name"_s, u"roles"_s}}
            << invalid("Name has already been taken");

        const QString clients = invoices + "/clients"_L1;
        const qint64 outsider = m_sandbox.app(u"api-explorer").id;
        const qint64 insider = m_sandbox.app(u"portal-web").id;
        const QJsonArray none;
        QTest::newRow("client without an app")
            << QByteArray("POST") << clients << QJsonObject{{u"scopes"_s, none}}
            << error(400, "BadRequestError", "Missing required field: app_id");
        QTest::newRow("client without scopes")
            << QByteArray("POST") << clients << QJsonObject{{u"app_id"_s, outsider}}
            << error(400, "BadRequestError", "Missing required field: scopes");
        QTest::newRow("client with a foreign scope")
            << QByteArray("POST") << clients
            << QJsonObject{{u"app_id"_s, outsider}, {u"scopes"_s, QJsonArray{51}}}
            << invalid("Scopes 51 does not belong to the specified ApiAuthorizationApp");
        QTest::newRow("update with a foreign scope")
            << QByteArray("PUT") << clients + u'/' + QString::number(insider)
            << QJsonObject{{u"scopes"_s, QJsonArray{51}}}
            << invalid("Scopes 51 does not belong to the specified ApiAuthorizationApp");
        QTest::newRow("client twice")
            << QByteArray("POST") << clients << QJsonObject{{u"app_id"_s, insider}, {u"scopes"_s, none}}
            << invalid("App has already been taken");
        QTest::newRow("unknown app") << QByteArray("POST") << clients
                                     << QJsonObject{{u"app_id"_s, 1}, {u"scopes"_s, none}} << kNotFound;
    }

    void refusesBodies()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        QFETCH(QJsonObject, body);
        QFETCH(QByteArray, expected);
        const Answer answer = m_http.write(method, path, m_token, body);
        QCOMPARE(answer.body, expected);
        QCOMPARE(answer.status, QJsonDocument::fromJson(expected).object().value("statusCode"_L1).toInt());
    }

    // The page's own curl sends neither a body nor a media type.
    void answersThePrintedCurlOfAddClientApp()
    {
        const Answer answer = m_http.send("POST", path(u"Invoices API", u"/clients"_s),
                                          {{"Authorization", "bearer " + m_token}});
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.body, error(400, "BadRequestError", "Missing required field: app_id"));
    }

    void refusesAnAppThatIsNotOidc()
    {
        const QJsonArray apps = m_http.get(u"/api/2/apps?auth_method=2"_s, m_token).list();
        QVERIFY(!apps.isEmpty());
        const Answer answer = m_http.write("POST", path(u"Invoices API", u"/clients"_s), m_token,
                                           {{u"app_id"_s, apps.at(0)["id"_L1]}, {u"scopes"_s, QJsonArray()}});
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.body, invalid("App is not an OpenId Connect app"));
    }

    void grantsGoRound()
    {
        const QString clients = path(u"Contacts API", u"/clients"_s);
        const auto scopes = scopesOf(u"Contacts API");
        const qint64 app = m_sandbox.app(u"feature-flags").id;
        const qint64 read = scopes.at(u"read:contacts"_s);
        const qint64 write = scopes.at(u"write:contacts"_s);
        const QJsonObject reply{{u"app_id"_s, app}, {u"api_auth_id"_s, m_sandbox.server(u"Contacts API").id}};

        const Answer added = m_http.write("POST", clients, m_token,
                                          {{u"app_id"_s, app}, {u"scopes"_s, QJsonArray{read, read}}});
        QCOMPARE(added.status, 201);
        QCOMPARE(added.json(), reply);
        QCOMPARE(grantsOf(u"Contacts API").at(u"feature-flags"_s), QStringList{u"read:contacts"_s});

        const QString one = clients + u'/' + QString::number(app);
        const Answer changed = m_http.write("PUT", one, m_token, {{u"scopes"_s, QJsonArray{write}}});
        QCOMPARE(changed.status, 200);
        QCOMPARE(changed.json(), reply);
        QCOMPARE(grantsOf(u"Contacts API").at(u"feature-flags"_s), QStringList{u"write:contacts"_s});

        QCOMPARE(m_http.write("PUT", one, m_token, {{u"scopes"_s, QJsonArray()}}).status, 200);
        QCOMPARE(grantsOf(u"Contacts API").at(u"feature-flags"_s), QStringList());

        QCOMPARE(m_http.send("DELETE", one, {{"Authorization", "bearer " + m_token}}).status, 204);
        QCOMPARE(m_http.send("DELETE", one, {{"Authorization", "bearer " + m_token}}).status, 404);
        QVERIFY(!grantsOf(u"Contacts API").contains(u"feature-flags"_s));
    }

    void scopesGoRoundAndLeaveTheirGrants()
    {
        const qint64 id = createServer(u"Scopes API"_s);
        const QString where = kServers + u'/' + QString::number(id);
        const Answer added = m_http.write("POST", where + "/scopes"_L1, m_token,
                                          {{u"value"_s, u"read:a"_s}, {u"description"_s, u"Read a"_s}});
        QCOMPARE(added.status, 200);
        const qint64 scope = added.json().value("id"_L1).toInteger();
        const QString one = where + "/scopes/"_L1 + QString::number(scope);
        QCOMPARE(m_http.write("PUT", one, m_token, {{u"value"_s, u"read:b"_s}}).status, 200);
        QCOMPARE(m_http.get(where + "/scopes"_L1, m_token).list(),
                 (QJsonArray{QJsonObject{
                     {u"id"_s, scope}, {u"value"_s, u"read:b"_s}, {u"description"_s, QString()}}}));

        QCOMPARE(
            m_http
                .write("POST", where + "/clients"_L1, m_token,
                       {{u"app_id"_s, m_sandbox.app(u"portal-web").id}, {u"scopes"_s, QJsonArray{scope}}})
                .status,
            201);
        QCOMPARE(m_http.send("DELETE", one, {{"Authorization", "bearer " + m_token}}).status, 204);
        const QJsonArray clients = m_http.get(where + "/clients"_L1, m_token).list();
        QCOMPARE(clients.size(), 1);
        QVERIFY(clients.at(0)["scopes"_L1].toArray().isEmpty());
    }

    void claimsGoRound()
    {
        const qint64 id = createServer(u"Claims API"_s);
        const QString claims = kServers + u'/' + QString::number(id) + "/claims"_L1;
        const QJsonObject body{{u"name"_s, u"groups"_s},
                               {u"user_attribute_mappings"_s, u"roles"_s},
                               {u"attributes_transformations"_s, u"semicolon_separated_list"_s}};
        const Answer added = m_http.write("POST", claims, m_token, body);
        QCOMPARE(added.status, 200);
        const QJsonObject claim = m_http.get(claims, m_token).list().at(0).toObject();
        QCOMPARE(claim.size(), 11);
        QCOMPARE(claim.value("label"_L1).toString(), u"groups"_s);
        QCOMPARE(claim.value("attributes_transformations"_L1).toString(), u"semicolon_separated_list"_s);
        QVERIFY(claim.value("values"_L1).isNull());

        const QString one = claims + u'/' + QString::number(added.json().value("id"_L1).toInteger());
        QCOMPARE(m_http.write("PUT", one, m_token, {{u"name"_s, u"teams"_s}}).status, 200);
        QCOMPARE(m_http.get(claims, m_token).list().at(0)["name"_L1].toString(), u"teams"_s);
        QCOMPARE(m_http.send("DELETE", one, {{"Authorization", "bearer " + m_token}}).status, 204);
        QVERIFY(m_http.get(claims, m_token).list().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestApiAuthorizations)
#include "tst_apiauthorizations.moc"
