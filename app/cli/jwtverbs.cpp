// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verbs.h"
#include "core/plaintext.h"
#include "oidc/tokenjudgement.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cstdio>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestTolerance = 600; // seconds

/// The token of standard input.
QByteArray readToken()
{
    QFile input;
    constexpr qint64 mostBytes = 4 << 20;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    QByteArray token;
    // A pipe gives what it has, which may be a part.
    for (QByteArray part = input.read(mostBytes); !part.isEmpty() && token.size() < mostBytes;
         part = input.read(mostBytes))
        token += part;
    return token.trimmed();
}

/// What `jwt verify` was asked for, with the keys that are at hand.
struct Task
{
    QByteArray token{};
    std::optional<DecodedJws> jws{};
    ClaimExpectations expected{};
    TokenTime time{};
    bool isTimeGiven = false;
    QStringList algorithms{};
    QStringList notes{};
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

Result<TokenTime> timeOf(const Command &command)
{
    TokenTime time{.now = command.clock().now()};
    if (command.has(u"skew"_s)) {
        bool isNumber = false;
        const int seconds = command.value(u"skew"_s).toInt(&isNumber);
        if (!isNumber || seconds < 0 || seconds > kLongestTolerance)
            return usage(
                Command::tr("--skew takes a number of seconds from 0 to %1.").arg(kLongestTolerance));
        time.tolerance = std::chrono::seconds(seconds);
    }
    if (command.has(u"at"_s)) {
        static const QRegularExpression rfc3339(
            u"^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$"_s);
        const QString text = command.value(u"at"_s).toUpper();
        time.now = QDateTime::fromString(text, Qt::ISODateWithMs);
        if (!rfc3339.match(text).hasMatch() || !time.now.isValid())
            return usage(Command::tr("--at takes a time with its zone, such as 2026-11-22T07:15:00Z."));
    }
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
    for (const auto &[option, target] :
         {std::pair(u"issuer"_s, &task.expected.issuer), std::pair(u"audience"_s, &task.expected.audience),
          std::pair(u"nonce"_s, &task.expected.nonce)}) {
        const Result<QString> text = textOf(command, option);
        if (!text)
            return fail(text.error());
        *target = *text;
    }
    task.expected.isIdToken = command.has(u"nonce"_s);
    const Result<TokenTime> time = timeOf(command);
    if (!time)
        return fail(time.error());
    task.time = *time;
    task.isTimeGiven = command.has(u"at"_s);
    const Result<QStringList> algorithms = algorithmsOf(command);
    if (!algorithms)
        return fail(algorithms.error());
    task.algorithms = *algorithms;
    return task;
}

void report(Command &command, const Task &task, const std::vector<Check> &checks, QJsonObject json = {})
{
    const bool verified = isVerified(checks);
    QJsonArray list;
    std::vector<QStringList> rows;
    for (const Check &check : checks) {
        const QString result = checkResultKey(check.result);
        list.append(QJsonObject{{u"name"_s, check.name}, {u"result"_s, result}, {u"reason"_s, check.reason}});
        rows.push_back({check.name, result, check.reason});
    }
    json.insert(u"kind"_s, tokenKindKey(tokenKind(task.token)));
    json.insert(u"verified"_s, verified);
    json.insert(u"checks"_s, list);
    json.insert(u"notes"_s, toJson(task.notes));
    QString text;
    for (const QStringList &row : rows)
        text += u"%1 %2 %3\n"_s.arg(row.at(0), -17).arg(row.at(1), -12).arg(withVisibleControls(row.at(2)));
    for (const QString &note : task.notes)
        text += Command::tr("Note: %1").arg(withVisibleControls(note)) + u'\n';
    text += (verified ? Command::tr("Verified.") : Command::tr("Not verified.")) + u'\n';
    command.succeed(json, text, verified ? Exit::Done : Exit::Refused);
}

/// Three parts that are broken are a bad signature; anything else is a token that has none.
void reportUndecoded(Command &command, const Task &task, const Error &error)
{
    const TokenKind kind = tokenKind(task.token);
    const bool isBroken = task.token.count('.') == 2;
    const QString why =
        kind == TokenKind::Encrypted
            ? Command::tr("The token is encrypted (JWE). Only its recipient can look into it.")
        : isBroken ? error.message
                   : Command::tr("The token is opaque, not a JWT. Only its issuer can say what it is worth.");
    report(command, task, checkUndecoded(task.token, why), {{u"error"_s, errorJson(error)}});
}

void judge(Command &command, const Task &task, Verifier verifier)
{
    if (!task.algorithms.isEmpty())
        verifier.setAllowedAlgorithms(task.algorithms);
    report(command, task, checkToken(*task.jws, verifier, task.expected, task.time));
}

void judgeWithFile(Command &command, Task task)
{
    QFile file(command.value(u"jwks"_s));
    if (!file.open(QIODevice::ReadOnly))
        return command.refuse({.kind = ErrorKind::InvalidInput,
                               .message = Command::tr("The file %1 cannot be read.").arg(file.fileName()),
                               .detail = file.errorString()});
    constexpr qint64 mostBytes = 4 << 20;
    Result<Jwks> keys = parseJwks(file.read(mostBytes));
    if (!keys) {
        keys.error().kind = ErrorKind::NotUnderstood;
        return command.refuse(keys.error());
    }
    task.notes = keys->notes();
    judge(command, task, Verifier(std::move(*keys)));
}

void judgeWithSecret(Command &command, const Task &task)
{
    QByteArray value = qgetenv("LATCHKEY_APP_SECRET");
    if (value.isEmpty())
        return command.refuseUsage(
            Command::tr("The app's client secret is missing. Set LATCHKEY_APP_SECRET."));
    judge(command, task, Verifier(Secret::takeFrom(value)));
}

/// The document's own address is as good as the issuer's.
QUrl issuerOf(QString text)
{
    const QString suffix = u"/.well-known/openid-configuration"_s;
    if (text.endsWith(suffix))
        text.chop(suffix.size());
    return QUrl(text, QUrl::StrictMode);
}

void judgeWithIssuer(Command &command, Task task, const IssuerKeys &keys)
{
    const TokenQuestion question{.token = *task.jws,
                                 .expected = task.expected,
                                 .algorithms = task.algorithms,
                                 .at = task.isTimeGiven ? std::optional(task.time.now) : std::nullopt,
                                 .tolerance = task.time.tolerance};
    const TokenVerdict verdict = judgeToken(question, keys, command.clock());
    task.notes = verdict.notes;
    report(command, task, verdict.checks);
}

void fetchAndJudge(Command &command, const Task &task)
{
    auto *cache = new JwksCache(command.http(), command.clock(), &command);
    const QString kid = task.jws->header.value("kid"_L1).toString();
    cache->keysFor(issuerOf(command.value(u"discover"_s)), kid,
                   then(&command, [&command, task](const Result<IssuerKeys> &keys) {
                       if (keys)
                           return judgeWithIssuer(command, task, *keys);
                       const bool isUsage = keys.error().kind == ErrorKind::InvalidInput;
                       command.refuse(keys.error(), isUsage ? Exit::Usage : Exit::Unreachable);
                   }));
}

} // namespace

void jwtDecode(Command &command)
{
    const QByteArray token = readToken();
    const QString kind = tokenKindKey(tokenKind(token));
    const Result<DecodedJwt> decoded = decodeJwt(token);
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
    task->token = readToken();
    Result<DecodedJws> jws = decodeJws(task->token);
    if (!jws)
        return reportUndecoded(command, *task, jws.error());
    task->jws = std::move(*jws);
    if (command.has(u"jwks"_s))
        return judgeWithFile(command, *task);
    if (command.has(u"client-secret-env"_s))
        return judgeWithSecret(command, *task);
    if (command.has(u"discover"_s))
        return fetchAndJudge(command, *task);
    judge(command, *task, Verifier());
}

} // namespace latchkey::cli
