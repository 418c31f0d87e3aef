// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/claim.h"
#include "grants/serverbook.h"
#include "net/continuation.h"

namespace latchkey {

class AuthServersApi;
class ConfirmDialog;
class Panel;
class Session;

/// What can be done with authorization servers: asks, writes, proves, and says in the panel's banner what
/// came of it. The book has it then.
class ServerActions final : public QObject
{
    Q_OBJECT

public:
    ServerActions(Session &session, ServerBook &book, Panel &panel);

    void create();
    void edit(AuthServerId id);
    void remove(AuthServerId id);

signals:
    void created(latchkey::AuthServerId id);
    /// The list of the book is another one.
    void changed();
    /// Something was on its way when it was given up.
    void readingAsked();

private:
    /// What goes with a server.
    struct Holdings
    {
        std::vector<Scope> scopes{};
        std::vector<Claim> claims{};
        std::vector<ClientApp> apps{};
    };
    static void readHoldings(const AuthServersApi &api, AuthServerId id,
                             const Continuation<Holdings> &continuation);
    QStringList effects(const AuthServer &server, const Holdings &holdings) const;
    void fillRemoval(ConfirmDialog &dialog, const AuthServer &server, const Holdings &holdings) const;

    Session &m_session;
    ServerBook &m_book;
    Panel &m_panel;
};

} // namespace latchkey
