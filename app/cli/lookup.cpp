// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verbs.h"
#include "onelogin/appsapi.h"
#include "onelogin/authserversapi.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

/// The one record of that name: letter by letter, else whatever its case. `kind` names the records.
template<typename Record>
Result<Record> theOneNamed(const std::vector<Record> &records, const QString &name, const QString &kind)
{
    for (const Qt::CaseSensitivity sensitivity : {Qt::CaseSensitive, Qt::CaseInsensitive}) {
        std::vector<Record> found;
        for (const Record &each : records) {
            if (each.name.compare(name, sensitivity) == 0)
                found.push_back(each);
        }
        if (found.size() == 1)
            return found.front();
        if (found.empty())
            continue;
        QStringList candidates;
        for (const Record &each : found)
            candidates.append(u"%1 (%2)"_s.arg(each.id.toString(), each.name));
        return fail(ErrorKind::Invalid, Command::tr("Several of the %1 are called %2. Use the id of one: %3")
                                            .arg(kind, name, candidates.join(u", "_s)));
    }
    return fail(ErrorKind::NotFound, Command::tr("None of the %1 is called %2.").arg(kind, name));
}

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
