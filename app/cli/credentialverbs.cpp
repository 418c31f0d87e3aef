// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verbs.h"
#include "core/plaintext.h"
#include "onelogin/credentialcreation.h"
#include "onelogin/unfinishedwork.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QString problemName(CredentialProblem problem)
{
    switch (problem) {
    case CredentialProblem::None:
        return u"none"_s;
    case CredentialProblem::Refused:
        return u"refused"_s;
    case CredentialProblem::OwnerDeleted:
        return u"owner_deleted"_s;
    }
    return {};
}

QString levelText(const ApiCredential &credential)
{
    return credential.level ? scopeLevelName(*credential.level) : Command::tr("Not recorded");
}

QString stateText(const ApiCredential &credential)
{
    if (credential.state == CredentialState::Disabled)
        return Command::tr("Disabled");
    if (credential.secretMissing)
        return Command::tr("No secret");
    switch (credential.problem) {
    case CredentialProblem::Refused:
        return Command::tr("Refused");
    case CredentialProblem::OwnerDeleted:
        return Command::tr("Owner deleted");
    case CredentialProblem::None:
        break;
    }
    return credential.usedAt.isValid() ? Command::tr("Enabled") : Command::tr("Not tested yet");
}

/// What an earlier run left half done, on standard error.
void tellUnfinished(Session &session)
{
    const Result<std::vector<Operation>> unfinished = UnfinishedWork(session).list();
    for (const Operation &operation : unfinished.value_or(std::vector<Operation>{})) {
        printError(
            u"latchkey-cli: %1 %2\n"_s.arg(UnfinishedWork::explanation(operation),
                                           Command::tr("latchkey-cli credentials repair settles that.")));
    }
}

void receiveAdded(Command &command, const Result<ApiCredential> &added)
{
    if (!added && added.error().kind == ErrorKind::InvalidInput)
        return command.refuse(added.error(), Exit::Refused);
    if (!added)
        return command.refuse(added.error());
    command.succeed({{u"credential"_s, credentialJson(*added)}},
                    Command::tr("%1 is kept.").arg(added->name) + u'\n');
}

void create(Command &command, Session &session, const CredentialDraft &draft)
{
    if (!SandboxPortal::isFor(session.tenant()))
        return command.refuseUsage(Command::tr("Only a sandbox on this computer makes pairs. Make it in the "
                                               "portal of the tenant, and give its --client-id."));
    if (!draft.level)
        return command.refuseUsage(Command::tr("Give the scope level of the new pair with --level."));
    auto *creation = new CredentialCreation(session, &session);
    creation->start(draft,
                    Continuation<ApiCredential>(&command, [&command](const Result<ApiCredential> &added) {
                        receiveAdded(command, added);
                    }));
}

void keep(Command &command, CredentialDraft draft)
{
    draft.clientId = command.value(u"client-id"_s);
    const Result<Secret> secret =
        command.secrets().read("LATCHKEY_CLIENT_SECRET", Command::tr("The client secret"));
    if (!secret)
        return command.refuse(secret.error());
    command.credentials().add(
        draft, *secret, Continuation<ApiCredential>(&command, [&command](const Result<ApiCredential> &added) {
            receiveAdded(command, added);
        }));
}

} // namespace

QJsonObject credentialJson(const ApiCredential &credential)
{
    return {{u"name"_s, credential.name},
            {u"client_id"_s, credential.clientId},
            {u"level"_s,
             credential.level ? QJsonValue(scopeLevelName(*credential.level)) : QJsonValue(QJsonValue::Null)},
            {u"note"_s, credential.note},
            {u"enabled"_s, credential.state == CredentialState::Enabled},
            {u"problem"_s, problemName(credential.problem)},
            {u"kept_in"_s, credential.place == SecretPlace::Keychain ? u"keychain"_s : u"session"_s},
            {u"secret_missing"_s, credential.secretMissing},
            {u"added_at"_s, toJson(credential.addedAt)},
            {u"used_at"_s, toJson(credential.usedAt)}};
}

QJsonValue toJson(const std::optional<Error> &error)
{
    return error ? QJsonValue(errorJson(*error)) : QJsonValue(QJsonValue::Null);
}

void withSession(Command &command, const std::function<void(Session &)> &callback)
{
    if (!command.has(u"tenant"_s))
        return command.refuseUsage(Command::tr("Name a tenant with --tenant."));
    const Result<Tenant> tenant = command.tenant();
    if (!tenant)
        return command.refuse(tenant.error());
    callback(command.session(*tenant));
}

void withCredential(Command &command, const std::function<void(Session &, const ApiCredential &)> &callback)
{
    withSession(command, [&command, callback](Session &session) {
        tellUnfinished(session);
        const Result<ApiCredential> credential =
            command.credentialNamed(session.tenant(), command.argument(0));
        if (credential)
            callback(session, *credential);
        else
            command.refuse(credential.error());
    });
}

void credentialsList(Command &command)
{
    withSession(command, [&command](Session &session) {
        tellUnfinished(session);
        const Result<std::vector<ApiCredential>> credentials =
            command.credentials().list(session.tenant().id);
        if (!credentials)
            return command.refuse(credentials.error());
        QJsonArray json;
        std::vector<QStringList> rows;
        for (const ApiCredential &credential : *credentials) {
            json.append(credentialJson(credential));
            rows.push_back(
                {credential.name, levelText(credential), stateText(credential), credential.clientId});
        }
        command.succeed({{u"credentials"_s, json}}, table({Command::tr("NAME"), Command::tr("LEVEL"),
                                                           Command::tr("STATE"), Command::tr("CLIENT ID")},
                                                          rows));
    });
}

void credentialsAdd(Command &command)
{
    if (command.has(u"client-id"_s) == command.has(u"create"_s))
        return command.refuseUsage(
            Command::tr("Give the client id with --client-id, or have the pair made with --create."));
    CredentialDraft draft{.name = command.argument(0), .note = command.value(u"note"_s)};
    if (command.has(u"level"_s)) {
        draft.level = scopeLevelFromName(command.value(u"level"_s));
        if (!draft.level)
            return command.refuseUsage(
                Command::tr("--level is Authentication Only, Read Users, Manage users, "
                            "Read All or Manage All."));
    }
    withSession(command, [&command, draft](Session &session) mutable {
        tellUnfinished(session);
        draft.tenant = session.tenant().id;
        if (command.has(u"create"_s))
            create(command, session, draft);
        else
            keep(command, draft);
    });
}

void credentialsShow(Command &command)
{
    withCredential(command, [&command](Session &, const ApiCredential &credential) {
        command.succeed({{u"credential"_s, credentialJson(credential)}},
                        Command::tr("%1 (%2)\nLevel: %3\nClient ID: %4\nNote: %5\n")
                            .arg(plainLine(credential.name), stateText(credential), levelText(credential),
                                 credential.clientId, plainLine(credential.note)));
    });
}

void credentialsTest(Command &command)
{
    withCredential(command, [&command](Session &session, const ApiCredential &credential) {
        const auto accepted = [&command, credential] {
            command.succeed({{u"credential"_s, credentialJson(credential)}, {u"accepted"_s, true}},
                            (credential.state == CredentialState::Enabled
                                 ? Command::tr("The tenant accepts %1.").arg(credential.name)
                                 : Command::tr("The tenant still accepts %1, which is disabled here.")
                                       .arg(credential.name)) +
                                u'\n');
        };
        TokenSource &tokens = session.tokenSource(credential);
        if (credential.state == CredentialState::Disabled)
            return tokens.probe(command.expect<void>(accepted)); // no use of the pair
        tokens.fetch(command.expect<ManagementToken>([accepted](const ManagementToken &) { accepted(); }));
    });
}

} // namespace latchkey::cli
