// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/variablegroups.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("VariableGroups", text);
}

/// Longer ones first: oapi_url ends with api_url, which ends with url.
const QStringList &fieldNames()
{
    static const QStringList names{u"client_secret"_s, u"client_id"_s, u"subdomain"_s, u"oapi_url"_s,
                                   u"api_url"_s,       u"base_uri"_s,  u"base_url"_s,  u"region"_s,
                                   u"instance"_s,      u"url"_s};
    return names;
}

/// Joins the words of a text that are none of `others`.
QString withoutWords(const QString &text, const QStringList &others)
{
    static const QRegularExpression mark(u"[._-]+"_s);
    QStringList words = text.split(mark, Qt::SkipEmptyParts);
    words.removeIf([&others](const QString &word) { return others.contains(word, Qt::CaseInsensitive); });
    return words.join(u'-');
}

/// "prod" of "onelogin_prod_" and of "prod_onelogin_"; empty for the tools' own prefixes.
QString nameOf(const QString &prefix)
{
    return withoutWords(prefix, {u"onelogin"_s, u"sdk"_s, u"baton"_s, u"api"_s});
}

QString shorterPrefix(const QString &prefix)
{
    qsizetype end = prefix.size() - 1;
    while (end > 0 && !u"._-"_s.contains(prefix[end - 1]))
        --end;
    return prefix.first(std::max<qsizetype>(end, 0));
}

} // namespace

QString nameOfFile(const QString &path)
{
    return withoutWords(QFileInfo(path).fileName(), {u"onelogin"_s, u"sdk"_s, u"api"_s, u"env"_s, u"dotenv"_s,
                                                     u"properties"_s, u"txt"_s});
}

bool VariableGroups::set(const QString &name, const QString &value, const QString &where,
                         CredentialCollector &collector)
{
    const QString lower = name.toLower();
    for (const QString &field : fieldNames()) {
        if (!lower.endsWith(field))
            continue;
        const QString prefix = lower.chopped(field.size());
        if (!prefix.isEmpty() && !u"._-"_s.contains(prefix.back()))
            continue;
        if (!m_groups.contains(prefix))
            m_prefixes.append(prefix);
        Group &group = m_groups[prefix];
        if (const auto before = group.constFind(field); before != group.constEnd())
            collector.addProblem(
                where, tr("%1 is set in %2 already. The last one counts.").arg(name, before->where));
        const bool isSecret = field == "client_secret"_L1;
        group.insert(field, {.value = isSecret ? QString() : value.trimmed(),
                             .secret = isSecret ? Secret::fromText(trimmedValue(value)) : Secret(),
                             .where = where,
                             .name = name});
        return true;
    }
    return false;
}

QString VariableGroups::inherited(const QString &prefix, const QStringList &fields) const
{
    for (QString current = prefix;; current = shorterPrefix(current)) {
        const Group group = m_groups.value(current);
        for (const QString &field : fields) {
            if (!group.value(field).value.isEmpty())
                return group.value(field).value;
        }
        if (current.isEmpty())
            return {};
    }
}

void VariableGroups::collect(CredentialCollector &collector, const SourceNames &names, bool tellOthers)
{
    for (const QString &prefix : m_prefixes)
        collectGroup(prefix, m_groups[prefix], collector, names, tellOthers);
}

void VariableGroups::collectGroup(const QString &prefix, const Group &group, CredentialCollector &collector,
                                  const SourceNames &names, bool tellOthers)
{
    const bool hasId = group.contains(u"client_id"_s);
    const bool hasSecret = group.contains(u"client_secret"_s);
    if (!hasId && !hasSecret)
        return;
    const Variable &first = hasId ? group[u"client_id"_s] : group[u"client_secret"_s];
    if (!prefix.isEmpty() && !prefix.contains("onelogin"_L1)) {
        if (tellOthers)
            collector.addProblem(
                first.where,
                prefix.startsWith("oidc"_L1)
                    ? tr("%1 belongs to an OIDC app, not to an API credential: use it in a "
                         "test login.")
                          .arg(first.name)
                    : tr("%1 was left out: its name does not say that it is for OneLogin.").arg(first.name));
        return;
    }
    if (!hasId || !hasSecret)
        return collector.addProblem(first.where, tr("%1 has no other half: the client %2 is missing.")
                                                     .arg(first.name, hasId ? tr("secret") : tr("ID")));
    CredentialFields fields{
        .where = first.where,
        .name = nameOf(prefix),
        .url = inherited(prefix, {u"api_url"_s, u"url"_s, u"base_url"_s, u"base_uri"_s, u"oapi_url"_s}),
        .subdomain = inherited(prefix, {u"subdomain"_s}),
        .region = inherited(prefix, {u"region"_s, u"instance"_s}),
        .clientId = first.value,
        .clientSecret = group[u"client_secret"_s].secret};
    for (const QString &name : {names.file, fields.subdomain.section(u'.', 0, 0), names.tool}) {
        if (fields.name.isEmpty())
            fields.name = name;
    }
    collector.add(std::move(fields));
}

} // namespace latchkey
