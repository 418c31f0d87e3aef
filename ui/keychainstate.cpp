// SPDX-License-Identifier: GPL-3.0-or-later
#include "keychainstate.h"

namespace latchkey {

KeychainState::KeychainState(SecretStore &store, Unlock unlock, QString name, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_unlock(std::move(unlock))
    , m_name(std::move(name))
{
}

void KeychainState::probe()
{
    m_state = State::Checking;
    emit changed();
    m_store.probe(then(this, [this](const Result<> &result) { receive(result); }));
}

void KeychainState::unlock()
{
    if (m_unlocking)
        return;
    m_unlocking = true;
    emit changed();
    m_unlock(then(this, [this](const Result<> &result) {
        m_unlocking = false;
        if (result)
            probe();
        else
            receive(result);
    }));
}

void KeychainState::useSessionOnly()
{
    m_sessionOnly = true;
    emit changed();
}

void KeychainState::receive(const Result<> &result)
{
    if (result) {
        m_state = State::Ready;
        m_sessionOnly = false;
    } else {
        m_error = result.error();
        switch (m_error.kind) {
        case ErrorKind::KeychainLocked:
            m_state = State::Locked;
            break;
        case ErrorKind::KeychainUnavailable:
            m_state = State::Unavailable;
            break;
        case ErrorKind::KeychainTimeout:
            m_state = State::Silent;
            break;
        default:
            m_state = State::Failed;
        }
    }
    emit changed();
}

QString KeychainState::sentence() const
{
    switch (m_state) {
    case State::Checking:
        return tr("Checking the keychain…");
    case State::Ready:
        return tr("Keychain is ready.");
    case State::Locked:
        return tr("The keychain is locked.");
    case State::Unavailable:
        return tr("There is no keychain service.");
    case State::Silent:
        return tr("The keychain does not answer.");
    case State::Failed:
        return tr("The keychain does not work.");
    }
    return {};
}

QString KeychainState::detail() const
{
    if (m_sessionOnly)
        return tr("New secrets are kept in memory and are gone when Latchkey quits.");
    switch (m_state) {
    case State::Checking:
        return tr("Writing, reading and removing a test item.");
    case State::Ready:
        return tr("Secrets go to %1. Wrote, read and removed a test item.").arg(m_name);
    case State::Locked:
        return tr("Secrets cannot be read or saved until it is open.");
    case State::Unavailable:
        return tr("Secrets can be kept in memory, for this session only; nothing is written to a file.");
    case State::Silent:
        return tr("Secrets cannot be read or saved until it does.");
    case State::Failed:
        return m_error.message;
    }
    return {};
}

} // namespace latchkey
