// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/dialect.h"

#include "core/json.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestExcerpt = 200;

QString tr(const char *text)
{
    return QCoreApplication::translate("Dialect", text);
}

/// What an error body says, whichever dialect it speaks.
struct Complaint
{
    QString text{};
    QString code{};
    QString field{};
    int status = 0; ///< as the body says it; 0: it does not
};

ErrorKind kindOf(int status)
{
    switch (status) {
    case 401:
        return ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 429:
        return ErrorKind::RateLimited;
    default:
        break;
    }
    if (status >= 500)
        return ErrorKind::ServerFailure;
    return status >= 400 ? ErrorKind::Invalid : ErrorKind::NotUnderstood;
}

QString sentence(ErrorKind kind, int status, const QString &vendorText)
{
    switch (kind) {
    case ErrorKind::Unauthorized:
        return tr("The tenant refused the token. The scope level of the credential may be too low.");
    case ErrorKind::Forbidden:
        return tr("The tenant does not allow this. The scope level of the credential is likely too low.");
    case ErrorKind::NotFound:
        return tr("The tenant has no such resource.");
    case ErrorKind::RateLimited:
        return tr("The tenant has had too many requests and asks to wait.");
    case ErrorKind::ServerFailure:
        return tr("The tenant failed to answer (status %1).").arg(status);
    default:
        return vendorText.isEmpty() ? tr("The tenant refused the request (status %1).").arg(status)
                                    : tr("The tenant refused the request: “%1”").arg(vendorText);
    }
}

/// v1: `{status:{error,code,type,message}}`; the inner object alone is the flat dialect.
std::optional<Complaint> readEnvelope(const QJsonObject &envelope)
{
    const QJsonValue error = envelope.value("error"_L1);
    const int code = envelope.value("code"_L1).toInt();
    const bool isError = error.isBool() ? error.toBool() : code >= 400;
    if (!isError)
        return std::nullopt;
    return Complaint{.text = envelope.value("message"_L1).toString(),
                     .code = envelope.value("type"_L1).toString(),
                     .status = code};
}

std::optional<Complaint> readComplaint(const QJsonObject &body)
{
    if (body.value("status"_L1).isObject())
        return readEnvelope(body.value("status"_L1).toObject());
    if (body.value("error"_L1).isString()) {
        return Complaint{.text = body.value("error_description"_L1).toString(),
                         .code = body.value("error"_L1).toString()};
    }
    if (body.value("error"_L1).isBool())
        return readEnvelope(body);
    if (!body.value("statusCode"_L1).isUndefined() || body.value("message"_L1).isString()) {
        const int status = body.value("statusCode"_L1).toInt();
        return Complaint{.text = body.value("message"_L1).toString(),
                         .code = body.value("name"_L1).toString(),
                         .field = body.value("field"_L1).toString(),
                         .status = status};
    }
    return std::nullopt;
}

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

bool looksLikeMarkup(const HttpResponse &response)
{
    return response.header("Content-Type").toLower().startsWith("text/html") ||
           response.body.trimmed().startsWith('<');
}

/// A success that is none of the API's: a web page, also one that could be read as JSON, or a part of an
/// answer (RFC 9110 section 15.3.7), which nobody asks for.
bool isForeign(const HttpResponse &response, bool isJson)
{
    const bool isPage = response.header("Content-Type").toLower().startsWith("text/html");
    return response.status == 206 || isPage || (!isJson && looksLikeMarkup(response));
}

QString statusLine(const HttpResponse &response)
{
    return u"HTTP %1"_s.arg(response.status);
}

/// An answer that no dialect of the API explains.
Error foreignError(const HttpResponse &response)
{
    // A 404 of a proxy must not pass for the tenant's: "not found" is good news to a DELETE.
    const bool statusCounts = response.body.isEmpty() || response.status == 429 || response.status >= 500;
    Error error{.kind = statusCounts ? kindOf(response.status) : ErrorKind::NotUnderstood};
    if (statusCounts) {
        error.message = sentence(error.kind, response.status, {});
    } else if (looksLikeMarkup(response)) {
        error.reason = u"web_page"_s;
        error.message = tr("The answer is a web page, not the API's (status %1). "
                           "A proxy or a sign-in page of this network may stand in between.")
                            .arg(response.status);
    } else {
        error.message = tr("The answer is not one of the API's (status %1).").arg(response.status);
    }
    const QString excerpt = safeExcerpt(response);
    error.detail = excerpt.isEmpty() ? statusLine(response) : statusLine(response) + ": "_L1 + excerpt;
    return error;
}

Error dialectError(const HttpResponse &response, const Complaint &complaint)
{
    const int status = isSuccess(response.status) ? complaint.status : response.status;
    const ErrorKind kind = status == 0 ? ErrorKind::Invalid : kindOf(status);
    Error error{.kind = kind,
                .message = sentence(kind, status, complaint.text),
                .detail = statusLine(response),
                .code = complaint.code,
                .vendorText = complaint.text};
    if (!complaint.code.isEmpty())
        error.detail += u' ' + complaint.code;
    if (!complaint.text.isEmpty())
        error.detail += u": “"_s + complaint.text + u'”';
    if (!complaint.field.isEmpty())
        error.fieldErrors.push_back({.field = complaint.field, .message = complaint.text});
    return error;
}

/// What apiError() promises, of a body parsed already.
std::optional<Error> errorIn(const HttpResponse &response, const Result<QJsonValue> &json)
{
    const bool success = isSuccess(response.status);
    const std::optional<Complaint> complaint =
        json && json->isObject() ? readComplaint(json->toObject()) : std::nullopt;
    // A resource may have a `message` member; in a 2xx only what calls itself an error is one.
    const bool isComplaint =
        complaint && (!success || complaint->status >= 400 || json->toObject().contains("error"_L1) ||
                      json->toObject().value("status"_L1).isObject());
    std::optional<Error> error;
    if (isComplaint)
        error = dialectError(response, *complaint);
    else if (!success || isForeign(response, json.has_value()))
        error = foreignError(response);
    if (!error)
        return std::nullopt;
    error->httpStatus = response.status;
    error->requestId = response.requestId();
    error->retryAfter = response.retryAfter();
    return error;
}

} // namespace

std::optional<Error> apiError(const HttpResponse &response)
{
    return errorIn(response, parseJson(response.body));
}

Result<QJsonValue> readAnswer(const HttpResponse &response)
{
    Result<QJsonValue> json = parseJson(response.body);
    if (std::optional<Error> error = errorIn(response, json))
        return fail(std::move(*error));
    if (response.status == 204)
        return QJsonValue();
    if (!json) {
        if (response.body.isEmpty())
            json.error().message = tr("The answer is empty where the API gives JSON.");
        json.error().httpStatus = response.status;
        json.error().requestId = response.requestId();
    }
    return json;
}

QString safeExcerpt(const HttpResponse &response)
{
    static const QRegularExpression hidden(u"<(script|style)\\b.*?(</\\1\\s*>|$)"_s,
                                           QRegularExpression::CaseInsensitiveOption |
                                               QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression tags(u"<[^>]*(>|$)"_s);
    static const QRegularExpression control(u"[\\p{C}\\x{2028}\\x{2029}]+"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression tokenLike(u"[A-Za-z0-9_+/=.~-]{20,}"_s);
    constexpr qsizetype most = 64 << 10;
    // Before anything is dropped: markup within a secret would hide it.
    QString text =
        response.sent.scrub(QString::fromUtf8(response.body.first(std::min(response.body.size(), most))));
    text.replace(hidden, u" "_s).replace(tags, u" "_s).replace(control, u" "_s);
    text.replace(tokenLike, u"‹redacted›"_s);
    text = text.simplified();
    if (text.size() > kLongestExcerpt)
        text = text.first(kLongestExcerpt - 1) + u'…';
    return text;
}

} // namespace latchkey
