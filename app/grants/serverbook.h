// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/claim.h"
#include "core/error.h"
#include "grants/gonescopes.h"

#include <QObject>

#include <deque>
#include <memory>

namespace latchkey {

class Session;

/// What is known of one authorization server, and what is staged for it.
struct ServerState
{
    AuthServer server{}; ///< whole, once it is known
    std::vector<Scope> scopes{};
    std::vector<Claim> claims{};
    GrantPlan plan{};
    bool isLoaded = false; ///< scopes and client apps are known
    bool isWhole = false;  ///< and the server itself and its claims
};

/// The authorization servers of a tenant as they are read: the list, then what hangs on each, a few at a
/// time. Keeps what is staged over every reading.
class ServerBook : public QObject
{
    Q_OBJECT

public:
    explicit ServerBook(Session &session, QObject *parent = nullptr);
    ~ServerBook() override;

    /// Reads the list; what else was being read is dropped.
    void list();
    void stop();
    /// Scopes and client apps; the server itself and its claims too where the whole is wanted, now or by the
    /// reading under way that this one replaces.
    void read(AuthServerId id, bool whole);
    /// What is missing of a server that is looked at. What is there is not read again, unless that was
    /// asked for already: it may end the undo history of its plan.
    void complete(AuthServerId id);
    /// These too, whenever there is nothing else to read.
    void readAhead(const std::vector<AuthServerId> &ids);
    bool isListing() const { return m_listing != nullptr; }
    bool isReading(AuthServerId id) const { return m_readings.contains(id); }

    const std::vector<AuthServer> &servers() const { return m_servers; }
    /// Null where it is not in the list.
    const AuthServer *server(AuthServerId id) const;
    /// As whole as it is known.
    const AuthServer *bestKnown(AuthServerId id) const;
    /// Null where nothing was read yet.
    ServerState *state(AuthServerId id);
    const ServerState *state(AuthServerId id) const;
    int usesOf(AuthServerId id, ScopeId scope) const; ///< how many client apps have it
    /// Plans of servers that are no longer in the list end here.
    void forgetGone();

    // What a write has shown.
    void setServer(const AuthServer &server);                   ///< changed or new
    void setScopes(AuthServerId id, std::vector<Scope> scopes); ///< ends the undo history where one is gone
    void setClaims(AuthServerId id, std::vector<Claim> claims);
    void removeServer(AuthServerId id); ///< from the list; its plan stays until forgetGone()

signals:
    void listed();
    void listingFailed(const latchkey::Error &error);
    /// Before loaded(): some of what was staged cannot be granted any more.
    void dropped(latchkey::AuthServerId id, const latchkey::DroppedGrants &grants);
    void loaded(latchkey::AuthServerId id);
    void failed(latchkey::AuthServerId id, const latchkey::Error &error);
    void busyChanged();

private:
    class Reading;
    bool isReadingGrants(AuthServerId id) const;
    void readRest(Reading &reading);
    void readDone(Reading &reading);
    void readFailed(AuthServerId id, const Error &error);
    void pump();

    Session &m_session;
    std::vector<AuthServer> m_servers;
    std::map<AuthServerId, ServerState> m_states;
    std::unique_ptr<QObject> m_listing;
    std::map<AuthServerId, std::unique_ptr<Reading>> m_readings;
    std::deque<AuthServerId> m_queue;
};

} // namespace latchkey
