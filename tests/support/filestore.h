// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secretstore.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace latchkey {

/// A keychain that outlives the program that is killed, for tests alone: a plain file.
class FileStore : public SecretStore
{
public:
    explicit FileStore(QString path)
        : m_path(std::move(path))
    {
    }

    void put(const QString &key, const Secret &secret, Continuation<> continuation) override
    {
        QJsonObject all = read();
        all.insert(key, secret.revealed());
        finishLater<void>(continuation, write(all));
    }
    void get(const QString &key, Continuation<Secret> continuation) override
    {
        const QJsonValue found = read().value(key);
        if (found.isString())
            finishLater<Secret>(continuation, Secret::fromText(found.toString()));
        else
            finishLater<Secret>(continuation, fail(ErrorKind::SecretMissing, QStringLiteral("missing")));
    }
    void remove(const QString &key, Continuation<> continuation) override
    {
        QJsonObject all = read();
        all.remove(key);
        finishLater<void>(continuation, write(all));
    }
    QStringList keys() const { return read().keys(); }

private:
    QJsonObject read() const
    {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    }
    Result<void> write(const QJsonObject &all) const
    {
        QSaveFile file(m_path);
        if (file.open(QIODevice::WriteOnly))
            file.write(QJsonDocument(all).toJson());
        if (!file.commit())
            return fail(ErrorKind::KeychainFailure, file.errorString());
        return {};
    }

    QString m_path;
};

} // namespace latchkey
