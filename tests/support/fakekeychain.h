// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secretstore.h"

#include <QHash>

#include <functional>

namespace latchkey {

/// A keychain in memory that can be locked, loses what it is told to lose and fails at the n-th operation.
class FakeKeychain final : public SecretStore
{
public:
    void put(const QString &key, const Secret &secret, Continuation<> continuation) override
    {
        const std::optional<Error> error = nextError();
        if (!error || storesBeforeItFails)
            secrets.insert(key, secret);
        if (afterPut)
            afterPut();
        finishLater<void>(continuation, error ? Result<void>(fail(*error)) : Result<void>());
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

    void failWith(ErrorKind kind)
    {
        failure = kind;
        failFrom = 0;
    }
    void work() { failFrom = -1; }

    QHash<QString, Secret> secrets;
    int failFrom = -1;  ///< the first operation that fails, counted from now; -1: none
    int failCount = -1; ///< how many fail; -1: all further ones
    ErrorKind failure = ErrorKind::KeychainLocked;
    bool storesBeforeItFails = false;
    std::function<void()> beforeEach{};
    std::function<void()> afterPut{};

private:
    std::optional<Error> nextError()
    {
        if (beforeEach)
            beforeEach();
        if (failFrom < 0 || failCount == 0)
            return std::nullopt;
        if (failFrom > 0) {
            --failFrom;
            return std::nullopt;
        }
        if (failCount > 0)
            --failCount;
        return Error{.kind = failure, .message = QStringLiteral("refused by the test")};
    }
};

} // namespace latchkey
