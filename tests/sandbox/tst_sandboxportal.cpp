// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/plainhttp.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QSet>

#include <array>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kCredentials = u"/sandbox/portal/credentials"_s;
// moc loses a class behind raw strings that hold quotation marks.
QByteArray doubled(QByteArray json)
{
    return json.replace('\'', '"');
}

const QByteArray kFailure =
    doubled("{'status':{'code':401,'error':true,'message':'Authentication Failure','type':'Unauthorized'}}");

/// A tenant and a way to its portal.
struct Portal
{
    explicit Portal(const QString &disableDelay)
        : sandbox({u"--disable-delay"_s, disableDelay})
    {
    }

    Answer call(const QByteArray &method, const QString &path = {}, const QJsonObject &body = {})
    {
        return http.send(method, kCredentials + path, {{"Content-Type", "application/json"}},
                         QJsonDocument(body).toJson());
    }
    QJsonObject view(qint64 id) { return call("GET", u"/%1"_s.arg(id)).json(); }
    QString stateOf(qint64 id) { return view(id).value("state"_L1).toString(); }
    Answer setState(qint64 id, const QString &state)
    {
        return call("PUT", u"/%1"_s.arg(id), {{u"state"_s, state}});
    }

    QJsonObject create(const QString &name, const QString &level = u"Manage All"_s)
    {
        return call("POST", {}, {{u"name"_s, name}, {u"scope_level"_s, level}}).json();
    }

    Answer requestToken(const QJsonObject &pair)
    {
        return http.requestToken({.clientId = pair.value("client_id"_L1).toString(),
                                  .clientSecret = pair.value("client_secret"_L1).toString()});
    }

    Answer refresh(const QJsonObject &token)
    {
        const QJsonObject body{{u"grant_type"_s, u"refresh_token"_s},
                               {u"access_token"_s, token.value("access_token"_L1)},
                               {u"refresh_token"_s, token.value("refresh_token"_L1)}};
        return http.send("POST", u"/auth/oauth2/v2/token"_s, {{"Content-Type", "application/json"}},
                         QJsonDocument(body).toJson());
    }

    int statusOf(const QJsonObject &token)
    {
        return http.get(u"/api/2/users?limit=1"_s, token.value("access_token"_L1).toString().toLatin1())
            .status;
    }

    SandboxProcess sandbox;
    PlainHttp http{sandbox};
};

qint64 idOf(const QJsonObject &row)
{
    return row.value("id"_L1).toInteger();
}

} // namespace

class TestSandboxPortal : public QObject
{
    Q_OBJECT

private:
    Portal m_slow{u"3600"_s};
    Portal m_quick{u"1"_s};
    Portal m_instant{u"0"_s};

private slots:
    void initTestCase()
    {
        for (Portal *portal : {&m_slow, &m_quick, &m_instant})
            QVERIFY2(portal->sandbox.start(), qPrintable(portal->sandbox.problem()));
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase()
    {
        for (Portal *portal : {&m_slow, &m_quick, &m_instant})
            QCOMPARE(portal->sandbox.stop(), 0);
    }

    void listsThePairsWithoutTheirSecrets()
    {
        const Answer answer = m_slow.call("GET");
        QCOMPARE(answer.status, 200);
        QHash<QString, QJsonObject> rows;
        for (const QJsonValue row : answer.list()) {
            rows.insert(row["name"_L1].toString(), row.toObject());
            QCOMPARE(row.toObject().keys(), QStringList({u"client_id"_s, u"created_at"_s, u"id"_s, u"name"_s,
                                                         u"owner_id"_s, u"scope_level"_s, u"state"_s}));
            QVERIFY(QDateTime::fromString(row["created_at"_L1].toString(), Qt::ISODateWithMs).isValid());
        }
        const auto pair = m_slow.sandbox.credential(u"directory-sync");
        const QJsonObject row = rows.value(pair.name);
        QCOMPARE(idOf(row), pair.id);
        QCOMPARE(row.value("client_id"_L1).toString(), pair.clientId);
        QCOMPARE(row.value("scope_level"_L1).toString(), u"Manage users"_s);
        QCOMPARE(row.value("state"_L1).toString(), u"enabled"_s);
        QVERIFY(row.value("owner_id"_L1).toInteger() > 0);
        QCOMPARE(rows.value(u"hr-import"_s).value("state"_L1).toString(), u"disabled"_s);
        QVERIFY(rows.value(u"legacy-migration"_s).value("owner_id"_L1).isNull());
    }

    void makesAPairOfEveryLevel_data()
    {
        QTest::addColumn<QString>("level");
        QTest::addColumn<int>("usersStatus");
        QTest::newRow("Authentication Only") << u"Authentication Only"_s << 401;
        QTest::newRow("Read Users") << u"Read Users"_s << 200;
        QTest::newRow("Manage users") << u"Manage users"_s << 200;
        QTest::newRow("Read All") << u"Read All"_s << 200;
        QTest::newRow("Manage All") << u"Manage All"_s << 200;
    }

    void makesAPairOfEveryLevel()
    {
        QFETCH(QString, level);
        QFETCH(int, usersStatus);
        const Answer made =
            m_slow.call("POST", {}, {{u"name"_s, u" made for %1 "_s.arg(level)}, {u"scope_level"_s, level}});
        QCOMPARE(made.status, 201);
        const QJsonObject pair = made.json();
        QCOMPARE(pair.value("name"_L1).toString(), u"made for %1"_s.arg(level));
        QCOMPARE(pair.value("scope_level"_L1).toString(), level);
        QCOMPARE(pair.value("state"_L1).toString(), u"enabled"_s);
        const QRegularExpression hex(u"^[0-9a-f]{64}$"_s);
        QVERIFY(hex.match(pair.value("client_id"_L1).toString()).hasMatch());
        QVERIFY(hex.match(pair.value("client_secret"_L1).toString()).hasMatch());
        QCOMPARE(m_slow.view(idOf(pair)), pair);
        const Answer token = m_slow.requestToken(pair);
        QCOMPARE(token.status, 200);
        QCOMPARE(m_slow.statusOf(token.json()), usersStatus);
    }

    void refusesToMake_data()
    {
        QTest::addColumn<QByteArray>("mediaType");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("message");
        const QByteArray json = "application/json";
        const QString blank = u"Name can't be blank"_s;
        const QString level = u"invalid value in \"scope_level\""_s;
        QTest::newRow("nothing") << json << QByteArray() << blank;
        QTest::newRow("cut off") << json << doubled("{'name':'a") << blank;
        QTest::newRow("an array") << json << doubled("['a']") << blank;
        QTest::newRow("another media type")
            << QByteArray("text/plain") << doubled("{'name':'a','scope_level':'Read All'}") << blank;
        QTest::newRow("no name") << json << doubled("{'scope_level':'Read All'}") << blank;
        QTest::newRow("empty name") << json << doubled("{'name':'','scope_level':'Read All'}") << blank;
        QTest::newRow("only spaces") << json << doubled("{'name':'  ','scope_level':'Read All'}") << blank;
        QTest::newRow("number for a name") << json << doubled("{'name':7,'scope_level':'Read All'}") << blank;
        QTest::newRow("name taken") << json << doubled("{'name':'ci-pipeline','scope_level':'Read All'}")
                                    << u"Name has already been taken"_s;
        QTest::newRow("no level") << json << doubled("{'name':'a'}") << level;
        QTest::newRow("unknown level") << json << doubled("{'name':'a','scope_level':'Root'}") << level;
    }

    void refusesToMake()
    {
        QFETCH(QByteArray, mediaType);
        QFETCH(QByteArray, body);
        QFETCH(QString, message);
        const qsizetype before = m_slow.call("GET").list().size();
        const Answer answer = m_slow.http.send("POST", kCredentials, {{"Content-Type", mediaType}}, body);
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.json().value("message"_L1).toString(), message);
        QCOMPARE(m_slow.call("GET").list().size(), before);
    }

    void worksOnWhileItIsBeingDisabled()
    {
        const QJsonObject pair = m_slow.create(u"slow-goodbye"_s);
        const QJsonObject token = m_slow.requestToken(pair).json();
        const Answer disabled = m_slow.setState(idOf(pair), u"disabled"_s);
        QCOMPARE(disabled.status, 200);
        QCOMPARE(disabled.json().value("state"_L1).toString(), u"disabling"_s);
        QVERIFY(!disabled.json().contains("client_secret"_L1));
        QCOMPARE(m_slow.requestToken(pair).json(), token);
        QCOMPARE(m_slow.statusOf(token), 200);
        QCOMPARE(m_slow.setState(idOf(pair), u"disabled"_s).json().value("state"_L1).toString(),
                 u"disabling"_s);

        const Answer enabled = m_slow.setState(idOf(pair), u"enabled"_s);
        QCOMPARE(enabled.status, 200);
        QCOMPARE(enabled.json().value("state"_L1).toString(), u"enabled"_s);
        QCOMPARE(m_slow.requestToken(pair).json(), token);
    }

    void endsWithItsTokensOnceTheDelayIsOver()
    {
        const QJsonObject pair = m_quick.create(u"quick-goodbye"_s);
        const QJsonObject other = m_quick.requestToken(m_quick.create(u"bystander"_s)).json();
        const QJsonObject token = m_quick.requestToken(pair).json();
        QCOMPARE(m_quick.setState(idOf(pair), u"disabled"_s).json().value("state"_L1).toString(),
                 u"disabling"_s);
        QTRY_COMPARE(m_quick.stateOf(idOf(pair)), u"disabled"_s);
        QCOMPARE(m_quick.statusOf(token), 401);
        QCOMPARE(m_quick.requestToken(pair).status, 401);
        QCOMPARE(m_quick.requestToken(pair).body, kFailure);
        QCOMPARE(m_quick.refresh(token).body, kFailure);
        QCOMPARE(m_quick.statusOf(other), 200);

        QCOMPARE(m_quick.setState(idOf(pair), u"enabled"_s).json().value("state"_L1).toString(),
                 u"enabled"_s);
        QCOMPARE(m_quick.statusOf(token), 401);
        QCOMPARE(m_quick.refresh(token).status, 401);
        const Answer again = m_quick.requestToken(pair);
        QCOMPARE(again.status, 200);
        QVERIFY(again.json().value("access_token"_L1) != token.value("access_token"_L1));
        QCOMPARE(m_quick.statusOf(again.json()), 200);
    }

    // The first request after the delay may be any other than one about the state.
    void endsWithoutAnyoneLooking()
    {
        const QJsonObject pair = m_quick.create(u"unwatched"_s);
        const QJsonObject token = m_quick.requestToken(pair).json();
        QCOMPARE(m_quick.setState(idOf(pair), u"disabled"_s).status, 200);
        QCOMPARE(m_quick.statusOf(token), 200);
        QTRY_COMPARE(m_quick.statusOf(token), 401);
    }

    void endsAtOnceWithoutADelay()
    {
        const QJsonObject pair = m_instant.create(u"instant-goodbye"_s);
        QCOMPARE(m_instant.setState(idOf(pair), u"disabled"_s).json().value("state"_L1).toString(),
                 u"disabled"_s);
        QCOMPARE(m_instant.requestToken(pair).status, 401);
    }

    void refusesAnUnknownState_data()
    {
        QTest::addColumn<QJsonObject>("body");
        QTest::newRow("nothing") << QJsonObject();
        QTest::newRow("disabling") << QJsonObject{{u"state"_s, u"disabling"_s}};
        QTest::newRow("capital") << QJsonObject{{u"state"_s, u"Disabled"_s}};
        QTest::newRow("no text") << QJsonObject{{u"state"_s, false}};
    }

    void refusesAnUnknownState()
    {
        QFETCH(QJsonObject, body);
        const qint64 id = m_slow.sandbox.credential(u"audit-export").id;
        const Answer answer = m_slow.call("PUT", u"/%1"_s.arg(id), body);
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.json().value("message"_L1).toString(), u"invalid value in \"state\""_s);
        QCOMPARE(m_slow.stateOf(id), u"enabled"_s);
    }

    void deletesWithItsTokensAtOnce()
    {
        const QJsonObject pair = m_slow.create(u"gone"_s);
        const QJsonObject token = m_slow.requestToken(pair).json();
        QCOMPARE(m_slow.statusOf(token), 200);
        const QString path = u"/%1"_s.arg(idOf(pair));
        const Answer deleted = m_slow.call("DELETE", path);
        QCOMPARE(deleted.status, 204);
        QCOMPARE(deleted.body, QByteArray());
        QCOMPARE(m_slow.statusOf(token), 401);
        QCOMPARE(m_slow.requestToken(pair).body, kFailure);
        QCOMPARE(m_slow.refresh(token).body, kFailure);
        QCOMPARE(m_slow.call("GET", path).status, 404);
        QCOMPARE(m_slow.call("DELETE", path).status, 404);
        QVERIFY(idOf(m_slow.create(u"gone"_s)) != idOf(pair));
    }

    void anOwnerTakesThePairsAlong()
    {
        const QJsonObject mine = m_instant.create(u"made-by-portal-admin"_s);
        const QJsonObject token = m_instant.requestToken(mine).json();
        const qint64 owner = mine.value("owner_id"_L1).toInteger();
        const QByteArray other = m_instant.http.tokenOf(u"directory-sync");
        const QString user = u"/api/2/users/%1"_s.arg(owner);
        QCOMPARE(m_instant.http.get(user, other).json().value("username"_L1).toString(),
                 u"portal.admin.test"_s);

        QCOMPARE(m_instant.http.send("DELETE", user, {{"Authorization", "bearer " + other}}).status, 204);
        QCOMPARE(m_instant.requestToken(mine).status, 500);
        QCOMPARE(m_instant.refresh(token).status, 500);
        QVERIFY(m_instant.view(idOf(mine)).value("owner_id"_L1).isNull());
        QCOMPARE(m_instant.http.requestToken(m_instant.sandbox.credential(u"ci-pipeline")).status, 200);

        const QJsonObject next = m_instant.create(u"made-by-account-owner"_s);
        QVERIFY(next.value("owner_id"_L1).toInteger() > 0);
        QCOMPARE(m_instant.requestToken(next).status, 200);
    }

    void refreshesATokenOnce()
    {
        const QJsonObject pair = m_slow.create(u"refreshing"_s);
        const QJsonObject first = m_slow.requestToken(pair).json();
        const Answer second = m_slow.refresh(first);
        QCOMPARE(second.status, 200);
        QCOMPARE(second.json().keys(), QStringList({u"access_token"_s, u"created_at"_s, u"expires_in"_s,
                                                    u"refresh_token"_s, u"token_type"_s}));
        QCOMPARE(m_slow.statusOf(second.json()), 200);
        QCOMPARE(m_slow.statusOf(first), 401);
        QCOMPARE(m_slow.refresh(first).body, kFailure);
        QJsonObject mixed = second.json();
        mixed.insert(u"refresh_token"_s, first.value("refresh_token"_L1));
        QCOMPARE(m_slow.refresh(mixed).body, kFailure);
        QCOMPARE(m_slow.refresh({}).body, kFailure);
    }

    void refusesWebPages_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<Headers>("headers");
        const QString one = u"/%1"_s.arg(m_slow.sandbox.credential(u"reporting-batch").id);
        const std::array<std::pair<QByteArray, QString>, 5> calls{
            {{"GET", {}}, {"POST", {}}, {"GET", one}, {"PUT", one}, {"DELETE", one}}};
        const std::array<std::pair<QByteArray, QByteArray>, 5> headers{
            {{"Origin", "https://page.example"},
             {"Origin", "null"},
             {"Origin", m_slow.sandbox.url().toString().toLatin1()},
             {"Host", "page.example"},
             {"Host", "127.0.0.1.page.example"}}};
        for (const auto &[method, path] : calls) {
            for (const auto &[name, value] : headers)
                QTest::addRow("%s %s %s %s", method.constData(), path.isEmpty() ? "all" : "one",
                              name.constData(), value.constData())
                    << method << path << Headers{{name, value}};
        }
    }

    void refusesWebPages()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        QFETCH(Headers, headers);
        const QByteArray before = m_slow.call("GET").body;
        headers.emplaceBack("Content-Type", "application/json");
        const Answer answer =
            m_slow.http.send(method, kCredentials + path, headers,
                             doubled("{'name':'from a page','scope_level':'Manage All','state':'disabled'}"));
        QCOMPARE(answer.status, 403);
        QCOMPARE(answer.json(), QJsonObject({{u"message"_s, u"Forbidden"_s},
                                             {u"name"_s, u"ForbiddenError"_s},
                                             {u"statusCode"_s, 403}}));
        QCOMPARE(m_slow.call("GET").body, before);
    }

    void knowsNothingElse_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        const QString one = u"credentials/%1"_s.arg(m_slow.sandbox.credential(u"audit-export").id);
        QTest::newRow("the portal itself") << QByteArray("GET") << QString();
        QTest::newRow("something else") << QByteArray("GET") << u"users"_s;
        QTest::newRow("longer name") << QByteArray("GET") << u"credentialsx"_s;
        QTest::newRow("id 1") << QByteArray("GET") << u"credentials/1"_s;
        QTest::newRow("no number") << QByteArray("GET") << u"credentials/abc"_s;
        QTest::newRow("no id") << QByteArray("GET") << u"credentials/"_s;
        QTest::newRow("number too large") << QByteArray("DELETE") << u"credentials/9223372036854775808"_s;
        QTest::newRow("below a pair") << QByteArray("GET") << one + "/secret"_L1;
        QTest::newRow("change unknown") << QByteArray("PUT") << u"credentials/1"_s;
        QTest::newRow("delete unknown") << QByteArray("DELETE") << u"credentials/1"_s;
        QTest::newRow("delete all") << QByteArray("DELETE") << u"credentials"_s;
        QTest::newRow("post to one") << QByteArray("POST") << one;
    }

    void knowsNothingElse()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        const Answer answer = m_slow.http.send(method, "/sandbox/portal/"_L1 + path);
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.json().value("name"_L1).toString(), u"NotFoundError"_s);
    }
};

QTEST_GUILESS_MAIN(TestSandboxPortal)
#include "tst_sandboxportal.moc"
