// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"
#include "grants/grantplan.h"
#include "net/continuation.h"
#include "onelogin/appsapi.h"

namespace latchkey {

struct LoginProfile;
class Session;

/// A login profile of this computer that asks a tenant for tokens.
struct OwnUse
{
    QString name{};
    QString clientId{};
    QString resource{}; ///< of the authorization server asked; empty: none
    QStringList scopes{};
    friend bool operator==(const OwnUse &, const OwnUse &) = default;
};

/// What this computer uses of a tenant.
std::vector<OwnUse> ownUses(const std::vector<LoginProfile> &profiles);
/// What it uses of the session's tenant.
Result<std::vector<OwnUse>> ownUsesOf(const Session &session);

// What of it breaks by a change. Empty: nothing. Otherwise the change is made only by who types its name.

/// The server is deleted, or gets another resource identifier.
std::vector<OwnUse> brokenByServer(const std::vector<OwnUse> &uses, const AuthServer &server);
/// The scope is deleted, or gets another value. A use that names no scopes may get its token by any of them.
std::vector<OwnUse> brokenByScope(const std::vector<OwnUse> &uses, const AuthServer &server,
                                  const Scope &scope);
/// An app loses scopes or is removed. `clientId` is the OAuth client_id of that app.
std::vector<OwnUse> brokenByGrants(const std::vector<OwnUse> &uses, const AuthServer &server,
                                   const std::vector<Scope> &scopes, const GrantChange &change,
                                   const QString &clientId);

/// What breaks by a set of changes.
struct Lockouts
{
    /// Each costs one of the calls of an hour.
    static constexpr size_t kMostLookedUp = 200;

    std::map<AppId, std::vector<OwnUse>> byApp{};
    bool isComplete = true; ///< false: of what is left nobody knows

    bool isEmpty() const { return byApp.empty() && isComplete; }
};

/// Asks the tenant for the client_id of those apps alone whose change could break something, until each
/// client_id at stake was met, but of kMostLookedUp apps at most; where nothing could break, nothing is
/// asked. An app that answers 404 may be one of them all the same: the credential may not see it.
void findLockouts(const AppsApi &apps, const std::vector<OwnUse> &uses, const AuthServer &server,
                  const std::vector<Scope> &scopes, const std::vector<GrantChange> &changes,
                  const Continuation<Lockouts> &continuation);

/// "The login profile nightly-invoices, saved here, uses it and may fail." Empty for none.
QString lockoutText(const std::vector<OwnUse> &broken);
/// The same of an app that loses grants, which it names first.
QString lockoutText(const QString &app, const std::vector<OwnUse> &broken);
/// What confirms the change of an app: its name, or its ID where it has none, or another app that changes, or
/// the server, goes by that name too.
QString confirmingName(const GrantChange &change, const std::vector<GrantChange> &changes,
                       const AuthServer &server);
/// What confirms all changes at once: the name of the server, or its ID where an app that changes goes by
/// that name, or else its resource identifier. Empty: nothing does.
QString confirmingName(const AuthServer &server, const std::vector<GrantChange> &changes);
/// Why it is not known what breaks.
QString incompleteText();

} // namespace latchkey
