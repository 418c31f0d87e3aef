// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/session.h"

#include "store/workspace.h"

#include <algorithm>

namespace latchkey {

namespace {

const ApiCredential *find(const std::vector<ApiCredential> &credentials, std::optional<CredentialId> id)
{
    const auto found = std::find_if(credentials.begin(), credentials.end(),
                                    [id](const ApiCredential &credential) { return credential.id == id; });
    return found == credentials.end() ? nullptr : &*found;
}

/// A level that nobody recorded counts less than the lowest one, and a pair that got no token the last time
/// less than any other.
std::pair<bool, int> rank(const ApiCredential &credential)
{
    return {credential.problem == CredentialProblem::None,
            credential.level ? static_cast<int>(*credential.level) : -1};
}

/// The enabled one with a secret that may do most; the first of equals.
std::optional<CredentialId> mostAble(const std::vector<ApiCredential> &credentials)
{
    const ApiCredential *best = nullptr;
    for (const ApiCredential &credential : credentials) {
        const bool usable = credential.state == CredentialState::Enabled && !credential.secretMissing;
        if (usable && (!best || rank(credential) > rank(*best)))
            best = &credential;
    }
    return best ? std::optional(best->id) : std::nullopt;
}

} // namespace

std::optional<CredentialProblem> problemOf(const std::optional<Error> &error)
{
    if (!error)
        return CredentialProblem::None;
    if (error->kind == ErrorKind::Unauthorized)
        return CredentialProblem::Refused;
    if (error->kind == ErrorKind::ServerFailure && error->httpStatus == 500)
        return CredentialProblem::OwnerDeleted;
    return std::nullopt;
}

Session::Session(Tenant tenant, HttpClient &http, CredentialRegister &credentials, const Clock &clock,
                 QObject *parent)
    : QObject(parent)
    , m_tenant(std::move(tenant))
    , m_http(http)
    , m_credentials(credentials)
    , m_clock(clock)
{
    connect(&m_credentials, &CredentialRegister::changed, this, [this](TenantId changed) {
        if (changed == m_tenant.id)
            followRegister();
    });
    followRegister();
}

TokenSource &Session::tokenSource(const ApiCredential &credential)
{
    std::unique_ptr<TokenSource> &source = m_tokenSources[credential.id];
    if (source)
        return *source;
    const CredentialId id = credential.id;
    auto secret = [this, id](Continuation<Secret> continuation) {
        // The row as it is now: its secret may have moved since.
        const Result<ApiCredential> row = m_credentials.workspace().credential(id);
        if (row)
            m_credentials.secret(*row, std::move(continuation));
        else
            finishLater<Secret>(continuation, fail(row.error()));
    };
    source = std::make_unique<TokenSource>(m_http, m_clock, m_tenant.baseUrl, credential.clientId,
                                           credential.name, std::move(secret), m_tenant.access());
    connect(source.get(), &TokenSource::changed, this, [this, id] { emit tokenChanged(id); });
    connect(source.get(), &TokenSource::counted, this,
            [this, counted = source.get()] { m_callsLeft = counted->lastRateLimit(); });
    connect(source.get(), &TokenSource::fetched, this,
            [this, id](const std::optional<Error> &error) { noteFetch(id, error); });
    return *source;
}

TokenSource *Session::existingTokenSource(CredentialId id) const
{
    const auto found = m_tokenSources.find(id);
    return found == m_tokenSources.end() ? nullptr : found->second.get();
}

bool Session::hasToken(CredentialId id) const
{
    const TokenSource *source = existingTokenSource(id);
    return source && source->current();
}

void Session::endToken(const ApiCredential &credential, Continuation<> continuation)
{
    TokenSource &source = tokenSource(credential);
    if (source.current())
        return source.revoke(continuation);
    source.fetch(
        after<ManagementToken>(continuation, [this, credential, continuation](const ManagementToken &) {
            tokenSource(credential).revoke(continuation);
        }));
}

void Session::workAs(CredentialId id)
{
    if (find(m_registered, id))
        startWorkingAs(id);
}

std::optional<ApiCredential> Session::workingCredential() const
{
    const ApiCredential *working = find(m_registered, m_working);
    return working ? std::optional(*working) : std::nullopt;
}

void Session::followRegister()
{
    Result<std::vector<ApiCredential>> credentials = m_credentials.list(m_tenant.id);
    if (!credentials)
        return; // a register that cannot be read now has lost nothing
    m_registered = std::move(*credentials);
    const ApiCredential *working = find(m_registered, m_working);
    if (!working || working->state == CredentialState::Disabled)
        startWorkingAs(mostAble(m_registered)); // before its token source goes
    std::erase_if(m_tokenSources, [this](const auto &entry) { return !find(m_registered, entry.first); });
}

void Session::startWorkingAs(std::optional<CredentialId> id)
{
    if (id == m_working)
        return;
    m_api.reset();
    m_callsLeft.reset(); // read again with the first token of the other pair
    m_working = id;
    if (const ApiCredential *credential = find(m_registered, id)) {
        m_api = std::make_unique<ApiClient>(m_http, tokenSource(*credential), m_clock, m_tenant.baseUrl,
                                            credential->name, m_tenant.access());
    }
    emit workingCredentialChanged();
}

void Session::noteFetch(CredentialId id, const std::optional<Error> &error)
{
    // What cannot be noted is no reason to fail: the token counts.
    if (const std::optional<CredentialProblem> problem = problemOf(error))
        static_cast<void>(m_credentials.markUsed(id, m_clock.now(), *problem));
}

} // namespace latchkey
