// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/claimreport.h"
#include "cli/serverreport.h"
#include "cli/verbs.h"
#include "core/plaintext.h"
#include "onelogin/authserversapi.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

void show(Command &command, const AuthServer &server, const std::vector<Scope> &scopes,
          const std::vector<Claim> &claims)
{
    QJsonObject json = wholeServerJson(server);
    QJsonArray scopesJson;
    std::vector<QStringList> rows;
    for (const Scope &scope : scopes) {
        scopesJson.append(scopeJson(scope));
        rows.push_back({scope.id.toString(), scope.value, scope.description});
    }
    json.insert(u"scopes"_s, scopesJson);
    json.insert(u"claims"_s, claimsJson(claims));
    const QString text =
        Command::tr("%1 (%2)\nResource identifier: %3\nAudiences: %4\n\n")
            .arg(plainLine(server.name), server.id.toString(), plainLine(server.resourceIdentifier),
                 plainLine(server.audiences.join(u", "_s))) +
        table({Command::tr("ID"), Command::tr("SCOPE"), Command::tr("DESCRIPTION")}, rows) + u'\n' +
        claimTable(claims);
    command.succeed({{u"server"_s, json}}, text);
}

} // namespace

void serversList(Command &command)
{
    command.withApi([&command](ApiClient &api) {
        AuthServersApi(api).list(command.expect<std::vector<AuthServer>>([&command](const auto &servers) {
            QJsonArray json;
            std::vector<QStringList> rows;
            for (const AuthServer &server : servers) {
                json.append(serverJson(server));
                rows.push_back({server.id.toString(), server.name, server.resourceIdentifier});
            }
            command.succeed({{u"servers"_s, json}},
                            table({Command::tr("ID"), Command::tr("NAME"), Command::tr("RESOURCE")}, rows));
        }));
    });
}

void serversShow(Command &command)
{
    command.withApi([&command](ApiClient &api) {
        findServer(command, api, command.argument(0), [&command, &api](const AuthServer &server) {
            const auto showWith = [&command, server](const auto &scopes) {
                return command.expect<std::vector<Claim>>([&command, server, scopes](const auto &claims) {
                    show(command, server, scopes, claims);
                });
            };
            AuthServersApi(api).scopes(
                server.id, command.expect<std::vector<Scope>>([&api, server, showWith](const auto &scopes) {
                    AuthServersApi(api).claims(server.id, showWith(scopes));
                }));
        });
    });
}

} // namespace latchkey::cli
