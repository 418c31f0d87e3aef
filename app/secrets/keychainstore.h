// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secretstore.h"

#include <chrono>
#include <deque>
#include <functional>

namespace latchkey {

/// The OS keychain through QtKeychain, whose answers are not taken at their word: see
/// keychainstore.cpp. One operation runs at a time, each with a deadline of its own.
class KeychainStore final : public SecretStore
{
    Q_OBJECT

public:
    explicit KeychainStore(QObject *parent = nullptr);
    ~KeychainStore() override;

    void put(const QString &key, const Secret &secret, Continuation<> continuation) override;
    void get(const QString &key, Continuation<Secret> continuation) override;
    void remove(const QString &key, Continuation<> continuation) override;

    /// Asks the service to open the keychain; the desktop's own prompt appears.
    void unlock(Continuation<> continuation);

    /// How long one operation may take before it fails with KeychainTimeout. 10 s at first; what a
    /// person answers (an unlock prompt) has six times as long.
    void setTimeout(std::chrono::milliseconds timeout);

    /// What the platform calls its keychain: "Secret Service", "Keychain", "Credential Manager".
    static QString serviceName();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
