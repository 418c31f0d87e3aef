// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curltext.h"

#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString doubleQuoted(QString text)
{
    static const QRegularExpression special(u"([\\\\\"$`])"_s);
    return text.replace(special, u"\\\\1"_s);
}

QString singleQuoted(QString text)
{
    return u'\'' + text.replace(u'\'', "'\\''"_L1) + u'\'';
}

/// `client_secret` is $OL_CLIENT_SECRET; the token a request carries is $OL_TOKEN whatever its name.
QString variableFor(const QString &member)
{
    static const QRegularExpression odd(u"[^A-Za-z0-9]+"_s);
    if (member.isEmpty() || member == "token"_L1 || member == "access_token"_L1)
        return u"$OL_TOKEN"_s;
    return "$OL_"_L1 + QString(member).replace(odd, u"_"_s).toUpper();
}

/// The body in single quotes, which are left for each variable.
QString bodyArgument(const QString &body)
{
    static const QRegularExpression redacted(
        u"(?:\"(?<json>[^\"]+)\"\\s*:\\s*\"|(?:^|&)(?<form>[^=&]+)=)?(?<mark>‹redacted[^›]*›)"_s);
    QString argument;
    qsizetype at = 0;
    for (auto matches = redacted.globalMatch(body); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QString member = match.captured(u"json"_s) + match.captured(u"form"_s);
        argument += singleQuoted(body.mid(at, match.capturedStart(u"mark"_s) - at));
        argument += u'"' + variableFor(member) + u'"';
        at = match.capturedEnd(u"mark"_s);
    }
    if (at < body.size() || at == 0)
        argument += singleQuoted(body.mid(at));
    return argument;
}

/// Empty for headers that curl sets itself.
QString headerArgument(const ExchangeHeader &header)
{
    static const QStringList curlsOwn{u"host"_s, u"content-length"_s, u"connection"_s, u"accept-encoding"_s,
                                      u"user-agent"_s};
    const QString name = header.name.toLower();
    if (curlsOwn.contains(name))
        return {};
    if (name != "authorization"_L1)
        return "-H "_L1 + singleQuoted(header.name + ": "_L1 + header.value);
    const QString value = header.value.trimmed();
    if (value.startsWith("basic"_L1, Qt::CaseInsensitive))
        return u"-u \"$OL_CLIENT_ID:$OL_CLIENT_SECRET\""_s;
    if (value.startsWith("client_id"_L1, Qt::CaseInsensitive))
        return u"-H \"Authorization: client_id:$OL_CLIENT_ID, client_secret:$OL_CLIENT_SECRET\""_s;
    // The documented rate limit call wants `bearer:<token>`, every other one `bearer <token>`.
    const bool colon = value.startsWith("bearer:"_L1, Qt::CaseInsensitive);
    return u"-H \"Authorization: bearer%1$OL_TOKEN\""_s.arg(colon ? u":"_s : u" "_s);
}

} // namespace

QString curlText(const Exchange &exchange)
{
    QString target = exchange.url.path(QUrl::FullyEncoded);
    if (exchange.url.hasQuery())
        target += u'?' + exchange.url.query(QUrl::FullyEncoded);
    QStringList parts;
    const QString method = exchange.method == "GET"_L1 ? QString() : "-X "_L1 + exchange.method + u' ';
    parts.append(u"curl %1\"$OL_URL%2\""_s.arg(method, doubleQuoted(target)));
    for (const ExchangeHeader &header : exchange.requestHeaders) {
        const QString argument = headerArgument(header);
        if (!argument.isEmpty())
            parts.append(argument);
    }
    if (!exchange.requestBody.isEmpty())
        parts.append("-d "_L1 + bodyArgument(exchange.requestBody));
    return parts.join(u" \\\n  "_s);
}

} // namespace latchkey
