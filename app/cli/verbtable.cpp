// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verbs.h"

#include <QCoreApplication>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Verbs", text);
}

const QStringList kLoginOptions{u"issuer"_s,   u"app-id"_s, u"auth"_s,       u"scope"_s,
                                u"resource"_s, u"param"_s,  u"show-tokens"_s};

} // namespace

const std::vector<VerbSpec> &verbs()
{
    static const std::vector<VerbSpec> table{
        {u"tenants"_s, u"list"_s, {}, 0, 0, tr("List the tenants of the workspace."), {}, tenantsList},
        {u"tenants"_s,
         u"add"_s,
         u"NAME [ADDRESS]"_s,
         1,
         2,
         tr("Add a tenant; its address is an argument or --url."),
         {u"type"_s, u"read-only"_s},
         tenantsAdd},
        {u"tenants"_s, u"show"_s, u"NAME"_s, 1, 1, tr("Show a tenant."), {}, tenantsShow},
        {u"tenants"_s,
         u"remove"_s,
         u"NAME"_s,
         1,
         1,
         tr("Remove a tenant and its credentials from this computer."),
         {},
         tenantsRemove},
        {u"credentials"_s,
         u"list"_s,
         {},
         0,
         0,
         tr("List the API credentials of a tenant."),
         {},
         credentialsList},
        {u"credentials"_s,
         u"add"_s,
         u"NAME"_s,
         1,
         1,
         tr("Keep an API credential, its secret in the keychain."),
         {u"level"_s, u"note"_s},
         credentialsAdd},
        {u"token"_s,
         u"get"_s,
         {},
         0,
         0,
         tr("Print an access token of the management API."),
         {u"form"_s},
         tokenGet},
        {u"token"_s,
         u"revoke"_s,
         {},
         0,
         0,
         tr("Revoke the token of an API credential, for everything that uses the pair."),
         {},
         tokenRevoke},
        {u"token"_s, u"limit"_s, {}, 0, 0, tr("Show how many calls the account has left."), {}, tokenLimit},
        {u"servers"_s, u"list"_s, {}, 0, 0, tr("List the authorization servers."), {}, serversList},
        {u"servers"_s,
         u"show"_s,
         u"SERVER"_s,
         1,
         1,
         tr("Show an authorization server with its scopes."),
         {},
         serversShow},
        {u"apps"_s, u"list"_s, {}, 0, 0, tr("List the OIDC apps."), {u"name"_s}, appsList},
        {u"apps"_s, u"show"_s, u"APP"_s, 1, 1, tr("Show an OIDC app."), {}, appsShow},
        {u"grants"_s,
         u"list"_s,
         u"SERVER"_s,
         1,
         1,
         tr("List which client app has which scopes."),
         {},
         grantsList},
        {u"grants"_s,
         u"set"_s,
         u"SERVER"_s,
         1,
         1,
         tr("Grant a client app exactly these scopes, and prove it by reading again."),
         {u"app"_s, u"scope"_s, u"none"_s, u"remove"_s},
         grantsSet},
        {u"login"_s,
         u"client-credentials"_s,
         {},
         0,
         0,
         tr("Test the login of a service, with the app's secret in LATCHKEY_APP_SECRET."),
         kLoginOptions,
         loginClientCredentials},
        {u"login"_s,
         u"password"_s,
         {},
         0,
         0,
         tr("Test the login of a user by the legacy password grant, with LATCHKEY_PASSWORD too."),
         kLoginOptions + QStringList{u"username"_s},
         loginPassword},
        {u"jwt"_s,
         u"decode"_s,
         {},
         0,
         0,
         tr("Decode the token in standard input, without verifying it."),
         {},
         jwtDecode},
        {u"explain"_s,
         {},
         {},
         0,
         0,
         tr("Explain an error in plain words."),
         {u"status"_s, u"error"_s, u"description"_s},
         explain},
    };
    return table;
}

} // namespace latchkey::cli
