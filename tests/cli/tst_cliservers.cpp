// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"
#include "support/faultproxy.h"
#include "support/sandboxprocess.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kResource = u"https://api.example.com/partners"_s;

} // namespace

/// Servers, scopes and claims by the real latchkey-cli at a sandbox.
class TestCliServers : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_sandbox = std::make_unique<SandboxProcess>();
        QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->problem()));
        m_proxy = std::make_unique<FaultProxy>(m_sandbox->url());
    }
    void cleanup()
    {
        m_proxy.reset();
        m_sandbox.reset();
    }

    void createsChangesAndDeletesAServer()
    {
        const CliRun created = create();
        QCOMPARE(created.code, 0);
        QCOMPARE(created.json()["state"_L1].toString(), u"stored"_s);
        const QJsonObject server = created.json()["server"_L1].toObject();
        QCOMPARE(server["audiences"_L1].toArray(), (QJsonArray{kResource, u"https://b.example"_s}));
        QCOMPARE(server["access_token_expiration_minutes"_L1].toInt(), 15);

        const CliRun updated = api({u"servers"_s, u"update"_s, u"Partners API"_s, u"--rename"_s,
                                    u"Partner API"_s, u"--description"_s, u"For partners"_s});
        QCOMPARE(updated.code, 0);
        const QJsonObject after = updated.json()["server"_L1].toObject();
        QCOMPARE(after["name"_L1].toString(), u"Partner API"_s);
        QCOMPARE(after["description"_L1].toString(), u"For partners"_s);
        QCOMPARE(after["audiences"_L1], server["audiences"_L1]); // what no option names stays
        QCOMPARE(after["access_token_expiration_minutes"_L1].toInt(), 15);

        const CliRun deleted = api({u"servers"_s, u"delete"_s, u"Partner API"_s});
        QCOMPARE(deleted.code, 0);
        QCOMPARE(deleted.json()["deleted"_L1]["id"_L1], server["id"_L1]);
        QCOMPARE(api({u"servers"_s, u"show"_s, u"Partner API"_s}).code, 1);
        QCOMPARE(api({u"servers"_s, u"delete"_s, u"Partner API"_s}).code, 1);
    }

    void refusesByTheVendorsRules_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("code");
        const QStringList good{u"--resource"_s, kResource, u"--audience"_s, kResource};
        QTest::newRow("no resource") << QStringList{u"servers"_s, u"create"_s, u"A"_s, u"--audience"_s,
                                                    u"b"_s}
                                     << 2;
        QTest::newRow("no audience") << QStringList{u"servers"_s, u"create"_s, u"A"_s, u"--resource"_s,
                                                    u"b"_s}
                                     << 2;
        QTest::newRow("minutes") << QStringList{u"servers"_s, u"create"_s, u"A"_s} + good +
                                        QStringList{u"--access-minutes"_s, u"0"_s}
                                 << 2;
        QTest::newRow("nothing to change") << QStringList{u"servers"_s, u"update"_s, u"Invoices API"_s} << 2;
        QTest::newRow("blank name") << QStringList{u"servers"_s, u"create"_s, u" "_s} + good << 1;
        QTest::newRow("a name in use") << QStringList{u"servers"_s, u"create"_s, u"Orders API"_s} + good << 1;
        QTest::newRow("blank audience")
            << QStringList{u"servers"_s, u"update"_s, u"Invoices API"_s, u"--audience"_s, u" "_s} << 1;
        QTest::newRow("a scope with a space")
            << QStringList{u"scopes"_s, u"add"_s, u"Invoices API"_s, u"read all"_s} << 1;
        QTest::newRow("a scope in use")
            << QStringList{u"scopes"_s, u"add"_s, u"Invoices API"_s, u"read:invoices"_s} << 1;
        QTest::newRow("neither value nor list") << QStringList{u"scopes"_s, u"add"_s, u"Invoices API"_s} << 2;
        QTest::newRow("both") << QStringList{u"scopes"_s, u"add"_s,    u"Invoices API"_s,
                                             u"a"_s,      u"--from"_s, u"-"_s}
                              << 2;
        QTest::newRow("a list that is not there")
            << QStringList{u"scopes"_s, u"add"_s, u"Invoices API"_s, u"--from"_s, u"/nonexistent"_s} << 1;
        QTest::newRow("no such scope")
            << QStringList{u"scopes"_s, u"delete"_s, u"Invoices API"_s, u"no:such"_s} << 1;
        QTest::newRow("nothing of a scope")
            << QStringList{u"scopes"_s, u"update"_s, u"Invoices API"_s, u"read:invoices"_s} << 2;
        QTest::newRow("a claim in use")
            << QStringList{u"claims"_s, u"add"_s, u"Invoices API"_s, u"roles"_s} << 1;
        QTest::newRow("a macro without text")
            << QStringList{u"claims"_s, u"add"_s, u"Invoices API"_s, u"x"_s, u"--mapping"_s, u"_macro_"_s}
            << 1;
        QTest::newRow("no such claim")
            << QStringList{u"claims"_s, u"delete"_s, u"Invoices API"_s, u"no such"_s} << 1;
    }
    void refusesByTheVendorsRules()
    {
        QFETCH(QStringList, words);
        QFETCH(int, code);
        const CliRun refused = api(words);
        QCOMPARE(refused.code, code);
        QVERIFY(!refused.json()["error"_L1]["message"_L1].toString().isEmpty());
        for (const Arrival &arrival : m_proxy->arrived())
            QVERIFY(arrival.method == "GET" || arrival.target.startsWith("/auth/"));
    }

    void anAmbiguousNameListsTheCandidates()
    {
        // The sandbox lets two have one name, as the vendor may.
        QCOMPARE(create().code, 0);
        m_proxy->setScript([](Arrival arrival, const FaultProxy::Forward &forward) {
            arrival.body.replace("Others API", "Partners API");
            return forward(arrival);
        });
        QCOMPARE(api({u"servers"_s, u"create"_s, u"Others API"_s, u"--resource"_s, u"https://o.example"_s,
                      u"--audience"_s, u"https://o.example"_s})
                     .code,
                 1); // stored under another name than wanted
        m_proxy->setScript({});
        const CliRun refused = api({u"servers"_s, u"delete"_s, u"Partners API"_s});
        QCOMPARE(refused.code, 1);
        static const QRegularExpression candidates(u"\\d+ \\(Partners API\\), \\d+ \\(Partners API\\)"_s);
        QVERIFY2(candidates.match(refused.json()["error"_L1]["message"_L1].toString()).hasMatch(),
                 refused.out.constData());
    }

    void addsListsChangesAndDeletesScopes()
    {
        const CliRun added = api({u"scopes"_s, u"add"_s, u"Invoices API"_s, u"archive:invoices"_s,
                                  u"--description"_s, u"Archive them"_s});
        QCOMPARE(added.code, 0);
        QCOMPARE(added.json()["scope"_L1]["value"_L1].toString(), u"archive:invoices"_s);
        const QString id = QString::number(added.json()["scope"_L1]["id"_L1].toInteger());
        const CliRun updated =
            api({u"scopes"_s, u"update"_s, u"Invoices API"_s, id, u"--value"_s, u"store:invoices"_s});
        QCOMPARE(updated.code, 0);
        QCOMPARE(updated.json()["scope"_L1]["description"_L1].toString(), u"Archive them"_s);
        const QJsonArray list =
            api({u"scopes"_s, u"list"_s, u"Invoices API"_s}).json()["scopes"_L1].toArray();
        QCOMPARE(list.size(), 9);
        QCOMPARE(list.first()["apps"_L1].toArray().size(), 11);
        const CliRun deleted = api({u"scopes"_s, u"delete"_s, u"Invoices API"_s, u"void:invoices"_s});
        QCOMPARE(deleted.code, 0);
        QVERIFY(deleted.json()["apps"_L1].toArray().contains(u"partner-gateway"_s));
        QCOMPARE(api({u"scopes"_s, u"list"_s, u"Invoices API"_s}).json()["scopes"_L1].toArray().size(), 8);
    }

    void addsAListAndGoesOnAfterARefusal()
    {
        const CliRun added = api({u"scopes"_s, u"add"_s, u"Reports API"_s, u"--from"_s, u"-"_s},
                                 "read:reports Read every report\nread:reports again\n\nwrite:reports\n");
        QCOMPARE(added.code, 1);
        const QJsonArray rows = added.json()["scopes"_L1].toArray();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows.at(0)["state"_L1].toString(), u"stored"_s);
        QCOMPARE(rows.at(1)["state"_L1].toString(), u"not_stored"_s);
        QCOMPARE(rows.at(2)["scope"_L1]["value"_L1].toString(), u"write:reports"_s);
        QCOMPARE(added.json()["not_sent"_L1].toInt(), 0);
        QCOMPARE(api({u"scopes"_s, u"list"_s, u"Reports API"_s}).json()["scopes"_L1].toArray().size(), 2);
    }

    void aListEndsWhereTheTenantFails()
    {
        m_proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.method == "POST" && arrival.target.endsWith("/scopes") ? FaultServer::html(500)
                                                                                  : forward(arrival);
        });
        const CliRun added = api({u"scopes"_s, u"add"_s, u"Reports API"_s, u"--from"_s, u"-"_s},
                                 "read:reports\nwrite:reports\n");
        QCOMPARE(added.code, 3);
        QCOMPARE(added.json()["scopes"_L1].toArray().size(), 1);
        QCOMPARE(added.json()["not_sent"_L1].toInt(), 1);
    }

    void addsChangesAndDeletesClaims()
    {
        const CliRun added = api({u"claims"_s, u"add"_s, u"Invoices API"_s, u"shop"_s, u"--mapping"_s,
                                  u"custom_attribute_shop"_s});
        QCOMPARE(added.code, 0);
        const QJsonObject claim = added.json()["claim"_L1].toObject();
        QCOMPARE(claim["user_attribute_mappings"_L1].toString(), u"custom_attribute_shop"_s);
        QVERIFY(claim["attributes_transformations"_L1].isNull());
        const CliRun updated = api({u"claims"_s, u"update"_s, u"Invoices API"_s, u"shop"_s, u"--mapping"_s,
                                    u"roles"_s, u"--transformation"_s, u"semicolon_separated_list"_s});
        QCOMPARE(updated.code, 0);
        const QJsonArray list =
            api({u"claims"_s, u"list"_s, u"Invoices API"_s}).json()["claims"_L1].toArray();
        QCOMPARE(list.last()["attributes_transformations"_L1].toString(), u"semicolon_separated_list"_s);
        const QJsonValue shown = api({u"servers"_s, u"show"_s, u"Invoices API"_s}).json()["server"_L1];
        QCOMPARE(shown["claims"_L1].toArray(), list);
        QVERIFY(!shown["scopes"_L1].toArray().isEmpty());
        QCOMPARE(api({u"claims"_s, u"delete"_s, u"Invoices API"_s, u"shop"_s}).code, 0);
        QCOMPARE(api({u"claims"_s, u"list"_s, u"Invoices API"_s}).json()["claims"_L1].toArray().size(),
                 list.size() - 1);
    }

    void showsAServerWithScopesAndClaims()
    {
        const SandboxProcess::Credential admin = m_sandbox->credential(u"grants-admin");
        const CliRun shown = runCli({u"servers"_s, u"show"_s, u"Invoices API"_s, u"--url"_s,
                                     m_sandbox->url().toString(), u"--client-id"_s, admin.clientId},
                                    {{u"LATCHKEY_CLIENT_SECRET"_s, admin.clientSecret}});
        QCOMPARE(shown.code, 0);
        const qsizetype claims = shown.out.indexOf("CLAIM ");
        QVERIFY2(claims > shown.out.indexOf("read:invoices"), shown.out.constData());
        QVERIFY2(shown.out.indexOf("first_name", claims) > 0, shown.out.constData());
    }

    void showsRefusalsByField()
    {
        m_proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.method == "POST" && arrival.target == "/api/2/api_authorizations"
                       ? FaultServer::answer(422, R"({"message":"Validation failed: Audiences are odd",)"
                                                  R"("statusCode":422,"name":"UnprocessableEntityError"})")
                       : forward(arrival);
        });
        const CliRun refused = create();
        QCOMPARE(refused.code, 1);
        const QString detail = refused.json()["error"_L1]["detail"_L1].toString();
        QVERIFY2(detail.contains(u"audiences: Audiences are odd"_s), qPrintable(detail));
    }

    void tellsWhatCannotBeKnown()
    {
        bool isWritten = false;
        m_proxy->setScript([&](const Arrival &arrival, const FaultProxy::Forward &forward) {
            const bool isApi = arrival.target.startsWith("/api/");
            if (isApi && isWritten)
                return FaultServer::html(502);
            isWritten = isWritten || (isApi && arrival.method == "POST");
            return forward(arrival);
        });
        const CliRun unknown = create();
        QCOMPARE(unknown.code, 3);
        QCOMPARE(unknown.json()["error"_L1]["kind"_L1].toString(), u"outcome_unknown"_s);
    }

    void refusesToBreakAProfileKeptHere()
    {
        QTemporaryDir folder;
        const SandboxProcess::App app = m_sandbox->app(u"billing-service");
        const auto run = [&](const QStringList &words) {
            const SandboxProcess::Credential admin = m_sandbox->credential(u"grants-admin");
            return runCli(words + QStringList{u"--tenant"_s, u"acme"_s, u"--data-dir"_s, folder.path(),
                                              u"--json"_s, u"--no-input"_s, u"--client-id"_s, admin.clientId},
                          {{u"LATCHKEY_CLIENT_SECRET"_s, admin.clientSecret}});
        };
        QCOMPARE(runCli({u"tenants"_s, u"add"_s, u"acme"_s, m_sandbox->url().toString(), u"--type"_s,
                         u"sandbox"_s, u"--data-dir"_s, folder.path()})
                     .code,
                 0);
        const CliRun kept = runCli({u"login"_s, u"client-credentials"_s, u"--tenant"_s, u"acme"_s,
                                    u"--data-dir"_s, folder.path(), u"--app-id"_s, app.clientId, u"--auth"_s,
                                    app.auth, u"--scope"_s, u"read:invoices"_s, u"--resource"_s,
                                    m_sandbox->server(u"Invoices API").resourceIdentifier, u"--save-as"_s,
                                    u"nightly-invoices"_s, u"--no-input"_s},
                                   {{u"LATCHKEY_APP_SECRET"_s, app.clientSecret}});
        QVERIFY2(kept.code == 0, kept.err.constData());

        const QStringList move{u"servers"_s, u"update"_s, u"Invoices API"_s, u"--resource"_s, kResource};
        const QStringList scope{u"scopes"_s, u"delete"_s, u"Invoices API"_s, u"read:invoices"_s};
        for (const QStringList &words :
             {move, scope, QStringList{u"servers"_s, u"delete"_s, u"Invoices API"_s}}) {
            const CliRun refused = run(words);
            QCOMPARE(refused.code, 1);
            const QString message = refused.json()["error"_L1]["message"_L1].toString();
            QVERIFY2(message.contains(u"nightly-invoices"_s) && message.contains(u"--confirm"_s),
                     refused.all().constData());
        }
        QCOMPARE(run(scope + QStringList{u"--confirm"_s, u"another"_s}).code, 1);
        QCOMPARE(run({u"scopes"_s, u"delete"_s, u"Invoices API"_s, u"void:invoices"_s}).code, 0);
        QCOMPARE(run(scope + QStringList{u"--confirm"_s, u"read:invoices"_s}).code, 0);
        QCOMPARE(run({u"servers"_s, u"delete"_s, u"Invoices API"_s, u"--confirm"_s, u"Invoices API"_s}).code,
                 0);
    }

private:
    CliRun api(const QStringList &words, const QByteArray &input = {})
    {
        const SandboxProcess::Credential admin = m_sandbox->credential(u"grants-admin");
        m_proxy->forget();
        return runCli(words + QStringList{u"--url"_s, m_proxy->url().toString(), u"--client-id"_s,
                                          admin.clientId, u"--json"_s, u"--no-input"_s},
                      {{u"LATCHKEY_CLIENT_SECRET"_s, admin.clientSecret}}, input);
    }
    CliRun create()
    {
        return api({u"servers"_s, u"create"_s, u"Partners API"_s, u"--resource"_s, kResource, u"--audience"_s,
                    kResource, u"--audience"_s, u"https://b.example"_s, u"--access-minutes"_s, u"15"_s});
    }

    std::unique_ptr<SandboxProcess> m_sandbox;
    std::unique_ptr<FaultProxy> m_proxy;
};

QTEST_GUILESS_MAIN(TestCliServers)
#include "tst_cliservers.moc"
