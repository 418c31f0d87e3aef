// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secretstore.h"

#include <QHash>

namespace latchkey {

/// A keychain that can be locked, loses what it is told to lose and fails at the n-th operation.
class FakeKeychain final : public SecretStore
{
public:
    void put(const QString &key, const Secret &secret, Continuation<> continuation) override
    {
        if (const std::optional<Error> error = nextError()) {
            if (storesBeforeItFails)
                secrets.insert(key, secret);
            return finishLater<void>(continuation, fail(*error));
        }
        secrets.insert(key, secret);
        finishLater<void>(continuation, {});
    }
    void get(const QString &key, Continuation<Secret> continuation) override
    {
        if (const std::optional<Error> error = nextError())
            return finishLater<Secret>(continuation, fail(*error));
        if (!secrets.contains(key))
            return finishLater<Secret>(continuation,
                                       fail(ErrorKind::SecretMissing, QStringLiteral("missing")));
        finishLater<Secret>(continuation, secrets.value(key));
    }
    void remove(const QString &key, Continuation<> continuation) override
    {
        if (const std::optional<Error> error = nextError())
            return finishLater<void>(continuation, fail(*error));
        secrets.remove(key);
        finishLater<void>(continuation, {});
    }

    QHash<QString, Secret> secrets;
    int failFrom = -1; ///< the first operation that fails, counted from now; -1: none
    ErrorKind failure = ErrorKind::KeychainLocked;
    bool storesBeforeItFails = false;

private:
    std::optional<Error> nextError()
    {
        if (failFrom < 0)
            return std::nullopt;
        if (failFrom > 0) {
            --failFrom;
            return std::nullopt;
        }
        return Error{.kind = failure, .message = QStringLiteral("refused by the test")};
    }
};

} // namespace latchkey
