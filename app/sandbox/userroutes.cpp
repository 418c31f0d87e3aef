// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/apiroute.h"
#include "sandbox/paging.h"

#include <QJsonArray>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

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
    return {{u"id"_s, user.id.value},
            {u"username"_s, user.username},
            {u"email"_s, user.email()},
            {u"firstname"_s, user.firstName},
            {u"lastname"_s, user.lastName},
            {u"status"_s, static_cast<int>(user.status)},
            {u"state"_s, 1},
            {u"locked_until"_s, null},
            {u"invalid_login_attempts"_s, user.failedLogins},
            {u"password_changed_at"_s, user.password.isEmpty() ? null : timeOrNull(user.changedAt)},
            {u"last_login"_s, timeOrNull(user.lastLogin)},
            {u"role_ids"_s, roles},
            {u"group_id"_s, null}};
}

Response listUsers(Tenant &tenant, const ApiCall &call)
{
    const auto page = Page::read(call.request);
    if (!page)
        return page.error();
    const Form fields = call.request.queryFields();
    const auto fits = [&fields](QStringView parameter, const QString &value) {
        return !fields.has(parameter) || value.compare(fields.value(parameter), Qt::CaseInsensitive) == 0;
    };
    QJsonArray list;
    qint64 total = 0;
    for (const auto &[id, user] : tenant.directory.users) {
        if (!fits(u"username", user.username) || !fits(u"email", user.email()))
            continue;
        if (page->holds(total))
            list.append(userJson(user));
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
    tenant.oidcTokens.removeUser(id);
    return emptyResponse(204);
}

Response listRoles(Tenant &tenant, const ApiCall &)
{
    QJsonArray list;
    for (const Role &role : tenant.directory.roles)
        list.append(QJsonObject{{u"id"_s, role.id.value}, {u"name"_s, role.name}});
    return jsonResponse(200, list);
}

// No user of this tenant is in a group; the endpoint is the one of /api/1 that every level but the
// lowest may read.
Response listGroups(Tenant &, const ApiCall &)
{
    const QJsonValue null(QJsonValue::Null);
    return envelopeSuccess({{u"pagination"_s, QJsonObject{{u"before_cursor"_s, null},
                                                          {u"after_cursor"_s, null},
                                                          {u"previous_link"_s, null},
                                                          {u"next_link"_s, null}}},
                            {u"data"_s, QJsonArray{}}});
}

} // namespace

std::vector<ApiRoute> userRoutes()
{
    return {{"GET", "/api/2/users"_L1, kReadUsers, kReadUsers, &listUsers},
            {"GET", "/api/2/users/*"_L1, kReadUsers, kReadUsers, &getUser},
            {"DELETE", "/api/2/users/*"_L1, kManageUsers, kManageUsers, &deleteUser},
            {"GET", "/api/2/roles"_L1, kReadUsers, kReadUsers, &listRoles},
            {"GET", "/api/1/groups"_L1, kReadUsers, kReadUsers, &listGroups}};
}

} // namespace latchkey::sandbox
