// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/plainhttp.h"

#include <QRegularExpression>

#include <array>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

/// Who may make a call, one letter a level: Authentication Only, Read Users, Manage users, Read All,
/// Manage All; a full stop where the level does not suffice.
struct Rule
{
    QByteArray method;
    QString path;
    QString levels;
    int status; ///< of the answer to a call without a body
    QString strictLevels{};
};

const QString kServers = u"/api/2/api_authorizations"_s;
const QString kServer = kServers + u"/1"_s;
constexpr std::array kPairs{"helpdesk-portal"_L1, "billing-service"_L1, "directory-sync"_L1, "ci-pipeline"_L1,
                            "grants-admin"_L1};

// Each call is as harmless as it can be: no body, and the id 1, which is nobody's.
const std::array kRules{
    Rule{"GET", u"/auth/rate_limit"_s, u".rmRM"_s, 200},
    Rule{"GET", u"/api/1/groups"_s, u".rmRM"_s, 200},
    Rule{"GET", u"/api/2/roles"_s, u".rmRM"_s, 200},
    Rule{"GET", u"/api/2/users?limit=1"_s, u".rmRM"_s, 200},
    Rule{"GET", u"/api/2/users/1"_s, u".rmRM"_s, 404},
    Rule{"POST", u"/api/2/users"_s, u"..m.M"_s, 400},
    Rule{"PUT", u"/api/2/users/1"_s, u"..m.M"_s, 404},
    Rule{"DELETE", u"/api/2/users/1"_s, u"..m.M"_s, 404},
    Rule{"GET", u"/api/2/apps?limit=1"_s, u"...RM"_s, 200},
    Rule{"GET", u"/api/2/apps/1"_s, u"...RM"_s, 404},
    Rule{"GET", u"/api/2/apps/1/users"_s, u"...RM"_s, 404},
    Rule{"POST", u"/api/1/login/auth"_s, u"a.m.M"_s, 400},
    Rule{"POST", u"/api/1/login/verify_factor"_s, u"a.m.M"_s, 400},
    Rule{"POST", u"/api/2/saml_assertion"_s, u"a.m.M"_s, 400},
    Rule{"POST", u"/api/2/saml_assertion/verify_factor"_s, u"a.m.M"_s, 400},
    Rule{"PUT", u"/api/1/users/1/logout"_s, u"a.m.M"_s, 404},
    Rule{"GET", kServers, u"...RM"_s, 200, u"....M"_s},
    Rule{"POST", kServers, u"....M"_s, 400},
    Rule{"GET", kServer, u"...RM"_s, 404, u"....M"_s},
    Rule{"PUT", kServer, u"....M"_s, 404},
    Rule{"DELETE", kServer, u"....M"_s, 404},
    Rule{"GET", kServer + "/scopes"_L1, u"...RM"_s, 404, u"....M"_s},
    Rule{"POST", kServer + "/scopes"_L1, u"....M"_s, 404},
    Rule{"PUT", kServer + "/scopes/1"_L1, u"....M"_s, 404},
    Rule{"DELETE", kServer + "/scopes/1"_L1, u"....M"_s, 404},
    Rule{"GET", kServer + "/claims"_L1, u"...RM"_s, 404, u"....M"_s},
    Rule{"POST", kServer + "/claims"_L1, u"....M"_s, 404},
    Rule{"PUT", kServer + "/claims/1"_L1, u"....M"_s, 404},
    Rule{"DELETE", kServer + "/claims/1"_L1, u"....M"_s, 404},
    Rule{"GET", kServer + "/clients"_L1, u"...RM"_s, 404, u"....M"_s},
    Rule{"POST", kServer + "/clients"_L1, u"....M"_s, 404},
    Rule{"PUT", kServer + "/clients/1"_L1, u"....M"_s, 404},
    Rule{"DELETE", kServer + "/clients/1"_L1, u"....M"_s, 404},
};

} // namespace

class TestScopeLevels : public QObject
{
    Q_OBJECT

private:
    SandboxProcess m_plain{};
    SandboxProcess m_strict{{u"--strict"_s}};
    QHash<std::pair<bool, QString>, QByteArray> m_tokens{};

private slots:
    void initTestCase()
    {
        QVERIFY2(m_plain.start(), qPrintable(m_plain.problem()));
        QVERIFY2(m_strict.start(), qPrintable(m_strict.problem()));
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase()
    {
        QCOMPARE(m_plain.stop(), 0);
        QCOMPARE(m_strict.stop(), 0);
    }

    void allowEachCallAsDocumented_data()
    {
        QTest::addColumn<bool>("strict");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("credential");
        QTest::addColumn<int>("status");
        for (const Rule &rule : kRules) {
            for (bool strict : {false, true}) {
                const QString levels =
                    strict && !rule.strictLevels.isEmpty() ? rule.strictLevels : rule.levels;
                for (size_t i = 0; i < kPairs.size(); ++i) {
                    const bool allowed = levels.at(qsizetype(i)) != u'.';
                    QTest::addRow("%s%s %s %s", strict ? "strict " : "", rule.method.constData(),
                                  qPrintable(rule.path), kPairs.at(i).data())
                        << strict << rule.method << rule.path << QString(kPairs.at(i))
                        << (allowed ? rule.status : 401);
                }
            }
        }
    }

    void allowEachCallAsDocumented()
    {
        QFETCH(bool, strict);
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        QFETCH(QString, credential);
        QFETCH(int, status);
        PlainHttp http(strict ? m_strict : m_plain);
        QByteArray &token = m_tokens[{strict, credential}];
        if (token.isEmpty())
            token = http.tokenOf(credential);
        QVERIFY(!token.isEmpty());
        const Answer answer = http.send(method, path, {{"Authorization", "bearer " + token}});
        QCOMPARE(answer.status, status);
        if (status != 401)
            return;
        if (path.startsWith("/api/2/"_L1)) {
            QCOMPARE(answer.json(), QJsonObject({{u"message"_s, u"Unauthorized"_s},
                                                 {u"name"_s, u"UnauthorizedError"_s},
                                                 {u"statusCode"_s, 401}}));
        } else {
            QCOMPARE(answer.json().value("status"_L1).toObject(),
                     QJsonObject({{u"error"_s, true},
                                  {u"code"_s, 401},
                                  {u"type"_s, u"Unauthorized"_s},
                                  {u"message"_s, u"Authentication Failure"_s}}));
        }
    }
};

QTEST_GUILESS_MAIN(TestScopeLevels)
#include "tst_scopelevels.moc"
