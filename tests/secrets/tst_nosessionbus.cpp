// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychainstore.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QRegularExpression>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// Without a session bus.
class TestNoSessionBus : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyOperationSaysThatThereIsNoKeychain()
    {
        KeychainStore store;
        const auto isUnavailable = [](const auto &result) {
            return !result && result.error().kind == ErrorKind::KeychainUnavailable &&
                   result.error().message.startsWith(u"No keychain service is running."_s);
        };
        QVERIFY(isUnavailable(waitFor<Secret>([&](auto k) { store.get(u"latchkey/a"_s, k); })));
        QVERIFY(
            isUnavailable(waitFor([&](auto k) { store.put(u"latchkey/a"_s, Secret::fromText(u"s"), k); })));
        QVERIFY(isUnavailable(waitFor([&](auto k) { store.remove(u"latchkey/a"_s, k); })));
        QVERIFY(isUnavailable(waitFor([&](auto k) { store.unlock(k); })));
        QVERIFY(isUnavailable(waitFor([&](auto k) { store.probe(k); })));
    }
};

QTEST_GUILESS_MAIN(TestNoSessionBus)
#include "tst_nosessionbus.moc"
