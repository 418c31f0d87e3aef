// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/directory.h"

#include <algorithm>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

template<typename Map, typename Match>
auto *firstWhere(Map &map, Match match)
{
    const auto found = std::ranges::find_if(map, [&](const auto &entry) { return match(entry.second); });
    return found == map.end() ? nullptr : &found->second;
}

} // namespace

QString pairStateKey(PairState state)
{
    switch (state) {
    case PairState::Enabled:
        return u"enabled"_s;
    case PairState::Disabling:
        return u"disabling"_s;
    case PairState::Disabled:
        return u"disabled"_s;
    }
    return {};
}

QString User::fullName() const
{
    return firstName + u' ' + lastName;
}

void User::activate()
{
    status = UserStatus::Active;
    failedLogins = 0;
    lockedUntil = {};
}

bool Server::grants(AppId app, QStringView scopeValue) const
{
    const ScopeSet *granted = findIn(clients, app);
    return granted &&
           std::ranges::any_of(*granted, [&](ScopeId scope) { return scopes.at(scope).value == scopeValue; });
}

const Pair *Directory::pairByClientId(QStringView clientId) const
{
    const auto found =
        std::ranges::find_if(pairs, [&](const Pair &pair) { return pair.clientId == clientId; });
    return found == pairs.end() ? nullptr : &*found;
}

Pair *Directory::pairById(PairId id)
{
    const auto found = std::ranges::find(pairs, id, &Pair::id);
    return found == pairs.end() ? nullptr : &*found;
}

std::optional<UserId> Directory::portalUser() const
{
    std::optional<UserId> last;
    for (const auto &[id, user] : users) {
        if (user.isAdmin)
            last = id;
    }
    return last;
}

User *Directory::userByName(QStringView username)
{
    if (username.isEmpty())
        return nullptr;
    return firstWhere(users, [username](const User &user) {
        return user.username.compare(username, Qt::CaseInsensitive) == 0 ||
               user.email.compare(username, Qt::CaseInsensitive) == 0;
    });
}

const App *Directory::appByClientId(QStringView clientId) const
{
    return firstWhere(apps, [clientId](const App &app) {
        return app.method == AppMethod::OpenIdConnect && app.clientId == clientId;
    });
}

const Server *Directory::serverByResource(QStringView resource) const
{
    return firstWhere(servers,
                      [resource](const Server &server) { return server.resourceIdentifier == resource; });
}

} // namespace latchkey::sandbox
