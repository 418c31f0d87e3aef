// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"
#include "support/sandboxprocess.h"
#include "support/secretservice.h"

#include <QJsonArray>
#include <QTemporaryDir>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The real latchkey-cli with a real keychain: open, locked, and away.
class TestCliKeychain : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void usesACredentialOfTheKeychain();
    void saysThatTheKeychainIsLocked();
    void saysThatThereIsNoKeychain();
    void tellsAMissingSecretFromALockedKeychain();
    void refusesANameInUseAndKeepsTheFirst();
    void removesTheSecretsWithTheTenant();

private:
    CliRun run(const QString &words, const QByteArray &input = {}, const CliEnvironment &environment = {})
    {
        return runCli(words.split(u' ') + QStringList{u"--data-dir"_s, m_folder->path(), u"--tenant"_s,
                                                      u"sandbox"_s, u"--json"_s, u"--no-input"_s},
                      environment, input);
    }
    CliRun add(const QString &name, const SandboxProcess::Credential &pair)
    {
        return run(u"credentials add %1 --client-id %2 --secret-stdin"_s.arg(name, pair.clientId),
                   pair.clientSecret.toUtf8() + '\n');
    }
    static QString message(const CliRun &run) { return run.json()["error"_L1]["message"_L1].toString(); }
    static QString kind(const CliRun &run) { return run.json()["error"_L1]["kind"_L1].toString(); }

    SandboxProcess m_sandbox;
    SandboxProcess::Credential m_admin;
    std::unique_ptr<QTemporaryDir> m_folder;
    SecretServiceControl m_service;
};

void TestCliKeychain::initTestCase()
{
    QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
    m_admin = m_sandbox.credential(u"grants-admin");
    QVERIFY(!m_admin.clientSecret.isEmpty());
}

void TestCliKeychain::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    const CliRun added = runCli({u"tenants"_s, u"add"_s, u"sandbox"_s, m_sandbox.url().toString(),
                                 u"--type"_s, u"sandbox"_s, u"--data-dir"_s, m_folder->path()});
    QVERIFY2(added.code == 0, added.all().constData());
    const CliRun kept = add(u"grants-admin"_s, m_admin);
    QVERIFY2(kept.code == 0, kept.all().constData());
    QCOMPARE(kept.json()["credential"_L1]["kept_in"_L1].toString(), u"keychain"_s);
}

void TestCliKeychain::usesACredentialOfTheKeychain()
{
    const CliRun token = run(u"token get --credential grants-admin"_s);
    QVERIFY2(token.code == 0, token.all().constData());
    QVERIFY(!token.json()["access_token"_L1].toString().isEmpty());
    const CliRun servers = run(u"servers list --credential grants-admin"_s);
    QVERIFY2(servers.code == 0, servers.all().constData());
    QVERIFY(servers.json()["servers"_L1].toArray().size() >= 5);
    const CliRun list = run(u"credentials list"_s);
    QCOMPARE(list.code, 0);
    const QJsonValue known = list.json()["credentials"_L1][0];
    QCOMPARE(known["name"_L1].toString(), u"grants-admin"_s);
    QCOMPARE(known["client_id"_L1].toString(), m_admin.clientId);
    QVERIFY(!known["secret_missing"_L1].toBool(true));
    QCOMPARE(run(u"token get --credential nobody"_s).code, 1);
}

void TestCliKeychain::saysThatTheKeychainIsLocked()
{
    QVERIFY(m_service.lock());
    const CliRun token = run(u"token get --credential grants-admin"_s);
    const CliRun another = add(u"directory-sync"_s, m_admin);
    const CliRun list = run(u"credentials list"_s);
    QVERIFY(m_service.unlock());
    for (const CliRun &locked : {token, another}) {
        QVERIFY2(locked.code == 4, locked.all().constData());
        QCOMPARE(kind(locked), u"keychain_locked"_s);
        QCOMPARE(message(locked), u"The keychain is locked."_s);
        QVERIFY(locked.err.contains("The keychain is locked."));
        QVERIFY(!locked.all().contains(m_admin.clientSecret.toUtf8()));
    }
    QCOMPARE(list.code, 0); // the names are not in the keychain
    QCOMPARE(list.json()["credentials"_L1].toArray().size(), 1);
    QVERIFY(!list.json()["credentials"_L1][0]["secret_missing"_L1].toBool(true));
    QCOMPARE(run(u"token get --credential grants-admin"_s).code, 0);
}

void TestCliKeychain::saysThatThereIsNoKeychain()
{
    const CliEnvironment noBus{{u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s}};
    const CliRun token = run(u"token get --credential grants-admin"_s, {}, noBus);
    QVERIFY2(token.code == 4, token.all().constData());
    QCOMPARE(kind(token), u"keychain_unavailable"_s);
    QVERIFY(!message(token).contains("locked"_L1));
    const CliRun list = run(u"credentials list"_s, {}, noBus);
    QCOMPARE(list.code, 0);
    QVERIFY(!list.json()["credentials"_L1][0]["secret_missing"_L1].toBool(true));
}

void TestCliKeychain::tellsAMissingSecretFromALockedKeychain()
{
    const qsizetype before = m_service.itemCount();
    QVERIFY(before > 0);
    QCOMPARE(QProcess::execute(u"secret-tool"_s, {u"clear"_s, u"server"_s, u"latchkey"_s}), 0);
    const CliRun token = run(u"token get --credential grants-admin"_s);
    QVERIFY2(token.code == 4, token.all().constData());
    QCOMPARE(kind(token), u"secret_missing"_s);
    const CliRun list = run(u"credentials list"_s);
    QVERIFY(list.json()["credentials"_L1][0]["secret_missing"_L1].toBool());
}

void TestCliKeychain::refusesANameInUseAndKeepsTheFirst()
{
    const qsizetype before = m_service.itemCount();
    SandboxProcess::Credential other = m_admin;
    other.clientSecret = u"another-secret-1"_s;
    const CliRun again = add(u"grants-admin"_s, other);
    QCOMPARE(again.code, 1);
    QCOMPARE(m_service.itemCount(), before);
    QCOMPARE(run(u"token get --credential grants-admin"_s).code, 0);
}

void TestCliKeychain::removesTheSecretsWithTheTenant()
{
    const qsizetype before = m_service.itemCount();
    const QStringList remove{u"tenants"_s, u"remove"_s, u"sandbox"_s, u"--data-dir"_s, m_folder->path()};
    QVERIFY(m_service.lock());
    const CliRun locked = runCli(remove);
    const qsizetype whileLocked = m_service.itemCount();
    QVERIFY(m_service.unlock());
    QCOMPARE(locked.code, 4);
    QCOMPARE(whileLocked, before);
    QCOMPARE(run(u"credentials list"_s).json()["credentials"_L1].toArray().size(), 1);
    const CliRun removed = runCli(remove);
    QVERIFY2(removed.code == 0, removed.all().constData());
    QCOMPARE(m_service.itemCount(), before - 1);
}

QTEST_GUILESS_MAIN(TestCliKeychain)
#include "tst_clikeychain.moc"
