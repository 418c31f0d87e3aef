// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secretstore.h"

#include <QDir>
#include <QFile>

#include <functional>

namespace latchkey {

/// A keychain in a folder, so that it outlives a process; fails at the n-th operation, or does something else
/// there.
class FakeKeychain final : public SecretStore
{
public:
    explicit FakeKeychain(const QString &folder)
        : m_folder(folder)
    {
    }

    void put(const QString &key, const Secret &secret, Continuation<> continuation) override
    {
        const std::optional<Error> error = next();
        if (!error || storesBeforeItFails) {
            QFile file(pathOf(key));
            if (file.open(QIODevice::WriteOnly))
                file.write(secret.bytes().data(), secret.size());
        }
        if (afterPut)
            afterPut();
        finishLater<void>(continuation, error ? Result<void>(fail(*error)) : Result<void>());
    }
    void get(const QString &key, Continuation<Secret> continuation) override
    {
        if (const std::optional<Error> error = next())
            return finishLater<Secret>(continuation, fail(*error));
        QFile file(pathOf(key));
        if (!file.open(QIODevice::ReadOnly))
            return finishLater<Secret>(continuation,
                                       fail(ErrorKind::SecretMissing, QStringLiteral("missing")));
        finishLater<Secret>(continuation, Secret::copyOf(file.readAll()));
    }
    void remove(const QString &key, Continuation<> continuation) override
    {
        if (const std::optional<Error> error = next())
            return finishLater<void>(continuation, fail(*error));
        QFile::remove(pathOf(key));
        finishLater<void>(continuation, {});
    }

    qsizetype count() const { return QDir(m_folder).entryList(QDir::Files).size(); }

    int failFrom = -1;  ///< the first operation that fails, counted from now; -1: none
    int failCount = -1; ///< how many fail; -1: all further ones
    ErrorKind failure = ErrorKind::KeychainLocked;
    bool storesBeforeItFails = false;
    std::function<void()> beforeEach{};
    std::function<void()> afterPut{};

private:
    QString pathOf(const QString &key) const
    {
        return QDir(m_folder).filePath(QString(key).replace(QLatin1Char('/'), QLatin1Char('-')));
    }
    std::optional<Error> next()
    {
        if (beforeEach)
            beforeEach();
        if (failFrom < 0 || failFrom-- > 0 || failCount == 0)
            return std::nullopt;
        failFrom = 0;
        if (failCount > 0)
            --failCount;
        return Error{.kind = failure, .message = QStringLiteral("refused by the test")};
    }

    QString m_folder;
};

} // namespace latchkey
