// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"
#include "support/sandboxprocess.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// Grants as code: the real latchkey-cli between two real sandbox tenants whose ids differ.
class TestCliGrantFiles : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void movesGrantsFromOneTenantToAnother();
    void exportsTheSameBytesTwice();
    void asksBeforeItApplies();
    void changesNothingWhereTheFileDoesNotFit();
    void leavesUnlistedAppsIfAsked();
    void takesAnotherServerThanTheFileNames();
    void refusesABrokenFileWithItsLine();
    void noFileWritesLinesOfItsOwn();
    void tellsOfAHundredProblems();
    void printsAnAccessReport();

private:
    CliRun at(const SandboxProcess &tenant, const QStringList &arguments, const QByteArray &input = {}) const
    {
        const SandboxProcess::Credential admin = tenant.credential(u"grants-admin");
        const QStringList target{u"--url"_s, tenant.url().toString(), u"--client-id"_s, admin.clientId,
                                 u"--no-input"_s};
        CliRun run = runCli(QStringList{u"grants"_s} + arguments + target,
                            {{u"LATCHKEY_CLIENT_SECRET"_s, admin.clientSecret}}, input);
        if (run.all().contains(admin.clientSecret.toUtf8()))
            run.code = -2;
        return run;
    }
    QString write(const QByteArray &text) const
    {
        QFile file(m_folder.filePath(u"grants.yaml"_s));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName()
                                                                                  : QString();
    }

    QTemporaryDir m_folder;
    SandboxProcess m_one;
    SandboxProcess m_two{{u"--seed-number"_s, u"7"_s}};
};

void TestCliGrantFiles::initTestCase()
{
    for (SandboxProcess *tenant : {&m_one, &m_two})
        QVERIFY2(tenant->start(), qPrintable(tenant->problem()));
    QVERIFY(m_one.server(u"Invoices API").id != m_two.server(u"Invoices API").id);
}

void TestCliGrantFiles::movesGrantsFromOneTenantToAnother()
{
    const CliRun exported = at(m_one, {u"export"_s, u"Invoices API"_s});
    QCOMPARE(exported.code, 0);
    QCOMPARE(at(m_two, {u"drift"_s, write(exported.out)}).code, 0);

    QByteArray edited = exported.out;
    const qsizetype smoke = edited.indexOf("  - app: ci-smoke-tests");
    edited.remove(smoke, edited.indexOf("  - app:", smoke + 5) - smoke);
    edited += "  - app: price-engine\n    scopes: [read:invoices, 'void:invoices']\n";
    const QString file = write(edited);

    const CliRun plan = at(m_two, {u"plan"_s, file, u"--json"_s});
    QVERIFY2(plan.code == 1, plan.all().constData());
    QCOMPARE(plan.json()["schema"_L1].toInt(), 1);
    QVERIFY(plan.json()["problems"_L1].toArray().isEmpty());
    const QJsonArray changes = plan.json()["changes"_L1].toArray();
    QCOMPARE(changes.size(), 2);
    QCOMPARE(changes[0]["action"_L1].toString(), u"remove_client"_s);
    QCOMPARE(changes[0]["app"_L1].toString(), u"ci-smoke-tests"_s);
    QCOMPARE(changes[1]["action"_L1].toString(), u"add_client"_s);
    QCOMPARE(changes[1]["app_id"_L1].toInteger(), m_two.app(u"price-engine").id);
    QCOMPARE(changes[1]["add"_L1].toArray(), (QJsonArray{u"read:invoices"_s, u"void:invoices"_s}));
    QCOMPARE(changes[1]["server"_L1].toString(), u"Invoices API"_s);

    const CliRun applied = at(m_two, {u"apply"_s, file, u"--yes"_s, u"--json"_s});
    QVERIFY2(applied.code == 0, applied.all().constData());
    QCOMPARE(applied.json()["verified"_L1].toInt(), 2);
    QCOMPARE(at(m_two, {u"drift"_s, file}).code, 0);
    QCOMPARE(at(m_two, {u"plan"_s, file}).code, 0);

    const CliRun drift = at(m_one, {u"drift"_s, file, u"--json"_s});
    QCOMPARE(drift.code, 1);
    QVERIFY(!drift.json()["in_sync"_L1].toBool());
    QCOMPARE(drift.json()["differences"_L1][0]["kind"_L1].toString(), u"only_at_tenant"_s);
}

void TestCliGrantFiles::exportsTheSameBytesTwice()
{
    for (const QString &format : {u"yaml"_s, u"json"_s}) {
        const QStringList words{u"export"_s, u"Orders API"_s, u"--format"_s, format};
        const CliRun first = at(m_one, words);
        QCOMPARE(first.code, 0);
        QCOMPARE(at(m_one, words).out, first.out);
        QCOMPARE(at(m_one, {u"drift"_s, u"-"_s}, first.out).code, 0);
    }
    QCOMPARE(at(m_one, {u"export"_s, u"Orders API"_s, u"--format"_s, u"xml"_s}).code, 2);
}

void TestCliGrantFiles::asksBeforeItApplies()
{
    const QString file = write("schema: 1\nserver: {name: Events API}\napps: []\n");
    const CliRun run = at(m_one, {u"apply"_s, file});
    QCOMPARE(run.code, 2);
    QVERIFY(run.err.contains("--yes"));
    QVERIFY(!at(m_one, {u"list"_s, u"Events API"_s, u"--json"_s}).json()["grants"_L1].toArray().isEmpty());
}

void TestCliGrantFiles::changesNothingWhereTheFileDoesNotFit()
{
    const QByteArray before = at(m_one, {u"export"_s, u"Events API"_s}).out;
    const QString file =
        write("schema: 1\nserver: {name: Events API}\napps:\n"
              "  - {app: nobody, scopes: []}\n  - {app: price-engine, scopes: [sell:all]}\n");
    const CliRun plan = at(m_one, {u"plan"_s, file, u"--json"_s});
    QCOMPARE(plan.code, 1);
    const QJsonArray problems = plan.json()["problems"_L1].toArray();
    QCOMPARE(problems.size(), 2);
    QCOMPARE(problems[0]["kind"_L1].toString(), u"unknown_app"_s);
    QCOMPARE(problems[1]["kind"_L1].toString(), u"unknown_scope"_s);
    const CliRun applied = at(m_one, {u"apply"_s, file, u"--yes"_s});
    QCOMPARE(applied.code, 1);
    QVERIFY(applied.err.contains("nobody") && applied.err.contains("sell:all"));
    QCOMPARE(at(m_one, {u"export"_s, u"Events API"_s}).out, before);
}

void TestCliGrantFiles::leavesUnlistedAppsIfAsked()
{
    const QByteArray file = "schema: 1\nserver: {name: Contacts API}\napps: []\n";
    QCOMPARE(at(m_one, {u"plan"_s, u"-"_s, u"--keep-unlisted"_s}, file).code, 0);
    QCOMPARE(at(m_one, {u"plan"_s, u"-"_s}, file).code, 1);
}

void TestCliGrantFiles::takesAnotherServerThanTheFileNames()
{
    const QByteArray file =
        at(m_one, {u"export"_s, u"Contacts API"_s}).out.replace("Contacts API", "Elsewhere");
    const CliRun unknown = at(m_one, {u"drift"_s, u"-"_s}, file);
    QCOMPARE(unknown.code, 1);
    QVERIFY(unknown.err.contains("Elsewhere"));
    QCOMPARE(at(m_one, {u"drift"_s, u"-"_s, u"--server"_s, u"Contacts API"_s}, file).code, 0);
}

void TestCliGrantFiles::refusesABrokenFileWithItsLine()
{
    const CliRun run =
        at(m_one, {u"plan"_s, write("schema: 1\nserver: {name: A}\napps:\n  - app: a\n    scope: []\n"),
                   u"--json"_s});
    QCOMPARE(run.code, 2);
    QVERIFY(run.json()["error"_L1]["message"_L1].toString().contains(u"Line 5"_s));
    QCOMPARE(at(m_one, {u"plan"_s, m_folder.filePath(u"absent"_s)}).code, 1);
}

void TestCliGrantFiles::noFileWritesLinesOfItsOwn()
{
    const CliRun run =
        at(m_one, {u"plan"_s, write("schema: 1\nserver: {name: \"A\\nlatchkey-cli: 3 of 3 changes are "
                                    "stored.\"}\napps: []\n")});
    QVERIFY(run.code != 0);
    QVERIFY2(run.err.contains("A‹U+000A›latchkey-cli: 3 of 3"), run.err.constData());
    QVERIFY2(!run.err.contains("\nlatchkey-cli: 3 of 3"), run.err.constData());
}

void TestCliGrantFiles::tellsOfAHundredProblems()
{
    QByteArray text = "schema: 1\nserver: {name: Invoices API}\napps:\n";
    for (int i = 0; i < 103; ++i)
        text += "  - app: nobody " + QByteArray::number(i) + "\n    scopes: []\n";
    const CliRun run = at(m_one, {u"plan"_s, write(text)});
    QVERIFY2(run.err.contains("nobody 99"), run.err.constData());
    QVERIFY2(!run.err.contains("nobody 100"), run.err.constData());
    QVERIFY2(run.err.contains("Further problems, not shown: 3\n"), run.err.constData());
}

void TestCliGrantFiles::printsAnAccessReport()
{
    const CliRun all = at(m_two, {u"report"_s});
    QCOMPARE(all.code, 0);
    QVERIFY(all.out.contains("Contacts API") && all.out.contains("Orders API"));
    const CliRun one = at(m_two, {u"report"_s, u"Orders API"_s, u"--format"_s, u"html"_s});
    QCOMPARE(one.code, 0);
    QVERIFY(one.out.startsWith("<!DOCTYPE html>") && !one.out.contains("Contacts API"));
    QCOMPARE(at(m_two, {u"report"_s, u"--format"_s, u"pdf"_s}).code, 2);
}

QTEST_GUILESS_MAIN(TestCliGrantFiles)
#include "tst_cligrantfiles.moc"
