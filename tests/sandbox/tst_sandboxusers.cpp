// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/plainhttp.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QSet>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kUsers = u"/api/2/users"_s;

} // namespace

class TestSandboxUsers : public QObject
{
    Q_OBJECT

private:
    SandboxProcess m_sandbox{};
    PlainHttp m_http{m_sandbox};
    QByteArray m_readUsers{};
    QByteArray m_manageUsers{};
    QByteArray m_manageAll{};

    QJsonObject userNamed(const QString &username)
    {
        return m_http.get(kUsers + "?username="_L1 + username, m_readUsers).list().at(0).toObject();
    }
    static QString pathOf(const QJsonObject &user)
    {
        return u"%1/%2"_s.arg(kUsers).arg(user.value("id"_L1).toInteger());
    }
    /// Makes a user and gives its record.
    QJsonObject made(const QJsonObject &body)
    {
        const Answer answer = m_http.write("POST", kUsers, m_manageAll, body);
        return answer.status == 201 ? answer.json() : QJsonObject();
    }
    /// Whether the password opens a session.
    bool letsIn(const QString &username, const QString &password)
    {
        return m_http
                   .write("POST", u"/api/1/login/auth"_s, m_manageAll,
                          {{u"username_or_email"_s, username},
                           {u"password"_s, password},
                           {u"subdomain"_s, u"sandbox"_s}})
                   .status == 200;
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
        m_readUsers = m_http.tokenOf(u"billing-service");
        m_manageUsers = m_http.tokenOf(u"directory-sync");
        m_manageAll = m_http.tokenOf(u"grants-admin");
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() { QCOMPARE(m_sandbox.stop(), 0); }

    void tellWhatStateTheyAreIn_data()
    {
        QTest::addColumn<QString>("username");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isLocked");
        QTest::addColumn<bool>("hasPassword");
        QTest::addColumn<bool>("hasRole");
        QTest::newRow("active") << u"app.smoke.test"_s << 1 << false << true << true;
        QTest::newRow("second factor") << u"jdoe.test"_s << 1 << false << true << true;
        QTest::newRow("suspended") << u"suspended.user.test"_s << 2 << false << true << true;
        QTest::newRow("locked") << u"locked.user.test"_s << 3 << true << true << true;
        QTest::newRow("expired") << u"expired.pw.test"_s << 4 << false << true << true;
        QTest::newRow("unassigned") << u"unassigned.user.test"_s << 1 << false << true << false;
        QTest::newRow("no password") << u"nopassword.user.test"_s << 7 << false << false << true;
    }

    void tellWhatStateTheyAreIn()
    {
        QFETCH(QString, username);
        QFETCH(int, status);
        QFETCH(bool, isLocked);
        QFETCH(bool, hasPassword);
        QFETCH(bool, hasRole);
        const QJsonObject user = userNamed(username);
        QCOMPARE(user.keys(),
                 QStringList({u"email"_s, u"firstname"_s, u"group_id"_s, u"id"_s, u"invalid_login_attempts"_s,
                              u"last_login"_s, u"lastname"_s, u"locked_until"_s, u"password_changed_at"_s,
                              u"role_ids"_s, u"state"_s, u"status"_s, u"username"_s}));
        QCOMPARE(user.value("email"_L1).toString(), username + "@example.com"_L1);
        QCOMPARE(user.value("state"_L1).toInt(), 1);
        QCOMPARE(user.value("status"_L1).toInt(), status);
        QCOMPARE(user.value("locked_until"_L1).isString(), isLocked);
        const auto until = QDateTime::fromString(user.value("locked_until"_L1).toString(), Qt::ISODate);
        QCOMPARE(until > QDateTime::currentDateTimeUtc(), isLocked);
        QCOMPARE(user.value("password_changed_at"_L1).isString(), hasPassword);
        QCOMPARE(!user.value("role_ids"_L1).toArray().isEmpty(), hasRole);
        QCOMPARE(user.value("group_id"_L1).isDouble(), hasRole);
        QCOMPARE(m_http.get(pathOf(user), m_readUsers).json(), user);
    }

    void areFiltered_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("name") << u"username=jdoe.test"_s << QStringList{u"jdoe.test"_s};
        QTest::newRow("in capitals") << u"username=JDOE.TEST"_s << QStringList{u"jdoe.test"_s};
        QTest::newRow("part of a name") << u"username=jdoe"_s << QStringList{};
        QTest::newRow("wildcard") << u"username=*.user.test"_s
                                  << QStringList{u"locked.user.test"_s, u"nopassword.user.test"_s,
                                                 u"suspended.user.test"_s, u"unassigned.user.test"_s};
        QTest::newRow("address") << u"email=jdoe.test%40example.com"_s << QStringList{u"jdoe.test"_s};
        QTest::newRow("both") << u"username=jdoe.test&email=other%40example.com"_s << QStringList{};
        QTest::newRow("nobody") << u"username="_s << QStringList{};
    }

    void areFiltered()
    {
        QFETCH(QString, query);
        QFETCH(QStringList, names);
        const Answer answer = m_http.get(kUsers + u'?' + query, m_readUsers);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("total-count").toInt(), int(names.size()));
        QStringList found;
        for (const QJsonValue user : answer.list())
            found.append(user["username"_L1].toString());
        found.sort();
        QCOMPARE(found, names);
    }

    void areCutToTheFieldsAskedFor()
    {
        const Answer answer =
            m_http.get(kUsers + "?username=jdoe.test&fields=id,username,shoe_size"_L1, m_readUsers);
        QCOMPARE(answer.list().at(0).toObject().keys(), QStringList({u"id"_s, u"username"_s}));
    }

    void comeInPages()
    {
        const int total = m_http.get(kUsers, m_readUsers).headers.value("total-count").toInt();
        QVERIFY(total >= 9);
        QSet<qint64> seen;
        QString next = kUsers + "?limit=4"_L1;
        int pages = 0;
        while (!next.isEmpty()) {
            const Answer answer = m_http.get(next, m_readUsers);
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.headers.value("current-page").toInt(), ++pages);
            QCOMPARE(answer.headers.value("total-pages").toInt(), (total + 3) / 4);
            for (const QJsonValue user : answer.list())
                seen.insert(user["id"_L1].toInteger());
            const QByteArray cursor = answer.headers.value("after-cursor");
            next = cursor.isEmpty() ? QString() : kUsers + "?cursor="_L1 + QString::fromLatin1(cursor);
        }
        QCOMPARE(pages, (total + 3) / 4);
        QCOMPARE(seen.size(), total);
    }

    void refuseWrongPages_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("parameter");
        QTest::newRow("limit") << u"limit=0"_s << u"limit"_s;
        QTest::newRow("page") << u"page=none"_s << u"page"_s;
        QTest::newRow("cursor") << u"cursor=%21"_s << u"cursor"_s;
    }

    void refuseWrongPages()
    {
        QFETCH(QString, query);
        QFETCH(QString, parameter);
        const Answer answer = m_http.get(kUsers + u'?' + query, m_readUsers);
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.json().value("message"_L1).toString(), u"invalid value in \"%1\""_s.arg(parameter));
    }

    void areMadeChangedAndDeletedByManageUsers()
    {
        const Answer made =
            m_http.write("POST", kUsers, m_manageUsers,
                         {{u"username"_s, u"new.starter.test"_s}, {u"email"_s, u"starter@example.com"_s}});
        QCOMPARE(made.status, 201);
        QCOMPARE(made.json().value("status"_L1).toInt(), 7);
        QVERIFY(made.json().value("role_ids"_L1).toArray().isEmpty());
        const QString path = pathOf(made.json());
        QCOMPARE(m_http.get(path, m_readUsers).json(), made.json());

        const Answer changed = m_http.write("PUT", path, m_manageUsers, {{u"firstname"_s, u"Nell"_s}});
        QCOMPARE(changed.status, 200);
        QCOMPARE(changed.json().value("firstname"_L1).toString(), u"Nell"_s);
        QCOMPARE(changed.json().value("email"_L1).toString(), u"starter@example.com"_s);
        QCOMPARE(m_http.get(path, m_readUsers).json(), changed.json());

        QCOMPARE(m_http.write("DELETE", path, m_manageUsers).status, 204);
        QCOMPARE(m_http.get(path, m_readUsers).status, 404);
        QCOMPARE(m_http.write("DELETE", path, m_manageUsers).status, 404);
    }

    void keepPasswordsAndRolesFromManageUsers_data()
    {
        QTest::addColumn<QJsonObject>("guarded");
        const QJsonValue role = m_http.get(u"/api/2/roles"_s, m_readUsers).list().at(0)["id"_L1];
        QTest::newRow("password") << QJsonObject{{u"password"_s, u"long-enough-1"_s},
                                                 {u"password_confirmation"_s, u"long-enough-1"_s}};
        QTest::newRow("role") << QJsonObject{{u"role_ids"_s, QJsonArray{role}}};
        QTest::newRow("no role") << QJsonObject{{u"role_ids"_s, QJsonArray()}};
    }

    void keepPasswordsAndRolesFromManageUsers()
    {
        QFETCH(QJsonObject, guarded);
        const QJsonObject user =
            made({{u"username"_s, u"guarded.%1.test"_s.arg(QLatin1StringView(QTest::currentDataTag()))}});
        QVERIFY(!user.isEmpty());
        const QString path = pathOf(user);
        const Answer refused = m_http.write("PUT", path, m_manageUsers, guarded);
        QCOMPARE(refused.status, 401);
        QCOMPARE(refused.json().value("name"_L1).toString(), u"UnauthorizedError"_s);
        QCOMPARE(m_http.get(path, m_readUsers).json(), user);
        QJsonObject another = guarded;
        another.insert(u"username"_s, u"guarded.another.test"_s);
        QCOMPARE(m_http.write("POST", kUsers, m_manageUsers, another).status, 401);
        const Answer allowed = m_http.write("PUT", path, m_manageAll, guarded);
        QCOMPARE(allowed.status, 200);
        if (guarded.contains("role_ids"_L1))
            QCOMPARE(allowed.json().value("role_ids"_L1), guarded.value("role_ids"_L1));
    }

    void getInWithThePasswordThatWasSet()
    {
        const QJsonObject user = made({{u"username"_s, u"fresh.start.test"_s}});
        QVERIFY(!letsIn(u"fresh.start.test"_s, u"long-enough-1"_s));
        const Answer set = m_http.write(
            "PUT", pathOf(user), m_manageAll,
            {{u"password"_s, u"long-enough-1"_s}, {u"password_confirmation"_s, u"long-enough-1"_s}});
        QCOMPARE(set.json().value("status"_L1).toInt(), 1);
        QVERIFY(!set.body.contains("long-enough-1"));
        QVERIFY(letsIn(u"fresh.start.test"_s, u"long-enough-1"_s));
        QVERIFY(!letsIn(u"fresh.start.test"_s, u"long-enough-2"_s));
    }

    void areLockedAndOpenedByStatus_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("suspended") << 2;
        QTest::newRow("locked") << 3;
        QTest::newRow("expired") << 4;
    }

    void areLockedAndOpenedByStatus()
    {
        QFETCH(int, status);
        const auto known = m_sandbox.user(u"finance.clerk.test");
        const QString path = pathOf(userNamed(known.username));
        QVERIFY(letsIn(known.username, known.password));
        const Answer barred = m_http.write("PUT", path, m_manageUsers, {{u"status"_s, status}});
        QCOMPARE(barred.json().value("status"_L1).toInt(), status);
        QCOMPARE(barred.json().value("locked_until"_L1).isString(), status == 3);
        QVERIFY(!letsIn(known.username, known.password));
        const Answer open = m_http.write("PUT", path, m_manageUsers, {{u"status"_s, 1}});
        QVERIFY(open.json().value("locked_until"_L1).isNull());
        QVERIFY(letsIn(known.username, known.password));
        QVERIFY(userNamed(known.username).value("last_login"_L1).isString());
    }

    void countWrongPasswordsUntilTheyAreLocked()
    {
        const auto known = m_sandbox.user(u"helpdesk.agent.test");
        for (int attempt = 1; attempt <= 5; ++attempt) {
            QVERIFY(!letsIn(known.username, u"wrong"_s));
            const QJsonObject user = userNamed(known.username);
            QCOMPARE(user.value("invalid_login_attempts"_L1).toInt(), attempt);
            QCOMPARE(user.value("status"_L1).toInt(), attempt < 5 ? 1 : 3);
        }
        QVERIFY(!letsIn(known.username, known.password));
        const Answer open =
            m_http.write("PUT", pathOf(userNamed(known.username)), m_manageUsers, {{u"status"_s, 1}});
        QCOMPARE(open.json().value("invalid_login_attempts"_L1).toInt(-1), 0);
        QVERIFY(letsIn(known.username, known.password));
    }

    void refuseWrongRecords_data()
    {
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("message");
        const auto value = [](const QString &member) { return u"invalid value in \"%1\""_s.arg(member); };
        QTest::newRow("nothing") << QJsonObject() << 400 << u"Input JSON is not formatted correctly"_s;
        QTest::newRow("name taken") << QJsonObject{{u"username"_s, u"JDOE.test"_s}} << 422
                                    << u"Validation failed: Username has already been taken"_s;
        QTest::newRow("address taken")
            << QJsonObject{{u"username"_s, u"x"_s}, {u"email"_s, u"jdoe.test@example.com"_s}} << 422
            << u"Validation failed: Email has already been taken"_s;
        QTest::newRow("name of no text") << QJsonObject{{u"username"_s, 7}} << 422 << value(u"username"_s);
        QTest::newRow("unknown status")
            << QJsonObject{{u"username"_s, u"x"_s}, {u"status"_s, 99}} << 422 << value(u"status"_s);
        QTest::newRow("unknown group")
            << QJsonObject{{u"username"_s, u"x"_s}, {u"group_id"_s, 1}} << 422 << value(u"group_id"_s);
        QTest::newRow("unknown role") << QJsonObject{{u"username"_s, u"x"_s}, {u"role_ids"_s, QJsonArray{1}}}
                                      << 422 << value(u"role_ids"_s);
        QTest::newRow("roles of no list")
            << QJsonObject{{u"username"_s, u"x"_s}, {u"role_ids"_s, 1}} << 422 << value(u"role_ids"_s);
        QTest::newRow("empty password") << QJsonObject{{u"username"_s, u"x"_s}, {u"password"_s, QString()}}
                                        << 422 << value(u"password"_s);
        QTest::newRow("password unconfirmed")
            << QJsonObject{{u"username"_s, u"x"_s}, {u"password"_s, u"long-enough-1"_s}} << 422
            << u"Validation failed: Password confirmation doesn't match Password"_s;
    }

    void refuseWrongRecords()
    {
        QFETCH(QJsonObject, body);
        QFETCH(int, status);
        QFETCH(QString, message);
        const QByteArray before = m_http.get(kUsers, m_readUsers).body;
        const QString other = pathOf(userNamed(u"app.smoke.test"_s));
        for (const auto &[method, path] : {std::pair{"POST", kUsers}, std::pair{"PUT", other}}) {
            const Answer answer = m_http.write(method, path, m_manageAll, body);
            QCOMPARE(answer.status, status);
            QCOMPARE(answer.json().value("message"_L1).toString(), message);
        }
        QCOMPARE(m_http.get(kUsers, m_readUsers).body, before);
    }

    void refuseARecordWithoutAName()
    {
        const Answer answer = m_http.write("POST", kUsers, m_manageAll, {{u"firstname"_s, u"Nobody"_s}});
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.json().value("field"_L1).toString(), u"username"_s);
    }

    void refuseMalformedBodies_data()
    {
        QTest::addColumn<QByteArray>("mediaType");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("cut off") << QByteArray("application/json") << QByteArray("{\"username\":\"x");
        QTest::newRow("an array") << QByteArray("application/json") << QByteArray("[1]");
        QTest::newRow("another media type") << QByteArray("text/plain") << QByteArray("{\"username\":\"x\"}");
    }

    void refuseMalformedBodies()
    {
        QFETCH(QByteArray, mediaType);
        QFETCH(QByteArray, body);
        const Headers headers{{"Authorization", "bearer " + m_manageAll}, {"Content-Type", mediaType}};
        QCOMPARE(m_http.send("POST", kUsers, headers, body).status, 400);
        QCOMPARE(m_http.send("PUT", pathOf(userNamed(u"jdoe.test"_s)), headers, body).status, 400);
    }

    void losesTheTokensOfADeletedUser()
    {
        const auto app = m_sandbox.app(u"portal-web");
        const QJsonArray roles = userNamed(u"app.smoke.test"_s).value("role_ids"_L1).toArray();
        const QJsonObject user = made({{u"username"_s, u"leaver.test"_s},
                                       {u"password"_s, u"long-enough-1"_s},
                                       {u"password_confirmation"_s, u"long-enough-1"_s},
                                       {u"role_ids"_s, roles}});
        const Headers headers{{"Authorization", PlainHttp::basic(app.clientId, app.clientSecret)},
                              {"Content-Type", "application/x-www-form-urlencoded"}};
        const auto token = [&](const QByteArray &form) {
            return m_http.send("POST", u"/oidc/2/token"_s, headers, form);
        };
        const Answer login = token("grant_type=password&username=leaver.test&password=long-enough-1"
                                   "&scope=openid+offline_access");
        QCOMPARE(login.status, 200);
        QCOMPARE(m_http.write("DELETE", pathOf(user), m_manageAll).status, 204);
        const Answer refreshed = token("grant_type=refresh_token&refresh_token=" +
                                       login.json().value("refresh_token"_L1).toString().toLatin1());
        QCOMPARE(refreshed.status, 400);
        QCOMPARE(refreshed.json().value("error"_L1).toString(), u"invalid_grant"_s);
    }

    void haveRolesAndGroups()
    {
        const Answer roles = m_http.get(u"/api/2/roles"_s, m_readUsers);
        QCOMPARE(roles.list().size(), 1);
        QCOMPARE(roles.list().at(0)["name"_L1].toString(), u"Employees"_s);
        const Answer groups = m_http.get(u"/api/1/groups"_s, m_readUsers);
        QCOMPARE(groups.json().value("status"_L1)["code"_L1].toInt(), 200);
        QCOMPARE(groups.json().value("pagination"_L1).toObject().keys(),
                 QStringList({u"after_cursor"_s, u"before_cursor"_s, u"next_link"_s, u"previous_link"_s}));
        const QJsonArray list = groups.json().value("data"_L1).toArray();
        QCOMPARE(list.size(), 2);
        QCOMPARE(list.at(0)["name"_L1].toString(), u"Staff"_s);
        QCOMPARE(userNamed(u"jdoe.test"_s).value("group_id"_L1), list.at(0)["id"_L1]);
        const Answer moved = m_http.write("PUT", pathOf(userNamed(u"jdoe.test"_s)), m_manageUsers,
                                          {{u"group_id"_s, list.at(1)["id"_L1]}});
        QCOMPARE(moved.json().value("group_id"_L1), list.at(1)["id"_L1]);
    }
};

QTEST_GUILESS_MAIN(TestSandboxUsers)
#include "tst_sandboxusers.moc"
