// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "core/records.h"

namespace latchkey::cli {

void tokenGet(Command &command);
void tokenRevoke(Command &command);
void tokenLimit(Command &command);
void serversList(Command &command);
void serversShow(Command &command);
void serversCreate(Command &command);
void serversUpdate(Command &command);
void serversDelete(Command &command);
void scopesList(Command &command);
void scopesAdd(Command &command);
void scopesUpdate(Command &command);
void scopesDelete(Command &command);
void claimsList(Command &command);
void claimsAdd(Command &command);
void claimsUpdate(Command &command);
void claimsDelete(Command &command);
void appsList(Command &command);
void appsShow(Command &command);
void grantsList(Command &command);
void grantsSet(Command &command);
void grantsExport(Command &command);
void grantsPlan(Command &command);
void grantsApply(Command &command);
void grantsDrift(Command &command);
void grantsReport(Command &command);
void grantsChanges(Command &command);
void grantsReconcile(Command &command);
void grantsUndo(Command &command);
void loginClientCredentials(Command &command);
void loginPassword(Command &command);
void loginBrowser(Command &command);
void loginRefresh(Command &command);
void loginUserInfo(Command &command);
void loginIntrospect(Command &command);
void loginRevoke(Command &command);
void loginLogout(Command &command);
void loginRun(Command &command);
void loginProfiles(Command &command);
void loginHistory(Command &command);
void loginForget(Command &command);
void jwtDecode(Command &command);
void jwtVerify(Command &command);
void tenantsList(Command &command);
void tenantsAdd(Command &command);
void tenantsShow(Command &command);
void tenantsRemove(Command &command);
void credentialsList(Command &command);
void credentialsAdd(Command &command);
void credentialsShow(Command &command);
void credentialsTest(Command &command);
void credentialsDisable(Command &command);
void credentialsEnable(Command &command);
void credentialsDelete(Command &command);
void credentialsRepair(Command &command);
void credentialsExport(Command &command);
void credentialsImport(Command &command);
void credentialsSources(Command &command);
void explain(Command &command);

QJsonObject credentialJson(const ApiCredential &credential);
QJsonValue toJson(const std::optional<Error> &error);
/// The tenant of --tenant, opened.
void withSession(Command &command, const std::function<void(Session &)> &callback);
/// And the API credential that the first argument names. Says what an earlier run left half done.
void withCredential(Command &command, const std::function<void(Session &, const ApiCredential &)> &callback);

/// One authorization server by id or name; a name that fits several or none ends the run.
void findServer(Command &command, ApiClient &api, const QString &idOrName,
                const std::function<void(AuthServer)> &callback);
/// One OIDC app of the tenant by id or name, with its configuration; likewise.
void findApp(Command &command, ApiClient &api, const QString &idOrName,
             const std::function<void(OidcApp)> &callback);

} // namespace latchkey::cli
