// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/serverbook.h"

#include "onelogin/authserversapi.h"
#include "onelogin/session.h"

#include <algorithm>

namespace latchkey {

namespace {

constexpr size_t kReadAtOnce = 2;

/// The scopes of the server as they are from now on.
DroppedGrants takeScopes(ServerState &state, std::vector<Scope> scopes)
{
    const DroppedGrants dropped = dropGoneScopes(state.plan, state.scopes, scopes);
    state.scopes = std::move(scopes);
    return dropped;
}

} // namespace

/// One server being read.
class ServerBook::Reading : public QObject
{
public:
    AuthServerId id{};
    std::optional<std::vector<Scope>> scopes;
    std::optional<ClientAppTable> apps;
    std::optional<std::vector<Claim>> claims;
    std::optional<AuthServer> server;
    bool wantsGrants = true;
    bool wantsRest = false;

    bool isComplete() const
    {
        return (!wantsGrants || (scopes && apps)) && (!wantsRest || (claims && server));
    }
};

ServerBook::ServerBook(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
}

ServerBook::~ServerBook() = default;

void ServerBook::stop()
{
    m_queue.clear();
    m_listing.reset();
    m_readings.clear();
    emit busyChanged();
}

void ServerBook::list()
{
    stop();
    if (!m_session.api())
        return;
    m_listing = std::make_unique<QObject>();
    AuthServersApi(*m_session.api())
        .list(then(m_listing.get(), [this](Result<std::vector<AuthServer>> servers) {
            m_listing.reset();
            if (servers) {
                m_servers = std::move(*servers);
                emit listed();
            } else {
                emit listingFailed(servers.error());
            }
            emit busyChanged();
        }));
    emit busyChanged();
}

void ServerBook::read(AuthServerId id, bool whole)
{
    if (!m_session.api())
        return;
    std::erase(m_queue, id);
    std::unique_ptr<Reading> &reading = m_readings[id];
    const bool wantsRest = whole || (reading && reading->wantsRest); // as the one that ends here did
    reading = std::make_unique<Reading>();
    reading->id = id;
    reading->wantsRest = wantsRest;
    Reading *context = reading.get();
    const AuthServersApi api(*m_session.api());
    api.scopes(id, then(context, [this, context](Result<std::vector<Scope>> scopes) {
                   if (!scopes)
                       return readFailed(context->id, scopes.error());
                   context->scopes = std::move(*scopes);
                   readDone(*context);
               }));
    api.clientAppTable(id, then(context, [this, context](Result<ClientAppTable> apps) {
                           if (!apps)
                               return readFailed(context->id, apps.error());
                           context->apps = std::move(*apps);
                           readDone(*context);
                       }));
    if (wantsRest)
        readRest(*context);
    emit busyChanged();
}

/// Under way or queued.
bool ServerBook::isReadingGrants(AuthServerId id) const
{
    const auto reading = m_readings.find(id);
    return (reading != m_readings.end() && reading->second->wantsGrants) ||
           std::ranges::find(m_queue, id) != m_queue.end();
}

void ServerBook::complete(AuthServerId id)
{
    const ServerState *known = state(id);
    if (known && known->isWhole)
        return;
    const auto reading = m_readings.find(id);
    if (reading != m_readings.end() && reading->second->wantsRest)
        return;
    if (!known || !known->isLoaded || isReadingGrants(id))
        return read(id, true);
    if (!m_session.api())
        return;
    std::unique_ptr<Reading> &rest = m_readings[id] = std::make_unique<Reading>();
    rest->id = id;
    rest->wantsGrants = false;
    rest->wantsRest = true;
    readRest(*rest);
    emit busyChanged();
}

void ServerBook::readRest(Reading &reading)
{
    Reading *context = &reading;
    const AuthServersApi api(*m_session.api());
    api.get(reading.id, then(context, [this, context](Result<AuthServer> server) {
                if (!server)
                    return readFailed(context->id, server.error());
                context->server = std::move(*server);
                readDone(*context);
            }));
    api.claims(reading.id, then(context, [this, context](Result<std::vector<Claim>> claims) {
                   if (!claims)
                       return readFailed(context->id, claims.error());
                   context->claims = std::move(*claims);
                   readDone(*context);
               }));
}

void ServerBook::readDone(Reading &reading)
{
    if (!reading.isComplete())
        return;
    const AuthServerId id = reading.id;
    ServerState &state = m_states[id];
    DroppedGrants lost;
    if (reading.wantsGrants) {
        lost = takeScopes(state, std::move(*reading.scopes));
        state.plan.rebase(std::move(*reading.apps));
        state.isLoaded = true;
    }
    if (reading.wantsRest) {
        state.server = std::move(*reading.server);
        state.claims = std::move(*reading.claims);
        state.isWhole = true;
    }
    m_readings.erase(id);
    if (lost.count > 0)
        emit dropped(id, lost);
    emit loaded(id);
    pump();
    emit busyChanged();
}

void ServerBook::readFailed(AuthServerId id, const Error &error)
{
    m_readings.erase(id);
    emit failed(id, error);
    pump();
    emit busyChanged();
}

void ServerBook::readAhead(const std::vector<AuthServerId> &ids)
{
    m_queue.assign(ids.begin(), ids.end());
    pump();
}

void ServerBook::pump()
{
    while (!m_queue.empty() && m_readings.size() < kReadAtOnce && m_session.api()) {
        const AuthServerId id = m_queue.front();
        m_queue.pop_front();
        if (!m_readings.contains(id))
            read(id, false);
    }
}

const AuthServer *ServerBook::server(AuthServerId id) const
{
    const auto found = std::ranges::find(m_servers, id, &AuthServer::id);
    return found == m_servers.end() ? nullptr : &*found;
}

const AuthServer *ServerBook::bestKnown(AuthServerId id) const
{
    const ServerState *known = state(id);
    return known && known->isWhole ? &known->server : server(id);
}

ServerState *ServerBook::state(AuthServerId id)
{
    const auto found = m_states.find(id);
    return found == m_states.end() ? nullptr : &found->second;
}

const ServerState *ServerBook::state(AuthServerId id) const
{
    const auto found = m_states.find(id);
    return found == m_states.end() ? nullptr : &found->second;
}

int ServerBook::usesOf(AuthServerId id, ScopeId scope) const
{
    const ServerState *known = state(id);
    return known ? known->plan.loadedCount(scope) : 0;
}

void ServerBook::forgetGone()
{
    std::erase_if(m_states, [this](const auto &entry) { return !server(entry.first); });
}

void ServerBook::setServer(const AuthServer &server)
{
    const auto found = std::ranges::find(m_servers, server.id, &AuthServer::id);
    if (found == m_servers.end())
        m_servers.push_back(server);
    else
        *found = server;
    if (ServerState *known = state(server.id))
        known->server = server;
}

void ServerBook::setScopes(AuthServerId id, std::vector<Scope> scopes)
{
    if (ServerState *known = state(id))
        takeScopes(*known, std::move(scopes));
}

void ServerBook::setClaims(AuthServerId id, std::vector<Claim> claims)
{
    if (ServerState *known = state(id))
        known->claims = std::move(claims);
}

void ServerBook::removeServer(AuthServerId id)
{
    std::erase_if(m_servers, [id](const AuthServer &each) { return each.id == id; });
    std::erase(m_queue, id);
    m_readings.erase(id);
}

} // namespace latchkey
