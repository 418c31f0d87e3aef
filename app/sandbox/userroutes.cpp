// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/apiroute.h"
#include "sandbox/paging.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kLockedByAdminSeconds = 86400;

/// What a write may say of a user in plain text.
struct TextMember
{
    QLatin1StringView name;
    QString User::*member;
};

constexpr std::array kTextMembers{
    TextMember{"username"_L1, &User::username}, TextMember{"email"_L1, &User::email},
    TextMember{"firstname"_L1, &User::firstName}, TextMember{"lastname"_L1, &User::lastName}};

/// The members that only Manage All may write.
constexpr std::array kGuardedMembers{"password"_L1, "password_confirmation"_L1, "role_ids"_L1};

constexpr std::array kStatuses{UserStatus::Active, UserStatus::Suspended, UserStatus::Locked,
                               UserStatus::PasswordExpired, UserStatus::PasswordPending};

// Reading

QJsonValue timeOrNull(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toString(Qt::ISODateWithMs)) : QJsonValue(QJsonValue::Null);
}

QJsonObject userJson(const User &user)
{
    QJsonArray roles;
    for (RoleId role : user.roles)
        roles.append(role.value);
    const QJsonValue null(QJsonValue::Null);
    QJsonObject object = userSummary(user);
    object.insert(u"status"_s, static_cast<int>(user.status));
    object.insert(u"state"_s, 1);
    object.insert(u"locked_until"_s, timeOrNull(user.lockedUntil));
    object.insert(u"invalid_login_attempts"_s, user.failedLogins);
    object.insert(u"password_changed_at"_s, user.password.isEmpty() ? null : timeOrNull(user.changedAt));
    object.insert(u"last_login"_s, timeOrNull(user.lastLogin));
    object.insert(u"role_ids"_s, roles);
    object.insert(u"group_id"_s, user.group ? QJsonValue(user.group->value) : null);
    return object;
}

/// The members that the query asks for; all where it does not say.
QJsonObject picked(const QJsonObject &user, const QStringList &names)
{
    if (names.isEmpty())
        return user;
    QJsonObject object;
    for (const QString &name : names) {
        if (user.contains(name))
            object.insert(name, user.value(name));
    }
    return object;
}

Response listUsers(Tenant &tenant, const ApiCall &call)
{
    const auto page = Page::read(call.request);
    if (!page)
        return page.error();
    const Form query = call.request.queryFields();
    const auto name = query.pattern(u"username");
    const auto email = query.pattern(u"email");
    const QStringList fields = query.value(u"fields").split(u',', Qt::SkipEmptyParts);
    QJsonArray list;
    qint64 total = 0;
    for (const auto &[id, user] : tenant.directory.users) {
        if ((name && !name->match(user.username).hasMatch()) ||
            (email && !email->match(user.email).hasMatch()))
            continue;
        if (page->holds(total))
            list.append(picked(userJson(user), fields));
        ++total;
    }
    Response response = jsonResponse(200, list);
    response.headers = page->headers(call.request, tenant.baseUrl, total);
    return response;
}

Response getUser(Tenant &tenant, const ApiCall &call)
{
    const User *user = findIn(tenant.directory.users, UserId{call.ids.at(0)});
    return user ? jsonResponse(200, userJson(*user)) : notFound();
}

// Writing

Response invalidValue(QLatin1StringView member)
{
    return apiError(422, u"invalid value in \"%1\""_s.arg(member));
}

std::optional<Response> readTexts(const Tenant &tenant, const QJsonObject &body, User &user)
{
    for (const auto &[name, member] : kTextMembers) {
        if (!body.contains(name))
            continue;
        if (!body.value(name).isString())
            return invalidValue(name);
        user.*member = body.value(name).toString();
    }
    if (user.username.isEmpty())
        user.username = user.email;
    if (user.username.isEmpty())
        return apiError(400, u"Missing required field"_s, u"username"_s);
    const auto taken = [&](QString User::*member) {
        return std::ranges::any_of(tenant.directory.users, [&](const auto &entry) {
            return entry.first != user.id && !(user.*member).isEmpty() &&
                   (entry.second.*member).compare(user.*member, Qt::CaseInsensitive) == 0;
        });
    };
    if (taken(&User::username))
        return invalid(u"Username has already been taken"_s);
    if (taken(&User::email))
        return invalid(u"Email has already been taken"_s);
    return std::nullopt;
}

std::optional<Response> readPassword(const Tenant &tenant, const QJsonObject &body, User &user)
{
    if (!body.contains("password"_L1))
        return std::nullopt;
    const QString password = body.value("password"_L1).toString();
    if (password.isEmpty())
        return invalidValue("password"_L1);
    if (body.value("password_confirmation"_L1).toString() != password)
        return invalid(u"Password confirmation doesn't match Password"_s);
    user.password = password;
    user.changedAt = tenant.clock.now();
    if (user.status == UserStatus::PasswordPending || user.status == UserStatus::PasswordExpired)
        user.activate();
    return std::nullopt;
}

std::optional<Response> readStatus(const Tenant &tenant, const QJsonObject &body, User &user)
{
    if (!body.contains("status"_L1))
        return std::nullopt;
    const auto status = std::ranges::find_if(kStatuses, [&](UserStatus candidate) {
        return body.value("status"_L1).toInt(-1) == static_cast<int>(candidate);
    });
    if (status == kStatuses.end())
        return invalidValue("status"_L1);
    user.activate();
    user.status = *status;
    if (user.status == UserStatus::Locked)
        user.lockedUntil = tenant.clock.now().addSecs(kLockedByAdminSeconds);
    return std::nullopt;
}

std::optional<Response> readGroup(const Tenant &tenant, const QJsonObject &body, User &user)
{
    const QJsonValue given = body.value("group_id"_L1);
    if (given.isUndefined())
        return std::nullopt;
    user.group.reset();
    if (given.isNull())
        return std::nullopt;
    user.group = GroupId{given.toInteger()};
    const bool known =
        std::ranges::find(tenant.directory.groups, *user.group, &Group::id) != tenant.directory.groups.end();
    return known ? std::nullopt : std::optional(invalidValue("group_id"_L1));
}

std::optional<Response> readRoles(const Tenant &tenant, const QJsonObject &body, User &user)
{
    if (!body.contains("role_ids"_L1))
        return std::nullopt;
    if (!body.value("role_ids"_L1).isArray())
        return invalidValue("role_ids"_L1);
    user.roles.clear();
    for (const QJsonValue value : body.value("role_ids"_L1).toArray()) {
        const RoleId id{value.toInteger()};
        if (std::ranges::find(tenant.directory.roles, id, &Role::id) == tenant.directory.roles.end())
            return invalidValue("role_ids"_L1);
        user.roles.insert(id);
    }
    return std::nullopt;
}

/// Puts what a write says into the user, or tells why not; the user is then of no use.
std::optional<Response> readUser(const Tenant &tenant, const ApiCall &call, User &user)
{
    const QJsonObject body = call.request.jsonBody();
    if (body.isEmpty())
        return apiError(400, u"Input JSON is not formatted correctly"_s);
    const bool guarded = std::ranges::any_of(
        kGuardedMembers, [&body](QLatin1StringView member) { return body.contains(member); });
    if (guarded && call.level != ScopeLevel::ManageAll)
        return unauthorized(call.request);
    for (const auto &read : {&readTexts, &readPassword, &readStatus, &readGroup, &readRoles}) {
        if (auto refusal = read(tenant, body, user))
            return refusal;
    }
    return std::nullopt;
}

Response createUser(Tenant &tenant, const ApiCall &call)
{
    User user{.status = UserStatus::PasswordPending, .changedAt = tenant.clock.now()};
    if (const auto refusal = readUser(tenant, call, user))
        return *refusal;
    user.id = {tenant.directory.nextId()};
    tenant.directory.users.emplace(user.id, user);
    return jsonResponse(201, userJson(user));
}

Response updateUser(Tenant &tenant, const ApiCall &call)
{
    User *user = findIn(tenant.directory.users, UserId{call.ids.at(0)});
    if (!user)
        return notFound();
    User changed = *user;
    if (const auto refusal = readUser(tenant, call, changed))
        return *refusal;
    *user = changed;
    return jsonResponse(200, userJson(changed));
}

// Whoever made a credential takes it along.
Response deleteUser(Tenant &tenant, const ApiCall &call)
{
    const UserId id{call.ids.at(0)};
    if (tenant.directory.users.erase(id) == 0)
        return notFound();
    for (Pair &pair : tenant.directory.pairs) {
        if (pair.owner == id)
            pair.owner.reset();
    }
    tenant.pendingFactors.removeUser(id);
    tenant.oidcTokens.removeUser(id);
    tenant.browserSessions.removeUser(id);
    return emptyResponse(204);
}

// Roles and groups

Response listRoles(Tenant &tenant, const ApiCall &)
{
    QJsonArray list;
    for (const Role &role : tenant.directory.roles)
        list.append(QJsonObject{{u"id"_s, role.id.value}, {u"name"_s, role.name}});
    return jsonResponse(200, list);
}

// The tenant has so few groups that there is never a second page.
Response listGroups(Tenant &tenant, const ApiCall &)
{
    const QJsonValue null(QJsonValue::Null);
    QJsonArray list;
    for (const Group &group : tenant.directory.groups) {
        list.append(QJsonObject{{u"id"_s, group.id.value}, {u"name"_s, group.name}, {u"reference"_s, null}});
    }
    return envelopeSuccess({{u"pagination"_s, QJsonObject{{u"before_cursor"_s, null},
                                                          {u"after_cursor"_s, null},
                                                          {u"previous_link"_s, null},
                                                          {u"next_link"_s, null}}},
                            {u"data"_s, list}});
}

} // namespace

QJsonObject userSummary(const User &user)
{
    return {{u"id"_s, user.id.value},
            {u"username"_s, user.username},
            {u"email"_s, user.email},
            {u"firstname"_s, user.firstName},
            {u"lastname"_s, user.lastName}};
}

std::vector<ApiRoute> userRoutes()
{
    constexpr auto users = "/api/2/users"_L1;
    constexpr auto user = "/api/2/users/*"_L1;
    return {{"GET", users, kReadUsers, kReadUsers, &listUsers},
            {"POST", users, kManageUsers, kManageUsers, &createUser},
            {"GET", user, kReadUsers, kReadUsers, &getUser},
            {"PUT", user, kManageUsers, kManageUsers, &updateUser},
            {"DELETE", user, kManageUsers, kManageUsers, &deleteUser},
            {"GET", "/api/2/roles"_L1, kReadUsers, kReadUsers, &listRoles},
            {"GET", "/api/1/groups"_L1, kReadUsers, kReadUsers, &listGroups}};
}

} // namespace latchkey::sandbox
