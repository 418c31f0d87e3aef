// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/claimreport.h"
#include "cli/named.h"
#include "cli/serverreport.h"
#include "cli/written.h"
#include "core/plaintext.h"

#include <algorithm>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

Claim withOptions(Command &command, Claim claim)
{
    claim.mapping = optionOr(command, u"mapping"_s, claim.mapping);
    claim.macro = optionOr(command, u"macro"_s, claim.macro);
    claim.transformations = optionOr(command, u"transformation"_s, claim.transformations);
    return claim;
}

void readClaims(Command &command, ApiClient &api,
                const std::function<void(const AuthServer &, const std::vector<Claim> &)> &callback)
{
    findServer(command, api, command.argument(0), [&command, &api, callback](const AuthServer &server) {
        AuthServersApi(api).claims(server.id,
                                   command.expect<std::vector<Claim>>(
                                       [callback, server](const auto &claims) { callback(server, claims); }));
    });
}

/// The claim of the second argument, by name or id; nothing ends the run.
std::optional<Claim> theClaim(Command &command, const std::vector<Claim> &claims)
{
    const QString wanted = command.argument(1);
    const auto byId =
        std::ranges::find_if(claims, [&](const Claim &claim) { return claim.id.toString() == wanted; });
    if (byId != claims.end())
        return *byId;
    const Result<Claim> named = theOneNamed(claims, wanted, Command::tr("claims"));
    if (named)
        return *named;
    command.refuse(named.error());
    return std::nullopt;
}

Continuation<Written<Claim>> reporting(Command &command)
{
    return expectWritten<Written<Claim>>(command, [&command](const Written<Claim> &written) {
        reportWritten(command, u"claim"_s, claimJson(written.found), written.found.name, written.state,
                      written.differences);
    });
}

} // namespace

void claimsList(Command &command)
{
    command.withApi([&command](ApiClient &api) {
        readClaims(command, api, [&command](const AuthServer &server, const std::vector<Claim> &claims) {
            command.succeed({{u"server"_s, ownerJson(server)}, {u"claims"_s, claimsJson(claims)}},
                            claimTable(claims));
        });
    });
}

void claimsAdd(Command &command)
{
    command.withApi([&command](ApiClient &api) {
        readClaims(command, api,
                   [&command, &api](const AuthServer &server, const std::vector<Claim> &claims) {
                       AuthServerWriter(AuthServersApi(api))
                           .add(server.id, withOptions(command, {.name = command.argument(1).trimmed()}),
                                claims, reporting(command));
                   });
    });
}

void claimsUpdate(Command &command)
{
    const QStringList changes{u"rename"_s, u"mapping"_s, u"macro"_s, u"transformation"_s};
    if (std::none_of(changes.begin(), changes.end(),
                     [&](const QString &option) { return command.has(option); }))
        return command.refuseUsage(Command::tr("Nothing is to be changed. Give at least one option."));
    command.withApi([&command](ApiClient &api) {
        readClaims(
            command, api, [&command, &api](const AuthServer &server, const std::vector<Claim> &claims) {
                const std::optional<Claim> loaded = theClaim(command, claims);
                if (!loaded)
                    return;
                Claim wanted = withOptions(command, *loaded);
                wanted.name = optionOr(command, u"rename"_s, loaded->name);
                AuthServerWriter(AuthServersApi(api)).update(server.id, *loaded, wanted, reporting(command));
            });
    });
}

void claimsDelete(Command &command)
{
    command.withApi([&command](ApiClient &api) {
        readClaims(
            command, api, [&command, &api](const AuthServer &server, const std::vector<Claim> &claims) {
                const std::optional<Claim> claim = theClaim(command, claims);
                if (!claim)
                    return;
                AuthServerWriter(AuthServersApi(api))
                    .remove(server.id, claim->id,
                            command.expect<std::vector<Claim>>([&command, claim = *claim](const auto &) {
                                command.succeed(
                                    {{u"deleted"_s, claimJson(claim)}},
                                    Command::tr("Deleted and read again: %1").arg(plainLine(claim.title())) +
                                        u'\n');
                            }));
            });
    });
}

} // namespace latchkey::cli
