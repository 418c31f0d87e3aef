// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychainstore.h"
#include "support/qtest_result.h"
#include "support/secretservice.h"
#include "support/waitfor.h"

#include <QRegularExpression>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Against a real gnome-keyring that is open at the start and may be activated again by the bus.
class TestKeychainStore : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(!m_control.isLocked()); }

    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_store = std::make_unique<KeychainStore>();
    }

    void cleanup()
    {
        if (m_control.isLocked())
            QVERIFY(m_control.unlock());
    }

    void givesBackTheVeryBytes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QByteArray all;
        for (int i = 0; i < 256; ++i)
            all.append(static_cast<char>(i));
        QTest::newRow("plain") << QByteArray("s3cret");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("NUL inside") << QByteArray("a\0b", 3);
        QTest::newRow("only NUL") << QByteArray("\0", 1);
        QTest::newRow("line end at the end") << QByteArray("s3cret\n");
        QTest::newRow("white space around") << QByteArray(" \t s3cret \r\n");
        QTest::newRow("every byte") << all;
        QTest::newRow("no UTF-8") << QByteArray("\xff\xfe\xc3\x28");
        QTest::newRow("base64 look-alike") << QByteArray("czNjcmV0Cg==");
        QTest::newRow("right-to-left and emoji")
            << QByteArray("\u202eabc\u202d \U0001F469\u200D\U0001F52C \u05D0");
        QTest::newRow("markup and quotes") << QByteArray("<b>\"'`; DROP TABLE users; -- ${HOME} %s%n");
        QTest::newRow("200 kB") << QByteArray(200'000, 'x');
    }
    void givesBackTheVeryBytes()
    {
        QFETCH(QByteArray, bytes);
        const QString key = newSecretKey();
        QVERIFY_OK(put(key, bytes));
        const Result<Secret> found = get(key);
        QVERIFY_OK(found);
        QCOMPARE(found->bytes().toByteArray(), bytes);
        QVERIFY_OK(remove(key));
        QCOMPARE(kindOf(get(key)), ErrorKind::SecretMissing);
    }

    void replacesWithoutASecondItem()
    {
        const QString key = newSecretKey();
        QVERIFY_OK(put(key, "one"));
        const qsizetype before = m_control.itemCount();
        QVERIFY_OK(put(key, "two"));
        QCOMPARE(m_control.itemCount(), before);
        QCOMPARE(get(key)->revealed(), u"two"_s);
        QVERIFY_OK(remove(key));
        QCOMPARE(m_control.itemCount(), before - 1);
    }

    void anotherStoreReadsWhatOneWrote()
    {
        const QString key = newSecretKey();
        QVERIFY_OK(put(key, "shared"));
        m_store = std::make_unique<KeychainStore>();
        QCOMPARE(get(key)->revealed(), u"shared"_s);
        QVERIFY_OK(remove(key));
    }

    void saysMissingOnlyOfAnOpenKeychain()
    {
        const Result<Secret> found = get(newSecretKey());
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::SecretMissing);
        QVERIFY_OK(remove(newSecretKey()));
    }

    void probeWorksAndLeavesNothing()
    {
        const qsizetype before = m_control.itemCount();
        QVERIFY_OK(waitFor([&](auto k) { m_store->probe(k); }));
        QCOMPARE(m_control.itemCount(), before);
    }

    void aLockedKeychainIsLockedAndNothingChanges()
    {
        const QString key = newSecretKey();
        QVERIFY_OK(put(key, "kept"));
        const qsizetype before = m_control.itemCount();
        QVERIFY(m_control.lock());

        const Result<Secret> found = get(key);
        QCOMPARE(kindOf(found), ErrorKind::KeychainLocked);
        QCOMPARE(found.error().message, u"The keychain is locked."_s);
        QCOMPARE(kindOf(get(newSecretKey())), ErrorKind::KeychainLocked);
        QCOMPARE(kindOf(put(key, "changed")), ErrorKind::KeychainLocked);
        QCOMPARE(kindOf(put(newSecretKey(), "new")), ErrorKind::KeychainLocked);
        QCOMPARE(kindOf(remove(key)), ErrorKind::KeychainLocked);
        QCOMPARE(kindOf(waitFor([&](auto k) { m_store->probe(k); })), ErrorKind::KeychainLocked);
        QVERIFY(m_control.isLocked());

        QVERIFY(m_control.unlock());
        QCOMPARE(m_control.itemCount(), before);
        QCOMPARE(get(key)->revealed(), u"kept"_s);
        QVERIFY_OK(remove(key));
    }

    void unlockOfAnOpenKeychainSucceedsAtOnce()
    {
        QVERIFY_OK(waitFor([&](auto k) { m_store->unlock(k); }));
    }

    void operationsRunInTheOrderTheyWereAskedFor()
    {
        const QString key = newSecretKey();
        QObject context;
        QStringList seen;
        const auto note = [&](const QString &what) {
            return then(&context,
                        [&seen, what](const Result<void> &result) { seen << (result ? what : u"failed"_s); });
        };
        m_store->put(key, Secret::fromText(u"one"), note(u"put one"_s));
        m_store->put(key, Secret::fromText(u"two"), note(u"put two"_s));
        m_store->get(key, then(&context, [&seen](const Result<Secret> &found) {
                         seen << (found ? found->revealed() : u"failed"_s);
                     }));
        m_store->remove(key, note(u"removed"_s));
        QVERIFY(seen.isEmpty());
        const QStringList expected{u"put one"_s, u"put two"_s, u"two"_s, u"removed"_s};
        QTRY_COMPARE(seen, expected);
    }

    void aDestroyedStoreCallsNobody()
    {
        QObject context;
        bool called = false;
        m_store->get(newSecretKey(),
                     Continuation<Secret>(&context, [&](const Result<Secret> &) { called = true; }));
        QCoreApplication::processEvents();
        m_store.reset();
        m_store = std::make_unique<KeychainStore>();
        QCOMPARE(kindOf(get(newSecretKey())), ErrorKind::SecretMissing);
        QVERIFY(!called);
    }

    void aCallerThatIsGoneWhileWaitingIsSkipped()
    {
        const QString key = newSecretKey();
        auto context = std::make_unique<QObject>();
        QObject other;
        m_store->get(key, then(&other, [](const Result<Secret> &) {}));
        m_store->put(key, Secret::fromText(u"unwanted"), then(context.get(), [](const Result<void> &) {}));
        context.reset();
        QCOMPARE(kindOf(get(key)), ErrorKind::SecretMissing);
    }

    void aServiceThatHangsTimesOutAndWorksAgainAfterwards()
    {
        const QString key = newSecretKey();
        QVERIFY_OK(put(key, "kept"));
        m_store->setTimeout(300ms);
        QVERIFY(m_control.stop());
        const Result<Secret> found = get(key);
        const Result<void> written = put(key, "changed");
        const Result<void> removed = remove(key);
        QVERIFY(m_control.resume());
        QCOMPARE(kindOf(found), ErrorKind::KeychainTimeout);
        QCOMPARE(kindOf(written), ErrorKind::KeychainTimeout);
        QCOMPARE(kindOf(removed), ErrorKind::KeychainTimeout);

        m_store->setTimeout(10s);
        const Result<Secret> again = get(key);
        QVERIFY_OK(again);
        QCOMPARE(again->revealed(), u"kept"_s);
        QVERIFY_OK(remove(key));
    }

    void aJobThatHangsFailsLaterOperationsAtOnceUntilItReturns()
    {
        const QString key = newSecretKey();
        QVERIFY_OK(put(key, QByteArray(200'000, 'x')));
        // Stopped a little later each time, until it is QtKeychain's job that hangs.
        Result<Secret> later;
        for (int delay = 5; delay < 200 && !saysEarlierRequest(later); delay += 5) {
            m_store->setTimeout(200ms);
            QObject context;
            std::optional<Result<Secret>> first;
            m_store->get(key, then(&context, [&first](const Result<Secret> &found) { first = found; }));
            QTest::qWait(delay);
            QVERIFY(m_control.stop());
            QTRY_VERIFY(first);
            later = get(key);
            QVERIFY(m_control.resume());
            QCOMPARE(kindOf(later), ErrorKind::KeychainTimeout);
            m_store->setTimeout(10s);
            QTRY_VERIFY_WITH_TIMEOUT(get(key), 10'000);
        }
        QVERIFY(saysEarlierRequest(later));
        QVERIFY_OK(remove(key));
    }

    void aServiceThatIsKilledComesBackLockedAndLosesNothing()
    {
        const QString key = newSecretKey();
        QVERIFY_OK(put(key, "kept"));
        QVERIFY(m_control.kill());
        // The bus starts another one, which nobody has opened yet; a call that was on its way just
        // then may also hear that the service is gone.
        const auto kind = [&] { return kindOf(get(key)); };
        QVERIFY(kind() != ErrorKind::SecretMissing);
        QTRY_COMPARE(kind(), ErrorKind::KeychainLocked);
        QVERIFY(m_control.unlock());
        const Result<Secret> found = get(key);
        QVERIFY_OK(found);
        QCOMPARE(found->revealed(), u"kept"_s);
    }

private:
    Result<void> put(const QString &key, const QByteArray &bytes)
    {
        return waitFor([&](auto k) { m_store->put(key, Secret::copyOf(bytes), k); });
    }
    Result<Secret> get(const QString &key)
    {
        return waitFor<Secret>([&](auto k) { m_store->get(key, k); });
    }
    Result<void> remove(const QString &key)
    {
        return waitFor([&](auto k) { m_store->remove(key, k); });
    }
    static bool saysEarlierRequest(const Result<Secret> &result)
    {
        return !result && result.error().detail == u"The keychain has not answered an earlier request yet."_s;
    }
    template<typename T>
    static std::optional<ErrorKind> kindOf(const Result<T> &result)
    {
        return result ? std::nullopt : std::optional(result.error().kind);
    }

    SecretServiceControl m_control;
    std::unique_ptr<KeychainStore> m_store;
};

QTEST_GUILESS_MAIN(TestKeychainStore)
#include "tst_keychainstore.moc"
