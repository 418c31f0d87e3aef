// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/written.h"

#include "core/plaintext.h"
#include "oidc/loginprofile.h"
#include "store/loginstore.h"

#include <algorithm>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QString sentence(const QString &name, WriteState state)
{
    switch (state) {
    case WriteState::Stored:
        return Command::tr("Stored and read again: %1").arg(name);
    case WriteState::NotStored:
        return Command::tr("Not stored as wanted: %1").arg(name);
    case WriteState::Conflict:
        return Command::tr("Nothing was sent: %1 was changed meanwhile").arg(name);
    }
    return {};
}

/// What this computer uses of the tenant, however it is named; none without a workspace.
Result<std::vector<OwnUse>> usesHere(Command &command)
{
    if (!Workspace::exists(command.workspaceFolder()))
        return std::vector<OwnUse>();
    const Result<Tenant> tenant = command.tenant();
    if (!tenant)
        return fail(tenant.error());
    const Result<Workspace *> workspace = command.workspace();
    if (!workspace)
        return fail(workspace.error());
    const Result<std::vector<LoginProfile>> profiles = (*workspace)->logins().profilesAt(tenant->baseUrl);
    if (!profiles)
        return fail(profiles.error());
    return ownUses(*profiles);
}

void refuseUnconfirmed(Command &command, const QString &broken, const QStringList &names)
{
    QStringList options;
    for (const QString &name : names)
        options.append(u"--confirm \"%1\""_s.arg(withVisibleControls(name)));
    command.refuse(
        {.kind = ErrorKind::InvalidInput,
         .message = Command::tr("%1 Give %2 to do it all the same.").arg(broken, options.join(u' '))},
        Exit::Refused);
}

} // namespace

QString writeStateKey(WriteState state)
{
    switch (state) {
    case WriteState::Stored:
        return u"stored"_s;
    case WriteState::NotStored:
        return u"not_stored"_s;
    case WriteState::Conflict:
        return u"conflict"_s;
    }
    return {};
}

void reportWritten(Command &command, const QString &kind, const QJsonObject &record, const QString &name,
                   WriteState state, const std::vector<FieldDifference> &differences)
{
    QJsonArray list;
    for (const FieldDifference &each : differences)
        list.append(
            QJsonObject{{u"field"_s, each.field}, {u"wanted"_s, each.wanted}, {u"found"_s, each.found}});
    QString text = sentence(plainLine(name), state) + u'\n';
    if (!differences.empty())
        text +=
            (state == WriteState::Conflict ? changedText(differences) : differenceText(differences)) + u'\n';
    command.succeed({{kind, record}, {u"state"_s, writeStateKey(state)}, {u"differences"_s, list}}, text,
                    state == WriteState::Stored ? Exit::Done : Exit::Refused);
}

void refuseFields(Command &command, const Error &error)
{
    Error told = error;
    QStringList fields;
    for (const FieldError &refused : error.fieldErrors)
        fields.append(Command::tr("%1: %2").arg(refused.field, refused.message));
    if (!fields.isEmpty())
        told.detail = (QStringList{told.detail} + fields).join(u'\n').trimmed();
    // What the rules refuse is no mistake in the use of the program.
    command.refuse(told, error.kind == ErrorKind::InvalidInput ? Exit::Refused : exitCode(error));
}

bool mayBreak(Command &command, const QString &name,
              const std::function<std::vector<OwnUse>(const std::vector<OwnUse> &)> &broken)
{
    const Result<std::vector<OwnUse>> uses = usesHere(command);
    if (!uses) {
        command.refuse(uses.error());
        return false;
    }
    const QString text = lockoutText(broken(*uses));
    if (text.isEmpty() || isTyped(command.value(u"confirm"_s), name))
        return true;
    refuseUnconfirmed(command, text, {name});
    return false;
}

void unlessGrantsBreak(Command &command, ApiClient &api, const ServerGrants &grants,
                       const std::vector<GrantChange> &changes, const std::function<void()> &callback)
{
    const Result<std::vector<OwnUse>> uses = usesHere(command);
    if (!uses)
        return command.refuse(uses.error());
    const auto isConfirmed = [given = command.values(u"confirm"_s)](const QString &name) {
        return std::ranges::any_of(given, [&](const QString &each) { return isTyped(each, name); });
    };
    const AuthServer &server = grants.server;
    if (isConfirmed(confirmingName(server, changes)))
        return callback();
    std::vector<GrantChange> unconfirmed;
    std::ranges::copy_if(changes, std::back_inserter(unconfirmed), [&](const GrantChange &change) {
        return !isConfirmed(confirmingName(change, changes, server));
    });
    const auto judge = [&command, server, unconfirmed, changes, callback](const Lockouts &lockouts) {
        if (lockouts.isEmpty())
            return callback();
        if (!lockouts.isComplete)
            return refuseUnconfirmed(command, incompleteText(), {confirmingName(server, changes)});
        QStringList sentences;
        QStringList names;
        for (const GrantChange &change : unconfirmed) {
            const auto found = lockouts.byApp.find(change.app);
            if (found == lockouts.byApp.end())
                continue;
            sentences.append(lockoutText(change.appName, found->second));
            names.append(confirmingName(change, changes, server));
        }
        refuseUnconfirmed(command, sentences.join(u' '), names);
    };
    findLockouts(AppsApi(api), *uses, server, grants.scopes, unconfirmed, command.expect<Lockouts>(judge));
}

QString optionOr(Command &command, const QString &option, const QString &text)
{
    return command.has(option) ? command.value(option).trimmed() : text;
}

} // namespace latchkey::cli
