// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secretstore.h"

#include <functional>

namespace latchkey {

/// Whether the keychain works, as last probed, and the person's word to do without it for now.
/// Every banner, field and status line about the keychain follows this one object.
class KeychainState : public QObject
{
    Q_OBJECT

public:
    enum class State { Checking, Ready, Locked, Unavailable, Silent, Failed };
    using Unlock = std::function<void(Continuation<>)>;

    /// `store` must outlive it. `unlock` opens the keychain and may prompt; `name` is what the
    /// platform calls its keychain.
    KeychainState(SecretStore &store, Unlock unlock, QString name, QObject *parent = nullptr);

    void probe();
    /// Opens the keychain, then probes it.
    void unlock();
    /// From now on new secrets stay in memory, until the keychain is ready again.
    void useSessionOnly();

    State state() const { return m_state; }
    bool isReady() const { return m_state == State::Ready; }
    bool isSessionOnly() const { return m_sessionOnly; }
    /// True while an unlock prompt may be open.
    bool isUnlocking() const { return m_unlocking; }
    const QString &name() const { return m_name; }

    /// "The keychain is locked."
    QString sentence() const;
    /// What that means, or how the library put it.
    QString detail() const;

signals:
    void changed();

private:
    void receive(const Result<> &result);

    SecretStore &m_store;
    Unlock m_unlock;
    QString m_name;
    State m_state = State::Checking;
    Error m_error{};
    bool m_sessionOnly = false;
    bool m_unlocking = false;
};

} // namespace latchkey
