// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"
#include "support/canary.h"
#include "support/secretservice.h"

#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>

#include <cstdlib>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// Import and export with the real latchkey-cli and a real keychain.
class TestCliInterchange : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void importsAFileAndKnowsItAgain();
    void importsFromStandardInputAndTheEnvironment();
    void aDryRunChangesNothing();
    void leavesRowsOfAnotherTenantOut();
    void tellsProblemsByPlaceWithoutSecrets();
    void refusesWhatCannotBeRead_data();
    void refusesWhatCannotBeRead();
    void aLockedKeychainLeavesNothing();
    void exportsWithoutSecretsAndReadsItAgain();
    void anExportCannotSteerATerminal();
    void anExportKeepsAFileThatExists();
    void namesThatSteerAreCleanedOrRefused();
    void anExportReplacesNoPipe();
    void exportsEncryptedAndReadsItAgain();
    void refusesAWrongPassphraseAndAChangedFile();
    void refusesOptionsThatDoNotGoTogether_data();
    void refusesOptionsThatDoNotGoTogether();
    void listsTheSourcesOfThisComputer();

private:
    CliRun run(const QStringList &words, const QByteArray &input = {}, const CliEnvironment &environment = {})
    {
        return runCli(QStringList{u"credentials"_s} + words +
                          QStringList{u"--data-dir"_s, m_folder->filePath(u"data"_s), u"--tenant"_s,
                                      u"acme"_s, u"--json"_s, u"--no-input"_s},
                      environment, input);
    }
    QString file(const QString &name, const QByteArray &content) const
    {
        QFile file(m_folder->filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return file.fileName();
    }
    qsizetype known() { return run({u"list"_s}).json()["credentials"_L1].toArray().size(); }
    /// What a terminal would be sent.
    static QByteArray onTerminal(const QStringList &words)
    {
        const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
        if (terminal < 0 || ::grantpt(terminal) != 0 || ::unlockpt(terminal) != 0)
            return {};
        QFile screen;
        QByteArray shown;
        QProcess process;
        process.setStandardOutputFile(QString::fromUtf8(::ptsname(terminal)));
        startCli(process, words);
        if (process.waitForFinished(60'000) &&
            screen.open(::dup(terminal), QIODevice::ReadOnly | QIODevice::Unbuffered,
                        QFileDevice::AutoCloseHandle))
            shown = screen.read(64 * 1024);
        ::close(terminal);
        return shown;
    }
    static QStringList statuses(const CliRun &run)
    {
        QStringList all;
        for (const QJsonValue &row : run.json()["credentials"_L1].toArray())
            all.append(row["name"_L1].toString() + u' ' + row["status"_L1].toString());
        return all;
    }
    static QString message(const CliRun &run) { return run.json()["error"_L1]["message"_L1].toString(); }

    const QByteArray m_csv = "name,address,client_id,client_secret,scope_level\n"
                             "billing-service,acme.example.com,fakeid-0001,fakesecret-0001,Read Users\n"
                             "hr-import,,fakeid-0002,fakesecret-0002,\n";
    std::unique_ptr<QTemporaryDir> m_folder;
    SecretServiceControl m_service;
};

void TestCliInterchange::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    const CliRun added = runCli({u"tenants"_s, u"add"_s, u"acme"_s, u"acme.example.com"_s, u"--data-dir"_s,
                                 m_folder->filePath(u"data"_s)});
    QVERIFY2(added.code == 0, added.all().constData());
}

void TestCliInterchange::importsAFileAndKnowsItAgain()
{
    const QString path = file(u"pairs.csv"_s, m_csv);
    const qsizetype before = m_service.itemCount();
    const CliRun first = run({u"import"_s, path});
    QVERIFY2(first.code == 0, first.all().constData());
    QCOMPARE(statuses(first), (QStringList{u"billing-service imported"_s, u"hr-import imported"_s}));
    QCOMPARE(first.json()["format"_L1].toString(), u"csv"_s);
    QCOMPARE(known(), 2);
    QCOMPARE(m_service.itemCount(), before + 2);
    QVERIFY(runCli({u"credentials"_s, u"list"_s, u"--data-dir"_s, m_folder->filePath(u"data"_s),
                    u"--tenant"_s, u"acme"_s})
                .out.contains("Not tested yet"));
    const CliRun second = run({u"import"_s, path});
    QCOMPARE(second.code, 0);
    QCOMPARE(statuses(second), (QStringList{u"billing-service existing"_s, u"hr-import existing"_s}));
    QCOMPARE(m_service.itemCount(), before + 2);
}

void TestCliInterchange::importsFromStandardInputAndTheEnvironment()
{
    const CliRun input = run({u"import"_s, u"-"_s, u"--format"_s, u"csv"_s}, m_csv);
    QVERIFY2(input.code == 0, input.all().constData());
    const CliRun environment = run({u"import"_s, u"--environment"_s}, {},
                                   {{u"ONELOGIN_CLIENT_ID"_s, u"fakeid-0003"_s},
                                    {u"ONELOGIN_CLIENT_SECRET"_s, u"fakesecret-0003"_s},
                                    {u"ONELOGIN_API_URL"_s, u"https://acme.example.com"_s}});
    QVERIFY2(environment.code == 0, environment.all().constData());
    QCOMPARE(statuses(environment), QStringList{u"Environment imported"_s});
    QCOMPARE(known(), 3);
}

void TestCliInterchange::aDryRunChangesNothing()
{
    const qsizetype before = m_service.itemCount();
    const CliRun dry = run({u"import"_s, file(u"pairs.csv"_s, m_csv), u"--dry-run"_s});
    QVERIFY2(dry.code == 0, dry.all().constData());
    QVERIFY(dry.json()["dry_run"_L1].toBool());
    QCOMPARE(statuses(dry), (QStringList{u"billing-service new"_s, u"hr-import new"_s}));
    QCOMPARE(known(), 0);
    QCOMPARE(m_service.itemCount(), before);
}

void TestCliInterchange::leavesRowsOfAnotherTenantOut()
{
    const QString path =
        file(u"servers.json"_s,
             R"({"here": {"url": "https://acme.example.com", "client_id": "fakeid-0001",)"
             R"( "client_secret": "fakesecret-0001"}, "there": {"url": "https://b.example.com",)"
             R"( "client_id": "fakeid-0002", "client_secret": "fakesecret-0002"}})");
    const CliRun some = run({u"import"_s, path});
    QCOMPARE(some.code, 0);
    QCOMPARE(statuses(some), (QStringList{u"here imported"_s, u"there other_tenant"_s}));
    QCOMPARE(known(), 1);
    QVERIFY2(
        some.err.contains("there (there) is for b.example.com, not for acme.example.com, and was left out. "
                          "--any-address imports it."),
        some.err.constData());
    QCOMPARE(run({u"import"_s, path}).code, 1); // nothing went in, and something was left out
    const CliRun all = run({u"import"_s, path, u"--any-address"_s});
    QVERIFY2(
        all.err.contains("there (there) is for b.example.com. Here its secret is sent to acme.example.com."),
        all.err.constData());
    QCOMPARE(statuses(all), (QStringList{u"here existing"_s, u"there imported"_s}));
    QCOMPARE(known(), 2);
}

void TestCliInterchange::tellsProblemsByPlaceWithoutSecrets()
{
    const QString path = file(u"pairs.csv"_s, m_csv + "short,fakeid-0003\n");
    QVERIFY(QFile::setPermissions(path, QFile::Permissions(0x6644)));
    const CliRun told = run({u"import"_s, path, u"--dry-run"_s});
    QCOMPARE(told.code, 0);
    const QJsonArray problems = told.json()["problems"_L1].toArray();
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems[0]["where"_L1].toString(), u"line 4"_s);
    QVERIFY(told.err.contains("line 4: This row has 2 cells and the heading 5."));
    QVERIFY(told.json()["warnings"_L1][0].toString().startsWith(u"Other users of this computer"_s));
    Canary canary;
    canary.watch(u"first"_s, u"fakesecret-0001"_s);
    QCOMPARE(canary.find(told.all() + told.commandLine), QString());
}

void TestCliInterchange::refusesWhatCannotBeRead_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    QTest::newRow("no file") << QStringList{u"none.csv"_s} << 1 << u"There is no file none.csv."_s;
    QTest::newRow("a folder") << QStringList{u"/"_s} << 1 << u"/ is not a file."_s;
    QTest::newRow("nothing named") << QStringList{} << 2 << u"Name a file, - or --environment."_s;
    QTest::newRow("both named") << QStringList{u"-"_s, u"--environment"_s} << 2
                                << u"Name a file, - or --environment."_s;
    QTest::newRow("an unknown format")
        << QStringList{u"-"_s, u"--format"_s, u"xml"_s} << 2
        << u"--format is env, json, postman, properties, ini, csv or encrypted."_s;
    QTest::newRow("empty input") << QStringList{u"-"_s} << 1 << u"This is empty."_s;
    QTest::newRow("no pair in it") << QStringList{u"--environment"_s} << 1
                                   << u"There is no API credential in it that can be used."_s;
}

void TestCliInterchange::refusesWhatCannotBeRead()
{
    QFETCH(QStringList, words);
    const CliRun refused = run(QStringList{u"import"_s} + words);
    QTEST(refused.code, "code");
    QTEST(message(refused), "says");
}

void TestCliInterchange::aLockedKeychainLeavesNothing()
{
    QVERIFY(m_service.lock());
    const qsizetype before = m_service.itemCount();
    const CliRun refused = run({u"import"_s, file(u"pairs.csv"_s, m_csv)});
    QCOMPARE(m_service.itemCount(), before);
    QVERIFY(m_service.unlock());
    QVERIFY2(refused.code == 4, refused.all().constData());
    QCOMPARE(refused.json()["error"_L1]["kind"_L1].toString(), u"keychain_locked"_s);
    QCOMPARE(known(), 0);
    const CliRun again = run({u"import"_s, file(u"pairs.csv"_s, m_csv)});
    QVERIFY2(again.code == 0, again.all().constData());
    QCOMPARE(known(), 2);
}

void TestCliInterchange::exportsWithoutSecretsAndReadsItAgain()
{
    QCOMPARE(run({u"import"_s, file(u"pairs.csv"_s, m_csv)}).code, 0);
    const CliRun json = run({u"export"_s});
    QVERIFY2(json.code == 0, json.all().constData());
    QCOMPARE(json.json()["credentials"_L1].toArray().size(), 2);
    QVERIFY(!json.out.contains("secret"));
    const QString csv = m_folder->filePath(u"out.csv"_s);
    const CliRun written = run({u"export"_s, u"--format"_s, u"csv"_s, u"--output"_s, csv});
    QVERIFY2(written.code == 0, written.all().constData());
    QCOMPARE(written.json()["exported"_L1].toInt(), 2);
    QVERIFY(!(QFile::permissions(csv) & (QFile::ReadGroup | QFile::ReadOther)));
    const CliRun again = run({u"import"_s, u"-"_s, u"--dry-run"_s}, json.out);
    QCOMPARE(statuses(again), (QStringList{u"billing-service existing"_s, u"hr-import existing"_s}));
    QCOMPARE(statuses(run({u"import"_s, csv, u"--dry-run"_s})), statuses(again));
}

void TestCliInterchange::anExportCannotSteerATerminal()
{
    const QByteArray name = "a\x1b]0owned\x07\u202Egnp\u009B2J";
    const QByteArray csv =
        "name,client_id,client_secret,note\r\nhr-import,fakeid-0001,fakesecret-0001," + name + "\r\n";
    QCOMPARE(run({u"import"_s, file(u"pairs.csv"_s, csv)}).code, 0);
    const QStringList words{u"credentials"_s, u"export"_s,     u"--format"_s,
                            u"csv"_s,         u"--data-dir"_s, m_folder->filePath(u"data"_s),
                            u"--tenant"_s,    u"acme"_s};
    const CliRun piped = runCli(words);
    QVERIFY2(
        piped.out.contains("\r\nhr-import,https://acme.example.com,fakeid-0001,," + name + ",enabled\r\n"),
        piped.all().constData());
    const QByteArray shown = onTerminal(words);
    QVERIFY2(shown.contains("fakeid-0001,,a‹U+001B›]0owned‹U+0007›‹U+202E›gnp‹U+009B›2J,enabled"),
             shown.constData());
    QVERIFY(!shown.contains('\x1b'));

    const CliRun json = run({u"export"_s});
    QVERIFY(!json.out.contains("\u202E"));
    QVERIFY(!json.out.contains("\u009B"));
    QCOMPARE(json.json()["credentials"_L1][0]["note"_L1].toString().toUtf8(), name);
}

void TestCliInterchange::anExportKeepsAFileThatExists()
{
    QCOMPARE(run({u"import"_s, file(u"pairs.csv"_s, m_csv)}).code, 0);
    const QString path = file(u"out.csv"_s, "mine");
    for (const QStringList &form : {QStringList{u"--format"_s, u"csv"_s}, QStringList{u"--encrypted"_s}}) {
        const QStringList words = QStringList{u"export"_s, u"--output"_s, path} + form;
        const CliRun refused = run(words, {}, {{u"LATCHKEY_PASSPHRASE"_s, u"fake passphrase"_s}});
        QCOMPARE(refused.code, 2);
        QCOMPARE(message(refused), u"%1 exists. Name another file, or replace it with --force."_s.arg(path));
        QFile kept(path);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), "mine");
    }
    QCOMPARE(run({u"export"_s, u"--format"_s, u"csv"_s, u"--output"_s, path, u"--force"_s}).code, 0);
    QFile replaced(path);
    QVERIFY(replaced.open(QIODevice::ReadOnly));
    QVERIFY(replaced.readAll().startsWith("name,address"));
    QCOMPARE(run({u"export"_s, u"--force"_s}).code, 2);
}

void TestCliInterchange::namesThatSteerAreCleanedOrRefused()
{
    const QByteArray csv =
        "name,client_id,client_secret\r\n\"a\x1b[2Jb\nhr-import\u202Ez\",fakeid-0001,x-0001\r\n";
    QCOMPARE(run({u"import"_s, file(u"pairs.csv"_s, csv)}).code, 0);
    QCOMPARE(runCli({u"credentials"_s, u"list"_s, u"--data-dir"_s, m_folder->filePath(u"data"_s),
                     u"--tenant"_s, u"acme"_s, u"--json"_s})
                 .json()["credentials"_L1][0]["name"_L1]
                 .toString(),
             u"a [2Jb hr-import z"_s);
    const CliRun refused = runCli({u"tenants"_s, u"add"_s, u"acme\nproduction"_s, u"other.example.com"_s,
                                   u"--data-dir"_s, m_folder->filePath(u"data"_s), u"--json"_s});
    QCOMPARE(refused.code, 1);
    QVERIFY2(message(refused).endsWith(u"acme‹U+000A›production"_s), qPrintable(message(refused)));
}

void TestCliInterchange::anExportReplacesNoPipe()
{
    const QString pipe = m_folder->filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const CliRun refused = run({u"export"_s, u"--output"_s, pipe});
    QCOMPARE(refused.code, 1);
    QCOMPARE(message(refused), u"%1 cannot be written."_s.arg(pipe));
    QVERIFY(!QFileInfo(pipe).isFile());
}

void TestCliInterchange::exportsEncryptedAndReadsItAgain()
{
    QCOMPARE(run({u"import"_s, file(u"pairs.csv"_s, m_csv)}).code, 0);
    const QString path = m_folder->filePath(u"pairs.latchkey"_s);
    const CliEnvironment passphrase{{u"LATCHKEY_PASSPHRASE"_s, u"fake passphrase"_s}};
    const CliRun written = run({u"export"_s, u"--encrypted"_s, u"--output"_s, path}, {}, passphrase);
    QVERIFY2(written.code == 0, written.all().constData());
    QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
    Canary canary;
    canary.watch(u"first"_s, u"fakesecret-0001"_s);
    canary.watch(u"passphrase"_s, u"fake passphrase"_s);
    QFile sealed(path);
    QVERIFY(sealed.open(QIODevice::ReadOnly));
    const QByteArray bytes = sealed.readAll();
    QCOMPARE(canary.find(bytes + written.all() + written.commandLine), QString());

    const QStringList elsewhere{u"--data-dir"_s, m_folder->filePath(u"data2"_s), u"--json"_s,
                                u"--no-input"_s};
    QCOMPARE(runCli(QStringList{u"tenants"_s, u"add"_s, u"acme"_s, u"acme.example.com"_s} + elsewhere).code,
             0);
    // Passphrase and file both through standard input.
    const CliRun read = runCli(
        QStringList{u"credentials"_s, u"import"_s, u"-"_s, u"--secret-stdin"_s, u"--tenant"_s, u"acme"_s} +
            elsewhere,
        {}, "fake passphrase\n" + bytes);
    QVERIFY2(read.code == 0, read.all().constData());
    QCOMPARE(statuses(read), (QStringList{u"billing-service imported"_s, u"hr-import imported"_s}));
    QVERIFY(read.json()["credentials"_L1][0]["has_secret"_L1].toBool());
}

void TestCliInterchange::refusesAWrongPassphraseAndAChangedFile()
{
    QCOMPARE(run({u"import"_s, file(u"pairs.csv"_s, m_csv)}).code, 0);
    const QString path = m_folder->filePath(u"pairs.latchkey"_s);
    const CliEnvironment right{{u"LATCHKEY_PASSPHRASE"_s, u"fake passphrase"_s}};
    QCOMPARE(run({u"export"_s, u"--encrypted"_s, u"--output"_s, path}, {}, right).code, 0);
    const CliRun wrong = run({u"import"_s, path}, {}, {{u"LATCHKEY_PASSPHRASE"_s, u"another"_s}});
    QCOMPARE(wrong.code, 1);
    QVERIFY(
        message(wrong).startsWith(u"The passphrase is wrong, or the beginning of the file was changed"_s));
    QFile sealed(path);
    QVERIFY(sealed.open(QIODevice::ReadWrite) && sealed.resize(sealed.size() - 1));
    sealed.close();
    const CliRun cut = run({u"import"_s, path}, {}, right);
    QCOMPARE(cut.code, 1);
    QVERIFY(message(cut).startsWith(u"The passphrase is right, but the file was changed or cut off"_s));
    const CliRun none = run({u"import"_s, path});
    QCOMPARE(none.code, 2);
    QCOMPARE(message(none), u"The passphrase is missing. Set LATCHKEY_PASSPHRASE or use --secret-stdin."_s);
}

void TestCliInterchange::refusesOptionsThatDoNotGoTogether_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown format") << u"--format env"_s << u"--format is json or csv."_s;
    QTest::newRow("encrypted CSV")
        << u"--encrypted --format csv --output x"_s
        << u"An encrypted export has a format of its own: leave --format csv out."_s;
    QTest::newRow("encrypted JSON on standard output")
        << u"--encrypted"_s << u"An encrypted export is no text. Name a file with --output."_s;
    QTest::newRow("CSV and JSON") << u"--format csv"_s << u"--json prints JSON: use --output for a table."_s;
}

void TestCliInterchange::refusesOptionsThatDoNotGoTogether()
{
    QFETCH(QString, words);
    const CliRun refused = run(QStringList{u"export"_s} + words.split(u' '));
    QCOMPARE(refused.code, 2);
    QTEST(message(refused), "says");
}

void TestCliInterchange::listsTheSourcesOfThisComputer()
{
    const QString home = qEnvironmentVariable("HOME");
    QCOMPARE(runCli({u"credentials"_s, u"sources"_s}).out,
             QByteArray("Nothing found in the usual places.\n"));
    QVERIFY(QDir(home).mkpath(u".onelogin"_s));
    QFile profiles(home + u"/.onelogin/profiles.json"_s);
    QVERIFY(profiles.open(QIODevice::WriteOnly));
    QVERIFY(profiles.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    const CliRun listed = run({u"sources"_s});
    QVERIFY(profiles.remove());
    QCOMPARE(listed.code, 0);
    const QJsonArray sources = listed.json()["sources"_L1].toArray();
    QCOMPARE(sources.size(), 1);
    QCOMPARE(sources[0]["path"_L1].toString(), profiles.fileName());
    QVERIFY(sources[0]["readable_by_others"_L1].toBool());
}

QTEST_GUILESS_MAIN(TestCliInterchange)
#include "tst_cliinterchange.moc"
