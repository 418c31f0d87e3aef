// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "core/tenant.h"
#include "onelogin/apiclient.h"
#include "onelogin/credentialregister.h"
#include "onelogin/tokensource.h"

#include <map>
#include <memory>

namespace latchkey {

/// One open tenant: its credentials, their tokens, and the API client of the credential at work.
/// What a panel works on; destroying it cancels everything under way, so tenants never mix.
class Session : public QObject
{
    Q_OBJECT

public:
    /// All references must outlive the session.
    Session(Tenant tenant, HttpClient &http, CredentialRegister &credentials, const Clock &clock,
            QObject *parent = nullptr);

    const Tenant &tenant() const { return m_tenant; }
    CredentialRegister &credentials() const { return m_credentials; }
    /// The credentials of this tenant, as the register last gave them.
    const std::vector<ApiCredential> &registered() const { return m_registered; }
    HttpClient &http() const { return m_http; }
    const Clock &clock() const { return m_clock; }

    /// Made at the first call for a credential and kept while it is in the register.
    TokenSource &tokenSource(const ApiCredential &credential);
    /// The one already made, or null.
    TokenSource *existingTokenSource(CredentialId id) const;
    bool hasToken(CredentialId id) const;
    /// Of the account, as any of its pairs read it last.
    const std::optional<RateLimit> &callsLeft() const { return m_callsLeft; }
    /// Revokes the token at hand, or the one that the tenant hands out, which is the same until it ends.
    void endToken(const ApiCredential &credential, Continuation<> continuation);

    /// Which credential the panels work with; at first the enabled one of the highest level.
    void workAs(CredentialId id);
    std::optional<ApiCredential> workingCredential() const;
    /// The client of the credential at work; null if there is none. Do not keep it.
    ApiClient *api() const { return m_api.get(); }

signals:
    void workingCredentialChanged();
    void tokenChanged(latchkey::CredentialId id);

private:
    void followRegister();
    void startWorkingAs(std::optional<CredentialId> id);
    void noteFetch(CredentialId id, const std::optional<Error> &error);

    Tenant m_tenant;
    HttpClient &m_http;
    CredentialRegister &m_credentials;
    const Clock &m_clock;
    std::vector<ApiCredential> m_registered;
    std::optional<CredentialId> m_working;
    std::map<CredentialId, std::unique_ptr<TokenSource>> m_tokenSources;
    std::optional<RateLimit> m_callsLeft;
    std::unique_ptr<ApiClient> m_api;
};

/// What the answer to a request for a token says of the pair; none where it says nothing, or there was none.
std::optional<CredentialProblem> problemOf(const std::optional<Error> &error);

} // namespace latchkey
