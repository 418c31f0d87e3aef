// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/sandboxportal.h"
#include "onelogin/session.h"
#include "onelogin/unfinishedwork.h"
#include "secrets/memorystore.h"
#include "store/workspace.h"
#include "support/fakeclock.h"
#include "support/fakekeychain.h"
#include "support/faultproxy.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QTemporaryDir>

namespace latchkey {

/// All that a person sits at: a real sandbox behind a fault proxy, a workspace, a keychain, one open
/// session. restart() is the next start of the program: same files, same keychain, nothing in memory.
class TenantDesk
{
public:
    explicit TenantDesk(TenantType type = TenantType::Sandbox, const QStringList &sandboxArguments = {})
        : sandbox(sandboxArguments)
        , m_type(type)
    {
    }

    bool start()
    {
        if (!sandbox.start() || !folder.isValid())
            return false;
        proxy = std::make_unique<FaultProxy>(sandbox.url());
        return restart();
    }
    bool restart()
    {
        session.reset();
        credentials.reset();
        workspace.reset();
        auto opened = Workspace::open(folder.path());
        if (!opened)
            return false;
        workspace = std::move(*opened);
        memory = std::make_unique<MemoryStore>();
        credentials = std::make_unique<CredentialRegister>(*workspace, keychain, *memory);
        const auto known = workspace->tenants();
        if (known && known->empty())
            tenant = workspace
                         ->addTenant({.name = QStringLiteral("acme"),
                                      .baseUrl = isDirect ? sandbox.url() : proxy->url(),
                                      .type = m_type})
                         .value_or(Tenant{});
        session = std::make_unique<Session>(tenant, http, *credentials, clock);
        return tenant.id.isValid();
    }

    SandboxPortal portal() { return {http, tenant}; }
    std::vector<PortalCredential> atPortal()
    {
        const SandboxPortal direct(http, {.baseUrl = sandbox.url(), .type = TenantType::Sandbox});
        return waitFor<std::vector<PortalCredential>>([&](auto k) { direct.list(k); })
            .value_or(std::vector<PortalCredential>{});
    }
    std::optional<PortalCredential> atPortal(const QString &name)
    {
        for (const PortalCredential &each : atPortal()) {
            if (each.name == name)
                return each;
        }
        return std::nullopt;
    }
    /// Keeps a pair of the sandbox, as a person would who pastes it.
    ApiCredential adopt(QStringView name)
    {
        const SandboxProcess::Credential pair = sandbox.credential(name);
        const CredentialDraft draft{.tenant = tenant.id, .name = pair.name, .clientId = pair.clientId};
        return waitFor<ApiCredential>(
                   [&](auto k) { credentials->add(draft, Secret::fromText(pair.clientSecret), k); })
            .value_or(ApiCredential{});
    }
    std::vector<ApiCredential> rows() const
    {
        return credentials->list(tenant.id).value_or(std::vector<ApiCredential>{});
    }
    std::vector<Operation> operations() const
    {
        return workspace->operations().all(tenant.id).value_or(std::vector<Operation>{});
    }
    QStringList leftovers() const
    {
        return workspace->leftoverKeychainItems(QDateTime::currentDateTimeUtc().addSecs(60))
            .value_or(QStringList{QStringLiteral("unreadable")});
    }
    Result<ManagementToken> token(const ApiCredential &credential)
    {
        return waitFor<ManagementToken>([&](auto k) { session->tokenSource(credential).token(k); });
    }

    bool isDirect = false; ///< no proxy in between: the issuer is the one that the sandbox names
    SandboxProcess sandbox;
    std::unique_ptr<FaultProxy> proxy;
    QTemporaryDir folder;
    ShiftedClock clock;
    QNetworkAccessManager network;
    HttpClient http{network, clock};
    FakeKeychain keychain;
    std::unique_ptr<MemoryStore> memory;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<CredentialRegister> credentials;
    Tenant tenant;
    std::unique_ptr<Session> session;

private:
    TenantType m_type;
};

} // namespace latchkey
