// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/envcredentials.h"

#include "interchange/variablegroups.h"

#include <QCoreApplication>

#include <optional>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("EnvCredentials", text);
}

bool isNameCharacter(QChar character)
{
    return (character < u'\x80' && character.isLetterOrNumber()) || u"_.-"_s.contains(character);
}

QStringView withoutWord(QStringView line, QStringView word)
{
    if (line.startsWith(word) && line.size() > word.size() && line[word.size()].isSpace())
        return line.sliced(word.size()).trimmed();
    return line;
}

/// The value of the rest of a line; none where a quote is not closed.
std::optional<QString> envValue(QStringView rest)
{
    if (rest.isEmpty() || (rest.front() != u'"' && rest.front() != u'\'')) {
        for (qsizetype i = 0; i < rest.size(); ++i) {
            if (rest[i] == u'#' && (i == 0 || rest[i - 1].isSpace()))
                return rest.first(i).trimmed().toString();
        }
        return rest.trimmed().toString();
    }
    const QChar quote = rest.front();
    QString value;
    for (qsizetype i = 1; i < rest.size(); ++i) {
        if (rest[i] == quote)
            return value;
        const bool isEscape = quote == u'"' && rest[i] == u'\\' && i + 1 < rest.size();
        value += isEscape ? rest[++i] : rest[i];
    }
    wipe(value);
    return std::nullopt;
}

struct Assignment
{
    QString name{};
    QStringView rest{};
};

std::optional<Assignment> assignmentIn(QStringView line)
{
    line = withoutWord(withoutWord(line, u"export"), u"set");
    if (line.startsWith("$env:"_L1, Qt::CaseInsensitive))
        line = line.sliced(5);
    qsizetype end = 0;
    while (end < line.size() && isNameCharacter(line[end]))
        ++end;
    const QStringView rest = line.sliced(end).trimmed();
    if (end == 0 || !rest.startsWith(u'='))
        return std::nullopt;
    return Assignment{line.first(end).toString(), rest.sliced(1).trimmed()};
}

/// `\:`, `\=`, `\u0041` and the like of a properties file.
QString unescaped(QStringView text)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'\\' || i + 1 == text.size()) {
            result += text[i];
            continue;
        }
        ++i;
        bool isHex = false;
        const ushort code = text[i] == u'u' ? text.mid(i + 1, 4).toUShort(&isHex, 16) : ushort{0};
        if (isHex && text.size() > i + 4) {
            result += QChar(code);
            i += 4;
        } else {
            result += text[i] == u't' ? u'\t' : text[i];
        }
    }
    return result;
}

bool continues(QStringView line)
{
    qsizetype backslashes = 0;
    while (line.size() > backslashes && line[line.size() - 1 - backslashes] == u'\\')
        ++backslashes;
    return backslashes % 2 == 1;
}

void setProperty(QStringView line, const QString &where, VariableGroups &groups,
                 CredentialCollector &collector)
{
    qsizetype end = 0;
    while (end < line.size() && !u"=: \t"_s.contains(line[end]))
        end += line[end] == u'\\' ? 2 : 1;
    if (end >= line.size())
        return collector.addProblem(where, tr("This line is not NAME=VALUE."));
    QStringView value = line.sliced(end).trimmed();
    if (value.startsWith(u'=') || value.startsWith(u':'))
        value = value.sliced(1).trimmed();
    QString text = unescaped(value);
    (void)groups.set(unescaped(line.first(end)), text, where, collector);
    wipe(text);
}

} // namespace

Result<CredentialFile> readEnvironment(const QProcessEnvironment &environment)
{
    CredentialCollector collector(CredentialFormat::Environment);
    VariableGroups groups;
    for (const QString &name : environment.keys())
        (void)groups.set(name, environment.value(name), name, collector);
    groups.collect(collector, {.tool = tr("Environment")}, false);
    return collector.finish();
}

Result<CredentialFile> readEnvFile(QStringView text, const QString &fileName)
{
    CredentialCollector collector(CredentialFormat::EnvFile);
    VariableGroups groups;
    qsizetype number = 0;
    for (QStringView line : text.tokenize(u'\n')) {
        ++number;
        line = line.trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const std::optional<Assignment> assignment = assignmentIn(line);
        if (!assignment) {
            collector.addProblem(lineName(number), tr("This line is not NAME=VALUE."));
            continue;
        }
        std::optional<QString> value = envValue(assignment->rest);
        if (!value) {
            collector.addProblem(lineName(number), tr("The quote is not closed on this line."));
            continue;
        }
        (void)groups.set(assignment->name, *value, lineName(number), collector);
        wipe(*value);
    }
    groups.collect(collector, {.file = nameOfFile(fileName)}, true);
    return collector.finish();
}

Result<CredentialFile> readProperties(QStringView text, const QString &fileName)
{
    CredentialCollector collector(CredentialFormat::Properties);
    VariableGroups groups;
    QString logical;
    qsizetype number = 0;
    qsizetype begun = 0;
    for (QStringView line : text.tokenize(u'\n')) {
        ++number;
        line = line.trimmed();
        if (logical.isEmpty()) {
            if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u'!'))
                continue;
            begun = number;
        }
        const bool isContinued = continues(line);
        logical += isContinued ? line.chopped(1) : line;
        if (isContinued)
            continue;
        setProperty(logical, lineName(begun), groups, collector);
        wipe(logical);
    }
    if (!logical.isEmpty())
        collector.addProblem(lineName(begun), tr("The last line goes on after the end of the file."));
    wipe(logical);
    groups.collect(collector, {.file = nameOfFile(fileName), .tool = u"Java SDK"_s}, true);
    return collector.finish();
}

} // namespace latchkey
