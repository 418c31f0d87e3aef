// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/records.h"

#include <QDateTime>

#include <map>
#include <set>
#include <vector>

namespace latchkey::sandbox {

using ClaimId = Id<struct ClaimIdTag>;
using UserId = Id<struct UserIdTag>;
using RoleId = Id<struct RoleIdTag>;
using GroupId = Id<struct GroupIdTag>;
using PairId = Id<struct PairIdTag>;

/// A pair that is being disabled works until its time is up.
enum class PairState { Enabled, Disabling, Disabled };

QString pairStateKey(PairState state); ///< "enabled", "disabling", "disabled"

/// An API credential pair of the tenant.
struct Pair
{
    PairId id{};
    QString name{};
    ScopeLevel level = ScopeLevel::AuthenticationOnly;
    QString clientId{};
    QString clientSecret{};
    PairState state = PairState::Enabled;
    QString note{};
    std::optional<UserId> owner{}; ///< who made it; none once that user was deleted
    QDateTime createdAt{};
    Clock::Instant disabledFrom{}; ///< while it is being disabled
};

/// The vendor's `status` of a user.
enum class UserStatus { Active = 1, Suspended = 2, Locked = 3, PasswordExpired = 4, PasswordPending = 7 };

/// The one-time password that every second factor of the tenant accepts.
inline constexpr auto kDemoOtp = QLatin1StringView("246810");

struct User
{
    UserId id{};
    QString username{};
    QString email{};
    QString firstName{};
    QString lastName{};
    QString password{}; ///< empty: the user has none
    UserStatus status = UserStatus::Active;
    qint64 deviceId = 0;      ///< of the second factor; 0: a password is enough
    bool isAdmin = false;     ///< may open the portal
    std::set<RoleId> roles{}; ///< a role of the tenant opens every app
    std::optional<GroupId> group{};
    int failedLogins = 0;
    QDateTime lockedUntil{}; ///< while it is locked
    QDateTime changedAt{};
    QDateTime lastLogin{};

    QString fullName() const;
    /// Opens a locked, suspended or expired user again.
    void activate();
};

struct Role
{
    RoleId id{};
    QString name{};
};

struct Group
{
    GroupId id{};
    QString name{};
};

/// The vendor's `auth_method` of an app, the two that occur here.
enum class AppMethod { Saml = 2, OpenIdConnect = 8 };

struct App
{
    AppId id{};
    AppMethod method = AppMethod::OpenIdConnect;
    QString name{};
    QString description{};
    qint64 connectorId = 0;
    QString clientId{};
    QString clientSecret{}; ///< empty for a public client
    ClientAuth auth = ClientAuth::Basic;
    bool native = false;
    QString redirectUris{};   ///< comma separated
    QString postLogoutUris{}; ///< likewise
    int accessMinutes = 10;
    int refreshMinutes = 0; ///< 0: no refresh tokens
    QDateTime createdAt{};
    QDateTime updatedAt{};
};

/// A scope as a server holds it.
struct ScopeText
{
    QString value{};
    QString description{};
};

struct Claim
{
    QString name{};
    QJsonValue userAttributeMappings{};
    QJsonValue userAttributeMacros{};
    QJsonValue attributesTransformations{};
};

/// An authorization server with everything that hangs on it.
struct Server
{
    AuthServerId id{};
    QString name{};
    std::optional<QString> description{};
    QString resourceIdentifier{};
    QStringList audiences{};
    int accessMinutes = 10;
    int refreshMinutes = 30;
    std::map<ScopeId, ScopeText> scopes{};
    std::map<ClaimId, Claim> claims{};
    std::map<AppId, ScopeSet> clients{};

    /// Whether the client app may ask for the scope.
    bool grants(AppId app, QStringView scopeValue) const;
};

/// All records of a tenant.
struct Directory
{
    qint64 accountId = 0;
    std::vector<Pair> pairs{};
    std::vector<Role> roles{};
    std::vector<Group> groups{};
    std::map<UserId, User> users{};
    std::map<AppId, App> apps{};
    std::map<AuthServerId, Server> servers{};
    qint64 lastId = 0;

    qint64 nextId() { return ++lastId; }
    const Pair *pairByClientId(QStringView clientId) const;
    Pair *pairById(PairId id);
    /// Who is signed in at the portal: the admin who came last, none when all were deleted.
    std::optional<UserId> portalUser() const;
    User *userByName(QStringView username);
    const App *appByClientId(QStringView clientId) const;
    const Server *serverByResource(QStringView resource) const;
};

/// Like map.find(), as a pointer that is null where there is none.
template<typename Map>
auto *findIn(Map &map, const typename Map::key_type &key)
{
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

} // namespace latchkey::sandbox
