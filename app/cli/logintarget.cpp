// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/logintarget.h"

#include "core/enumkey.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

Result<ClientAuth> authOf(const QString &key)
{
    using enum ClientAuth;
    if (const std::optional<ClientAuth> auth = enumFromKey(key, {Basic, Post, None}, clientAuthKey))
        return *auth;
    return fail(ErrorKind::InvalidInput, Command::tr("--auth is basic, post or none."));
}

} // namespace

Result<QUrl> issuerOf(Command &command)
{
    if (command.has(u"issuer"_s))
        return QUrl(command.value(u"issuer"_s), QUrl::StrictMode);
    const Result<Tenant> tenant = command.tenant();
    if (!tenant && tenant.error().kind == ErrorKind::InvalidInput && !command.has(u"url"_s))
        return fail(ErrorKind::InvalidInput, Command::tr("Name the issuer with --issuer."));
    return tenant.map([](const Tenant &each) { return each.issuer(); });
}

Result<OidcClient> clientOf(Command &command)
{
    OidcClient client{.clientId = command.value(u"app-id"_s)};
    if (client.clientId.isEmpty())
        return fail(ErrorKind::InvalidInput, Command::tr("Name the client id of the app with --app-id."));
    const Result<ClientAuth> auth = authOf(command.has(u"auth"_s) ? command.value(u"auth"_s) : u"basic"_s);
    if (!auth)
        return fail(auth.error());
    client.auth = *auth;
    return client;
}

Result<Secret> appSecret(Command &command, ClientAuth auth)
{
    const bool isPublic = auth == ClientAuth::None;
    return command.secrets().read("LATCHKEY_APP_SECRET", Command::tr("The app's client secret"), !isPublic);
}

} // namespace latchkey::cli
