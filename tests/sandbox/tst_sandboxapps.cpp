// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/plainhttp.h"

#include <QRegularExpression>
#include <QSet>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestSandboxApps : public QObject
{
    Q_OBJECT

private:
    SandboxProcess m_sandbox{{u"--apps"_s, u"250"_s, u"--scopes"_s, u"20"_s, u"--servers"_s, u"3"_s}};
    PlainHttp m_http{m_sandbox};
    QByteArray m_token{};

private slots:
    void initTestCase()
    {
        QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
        m_token = m_http.tokenOf(u"ci-pipeline");
        QVERIFY(!m_token.isEmpty());
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() { QCOMPARE(m_sandbox.stop(), 0); }

    void listsAppsWithoutTheirSso()
    {
        const Answer answer = m_http.get(u"/api/2/apps?limit=1"_s, m_token);
        QCOMPARE(answer.status, 200);
        QCOMPARE(
            answer.list().at(0).toObject().keys(),
            QStringList({u"auth_method"_s, u"auth_method_description"_s, u"connector_id"_s, u"created_at"_s,
                         u"description"_s, u"id"_s, u"name"_s, u"updated_at"_s, u"visible"_s}));
    }

    void pagesByCursor()
    {
        QSet<qint64> seen;
        QString next = u"/api/2/apps?auth_method=8&limit=100"_s;
        int pages = 0;
        while (!next.isEmpty()) {
            const Answer answer = m_http.get(next, m_token);
            QCOMPARE(answer.status, 200);
            ++pages;
            QCOMPARE(answer.headers.value("current-page").toInt(), pages);
            QCOMPARE(answer.headers.value("page-items"), QByteArray("100"));
            QCOMPARE(answer.headers.value("total-pages"), QByteArray("3"));
            QCOMPARE(answer.headers.value("total-count"), QByteArray("292"));
            QCOMPARE(answer.headers.contains("before-cursor"), pages > 1);
            for (const QJsonValue app : answer.list())
                seen.insert(app["id"_L1].toInteger());
            const QByteArray cursor = answer.headers.value("after-cursor");
            next = cursor.isEmpty() ? QString()
                                    : u"/api/2/apps?auth_method=8&cursor="_s + QString::fromLatin1(cursor);
        }
        QCOMPARE(pages, 3);
        QCOMPARE(seen.size(), 292);
    }

    void encodesTheCursor()
    {
        const Answer answer = m_http.get(u"/api/2/apps?limit=5"_s, m_token);
        QCOMPARE(answer.headers.value("after-cursor"),
                 QByteArray("limit=5&page=2").toBase64().toPercentEncoding());
        QVERIFY(answer.headers.value("link").contains("?limit=5&page=2>; rel=\"next\""));
        const QByteArray twice = answer.headers.value("after-cursor").toPercentEncoding();
        const Answer again = m_http.get(u"/api/2/apps?cursor="_s + QString::fromLatin1(twice), m_token);
        QCOMPARE(again.headers.value("current-page"), QByteArray("2"));
    }

    void filters_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("count");
        QTest::newRow("whole name") << u"name=portal-web"_s << 1;
        QTest::newRow("part of a name") << u"name=portal"_s << 0;
        QTest::newRow("wildcard") << u"name=scale-app-00000*"_s << 9;
        QTest::newRow("encoded wildcard") << u"name=scale-app-00000%2A"_s << 9;
        QTest::newRow("SAML") << u"auth_method=2"_s << 3;
        QTest::newRow("method without apps") << u"auth_method=0"_s << 0;
        QTest::newRow("connector") << u"connector_id=110016"_s << 3;
        QTest::newRow("beyond the last page") << u"limit=1000&page=2"_s << 0;
    }

    void filters()
    {
        QFETCH(QString, query);
        QFETCH(int, count);
        const Answer answer = m_http.get(u"/api/2/apps?"_s + query, m_token);
        QCOMPARE(answer.status, 200);
        QCOMPARE(int(answer.list().size()), count);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("parameter");
        QTest::newRow("method") << u"auth_method=9"_s << u"auth_method"_s;
        QTest::newRow("method in words") << u"auth_method=oidc"_s << u"auth_method"_s;
        QTest::newRow("limit") << u"limit=1001"_s << u"limit"_s;
        QTest::newRow("no limit") << u"limit=0"_s << u"limit"_s;
        QTest::newRow("page") << u"page=0"_s << u"page"_s;
        QTest::newRow("page out of all bounds") << u"page=9223372036854775807"_s << u"page"_s;
        QTest::newRow("cursor") << u"cursor=%21"_s << u"cursor"_s;
    }

    void refuses()
    {
        QFETCH(QString, query);
        QFETCH(QString, parameter);
        const Answer answer = m_http.get(u"/api/2/apps?"_s + query, m_token);
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.json(), QJsonObject({{u"message"_s, u"invalid value in \"%1\""_s.arg(parameter)},
                                             {u"name"_s, u"UnprocessableEntityError"_s},
                                             {u"statusCode"_s, 422}}));
    }

    void showsAWholeAppWithoutItsSecret_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("method");
        QTest::newRow("basic") << u"billing-service"_s << 0;
        QTest::newRow("post") << u"invoice-worker"_s << 1;
        QTest::newRow("none") << u"mobile-app"_s << 2;
    }

    void showsAWholeAppWithoutItsSecret()
    {
        QFETCH(QString, name);
        QFETCH(int, method);
        const auto app = m_sandbox.app(name);
        const Answer answer = m_http.get(u"/api/2/apps/%1"_s.arg(app.id), m_token);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().value("sso"_L1).toObject(), QJsonObject({{u"client_id"_s, app.clientId}}));
        const QJsonObject configuration = answer.json().value("configuration"_L1).toObject();
        QCOMPARE(configuration.value("token_endpoint_auth_method"_L1).toInt(-1), method);
        QCOMPARE(m_http.get(u"/api/2/apps/1"_s, m_token).status, 404);
    }

    void tellsWhoIsAssigned()
    {
        const qint64 app = m_sandbox.app(u"portal-web").id;
        const Answer answer = m_http.get(u"/api/2/apps/%1/users"_s.arg(app), m_token);
        QCOMPARE(answer.status, 200);
        QStringList names;
        for (const QJsonValue user : answer.list())
            names.append(user["username"_L1].toString());
        QVERIFY(names.contains(u"app.smoke.test"_s));
        QVERIFY(!names.contains(u"unassigned.user.test"_s));
    }

    void tellsTheStatusOfUsers_data()
    {
        QTest::addColumn<QString>("username");
        QTest::addColumn<int>("status");
        QTest::newRow("active") << u"app.smoke.test"_s << 1;
        QTest::newRow("suspended") << u"suspended.user.test"_s << 2;
        QTest::newRow("locked") << u"locked.user.test"_s << 3;
        QTest::newRow("expired") << u"expired.pw.test"_s << 4;
    }

    void tellsTheStatusOfUsers()
    {
        QFETCH(QString, username);
        QFETCH(int, status);
        const QJsonArray found = m_http.get(u"/api/2/users?username="_s + username, m_token).list();
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.at(0)["status"_L1].toInt(), status);
        const Answer one = m_http.get(u"/api/2/users/%1"_s.arg(found.at(0)["id"_L1].toInteger()), m_token);
        QCOMPARE(one.json(), found.at(0).toObject());
    }

    void makesMoreForTestsOfScale()
    {
        const qint64 scale = m_sandbox.server(u"Scale API").id;
        QVERIFY(scale > 0);
        const QString where = u"/api/2/api_authorizations/%1"_s.arg(scale);
        QCOMPARE(m_http.get(where + "/scopes"_L1, m_token).list().size(), 20);
        QCOMPARE(m_http.get(where + "/clients"_L1, m_token).list().size(), 250);
        QCOMPARE(m_http.get(u"/api/2/api_authorizations"_s, m_token).list().size(), 5 + 1 + 3);
    }
};

QTEST_GUILESS_MAIN(TestSandboxApps)
#include "tst_sandboxapps.moc"
