// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"
#include "sandboxhost.h"

#include <QObject>

#include <memory>

namespace latchkey {

class CredentialRegister;

/// The way into a sandbox: starts it and makes its tenant.
class SandboxEntry final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    SandboxEntry(SandboxHost &host, CredentialRegister &credentials, QObject *parent = nullptr);

    void start();
    /// Nothing more is heard of it; the sandbox goes on.
    void leave();
    bool isUnderWay() const { return m_context != nullptr; }
    /// Of the sandbox that was started last.
    const SandboxHints &hints() const { return m_hints; }

signals:
    /// While it is still under way, as with failed().
    void entered(const latchkey::Tenant &tenant);
    void failed(const latchkey::Error &error);

private:
    void makeTenant(const SandboxGreeting &greeting);

    SandboxHost &m_host;
    CredentialRegister &m_credentials;
    SandboxHints m_hints;
    std::unique_ptr<QObject> m_context; ///< of a start under way
};

} // namespace latchkey
