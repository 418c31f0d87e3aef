// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/checkreport.h"
#include "cli/loginreport.h"
#include "cli/verbs.h"
#include "interchange/sourcetext.h"
#include "oidc/tokenjudgement.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestTolerance = 600; // seconds

/// What `jwt verify` was asked for.
struct Task
{
    Secret token{};
    TokenQuestion question{};
};

tl::unexpected<Error> usage(const QString &message)
{
    return fail(ErrorKind::InvalidInput, message);
}

/// An option that is there but empty would silently check nothing.
Result<QString> textOf(const Command &command, const QString &option)
{
    if (command.has(option) && command.value(option).isEmpty())
        return usage(Command::tr("The option --%1 is empty.").arg(option));
    return command.value(option);
}

/// None: now.
Result<std::optional<QDateTime>> timeOf(const Command &command)
{
    if (!command.has(u"at"_s))
        return std::nullopt;
    static const QRegularExpression rfc3339(
        u"^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$"_s);
    const QString text = command.value(u"at"_s).toUpper();
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!rfc3339.match(text).hasMatch() || !time.isValid())
        return usage(Command::tr("--at takes a time with its zone, such as 2026-11-22T07:15:00Z."));
    return time;
}

Result<QStringList> algorithmsOf(const Command &command)
{
    QStringList names = command.values(u"alg"_s);
    for (const QString &name : names) {
        if (!findSignatureAlgorithm(name))
            return usage(Command::tr("--alg takes one of %1.")
                             .arg((publicKeyAlgorithms() + clientSecretAlgorithms()).join(", "_L1)));
    }
    return names;
}

Result<Task> taskOf(const Command &command)
{
    const auto isGiven = [&command](const QString &option) { return command.has(option); };
    const QStringList sources{u"jwks"_s, u"discover"_s, u"client-secret-env"_s};
    if (std::count_if(sources.begin(), sources.end(), isGiven) > 1)
        return usage(Command::tr("Name one of --jwks, --discover and --client-secret-env."));
    Task task;
    TokenQuestion &question = task.question;
    for (const auto &[option, target] : {std::pair(u"issuer"_s, &question.expected.issuer),
                                         std::pair(u"audience"_s, &question.expected.audience),
                                         std::pair(u"nonce"_s, &question.expected.nonce)}) {
        const Result<QString> text = textOf(command, option);
        if (!text)
            return fail(text.error());
        *target = *text;
    }
    question.expected.isIdToken = command.has(u"nonce"_s);
    const Result<int> tolerance =
        command.number(u"skew"_s, static_cast<int>(question.tolerance.count()), 0, kLongestTolerance);
    if (!tolerance)
        return fail(tolerance.error());
    question.tolerance = std::chrono::seconds(*tolerance);
    const Result<std::optional<QDateTime>> time = timeOf(command);
    if (!time)
        return fail(time.error());
    question.at = *time;
    const Result<QStringList> algorithms = algorithmsOf(command);
    if (!algorithms)
        return fail(algorithms.error());
    question.algorithms = *algorithms;
    return task;
}

/// A signature alone says little: what nobody looked at is named.
QString verdictText(const std::vector<Check> &checks)
{
    if (!isVerified(checks))
        return Command::tr("Not verified.");
    const QStringList unchecked = namesWith(CheckResult::NotChecked, checks);
    return unchecked.isEmpty() ? Command::tr("Verified.")
                               : Command::tr("Verified, but not checked: %1.").arg(unchecked.join(u", "_s));
}

void report(Command &command, const Task &task, const TokenVerdict &verdict, QJsonObject json = {})
{
    const bool verified = isVerified(verdict.checks);
    json.insert(u"kind"_s, tokenKindKey(tokenKind(task.token.bytes())));
    json.insert(u"verified"_s, verified);
    json.insert(u"checks"_s, checksJson(verdict.checks));
    json.insert(u"notes"_s, toJson(verdict.notes));
    command.succeed(
        json, checksText(verdict.checks) + notesText(verdict.notes) + verdictText(verdict.checks) + u'\n',
        verified ? Exit::Done : Exit::Refused);
}

void judgeWithFile(Command &command, const Task &task)
{
    const Result<QByteArray> json = readSource(command.value(u"jwks"_s));
    if (!json)
        return command.refuse(json.error(), Exit::Usage);
    Result<Jwks> keys = parseJwks(*json);
    if (!keys) {
        keys.error().kind = ErrorKind::NotUnderstood;
        return command.refuse(keys.error());
    }
    report(command, task, judgeToken(task.question, IssuerKeys{.keys = std::move(*keys)}, command.clock()));
}

void judgeWithSecret(Command &command, const Task &task)
{
    QByteArray value = qgetenv("LATCHKEY_APP_SECRET");
    if (value.isEmpty())
        return command.refuseUsage(
            Command::tr("The app's client secret is missing. Set LATCHKEY_APP_SECRET."));
    report(command, task, judgeToken(task.question, Verifier(Secret::takeFrom(value)), command.clock()));
}

/// The document's own address is as good as the issuer's.
QUrl issuerOf(QString text)
{
    const QString suffix = u"/.well-known/openid-configuration"_s;
    if (text.endsWith(suffix))
        text.chop(suffix.size());
    return QUrl(text, QUrl::StrictMode);
}

void fetchAndJudge(Command &command, const Task &task)
{
    const QString kid = task.question.token.header.value("kid"_L1).toString();
    command.issuerKeys().keysFor(issuerOf(command.value(u"discover"_s)), kid,
                                 then(&command, [&command, task](const Result<IssuerKeys> &keys) {
                                     if (keys)
                                         return report(command, task,
                                                       judgeToken(task.question, *keys, command.clock()));
                                     const bool isUsage = keys.error().kind == ErrorKind::InvalidInput;
                                     command.refuse(keys.error(), isUsage ? Exit::Usage : Exit::Unreachable);
                                 }));
}

} // namespace

void jwtDecode(Command &command)
{
    const Result<Secret> token = command.secrets().readWholeToken();
    if (!token)
        return command.refuse(token.error());
    const QString kind = tokenKindKey(tokenKind(token->bytes()));
    const Result<DecodedJwt> decoded = decodeJwt(token->bytes());
    if (!decoded) {
        if (command.has(u"json"_s))
            printJson({{u"kind"_s, kind}, {u"error"_s, errorJson(decoded.error())}});
        printError(errorText(decoded.error()));
        return QCoreApplication::exit(static_cast<int>(Exit::Refused));
    }
    const auto pretty = [](const QJsonObject &object) {
        return QString::fromUtf8(QJsonDocument(object).toJson());
    };
    command.succeed({{u"kind"_s, kind},
                     {u"verified"_s, false},
                     {u"header"_s, decoded->header},
                     {u"payload"_s, decoded->payload}},
                    Command::tr("Header:\n%1\nClaims:\n%2\nDecoded, not verified.\n")
                        .arg(pretty(decoded->header), pretty(decoded->payload)));
}

void jwtVerify(Command &command)
{
    Result<Task> task = taskOf(command);
    if (!task)
        return command.refuse(task.error());
    const Result<Secret> token = command.secrets().readWholeToken();
    if (!token)
        return command.refuse(token.error());
    task->token = *token;
    Result<DecodedJws> jws = decodeJws(token->bytes());
    if (!jws)
        return report(command, *task, judgeUndecoded(token->bytes(), jws.error()),
                      {{u"error"_s, errorJson(jws.error())}});
    task->question.token = std::move(*jws);
    if (command.has(u"jwks"_s))
        return judgeWithFile(command, *task);
    if (command.has(u"client-secret-env"_s))
        return judgeWithSecret(command, *task);
    if (command.has(u"discover"_s))
        return fetchAndJudge(command, *task);
    report(command, *task, judgeToken(task->question, Verifier(), command.clock()));
}

} // namespace latchkey::cli
