// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/apiroute.h"
#include "sandbox/paging.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

// What the vendor's list of authentication methods holds.
constexpr std::array<qint64, 9> kAuthMethods{0, 1, 2, 3, 4, 5, 6, 7, 8};

/// The filters of List Apps.
struct AppFilter
{
    std::optional<QRegularExpression> name{};
    std::optional<qint64> method{};
    std::optional<qint64> connector{};

    bool accepts(const App &app) const
    {
        return (!name || name->match(app.name).hasMatch()) &&
               (!method || *method == static_cast<qint64>(app.method)) &&
               (!connector || *connector == app.connectorId);
    }
};

QJsonObject listItem(const App &app)
{
    const bool oidc = app.method == AppMethod::OpenIdConnect;
    return {{u"id"_s, app.id.value},
            {u"connector_id"_s, app.connectorId},
            {u"auth_method"_s, static_cast<int>(app.method)},
            {u"auth_method_description"_s, oidc ? u"OpenId Connect"_s : u"SAML2.0"_s},
            {u"name"_s, app.name},
            {u"description"_s, app.description},
            {u"updated_at"_s, app.updatedAt.toString(Qt::ISODateWithMs)},
            {u"created_at"_s, app.createdAt.toString(Qt::ISODateWithMs)},
            {u"visible"_s, true}};
}

QJsonObject wholeApp(const App &app)
{
    const QJsonValue null(QJsonValue::Null);
    QJsonObject object = listItem(app);
    object.insert(u"notes"_s, null);
    object.insert(u"icon_url"_s, null);
    object.insert(u"policy_id"_s, null);
    object.insert(u"tab_id"_s, null);
    object.insert(u"provisioning"_s, QJsonObject{{u"enabled"_s, false}});
    object.insert(u"allow_assumed_signin"_s, false);
    object.insert(u"parameters"_s, QJsonObject{});
    if (app.method != AppMethod::OpenIdConnect) {
        object.insert(u"configuration"_s, QJsonObject{});
        object.insert(u"sso"_s, QJsonObject{});
        return object;
    }
    object.insert(u"sso"_s, QJsonObject{{u"client_id"_s, app.clientId}});
    object.insert(u"configuration"_s,
                  QJsonObject{{u"redirect_uri"_s, app.redirectUris},
                              {u"post_logout_redirect_uri"_s,
                               app.postLogoutUris.isEmpty() ? null : QJsonValue(app.postLogoutUris)},
                              {u"login_url"_s, QString()},
                              {u"oidc_application_type"_s, app.native ? 1 : 0},
                              {u"token_endpoint_auth_method"_s, static_cast<int>(app.auth)},
                              {u"access_token_expiration_minutes"_s, app.accessMinutes},
                              {u"refresh_token_expiration_minutes"_s, app.refreshMinutes},
                              {u"include_amr_claims"_s, false},
                              {u"oidc_encryption_key"_s, QString()}});
    return object;
}

tl::expected<AppFilter, Response> readFilter(const Form &fields)
{
    AppFilter filter{.name = fields.pattern(u"name")};
    if (fields.has(u"auth_method")) {
        filter.method = fields.integer(u"auth_method").value_or(-1);
        if (std::ranges::find(kAuthMethods, *filter.method) == kAuthMethods.end())
            return tl::unexpected(apiError(422, u"invalid value in \"auth_method\""_s));
    }
    if (fields.has(u"connector_id")) {
        filter.connector = fields.integer(u"connector_id");
        if (!filter.connector)
            return tl::unexpected(apiError(422, u"invalid value in \"connector_id\""_s));
    }
    return filter;
}

Response listApps(Tenant &tenant, const ApiCall &call)
{
    const auto filter = readFilter(call.request.queryFields());
    if (!filter)
        return filter.error();
    const auto page = Page::read(call.request);
    if (!page)
        return page.error();
    QJsonArray list;
    qint64 total = 0;
    for (const auto &[id, app] : tenant.directory.apps) {
        if (!filter->accepts(app))
            continue;
        if (page->holds(total))
            list.append(listItem(app));
        ++total;
    }
    Response response = jsonResponse(200, list);
    response.headers = page->headers(call.request, tenant.baseUrl, total);
    return response;
}

Response getApp(Tenant &tenant, const ApiCall &call)
{
    const App *app = findIn(tenant.directory.apps, AppId{call.ids.at(0)});
    return app ? jsonResponse(200, wholeApp(*app)) : notFound();
}

Response listAppUsers(Tenant &tenant, const ApiCall &call)
{
    if (!findIn(tenant.directory.apps, AppId{call.ids.at(0)}))
        return notFound();
    const auto page = Page::read(call.request);
    if (!page)
        return page.error();
    QJsonArray list;
    qint64 total = 0;
    for (const auto &[id, user] : tenant.directory.users) {
        if (user.roles.empty())
            continue;
        if (page->holds(total))
            list.append(userSummary(user));
        ++total;
    }
    Response response = jsonResponse(200, list);
    response.headers = page->headers(call.request, tenant.baseUrl, total);
    return response;
}

} // namespace

std::vector<ApiRoute> appRoutes()
{
    return {{"GET", "/api/2/apps"_L1, kReadAny, kReadAny, &listApps},
            {"GET", "/api/2/apps/*"_L1, kReadAny, kReadAny, &getApp},
            {"GET", "/api/2/apps/*/users"_L1, kReadAny, kReadAny, &listAppUsers}};
}

} // namespace latchkey::sandbox
