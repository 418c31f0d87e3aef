// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"

#include "core/errortext.h"
#include "core/plaintext.h"
#include "core/printablejson.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cstdio>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Output", text);
}

void write(std::FILE *stream, QByteArrayView bytes)
{
    std::fwrite(bytes.data(), 1, static_cast<size_t>(bytes.size()), stream);
    std::fflush(stream);
}

/// What a server wrote must not steer the terminal.
QString harmless(const QString &text)
{
    QStringList lines = text.split(u'\n');
    for (QString &line : lines)
        line = withVisibleControls(line);
    return lines.join(u'\n');
}

/// One name must not push the rest of the table off the screen; --json has it whole.
QString cell(const QString &text)
{
    constexpr qsizetype longest = 80;
    const QString shown = withVisibleControls(text);
    return shown.size() > longest ? shown.first(longest - 1) + u'…' : shown;
}

} // namespace

Exit exitCode(const Error &error)
{
    if (isKeychain(error.kind))
        return Exit::Keychain;
    // A failure in none of the API's dialects is that of something on the way.
    const bool isOfTheApi = !error.code.isEmpty() || !error.vendorText.isEmpty();
    if (isTransport(error.kind) ||
        (error.kind == ErrorKind::ServerFailure && !isOfTheApi && error.httpStatus != 0))
        return Exit::Unreachable;
    return error.kind == ErrorKind::InvalidInput ? Exit::Usage : Exit::Refused;
}

void printOut(const QString &text)
{
    write(stdout, harmless(text).toUtf8());
}

void printError(const QString &text)
{
    write(stderr, harmless(text).toUtf8());
}

void printBytes(QByteArrayView bytes)
{
    write(stdout, bytes);
}

void printJson(QJsonObject document)
{
    document.insert(u"schema"_s, 1);
    write(stdout, printableJson(document));
}

void printMoreProblems(size_t count)
{
    if (count > kMostProblems)
        printError(tr("latchkey-cli: Further problems, not shown: %1").arg(count - kMostProblems) + u'\n');
}

QJsonObject errorJson(const Error &error)
{
    return {{u"kind"_s, kindName(error.kind)},    {u"message"_s, error.message},
            {u"detail"_s, error.detail},          {u"code"_s, error.code},
            {u"vendor_text"_s, error.vendorText}, {u"http_status"_s, error.httpStatus},
            {u"request_id"_s, error.requestId}};
}

QString errorText(const Error &error)
{
    QString text = u"latchkey-cli: %1\n"_s.arg(withVisibleControls(error.message));
    if (!error.vendorText.isEmpty() && !error.message.contains(error.vendorText))
        text += tr("  The tenant says: \"%1\"").arg(withVisibleControls(error.vendorText)) + u'\n';
    if (const QString rest = detailBeyond(error); !rest.isEmpty())
        text += u"  %1\n"_s.arg(withVisibleControls(rest));
    if (error.httpStatus != 0 && !saysStatus(error))
        text += tr("  HTTP status %1").arg(error.httpStatus) + u'\n';
    if (!error.requestId.isEmpty())
        text += tr("  Request id %1").arg(withVisibleControls(error.requestId)) + u'\n';
    return text;
}

QJsonObject explanationJson(const Explanation &explanation)
{
    QJsonArray causes;
    QJsonArray next;
    for (const Cause &cause : explanation.causes) {
        causes.append(u"%1. %2"_s.arg(cause.title, cause.text));
        next.append(cause.next);
    }
    QJsonObject link;
    if (explanation.link.kind != ExplanationLink::Kind::None)
        link.insert(explanation.link.kind == ExplanationLink::Kind::Portal ? u"portal"_s : u"documentation"_s,
                    explanation.link.name);
    return {{u"known"_s, explanation.known},
            {u"id"_s, orNull(explanation.id)},
            {u"title"_s, explanation.title},
            {u"what_happened"_s, explanation.whatHappened},
            {u"causes"_s, causes},
            {u"next"_s, next},
            {u"link"_s, link.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(link)}};
}

QString explanationText(const Explanation &explanation)
{
    // An error that is not known is the text of a server.
    QString text = withVisibleControls(explanation.title) + u'\n' +
                   withVisibleControls(explanation.whatHappened) + u'\n';
    if (!explanation.causes.empty())
        text += u'\n' + tr("Likely causes, most likely first:") + u'\n';
    int number = 0;
    for (const Cause &cause : explanation.causes)
        text += u"%1. %2. %3\n   %4\n"_s.arg(++number).arg(cause.title, cause.text,
                                                           tr("Next: %1").arg(cause.next));
    if (explanation.link.kind != ExplanationLink::Kind::None)
        text += u'\n' + tr("See: %1").arg(explanation.link.text()) + u'\n';
    return text;
}

QString table(const QStringList &heading, const std::vector<QStringList> &rows)
{
    std::vector<QStringList> lines{heading};
    lines.insert(lines.end(), rows.begin(), rows.end());
    for (QStringList &line : lines)
        std::transform(line.cbegin(), line.cend(), line.begin(), cell);
    std::vector<qsizetype> widths(static_cast<size_t>(heading.size()), 0);
    for (const QStringList &line : lines) {
        for (qsizetype column = 0; column < line.size(); ++column) {
            qsizetype &width = widths[static_cast<size_t>(column)];
            width = std::max(width, line[column].size());
        }
    }
    QString text;
    for (const QStringList &line : lines) {
        QString padded;
        for (qsizetype column = 0; column < line.size(); ++column)
            padded += line[column].leftJustified(widths[static_cast<size_t>(column)] + 2);
        text += padded.trimmed() + u'\n';
    }
    return text;
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonArray toJson(const QStringList &strings)
{
    return QJsonArray::fromStringList(strings);
}

QJsonValue toJson(const std::optional<std::chrono::minutes> &minutes)
{
    return minutes ? QJsonValue(qint64{minutes->count()}) : QJsonValue(QJsonValue::Null);
}

QJsonValue toJson(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODate)) : QJsonValue(QJsonValue::Null);
}

} // namespace latchkey::cli
