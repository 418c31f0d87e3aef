// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandboxtenant.h"

#include "onelogin/credentialregister.h"
#include "store/workspace.h"

namespace latchkey {

using namespace Qt::StringLiterals;

SandboxTenant::SandboxTenant(CredentialRegister &credentials, SandboxGreeting greeting, QObject *parent)
    : QObject(parent)
    , m_credentials(credentials)
    , m_greeting(std::move(greeting))
{
}

bool SandboxTenant::failed(const Result<> &result)
{
    if (result)
        return false;
    finish(fail(result.error()));
    return true;
}

void SandboxTenant::finish(const Result<Tenant> &result)
{
    // Queued, because a workspace answers at once and a continuation must not.
    finishLater(*m_continuation, result);
}

void SandboxTenant::run(Continuation<Tenant> continuation)
{
    m_continuation = std::move(continuation);
    const Result<std::vector<Tenant>> tenants = m_credentials.workspace().tenants();
    if (!tenants) {
        finish(fail(tenants.error()));
        return;
    }
    for (const Tenant &tenant : *tenants) {
        if (!tenant.isBuiltIn)
            continue;
        m_former.push_back(tenant.id);
        if (const auto pairs = m_credentials.list(tenant.id))
            m_formerPairs.insert(m_formerPairs.end(), pairs->begin(), pairs->end());
    }
    removeFormer();
}

void SandboxTenant::removeFormer()
{
    if (!m_formerPairs.empty()) {
        const ApiCredential pair = m_formerPairs.front();
        m_formerPairs.pop_front();
        m_credentials.remove(pair, then(this, [this](const Result<> &result) {
                                 if (!failed(result))
                                     removeFormer();
                             }));
        return;
    }
    for (TenantId id : m_former) {
        if (failed(m_credentials.workspace().removeTenant(id)))
            return;
    }
    makeTenant();
}

void SandboxTenant::makeTenant()
{
    Workspace &workspace = m_credentials.workspace();
    Tenant wanted{
        .name = tr("Sandbox"), .baseUrl = m_greeting.url, .type = TenantType::Sandbox, .isBuiltIn = true};
    Result<Tenant> tenant = workspace.addTenant(wanted);
    if (!tenant && tenant.error().kind == ErrorKind::InvalidInput) { // somebody's own tenant has that name
        wanted.name = tr("Built-in sandbox");
        tenant = workspace.addTenant(wanted);
    }
    if (!tenant) {
        finish(tenant);
        return;
    }
    m_tenant = *tenant;
    addNext();
}

void SandboxTenant::addNext()
{
    if (m_next == m_greeting.credentials.size()) {
        finish(m_tenant);
        return;
    }
    const SandboxCredential given = m_greeting.credentials.at(m_next++);
    const CredentialDraft draft{.tenant = m_tenant.id,
                                .name = given.name,
                                .clientId = given.clientId,
                                .level = given.level,
                                .note = given.note,
                                .place = SecretPlace::Session};
    m_credentials.add(draft, given.secret, then(this, [this, given](const Result<ApiCredential> &added) {
                          if (added)
                              record(*added, given);
                          else
                              finish(fail(added.error()));
                      }));
}

void SandboxTenant::record(const ApiCredential &added, const SandboxCredential &given)
{
    if (given.state == CredentialState::Disabled && failed(m_credentials.setState(added.id, given.state)))
        return;
    // The sandbox says so, no token request did: hence no time of use.
    if (given.problem != CredentialProblem::None &&
        failed(m_credentials.markUsed(added.id, QDateTime(), given.problem)))
        return;
    addNext();
}

} // namespace latchkey
