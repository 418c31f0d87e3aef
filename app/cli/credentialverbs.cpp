// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verbs.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QJsonObject credentialJson(const ApiCredential &credential)
{
    return {{u"name"_s, credential.name},
            {u"client_id"_s, credential.clientId},
            {u"level"_s,
             credential.level ? QJsonValue(scopeLevelName(*credential.level)) : QJsonValue(QJsonValue::Null)},
            {u"note"_s, credential.note},
            {u"enabled"_s, credential.state == CredentialState::Enabled},
            {u"kept_in"_s, credential.place == SecretPlace::Keychain ? u"keychain"_s : u"session"_s},
            {u"secret_missing"_s, credential.secretMissing},
            {u"added_at"_s, toJson(credential.addedAt)},
            {u"used_at"_s, toJson(credential.usedAt)}};
}

Result<Tenant> tenantOfWorkspace(Command &command)
{
    if (!command.has(u"tenant"_s))
        return fail(ErrorKind::InvalidInput, Command::tr("Name a tenant with --tenant."));
    return command.tenant();
}

} // namespace

void credentialsList(Command &command)
{
    const Result<Tenant> tenant = tenantOfWorkspace(command);
    if (!tenant)
        return command.refuse(tenant.error());
    const Result<std::vector<ApiCredential>> credentials = command.credentials().list(tenant->id);
    if (!credentials)
        return command.refuse(credentials.error());
    QJsonArray json;
    std::vector<QStringList> rows;
    for (const ApiCredential &credential : *credentials) {
        json.append(credentialJson(credential));
        const QString level =
            credential.level ? scopeLevelName(*credential.level) : Command::tr("Not recorded");
        const QString state =
            credential.state == CredentialState::Enabled ? Command::tr("Enabled") : Command::tr("Disabled");
        rows.push_back({credential.name, level, state, credential.clientId});
    }
    command.succeed({{u"credentials"_s, json}}, table({Command::tr("NAME"), Command::tr("LEVEL"),
                                                       Command::tr("STATE"), Command::tr("CLIENT ID")},
                                                      rows));
}

void credentialsAdd(Command &command)
{
    const Result<Tenant> tenant = tenantOfWorkspace(command);
    if (!tenant)
        return command.refuse(tenant.error());
    if (!command.has(u"client-id"_s))
        return command.refuseUsage(Command::tr("Give the client id with --client-id."));
    CredentialDraft draft{.tenant = tenant->id,
                          .name = command.argument(0),
                          .clientId = command.value(u"client-id"_s),
                          .note = command.value(u"note"_s)};
    if (command.has(u"level"_s)) {
        draft.level = scopeLevelFromName(command.value(u"level"_s));
        if (!draft.level)
            return command.refuseUsage(
                Command::tr("--level is Authentication Only, Read Users, Manage users, "
                            "Read All or Manage All."));
    }
    const Result<Secret> secret =
        command.secrets().read("LATCHKEY_CLIENT_SECRET", Command::tr("The client secret"));
    if (!secret)
        return command.refuse(secret.error());
    command.credentials().add(
        draft, *secret, Continuation<ApiCredential>(&command, [&command](const Result<ApiCredential> &added) {
            if (!added && added.error().kind == ErrorKind::InvalidInput)
                return command.refuse(added.error(), Exit::Refused);
            if (!added)
                return command.refuse(added.error());
            command.succeed({{u"credential"_s, credentialJson(*added)}},
                            Command::tr("%1 is kept.").arg(added->name) + u'\n');
        }));
}

} // namespace latchkey::cli
