// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/inicredentials.h"

#include "interchange/credentialcollector.h"

#include <QCoreApplication>

#include <map>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("IniCredentials", text);
}

struct Section
{
    QString name{};
    qsizetype line = 0;
    std::map<QString, QString> values{};
    Secret clientSecret{};
    bool hasSecret = false;

    bool isDefaults() const { return name == "defaults"_L1 || name == "default"_L1; }
    bool hasPair() const { return values.contains(u"client_id"_s) || hasSecret; }
};

QStringView withoutQuotes(QStringView value)
{
    const bool isQuoted = value.size() >= 2 && value.front() == value.back() &&
                          (value.front() == u'"' || value.front() == u'\'');
    return isQuoted ? value.sliced(1, value.size() - 2) : value;
}

void setValue(Section &section, QStringView line, qsizetype number, CredentialCollector &collector)
{
    qsizetype end = 0;
    while (end < line.size() && line[end] != u'=' && line[end] != u':')
        ++end;
    if (end == line.size() || end == 0)
        return collector.addProblem(lineName(number), tr("This line is not NAME = VALUE."));
    const QString key = line.first(end).trimmed().toString().toLower();
    const QStringView value = withoutQuotes(line.sliced(end + 1).trimmed());
    static const QStringList wanted{u"client_id"_s, u"client_secret"_s, u"base_uri"_s, u"subdomain"_s,
                                    u"region"_s};
    if (!wanted.contains(key))
        return;
    const bool isSecret = key == "client_secret"_L1;
    if (section.values.contains(key) || (isSecret && section.hasSecret))
        collector.addProblem(lineName(number),
                             tr("%1 is set in this section already. The last one counts.").arg(key));
    if (isSecret) {
        section.clientSecret = Secret::fromText(value);
        section.hasSecret = true;
    } else {
        section.values[key] = value.toString();
    }
}

std::vector<Section> sectionsOf(QStringView text, CredentialCollector &collector)
{
    std::vector<Section> sections;
    qsizetype number = 0;
    for (QStringView line : text.tokenize(u'\n')) {
        ++number;
        line = line.trimmed();
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';'))
            continue;
        if (line.startsWith(u'[')) {
            const qsizetype end = line.indexOf(u']');
            if (end < 2)
                collector.addProblem(lineName(number), tr("The name of this section is not closed."));
            sections.push_back({.name = line.sliced(1, std::max<qsizetype>(end, 1) - 1).trimmed().toString(),
                                .line = number});
        } else if (sections.empty()) {
            collector.addProblem(lineName(number), tr("This line stands before the first section."));
        } else {
            setValue(sections.back(), line, number, collector);
        }
    }
    return sections;
}

QString valueOf(const Section &section, const Section &defaults, const QString &key)
{
    const auto own = section.values.find(key);
    if (own != section.values.end())
        return own->second;
    const auto fallback = defaults.values.find(key);
    return fallback == defaults.values.end() ? QString() : fallback->second;
}

} // namespace

Result<CredentialFile> readIni(QStringView text)
{
    CredentialCollector collector(CredentialFormat::Ini);
    const std::vector<Section> sections = sectionsOf(text, collector);
    Section defaults;
    for (const Section &section : sections) {
        if (section.isDefaults())
            defaults = section;
    }
    for (const Section &section : sections) {
        // A section without a pair of its own signs in with the one of [defaults].
        if (!section.hasPair())
            continue;
        collector.add(
            {.where = u"[%1], %2"_s.arg(section.name.left(80), lineName(section.line)),
             .name = section.isDefaults() ? valueOf(section, defaults, u"subdomain"_s) : section.name,
             .url = valueOf(section, defaults, u"base_uri"_s),
             .subdomain = valueOf(section, defaults, u"subdomain"_s),
             .region = valueOf(section, defaults, u"region"_s),
             .clientId = valueOf(section, defaults, u"client_id"_s),
             .clientSecret = section.hasSecret ? section.clientSecret : defaults.clientSecret});
    }
    return collector.finish();
}

} // namespace latchkey
