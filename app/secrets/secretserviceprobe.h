// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/continuation.h"

#include <QDBusMessage>
#include <QDBusVariant>

#include <optional>

namespace latchkey {

/// Asks the Secret Service itself what QtKeychain does not tell: is it there, is its default
/// collection open? Asynchronous; a service that does not answer never calls back, so the caller
/// keeps the deadline.
class SecretServiceProbe : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Success: the default collection exists and is open. Never prompts. KeychainLocked also where
    /// there is no default collection: KeePassXC has none while its database is closed, so "nothing
    /// is stored there" would be a guess.
    void checkOpen(Continuation<> continuation);
    /// Opens the default collection, or makes one; the service prompts. One at a time.
    void unlock(Continuation<> continuation);
    /// Stops waiting for the prompt, which stays: dismissing it can crash gnome-keyring 42.
    void forgetPrompt();
    /// The bus name of the process that answered last; another one after the service was restarted.
    QString owner() const { return m_owner; }

private slots:
    void onPromptCompleted(bool dismissed, const QDBusVariant &result);

private:
    void call(const QDBusMessage &message, Continuation<QDBusMessage> continuation);
    void readDefaultCollection(Continuation<QString> continuation);
    void showPrompt(const QString &path, Continuation<> continuation);

    QString m_owner;
    QString m_prompt;
    std::optional<Continuation<>> m_prompted;
};

} // namespace latchkey
