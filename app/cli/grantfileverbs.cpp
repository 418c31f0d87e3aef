// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/applying.h"
#include "cli/changejson.h"
#include "cli/fileinput.h"
#include "cli/grantreport.h"
#include "cli/verbs.h"
#include "cli/written.h"
#include "core/plaintext.h"
#include "grants/documentplan.h"
#include "grants/grantsreader.h"
#include "grants/journalentry.h"
#include "interchange/accessreport.h"

#include <iostream>
#include <ranges>

#include <unistd.h>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

/// A grants file beside the tenant that it was compared with.
struct Comparison
{
    ServerGrants grants{};
    DocumentPlan plan{};

    bool isSame() const { return plan.changes.empty() && plan.problems.empty(); }
};

using Compared = std::function<void(ApiClient &, const Comparison &)>;

Result<GrantDocument> readAskedDocument(Command &command)
{
    const QString path = command.argument(0);
    const Result<QByteArray> bytes = readFileOrInput(path);
    if (!bytes)
        return fail(bytes.error());
    Result<GrantDocument> document = readGrantDocument(*bytes);
    if (!document)
        document.error().message.prepend((path == "-"_L1 ? Command::tr("Standard input") : path) + ": "_L1);
    return document;
}

/// With all apps of the tenant, since several may share a name.
void readWithApps(Command &command, ApiClient &api, const AuthServer &server,
                  const std::function<void(const TenantGrants &)> &callback)
{
    auto *reader = new GrantsReader(api, &command);
    reader->start({server}, GrantsReader::Apps::Read, command.expect<TenantGrants>(callback));
}

void findServerMeant(Command &command, ApiClient &api, const GrantDocument &document,
                     const std::function<void(AuthServer)> &callback)
{
    if (command.has(u"server"_s))
        return findServer(command, api, command.value(u"server"_s), callback);
    AuthServersApi(api).list(
        command.expect<std::vector<AuthServer>>([&command, document, callback](const auto &servers) {
            const Result<AuthServer> server = serverMeant(document, servers);
            if (server)
                callback(*server);
            else
                command.refuse(server.error());
        }));
}

void compare(Command &command, const Compared &callback)
{
    const Result<GrantDocument> document = readAskedDocument(command);
    if (!document)
        return command.refuse(document.error());
    const Unlisted unlisted = command.has(u"keep-unlisted"_s) ? Unlisted::Keep : Unlisted::Remove;
    command.withApi([&command, document = *document, unlisted, callback](ApiClient &api) {
        const auto plan = [&api, document, unlisted, callback](const TenantGrants &read) {
            const ServerGrants &grants = read.servers.front();
            callback(api, {.grants = grants, .plan = planDocument(document, grants, read.apps, unlisted)});
        };
        findServerMeant(command, api, document, [&command, &api, plan](const AuthServer &server) {
            readWithApps(command, api, server, plan);
        });
    });
}

QJsonObject plannedJson(const GrantChange &change, const ServerGrants &grants)
{
    return changeJson(
        change, [&grants](const ScopeSet &scopes) { return grants.valuesOf(scopes); }, grants.server.name);
}

QJsonObject planJson(const Comparison &comparison)
{
    QJsonArray changes;
    for (const GrantChange &change : comparison.plan.changes)
        changes.append(plannedJson(change, comparison.grants));
    QJsonArray problems;
    for (const GrantProblem &problem : comparison.plan.problems)
        problems.append(QJsonObject{{u"kind"_s, problemKey(problem.kind)},
                                    {u"app"_s, problem.app},
                                    {u"scope"_s, problem.scope.isEmpty() ? QJsonValue() : problem.scope},
                                    {u"message"_s, problem.message},
                                    {u"candidates"_s, toJson(problem.candidates)}});
    return {{u"changes"_s, changes}, {u"problems"_s, problems}};
}

QString linesOf(const QStringList &values, const QString &sign)
{
    QString text;
    for (const QString &value : values)
        text += "    "_L1 + sign + u' ' + plainLine(value) + u'\n';
    return text;
}

QString changeText(const GrantChange &change, const ServerGrants &grants)
{
    const QString app = plainLine(change.appName);
    const QString heading = change.action == GrantAction::AddClientApp
                                ? Command::tr("%1 becomes a client app").arg(app)
                            : change.action == GrantAction::RemoveClientApp
                                ? Command::tr("%1 is removed from the client apps").arg(app)
                                : app;
    return "  "_L1 + heading + u'\n' + linesOf(grants.valuesOf(change.added()), u"+"_s) +
           linesOf(grants.valuesOf(change.removed()), u"-"_s);
}

QString planText(const Comparison &comparison)
{
    if (comparison.isSame())
        return Command::tr("%1 is as the file says.").arg(plainLine(comparison.grants.server.name)) + u'\n';
    QString text = plainLine(comparison.grants.server.name) + u'\n';
    for (const GrantChange &change : comparison.plan.changes)
        text += changeText(change, comparison.grants);
    return text;
}

void printProblems(const DocumentPlan &plan)
{
    for (const GrantProblem &problem : plan.problems | std::views::take(kMostProblems))
        printError(u"latchkey-cli: %1\n"_s.arg(plainLine(problem.message)));
    printMoreProblems(plan.problems.size());
}

/// What an app has at the tenant against what the file says.
QJsonObject differenceJson(const GrantChange &change, const ServerGrants &grants)
{
    const QString kind = change.action == GrantAction::AddClientApp      ? u"only_in_file"_s
                         : change.action == GrantAction::RemoveClientApp ? u"only_at_tenant"_s
                                                                         : u"scopes_differ"_s;
    return {{u"server"_s, grants.server.name},
            {u"app"_s, change.appName},
            {u"app_id"_s, change.app.value},
            {u"kind"_s, kind},
            {u"only_in_file"_s, toJson(grants.valuesOf(change.added()))},
            {u"only_at_tenant"_s, toJson(grants.valuesOf(change.removed()))}};
}

QString driftText(const GrantChange &change, const ServerGrants &grants)
{
    const QString app = plainLine(change.appName);
    const QString heading = change.action == GrantAction::AddClientApp
                                ? Command::tr("%1: a client app in the file only").arg(app)
                            : change.action == GrantAction::RemoveClientApp
                                ? Command::tr("%1: a client app at the tenant only").arg(app)
                                : app;
    QString text = "  "_L1 + heading + u'\n';
    for (const QString &value : grants.valuesOf(change.added()))
        text += "    "_L1 + Command::tr("%1 is in the file only").arg(plainLine(value)) + u'\n';
    for (const QString &value : grants.valuesOf(change.removed()))
        text += "    "_L1 + Command::tr("%1 is at the tenant only").arg(plainLine(value)) + u'\n';
    return text;
}

/// True where a person typed yes, or --yes was given; else the run has ended.
bool isConfirmed(Command &command, const Comparison &comparison)
{
    if (command.has(u"yes"_s))
        return true;
    const bool mayAsk = !command.has(u"no-input"_s) && command.argument(0) != "-"_L1 &&
                        !command.has(u"secret-stdin"_s) && ::isatty(STDIN_FILENO) == 1;
    if (!mayAsk) {
        command.refuseUsage(Command::tr("Nothing was changed. Look at the plan, then give --yes."));
        return false;
    }
    printError(planText(comparison) + u'\n' + Command::tr("Apply this? Type yes: "));
    std::string line;
    std::getline(std::cin, line);
    if (line == "yes")
        return true;
    command.refuse({.kind = ErrorKind::InvalidInput, .message = Command::tr("Nothing was changed.")},
                   Exit::Refused);
    return false;
}

QJsonObject resultJson(const AppliedChange &row, const ServerGrants &grants)
{
    QJsonObject json = plannedJson(row.change, grants);
    json.insert(u"state"_s, stateKey(row));
    json.insert(u"error"_s, toJson(row.error));
    return json;
}

void reportApplied(Command &command, const ServerGrants &grants, const std::vector<AppliedChange> &rows)
{
    QJsonArray results;
    int verified = 0;
    for (const AppliedChange &row : rows) {
        results.append(resultJson(row, grants));
        verified += row.state == ApplyState::Verified ? 1 : 0;
    }
    const QString text = Command::tr("%1 of %2 changes are stored.").arg(verified).arg(rows.size()) + u'\n';
    command.succeed({{u"results"_s, results}, {u"verified"_s, verified}}, text, outcome(rows));
}

void apply(Command &command, ApiClient &api, const Comparison &comparison)
{
    const ServerGrants grants = comparison.grants;
    JournalEntry head = headOf(command, grants, ChangeOrigin::File);
    head.source = command.argument(0);
    GrantApply *job = makeApply(command, api, comparison.plan.changes, head);
    QObject::connect(job, &GrantApply::changed, &command, [job, grants](qsizetype index) {
        const AppliedChange &row = job->changes()[static_cast<size_t>(index)];
        if (row.state == ApplyState::Verified || row.state == ApplyState::NotStored ||
            row.state == ApplyState::Conflict)
            printError(stateText(row, grants));
        if (row.error)
            printError(errorText(*row.error));
    });
    QObject::connect(job, &GrantApply::finished, &command,
                     [&command, grants, job] { reportApplied(command, grants, job->changes()); });
    job->start();
}

} // namespace

void grantsExport(Command &command)
{
    const QString format = command.has(u"format"_s) ? command.value(u"format"_s) : u"yaml"_s;
    if (format != "yaml"_L1 && format != "json"_L1)
        return command.refuseUsage(Command::tr("--format is yaml or json."));
    const bool isJson = command.has(u"json"_s) || format == "json"_L1;
    command.withApi([&command, isJson](ApiClient &api) {
        findServer(command, api, command.argument(0), [&command, &api, isJson](const AuthServer &server) {
            readWithApps(command, api, server, [&command, isJson](const TenantGrants &read) {
                const Result<QByteArray> text = grantDocumentText(
                    read.servers.front(), read.apps, isJson ? GrantFormat::Json : GrantFormat::Yaml);
                if (text)
                    command.succeedWith(*text);
                else
                    command.refuse(text.error());
            });
        });
    });
}

void grantsPlan(Command &command)
{
    compare(command, [&command](ApiClient &, const Comparison &comparison) {
        printProblems(comparison.plan);
        command.succeed(planJson(comparison), planText(comparison),
                        comparison.isSame() ? Exit::Done : Exit::Refused);
    });
}

void grantsDrift(Command &command)
{
    compare(command, [&command](ApiClient &, const Comparison &comparison) {
        printProblems(comparison.plan);
        QJsonArray differences;
        QString text = plainLine(comparison.grants.server.name) + u'\n';
        for (const GrantChange &change : comparison.plan.changes) {
            differences.append(differenceJson(change, comparison.grants));
            text += driftText(change, comparison.grants);
        }
        const bool isSame = comparison.isSame();
        command.succeed({{u"in_sync"_s, isSame},
                         {u"differences"_s, differences},
                         {u"problems"_s, planJson(comparison).value("problems"_L1)}},
                        isSame ? planText(comparison) : text, isSame ? Exit::Done : Exit::Refused);
    });
}

void grantsApply(Command &command)
{
    compare(command, [&command](ApiClient &api, const Comparison &comparison) {
        tellInterruptedApplies(command);
        printProblems(comparison.plan);
        if (!comparison.plan.problems.empty())
            return command.refuse(
                {.kind = ErrorKind::Invalid,
                 .message = Command::tr("The file does not fit this tenant. Nothing was changed."),
                 .detail = comparison.plan.problems.front().message});
        if (comparison.plan.changes.empty())
            return command.succeed({{u"results"_s, QJsonArray()}, {u"verified"_s, 0}}, planText(comparison));
        unlessGrantsBreak(command, api, comparison.grants, comparison.plan.changes,
                          [&command, &api, comparison] {
                              if (isConfirmed(command, comparison))
                                  apply(command, api, comparison);
                          });
    });
}

void grantsReport(Command &command)
{
    const QString format = command.value(u"format"_s);
    if (command.has(u"format"_s) && format != "csv"_L1 && format != "html"_L1)
        return command.refuseUsage(Command::tr("--format is csv or html."));
    const Result<Tenant> tenant = command.tenant();
    if (!tenant)
        return command.refuse(tenant.error());
    command.withApi([&command, tenant = *tenant, isHtml = format == "html"_L1](ApiClient &api) {
        auto *reader = new GrantsReader(api, &command);
        const auto print = [&command, tenant, isHtml](TenantGrants read) {
            const AccessReport report{
                .tenant = tenant, .readAt = command.clock().now(), .servers = std::move(read.servers)};
            command.succeedWith(isHtml ? accessReportHtml(report) : accessReportCsv(report));
        };
        const auto printed = command.expect<TenantGrants>(print);
        if (command.argument(0).isEmpty())
            return reader->startAll(GrantsReader::Apps::Leave, printed);
        findServer(command, api, command.argument(0), [reader, printed](const AuthServer &server) {
            reader->start({server}, GrantsReader::Apps::Leave, printed);
        });
    });
}

} // namespace latchkey::cli
