// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/memorystore.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QRegularExpression>
#include <QSet>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

/// Keeps what it is told, but gives back something else.
class ForgetfulStore final : public SecretStore
{
public:
    void put(const QString &key, const Secret &secret, Continuation<> continuation) override
    {
        m_memory.put(key, secret, std::move(continuation));
    }
    void get(const QString &, Continuation<Secret> continuation) override
    {
        finishLater<Secret>(continuation, Secret::fromText(u"something else"_s));
    }
    void remove(const QString &key, Continuation<> continuation) override
    {
        removed.append(key);
        m_memory.remove(key, std::move(continuation));
    }

    QStringList removed;

private:
    MemoryStore m_memory;
};

} // namespace

class TestMemoryStore : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keepsReplacesAndRemoves()
    {
        MemoryStore store;
        const auto put = [&](const QString &text) {
            return waitFor([&](auto k) { store.put(u"a"_s, Secret::fromText(text), k); });
        };
        const auto get = [&] { return waitFor<Secret>([&](auto k) { store.get(u"a"_s, k); }); };
        QVERIFY_OK(put(u"one"_s));
        QVERIFY_OK(put(u"two"_s));
        const Result<Secret> found = get();
        QVERIFY_OK(found);
        QCOMPARE(found->revealed(), u"two"_s);
        QVERIFY_OK(waitFor([&](auto k) { store.remove(u"a"_s, k); }));
        const Result<Secret> gone = get();
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, ErrorKind::SecretMissing);
        QVERIFY_OK(waitFor([&](auto k) { store.remove(u"a"_s, k); }));
    }

    void doesNotCallBackOnceTheContextIsGone()
    {
        MemoryStore store;
        bool called = false;
        auto context = std::make_unique<QObject>();
        store.get(u"a"_s,
                  Continuation<Secret>(context.get(), [&called](const Result<Secret> &) { called = true; }));
        context.reset();
        QVERIFY_OK(waitFor([&](auto k) { store.remove(u"a"_s, k); }));
        QVERIFY(!called);
    }

    void probeSucceedsOnAStoreThatWorks()
    {
        MemoryStore store;
        QVERIFY_OK(waitFor([&](auto k) { store.probe(k); }));
    }

    void probeFindsAStoreThatGivesBackSomethingElseAndCleansUp()
    {
        ForgetfulStore store;
        const Result<void> probed = waitFor([&](auto k) { store.probe(k); });
        QVERIFY(!probed);
        QCOMPARE(probed.error().kind, ErrorKind::KeychainFailure);
        QCOMPARE(store.removed.size(), 1);
    }

    void keysAreOpaqueAndNeverTheSame()
    {
        static const QRegularExpression shape(u"^latchkey/[0-9a-f]{32}$"_s);
        QSet<QString> keys;
        for (int i = 0; i < 1000; ++i) {
            const QString key = newSecretKey();
            QVERIFY2(shape.match(key).hasMatch(), qPrintable(key));
            keys.insert(key);
        }
        QCOMPARE(keys.size(), 1000);
    }

    void aProbeEndsWithItsStore()
    {
        bool wasCalled = false;
        auto store = std::make_unique<MemoryStore>();
        store->probe(then(this, [&wasCalled](const Result<void> &) { wasCalled = true; }));
        store.reset();
        MemoryStore another; // whose probe takes as many turns of the event loop
        QVERIFY_OK(waitFor([&](auto k) { another.probe(k); }));
        QVERIFY(!wasCalled);
    }
};

QTEST_GUILESS_MAIN(TestMemoryStore)
#include "tst_memorystore.moc"
