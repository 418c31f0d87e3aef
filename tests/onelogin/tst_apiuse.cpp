// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/apiuse.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class ApiUseTest : public QObject
{
    Q_OBJECT

private slots:
    void levelsAllowWhatTheContractSays_data();
    void levelsAllowWhatTheContractSays();
    void anUnrecordedLevelAllowsAll();
    void levelsAreOrderedByWhatTheyAllow();
    void saysWhyALevelIsTooLow();
    void worksAsTheLowestLevelThatWillDo();
};

void ApiUseTest::levelsAllowWhatTheContractSays_data()
{
    QTest::addColumn<ApiUse>("use");
    QTest::addColumn<QString>("allowed"); ///< one letter a level, in the vendor's order
    QTest::newRow("sign in") << ApiUse::SignIn << u"y-y-y"_s;
    QTest::newRow("rate limit") << ApiUse::RateLimit << u"-yyyy"_s;
    QTest::newRow("read users") << ApiUse::ReadUsers << u"-yyyy"_s;
    QTest::newRow("write users") << ApiUse::WriteUsers << u"--y-y"_s;
    QTest::newRow("read apps") << ApiUse::ReadApps << u"---yy"_s;
    QTest::newRow("write apps") << ApiUse::WriteApps << u"----y"_s;
    QTest::newRow("read servers") << ApiUse::ReadAuthServers << u"---yy"_s;
    QTest::newRow("write servers") << ApiUse::WriteAuthServers << u"----y"_s;
}

void ApiUseTest::levelsAllowWhatTheContractSays()
{
    QFETCH(ApiUse, use);
    QString allowed;
    for (const ScopeLevel level : kScopeLevels)
        allowed += levelAllows(level, use) ? u'y' : u'-';
    QTEST(allowed, "allowed");
}

void ApiUseTest::anUnrecordedLevelAllowsAll()
{
    QVERIFY(levelAllows(std::nullopt, ApiUse::WriteAuthServers));
    QCOMPARE(levelReason({.name = u"new-pair"_s}, ApiUse::WriteAuthServers), QString());
}

void ApiUseTest::levelsAreOrderedByWhatTheyAllow()
{
    QVERIFY(levelIsWithin(ScopeLevel::ReadUsers, ScopeLevel::ManageUsers));
    QVERIFY(levelIsWithin(ScopeLevel::AuthenticationOnly, ScopeLevel::ManageUsers));
    QVERIFY(!levelIsWithin(ScopeLevel::AuthenticationOnly, ScopeLevel::ReadAll));
    QVERIFY(!levelIsWithin(ScopeLevel::ManageUsers, ScopeLevel::ReadAll));
    QVERIFY(!levelIsWithin(ScopeLevel::ReadAll, ScopeLevel::ManageUsers));
    for (const ScopeLevel level : kScopeLevels)
        QVERIFY(levelIsWithin(level, ScopeLevel::ManageAll));
}

void ApiUseTest::saysWhyALevelIsTooLow()
{
    const ApiCredential helpdesk{.name = u"helpdesk-portal"_s, .level = ScopeLevel::AuthenticationOnly};
    QCOMPARE(levelReason(helpdesk, ApiUse::RateLimit),
             u"helpdesk-portal has the level Authentication Only, which may not ask for the rate limit."_s);
    QCOMPARE(levelReason(helpdesk, ApiUse::SignIn), QString());
}

void ApiUseTest::worksAsTheLowestLevelThatWillDo()
{
    std::vector<ApiCredential> all{
        {.id = {1}, .level = ScopeLevel::ManageAll},
        {.id = {2}, .level = ScopeLevel::ReadAll, .state = CredentialState::Disabled},
        {.id = {3}, .level = ScopeLevel::ReadAll, .problem = CredentialProblem::Refused},
        {.id = {4}, .level = ScopeLevel::ReadAll, .secretMissing = true},
        {.id = {5}},
        {.id = {6}, .level = ScopeLevel::ReadUsers},
    };
    QCOMPARE(ableCredential(all, ApiUse::ReadApps)->id, CredentialId{1});
    all.push_back({.id = {7}, .level = ScopeLevel::ReadAll});
    QCOMPARE(ableCredential(all, ApiUse::ReadApps)->id, CredentialId{7});
    all.erase(all.begin());
    QVERIFY(!ableCredential(all, ApiUse::WriteApps));
}

QTEST_GUILESS_MAIN(ApiUseTest)
#include "tst_apiuse.moc"
