// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"
#include "sandboxhost.h"

#include <deque>

namespace latchkey {

class CredentialRegister;

/// Enters a fresh sandbox into the workspace: former sandbox tenants leave with their pairs, a new
/// tenant comes with the pairs of the greeting, their secrets in memory alone. Deleting it cancels.
class SandboxTenant : public QObject
{
    Q_OBJECT

public:
    /// `credentials` must outlive it.
    SandboxTenant(CredentialRegister &credentials, SandboxGreeting greeting, QObject *parent = nullptr);

    /// To be called once.
    void run(Continuation<Tenant> continuation);

private:
    void removeFormer();
    void makeTenant();
    void addNext();
    void record(const ApiCredential &added, const SandboxCredential &given);
    bool failed(const Result<> &result);
    void finish(const Result<Tenant> &result);

    CredentialRegister &m_credentials;
    std::optional<Continuation<Tenant>> m_continuation;
    SandboxGreeting m_greeting;
    std::deque<TenantId> m_former;
    std::deque<ApiCredential> m_formerPairs;
    Tenant m_tenant{};
    size_t m_next = 0;
};

} // namespace latchkey
