// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"
#include "store/migrations.h"
#include "store/workspace.h"
#include "support/qtest_result.h"
#include "support/registerdesk.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <csignal>
#include <thread>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

Tenant sampleTenant(const QString &name = u"acme"_s)
{
    return {.name = name,
            .baseUrl = QUrl(u"https://acme.example.com"_s),
            .type = TenantType::Staging,
            .readOnly = true};
}

ApiCredential sampleCredential(TenantId tenant, const QString &name = u"billing-service"_s)
{
    return {.tenant = tenant,
            .name = name,
            .clientId = u"0123"_s,
            .level = ScopeLevel::ReadUsers,
            .note = u"owner: jdoe.test"_s,
            .state = CredentialState::Disabled,
            .problem = CredentialProblem::OwnerDeleted,
            .secretMissing = true,
            .secretKey = u"latchkey/"_s + name,
            .addedAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 678), Qt::UTC),
            .usedAt = QDateTime(QDate(2026, 2, 2), QTime(3, 4, 5), Qt::UTC)};
}

uint modeOf(const QString &path)
{
    struct stat info = {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_mode & 0777u : 0u;
}

/// A connection of the test's own, for what Workspace does not offer.
class RawFile
{
public:
    explicit RawFile(const QString &path)
        : m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, u"raw"_s))
    {
        m_database.setDatabaseName(path);
        m_database.open();
        (void)run(m_database, u"PRAGMA foreign_keys = ON"_s);
    }
    ~RawFile() { closeDatabase(m_database); }
    RawFile(const RawFile &) = delete;
    RawFile &operator=(const RawFile &) = delete;

    const QSqlDatabase &database() const { return m_database; }
    QVariant value(const QString &sql) const
    {
        auto answer = run(m_database, sql);
        return answer && answer->next() ? answer->value(0) : QVariant();
    }

private:
    QSqlDatabase m_database;
};

} // namespace

class TestWorkspace : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_home = std::make_unique<QTemporaryDir>();
        m_folder = m_home->filePath(u"new/latchkey"_s);
        m_path = m_folder + u"/workspace.sqlite"_s;
    }

    void aClientIdOccursOnceInATenant()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        const Result<Tenant> acme = (*workspace)->addTenant(sampleTenant());
        const Result<Tenant> globex = (*workspace)->addTenant(sampleTenant(u"globex"_s));
        QVERIFY_OK(acme);
        QVERIFY_OK(globex);
        QVERIFY_OK((*workspace)->addCredential(sampleCredential(acme->id)));
        const auto again = (*workspace)->addCredential(sampleCredential(acme->id, u"hr-import"_s));
        QVERIFY(!again);
        QCOMPARE(again.error().message, u"This client ID is kept here already, as billing-service."_s);
        QVERIFY_OK((*workspace)->addCredential(sampleCredential(globex->id)));
    }

    void aConstraintIsToldWithoutItsSql()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        const auto orphan = (*workspace)->addCredential(sampleCredential({999}));
        QVERIFY(!orphan);
        QCOMPARE(orphan.error().kind, ErrorKind::Storage);
        QCOMPARE(
            orphan.error().message,
            u"What this belongs to is no longer in the workspace. Another window may have removed it."_s);
        QCOMPARE(orphan.error().detail, QString());
        QVERIFY_OK((*workspace)->noteKeychainItem(u"latchkey/1"_s));
        const Result<void> twice = (*workspace)->noteKeychainItem(u"latchkey/1"_s);
        QVERIFY(!twice);
        QVERIFY(twice.error().message.startsWith(u"Another window has changed the workspace"_s));
        QCOMPARE(twice.error().detail, QString());
    }

    void tenantsComeBackAsTheyWereSaved()
    {
        {
            auto workspace = Workspace::open(m_folder);
            QVERIFY_OK(workspace);
            QSignalSpy changed(workspace->get(), &Workspace::tenantsChanged);
            const Result<Tenant> added = (*workspace)->addTenant(sampleTenant());
            QVERIFY_OK(added);
            QVERIFY(added->id.isValid());
            QCOMPARE(changed.count(), 1);
        }
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        auto tenants = (*workspace)->tenants();
        QVERIFY_OK(tenants);
        QCOMPARE(tenants->size(), 1u);
        Tenant tenant = tenants->front();
        QCOMPARE(tenant.name, u"acme"_s);
        QCOMPARE(tenant.baseUrl, QUrl(u"https://acme.example.com"_s));
        QCOMPARE(tenant.type, TenantType::Staging);
        QVERIFY(tenant.readOnly);

        tenant.name = u"Acme test"_s;
        tenant.readOnly = false;
        QVERIFY_OK((*workspace)->updateTenant(tenant));
        QCOMPARE((*workspace)->tenants()->front().name, u"Acme test"_s);
        QVERIFY(!(*workspace)->tenants()->front().readOnly);
    }

    void credentialsComeBackAsTheyWereSaved()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        const TenantId tenant = (*workspace)->addTenant(sampleTenant())->id;
        QSignalSpy changed(workspace->get(), &Workspace::credentialsChanged);
        const Result<ApiCredential> added = (*workspace)->addCredential(sampleCredential(tenant));
        QVERIFY_OK(added);
        QCOMPARE(changed.count(), 1);

        const Result<ApiCredential> read = (*workspace)->credential(added->id);
        QVERIFY_OK(read);
        const ApiCredential expected = sampleCredential(tenant);
        QCOMPARE(read->tenant, tenant);
        QCOMPARE(read->name, expected.name);
        QCOMPARE(read->clientId, expected.clientId);
        QCOMPARE(read->level, expected.level);
        QCOMPARE(read->note, expected.note);
        QCOMPARE(read->state, expected.state);
        QCOMPARE(read->place, expected.place);
        QCOMPARE(read->problem, expected.problem);
        QCOMPARE(read->secretMissing, expected.secretMissing);
        QCOMPARE(read->secretKey, expected.secretKey);
        QCOMPARE(read->addedAt, expected.addedAt);
        QCOMPARE(read->usedAt, expected.usedAt);

        ApiCredential plain = *read;
        plain.level.reset();
        plain.usedAt = {};
        plain.note.clear();
        plain.place = SecretPlace::Session;
        plain.problem = CredentialProblem::Refused;
        QVERIFY_OK((*workspace)->updateCredential(plain));
        const auto listed = (*workspace)->credentials(tenant);
        QVERIFY_OK(listed);
        QCOMPARE(listed->size(), 1u);
        QVERIFY(!listed->front().level);
        QVERIFY(!listed->front().usedAt.isValid());
        QCOMPARE(listed->front().note, QString());
        QCOMPARE(listed->front().place, SecretPlace::Session);
        QCOMPARE(listed->front().problem, CredentialProblem::Refused);
    }

    void timesLieInTheFileAsIso8601Utc()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        ApiCredential credential = sampleCredential((*workspace)->addTenant(sampleTenant())->id);
        credential.addedAt = credential.addedAt.toOffsetFromUtc(7200);
        QVERIFY_OK((*workspace)->addCredential(credential));
        RawFile raw(m_path);
        QCOMPARE(raw.value(u"SELECT added_at FROM credentials"_s).toString(), u"2026-01-02T03:04:05.678Z"_s);
    }

    void refusesANameInUse_data()
    {
        QTest::addColumn<QString>("second");
        QTest::newRow("same") << u"Jürgen"_s;
        QTest::newRow("other case") << u"JÜRGEN"_s;
        QTest::newRow("written with a combining mark") << u"Ju\u0308rgen"_s;
    }
    void refusesANameInUse()
    {
        QFETCH(QString, second);
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        const TenantId first = (*workspace)->addTenant(sampleTenant(u"Jürgen"_s))->id;
        const auto tenant = (*workspace)->addTenant(sampleTenant(second));
        QVERIFY(!tenant);
        QCOMPARE(tenant.error().kind, ErrorKind::InvalidInput);
        QVERIFY2(tenant.error().message.contains(u"Jürgen"_s), qPrintable(tenant.error().message));

        QVERIFY_OK((*workspace)->addCredential(sampleCredential(first, u"Jürgen"_s)));
        const auto credential = (*workspace)->addCredential(sampleCredential(first, second));
        QVERIFY(!credential);
        QCOMPARE(credential.error().kind, ErrorKind::InvalidInput);
        QVERIFY(credential.error().message.contains(u"Jürgen"_s));
        QCOMPARE((*workspace)->credentials(first)->size(), 1u);

        const TenantId other = (*workspace)->addTenant(sampleTenant(u"other"_s))->id;
        ApiCredential elsewhere = sampleCredential(other, second);
        elsewhere.secretKey = u"latchkey/elsewhere"_s;
        QVERIFY_OK((*workspace)->addCredential(elsewhere));
    }

    void refusesAnEmptyName()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        const auto added = (*workspace)->addTenant(sampleTenant(u"  "_s));
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::InvalidInput);
        QVERIFY((*workspace)->tenants()->empty());
    }

    void keepsItsOwnNameOnUpdate()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        Tenant tenant = *(*workspace)->addTenant(sampleTenant());
        tenant.name = u"ACME"_s;
        QVERIFY_OK((*workspace)->updateTenant(tenant));
        QCOMPARE((*workspace)->tenants()->front().name, u"ACME"_s);
    }

    void saysWhenARowIsGone()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        Tenant tenant = sampleTenant();
        tenant.id = {41};
        QCOMPARE((*workspace)->updateTenant(tenant).error().kind, ErrorKind::Storage);
        QCOMPARE((*workspace)->removeTenant({41}).error().kind, ErrorKind::Storage);
        QCOMPARE((*workspace)->credential({41}).error().kind, ErrorKind::Storage);
        QCOMPARE((*workspace)->removeCredential({41}).error().kind, ErrorKind::Storage);
    }

    void removesATenantWithItsCredentialsAndKeepsTheirKeysInTheIndex()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        const TenantId tenant = (*workspace)->addTenant(sampleTenant())->id;
        QVERIFY_OK((*workspace)->addCredential(sampleCredential(tenant)));
        QVERIFY((*workspace)->leftoverKeychainItems(QDateTime::currentDateTimeUtc())->isEmpty());
        QVERIFY_OK((*workspace)->removeTenant(tenant));
        QVERIFY((*workspace)->credentials(tenant)->empty());
        const QStringList expected{u"latchkey/billing-service"_s};
        QCOMPARE(*(*workspace)->leftoverKeychainItems(QDateTime::currentDateTimeUtc()), expected);
        QVERIFY_OK((*workspace)->forgetKeychainItem(expected.front()));
        QVERIFY((*workspace)->leftoverKeychainItems(QDateTime::currentDateTimeUtc())->isEmpty());
    }

    void anIndexedKeyIsALeftoverUntilACredentialTakesItAndAgainWhenItTakesAnother()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        const auto leftovers = [&] {
            return *(*workspace)->leftoverKeychainItems(QDateTime::currentDateTimeUtc().addSecs(60));
        };
        const QStringList first{u"latchkey/billing-service"_s};
        QVERIFY_OK((*workspace)->noteKeychainItem(first.front()));
        QCOMPARE(leftovers(), first);
        QVERIFY((*workspace)->leftoverKeychainItems(QDateTime::currentDateTimeUtc().addSecs(-60))->isEmpty());

        const TenantId tenant = (*workspace)->addTenant(sampleTenant())->id;
        ApiCredential credential = *(*workspace)->addCredential(sampleCredential(tenant));
        QVERIFY(leftovers().isEmpty());
        QVERIFY_OK((*workspace)->forgetKeychainItem(first.front()));
        credential.secretKey = u"latchkey/second"_s;
        QVERIFY_OK((*workspace)->updateCredential(credential));
        QCOMPARE(leftovers(), first);
    }

    void keepsATenantThatGotSomethingMeanwhile()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        const TenantId tenant = (*workspace)->addTenant(sampleTenant())->id;
        const ApiCredential added = *(*workspace)->addCredential(sampleCredential(tenant));
        const Result<void> refused = (*workspace)->removeTenant(tenant, Workspace::Owning::Nothing);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.startsWith(u"Something was added to the tenant meanwhile"_s),
                 qPrintable(refused.error().message));
        QCOMPARE((*workspace)->credentials(tenant)->size(), 1u);
        QVERIFY_OK((*workspace)->removeCredential(added.id));
        QVERIFY_OK((*workspace)->removeTenant(tenant, Workspace::Owning::Nothing));
    }

    void refusesANameThatSteersButBearsWithOneFromBefore()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        const TenantId tenant = (*workspace)->addTenant(sampleTenant())->id;
        ApiCredential credential = sampleCredential(tenant);
        credential.name = u"hr\nimport"_s;
        const auto refused = (*workspace)->addCredential(credential);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.endsWith(u"hr‹U+000A›import"_s),
                 qPrintable(refused.error().message));
        credential.name = u"hr-import"_s;
        credential = *(*workspace)->addCredential(credential);
        QVERIFY(executeIn(m_folder, u"UPDATE credentials SET name = 'hr' || char(10) || 'import'"_s));
        credential.name = u"hr\nimport"_s;
        credential.note = u"nightly"_s;
        QVERIFY_OK((*workspace)->updateCredential(credential));
    }

    void remembersSettings()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        QCOMPARE((*workspace)->setting(u"geometry"_s, u"none"_s), u"none"_s);
        QVERIFY_OK((*workspace)->setSetting(u"geometry"_s, u"1"_s));
        QVERIFY_OK((*workspace)->setSetting(u"geometry"_s, u"2"_s));
        QCOMPARE((*workspace)->setting(u"geometry"_s, u"none"_s), u"2"_s);
    }

    void filesAndFolderArePrivateWhateverTheUmask()
    {
        const mode_t before = ::umask(0);
        auto workspace = Workspace::open(m_folder);
        const auto added = workspace ? (*workspace)->addTenant(sampleTenant()) : Result<Tenant>();
        ::umask(before);
        QVERIFY_OK(added);
        QCOMPARE(modeOf(m_folder), 0700u);
        QCOMPARE(modeOf(m_path), 0600u);
        QCOMPARE(modeOf(m_path + u"-wal"_s), 0600u);
        QCOMPARE(modeOf(m_path + u"-shm"_s), 0600u);
    }

    void tightensAFileThatOthersCouldRead()
    {
        QVERIFY_OK(Workspace::open(m_folder));
        QVERIFY(::chmod(QFile::encodeName(m_path).constData(), 0644) == 0);
        QVERIFY(::chmod(QFile::encodeName(m_folder).constData(), 0755) == 0);
        QVERIFY_OK(Workspace::open(m_folder));
        QCOMPARE(modeOf(m_path), 0600u);
        QCOMPARE(modeOf(m_folder), 0700u);
    }

    void leavesTheModeOfAFolderThatHoldsMore()
    {
        QVERIFY(QDir().mkpath(m_folder));
        QVERIFY(::chmod(QFile::encodeName(m_folder).constData(), 0755) == 0);
        QFile other(m_folder + u"/letter.txt"_s);
        QVERIFY(other.open(QIODevice::WriteOnly));
        QVERIFY_OK(Workspace::open(m_folder));
        QCOMPARE(modeOf(m_folder), 0755u);
        QCOMPARE(modeOf(m_path), 0600u);
    }

    void migratesFromEachOlderVersionAndKeepsTheRows_data()
    {
        QTest::addColumn<int>("version");
        for (int version = 0; version < latestSchemaVersion(); ++version)
            QTest::addRow("from version %d", version) << version;
    }
    void migratesFromEachOlderVersionAndKeepsTheRows()
    {
        QFETCH(int, version);
        QVERIFY(QDir().mkpath(m_folder));
        {
            RawFile raw(m_path);
            QVERIFY_OK(migrate(raw.database(), version));
            QCOMPARE(*schemaVersion(raw.database()), version);
            if (version >= 1) {
                QVERIFY_OK(run(raw.database(),
                               u"INSERT INTO tenants (id, name, name_key, base_url, type) VALUES"
                               " (7, 'Acme', 'acme', 'https://acme.example.com', 'development')"_s));
                QVERIFY_OK(run(
                    raw.database(),
                    u"INSERT INTO credentials (tenant_id, name, name_key, client_id, secret_key, added_at)"
                    " VALUES (7, 'Old', 'old', '0123', 'latchkey/old', '2026-01-02T03:04:05.000Z')"_s));
            }
            if (version >= 2) { // from then on every key was noted
                QVERIFY_OK(run(raw.database(), u"INSERT INTO keychain_items (key, created_at) VALUES"
                                               " ('latchkey/old', '2026-01-02T03:04:05.000Z')"_s));
            }
        }
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        QCOMPARE(RawFile(m_path).value(u"PRAGMA user_version"_s).toInt(), latestSchemaVersion());
        QVERIFY_OK((*workspace)->addTenant(sampleTenant(u"after"_s)));
        if (version >= 1) {
            const auto tenants = (*workspace)->tenants();
            QVERIFY_OK(tenants);
            QVERIFY(
                std::none_of(tenants->begin(), tenants->end(), [](const Tenant &t) { return t.isBuiltIn; }));
            const auto credentials = (*workspace)->credentials({7});
            QVERIFY_OK(credentials);
            QCOMPARE(credentials->size(), 1u);
            QCOMPARE(credentials->front().name, u"Old"_s);
            // Its key is in the index: it comes up as a leftover once the row is gone.
            QVERIFY_OK((*workspace)->removeCredential(credentials->front().id));
            QCOMPARE(*(*workspace)->leftoverKeychainItems(QDateTime::currentDateTimeUtc()),
                     QStringList{u"latchkey/old"_s});
        }
    }

    void aMigrationThatFailsLeavesTheFileAsItWas()
    {
        QVERIFY(QDir().mkpath(m_folder));
        {
            RawFile raw(m_path);
            QVERIFY_OK(migrate(raw.database(), 1));
            // The second statement of step 2 will meet this index.
            QVERIFY_OK(
                run(raw.database(), u"CREATE INDEX keychain_items_credential ON credentials(client_id)"_s));
        }
        const auto workspace = Workspace::open(m_folder);
        QVERIFY(!workspace);
        QCOMPARE(workspace.error().kind, ErrorKind::Storage);
        RawFile raw(m_path);
        QCOMPARE(raw.value(u"PRAGMA user_version"_s).toInt(), 1);
        QCOMPARE(raw.value(u"SELECT count(*) FROM sqlite_master WHERE name = 'keychain_items'"_s).toInt(), 0);
    }

    void aNewerVersionsFileIsOpenedForReadingOnly()
    {
        TenantId tenant;
        {
            auto workspace = Workspace::open(m_folder);
            QVERIFY_OK(workspace);
            tenant = (*workspace)->addTenant(sampleTenant())->id;
            QVERIFY_OK((*workspace)->addCredential(sampleCredential(tenant)));
        }
        QVERIFY_OK(run(RawFile(m_path).database(), u"PRAGMA user_version = 4711"_s));

        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        QVERIFY((*workspace)->isReadOnly());
        QVERIFY((*workspace)->readOnlyReason().contains(m_path));
        QCOMPARE((*workspace)->tenants()->size(), 1u);
        const ApiCredential credential = (*workspace)->credentials(tenant)->front();

        const auto tooNew = [](const auto &result) {
            return !result && result.error().kind == ErrorKind::StorageTooNew;
        };
        QVERIFY(tooNew((*workspace)->addTenant(sampleTenant(u"b"_s))));
        QVERIFY(tooNew((*workspace)->updateTenant((*workspace)->tenants()->front())));
        QVERIFY(tooNew((*workspace)->removeTenant(tenant)));
        QVERIFY(tooNew((*workspace)->addCredential(sampleCredential(tenant, u"b"_s))));
        QVERIFY(tooNew((*workspace)->updateCredential(credential)));
        QVERIFY(tooNew((*workspace)->removeCredential(credential.id)));
        QVERIFY(tooNew((*workspace)->noteKeychainItem(u"latchkey/x"_s)));
        QVERIFY(tooNew((*workspace)->forgetKeychainItem(u"latchkey/x"_s)));
        QVERIFY(tooNew((*workspace)->setSetting(u"a"_s, u"b"_s)));
        QCOMPARE(RawFile(m_path).value(u"PRAGMA user_version"_s).toInt(), 4711);
    }

    void twoInstancesSeeEachOthersRowsAndBothWrite()
    {
        auto one = Workspace::open(m_folder);
        auto two = Workspace::open(m_folder);
        QVERIFY_OK(one);
        QVERIFY_OK(two);
        for (int i = 0; i < 20; ++i) {
            QVERIFY_OK((*one)->addTenant(sampleTenant(u"one %1"_s.arg(i))));
            QVERIFY_OK((*two)->addTenant(sampleTenant(u"two %1"_s.arg(i))));
        }
        QCOMPARE((*one)->tenants()->size(), 40u);
        const auto taken = (*two)->addTenant(sampleTenant(u"ONE 3"_s));
        QVERIFY(!taken);
        QCOMPARE(taken.error().kind, ErrorKind::InvalidInput);
    }

    void manyThatStartAtOnceMakeOneFile()
    {
        constexpr int kPrograms = 6;
        std::atomic<int> opened = 0;
        std::atomic<int> added = 0;
        std::vector<std::thread> programs;
        for (int i = 0; i < kPrograms; ++i) {
            programs.emplace_back([&, i] {
                auto workspace = Workspace::open(m_folder);
                opened += workspace ? 1 : 0;
                added += workspace && (*workspace)->addTenant(sampleTenant(u"tenant %1"_s.arg(i))) ? 1 : 0;
            });
        }
        for (std::thread &program : programs)
            program.join();
        QCOMPARE(opened.load(), kPrograms);
        QCOMPARE(added.load(), kPrograms);
        QCOMPARE(RawFile(m_path).value(u"SELECT count(*) FROM tenants"_s).toInt(), kPrograms);
        QCOMPARE(RawFile(m_path).value(u"PRAGMA journal_mode"_s).toString(), u"wal"_s);
    }

    void aWriterThatHoldsTheFileIsWaitedForAndThenNamed()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        RawFile other(m_path);
        QVERIFY_OK(run(other.database(), u"BEGIN IMMEDIATE"_s));
        const auto refused = (*workspace)->addTenant(sampleTenant());
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
        QVERIFY2(refused.error().message.contains(u"Another program"_s), qPrintable(refused.error().message));
        QVERIFY_OK(run(other.database(), u"ROLLBACK"_s));
        QVERIFY_OK((*workspace)->addTenant(sampleTenant()));
    }

    void aFailedWriteLeavesNothingBehind()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        const TenantId tenant = (*workspace)->addTenant(sampleTenant())->id;
        QVERIFY_OK(run(RawFile(m_path).database(),
                       u"CREATE TRIGGER refuse BEFORE INSERT ON keychain_items"
                       " BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"_s));
        const auto added = (*workspace)->addCredential(sampleCredential(tenant));
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::Storage);
        QVERIFY((*workspace)->credentials(tenant)->empty());
        QVERIFY_OK(run(RawFile(m_path).database(), u"DROP TRIGGER refuse"_s));
        QVERIFY_OK((*workspace)->addCredential(sampleCredential(tenant)));
    }

    void aDamagedFileIsNamedAndLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("damage");
        QTest::addColumn<int>("offset");
        QTest::newRow("not a database at all") << QByteArray(5000, 'x') << 0;
        QTest::newRow("a page overwritten") << QByteArray(3000, '\x5a') << 4096;
    }
    void aDamagedFileIsNamedAndLeftAlone()
    {
        QFETCH(QByteArray, damage);
        QFETCH(int, offset);
        QVERIFY_OK(Workspace::open(m_folder));
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(offset);
        file.write(damage);
        file.close();
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();

        const auto workspace = Workspace::open(m_folder);
        QVERIFY(!workspace);
        QCOMPARE(workspace.error().kind, ErrorKind::Storage);
        QVERIFY2(workspace.error().message.contains(m_path) &&
                     workspace.error().message.contains(u"damaged"_s),
                 qPrintable(workspace.error().message));
        file.seek(0);
        QCOMPARE(file.readAll(), before);
    }

    void aFolderThatCannotBeMadeIsNamed()
    {
        QFile file(m_home->filePath(u"new"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto workspace = Workspace::open(m_folder);
        QVERIFY(!workspace);
        QCOMPARE(workspace.error().kind, ErrorKind::Storage);
        QVERIFY(workspace.error().message.contains(m_folder));
    }

    void aFileThatCannotBeOpenedIsNamed()
    {
        QVERIFY(QDir().mkpath(m_path));
        const auto workspace = Workspace::open(m_folder);
        QVERIFY(!workspace);
        QCOMPARE(workspace.error().kind, ErrorKind::Storage);
        QVERIFY(workspace.error().message.contains(m_path));
    }

    void aFullDiskIsAnErrorAndNothingIsLost()
    {
        auto workspace = Workspace::open(m_folder);
        QVERIFY_OK(workspace);
        QVERIFY_OK((*workspace)->addTenant(sampleTenant()));

        rlimit before = {};
        QVERIFY(::getrlimit(RLIMIT_FSIZE, &before) == 0);
        const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit small = before;
        small.rlim_cur = static_cast<rlim_t>(QFileInfo(m_path + u"-wal"_s).size());
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &small) == 0);
        const auto refused = (*workspace)->setSetting(u"big"_s, QString(200'000, u'x'));
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &before) == 0);
        std::signal(SIGXFSZ, oldHandler);

        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
        QVERIFY(refused.error().message.contains(m_path));
        QCOMPARE((*workspace)->tenants()->size(), 1u);
        QVERIFY_OK((*workspace)->setSetting(u"big"_s, u"small after all"_s));
    }

    void aDiskThatIsFullFromTheStartIsNamed()
    {
        rlimit before = {};
        QVERIFY(::getrlimit(RLIMIT_FSIZE, &before) == 0);
        const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit none = before;
        none.rlim_cur = 0;
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &none) == 0);
        const auto refused = Workspace::open(m_folder);
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &before) == 0);
        std::signal(SIGXFSZ, oldHandler);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
        QVERIFY(refused.error().message.contains(m_path));
        QVERIFY_OK(Workspace::open(m_folder));
    }

    void givesItsConnectionBack()
    {
        const qsizetype before = QSqlDatabase::connectionNames().size();
        {
            auto workspace = Workspace::open(m_folder);
            QVERIFY_OK(workspace);
            QCOMPARE(QSqlDatabase::connectionNames().size(), before + 1);
        }
        QCOMPARE(QSqlDatabase::connectionNames().size(), before);
    }

    void theDefaultFolderFollowsXdg()
    {
        QCOMPARE(Workspace::defaultFolder(), qEnvironmentVariable("XDG_DATA_HOME") + u"/latchkey"_s);
    }

private:
    std::unique_ptr<QTemporaryDir> m_home;
    QString m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
