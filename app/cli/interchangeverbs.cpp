// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/fileinput.h"
#include "cli/verbs.h"
#include "core/plaintext.h"
#include "core/printablejson.h"
#include "interchange/credentialexport.h"
#include "interchange/credentialimport.h"
#include "interchange/credentialsources.h"
#include "interchange/envcredentials.h"
#include "interchange/privatefile.h"
#include "interchange/sealedfile.h"
#include "interchange/sourcetext.h"

#include <algorithm>
#include <cstdio>
#include <ranges>

#include <unistd.h>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

Result<Tenant> tenantOfWorkspace(Command &command)
{
    if (!command.has(u"tenant"_s))
        return fail(ErrorKind::InvalidInput, Command::tr("Name a tenant with --tenant."));
    return command.tenant();
}

Result<Secret> passphrase(Command &command, bool isNew)
{
    const QString prompt = Command::tr("The passphrase");
    const bool isAsked =
        !command.has(u"secret-stdin"_s) && qEnvironmentVariableIsEmpty("LATCHKEY_PASSPHRASE");
    Result<Secret> first = command.secrets().read("LATCHKEY_PASSPHRASE", prompt);
    if (!first || !isNew || !isAsked)
        return first;
    const Result<Secret> second =
        command.secrets().read("LATCHKEY_PASSPHRASE", Command::tr("The passphrase again"));
    if (second && !(*second == *first))
        return fail(ErrorKind::InvalidInput, Command::tr("The two passphrases differ. Nothing was written."));
    return first;
}

/// Reads a file or standard input, with the passphrase where it is sealed.
Result<CredentialFile> readFile(Command &command, const QString &path, std::optional<CredentialFormat> format)
{
    // The passphrase is the first line where both come from standard input.
    const bool isPassphraseFirst = command.has(u"secret-stdin"_s);
    Result<Secret> secret = isPassphraseFirst ? passphrase(command, false) : Result<Secret>(Secret());
    if (!secret)
        return fail(secret.error());
    Result<QByteArray> bytes = readFileOrInput(path);
    if (!bytes)
        return fail(bytes.error());
    if (format != CredentialFormat::Sealed && !isSealed(*bytes)) {
        const Result<CredentialFile> read =
            readCredentials(*bytes, format, path == "-"_L1 ? QString() : path);
        wipe(*bytes);
        return read;
    }
    if (!isPassphraseFirst)
        secret = passphrase(command, false);
    if (!secret)
        return fail(secret.error());
    const Result<Secret> plain = unsealed(*bytes, *secret);
    return plain ? readCredentials(plain->bytes(), CredentialFormat::Json)
                 : Result<CredentialFile>(fail(plain.error()));
}

Result<CredentialFile> readAsked(Command &command)
{
    std::optional<CredentialFormat> format;
    if (command.has(u"format"_s)) {
        format = formatFromKey(command.value(u"format"_s));
        if (!format || *format == CredentialFormat::Environment)
            return fail(ErrorKind::InvalidInput,
                        Command::tr("--format is env, json, postman, properties, ini, csv or encrypted."));
    }
    const QString path = command.argument(0);
    if (path.isEmpty() != command.has(u"environment"_s))
        return fail(ErrorKind::InvalidInput, Command::tr("Name a file, - or --environment."));
    return path.isEmpty() ? readEnvironment(QProcessEnvironment::systemEnvironment())
                          : readFile(command, path, format);
}

/// One import from the command line: what was read, what of it goes in, and how that is told.
struct ImportRun
{
    CredentialFormat format = CredentialFormat::EnvFile;
    std::vector<PlannedImport> plan{};
    std::vector<ImportProblem> problems{};
    QStringList warnings{};
    bool isDry = false;
    bool takesAnyAddress = false;

    bool isChosen(const PlannedImport &planned) const
    {
        return !planned.isExisting && (takesAnyAddress || !planned.isOfAnotherTenant);
    }
    bool isLeftOut(const PlannedImport &planned) const { return !planned.isExisting && !isChosen(planned); }
    bool leavesOut() const
    {
        return std::any_of(plan.begin(), plan.end(), [this](const auto &each) { return isLeftOut(each); });
    }
    QString statusOf(const PlannedImport &planned) const
    {
        if (planned.isExisting)
            return u"existing"_s;
        if (isLeftOut(planned))
            return u"other_tenant"_s;
        return isDry ? u"new"_s : u"imported"_s;
    }
    std::vector<FoundCredential> chosen() const
    {
        std::vector<FoundCredential> rows;
        for (const PlannedImport &planned : plan) {
            if (isChosen(planned))
                rows.push_back(planned.found);
        }
        return rows;
    }
};

QString statusText(const QString &status, const FoundCredential &found)
{
    if (status == "existing"_L1)
        return Command::tr("Existing");
    if (status == "other_tenant"_L1)
        return Command::tr("For %1").arg(found.baseUrl.authority());
    return status == "new"_L1 ? Command::tr("New") : Command::tr("Imported");
}

QJsonObject rowJson(const FoundCredential &found)
{
    return {{u"name"_s, found.name},
            {u"client_id"_s, found.clientId},
            {u"address"_s, found.baseUrl.isEmpty() ? QJsonValue() : QJsonValue(found.baseUrl.toString())},
            {u"level"_s, found.level ? QJsonValue(scopeLevelName(*found.level)) : QJsonValue()},
            {u"has_secret"_s, !found.clientSecret.isEmpty()},
            {u"where"_s, found.where}};
}

void tellImport(Command &command, const ImportRun &run)
{
    QJsonArray list;
    std::vector<QStringList> rows;
    for (const PlannedImport &planned : run.plan) {
        QJsonObject row = rowJson(planned.found);
        row.insert(u"status"_s, run.statusOf(planned));
        list.append(row);
        rows.push_back({planned.found.name, planned.found.baseUrl.authority(), planned.found.clientId,
                        statusText(run.statusOf(planned), planned.found), planned.found.where});
    }
    QJsonArray problems;
    for (const ImportProblem &problem : run.problems | std::views::take(kMostProblems))
        problems.append(QJsonObject{{u"where"_s, problem.where}, {u"message"_s, problem.message}});
    const bool nothingWentIn = run.chosen().empty() && run.leavesOut();
    command.succeed({{u"format"_s, formatKey(run.format)},
                     {u"dry_run"_s, run.isDry},
                     {u"credentials"_s, list},
                     {u"problems"_s, problems},
                     {u"warnings"_s, toJson(run.warnings)}},
                    table({Command::tr("NAME"), Command::tr("ADDRESS"), Command::tr("CLIENT ID"),
                           Command::tr("STATUS"), Command::tr("WHERE")},
                          rows),
                    nothingWentIn ? Exit::Refused : Exit::Done);
}

/// What the person is told beside the table: who else may read the file, and what is left out.
QStringList warningsOf(const ImportRun &run, const Tenant &tenant, const QString &path)
{
    QStringList warnings;
    if (const QString loose = looseModeWarning(path); !path.isEmpty() && !loose.isEmpty())
        warnings.append(loose);
    for (const PlannedImport &planned : run.plan) {
        const QString address = planned.found.baseUrl.authority();
        if (run.isLeftOut(planned))
            warnings.append(
                Command::tr("%1 (%2) is for %3, not for %4, and was left out. --any-address imports it.")
                    .arg(planned.found.name, planned.found.where, address, tenant.host()));
        else if (!planned.isExisting && planned.isOfAnotherTenant)
            warnings.append(Command::tr("%1 (%2) is for %3. Here its secret is sent to %4.")
                                .arg(planned.found.name, planned.found.where, address, tenant.host()));
    }
    return warnings;
}

void printProblems(const ImportRun &run)
{
    for (const QString &warning : run.warnings)
        printError(u"latchkey-cli: %1\n"_s.arg(plainLine(warning)));
    for (const ImportProblem &problem : run.problems | std::views::take(kMostProblems))
        printError(problem.where.isEmpty()
                       ? u"  %1\n"_s.arg(plainLine(problem.message))
                       : u"  %1: %2\n"_s.arg(plainLine(problem.where), plainLine(problem.message)));
    printMoreProblems(run.problems.size());
}

void store(Command &command, TenantId tenant, const ImportRun &run)
{
    auto *import = new CredentialImport(command.credentials(), tenant, SecretPlace::Keychain);
    if (::isatty(STDERR_FILENO) == 1)
        QObject::connect(import, &CredentialImport::progressed, &command, [](int stored, int all) {
            printError(Command::tr("%1 of %2 stored").arg(stored).arg(all) + u'\n');
        });
    const auto receive = [&command, run](const Result<std::vector<ApiCredential>> &added) {
        if (added)
            tellImport(command, run);
        else if (added.error().kind == ErrorKind::InvalidInput)
            command.refuse(added.error(), Exit::Refused);
        else
            command.refuse(added.error());
    };
    import->start(run.chosen(), Continuation<std::vector<ApiCredential>>(&command, receive));
}

/// Writes to --output, or to standard output.
void deliver(Command &command, QByteArrayView bytes, int count, int missing)
{
    if (!command.has(u"output"_s))
        return command.succeedWith(bytes);
    const QString path = command.value(u"output"_s);
    if (const Result<void> written = writePrivateFile(path, bytes); !written)
        return command.refuse(written.error());
    QString text = Command::tr("API credentials written to %1: %2").arg(path).arg(count) + u'\n';
    if (missing > 0)
        text += Command::tr("Without a secret, which is missing here: %1").arg(missing) + u'\n';
    command.succeed({{u"file"_s, path}, {u"exported"_s, count}, {u"without_secret"_s, missing}}, text);
}

void exportSealed(Command &command, const Tenant &tenant, const std::vector<ApiCredential> &credentials)
{
    const Result<Secret> secret = passphrase(command, true);
    if (!secret)
        return command.refuse(secret.error());
    auto *job = new CredentialExport(command.credentials(), tenant, &command);
    const int count = static_cast<int>(credentials.size());
    job->start(credentials, *secret, {},
               command.expect<SealedExport>([&command, count](const SealedExport &done) {
                   deliver(command, done.bytes, count, done.missing);
               }));
}

/// What does not go together; empty where all is well.
QString exportProblem(Command &command, const QString &format)
{
    const bool isSealedExport = command.has(u"encrypted"_s);
    if (format != "json"_L1 && format != "csv"_L1)
        return Command::tr("--format is json or csv.");
    if (isSealedExport && format == "csv"_L1)
        return Command::tr("An encrypted export has a format of its own: leave --format csv out.");
    if (command.has(u"output"_s) || command.has(u"force"_s))
        return command.outputProblem(u"output"_s);
    if (isSealedExport && (command.has(u"json"_s) || ::isatty(STDOUT_FILENO) == 1))
        return Command::tr("An encrypted export is no text. Name a file with --output.");
    if (format == "csv"_L1 && command.has(u"json"_s))
        return Command::tr("--json prints JSON: use --output for a table.");
    return {};
}

} // namespace

void credentialsSources(Command &command)
{
    QJsonArray list;
    std::vector<QStringList> rows;
    for (const CredentialSource &source : findCredentialSources(SourcePlaces::ofThisProcess())) {
        const bool isFile = !source.path.isEmpty();
        list.append(
            QJsonObject{{u"title"_s, source.title},
                        {u"path"_s, isFile ? QJsonValue(source.path) : QJsonValue()},
                        {u"readable_by_others"_s, isFile && !looseModeWarning(source.path).isEmpty()}});
        rows.push_back({source.title, isFile ? source.path : u"--environment"_s});
    }
    if (rows.empty())
        return command.succeed({{u"sources"_s, list}},
                               Command::tr("Nothing found in the usual places.") + u'\n');
    command.succeed({{u"sources"_s, list}}, table({Command::tr("SOURCE"), Command::tr("PATH")}, rows));
}

void credentialsImport(Command &command)
{
    const Result<Tenant> tenant = tenantOfWorkspace(command);
    if (!tenant)
        return command.refuse(tenant.error());
    const Result<CredentialFile> file = readAsked(command);
    if (!file)
        return command.refuse(file.error());
    const Result<std::vector<ApiCredential>> existing = command.credentials().list(tenant->id);
    if (!existing)
        return command.refuse(existing.error());
    ImportRun run{.format = file->format,
                  .plan =
                      planImport(file->credentials, *tenant, *existing, command.credentials().workspace()),
                  .problems = file->problems,
                  .isDry = command.has(u"dry-run"_s),
                  .takesAnyAddress = command.has(u"any-address"_s)};
    const QString path = command.argument(0);
    run.warnings = warningsOf(run, *tenant, path == "-"_L1 ? QString() : path);
    printProblems(run);
    if (run.plan.empty())
        return command.refuse({.kind = ErrorKind::Invalid,
                               .message = Command::tr("There is no API credential in it that can be used."),
                               .detail = run.problems.empty() ? QString()
                                                              : run.problems.front().where + u": "_s +
                                                                    run.problems.front().message});
    if (run.isDry || run.chosen().empty())
        return tellImport(command, run);
    // The keychain is about to be used anyway: what an import that was killed left behind goes first.
    command.credentials().removeLeftovers(
        then(&command, [&command, run, id = tenant->id](const Result<void> &) { store(command, id, run); }));
}

void credentialsExport(Command &command)
{
    const Result<Tenant> tenant = tenantOfWorkspace(command);
    if (!tenant)
        return command.refuse(tenant.error());
    const QString format = command.has(u"format"_s) ? command.value(u"format"_s) : u"json"_s;
    if (const QString problem = exportProblem(command, format); !problem.isEmpty())
        return command.refuseUsage(problem);
    const Result<std::vector<ApiCredential>> credentials = command.credentials().list(tenant->id);
    if (!credentials)
        return command.refuse(credentials.error());
    if (command.has(u"encrypted"_s))
        return exportSealed(command, *tenant, *credentials);
    const bool isCsv = format == "csv"_L1;
    const QByteArray bytes = isCsv ? credentialsAsCsv(*tenant, *credentials)
                                   : printableJson(credentialsAsJson(*tenant, *credentials));
    if (isCsv && !command.has(u"output"_s) && ::isatty(STDOUT_FILENO) == 1)
        return command.succeed({}, QString::fromUtf8(bytes).remove(u'\r')); // shows what prints nothing
    deliver(command, bytes, static_cast<int>(credentials->size()), 0);
}

} // namespace latchkey::cli
