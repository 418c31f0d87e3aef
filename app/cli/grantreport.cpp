// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/grantreport.h"

#include "cli/verbs.h"
#include "core/plaintext.h"
#include "grants/grantsreader.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

void readGrants(Command &command, ApiClient &api, const AuthServer &server,
                const std::function<void(const ServerGrants &)> &callback)
{
    auto *reader = new GrantsReader(api, &command);
    reader->start({server}, GrantsReader::Apps::Leave,
                  command.expect<TenantGrants>(
                      [callback](const TenantGrants &grants) { callback(grants.servers.front()); }));
}

void withGrants(Command &command, ApiClient &api, const std::function<void(const ServerGrants &)> &callback)
{
    findServer(command, api, command.argument(0), [&command, &api, callback](const AuthServer &server) {
        readGrants(command, api, server, callback);
    });
}

QString stateKey(const AppliedChange &row)
{
    if (isUnknown(row))
        return u"unknown"_s;
    switch (row.state) {
    case ApplyState::Verified:
        return u"verified"_s;
    case ApplyState::Conflict:
        return u"conflict"_s;
    case ApplyState::Skipped:
        return u"skipped"_s;
    default:
        return u"not_stored"_s;
    }
}

QString stateText(const AppliedChange &row, const ServerGrants &grants)
{
    const QString app = plainLine(row.change.appName);
    if (isUnknown(row))
        return Command::tr("Not known: the change to %1 may be stored.").arg(app) + u'\n';
    const QString scopes = row.found ? plainLine(grants.valuesOf(*row.found).join(u", "_s)) : QString();
    const QString found = !row.readAt.isValid() ? QString()
                          : !row.found          ? Command::tr("%1 is no client app.").arg(app)
                          : row.found->empty()  ? Command::tr("%1 is a client app without scopes.").arg(app)
                                                : Command::tr("%1 has: %2").arg(app, scopes);
    switch (row.state) {
    case ApplyState::Verified:
        return Command::tr("Verified. %1").arg(found) + u'\n';
    case ApplyState::Conflict:
        return Command::tr("Not sent: someone changed this client app meanwhile. %1").arg(found) + u'\n';
    default:
        return Command::tr("Not stored. %1").arg(found).trimmed() + u'\n';
    }
}

Exit outcome(const std::vector<AppliedChange> &rows)
{
    Exit code = Exit::Done;
    for (const AppliedChange &row : rows) {
        if (row.state == ApplyState::Verified)
            continue;
        const Exit own = row.error ? exitCode(*row.error) : Exit::Refused;
        if (own == Exit::Refused)
            return own;
        code = own;
    }
    return code;
}

} // namespace latchkey::cli
