// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/credentialexport.h"
#include "interchange/credentialimport.h"
#include "interchange/credentialsources.h"
#include "interchange/privatefile.h"
#include "onelogin/credentialregister.h"
#include "store/workspace.h"
#include "support/canary.h"
#include "support/filestore.h"
#include "support/qtest_result.h"
#include "support/registerdesk.h"
#include "support/waitfor.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>

#include <sys/stat.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr SealingCost kCheap{.operations = 1, .memoryBytes = 64 * 1024};

FoundCredential found(const QString &name, int number)
{
    return {.name = name,
            .clientId = u"fakeid-%1"_s.arg(number),
            .clientSecret = Secret::fromText(u"fakesecret-%1"_s.arg(number)),
            .level = ScopeLevel::ReadUsers,
            .note = u"owner: jdoe.test"_s};
}

using Added = std::vector<ApiCredential>;

} // namespace

class TestCredentialImport : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_desk = std::make_unique<RegisterDesk>();
        QVERIFY(m_desk->open());
    }
    void cleanup() { m_desk.reset(); }

    void keepsEveryRowWithItsSecret()
    {
        std::vector<FoundCredential> rows = threeRows();
        rows[1].state = CredentialState::Disabled;
        rows[2].clientSecret = Secret();
        QSignalSpy changed(m_desk->workspace.get(), &Workspace::credentialsChanged);
        const Result<Added> added = import(rows);
        QVERIFY_OK(added);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(added->size(), 3u);
        QCOMPARE(m_desk->credentials->list(m_desk->tenant.id)->size(), 3u);
        QCOMPARE(m_desk->keychain->secrets.size(), 2);
        QVERIFY(m_desk->leftovers().isEmpty());
        QCOMPARE(added->at(0).level, ScopeLevel::ReadUsers);
        QCOMPARE(added->at(0).note, u"owner: jdoe.test"_s);
        QVERIFY(added->at(1).state == CredentialState::Disabled);
        QVERIFY(!added->at(1).secretMissing);
        QVERIFY(added->at(2).secretMissing);
        QCOMPARE(secretOf(*m_desk->credentials, added->at(0))->revealed(), u"fakesecret-1"_s);
        QCOMPARE(secretOf(*m_desk->credentials, added->at(2)).error().kind, ErrorKind::SecretMissing);
    }

    void tellsHowFarItIs()
    {
        auto *job = new CredentialImport(*m_desk->credentials, m_desk->tenant.id, SecretPlace::Keychain);
        QSignalSpy progressed(job, &CredentialImport::progressed);
        QSignalSpy gone(job, &QObject::destroyed);
        QVERIFY_OK(waitFor<Added>([&](auto k) { job->start(threeRows(), k); }));
        QCOMPARE(progressed.count(), 3);
        QCOMPARE(progressed.at(1), (QVariantList{2, 3}));
        QTRY_COMPARE(gone.count(), 1);
    }

    void keepsForThisSessionWithoutTheKeychain()
    {
        const Result<Added> added = waitFor<Added>([&](auto k) {
            (new CredentialImport(*m_desk->credentials, m_desk->tenant.id, SecretPlace::Session))
                ->start(threeRows(), k);
        });
        QVERIFY_OK(added);
        QCOMPARE(m_desk->keychain->secrets.size(), 0);
        QVERIFY(m_desk->leftovers().isEmpty());
        QCOMPARE(secretOf(*m_desk->credentials, added->front())->revealed(), u"fakesecret-1"_s);
    }

    void aKeychainThatFailsAtAnyStepLeavesNothing_data()
    {
        QTest::addColumn<int>("failFrom");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<bool>("stores");
        for (int failFrom : {0, 1, 2}) {
            for (ErrorKind kind :
                 {ErrorKind::KeychainLocked, ErrorKind::KeychainUnavailable, ErrorKind::KeychainFailure}) {
                for (bool stores : {false, true})
                    QTest::addRow("%d %s %d", failFrom, qPrintable(kindName(kind)), stores)
                        << failFrom << kind << stores;
            }
        }
    }
    void aKeychainThatFailsAtAnyStepLeavesNothing()
    {
        QFETCH(int, failFrom);
        QFETCH(ErrorKind, kind);
        QFETCH(bool, stores);
        m_desk->keychain->failFrom = failFrom;
        m_desk->keychain->failCount = 1;
        m_desk->keychain->failure = kind;
        m_desk->keychain->storesBeforeItFails = stores;
        const Result<Added> added = import(threeRows());
        QVERIFY(!added);
        QCOMPARE(added.error().kind, kind);
        expectNothing();
    }

    void aKeychainThatStaysShutIsCleanedAtTheNextStart()
    {
        for (ErrorKind kind : {ErrorKind::KeychainLocked, ErrorKind::KeychainTimeout}) {
            m_desk->keychain->failFrom = 2;
            m_desk->keychain->failCount = -1;
            m_desk->keychain->failure = kind;
            m_desk->keychain->storesBeforeItFails = true;
            const Result<Added> added = import(threeRows());
            QVERIFY(!added);
            QCOMPARE(added.error().kind, kind);
            QVERIFY(m_desk->credentials->list(m_desk->tenant.id)->empty());
            QCOMPARE(m_desk->keychain->secrets.size(), 3);
            QCOMPARE(m_desk->leftovers().size(), 3);
            m_desk->keychain->failFrom = -1;
            QVERIFY(m_desk->ageTheIndex());
            QVERIFY_OK(waitFor([&](auto k) { m_desk->credentials->removeLeftovers(k); }));
            expectNothing();
        }
    }

    void aRowThatCannotBeWrittenTakesAllBack()
    {
        QVERIFY(m_desk->execute(u"CREATE TRIGGER refuse BEFORE INSERT ON credentials WHEN NEW.name = 'third'"
                                " BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"_s));
        QSignalSpy changed(m_desk->workspace.get(), &Workspace::credentialsChanged);
        const Result<Added> added = import(threeRows());
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::Storage);
        QCOMPARE(changed.count(), 0);
        expectNothing();
    }

    void aNameThatIsTakenMeanwhileTakesAllBack()
    {
        m_desk->keychain->afterPut = [this] {
            m_desk->keychain->afterPut = nullptr;
            QVERIFY_OK(m_desk->workspace->addCredential(
                {.tenant = m_desk->tenant.id, .name = u"SECOND"_s, .place = SecretPlace::Session}));
        };
        const Result<Added> added = import(threeRows());
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::InvalidInput);
        QCOMPARE(m_desk->credentials->list(m_desk->tenant.id)->size(), 1u);
        QCOMPARE(m_desk->keychain->secrets.size(), 0);
        QVERIFY(m_desk->leftovers().isEmpty());
    }

    void refusesBeforeAnythingIsBegun_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("clientId");
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("says");
        QTest::newRow("no name") << u" "_s << u"fakeid-9"_s << u"fakesecret-9"_s << u"The name is empty."_s;
        QTest::newRow("a name twice")
            << u"FIRST"_s << u"fakeid-9"_s << u"fakesecret-9"_s
            << u"Two of the chosen rows are named FIRST. Change one of the names."_s;
        QTest::newRow("a client ID twice") << u"other"_s << u"fakeid-1"_s << u"fakesecret-9"_s
                                           << u"The client ID of other is in this tenant already."_s;
        QTest::newRow("an unusable secret")
            << u"other"_s << u"fakeid-9"_s << u"fake\nsecret"_s
            << u"The client secret cannot be used. Character 5 is a line end (U+000A)"_s;
    }
    void refusesBeforeAnythingIsBegun()
    {
        QFETCH(QString, name);
        QFETCH(QString, clientId);
        QFETCH(QString, secret);
        QFETCH(QString, says);
        m_desk->keychain->beforeEach = [] { QFAIL("the keychain was asked"); };
        std::vector<FoundCredential> rows = threeRows();
        rows.push_back({.name = name, .clientId = clientId, .clientSecret = Secret::fromText(secret)});
        const Result<Added> added = import(rows);
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::InvalidInput);
        QVERIFY2(added.error().message.startsWith(says), qPrintable(added.error().message));
        m_desk->keychain->beforeEach = nullptr;
        expectNothing();
    }

    void cancelTakesAllBack()
    {
        auto *job = new CredentialImport(*m_desk->credentials, m_desk->tenant.id, SecretPlace::Keychain);
        connect(job, &CredentialImport::progressed, job, [job](int stored) {
            if (stored == 2)
                job->cancel();
        });
        const Result<Added> added = waitFor<Added>([&](auto k) { job->start(threeRows(), k); });
        QVERIFY(!added);
        QCOMPARE(added.error().message, u"The import was cancelled. Nothing was imported."_s);
        expectNothing();
    }

    void aContextThatGoesCancels()
    {
        auto context = std::make_unique<QObject>();
        auto *job = new CredentialImport(*m_desk->credentials, m_desk->tenant.id, SecretPlace::Keychain);
        QSignalSpy gone(job, &QObject::destroyed);
        connect(job, &CredentialImport::progressed, job, [&context] { context.reset(); });
        job->start(threeRows(), then(context.get(), [](const Result<Added> &) { QFAIL("called back"); }));
        QTRY_COMPARE(gone.count(), 1);
        expectNothing();
    }

    void aProcessThatIsKilledAtAnyStepLeavesAllOrNothing()
    {
        const QString program = qEnvironmentVariable("LATCHKEY_BIN") + u"/killedimport"_s;
        const QString path = m_desk->folder.filePath(u"keychain.json"_s);
        bool isDone = false;
        int imported = 0;
        for (int step = 1; !isDone; ++step) {
            QVERIFY(step < 30);
            QProcess process;
            process.setProcessChannelMode(QProcess::ForwardedChannels);
            process.start(program, {m_desk->folder.path(), path, QString::number(step)});
            QVERIFY(process.waitForFinished(60'000));
            isDone = process.exitStatus() == QProcess::NormalExit;
            if (isDone)
                QCOMPARE(process.exitCode(), 0);

            // The next start: what is left behind has grown old meanwhile.
            QVERIFY(m_desk->open());
            QVERIFY(m_desk->ageTheIndex());
            FileStore keychain(path);
            CredentialRegister credentials(*m_desk->workspace, keychain, *m_desk->session);
            QVERIFY_OK(waitFor([&](auto k) { credentials.removeLeftovers(k); }));
            const Added rows = *credentials.list(m_desk->tenant.id);
            QVERIFY2(rows.empty() || rows.size() == 3, qPrintable(QString::number(step)));
            QCOMPARE(keychain.keys().size(), static_cast<qsizetype>(rows.size()));
            QVERIFY(m_desk->leftovers().isEmpty());
            for (const ApiCredential &row : rows) {
                QCOMPARE(secretOf(credentials, row)->revealed(),
                         QString(row.clientId).replace(u"id"_s, u"secret"_s));
                QVERIFY_OK(waitFor([&](auto k) { credentials.remove(row, k); }));
            }
            imported += rows.empty() ? 0 : 1;
        }
        // Killed after the rows were written, after the callback began, and not at all.
        QCOMPARE(imported, 3);
    }

    void plansNamesAndBadges()
    {
        QVERIFY_OK(import({found(u"billing-service"_s, 1)}));
        std::vector<FoundCredential> rows{found(u"anything"_s, 1),        found(u"Billing-Service"_s, 2),
                                          found(u"billing-service"_s, 3), found(u"hr-import"_s, 4),
                                          found(u"hr-import"_s, 4),       found(u"elsewhere"_s, 5),
                                          found(u"regional"_s, 6),        found(u"here"_s, 7)};
        rows[5].baseUrl = QUrl(u"https://other.example.com"_s);
        rows[6].baseUrl = QUrl(u"https://api.us.onelogin.com"_s);
        rows[7].baseUrl = m_desk->tenant.baseUrl;
        QStringList lines;
        for (const PlannedImport &planned :
             planImport(rows, m_desk->tenant, *m_desk->credentials->list(m_desk->tenant.id),
                        m_desk->credentials->workspace()))
            lines.append(planned.found.name + (planned.isExisting ? u" existing"_s : QString()) +
                         (planned.isOfAnotherTenant ? u" elsewhere"_s : QString()));
        QCOMPARE(lines, (QStringList{u"anything existing"_s, u"Billing-Service-2"_s, u"billing-service-3"_s,
                                     u"hr-import"_s, u"hr-import existing"_s, u"elsewhere elsewhere"_s,
                                     u"regional"_s, u"here"_s}));
    }

    void tellsAPairOfAnotherTenantByItsAddress_data()
    {
        QTest::addColumn<QString>("tenant");
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isElsewhere");
        const QString acme = u"https://acme.example.com"_s;
        QTest::newRow("not stated") << acme << QString() << false;
        QTest::newRow("the same") << acme << acme << false;
        QTest::newRow("the usual port") << acme << u"https://acme.example.com:443"_s << false;
        QTest::newRow("another port") << acme << u"https://acme.example.com:8443"_s << true;
        QTest::newRow("another host") << acme << u"https://acme.onelogin.com"_s << true;
        QTest::newRow("a region") << acme << u"https://api.us.onelogin.com"_s << false;
        QTest::newRow("a region, for a sandbox")
            << u"http://127.0.0.1:8080"_s << u"https://api.us.onelogin.com"_s << true;
    }
    void tellsAPairOfAnotherTenantByItsAddress()
    {
        QFETCH(QString, tenant);
        QFETCH(QString, address);
        FoundCredential row = found(u"billing-service"_s, 1);
        row.baseUrl = QUrl(address);
        const auto plan = planImport({row}, {.baseUrl = QUrl(tenant)}, {}, m_desk->credentials->workspace());
        QTEST(plan.at(0).isOfAnotherTenant, "isElsewhere");
    }

    void whatIsExportedWithoutSecretsIsReadAgain_data()
    {
        QTest::addColumn<bool>("csv");
        QTest::newRow("CSV") << true;
        QTest::newRow("JSON") << false;
    }
    void whatIsExportedWithoutSecretsIsReadAgain()
    {
        QFETCH(bool, csv);
        std::vector<FoundCredential> rows = threeRows();
        rows[0].name = u"=1+1, \"quoted\""_s;
        rows[0].note = u"'@cell; ümlaut"_s;
        rows[1].state = CredentialState::Disabled;
        rows[1].level = std::nullopt;
        QVERIFY_OK(import(rows));
        const Added before = *m_desk->credentials->list(m_desk->tenant.id);
        const QByteArray bytes = csv ? credentialsAsCsv(m_desk->tenant, before)
                                     : QJsonDocument(credentialsAsJson(m_desk->tenant, before)).toJson();
        QVERIFY(!bytes.contains("fakesecret"));
        if (csv)
            QVERIFY(!QRegularExpression(u"(^|,)[=+@-]"_s, QRegularExpression::MultilineOption)
                         .match(QString::fromUtf8(bytes))
                         .hasMatch());
        for (const ApiCredential &row : before)
            QVERIFY_OK(waitFor([&](auto k) { m_desk->credentials->remove(row, k); }));

        const Result<CredentialFile> read = readCredentials(bytes);
        QVERIFY_OK(read);
        QVERIFY(read->problems.empty());
        QVERIFY_OK(import(read->credentials));
        const Added after = *m_desk->credentials->list(m_desk->tenant.id);
        QCOMPARE(after.size(), before.size());
        for (size_t i = 0; i < after.size(); ++i) {
            QCOMPARE(after[i].name, before[i].name);
            QCOMPARE(after[i].clientId, before[i].clientId);
            QCOMPARE(after[i].level, before[i].level);
            QCOMPARE(after[i].note, before[i].note);
            QVERIFY(after[i].state == before[i].state);
            QVERIFY(after[i].secretMissing);
        }
    }

    void whatIsSealedIsReadAgainWithItsSecrets()
    {
        QVERIFY_OK(import(threeRows()));
        const Added before = *m_desk->credentials->list(m_desk->tenant.id);
        QVERIFY_OK(waitFor([&](auto k) { m_desk->keychain->remove(before[1].secretKey, k); }));
        const Secret passphrase = Secret::copyOf("fake passphrase of the test");
        const Result<SealedExport> exported = sealedExport(before, passphrase);
        QVERIFY_OK(exported);
        QCOMPARE(exported->missing, 1);
        Canary canary;
        for (int number : {1, 2, 3})
            canary.watch(u"secret"_s, u"fakesecret-%1"_s.arg(number));
        QCOMPARE(canary.find(exported->bytes), QString());

        const Result<Secret> plain = unsealed(exported->bytes, passphrase);
        QVERIFY_OK(plain);
        const Result<CredentialFile> read = readCredentials(plain->bytes());
        QVERIFY_OK(read);
        QCOMPARE(read->credentials.size(), 3u);
        QCOMPARE(read->credentials[0].clientSecret.revealed(), u"fakesecret-1"_s);
        QVERIFY(read->credentials[1].clientSecret.isEmpty());
        QCOMPARE(read->credentials[0].baseUrl, m_desk->tenant.baseUrl);
    }

    void aLockedKeychainEndsASealedExport()
    {
        QVERIFY_OK(import(threeRows()));
        m_desk->keychain->failFrom = 1;
        const Result<SealedExport> exported =
            sealedExport(*m_desk->credentials->list(m_desk->tenant.id), Secret::copyOf("fake passphrase"));
        QVERIFY(!exported);
        QCOMPARE(exported.error().kind, ErrorKind::KeychainLocked);
    }

    void writesForTheOwnerAloneAndWholeOrNotAtAll()
    {
        const QString path = m_desk->folder.filePath(u"export.csv"_s);
        const mode_t before = ::umask(0);
        const Result<void> written = writePrivateFile(path, "first");
        ::umask(before);
        QVERIFY_OK(written);
        struct stat info = {};
        QCOMPARE(::stat(QFile::encodeName(path).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777u, 0600u);
        // A file that others could read is so no longer.
        QVERIFY(QFile::setPermissions(path, QFile::Permissions(0x6644)));
        QVERIFY_OK(writePrivateFile(path, "second"));
        QCOMPARE(::stat(QFile::encodeName(path).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777u, 0600u);
        const Result<void> refused = writePrivateFile(m_desk->folder.filePath(u"none/export.csv"_s), "x");
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("second"));
    }

private:
    static std::vector<FoundCredential> threeRows()
    {
        return {found(u"first"_s, 1), found(u"second"_s, 2), found(u"third"_s, 3)};
    }
    Result<Added> import(const std::vector<FoundCredential> &rows)
    {
        return waitFor<Added>([&](auto k) {
            (new CredentialImport(*m_desk->credentials, m_desk->tenant.id, SecretPlace::Keychain))
                ->start(rows, k);
        });
    }
    Result<SealedExport> sealedExport(const Added &rows, const Secret &passphrase)
    {
        CredentialExport job(*m_desk->credentials, m_desk->tenant, nullptr);
        return waitFor<SealedExport>([&](auto k) { job.start(rows, passphrase, kCheap, k); });
    }
    static Result<Secret> secretOf(CredentialRegister &credentials, const ApiCredential &credential)
    {
        return waitFor<Secret>([&](auto k) { credentials.secret(credential, k); });
    }
    void expectNothing()
    {
        QVERIFY(m_desk->credentials->list(m_desk->tenant.id)->empty());
        QCOMPARE(m_desk->keychain->secrets.size(), 0);
        QVERIFY(m_desk->leftovers().isEmpty());
    }

    std::unique_ptr<RegisterDesk> m_desk;
};

QTEST_GUILESS_MAIN(TestCredentialImport)
#include "tst_credentialimport.moc"
