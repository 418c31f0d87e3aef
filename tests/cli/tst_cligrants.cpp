// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cligrantstest.h"
#include "grants/grantjournal.h"
#include "support/faultproxy.h"

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The journal of grant changes by the real latchkey-cli at a real sandbox.
class TestCliGrants : public CliGrantsTest
{
    Q_OBJECT

private slots:
    void init() { open(); }
    void writesDownWhatItChanges();
    void sameWordsForAChangeWhereverItStands();
    void takesAnEntryBack();
    void saysHowEachChangeTakenBackStands_data();
    void saysHowEachChangeTakenBackStands();
    void saysWhatCannotBeTakenBack();
    void settlesAnInterruptedApply();
    void withAnAddressNothingIsWrittenDown();
    void refusesUsage_data();
    void refusesUsage();
};

void TestCliGrants::writesDownWhatItChanges()
{
    QVERIFY(entries().isEmpty());
    QCOMPARE(set({u"--scope"_s, u"read:invoices"_s}).code, 0);
    const QJsonArray listed = entries();
    QCOMPARE(listed.size(), 1);
    const QJsonValue entry = listed.first();
    QCOMPARE(entry["who"_L1].toString(), m_sandbox->credential(u"grants-admin").clientId);
    QCOMPARE(entry["origin"_L1].toString(), u"command_line"_s);
    QCOMPARE(entry["server"_L1]["name"_L1].toString(), u"Invoices API"_s);
    const QJsonValue change = entry["changes"_L1][0];
    QCOMPARE(change["app"_L1].toString(), u"billing-service"_s);
    QCOMPARE(change["state"_L1].toString(), u"proven"_s);
    QCOMPARE(change["after"_L1].toVariant().toStringList(), QStringList{u"read:invoices"_s});
    QVERIFY(change["remove"_L1].toArray().size() > 1);
    QCOMPARE(set({u"--none"_s}).code, 0);
    QCOMPARE(entries().first()["changes"_L1][0]["after"_L1].toArray().size(), 0); // the newest first
    QCOMPARE(entries({u"changes"_s, u"invoices api"_s}).size(), 2);
    QCOMPARE(entries({u"changes"_s, u"Orders API"_s}).size(), 0);
}

void TestCliGrants::sameWordsForAChangeWhereverItStands()
{
    const QString file = m_folder->filePath(u"grants.yaml"_s);
    {
        QFile grants(file);
        QVERIFY(grants.open(QIODevice::WriteOnly));
        grants.write("schema: 1\nserver:\n  name: Invoices API\napps:\n  - app: billing-service\n"
                     "    scopes: [void:invoices]\n  - app: price-engine\n    scopes: [read:invoices]\n");
    }
    const QByteArray had =
        R"(["read:customers","read:invoices","read:payments","refund:payments","write:invoices"])";
    const auto text = [&](const QJsonValue &list) {
        return QJsonDocument(list.toArray())
            .toJson(QJsonDocument::Compact)
            .replace(had, "HAD")
            .replace(QByteArray::number(m_sandbox->app(u"billing-service").id), "ID")
            .replace(QByteArray::number(m_sandbox->app(u"price-engine").id), "ID");
    };
    const QByteArray planned =
        R"([{"action":"update_client","add":["void:invoices"],"app":"billing-service","app_id":ID,)"
        R"("remove":HAD,"server":"Invoices API"},)"
        R"({"action":"add_client","add":["read:invoices"],"app":"price-engine","app_id":ID,)"
        R"("remove":[],"server":"Invoices API"}])";
    QCOMPARE(text(run({u"plan"_s, file, u"--keep-unlisted"_s}).json().value("changes"_L1)), planned);
    QCOMPARE(text(run({u"apply"_s, file, u"--keep-unlisted"_s, u"--yes"_s}).json().value("results"_L1)),
             QByteArray(planned)
                 .replace(R"(,"remove")", R"(,"error":null,"remove")")
                 .replace(R"("Invoices API"})", R"("Invoices API","state":"verified"})"));

    QJsonArray journal = entries().first()["changes"_L1].toArray();
    for (QJsonValueRef each : journal) {
        QJsonObject row = each.toObject();
        QVERIFY(QDateTime::fromString(row.take("state_at"_L1).toString(), Qt::ISODate).isValid());
        each = row;
    }
    QCOMPARE(text(journal),
             R"([{"action":"update_client","add":["void:invoices"],"after":["void:invoices"],)"
             R"("app":"billing-service","app_id":ID,"before":HAD,"reason":"","remove":HAD,"request_id":"",)"
             R"("state":"proven"},)"
             R"({"action":"add_client","add":["read:invoices"],"after":["read:invoices"],)"
             R"("app":"price-engine","app_id":ID,"before":[],"reason":"","remove":[],"request_id":"",)"
             R"("state":"proven"}])");

    const QString id = QString::number(entries().first()["id"_L1].toInteger());
    QCOMPARE(text(run({u"undo"_s, id}).json().value("changes"_L1)),
             R"([{"action":"update_client","add":HAD,"app":"billing-service","app_id":ID,)"
             R"("remove":["void:invoices"],"server":"Invoices API"},)"
             R"({"action":"remove_client","add":[],"app":"price-engine","app_id":ID,)"
             R"("remove":["read:invoices"],"server":"Invoices API"}])");
}

void TestCliGrants::takesAnEntryBack()
{
    const QStringList before = scopesNow();
    QCOMPARE(set({u"--remove"_s}).code, 0);
    const QString id = QString::number(entries().first()["id"_L1].toInteger());
    const CliRun shown = run({u"undo"_s, id});
    QCOMPARE(shown.code, 1);
    QCOMPARE(shown.json()["changes"_L1][0]["action"_L1].toString(), u"add_client"_s);
    QCOMPARE(scopesNow(), QStringList{u"(no client app)"_s}); // only shown
    const CliRun undone = run({u"undo"_s, id, u"--yes"_s});
    QVERIFY2(undone.code == 0, undone.all().constData());
    QVERIFY(undone.json()["notes"_L1].toArray().isEmpty());
    QCOMPARE(scopesNow(), before);
    const QJsonValue entry = entries().first();
    QCOMPARE(entry["origin"_L1].toString(), u"undo"_s);
    QCOMPARE(QString::number(entry["undoes"_L1].toInteger()), id);
}

void TestCliGrants::saysHowEachChangeTakenBackStands_data()
{
    QTest::addColumn<QList<int>>("statuses"); // what the changes get, 0: nothing, and no reading after it
    QTest::addColumn<bool>("isChanged");      // by someone else, after the plan was made
    QTest::addColumn<QStringList>("states");
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("code");
    QTest::newRow("unknown, and nothing after it")
        << QList<int>{0} << false << QStringList{u"unknown"_s, u"not_stored"_s}
        << QStringList{u"(not known)"_s, u"(not stored)"_s} << 3;
    QTest::newRow("refused, then unknown")
        << QList<int>{422, 0} << false << QStringList{u"not_stored"_s, u"unknown"_s}
        << QStringList{u"(not stored)"_s, u"(not known)"_s} << 1;
    QTest::newRow("the credential refused")
        << QList<int>{403} << false << QStringList{u"not_stored"_s, u"skipped"_s}
        << QStringList{u"(not stored)"_s, u"(not sent)"_s} << 1;
    QTest::newRow("changed meanwhile")
        << QList<int>() << true << QStringList{u"conflict"_s, u"conflict"_s}
        << QStringList{u"(changed by someone else)"_s, u"(changed by someone else)"_s} << 1;
}

void TestCliGrants::saysHowEachChangeTakenBackStands()
{
    QFETCH(QList<int>, statuses);
    QFETCH(bool, isChanged);
    QFETCH(QStringList, states);
    QFETCH(QStringList, words);
    QFETCH(int, code);
    FaultProxy proxy(m_sandbox->url());
    QVERIFY_OK(
        (*Workspace::open(m_folder->path()))->addTenant({.name = u"behind"_s, .baseUrl = proxy.url()}));
    m_name = u"behind"_s;
    const QString file = m_folder->filePath(u"grants.yaml"_s);
    {
        QFile grants(file);
        QVERIFY(grants.open(QIODevice::WriteOnly));
        grants.write("schema: 1\nserver:\n  name: Invoices API\napps:\n  - app: billing-service\n"
                     "    scopes: [write:invoices]\n  - app: partner-gateway\n    scopes: [void:invoices]\n");
    }
    QCOMPARE(run({u"apply"_s, file, u"--keep-unlisted"_s, u"--yes"_s}).code, 0);
    const QString id = QString::number(entries().first()["id"_L1].toInteger());

    QList<int> left;
    int readings = 0;
    bool isCut = false;
    proxy.setScript([&](const Arrival &arrival, const FaultProxy::Forward &forward) {
        if (!arrival.target.contains("/clients"))
            return forward(arrival);
        if (arrival.method == "GET" && isCut)
            return FaultReply{.then = FaultReply::Then::Reset};
        if (arrival.method == "GET")
            return isChanged && readings++ > 0 ? FaultServer::answer(200, "[]") : forward(arrival);
        const int status = left.takeFirst();
        isCut = status == 0;
        return isCut ? FaultReply{.then = FaultReply::Then::Reset}
                     : FaultServer::answer(status, R"({"name":"Refused","message":"No","statusCode":)" +
                                                       QByteArray::number(status) + '}');
    });
    const auto undo = [&](const QStringList &more) {
        left = statuses;
        readings = 0;
        isCut = false;
        return run({u"undo"_s, id, u"--yes"_s}, more);
    };
    const CliRun undone = undo({u"--json"_s});
    const QJsonArray applied = undone.json()["applied"_L1].toArray();
    QStringList found;
    for (const QJsonValue each : applied) {
        found.append(each["state"_L1].toString());
        QVERIFY(!each["verified"_L1].toBool(true));
    }
    QVERIFY2(found == states, undone.all().constData());
    QCOMPARE(undone.code, code);

    const CliRun told = undo({});
    QCOMPARE(told.code, code);
    const QList<QByteArray> lines = told.out.trimmed().split('\n');
    QVERIFY2(lines.size() == words.size(), told.all().constData());
    for (qsizetype i = 0; i < lines.size(); ++i)
        QVERIFY2(lines[i].endsWith(words[i].toUtf8()), told.all().constData());
}

void TestCliGrants::saysWhatCannotBeTakenBack()
{
    QCOMPARE(set({u"--scope"_s, u"read:invoices"_s}).code, 0);
    const QString id = QString::number(entries().first()["id"_L1].toInteger());
    QCOMPARE(set({u"--remove"_s}).code, 0);
    const CliRun undone = run({u"undo"_s, id, u"--yes"_s});
    QCOMPARE(undone.code, 1);
    QVERIFY2(undone.err.contains("no client app any more"), undone.err.constData());
    QVERIFY(undone.json()["changes"_L1].toArray().isEmpty());
    QCOMPARE(scopesNow(), QStringList{u"(no client app)"_s});
    QCOMPARE(run({u"undo"_s, u"4711"_s}).code, 1);
}

void TestCliGrants::settlesAnInterruptedApply()
{
    {
        const auto workspace = Workspace::open(m_folder->path());
        GrantJournal &journal = (*workspace)->grantJournal();
        JournalEntry head{.tenant = m_tenant,
                          .server = {m_sandbox->server(u"Invoices API").id},
                          .serverName = u"Invoices API"_s,
                          .who = u"grants-admin"_s};
        const auto begun = journal.begin(
            head, {{.app = {m_sandbox->app(u"billing-service").id}, .appName = u"billing-service"_s},
                   {.app = {m_sandbox->app(u"portal-web").id}, .appName = u"portal-web"_s}});
        QVERIFY_OK(begun);
        QVERIFY_OK(journal.append(m_tenant, {{.row = begun->rows[0].id, .state = JournalState::Sent}}));
    }
    // While this process runs it counts as at work, so another one wrote it.
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"raw"_s);
    database.setDatabaseName(m_folder->filePath(u"workspace.sqlite"_s));
    QVERIFY(database.open());
    QVERIFY_OK(latchkey::run(database, u"DROP TRIGGER grant_entries_no_UPDATE"_s));
    QVERIFY_OK(latchkey::run(database, u"UPDATE grant_entries SET process = 0"_s));
    closeDatabase(database);

    const CliRun told = run({u"list"_s, u"Invoices API"_s});
    QVERIFY2(told.err.contains("were interrupted"), told.err.constData());
    const CliRun settled = run({u"reconcile"_s});
    QCOMPARE(settled.code, 1); // not all of it is stored
    const QJsonValue changes = settled.json()["entries"_L1][0]["changes"_L1];
    QCOMPARE(changes[0]["state"_L1].toString(), u"conflict"_s);
    QCOMPARE(changes[1]["state"_L1].toString(), u"skipped"_s);
    QVERIFY(run({u"list"_s, u"Invoices API"_s}).err.isEmpty());
    const CliRun again = run({u"reconcile"_s});
    QCOMPARE(again.code, 0);
    QVERIFY(again.json()["entries"_L1].toArray().isEmpty());
}

void TestCliGrants::withAnAddressNothingIsWrittenDown()
{
    const SandboxProcess::Credential pair = m_sandbox->credential(u"grants-admin");
    const QStringList at{u"--url"_s,       m_sandbox->url().toString(),
                         u"--client-id"_s, pair.clientId,
                         u"--data-dir"_s,  m_folder->path(),
                         u"--json"_s};
    const CliEnvironment environment{{u"LATCHKEY_CLIENT_SECRET"_s, pair.clientSecret}};
    QCOMPARE(runCli(QStringList{u"grants"_s, u"set"_s, u"Invoices API"_s, u"--app"_s, u"billing-service"_s,
                                u"--none"_s} +
                        at,
                    environment)
                 .code,
             0);
    QVERIFY(entries().isEmpty());
    QCOMPARE(runCli(QStringList{u"grants"_s, u"changes"_s} + at, environment).code, 2);
}

void TestCliGrants::refusesUsage_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("undo of nothing") << QStringList{u"undo"_s};
    QTest::newRow("two servers") << QStringList{u"changes"_s, u"a"_s, u"b"_s};
    QTest::newRow("reconcile with yes") << QStringList{u"reconcile"_s, u"--yes"_s};
}

void TestCliGrants::refusesUsage()
{
    QFETCH(QStringList, words);
    QCOMPARE(run(words).code, 2);
}

QTEST_GUILESS_MAIN(TestCliGrants)
#include "tst_cligrants.moc"
