// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/router.h"
#include "sandbox/seed.h"
#include "support/fakeclock.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::sandbox;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QJsonObject jsonOf(const Response &response)
{
    return QJsonDocument::fromJson(response.body).object();
}

/// A tenant without HTTP around it, whose time passes when told to.
struct TimedTenant
{
    TimedTenant() { tenant.directory = seedDirectory(random, clock.now(), {}); }

    Response send(const QByteArray &method, const QString &path, const QJsonObject &body = {},
                  const QString &token = {})
    {
        Request request{.method = method,
                        .path = path,
                        .headers = {{"Content-Type", "application/json"}, {"Host", "127.0.0.1"}},
                        .body = QJsonDocument(body).toJson()};
        if (!token.isEmpty())
            request.headers.emplace_back("Authorization", "bearer " + token.toLatin1());
        return router.answer(request);
    }
    const Pair &pairNamed(QStringView name) const
    {
        return *std::ranges::find(tenant.directory.pairs, name, &Pair::name);
    }
    Response requestToken(const Pair &pair)
    {
        return send("POST", u"/auth/oauth2/v2/token"_s,
                    {{u"grant_type"_s, u"client_credentials"_s},
                     {u"client_id"_s, pair.clientId},
                     {u"client_secret"_s, pair.clientSecret}});
    }
    QString tokenOf(QStringView name)
    {
        return jsonOf(requestToken(pairNamed(name))).value("access_token"_L1).toString();
    }
    int statusOfUsers(const QString &token) { return send("GET", u"/api/2/users"_s, {}, token).status; }

    FakeClock clock{};
    Random random{1U};
    Tenant tenant{clock, random, *SigningKey::generate(), 0};
    Router router{tenant};
};

} // namespace

class TestSandboxTime : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aDisabledPairWorksUntilItsDelayIsOver()
    {
        TimedTenant timed;
        timed.tenant.disableDelay = 180s;
        const Pair pair = timed.pairNamed(u"directory-sync");
        const QString token = timed.tokenOf(pair.name);
        const QString path = u"/sandbox/portal/credentials/%1"_s.arg(pair.id.value);
        QCOMPARE(timed.send("PUT", path, {{u"state"_s, u"disabled"_s}}).status, 200);
        timed.clock.advance(100s);
        // Asking again does not begin the delay anew.
        QCOMPARE(timed.send("PUT", path, {{u"state"_s, u"disabled"_s}}).status, 200);
        timed.clock.advance(79999ms);
        QCOMPARE(jsonOf(timed.send("GET", path)).value("state"_L1).toString(), u"disabling"_s);
        QCOMPARE(timed.statusOfUsers(token), 200);
        timed.clock.advance(1ms);
        QCOMPARE(timed.statusOfUsers(token), 401);
        QCOMPARE(timed.requestToken(pair).status, 401);
        QCOMPARE(jsonOf(timed.send("GET", path)).value("state"_L1).toString(), u"disabled"_s);
    }

    void aPairThatIsEnabledAgainIsNotDisabledLater()
    {
        TimedTenant timed;
        const Pair pair = timed.pairNamed(u"directory-sync");
        const QString path = u"/sandbox/portal/credentials/%1"_s.arg(pair.id.value);
        QCOMPARE(timed.send("PUT", path, {{u"state"_s, u"disabled"_s}}).status, 200);
        QCOMPARE(timed.send("PUT", path, {{u"state"_s, u"enabled"_s}}).status, 200);
        timed.clock.advance(24h);
        QCOMPARE(timed.requestToken(pair).status, 200);
    }

    void aRefreshTokenLives45Days_data()
    {
        QTest::addColumn<int>("hours");
        QTest::addColumn<int>("status");
        QTest::newRow("access token alive") << 1 << 200;
        QTest::newRow("access token expired") << 24 << 200;
        QTest::newRow("before the last day") << 45 * 24 - 1 << 200;
        QTest::newRow("after 45 days") << 45 * 24 << 401;
    }

    void aRefreshTokenLives45Days()
    {
        QFETCH(int, hours);
        QFETCH(int, status);
        TimedTenant timed;
        QJsonObject body = jsonOf(timed.requestToken(timed.pairNamed(u"grants-admin")));
        body.insert(u"grant_type"_s, u"refresh_token"_s);
        timed.clock.advance(std::chrono::hours(hours));
        QCOMPARE(timed.send("POST", u"/auth/oauth2/v2/token"_s, body).status, status);
    }

    void aStateTokenLivesTwoMinutes_data()
    {
        QTest::addColumn<int>("seconds");
        QTest::addColumn<int>("status");
        QTest::newRow("before") << 119 << 200;
        QTest::newRow("after") << 120 << 401;
    }

    void aStateTokenLivesTwoMinutes()
    {
        QFETCH(int, seconds);
        QFETCH(int, status);
        TimedTenant timed;
        const User *user = timed.tenant.directory.userByName(u"jdoe.test");
        const QString token = timed.tokenOf(u"helpdesk-portal");
        const Response asked = timed.send("POST", u"/api/1/login/auth"_s,
                                          {{u"username_or_email"_s, user->username},
                                           {u"password"_s, user->password},
                                           {u"subdomain"_s, u"sandbox"_s}},
                                          token);
        timed.clock.advance(std::chrono::seconds(seconds));
        const Response verified =
            timed.send("POST", u"/api/1/login/verify_factor"_s,
                       {{u"state_token"_s, jsonOf(asked).value("data"_L1)[0]["state_token"_L1]},
                        {u"device_id"_s, user->deviceId},
                        {u"otp_token"_s, QString(kDemoOtp)}},
                       token);
        QCOMPARE(verified.status, status);
    }

    void aLockedUserIsOpenAgainWhenItsTimeIsUp()
    {
        TimedTenant timed;
        const UserId locked = timed.tenant.directory.userByName(u"locked.user.test")->id;
        const auto user = [&] {
            const QString token = timed.tokenOf(u"grants-admin");
            return jsonOf(timed.send("GET", u"/api/2/users/%1"_s.arg(locked.value), {}, token));
        };
        timed.clock.advance(24h - 1s);
        QCOMPARE(user().value("status"_L1).toInt(), 3);
        timed.clock.advance(1s);
        QCOMPARE(user().value("status"_L1).toInt(), 1);
        QVERIFY(user().value("locked_until"_L1).isNull());
    }
};

QTEST_GUILESS_MAIN(TestSandboxTime)
#include "tst_sandboxtime.moc"
