// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/exchange.h"

#include "net/redaction.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QSet>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLargestParsed = 1 << 20; // beyond this a body is shown as its size
constexpr qsizetype kLargestShown = 64 << 10;

QString tr(const char *text)
{
    return QCoreApplication::translate("Exchange", text);
}

QString sizeOnly(const QByteArray &contentType, qsizetype size)
{
    const QString type = contentType.isEmpty() ? tr("unknown type") : QString::fromUtf8(contentType);
    return u"‹"_s + type + ", "_L1 + QLocale().formattedDataSize(size) + u'›';
}

QJsonValue redactedJson(const QJsonValue &value, bool harmless);

/// The `code` of an error envelope is a number; as a string it is an authorization code.
bool mayShow(const QString &name, const QJsonValue &value)
{
    return isHarmlessMember(name) || (name == "code"_L1 && value.isDouble());
}

QJsonObject redactedObject(QJsonObject object)
{
    for (auto it = object.begin(); it != object.end(); ++it)
        it.value() = redactedJson(it.value(), mayShow(it.key(), it.value()));
    return object;
}

QJsonArray redactedArray(const QJsonArray &array, bool harmless)
{
    QJsonArray shown;
    for (const QJsonValue element : array)
        shown.append(redactedJson(element, harmless));
    return shown;
}

QJsonValue redactedJson(const QJsonValue &value, bool harmless)
{
    if (value.isNull())
        return value;
    if (!harmless) {
        const QString text = value.isString() ? value.toString() : value.toVariant().toString();
        return value.isObject() || value.isArray() ? tr("‹redacted›") : redactedMark(text.size());
    }
    if (value.isArray())
        return redactedArray(value.toArray(), true);
    return value.isObject() ? QJsonValue(redactedObject(value.toObject())) : value;
}

/// As many elements as can be shown: the others would only cost time.
QJsonArray redactedStart(const QJsonArray &array)
{
    QJsonArray shown;
    qsizetype size = 0;
    for (const QJsonValue element : array) {
        if (size > kLargestShown)
            break;
        shown.append(redactedJson(element, true));
        size +=
            QString::fromUtf8(QJsonDocument(QJsonArray{shown.last()}).toJson(QJsonDocument::Compact)).size();
    }
    return shown;
}

QString redactedJsonBody(const QByteArray &contentType, const QByteArray &body)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError)
        return sizeOnly(contentType, body.size()) + u' ' + tr("(not valid JSON)");
    const QJsonDocument shown = document.isArray() ? QJsonDocument(redactedStart(document.array()))
                                                   : QJsonDocument(redactedObject(document.object()));
    return QString::fromUtf8(shown.toJson(QJsonDocument::Indented)).trimmed();
}

QString redactedForm(const QByteArray &body)
{
    QStringList parts;
    for (const QByteArray &part : body.split('&')) {
        const qsizetype equals = part.indexOf('=');
        const QByteArray name = equals < 0 ? QByteArray() : part.first(equals);
        const QByteArray value = part.sliced(equals + 1);
        const QString decodedName = QUrl::fromPercentEncoding(name);
        const qsizetype length = QUrl::fromPercentEncoding(value).size();
        const bool harmless = equals >= 0 && isHarmlessParameter(decodedName);
        parts.append(QString::fromUtf8(name) + u'=' +
                     (harmless ? QString::fromUtf8(value) : redactedMark(length)));
    }
    return parts.join(u'&');
}

} // namespace

QString redactBody(const QByteArray &contentType, const QByteArray &body)
{
    if (body.isEmpty())
        return {};
    const QByteArray type = contentType.toLower();
    QString shown;
    const bool isParsed = body.size() <= kLargestParsed;
    if (isParsed && type.startsWith("application/x-www-form-urlencoded"))
        shown = redactedForm(body);
    else if (isParsed && type.contains("json"))
        shown = redactedJsonBody(contentType, body);
    else
        shown = sizeOnly(contentType, body.size());
    if (shown.size() <= kLargestShown)
        return shown;
    return shown.first(kLargestShown) + u'\n' +
           tr("‹cut here: %1 of %2 shown›")
               .arg(QLocale().formattedDataSize(kLargestShown),
                    QLocale().formattedDataSize(std::max(shown.size(), body.size())));
}

QString redactHeader(const QByteArray &name, const QByteArray &value)
{
    static const QSet<QByteArray> harmless{"accept",
                                           "accept-encoding",
                                           "accept-language",
                                           "after-cursor",
                                           "age",
                                           "allow",
                                           "before-cursor",
                                           "cache-control",
                                           "connection",
                                           "content-encoding",
                                           "content-language",
                                           "content-length",
                                           "content-type",
                                           "current-page",
                                           "date",
                                           "etag",
                                           "expires",
                                           "host",
                                           "keep-alive",
                                           "last-modified",
                                           "page-items",
                                           "pragma",
                                           "retry-after",
                                           "server",
                                           "status",
                                           "strict-transport-security",
                                           "total-count",
                                           "total-pages",
                                           "transfer-encoding",
                                           "user-agent",
                                           "vary",
                                           "via",
                                           "www-authenticate",
                                           "x-content-type-options",
                                           "x-frame-options",
                                           "x-ratelimit-limit",
                                           "x-ratelimit-remaining",
                                           "x-ratelimit-reset",
                                           "x-request-id",
                                           "x-runtime"};
    const QByteArray lower = name.toLower();
    const QString text = QString::fromUtf8(value);
    if (harmless.contains(lower))
        return text;
    if (lower == "location")
        return redactUrl(QUrl(text)).toString(QUrl::FullyEncoded);
    if (lower == "authorization") {
        for (const QLatin1StringView scheme : {"Basic "_L1, "Bearer "_L1, "bearer:"_L1}) {
            if (text.startsWith(scheme, Qt::CaseInsensitive))
                return text.first(scheme.size()) + redactedMark(text.size() - scheme.size());
        }
    }
    return redactedMark(text.size());
}

} // namespace latchkey
