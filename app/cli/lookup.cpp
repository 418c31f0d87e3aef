// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/named.h"
#include "cli/verbs.h"
#include "onelogin/appsapi.h"
#include "onelogin/authserversapi.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

qint64 toId(const QString &idOrName)
{
    bool isNumber = false;
    const qint64 id = idOrName.toLongLong(&isNumber);
    return isNumber && id > 0 ? id : 0;
}

} // namespace

void findServer(Command &command, ApiClient &api, const QString &idOrName,
                const std::function<void(AuthServer)> &callback)
{
    const AuthServersApi servers(api);
    const auto read = [&command, servers, callback](AuthServerId id) {
        servers.get(id, command.expect<AuthServer>(callback));
    };
    if (const AuthServerId id{toId(idOrName)}; id.isValid())
        return read(id);
    servers.list(command.expect<std::vector<AuthServer>>([=, &command](const std::vector<AuthServer> &all) {
        const Result<AuthServer> server = theOneNamed(all, idOrName, Command::tr("authorization servers"));
        if (server)
            read(server->id);
        else
            command.refuse(server.error());
    }));
}

void findApp(Command &command, ApiClient &api, const QString &idOrName,
             const std::function<void(OidcApp)> &callback)
{
    const AppsApi apps(api);
    const auto read = [&command, apps, callback](AppId id) {
        apps.get(id, command.expect<OidcApp>(callback));
    };
    if (const AppId id{toId(idOrName)}; id.isValid())
        return read(id);
    // All of them: what the tenant's filter takes for a match is not documented well enough.
    apps.list({}, nullptr,
              command.expect<std::vector<OidcApp>>([=, &command](const std::vector<OidcApp> &all) {
                  const Result<OidcApp> app = theOneNamed(all, idOrName, Command::tr("OIDC apps"));
                  if (app)
                      read(app->id);
                  else
                      command.refuse(app.error());
              }));
}

} // namespace latchkey::cli
