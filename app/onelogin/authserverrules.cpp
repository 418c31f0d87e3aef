// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/authserverrules.h"

#include "core/plaintext.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMostMinutes = 100LL * 366 * 24 * 60; // what AuthServer reads back

QString tr(const char *text)
{
    return QCoreApplication::translate("AuthServerRules", text);
}

bool isBlank(const QString &text)
{
    return text.trimmed().isEmpty();
}

template<typename Record>
const Record *recordOf(const std::vector<Record> &all, decltype(Record::id) id)
{
    const auto found = std::ranges::find(all, id, &Record::id);
    return found == all.end() ? nullptr : &*found;
}

/// Whether another record has this text, and this one did not have it before.
template<typename Record>
const Record *holderOf(const Record &record, const std::vector<Record> &all, QString Record::*text)
{
    const Record *before = recordOf(all, record.id);
    if (before && before->*text == record.*text)
        return nullptr;
    const auto other = std::ranges::find_if(
        all, [&](const Record &each) { return each.id != record.id && each.*text == record.*text; });
    return other == all.end() ? nullptr : &*other;
}

QString lifetimeProblem(const std::optional<std::chrono::minutes> &lifetime)
{
    if (!lifetime || (lifetime->count() > 0 && lifetime->count() <= kMostMinutes))
        return {};
    return tr("A lifetime is a whole number of minutes, 1 or more.");
}

QString audiencesProblem(const QStringList &audiences)
{
    if (audiences.isEmpty() || std::ranges::all_of(audiences, isBlank))
        return tr("At least one audience is needed.");
    for (qsizetype i = 0; i < audiences.size(); ++i) {
        if (audiences.indexOf(audiences.at(i), i + 1) >= 0)
            return tr("%1 is there twice.").arg(audiences.at(i));
    }
    return {};
}

void compare(std::vector<FieldDifference> &list, const QString &field, const QString &wanted,
             const QString &found)
{
    if (wanted != found)
        list.push_back({.field = field, .wanted = wanted, .found = found});
}

void compare(std::vector<FieldDifference> &list, const QString &field,
             const std::optional<std::chrono::minutes> &wanted,
             const std::optional<std::chrono::minutes> &found)
{
    if (wanted && wanted != found)
        compare(list, field, QString::number(wanted->count()),
                found ? QString::number(found->count()) : QString());
}

/// `resource_identifier` as the tenant's sentences have it: "Resource identifier".
QString spokenName(const QString &field)
{
    QString words = QString(field).replace(u'_', u' ');
    words[0] = words.at(0).toUpper();
    return words;
}

/// The field that one sentence of a refusal speaks of; empty: none of them.
QString fieldOf(const QString &sentence, const QStringList &fields)
{
    for (const QString &field : fields) {
        const QRegularExpression named(u"(^%1\\b)|([\"'`]%2[\"'`])|(: %2$)"_s.arg(
            QRegularExpression::escape(spokenName(field)), QRegularExpression::escape(field)));
        if (named.match(sentence).hasMatch())
            return field;
    }
    return {};
}

QString quoted(const QString &text)
{
    return text.isEmpty() ? tr("nothing") : u'“' + plainLine(text) + u'”';
}

} // namespace

std::vector<FieldError> problemsOf(const AuthServer &server, const std::vector<AuthServer> &all)
{
    std::vector<FieldError> problems;
    const auto note = [&problems](const QString &field, const QString &message) {
        if (!message.isEmpty())
            problems.push_back({.field = field, .message = message});
    };
    if (isBlank(server.name))
        note(u"name"_s, tr("An authorization server needs a name."));
    else if (holderOf(server, all, &AuthServer::name))
        note(u"name"_s, tr("Another authorization server is called %1.").arg(server.name));
    if (isBlank(server.resourceIdentifier))
        note(u"resource_identifier"_s, tr("A resource identifier is needed."));
    else if (const AuthServer *other = holderOf(server, all, &AuthServer::resourceIdentifier))
        note(u"resource_identifier"_s, tr("%1 has it, and clients choose a server by it.").arg(other->name));
    note(u"audiences"_s, audiencesProblem(server.audiences));
    note(u"access_token_expiration_minutes"_s, lifetimeProblem(server.accessTokenLifetime));
    note(u"refresh_token_expiration_minutes"_s, lifetimeProblem(server.refreshTokenLifetime));
    return problems;
}

std::vector<FieldError> problemsOf(const Scope &scope, const std::vector<Scope> &all)
{
    if (isBlank(scope.value))
        return {{.field = u"value"_s, .message = tr("A scope needs a value.")}};
    if (std::ranges::any_of(scope.value, [](QChar each) { return each.isSpace(); }))
        return {{.field = u"value"_s, .message = tr("A value cannot have spaces in it.")}};
    if (withVisibleControls(scope.value) != scope.value)
        return {{.field = u"value"_s, .message = tr("A value cannot have characters that print nothing.")}};
    if (holderOf(scope, all, &Scope::value))
        return {{.field = u"value"_s, .message = tr("This server has a scope %1 already.").arg(scope.value)}};
    return {};
}

std::vector<FieldError> problemsOf(const Claim &claim, const std::vector<Claim> &all)
{
    std::vector<FieldError> problems;
    if (isBlank(claim.name))
        problems.push_back({.field = u"name"_s, .message = tr("A claim needs a name.")});
    else if (holderOf(claim, all, &Claim::name))
        problems.push_back(
            {.field = u"name"_s, .message = tr("This server has a claim %1 already.").arg(claim.name)});
    if (claim.usesMacro() && isBlank(claim.macro))
        problems.push_back(
            {.field = u"user_attribute_macros"_s, .message = tr("The macro of this claim is missing.")});
    return problems;
}

std::vector<FieldDifference> differences(const AuthServer &wanted, const AuthServer &found)
{
    std::vector<FieldDifference> list;
    compare(list, u"name"_s, wanted.name, found.name);
    compare(list, u"description"_s, wanted.description, found.description);
    compare(list, u"resource_identifier"_s, wanted.resourceIdentifier, found.resourceIdentifier);
    compare(list, u"audiences"_s, wanted.audiences.join(u'\n'), found.audiences.join(u'\n'));
    compare(list, u"access_token_expiration_minutes"_s, wanted.accessTokenLifetime,
            found.accessTokenLifetime);
    compare(list, u"refresh_token_expiration_minutes"_s, wanted.refreshTokenLifetime,
            found.refreshTokenLifetime);
    return list;
}

std::vector<FieldDifference> differences(const Scope &wanted, const Scope &found)
{
    std::vector<FieldDifference> list;
    compare(list, u"value"_s, wanted.value, found.value);
    compare(list, u"description"_s, wanted.description, found.description);
    return list;
}

std::vector<FieldDifference> differences(const Claim &wanted, const Claim &found)
{
    std::vector<FieldDifference> list;
    compare(list, u"name"_s, wanted.name, found.name);
    compare(list, u"user_attribute_mappings"_s, wanted.mapping, found.mapping);
    compare(list, u"user_attribute_macros"_s, wanted.macro, found.macro);
    compare(list, u"attributes_transformations"_s, wanted.transformations, found.transformations);
    return list;
}

QString fieldName(const QString &field)
{
    static const QHash<QString, const char *> names{
        {u"name"_s, QT_TRANSLATE_NOOP("AuthServerRules", "Name")},
        {u"description"_s, QT_TRANSLATE_NOOP("AuthServerRules", "Description")},
        {u"resource_identifier"_s, QT_TRANSLATE_NOOP("AuthServerRules", "Resource identifier")},
        {u"audiences"_s, QT_TRANSLATE_NOOP("AuthServerRules", "Audiences")},
        {u"access_token_expiration_minutes"_s, QT_TRANSLATE_NOOP("AuthServerRules", "Access token lifetime")},
        {u"refresh_token_expiration_minutes"_s,
         QT_TRANSLATE_NOOP("AuthServerRules", "Refresh token lifetime")},
        {u"value"_s, QT_TRANSLATE_NOOP("AuthServerRules", "Value")},
        {u"user_attribute_mappings"_s, QT_TRANSLATE_NOOP("AuthServerRules", "Comes from")},
        {u"user_attribute_macros"_s, QT_TRANSLATE_NOOP("AuthServerRules", "Macro")},
        {u"attributes_transformations"_s, QT_TRANSLATE_NOOP("AuthServerRules", "Transformation")},
    };
    const auto name = names.constFind(field);
    return name == names.constEnd() ? field : tr(*name);
}

QString differenceText(const std::vector<FieldDifference> &differences)
{
    QStringList sentences;
    for (const FieldDifference &each : differences)
        sentences.append(tr("%1: %2 was wanted, %3 is there.")
                             .arg(fieldName(each.field), quoted(each.wanted), quoted(each.found)));
    return sentences.join(u' ');
}

QString changedText(const std::vector<FieldDifference> &since)
{
    QStringList sentences;
    for (const FieldDifference &each : since)
        sentences.append(tr("%1: it was %2, now it is %3.")
                             .arg(fieldName(each.field), quoted(each.wanted), quoted(each.found)));
    return sentences.join(u' ');
}

Error placedOn(Error error, const QStringList &fields)
{
    if (error.kind != ErrorKind::Invalid)
        return error;
    for (FieldError &refused : error.fieldErrors) { // `configuration.audiences`
        refused.field = refused.field.section(u'.', -1);
        if (fields.contains(refused.field))
            refused.message = error.vendorText;
    }
    if (!error.fieldErrors.empty())
        return error;
    QString text = error.vendorText;
    text.remove(QRegularExpression(u"^Validation failed:\\s*"_s));
    for (const QString &sentence : text.split(QRegularExpression(u",\\s+(?=\\p{Lu})"_s))) {
        if (const QString field = fieldOf(sentence, fields); !field.isEmpty())
            error.fieldErrors.push_back({.field = field, .message = sentence});
    }
    return error;
}

Error invalidInput(const std::vector<FieldError> &problems)
{
    return {.kind = ErrorKind::InvalidInput,
            .message = problems.empty() ? QString() : problems.front().message,
            .fieldErrors = problems};
}

std::optional<std::chrono::minutes> minutesFrom(const QString &text)
{
    bool isNumber = false;
    const qint64 minutes = text.trimmed().toLongLong(&isNumber);
    if (!isNumber || minutes < 1 || minutes > kMostMinutes)
        return std::nullopt;
    return std::chrono::minutes(minutes);
}

std::vector<Scope> scopesFromText(const QString &text)
{
    std::vector<Scope> scopes;
    for (const QString &line : text.split(QRegularExpression(u"[\\r\\n]+"_s))) {
        static const QRegularExpression parts(u"^\\s*(\\S+)\\s*(?:[\u2014\u2013-]\\s+)?(.*?)\\s*$"_s);
        if (const QRegularExpressionMatch match = parts.match(line); match.hasMatch())
            scopes.push_back({.value = match.captured(1), .description = match.captured(2)});
    }
    return scopes;
}

} // namespace latchkey
