// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/claim.h"
#include "grants/serverbook.h"
#include "net/continuation.h"

#include <QPointer>

class QPushButton;

namespace latchkey {

class Panel;
class Removal;
class Session;

/// What can be done with the scopes and claims of an authorization server: asks, writes, proves, and says in
/// the panel's banner what came of it. The book has it then.
class PartActions final : public QObject
{
    Q_OBJECT

public:
    PartActions(Session &session, ServerBook &book, Panel &panel);

    void addScopes(AuthServerId server);
    void editScope(AuthServerId server, ScopeId id);
    void removeScope(AuthServerId server, ScopeId id);
    void addClaim(AuthServerId server);
    void editClaim(AuthServerId server, ClaimId id);
    void removeClaim(AuthServerId server, ClaimId id);
    /// The offer to grant new scopes is taken: its banner goes.
    void endOffer(const ScopeSet &granted);

signals:
    /// The book has other scopes or claims of it.
    void changed(latchkey::AuthServerId server);
    /// It is new or was changed, and is to be seen.
    void scopeStored(latchkey::AuthServerId server, latchkey::ScopeId id);
    void claimStored(latchkey::AuthServerId server, latchkey::ClaimId id);
    /// New scopes are to be granted to someone.
    void grantAsked(latchkey::AuthServerId server, const latchkey::ScopeSet &scopes);

private:
    void openClaim(AuthServerId server, const Claim &known);
    void sayAdded(AuthServerId server, const std::vector<Scope> &scopes);
    void say(const QString &sentence);
    void fillScopeRemoval(Removal &removal, const AuthServer &server, const Scope &scope,
                          const std::vector<ClientApp> &apps);

    Session &m_session;
    ServerBook &m_book;
    Panel &m_panel;
    QPointer<QPushButton> m_offer; ///< in the banner, to grant these
    ScopeSet m_offered;
};

} // namespace latchkey
