// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/credentialsources.h"
#include "interchange/csvcell.h"
#include "interchange/csvcredentials.h"
#include "interchange/envcredentials.h"
#include "interchange/sourcetext.h"
#include "support/canary.h"
#include "support/qtest_result.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>

#include <sys/stat.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(LATCHKEY_FIXTURES "/credentials/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// One line a credential, so that a whole source can be compared.
QStringList summary(const CredentialFile &file)
{
    QStringList lines;
    for (const FoundCredential &found : file.credentials)
        lines.append(QStringList{found.name, found.baseUrl.toString(), found.clientId,
                                 found.clientSecret.revealed(), found.where}
                         .join(u" | "_s));
    return lines;
}

QStringList problems(const CredentialFile &file)
{
    QStringList lines;
    for (const ImportProblem &problem : file.problems)
        lines.append(problem.where + u": "_s + problem.message);
    return lines;
}

QByteArray utf16(const QByteArray &utf8, bool bigEndian)
{
    QStringEncoder encode(bigEndian ? QStringConverter::Utf16BE : QStringConverter::Utf16LE,
                          QStringConverter::Flag::WriteBom);
    return encode(QString::fromUtf8(utf8));
}

const QStringList kFixtures{u"dotenv.env"_s,          u"onelogin.sdk.json"_s,
                            u"profiles.json"_s,       u"servers.json"_s,
                            u"tenants.json"_s,        u"onelogin.sdk.properties"_s,
                            u"onelogin-aws.config"_s, u"acme.postman_environment.json"_s,
                            u"credentials.csv"_s};

} // namespace

class TestCredentialSources : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsEveryTool_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<CredentialFormat>("format");
        QTest::addColumn<QStringList>("rows");
        QTest::addColumn<QStringList>("says");
        QTest::newRow(".env") << kFixtures[0] << CredentialFormat::EnvFile
                              << QStringList{u"acme | https://acme.onelogin.com | fakeid-0001 | "
                                             "fakesecret-0001 | line 2"_s,
                                             u"staging | https://acme-staging.onelogin.com | fakeid-0002 | "
                                             "fakesecret#0002 | line 7"_s}
                              << QStringList{u"line 10: OIDC_CLIENT_ID belongs to an OIDC app, not to an API "
                                             "credential: use it in a test login."_s,
                                             u"line 12: GITHUB_CLIENT_ID was left out: its name does not say "
                                             "that it is for OneLogin."_s};
        QTest::newRow("onelogin.sdk.json")
            << kFixtures[1] << CredentialFormat::Json
            << QStringList{u"Imported | https://api.eu.onelogin.com | fakeid-0001 | fakesecret-0001 | (top)"_s}
            << QStringList{};
        QTest::newRow("profiles.json")
            << kFixtures[2] << CredentialFormat::Json
            << QStringList{u"prod | https://api.us.onelogin.com | fakeid-0001 | fakesecret-0001 | prod"_s,
                           u"sandbox | https://api.eu.onelogin.com | fakeid-0002 | fakesecret-0002 | sandbox"_s}
            << QStringList{};
        QTest::newRow("servers.json")
            << kFixtures[3] << CredentialFormat::Json
            << QStringList{u"acme | https://acme.onelogin.com | fakeid-0001 | fakesecret-0001 | acme"_s,
                           u"acme-dev | https://acme-dev.onelogin.com | fakeid-0002 | fakesecret-0002 | "
                           "acme-dev"_s}
            << QStringList{};
        QTest::newRow("tenants.json")
            << kFixtures[4] << CredentialFormat::Json
            << QStringList{u"acme | https://acme.onelogin.com | fakeid-0001 | fakesecret-0001 | tenants[0]"_s,
                           u"acme-dev | https://acme-dev.onelogin.com | fakeid-0002 | fakesecret-0002 | "
                           "tenants[1]"_s}
            << QStringList{};
        QTest::newRow("onelogin.sdk.properties")
            << kFixtures[5] << CredentialFormat::Properties
            << QStringList{u"acme | https://acme.onelogin.com | fakeid-0001 | fakesecret=0001 | line 2"_s}
            << QStringList{};
        QTest::newRow("onelogin-aws.config")
            << kFixtures[6] << CredentialFormat::Ini
            << QStringList{u"acme | https://acme.onelogin.com | fakeid-0001 | fakesecret-0001 | [defaults], "
                           "line 1"_s,
                           u"staging | https://acme-staging.onelogin.com | fakeid-0002 | fakesecret-0002 | "
                           "[staging], line 13"_s}
            << QStringList{};
        QTest::newRow("Postman")
            << kFixtures[7] << CredentialFormat::Postman
            << QStringList{u"acme | https://acme.onelogin.com | fakeid-0001 | fakesecret-0001 | values[1]"_s}
            << QStringList{};
        QTest::newRow("CSV") << kFixtures[8] << CredentialFormat::Csv
                             << QStringList{u"billing-service | https://acme.onelogin.com | fakeid-0001 | "
                                            "fakesecret-0001 | line 2"_s,
                                            u"=hr-import | https://acme.onelogin.com | fakeid-0002 | "
                                            "fakesecret;0002 | line 4"_s}
                             << QStringList{};
    }
    void readsEveryTool()
    {
        QFETCH(QString, name);
        QFETCH(CredentialFormat, format);
        QFETCH(QStringList, rows);
        QFETCH(QStringList, says);
        const QByteArray bytes = fixture(name);
        // As written, with the marks and paddings that editors and tools leave, and with other line ends.
        const QList<QByteArray> variants{
            bytes,
            "\xEF\xBB\xBF" + bytes,
            bytes + QByteArray(512, '\0'),
            QByteArray(512, '\0') + bytes,
            QByteArray(bytes).replace("\r\n", "\n").replace("\n", "\r\n"),
            utf16(bytes, false),
            utf16(bytes, true),
            utf16(bytes, false) + QByteArray(512, '\0'),
            utf16(bytes, false).sliced(2),
        };
        for (const QByteArray &variant : variants) {
            const Result<CredentialFile> read = readCredentials(variant);
            QVERIFY_OK(read);
            QVERIFY(read->format == format);
            QCOMPARE(summary(*read), rows);
            QCOMPARE(problems(*read), says);
        }
    }

    void readsLevelNoteAndStateOfATable()
    {
        const Result<CredentialFile> read = readCredentials(fixture(u"credentials.csv"_s));
        QVERIFY_OK(read);
        QCOMPARE(read->credentials.size(), 2u);
        QCOMPARE(read->credentials[0].level, ScopeLevel::ReadUsers);
        QCOMPARE(read->credentials[0].note, u"owner: \"jdoe.test\" second line"_s);
        QVERIFY(read->credentials[0].state == CredentialState::Enabled);
        QVERIFY(!read->credentials[1].level);
        QVERIFY(read->credentials[1].state == CredentialState::Disabled);
    }

    void callsAPairAfterItsFile_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("further");
        QTest::addColumn<QString>("name");
        const QByteArray subdomain("ONELOGIN_SUBDOMAIN=acme\n");
        QTest::newRow("a.env") << u"a.env"_s << QByteArray() << u"a"_s;
        QTest::newRow("prod.env") << u"/home/jdoe/prod.env"_s << subdomain << u"prod"_s;
        QTest::newRow(".env.prod") << u".env.prod"_s << subdomain << u"prod"_s;
        QTest::newRow("Billing_service.env")
            << u"Billing_service.env"_s << QByteArray() << u"Billing-service"_s;
        QTest::newRow(".env") << u"/srv/prod/.env"_s << QByteArray() << u"Imported"_s;
        QTest::newRow(".env of a tenant") << u".env"_s << subdomain << u"acme"_s;
        QTest::newRow(".env of a region") << u".env"_s << QByteArray("ONELOGIN_REGION=us\n") << u"Imported"_s;
        QTest::newRow("onelogin.env") << u"onelogin.env"_s << QByteArray() << u"Imported"_s;
        QTest::newRow("no file") << QString() << QByteArray() << u"Imported"_s;
        QTest::newRow("named by its variables")
            << u"prod.env"_s
            << QByteArray("ONELOGIN_HR_CLIENT_ID=fakeid-0002\nONELOGIN_HR_CLIENT_SECRET=fakesecret-0002\n")
            << u"prod,hr"_s;
    }
    void callsAPairAfterItsFile()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, further);
        const Result<CredentialFile> read = readCredentials(
            "ONELOGIN_CLIENT_ID=fakeid-0001\nONELOGIN_CLIENT_SECRET=fakesecret-0001\n" + further, {}, path);
        QVERIFY_OK(read);
        QStringList names;
        for (const FoundCredential &found : read->credentials)
            names.append(found.name);
        QTEST(names.join(u','), "name");
    }

    void readsTheLevelUnderEveryHeading_data()
    {
        QTest::addColumn<QByteArray>("heading");
        for (const char *heading : {"scope", "Scope", "scopes", "API scope", "api-scope", "level",
                                    "Scope level", "scope_level", "\"Scope Level\""})
            QTest::newRow(heading) << QByteArray(heading);
    }
    void readsTheLevelUnderEveryHeading()
    {
        QFETCH(QByteArray, heading);
        const QByteArray text = "client_id,client_secret," + heading +
                                "\nfakeid-0001,fakesecret-0001,Manage All\n"
                                "fakeid-0002,fakesecret-0002, read_users \n"
                                "fakeid-0003,fakesecret-0003,\n"
                                "fakeid-0004,fakesecret-0004,openid profile\n";
        const Result<CredentialFile> read = readCredentials(text);
        QVERIFY_OK(read);
        QCOMPARE(read->credentials.size(), 4u);
        QCOMPARE(read->credentials[0].level, ScopeLevel::ManageAll);
        QCOMPARE(read->credentials[1].level, ScopeLevel::ReadUsers);
        QVERIFY(!read->credentials[2].level);
        QVERIFY(!read->credentials[3].level);
        QCOMPARE(problems(*read),
                 QStringList{u"line 5: The scope level is not one of the five, so it was left out."_s});
    }

    void takesTheLevelFromTheColumnThatHoldsOne()
    {
        const Result<CredentialFile> read = readCredentials("client_id,client_secret,scope,level\n"
                                                            "fakeid-0001,fakesecret-0001,openid,Read All\n"
                                                            "fakeid-0002,fakesecret-0002,Read Users,3\n"
                                                            "fakeid-0003,fakesecret-0003,openid,\n");
        QVERIFY_OK(read);
        QCOMPARE(read->credentials[0].level, ScopeLevel::ReadAll);
        QCOMPARE(read->credentials[1].level, ScopeLevel::ReadUsers);
        QCOMPARE(problems(*read),
                 QStringList{u"line 4: The scope level is not one of the five, so it was left out."_s});
    }

    void everyPrefixIsReadOrRefusedWithoutShowingASecret()
    {
        Canary canary;
        canary.watch(u"first"_s, u"fakesecret-0001"_s);
        canary.watch(u"second"_s, u"fakesecret-0002"_s);
        for (const QString &name : kFixtures) {
            const QByteArray whole = fixture(name);
            for (qsizetype length = 0; length < whole.size(); ++length) {
                const Result<CredentialFile> read = readCredentials(whole.first(length));
                const QString said =
                    read ? problems(*read).join(u'\n') : read.error().message + read.error().detail;
                QVERIFY2(read || !said.isEmpty(), qPrintable(name));
                QCOMPARE(canary.find(said.toUtf8()), QString());
            }
        }
    }

    void namesWhatIsWrongByItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("a number for a client ID")
            << QByteArray(R"({"prod": {"client_id": 7, "client_secret": "fakesecret-0001"}})")
            << u"prod: prod.client_id: expected a string, got a number"_s;
        QTest::newRow("no secret")
            << QByteArray(R"({"tenants": [{"client_id": "fakeid-0001"}]})")
            << u"tenants[0]: tenants[0].client_secret: expected a string, got nothing"_s;
        QTest::newRow("a list for a profile")
            << QByteArray(R"({"prod": []})")
            << u"prod: This is not an object with a pair, so it was left out."_s;
        QTest::newRow("Postman without a list")
            << QByteArray(R"({"_postman_variable_scope": "environment", "values": {}})")
            << u"values: This is not a list of variables."_s;
        QTest::newRow("a Postman key of another type")
            << QByteArray(R"({"values": [{"key": "a"}, {"key": null}]})")
            << u"values[1]: values[1].key: expected a string, got null"_s;
        QTest::newRow("half a pair")
            << QByteArray("ONELOGIN_CLIENT_ID=fakeid-0001\n")
            << u"line 1: ONELOGIN_CLIENT_ID has no other half: the client secret is missing."_s;
        QTest::newRow("an open quote") << QByteArray("A=1\nONELOGIN_CLIENT_SECRET=\"fakesecret-0001\n")
                                       << u"line 2: The quote is not closed on this line."_s;
        QTest::newRow("no assignment")
            << QByteArray("A=1\nfakesecret-0001\n") << u"line 2: This line is not NAME=VALUE."_s;
        QTest::newRow("set twice")
            << QByteArray("ONELOGIN_REGION=us\nONELOGIN_REGION=eu\n")
            << u"line 2: ONELOGIN_REGION is set in line 1 already. The last one counts."_s;
        QTest::newRow("a region that does not exist")
            << QByteArray("ONELOGIN_CLIENT_ID=fakeid-0001\nONELOGIN_CLIENT_SECRET=fakesecret-0001\n"
                          "ONELOGIN_REGION=ap\n")
            << u"line 1: The address was left out: The region is neither us nor eu."_s;
        QTest::newRow("plain http elsewhere")
            << QByteArray("ONELOGIN_CLIENT_ID=fakeid-0001\nONELOGIN_CLIENT_SECRET=fakesecret-0001\n"
                          "ONELOGIN_URL=http://acme.example\n")
            << u"line 1: The address was left out: Only https addresses are allowed, and http to this computer."_s;
        QTest::newRow("INI without a section name")
            << QByteArray("[a]\nx=1\n[\n") << u"line 3: The name of this section is not closed."_s;
        QTest::newRow("INI line without a value")
            << QByteArray("[a]\nfakesecret-0001\n") << u"line 2: This line is not NAME = VALUE."_s;
        QTest::newRow("a short row") << QByteArray("name,client_id,client_secret\n\na,fakeid-0001\n")
                                     << u"line 3: This row has 2 cells and the heading 3."_s;
        QTest::newRow("an open quote in a table")
            << QByteArray("client_id,client_secret\nfakeid-0001,\"fakesecret-0001\n")
            << u"line 2: The quote that begins here is not closed."_s;
        QTest::newRow("an unknown level")
            << QByteArray(
                   "client_id,client_secret,scope_level\nfakeid-0001,fakesecret-0001,fakesecret-0002\n")
            << u"line 2: The scope level is not one of the five, so it was left out."_s;
        QTest::newRow("the same pair twice")
            << QByteArray(
                   "client_id,client_secret\nfakeid-0001,fakesecret-0001\nfakeid-0001,fakesecret-0001\n")
            << u"line 3: This is the client ID of line 2 again."_s;
        QTest::newRow("the same ID with another secret")
            << QByteArray(
                   "client_id,client_secret\nfakeid-0001,fakesecret-0001\nfakeid-0001,fakesecret-0002\n")
            << u"line 3: This is the client ID of line 2 again, with another secret. The first one counts."_s;
        QTest::newRow("a secret with an umlaut")
            << QByteArray("client_id,client_secret\nfakeid-0001,fakesecret-\xC3\xBC\n")
            << u"line 2: The client secret cannot be used. Character 12 is not allowed (U+00FC). Only "
               u"printable "
               "ASCII characters may occur."_s;
    }
    void namesWhatIsWrongByItsPlace()
    {
        QFETCH(QByteArray, text);
        const Result<CredentialFile> read = readCredentials(text);
        QVERIFY_OK(read);
        QTEST(problems(*read).value(0), "says");
        QCOMPARE(read->problems.size(), 1u);
    }

    void refusesWhatIsBrokenAsAWhole_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << u"This is empty."_s;
        QTest::newRow("only padding") << QByteArray(4096, '\0') << u"This is empty."_s;
        QTest::newRow("prose") << QByteArray("Dear all,\nhere is the list.\n")
                               << u"This is in none of the formats"_s;
        QTest::newRow("not UTF-8") << QByteArray("A=\xff\xfe\xfd")
                                   << u"This is not text in UTF-8 or UTF-16."_s;
        QTest::newRow("zeros in the middle")
            << QByteArray("A=1\n\0\nB=2\n", 10) << u"There are NUL characters"_s;
        QTest::newRow("broken JSON") << QByteArray("{\"client_id\": \"fakeid-0001\",}")
                                     << u"This is not valid JSON: "_s;
        QTest::newRow("a pair named twice")
            << QByteArray(R"({"prod": {"client_id": "fakeid-0001", "client_secret": "fakesecret-0001"},)"
                          R"( "prod": {"client_id": "fakeid-0002", "client_secret": "fakesecret-0002"}})")
            << u"The member prod stands twice in one object of this JSON"_s;
        QTest::newRow("a client ID twice")
            << QByteArray(R"([{"client_id": "fakeid-0001", "client_secret": "fakesecret-0001",)"
                          R"( "client\u005fid": "fakeid-0002"}])")
            << u"The member client_id stands twice in one object of this JSON"_s;
        QTest::newRow("deep JSON") << QByteArray(100'000, '[') << u"This is not valid JSON: "_s;
        QTest::newRow("far too many rows") << "client_id,client_secret\n" + [] {
            QByteArray rows;
            for (int i = 0; i < 10'001; ++i)
                rows += "fakeid-" + QByteArray::number(i) + ",fakesecret-0001\n";
            return rows;
        }() << u"This holds more than 10000 API credentials."_s;
    }
    void refusesWhatIsBrokenAsAWhole()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        const Result<CredentialFile> read = readCredentials(text);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Invalid);
        QVERIFY2(read.error().message.startsWith(says), qPrintable(read.error().message));
    }

    void readsTenMegabytesInLinearTime_data()
    {
        QTest::addColumn<QByteArray>("filler");
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("tail");
        QTest::newRow(".env") << QByteArray("# a comment of no use at all\n")
                              << QByteArray("ONELOGIN_CLIENT_ID=fakeid-0001\n")
                              << QByteArray("ONELOGIN_CLIENT_SECRET=fakesecret-0001\n");
        QTest::newRow("properties") << QByteArray("some.other.key=value\n")
                                    << QByteArray("onelogin.sdk.client_id=fakeid-0001\n")
                                    << QByteArray("onelogin.sdk.client_secret=fakesecret-0001\n");
        QTest::newRow("one endless property") << QByteArray("abcdefghijklmnop\\\n")
                                              << QByteArray("onelogin.sdk.client_id=fakeid-0001\n"
                                                            "onelogin.sdk.client_secret=fakesecret-0001\nx=")
                                              << QByteArray("\n");
        QTest::newRow("INI") << QByteArray("username = jdoe.test\n")
                             << QByteArray("[defaults]\nclient_id=fakeid-0001\n")
                             << QByteArray("client_secret=fakesecret-0001\n");
        QTest::newRow("broken INI") << QByteArray("[x]\nnothing\n")
                                    << QByteArray("[defaults]\nclient_id=fakeid-0001\n"
                                                  "client_secret=fakesecret-0001\n")
                                    << QByteArray();
        QTest::newRow("JSON") << QByteArray("\"of no use\",\n")
                              << QByteArray("{\"client_id\": \"fakeid-0001\", \"notes\": [\n")
                              << QByteArray("\"\"], \"client_secret\": \"fakesecret-0001\"}\n");
        QTest::newRow("CSV") << QByteArray(",,,\n")
                             << QByteArray("client_id,client_secret,name,note\n"
                                           "fakeid-0001,fakesecret-0001,,\n")
                             << QByteArray();
        QTest::newRow("CSV with an endless quote")
            << QByteArray("\"\"\n")
            << QByteArray("client_id,client_secret\nfakeid-0001,fakesecret-0001\nx,\"") << QByteArray();
    }
    void readsTenMegabytesInLinearTime()
    {
        QFETCH(QByteArray, filler);
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, tail);
        const QByteArray text = head + filler.repeated(10 * 1024 * 1024 / filler.size()) + tail;
        const std::clock_t begun = std::clock(); // of this process: others may be at work too
        const Result<CredentialFile> read = readCredentials(text);
        QVERIFY_OK(read);
        QCOMPARE(read->credentials.size(), 1u);
        QVERIFY(read->problems.size() <= 201);
        const std::clock_t seconds = (std::clock() - begun) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 20, qPrintable(QString::number(seconds)));
    }

    void writesNoCellThatIsAFormula()
    {
        for (const QString &text :
             {u"=1"_s, u"\n=1"_s, u" \n +1"_s, u"'=1"_s, u"\u0001@a"_s, u"\u202e-1"_s}) {
            const QString cell = csvRow({text}).chopped(2);
            QVERIFY2(cell.startsWith(u'\'') || cell.startsWith("\"'"_L1), qPrintable(cell));
            const Result<CredentialFile> read = readCsv(u"client_id,note\nfakeid-0001,%1\n"_s.arg(cell));
            QVERIFY_OK(read);
            QVERIFY(read->credentials.front().note.contains(text.last(1)));
            QVERIFY(!read->credentials.front().note.startsWith("''"_L1));
        }
        for (const QString &text : {u"a=1"_s, u"'a"_s, u" a"_s, u"a\n=1"_s})
            QVERIFY(!csvRow({text}).chopped(2).remove(u'"').startsWith("'"_L1) || text.startsWith(u'\''));
    }

    void refusesMoreThanItReads()
    {
        const Result<CredentialFile> read = readCredentials(QByteArray(kLargestSource + 1, '#'));
        QVERIFY(!read);
        QVERIFY(read.error().message.startsWith(u"This is larger than 16 MiB"_s));
    }

    void readsTheEnvironmentOfTheTools_data()
    {
        QTest::addColumn<QStringList>("variables");
        QTest::addColumn<QStringList>("rows");
        const QStringList pair{u"ONELOGIN_CLIENT_ID=fakeid-0001"_s,
                               u"ONELOGIN_CLIENT_SECRET=fakesecret-0001"_s};
        const QString row = u"%1 | %2 | fakeid-0001 | fakesecret-0001 | %3"_s;
        QTest::newRow("a pair alone")
            << pair << QStringList{row.arg(u"Environment"_s, QString(), u"ONELOGIN_CLIENT_ID"_s)};
        QTest::newRow("Terraform") << pair + QStringList{u"ONELOGIN_API_URL=https://acme.onelogin.com"_s}
                                   << QStringList{row.arg(u"Environment"_s, u"https://acme.onelogin.com"_s,
                                                          u"ONELOGIN_CLIENT_ID"_s)};
        QTest::newRow("regional address and subdomain")
            << pair + QStringList{u"ONELOGIN_OAPI_URL=https://api.us.onelogin.com"_s,
                                  u"ONELOGIN_SUBDOMAIN=acme"_s}
            << QStringList{row.arg(u"acme"_s, u"https://acme.onelogin.com"_s, u"ONELOGIN_CLIENT_ID"_s)};
        QTest::newRow("region") << pair + QStringList{u"ONELOGIN_REGION=EU"_s}
                                << QStringList{row.arg(u"Environment"_s, u"https://api.eu.onelogin.com"_s,
                                                       u"ONELOGIN_CLIENT_ID"_s)};
        QTest::newRow("Baton") << QStringList{u"BATON_ONELOGIN_CLIENT_ID=fakeid-0001"_s,
                                              u"BATON_ONELOGIN_CLIENT_SECRET=fakesecret-0001"_s,
                                              u"BATON_SUBDOMAIN=acme"_s}
                               << QStringList{row.arg(u"acme"_s, u"https://acme.onelogin.com"_s,
                                                      u"BATON_ONELOGIN_CLIENT_ID"_s)};
        QTest::newRow("other products")
            << QStringList{u"GITHUB_CLIENT_ID=fakeid-0001"_s, u"GITHUB_CLIENT_SECRET=fakesecret-0001"_s}
            << QStringList{};
    }
    void readsTheEnvironmentOfTheTools()
    {
        QFETCH(QStringList, variables);
        QProcessEnvironment environment;
        for (const QString &variable : variables)
            environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
        const Result<CredentialFile> read = readEnvironment(environment);
        QVERIFY_OK(read);
        QTEST(summary(*read), "rows");
        QVERIFY(read->problems.empty());
    }

    void findsTheDefaultPlacesOfTheTools()
    {
        const QTemporaryDir folder;
        const QDir root(folder.path());
        const QStringList files{u"work/.env"_s,
                                u"work/onelogin.sdk.json"_s,
                                u"home/.onelogin/profiles.json"_s,
                                u"work/onelogin.sdk.properties"_s,
                                u"config/onelogin-mcp/servers.json"_s,
                                u"config/onelogin-mcp/tenants.json"_s,
                                u"home/.onelogin-aws.config"_s};
        SourcePlaces places{.home = root.filePath(u"home"_s),
                            .configFolder = root.filePath(u"config"_s),
                            .workingFolder = root.filePath(u"work"_s)};
        QVERIFY(findCredentialSources(places).empty());
        for (const QString &name : files) {
            QVERIFY(root.mkpath(QFileInfo(name).path()));
            QFile file(root.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        places.environment.insert(u"ONELOGIN_CLIENT_ID"_s, u"fakeid-0001"_s);
        places.environment.insert(u"ONELOGIN_CLIENT_SECRET"_s, u"fakesecret-0001"_s);
        // Twice the same file: it is listed once.
        places.environment.insert(u"ONELOGIN_MCP_CONFIG"_s,
                                  root.filePath(u"config/onelogin-mcp/servers.json"_s));
        QStringList found;
        for (const CredentialSource &source : findCredentialSources(places)) {
            QVERIFY(!source.title.isEmpty());
            found.append(source.path.isEmpty() ? QString() : root.relativeFilePath(source.path));
        }
        QCOMPARE(found, QStringList{QString()} + files);
    }

    void readsOnlyFiles()
    {
        const QTemporaryDir folder;
        QCOMPARE(readSource(folder.path()).error().kind, ErrorKind::Invalid);
        QCOMPARE(readSource(folder.filePath(u"none"_s)).error().kind, ErrorKind::Storage);
        const QString pipe = folder.filePath(u"pipe"_s);
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        QCOMPARE(readSource(pipe).error().kind, ErrorKind::Invalid);
        QFile large(folder.filePath(u"large"_s));
        QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(kLargestSource + 1));
        QVERIFY(readSource(large.fileName()).error().message.startsWith(u"This is larger than 16 MiB"_s));
    }

    void warnsWhereOthersMayRead()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u".env"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY(looseModeWarning(file.fileName()).isEmpty());
        for (QFile::Permission loose : {QFile::ReadGroup, QFile::ReadOther, QFile::WriteOther}) {
            QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | loose));
            QVERIFY(looseModeWarning(file.fileName()).contains(file.fileName()));
        }
    }

    void deletesASourceOnlyAsItWasRead()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u".env"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("A=1\n") == 4);
        file.close();
        const QString link = folder.filePath(u"link"_s);
        QVERIFY(QFile::link(file.fileName(), link));
        const Result<void> refused = removeSource(link, fingerprintOf("A=2\n"));
        QCOMPARE(refused.error().kind, ErrorKind::Invalid);
        QVERIFY(file.exists());
        QVERIFY_OK(removeSource(link, fingerprintOf("A=1\n")));
        QVERIFY(!file.exists());
    }

    void everyFormatHasItsKey()
    {
        for (CredentialFormat format :
             {CredentialFormat::Environment, CredentialFormat::EnvFile, CredentialFormat::Json,
              CredentialFormat::Postman, CredentialFormat::Properties, CredentialFormat::Ini,
              CredentialFormat::Csv, CredentialFormat::Sealed})
            QVERIFY(formatFromKey(formatKey(format)) == format);
        QVERIFY(!formatFromKey(u"xml"));
    }
};

QTEST_GUILESS_MAIN(TestCredentialSources)
#include "tst_credentialsources.moc"
