// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/credentialpaste.h"

#include "core/json.h"

#include <QRegularExpression>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestPaste = 64 * 1024;
/// Shorter words without a label are more likely to be prose than half of a pair.
constexpr qsizetype kShortestUnlabelled = 8;

/// A half of a pair at its place in the text.
struct Found
{
    bool isSecret = false;
    QStringView value{};
};

bool isLineEnd(QChar character)
{
    return character == u'\n' || character == u'\r' || character == QChar::LineSeparator ||
           character == QChar::ParagraphSeparator;
}

/// Spaces of every kind become a space, line ends of every kind a line feed, the invisible goes.
QString plain(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (QChar character : text) {
        if (isLineEnd(character))
            result += u'\n';
        else if (character.isSpace())
            result += u' ';
        else if (!character.isNull() && character.category() != QChar::Other_Format)
            result += character;
    }
    return result;
}

bool isQuote(QChar character)
{
    return u"\"'`\u201c\u201d\u2018\u2019"_s.contains(character);
}

QStringView withoutQuotes(QStringView word)
{
    while (!word.isEmpty() && isQuote(word.front()))
        word = word.sliced(1);
    while (!word.isEmpty() && isQuote(word.back()))
        word.chop(1);
    return word;
}

QStringView trimmedSeparators(QStringView value)
{
    while (!value.isEmpty() && (value.back() == u',' || value.back() == u';'))
        value.chop(1);
    return value;
}

/// The value at the start of `text`, after separators: what stands in quotes, or one word.
QStringView valueIn(QStringView text)
{
    while (!text.isEmpty() && (text.front().isSpace() || text.front() == u':' || text.front() == u'='))
        text = text.sliced(1);
    if (!text.isEmpty() && isQuote(text.front())) {
        for (qsizetype end = 1; end < text.size(); ++end) {
            if (isQuote(text[end]))
                return text.sliced(1, end - 1);
        }
        text = text.sliced(1);
    }
    qsizetype end = 0;
    while (end < text.size() && !text[end].isSpace())
        ++end;
    return trimmedSeparators(text.first(end));
}

bool isPartOfLabel(QChar character)
{
    return character.isLetterOrNumber() || u"_.-\"'"_s.contains(character);
}

/// A label and what stands between it and the next one.
struct Labelled
{
    Found found{};
    QStringView before{}; ///< text that belongs to no label
    QStringView after{};
};

std::vector<Labelled> labelledValues(QStringView text)
{
    static const QRegularExpression label(u"client[ _.-]?(id|secret)(?![A-Za-z0-9])[\"'`]?"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    std::vector<Labelled> all;
    qsizetype taken = 0;
    QRegularExpressionMatch match = label.match(text);
    while (match.hasMatch()) {
        qsizetype start = match.capturedStart();
        while (start > taken && isPartOfLabel(text[start - 1]))
            --start;
        const QRegularExpressionMatch next = label.match(text, match.capturedEnd());
        qsizetype end = next.hasMatch() ? next.capturedStart() : text.size();
        while (next.hasMatch() && end > match.capturedEnd() && isPartOfLabel(text[end - 1]))
            --end;
        const QStringView rest = text.sliced(match.capturedEnd(), end - match.capturedEnd());
        const QStringView value = valueIn(rest);
        const bool isSecret = match.capturedView(1).compare(u"secret", Qt::CaseInsensitive) == 0;
        const qsizetype valueEnd = value.isEmpty() ? 0 : value.end() - rest.begin();
        all.push_back({.found = {isSecret, value},
                       .before = text.sliced(taken, start - taken),
                       .after = rest.sliced(valueEnd)});
        taken = end;
        match = next;
    }
    return all;
}

/// The words of a text that could be halves of a pair; comments and marks between them do not count.
std::vector<QStringView> words(QStringView text)
{
    std::vector<QStringView> found;
    for (QStringView word : text.split(u' ', Qt::SkipEmptyParts)) {
        for (QStringView part : word.split(u'\n', Qt::SkipEmptyParts)) {
            part = withoutQuotes(trimmedSeparators(part));
            if (!part.isEmpty())
                found.push_back(part);
        }
    }
    return found;
}

bool couldBeHalf(QStringView word)
{
    if (word.size() < kShortestUnlabelled || word.contains("//"_L1))
        return false;
    return std::all_of(word.begin(), word.end(),
                       [](QChar character) { return character > u' ' && character < u'\x7f'; });
}

/// Adds a half; false where the text holds another value for it.
bool take(PastedCredential &pair, const Found &found)
{
    if (found.value.isEmpty())
        return true;
    if (found.isSecret) {
        const Secret secret = Secret::fromText(found.value);
        if (!pair.clientSecret.isEmpty() && !(pair.clientSecret == secret))
            return false;
        pair.isSwapped = pair.isSwapped || pair.clientId.isEmpty();
        pair.clientSecret = secret;
        return true;
    }
    if (!pair.clientId.isEmpty() && pair.clientId != found.value)
        return false;
    pair.clientId = found.value.toString();
    return true;
}

std::optional<PastedCredential> checked(PastedCredential pair)
{
    if (pair.clientId.isEmpty() && pair.clientSecret.isEmpty())
        return std::nullopt;
    pair.isSwapped = pair.isSwapped && pair.isPair();
    return pair;
}

std::optional<PastedCredential> fromLabels(const std::vector<Labelled> &labels)
{
    PastedCredential pair;
    std::vector<QStringView> others;
    for (const Labelled &labelled : labels) {
        for (QStringView rest : {labelled.before, labelled.after}) {
            for (QStringView word : words(rest)) {
                if (couldBeHalf(word))
                    others.push_back(word);
            }
        }
        if (!take(pair, labelled.found))
            return std::nullopt;
    }
    // "Client secret: x" and one more value that has no label: that is the other half.
    if (!pair.isPair() && others.size() == 1 && !(pair.clientId.isEmpty() && pair.clientSecret.isEmpty())) {
        const bool secretIsLabelled = pair.clientId.isEmpty();
        const bool otherIsFirst = labels.front().before.contains(others.front());
        (void)take(pair, {!secretIsLabelled, others.front()});
        pair.isSwapped = secretIsLabelled != otherIsFirst;
    }
    return checked(pair);
}

std::optional<PastedCredential> fromWords(QStringView text)
{
    std::vector<QStringView> found = words(text);
    if (found.size() == 1 && found.front().count(u':') == 1)
        found = {found.front().first(found.front().indexOf(u':')),
                 found.front().sliced(found.front().indexOf(u':') + 1)};
    if (found.size() != 2 || !couldBeHalf(found[0]) || !couldBeHalf(found[1]))
        return std::nullopt;
    return PastedCredential{.clientId = found[0].toString(), .clientSecret = Secret::fromText(found[1])};
}

void collectText(const QJsonValue &value, const QString &label, QString &text)
{
    if (value.isArray()) {
        for (const QJsonValue &element : value.toArray())
            collectText(element, {}, text);
        return;
    }
    const QJsonObject object = value.toObject();
    // Postman's way to write a member: {"key": "client_id", "value": "…"}
    if (object.value("key"_L1).isString() && object.value("value"_L1).isString())
        collectText(object.value("value"_L1), object.value("key"_L1).toString(), text);
    for (auto member = object.begin(); member != object.end(); ++member)
        collectText(member.value(), member.key(), text);
    if (value.isString() && label.contains("client"_L1, Qt::CaseInsensitive))
        text += label + u": \""_s + value.toString() + "\"\n"_L1;
}

} // namespace

std::optional<PastedCredential> recogniseCredential(const QString &text)
{
    if (text.size() > kLongestPaste)
        return std::nullopt;
    QString cleaned = plain(text);
    const QStringView trimmed = QStringView(cleaned).trimmed();
    QString lines;
    if (trimmed.startsWith(u'{') || trimmed.startsWith(u'[')) {
        QByteArray utf8 = trimmed.toUtf8();
        if (const Result<QJsonValue> json = parseJson(utf8))
            collectText(*json, {}, lines);
        wipe(utf8);
    }
    const QStringView source = lines.isEmpty() ? trimmed : QStringView(lines);
    const std::vector<Labelled> labels = labelledValues(source);
    std::optional<PastedCredential> found = labels.empty() ? fromWords(source) : fromLabels(labels);
    wipe(lines);
    wipe(cleaned);
    return found;
}

} // namespace latchkey
