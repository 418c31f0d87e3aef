// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/secretstore.h"

#include <QRandomGenerator>

#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

QString newSecretKey()
{
    std::array<quint32, 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
    const auto bytes = QByteArray::fromRawData(reinterpret_cast<const char *>(random.data()), sizeof(random));
    return "latchkey/"_L1 + QLatin1StringView(bytes.toHex());
}

void SecretStore::probe(Continuation<> continuation)
{
    probe(newSecretKey(), std::move(continuation));
}

void SecretStore::probe(const QString &key, Continuation<> continuation)
{
    const Secret sample = Secret::fromText(u"test item of Latchkey"_s);
    put(key, sample, then(this, [this, key, sample, continuation](const Result<void> &stored) {
            if (!stored)
                return continuation(stored);
            get(key, then(this, [this, key, sample, continuation](Result<Secret> found) {
                    if (found && !(*found == sample))
                        found = fail(ErrorKind::KeychainFailure,
                                     tr("The keychain gave back something else than was stored."));
                    // The test item goes in any case; the first thing that was wrong is what counts.
                    remove(key, then(this, [found, continuation](Result<void> removed) {
                               continuation(found ? removed : Result<void>(fail(found.error())));
                           }));
                }));
        }));
}

} // namespace latchkey
