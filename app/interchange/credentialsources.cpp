// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/credentialsources.h"

#include "interchange/csvcredentials.h"
#include "interchange/envcredentials.h"
#include "interchange/inicredentials.h"
#include "interchange/jsoncredentials.h"
#include "interchange/sourcetext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CredentialSources", text);
}

std::vector<CredentialSource> defaultFiles(const SourcePlaces &places)
{
    const auto inHome = [&](const QString &name) { return QDir(places.home).filePath(name); };
    const auto here = [&](const QString &name) { return QDir(places.workingFolder).filePath(name); };
    const auto inConfig = [&](const QString &name) { return QDir(places.configFolder).filePath(name); };
    const QString python = tr("onelogin-python-aws-assume-role");
    return {
        {tr("Environment file"), here(u".env"_s)},
        {python, here(u"onelogin.sdk.json"_s)},
        {python, inHome(u".onelogin/onelogin.sdk.json"_s)},
        {tr("OneLogin command line"), inHome(u".onelogin/profiles.json"_s)},
        {tr("OneLogin command line"), inHome(u".onelogin/profiles"_s)},
        {tr("OneLogin Java SDK"), here(u"onelogin.sdk.properties"_s)},
        {tr("OneLogin Java SDK"), inHome(u"onelogin.sdk.properties"_s)},
        {tr("OneLogin MCP server"), places.environment.value(u"ONELOGIN_MCP_CONFIG"_s)},
        {tr("OneLogin MCP server"), inConfig(u"onelogin-mcp/servers.json"_s)},
        {tr("OneLogin MCP server"), places.environment.value(u"ONELOGIN_TENANTS_CONFIG"_s)},
        {tr("OneLogin MCP server"), inConfig(u"onelogin-mcp/tenants.json"_s)},
        {tr("onelogin-aws-cli"), inHome(u".onelogin-aws.config"_s)},
    };
}

/// The first line that is neither blank nor a comment.
QStringView firstLine(QStringView text)
{
    for (QStringView line : text.tokenize(u'\n')) {
        line = line.trimmed();
        if (!line.isEmpty() && !line.startsWith(u'#') && !line.startsWith(u';') && !line.startsWith(u'!'))
            return line;
    }
    return {};
}

Result<CredentialFile> readAs(CredentialFormat format, QStringView text, const QString &fileName)
{
    switch (format) {
    case CredentialFormat::Json:
    case CredentialFormat::Postman:
        return readJsonCredentials(text);
    case CredentialFormat::Properties:
        return readProperties(text, fileName);
    case CredentialFormat::Ini:
        return readIni(text);
    case CredentialFormat::Csv:
        return readCsv(text);
    case CredentialFormat::Environment:
    case CredentialFormat::EnvFile:
        return readEnvFile(text, fileName);
    case CredentialFormat::Sealed:
        break;
    }
    return fail(ErrorKind::Invalid, tr("This file is encrypted. It needs its passphrase."));
}

} // namespace

SourcePlaces SourcePlaces::ofThisProcess()
{
    return {.home = QDir::homePath(),
            .configFolder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation),
            .workingFolder = QDir::currentPath(),
            .environment = QProcessEnvironment::systemEnvironment()};
}

std::vector<CredentialSource> findCredentialSources(const SourcePlaces &places)
{
    std::vector<CredentialSource> found;
    const Result<CredentialFile> variables = readEnvironment(places.environment);
    if (variables && !variables->credentials.empty())
        found.push_back({.title = tr("Environment variables")});
    QStringList seen;
    for (CredentialSource &source : defaultFiles(places)) {
        const QFileInfo info(source.path);
        if (source.path.isEmpty() || !info.isFile() || seen.contains(info.canonicalFilePath()))
            continue;
        seen.append(info.canonicalFilePath());
        found.push_back(std::move(source));
    }
    return found;
}

std::optional<CredentialFormat> recogniseFormat(QStringView text)
{
    static const QRegularExpression section(u"^\\[[^\\[\\]{}\",]+\\]?$"_s);
    static const QRegularExpression variable(
        u"^(export\\s+|set\\s+|\\$env:)?[A-Za-z_][A-Za-z0-9_.-]*\\s*="_s);
    static const QRegularExpression property(u"^[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)+\\s*[=:]"_s);
    const QStringView line = firstLine(text).left(4096);
    if (section.match(line).hasMatch())
        return CredentialFormat::Ini;
    if (line.startsWith(u'{') || line.startsWith(u'['))
        return CredentialFormat::Json;
    if (property.match(line).hasMatch())
        return CredentialFormat::Properties;
    if (variable.match(line).hasMatch())
        return CredentialFormat::EnvFile;
    if (isCsvHeading(line))
        return CredentialFormat::Csv;
    return std::nullopt;
}

Result<CredentialFile> readCredentials(QByteArrayView bytes, std::optional<CredentialFormat> format,
                                       const QString &fileName)
{
    if (bytes.size() > kLargestSource)
        return fail(tooLargeError());
    Result<QString> text = decodedText(bytes);
    if (!text)
        return fail(text.error());
    if (!format)
        format = recogniseFormat(*text);
    if (!format) {
        const bool isEmpty = QStringView(*text).trimmed().isEmpty();
        wipe(*text);
        return fail(ErrorKind::Invalid,
                    isEmpty
                        ? tr("This is empty.")
                        : tr("This is in none of the formats that are known here: .env, JSON, properties, "
                             "INI, Postman environment, CSV."));
    }
    Result<CredentialFile> read = readAs(*format, *text, fileName);
    wipe(*text);
    return read;
}

namespace {

struct FormatName
{
    CredentialFormat format;
    QLatin1StringView key;
};

constexpr FormatName kFormatNames[]{
    {CredentialFormat::EnvFile, "env"_L1},      {CredentialFormat::Json, "json"_L1},
    {CredentialFormat::Postman, "postman"_L1},  {CredentialFormat::Properties, "properties"_L1},
    {CredentialFormat::Ini, "ini"_L1},          {CredentialFormat::Csv, "csv"_L1},
    {CredentialFormat::Sealed, "encrypted"_L1}, {CredentialFormat::Environment, "environment"_L1},
};

} // namespace

QString formatKey(CredentialFormat format)
{
    for (const FormatName &name : kFormatNames) {
        if (name.format == format)
            return name.key;
    }
    return {};
}

std::optional<CredentialFormat> formatFromKey(QStringView key)
{
    for (const FormatName &name : kFormatNames) {
        if (name.key == key)
            return name.format;
    }
    return std::nullopt;
}

} // namespace latchkey
