// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verbs.h"
#include "core/plaintext.h"
#include "onelogin/appsapi.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

void appsList(Command &command)
{
    command.withApi([&command](ApiClient &api) {
        AppsApi(api).list({}, nullptr, command.expect<std::vector<OidcApp>>([&command](const auto &apps) {
            QJsonArray json;
            std::vector<QStringList> rows;
            for (const OidcApp &app : apps) {
                if (!app.name.contains(command.value(u"name"_s), Qt::CaseInsensitive))
                    continue;
                json.append(QJsonObject{{u"id"_s, app.id.value}, {u"name"_s, app.name}});
                rows.push_back({app.id.toString(), app.name});
            }
            command.succeed({{u"apps"_s, json}}, table({Command::tr("ID"), Command::tr("NAME")}, rows));
        }));
    });
}

void appsShow(Command &command)
{
    command.withApi([&command](ApiClient &api) {
        findApp(command, api, command.argument(0), [&command](const OidcApp &app) {
            const QJsonObject json{{u"id"_s, app.id.value},
                                   {u"name"_s, app.name},
                                   {u"description"_s, app.description},
                                   {u"client_id"_s, app.clientId},
                                   {u"auth"_s, clientAuthKey(app.auth)},
                                   {u"redirect_uris"_s, toJson(app.redirectUris)},
                                   {u"access_token_expiration_minutes"_s, toJson(app.accessTokenLifetime)},
                                   {u"refresh_token_expiration_minutes"_s, toJson(app.refreshTokenLifetime)}};
            command.succeed(
                {{u"app"_s, json}},
                Command::tr("%1 (%2)\nClient id: %3\nClient authentication: %4\nRedirect URIs: %5\n")
                    .arg(plainLine(app.name), app.id.toString(), plainLine(app.clientId),
                         clientAuthKey(app.auth), plainLine(app.redirectUris.join(u", "_s))));
        });
    });
}

} // namespace latchkey::cli
