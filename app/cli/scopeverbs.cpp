// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/fileinput.h"
#include "cli/grantreport.h"
#include "cli/serverreport.h"
#include "cli/written.h"
#include "core/plaintext.h"
#include "interchange/sourcetext.h"

#include <algorithm>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QStringList holdersOf(const ServerGrants &grants, ScopeId scope)
{
    QStringList names;
    for (const ClientApp &app : grants.clientApps) {
        if (app.scopes.contains(scope))
            names.append(app.name);
    }
    names.sort();
    return names;
}

/// The scope of the second argument, by value or id; nothing ends the run.
std::optional<Scope> theScope(Command &command, const ServerGrants &known)
{
    const QString wanted = command.argument(1);
    const auto found = std::ranges::find_if(known.scopes, [&](const Scope &scope) {
        return scope.value == wanted || scope.id.toString() == wanted;
    });
    if (found != known.scopes.end())
        return *found;
    command.refuse({.kind = ErrorKind::NotFound,
                    .message = Command::tr("%1 has no scope %2.").arg(known.server.name, wanted)});
    return std::nullopt;
}

Result<std::vector<Scope>> listedScopes(const QString &name)
{
    const Result<QString> text = readFileOrInput(name).and_then(decodedText);
    if (!text)
        return fail(text.error());
    const std::vector<Scope> scopes = scopesFromText(*text);
    if (scopes.empty())
        return fail(ErrorKind::InvalidInput, Command::tr("No scope is in %1.").arg(name));
    return scopes;
}

/// Adds the scopes of a list one after the other; ends the run when it is through.
class ScopeList : public QObject
{
    Q_OBJECT

public:
    ScopeList(Command &command, ApiClient &api, const ServerGrants &known, std::vector<Scope> wanted)
        : QObject(&command)
        , m_command(command)
        , m_writer(AuthServersApi(api))
        , m_known(known)
        , m_wanted(std::move(wanted))
    {
    }

    void next()
    {
        if (m_done == m_wanted.size())
            return finish();
        const Scope wanted = m_wanted[m_done++];
        m_writer.add(
            m_known.server.id, wanted, m_known.scopes,
            then(this, [this, wanted](const Result<Written<Scope>> &written) { receive(wanted, written); }));
    }

private:
    void receive(const Scope &wanted, const Result<Written<Scope>> &written)
    {
        if (written) {
            m_known.scopes = written->all;
            m_rows.append(QJsonObject{{u"scope"_s, scopeJson(written->found)},
                                      {u"state"_s, writeStateKey(written->state)},
                                      {u"error"_s, QJsonValue(QJsonValue::Null)}});
            note(wanted, written->state == WriteState::Stored, differenceText(written->differences));
            return next();
        }
        const Error &error = written.error();
        m_rows.append(QJsonObject{
            {u"scope"_s, QJsonObject{{u"value"_s, wanted.value}}},
            {u"state"_s, error.kind == ErrorKind::OutcomeUnknown ? u"unknown"_s : u"not_stored"_s},
            {u"error"_s, errorJson(error)}});
        note(wanted, false, error.vendorText.isEmpty() ? error.message : error.vendorText);
        m_code = exitCode(error) == Exit::Usage ? Exit::Refused : exitCode(error);
        if (concernsOneAlone(error))
            return next();
        finish();
    }
    void note(const Scope &scope, bool isStored, const QString &why)
    {
        if (!isStored && m_code == Exit::Done)
            m_code = Exit::Refused;
        m_text += (isStored ? tr("Stored: %1").arg(plainLine(scope.value))
                            : tr("Not stored: %1. %2").arg(plainLine(scope.value), plainLine(why))) +
                  u'\n';
    }
    void finish()
    {
        if (m_done < m_wanted.size())
            m_text += tr("Not sent: %1").arg(m_wanted.size() - m_done) + u'\n';
        m_command.succeed({{u"server"_s, ownerJson(m_known.server)},
                           {u"scopes"_s, m_rows},
                           {u"not_sent"_s, static_cast<qint64>(m_wanted.size() - m_done)}},
                          m_text, m_code);
    }

    Command &m_command;
    AuthServerWriter m_writer;
    ServerGrants m_known;
    std::vector<Scope> m_wanted;
    size_t m_done = 0;
    QJsonArray m_rows;
    QString m_text;
    Exit m_code = Exit::Done;
};

Continuation<Written<Scope>> reporting(Command &command)
{
    return expectWritten<Written<Scope>>(command, [&command](const Written<Scope> &written) {
        reportWritten(command, u"scope"_s, scopeJson(written.found), written.found.value, written.state,
                      written.differences);
    });
}

} // namespace

void scopesList(Command &command)
{
    command.withApi([&command](ApiClient &api) {
        withGrants(command, api, [&command](const ServerGrants &known) {
            QJsonArray json;
            std::vector<QStringList> rows;
            for (const Scope &scope : known.scopes) {
                const QStringList holders = holdersOf(known, scope.id);
                QJsonObject row = scopeJson(scope);
                row.insert(u"apps"_s, toJson(holders));
                json.append(row);
                rows.push_back(
                    {scope.id.toString(), scope.value, QString::number(holders.size()), scope.description});
            }
            command.succeed({{u"server"_s, ownerJson(known.server)}, {u"scopes"_s, json}},
                            table({Command::tr("ID"), Command::tr("SCOPE"), Command::tr("APPS"),
                                   Command::tr("DESCRIPTION")},
                                  rows));
        });
    });
}

void scopesAdd(Command &command)
{
    const bool isList = command.has(u"from"_s);
    if (isList == !command.argument(1).isEmpty() || (isList && command.has(u"description"_s)))
        return command.refuseUsage(Command::tr(
            "Give the value of a scope, or a list of them with --from, whose lines describe them."));
    const Result<std::vector<Scope>> wanted =
        isList ? listedScopes(command.value(u"from"_s))
               : std::vector<Scope>{{.value = command.argument(1),
                                     .description = command.value(u"description"_s).trimmed()}};
    if (!wanted)
        return command.refuse(wanted.error());
    command.withApi([&command, isList, wanted = *wanted](ApiClient &api) {
        withGrants(command, api, [&command, &api, isList, wanted](const ServerGrants &known) {
            if (isList)
                return (new ScopeList(command, api, known, wanted))->next();
            AuthServerWriter(AuthServersApi(api))
                .add(known.server.id, wanted.front(), known.scopes, reporting(command));
        });
    });
}

void scopesUpdate(Command &command)
{
    if (!command.has(u"value"_s) && !command.has(u"description"_s))
        return command.refuseUsage(Command::tr("Give --value or --description."));
    command.withApi([&command](ApiClient &api) {
        withGrants(command, api, [&command, &api](const ServerGrants &known) {
            const std::optional<Scope> loaded = theScope(command, known);
            if (!loaded)
                return;
            Scope wanted = *loaded;
            wanted.value = optionOr(command, u"value"_s, loaded->value);
            wanted.description = optionOr(command, u"description"_s, loaded->description);
            if (wanted.value != loaded->value && !mayBreak(command, loaded->value, [&](const auto &uses) {
                    return brokenByScope(uses, known.server, *loaded);
                }))
                return;
            AuthServerWriter(AuthServersApi(api))
                .update(known.server.id, *loaded, wanted, reporting(command));
        });
    });
}

void scopesDelete(Command &command)
{
    command.withApi([&command](ApiClient &api) {
        withGrants(command, api, [&command, &api](const ServerGrants &known) {
            const std::optional<Scope> scope = theScope(command, known);
            if (!scope || !mayBreak(command, scope->value, [&](const auto &uses) {
                    return brokenByScope(uses, known.server, *scope);
                }))
                return;
            AuthServerWriter(AuthServersApi(api))
                .remove(known.server.id, scope->id,
                        command.expect<std::vector<Scope>>([&command, known, scope = *scope](const auto &) {
                            const QStringList losers = holdersOf(known, scope.id);
                            QString text =
                                Command::tr("Deleted and read again: %1").arg(plainLine(scope.value)) + u'\n';
                            if (!losers.isEmpty())
                                text +=
                                    Command::tr("Lost by: %1").arg(plainLine(losers.join(u", "_s))) + u'\n';
                            command.succeed({{u"server"_s, ownerJson(known.server)},
                                             {u"deleted"_s, scopeJson(scope)},
                                             {u"apps"_s, toJson(losers)}},
                                            text);
                        }));
        });
    });
}

} // namespace latchkey::cli

#include "scopeverbs.moc"
