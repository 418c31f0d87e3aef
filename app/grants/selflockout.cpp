// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/selflockout.h"

#include "core/plaintext.h"
#include "oidc/loginprofile.h"
#include "onelogin/session.h"
#include "store/loginstore.h"
#include "store/workspace.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SelfLockout", text);
}

bool asks(const OwnUse &use, const AuthServer &server)
{
    return !use.resource.isEmpty() && use.resource == server.resourceIdentifier;
}

/// Whether the change takes something away that the use needs, if it is the app's.
bool takesFrom(const OwnUse &use, const AuthServer &server, const std::vector<Scope> &scopes,
               const GrantChange &change)
{
    const ScopeSet removed = change.removed();
    const bool isRemoved = change.action == GrantAction::RemoveClientApp;
    if (!asks(use, server))
        return false;
    if (isRemoved)
        return true;
    if (use.scopes.isEmpty()) // it takes what the app has
        return change.after.empty() && !removed.empty();
    return std::ranges::any_of(scopes, [&](const Scope &scope) {
        return removed.contains(scope.id) && use.scopes.contains(scope.value);
    });
}

/// The apps whose client_id is still to be read; ends with its continuation's context.
struct Search
{
    std::vector<OwnUse> uses{};
    AuthServer server{};
    std::vector<Scope> scopes{};
    std::vector<GrantChange> changes{};
    QSet<QString> clientIds{}; ///< of apps that matter, not met yet
    Lockouts found{};
    bool missedOne = false; ///< an app that the tenant does not give us
};

void searchNext(const AppsApi &apps, const std::shared_ptr<Search> &search, size_t index,
                const Continuation<Lockouts> &continuation)
{
    const bool isThrough = index == search->changes.size() || search->clientIds.isEmpty();
    if (isThrough || index == Lockouts::kMostLookedUp) {
        search->found.isComplete = isThrough && (search->clientIds.isEmpty() || !search->missedOne);
        return continuation(std::move(search->found));
    }
    const AppId app = search->changes[index].app;
    apps.get(app, Continuation<OidcApp>(continuation.context(), [=](const Result<OidcApp> &read) {
                 if (!read && read.error().kind != ErrorKind::NotFound)
                     return continuation(fail(read.error()));
                 search->missedOne |= !read || read->clientId.isEmpty();
                 if (read && search->clientIds.remove(read->clientId)) {
                     auto broken = brokenByGrants(search->uses, search->server, search->scopes,
                                                  search->changes[index], read->clientId);
                     if (!broken.empty())
                         search->found.byApp.emplace(app, std::move(broken));
                 }
                 searchNext(apps, search, index + 1, continuation);
             }));
}

bool goesBy(const GrantChange &change, const QString &name)
{
    return change.appName == name || change.app.toString() == name;
}

template<typename Predicate>
std::vector<OwnUse> thoseThat(const std::vector<OwnUse> &uses, Predicate predicate)
{
    std::vector<OwnUse> chosen;
    std::ranges::copy_if(uses, std::back_inserter(chosen), predicate);
    return chosen;
}

} // namespace

std::vector<OwnUse> ownUses(const std::vector<LoginProfile> &profiles)
{
    std::vector<OwnUse> uses;
    for (const LoginProfile &profile : profiles) {
        uses.push_back({.name = profile.name,
                        .clientId = profile.request.clientId,
                        .resource = profile.request.resource,
                        .scopes = profile.request.scopes});
    }
    return uses;
}

Result<std::vector<OwnUse>> ownUsesOf(const Session &session)
{
    return session.credentials().workspace().logins().profilesAt(session.tenant().baseUrl).map(ownUses);
}

std::vector<OwnUse> brokenByServer(const std::vector<OwnUse> &uses, const AuthServer &server)
{
    return thoseThat(uses, [&](const OwnUse &use) { return asks(use, server); });
}

std::vector<OwnUse> brokenByScope(const std::vector<OwnUse> &uses, const AuthServer &server,
                                  const Scope &scope)
{
    return thoseThat(uses, [&](const OwnUse &use) {
        return asks(use, server) && (use.scopes.isEmpty() || use.scopes.contains(scope.value));
    });
}

std::vector<OwnUse> brokenByGrants(const std::vector<OwnUse> &uses, const AuthServer &server,
                                   const std::vector<Scope> &scopes, const GrantChange &change,
                                   const QString &clientId)
{
    return thoseThat(uses, [&](const OwnUse &use) {
        return !clientId.isEmpty() && use.clientId == clientId && takesFrom(use, server, scopes, change);
    });
}

void findLockouts(const AppsApi &apps, const std::vector<OwnUse> &uses, const AuthServer &server,
                  const std::vector<Scope> &scopes, const std::vector<GrantChange> &changes,
                  const Continuation<Lockouts> &continuation)
{
    auto search = std::make_shared<Search>(Search{.uses = uses, .server = server, .scopes = scopes});
    std::ranges::copy_if(changes, std::back_inserter(search->changes), [&](const GrantChange &change) {
        return std::ranges::any_of(uses,
                                   [&](const OwnUse &use) { return takesFrom(use, server, scopes, change); });
    });
    for (const OwnUse &use : uses) {
        const auto takes = [&](const GrantChange &change) { return takesFrom(use, server, scopes, change); };
        if (!use.clientId.isEmpty() && std::ranges::any_of(search->changes, takes))
            search->clientIds.insert(use.clientId);
    }
    if (search->changes.empty())
        return finishLater<Lockouts>(continuation, Lockouts());
    searchNext(apps, search, 0, continuation);
}

QString lockoutText(const QString &app, const std::vector<OwnUse> &broken)
{
    if (broken.empty())
        return {};
    return tr("What %1 loses is in use here.").arg(plainLine(app)) + u' ' + lockoutText(broken);
}

QString lockoutText(const std::vector<OwnUse> &broken)
{
    if (broken.empty())
        return {};
    QStringList profiles;
    for (const OwnUse &use : broken)
        profiles.append(use.name);
    return profiles.size() == 1
               ? tr("The login profile %1, saved here, uses it and may fail.").arg(profiles.first())
               : tr("The login profiles %1, saved here, use it and may fail.").arg(profiles.join(u", "_s));
}

QString confirmingName(const GrantChange &change, const std::vector<GrantChange> &changes,
                       const AuthServer &server)
{
    const bool isOthers = std::ranges::any_of(changes, [&](const GrantChange &other) {
        return other.app != change.app && goesBy(other, change.appName);
    });
    const bool isServers = change.appName == server.name || change.appName == server.id.toString() ||
                           change.appName == server.resourceIdentifier;
    return isOthers || isServers || change.appName.trimmed().isEmpty() ? change.app.toString()
                                                                       : change.appName;
}

QString confirmingName(const AuthServer &server, const std::vector<GrantChange> &changes)
{
    for (const QString &name : {server.name, server.id.toString(), server.resourceIdentifier}) {
        const bool isApps =
            std::ranges::any_of(changes, [&](const GrantChange &change) { return goesBy(change, name); });
        if (!isApps && !name.trimmed().isEmpty())
            return name;
    }
    return {};
}

QString incompleteText()
{
    return tr("Apps lose what login profiles saved here ask for, and which of them are theirs is not known: "
              "%1 are looked up at most, and an app that answers 404 does not tell.")
        .arg(Lockouts::kMostLookedUp);
}

} // namespace latchkey
