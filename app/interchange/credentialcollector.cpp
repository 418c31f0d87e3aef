// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/credentialcollector.h"

#include "core/credentialtext.h"
#include "core/plaintext.h"
#include "core/tenant.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostCredentials = 10'000;
constexpr size_t kMostProblems = 200;
constexpr qsizetype kLongestText = 200;

QString tr(const char *text)
{
    return QCoreApplication::translate("CredentialCollector", text);
}

Result<QUrl> addressOf(const CredentialFields &fields)
{
    QUrl url;
    if (!fields.url.isEmpty()) {
        const Result<QUrl> parsed = parseTenantAddress(fields.url);
        if (!parsed || !isRegionalHost(*parsed))
            return parsed;
        url = *parsed;
    }
    if (!fields.subdomain.isEmpty())
        return parseTenantAddress(fields.subdomain);
    if (!url.isEmpty() || fields.region.isEmpty())
        return url;
    const QString region = fields.region.toLower();
    if (region != "us"_L1 && region != "eu"_L1)
        return fail(ErrorKind::InvalidInput, tr("The region is neither us nor eu."));
    return QUrl(u"https://api.%1.onelogin.com"_s.arg(region));
}

QString shortText(const QString &text)
{
    return text.simplified().left(kLongestText);
}

bool isInvisible(QChar character)
{
    return character.isSpace() || character.isNull() || character.category() == QChar::Other_Format;
}

} // namespace

bool isRegionalHost(const QUrl &url)
{
    return url.host() == "api.us.onelogin.com"_L1 || url.host() == "api.eu.onelogin.com"_L1;
}

QString lineName(qsizetype line)
{
    return tr("line %1").arg(line);
}

QString trimmedValue(QStringView value)
{
    while (!value.isEmpty() && isInvisible(value.front()))
        value = value.sliced(1);
    while (!value.isEmpty() && isInvisible(value.back()))
        value.chop(1);
    return value.toString();
}

void CredentialCollector::addProblem(const QString &where, const QString &message)
{
    if (m_file.problems.size() < kMostProblems)
        m_file.problems.push_back({where, message});
    else
        ++m_unlisted;
}

void CredentialCollector::add(CredentialFields fields)
{
    FoundCredential found{.name = shortText(withoutControls(fields.name)),
                          .clientId = trimmedValue(fields.clientId),
                          .clientSecret = fields.clientSecret,
                          .level = scopeLevelFromName(fields.level),
                          .note = shortText(fields.note),
                          .state = fields.state,
                          .where = fields.where};
    Result<void> usable = checkClientId(found.clientId);
    if (usable && !(found.clientSecret.isEmpty() && fields.mayLackSecret))
        usable = checkClientSecret(found.clientSecret);
    if (!usable)
        return addProblem(fields.where, usable.error().message);
    if (const Result<QUrl> address = addressOf(fields))
        found.baseUrl = *address;
    else
        addProblem(fields.where, tr("The address was left out: %1").arg(address.error().message));
    if (!fields.level.trimmed().isEmpty() && !found.level)
        addProblem(fields.where, tr("The scope level is not one of the five, so it was left out."));
    if (found.name.isEmpty())
        found.name = found.baseUrl.isEmpty() || isRegionalHost(found.baseUrl)
                         ? tr("Imported")
                         : found.baseUrl.host().section(u'.', 0, 0);
    if (isRepeated(found))
        return;
    if (m_file.credentials.size() < kMostCredentials)
        m_file.credentials.push_back(std::move(found));
    else
        m_isTooMany = true;
}

bool CredentialCollector::isRepeated(const FoundCredential &credential)
{
    const QString key = credential.baseUrl.toString() + u'\n' + credential.clientId;
    const auto known = m_known.constFind(key);
    if (known == m_known.constEnd()) {
        m_known.insert(key, m_file.credentials.size());
        return false;
    }
    if (*known < m_file.credentials.size()) {
        const FoundCredential &first = m_file.credentials[*known];
        addProblem(credential.where, first.clientSecret == credential.clientSecret
                                         ? tr("This is the client ID of %1 again.").arg(first.where)
                                         : tr("This is the client ID of %1 again, with another secret. "
                                              "The first one counts.")
                                               .arg(first.where));
    }
    return true;
}

Result<CredentialFile> CredentialCollector::finish()
{
    if (m_isTooMany)
        return fail(ErrorKind::Invalid,
                    tr("This holds more than %1 API credentials. Split the file.").arg(kMostCredentials));
    if (m_unlisted > 0)
        m_file.problems.push_back(
            {QString(), tr("Further problems that are not listed: %1.").arg(m_unlisted)});
    return std::move(m_file);
}

} // namespace latchkey
