// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/serverreport.h"
#include "cli/written.h"

#include "core/plaintext.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

/// The server with what the options give; nothing where one of them cannot be used, which ends the run.
std::optional<AuthServer> withOptions(Command &command, AuthServer server)
{
    server.description = optionOr(command, u"description"_s, server.description);
    server.resourceIdentifier = optionOr(command, u"resource"_s, server.resourceIdentifier);
    if (command.has(u"audience"_s))
        server.audiences = command.values(u"audience"_s);
    for (const auto &[option, lifetime] : {std::pair(u"access-minutes"_s, &server.accessTokenLifetime),
                                           std::pair(u"refresh-minutes"_s, &server.refreshTokenLifetime)}) {
        if (!command.has(option))
            continue;
        *lifetime = minutesFrom(command.value(option));
        if (!*lifetime) {
            command.refuseUsage(Command::tr("--%1 is a whole number of minutes, 1 or more.").arg(option));
            return std::nullopt;
        }
    }
    return server;
}

Continuation<Written<AuthServer>> reporting(Command &command)
{
    return expectWritten<Written<AuthServer>>(command, [&command](const Written<AuthServer> &written) {
        reportWritten(command, u"server"_s, wholeServerJson(written.found), written.found.name, written.state,
                      written.differences);
    });
}

void update(Command &command, ApiClient &api, const AuthServer &loaded)
{
    std::optional<AuthServer> wanted = withOptions(command, loaded);
    if (!wanted)
        return;
    wanted->name = optionOr(command, u"rename"_s, loaded.name);
    const bool isMoved = wanted->resourceIdentifier != loaded.resourceIdentifier;
    if (isMoved &&
        !mayBreak(command, loaded.name, [&](const auto &uses) { return brokenByServer(uses, loaded); }))
        return;
    AuthServersApi(api).list(expectWritten<std::vector<AuthServer>>(
        command, [&command, &api, loaded, wanted = *wanted](const std::vector<AuthServer> &all) {
            if (const auto problems = problemsOf(wanted, all); !problems.empty())
                return refuseFields(command, invalidInput(problems));
            AuthServerWriter(AuthServersApi(api)).update(loaded, wanted, reporting(command));
        }));
}

} // namespace

void serversCreate(Command &command)
{
    if (!command.has(u"resource"_s) || !command.has(u"audience"_s))
        return command.refuseUsage(Command::tr("Give --resource and at least one --audience."));
    const std::optional<AuthServer> wanted = withOptions(command, {.name = command.argument(0).trimmed()});
    if (!wanted)
        return;
    command.withApi([&command, wanted = *wanted](ApiClient &api) {
        AuthServersApi(api).list(expectWritten<std::vector<AuthServer>>(
            command, [&command, &api, wanted](const std::vector<AuthServer> &all) {
                AuthServerWriter(AuthServersApi(api)).create(wanted, all, reporting(command));
            }));
    });
}

void serversUpdate(Command &command)
{
    const QStringList changes{u"rename"_s,      u"resource"_s,       u"audience"_s,
                              u"description"_s, u"access-minutes"_s, u"refresh-minutes"_s};
    if (std::none_of(changes.begin(), changes.end(),
                     [&](const QString &option) { return command.has(option); }))
        return command.refuseUsage(Command::tr("Nothing is to be changed. Give at least one option."));
    command.withApi([&command](ApiClient &api) {
        findServer(command, api, command.argument(0),
                   [&command, &api](const AuthServer &server) { update(command, api, server); });
    });
}

void serversDelete(Command &command)
{
    command.withApi([&command](ApiClient &api) {
        findServer(command, api, command.argument(0), [&command, &api](const AuthServer &server) {
            if (!mayBreak(command, server.name,
                          [&](const auto &uses) { return brokenByServer(uses, server); }))
                return;
            AuthServerWriter(AuthServersApi(api)).remove(server.id, command.expect<void>([&command, server] {
                command.succeed({{u"deleted"_s, wholeServerJson(server)}},
                                Command::tr("Deleted and read again: %1").arg(plainLine(server.name)) +
                                    u'\n');
            }));
        });
    });
}

} // namespace latchkey::cli
