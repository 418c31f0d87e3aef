// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandboxentry.h"

#include "onelogin/credentialregister.h"
#include "sandboxtenant.h"

namespace latchkey {

SandboxEntry::SandboxEntry(SandboxHost &host, CredentialRegister &credentials, QObject *parent)
    : QObject(parent)
    , m_host(host)
    , m_credentials(credentials)
{
}

void SandboxEntry::start()
{
    m_context = std::make_unique<QObject>();
    m_host.start(then(m_context.get(), [this](const Result<SandboxGreeting> &greeting) {
        if (greeting)
            makeTenant(*greeting);
        else
            emit failed(greeting.error());
    }));
}

void SandboxEntry::makeTenant(const SandboxGreeting &greeting)
{
    m_hints = greeting.hints;
    auto *tenant = new SandboxTenant(m_credentials, greeting, m_context.get());
    tenant->run(then(m_context.get(), [this](const Result<Tenant> &made) {
        if (made)
            emit entered(*made);
        else
            emit failed(made.error());
    }));
}

void SandboxEntry::leave()
{
    m_context.reset();
}

} // namespace latchkey
