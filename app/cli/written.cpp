// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/written.h"

#include "oidc/loginprofile.h"
#include "store/loginstore.h"

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
    QString text = sentence(name, state) + u'\n';
    if (!differences.empty())
        text += differenceText(differences) + u'\n';
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
    if (command.has(u"url"_s))
        return true;
    const Result<Tenant> tenant = command.tenant();
    const Result<Workspace *> workspace = command.workspace();
    if (!tenant || !workspace) {
        command.refuse(tenant ? workspace.error() : tenant.error());
        return false;
    }
    const Result<std::vector<LoginProfile>> profiles = (*workspace)->logins().profiles(tenant->id);
    if (!profiles) {
        command.refuse(profiles.error());
        return false;
    }
    const QString text = lockoutText(broken(ownUses(*profiles, std::nullopt)));
    if (text.isEmpty() || command.value(u"confirm"_s) == name)
        return true;
    command.refuse(
        {.kind = ErrorKind::InvalidInput,
         .message = Command::tr("%1 Give --confirm \"%2\" to do it all the same.").arg(text, name)},
        Exit::Refused);
    return false;
}

QString optionOr(Command &command, const QString &option, const QString &text)
{
    return command.has(option) ? command.value(option).trimmed() : text;
}

} // namespace latchkey::cli
