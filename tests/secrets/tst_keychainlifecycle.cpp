// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychainstore.h"
#include "support/qtest_result.h"
#include "support/secretservice.h"
#include "support/waitfor.h"

#include <QLibrary>
#include <QProcess>
#include <QRegularExpression>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The person at the prompt: gcr's own scripted prompter, which gnome-keyring asks when told so.
class ScriptedPrompter
{
public:
    ScriptedPrompter()
        : m_library(u"gcr-base-3"_s, 1)
    {
        m_library.load();
        const auto start = function<const char *()>("gcr_mock_prompter_start");
        m_busName = start ? QString::fromUtf8(start()) : QString();
    }
    ~ScriptedPrompter()
    {
        if (!m_busName.isEmpty())
            function<void()>("gcr_mock_prompter_stop")();
    }
    ScriptedPrompter(const ScriptedPrompter &) = delete;
    ScriptedPrompter &operator=(const ScriptedPrompter &) = delete;

    QString busName() const { return m_busName; }
    void willType(const char *password)
    {
        function<void(const char *, const char *, ...)>("gcr_mock_prompter_expect_password_ok")(password,
                                                                                                nullptr);
    }
    void willCancel() { function<void()>("gcr_mock_prompter_expect_password_cancel")(); }
    bool hasMoreToDo() { return function<int()>("gcr_mock_prompter_is_expecting")() != 0; }

private:
    template<typename Signature>
    Signature *function(const char *name)
    {
        return reinterpret_cast<Signature *>(m_library.resolve(name));
    }

    QLibrary m_library;
    QString m_busName;
};

} // namespace

/// On a bus that starts no service by itself: this test starts, kills and restarts one.
class TestKeychainLifecycle : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_store = std::make_unique<KeychainStore>();
    }

    void cleanup()
    {
        if (m_daemon.state() == QProcess::NotRunning)
            return;
        m_daemon.kill();
        QVERIFY(m_daemon.waitForFinished());
        QTRY_VERIFY(!isRegistered());
    }

    void withoutAServiceThereIsNoKeychain()
    {
        const Result<Secret> found = get(u"latchkey/a"_s);
        QCOMPARE(kindOf(found), ErrorKind::KeychainUnavailable);
        QVERIFY(found.error().message.startsWith(u"No keychain service is running."_s));
        QCOMPARE(kindOf(put(u"latchkey/a"_s, u"s"_s)), ErrorKind::KeychainUnavailable);
        QCOMPARE(kindOf(waitFor([&](auto k) { m_store->remove(u"latchkey/a"_s, k); })),
                 ErrorKind::KeychainUnavailable);
        QCOMPARE(kindOf(unlock()), ErrorKind::KeychainUnavailable);
    }

    void aServiceWithoutAKeychainIsNotTakenForAnEmptyOne()
    {
        QVERIFY(startDaemon({u"--start"_s}, {}));
        const Result<Secret> found = get(u"latchkey/a"_s);
        QCOMPARE(kindOf(found), ErrorKind::KeychainLocked);
        QVERIFY2(found.error().message.contains(u"set up"_s), qPrintable(found.error().message));
        QCOMPARE(kindOf(put(u"latchkey/a"_s, u"s"_s)), ErrorKind::KeychainLocked);
    }

    void aKilledServiceIsGoneAndItsSecretsComeBackWithIt()
    {
        QVERIFY(startDaemon({u"--unlock"_s}, SecretServiceControl::kPassword));
        const QString key = newSecretKey();
        QVERIFY_OK(put(key, u"kept"_s));
        m_daemon.kill();
        QVERIFY(m_daemon.waitForFinished());
        QCOMPARE(kindOf(get(key)), ErrorKind::KeychainUnavailable);
        QCOMPARE(kindOf(put(key, u"changed"_s)), ErrorKind::KeychainUnavailable);

        QVERIFY(startDaemon({u"--unlock"_s}, SecretServiceControl::kPassword));
        const Result<Secret> found = get(key);
        QVERIFY_OK(found);
        QCOMPARE(found->revealed(), u"kept"_s);
    }

    void aServiceOpenedWithTheWrongPasswordIsLocked()
    {
        QVERIFY(startDaemon({u"--unlock"_s}, "not the password"));
        QCOMPARE(kindOf(get(newSecretKey())), ErrorKind::KeychainLocked);
    }

    void unlockAsksThePersonAndOpensTheKeychain()
    {
        ScriptedPrompter prompter;
        QVERIFY(!prompter.busName().isEmpty());
        QVERIFY(startDaemon({u"--unlock"_s}, SecretServiceControl::kPassword, prompter.busName()));
        const QString key = newSecretKey();
        QVERIFY_OK(put(key, u"kept"_s));
        QVERIFY(m_control.lock());
        QCOMPARE(kindOf(get(key)), ErrorKind::KeychainLocked);

        prompter.willType(SecretServiceControl::kPassword);
        QVERIFY_OK(unlock());
        QVERIFY(!prompter.hasMoreToDo());
        QCOMPARE(get(key)->revealed(), u"kept"_s);
    }

    void unlockThatThePersonCancelsLeavesItLocked()
    {
        ScriptedPrompter prompter;
        QVERIFY(startDaemon({u"--unlock"_s}, SecretServiceControl::kPassword, prompter.busName()));
        QVERIFY(m_control.lock());
        prompter.willCancel();
        QCOMPARE(kindOf(unlock()), ErrorKind::KeychainLocked);
        QVERIFY(!prompter.hasMoreToDo());
        QVERIFY(m_control.isLocked());
    }

    void unlockWithoutAnyoneToAskFails()
    {
        QVERIFY(startDaemon({u"--unlock"_s}, SecretServiceControl::kPassword));
        QVERIFY(m_control.lock());
        QCOMPARE(kindOf(unlock()), ErrorKind::KeychainLocked);
    }

    void anUnansweredPromptTimesOutAndHoldsUpNothing()
    {
        // With an empty name the service waits for a prompter that never comes.
        QVERIFY(startDaemon({u"--unlock"_s}, SecretServiceControl::kPassword, u""_s));
        const QString key = newSecretKey();
        QVERIFY_OK(put(key, u"kept"_s));
        QVERIFY(m_control.lock());
        m_store->setTimeout(200ms);
        QCOMPARE(kindOf(unlock()), ErrorKind::KeychainTimeout);

        m_store->setTimeout(10s);
        QVERIFY(kindOf(get(key)) == ErrorKind::KeychainLocked);
        QVERIFY(m_control.unlock());
        const Result<Secret> found = get(key);
        QVERIFY_OK(found);
        QCOMPARE(found->revealed(), u"kept"_s);
    }

private:
    bool isRegistered() const
    {
        return QDBusConnection::sessionBus().interface()->isServiceRegistered(u"org.freedesktop.secrets"_s);
    }

    bool startDaemon(const QStringList &arguments, const QByteArray &password,
                     const std::optional<QString> &prompter = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (prompter)
            environment.insert(u"GNOME_KEYRING_TEST_PROMPTER"_s, *prompter);
        m_daemon.setProcessEnvironment(environment);
        m_daemon.start(u"gnome-keyring-daemon"_s,
                       QStringList{u"--foreground"_s, u"--components=secrets"_s} + arguments);
        m_daemon.write(password);
        m_daemon.closeWriteChannel();
        return QTest::qWaitFor([this] { return isRegistered(); }, 10'000);
    }

    Result<void> put(const QString &key, const QString &text)
    {
        return waitFor([&](auto k) { m_store->put(key, Secret::fromText(text), k); });
    }
    Result<Secret> get(const QString &key)
    {
        return waitFor<Secret>([&](auto k) { m_store->get(key, k); });
    }
    Result<void> unlock()
    {
        return waitFor([&](auto k) { m_store->unlock(k); });
    }
    template<typename T>
    static std::optional<ErrorKind> kindOf(const Result<T> &result)
    {
        return result ? std::nullopt : std::optional(result.error().kind);
    }

    SecretServiceControl m_control;
    QProcess m_daemon;
    std::unique_ptr<KeychainStore> m_store;
};

QTEST_GUILESS_MAIN(TestKeychainLifecycle)
#include "tst_keychainlifecycle.moc"
