// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpclient.h"
#include "onelogin/session.h"
#include "secrets/memorystore.h"
#include "store/workspace.h"
#include "support/faultproxy.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>

#include <memory>

namespace latchkey {

/// A sandbox process and a session that works on it with one API credential.
class OpenSandbox
{
public:
    explicit OpenSandbox(const QStringList &arguments = {})
        : process(arguments)
    {
    }

    /// `credential` is one of the sandbox's, recorded with the level it really has; empty: none.
    Result<void> open(const QString &credential = QStringLiteral("grants-admin"), bool readOnly = false,
                      TenantType type = TenantType::Sandbox)
    {
        if (!process.start())
            return fail(ErrorKind::Unreachable, process.problem());
        if (isBehindProxy)
            proxy = std::make_unique<FaultProxy>(process.url());
        Result<std::unique_ptr<Workspace>> opened = Workspace::open(folder.path());
        if (!opened)
            return fail(opened.error());
        workspace = std::move(*opened);
        credentials = std::make_unique<CredentialRegister>(*workspace, keychain, memory);
        const Result<Tenant> tenant = workspace->addTenant({.name = QStringLiteral("Sandbox"),
                                                            .baseUrl = proxy ? proxy->url() : process.url(),
                                                            .type = type,
                                                            .readOnly = readOnly});
        if (!tenant)
            return fail(tenant.error());
        if (!credential.isEmpty()) {
            const SandboxProcess::Credential pair = process.credential(credential);
            const Result<ApiCredential> added = waitFor<ApiCredential>([&](auto done) {
                credentials->add({.tenant = tenant->id,
                                  .name = pair.name,
                                  .clientId = pair.clientId,
                                  .level = scopeLevelFromName(pair.scopeLevel),
                                  .place = SecretPlace::Session},
                                 Secret::fromText(pair.clientSecret), done);
            });
            if (!added)
                return fail(added.error());
        }
        session = std::make_unique<Session>(*tenant, http, *credentials, clock);
        return {};
    }

    bool isBehindProxy = false; ///< to be set before open()
    SandboxProcess process;
    std::unique_ptr<FaultProxy> proxy;
    QTemporaryDir folder;
    SystemClock clock;
    QNetworkAccessManager network;
    HttpClient http{network, clock};
    MemoryStore keychain;
    MemoryStore memory;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<CredentialRegister> credentials;
    std::unique_ptr<Session> session;
};

} // namespace latchkey
