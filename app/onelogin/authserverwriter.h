// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/authserverrules.h"
#include "onelogin/authserversapi.h"

namespace latchkey {

/// How a write stands, once the tenant has been read again.
enum class WriteState {
    Stored,    ///< the tenant has what was wanted
    NotStored, ///< it took the write and has something else
    Conflict,  ///< nothing was sent: someone has changed it since it was loaded
};

/// What a write has led to, as the tenant shows it.
template<typename Record>
struct Written
{
    WriteState state = WriteState::Stored;
    Record found{};
    /// Of what was wanted, or in a conflict of what was loaded (`wanted`) and what is there (`found`).
    std::vector<FieldDifference> differences{};
    std::vector<Record> all{}; ///< all scopes or claims of the server, as last listed
};

/// Writes authorization servers, their scopes and their claims, each proven: looked at by the rules, read
/// before where something is replaced, sent once, read again, compared. A write that got no clear answer is
/// settled by the reading and never sent again. What the tenant refuses comes with its fields; kind
/// OutcomeUnknown alone means that it may be stored. A change of what is gone is NotFound.
class AuthServerWriter
{
public:
    explicit AuthServerWriter(AuthServersApi api)
        : m_api(api)
    {
    }

    /// `all` and `loaded` are as last read.
    void create(const AuthServer &wanted, const std::vector<AuthServer> &all,
                Continuation<Written<AuthServer>> continuation) const;
    void update(const AuthServer &loaded, const AuthServer &wanted,
                Continuation<Written<AuthServer>> continuation) const;
    void remove(AuthServerId id, Continuation<> continuation) const;

    void add(AuthServerId server, const Scope &wanted, const std::vector<Scope> &all,
             Continuation<Written<Scope>> continuation) const;
    void update(AuthServerId server, const Scope &loaded, const Scope &wanted,
                Continuation<Written<Scope>> continuation) const;
    /// Gives what is left.
    void remove(AuthServerId server, ScopeId scope, Continuation<std::vector<Scope>> continuation) const;

    void add(AuthServerId server, const Claim &wanted, const std::vector<Claim> &all,
             Continuation<Written<Claim>> continuation) const;
    void update(AuthServerId server, const Claim &loaded, const Claim &wanted,
                Continuation<Written<Claim>> continuation) const;
    void remove(AuthServerId server, ClaimId claim, Continuation<std::vector<Claim>> continuation) const;

private:
    AuthServersApi m_api;
};

/// Of a list that is written one by one: the tenant refuses this one alone. Any other failure would be that
/// of the rest too.
bool concernsOneAlone(const Error &error);

} // namespace latchkey
