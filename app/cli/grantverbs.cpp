// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/applying.h"
#include "cli/grantreport.h"
#include "cli/serverreport.h"
#include "cli/verbs.h"
#include "cli/written.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

Result<ScopeSet> wantedScopes(Command &command, const ServerGrants &grants)
{
    ScopeSet wanted;
    for (const QString &value : command.values(u"scope"_s)) {
        const Scope *scope = grants.scope(value);
        if (!scope)
            return fail(ErrorKind::NotFound,
                        Command::tr("%1 has no scope %2.").arg(grants.server.name, value));
        wanted.insert(scope->id);
    }
    return wanted;
}

/// The client app meant by --app: one of the server's, else one of the tenant's OIDC apps.
void findClientApp(Command &command, ApiClient &api, const ServerGrants &grants,
                   const std::function<void(AppId, QString)> &callback)
{
    const QString wanted = command.value(u"app"_s);
    for (const ClientApp &app : grants.clientApps) {
        if (app.id.toString() == wanted)
            return callback(app.id, app.name);
    }
    findApp(command, api, wanted, [callback](const OidcApp &app) { callback(app.id, app.name); });
}

void reportChange(Command &command, const ServerGrants &grants, const AppliedChange &row, bool wasEmpty)
{
    const bool isKnown = row.readAt.isValid() && !isUnknown(row);
    const QJsonObject json{
        {u"server"_s, ownerJson(grants.server)},
        {u"app"_s, QJsonObject{{u"id"_s, row.change.app.value}, {u"name"_s, row.change.appName}}},
        {u"state"_s, stateKey(row)},
        {u"changed"_s, row.state == ApplyState::Verified && !wasEmpty},
        {u"is_client_app"_s, isKnown ? QJsonValue(row.found.has_value()) : QJsonValue(QJsonValue::Null)},
        {u"add"_s, toJson(grants.valuesOf(row.change.added()))},
        {u"remove"_s, toJson(grants.valuesOf(row.change.removed()))},
        {u"scopes"_s, isKnown ? QJsonValue(toJson(grants.valuesOf(row.found.value_or(ScopeSet()))))
                              : QJsonValue(QJsonValue::Null)},
        {u"error"_s, toJson(row.error)}};
    if (row.error)
        printError(errorText(*row.error));
    command.succeed(json, stateText(row, grants), outcome({row}));
}

void setGrants(Command &command, ApiClient &api, const ServerGrants &grants, AppId app, const QString &name)
{
    const Result<ScopeSet> wanted = wantedScopes(command, grants);
    if (!wanted)
        return command.refuse(wanted.error());
    GrantPlan plan(grants.clientApps);
    if (command.has(u"remove"_s)) {
        plan.removeApp(app);
    } else {
        plan.addApp(app, name);
        plan.setWanted(app, *wanted);
    }
    const std::vector<GrantChange> changes = plan.changes();
    if (changes.empty()) {
        AppliedChange same{.change = {.app = app, .appName = name},
                           .state = ApplyState::Verified,
                           .readAt = command.clock().now()};
        if (!command.has(u"remove"_s))
            same.found = *wanted;
        return reportChange(command, grants, same, true);
    }
    GrantApply *apply = makeApply(command, api, changes, headOf(command, grants, ChangeOrigin::CommandLine));
    QObject::connect(apply, &GrantApply::finished, &command, [&command, grants, apply] {
        reportChange(command, grants, apply->changes().front(), false);
    });
    unlessGrantsBreak(command, api, grants, changes, [apply] { apply->start(); });
}

} // namespace

void grantsList(Command &command)
{
    command.withApi([&command](ApiClient &api) {
        tellInterruptedApplies(command);
        withGrants(command, api, [&command](const ServerGrants &grants) {
            QJsonArray json;
            std::vector<QStringList> rows;
            for (const ClientApp &app : grants.clientApps) {
                const QStringList scopes = grants.valuesOf(app.scopes);
                json.append(QJsonObject{
                    {u"app"_s, app.name}, {u"app_id"_s, app.id.value}, {u"scopes"_s, toJson(scopes)}});
                rows.push_back({app.id.toString(), app.name, scopes.join(u' ')});
            }
            command.succeed({{u"server"_s, ownerJson(grants.server)}, {u"grants"_s, json}},
                            table({Command::tr("ID"), Command::tr("APP"), Command::tr("SCOPES")}, rows));
        });
    });
}

void grantsSet(Command &command)
{
    if (!command.has(u"app"_s))
        return command.refuseUsage(Command::tr("Name the client app with --app."));
    if (int{command.has(u"scope"_s)} + int{command.has(u"none"_s)} + int{command.has(u"remove"_s)} != 1)
        return command.refuseUsage(Command::tr("Give either --scope, or --none, or --remove."));
    command.withApi([&command](ApiClient &api) {
        tellInterruptedApplies(command);
        withGrants(command, api, [&command, &api](const ServerGrants &grants) {
            findClientApp(command, api, grants, [&command, &api, grants](AppId app, const QString &name) {
                setGrants(command, api, grants, app, name);
            });
        });
    });
}

} // namespace latchkey::cli
