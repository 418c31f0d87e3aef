// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/usersapi.h"
#include "support/qtest_result.h"

#include <QJsonObject>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// What is read of a user, and how it is said.
class TestUsersApi : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void saysTheState_data();
    void saysTheState();
    void readsWhatMayBeMissing();
};

void TestUsersApi::saysTheState_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("words");
    QTest::newRow("active") << 1 << 1 << u"jdoe.test is active."_s;
    QTest::newRow("suspended") << 2 << 1 << u"jdoe.test is suspended."_s;
    QTest::newRow("locked") << 3 << 1 << u"jdoe.test is locked."_s;
    QTest::newRow("expired") << 4 << 1 << u"jdoe.test is active, but the password has expired."_s;
    QTest::newRow("no licence") << 1 << 3 << u"jdoe.test is active. The account has no licence."_s;
    QTest::newRow("unknown") << 42 << 1 << u"jdoe.test has a status that is not documented: 42."_s;
}

void TestUsersApi::saysTheState()
{
    QFETCH(int, status);
    QFETCH(int, state);
    QTEST(describeUser({.username = u"jdoe.test"_s, .status = status, .state = state}), "words");
}

void TestUsersApi::readsWhatMayBeMissing()
{
    JsonReader sparse(QJsonObject{{u"username"_s, u"jdoe.test"_s}, {u"locked_until"_s, QJsonValue::Null}});
    const Result<DirectoryUser> user = sparse.finish(DirectoryUser::read(sparse));
    QVERIFY_OK(user);
    QCOMPARE(user->username, u"jdoe.test"_s);
    QVERIFY(!user->lockedUntil.isValid());
    JsonReader locked(QJsonObject{{u"username"_s, u"jdoe.test"_s},
                                  {u"status"_s, 3},
                                  {u"invalid_login_attempts"_s, 5},
                                  {u"locked_until"_s, u"2026-11-22T14:30:00.000Z"_s}});
    const Result<DirectoryUser> second = locked.finish(DirectoryUser::read(locked));
    QVERIFY_OK(second);
    QVERIFY(describeUser(*second).startsWith(u"jdoe.test is locked until "_s));
    QVERIFY(describeUser(*second).endsWith(u"since the last one that worked: 5."_s));
    JsonReader wrong(QJsonObject{{u"status"_s, u"locked"_s}});
    QVERIFY(!wrong.finish(DirectoryUser::read(wrong)));
}

QTEST_GUILESS_MAIN(TestUsersApi)
#include "tst_usersapi.moc"
