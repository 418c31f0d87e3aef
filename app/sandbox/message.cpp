// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/message.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

QString envelopeType(int status)
{
    switch (status) {
    case 400:
        return u"bad request"_s;
    case 401:
        return u"Unauthorized"_s;
    case 404:
        return u"not found"_s;
    case 429:
        return u"too many requests"_s;
    default:
        return u"internal server error"_s;
    }
}

QString apiErrorName(int status)
{
    switch (status) {
    case 400:
        return u"BadRequestError"_s;
    case 401:
        return u"UnauthorizedError"_s;
    case 403:
        return u"ForbiddenError"_s;
    case 404:
        return u"NotFoundError"_s;
    case 422:
        return u"UnprocessableEntityError"_s;
    case 429:
        return u"TooManyRequestsError"_s;
    default:
        return u"InternalServerError"_s;
    }
}

} // namespace

bool Request::hasHeader(QByteArrayView name) const
{
    return std::ranges::any_of(
        headers, [name](const auto &h) { return h.first.compare(name, Qt::CaseInsensitive) == 0; });
}

QByteArray Request::header(QByteArrayView name) const
{
    const auto found = std::ranges::find_if(
        headers, [name](const auto &h) { return h.first.compare(name, Qt::CaseInsensitive) == 0; });
    return found == headers.end() ? QByteArray() : found->second.trimmed();
}

QByteArray Request::mediaType() const
{
    return header("Content-Type").split(';').constFirst().trimmed().toLower();
}

Form Request::queryFields() const
{
    return Form::parse(query);
}

QJsonObject Request::jsonBody() const
{
    if (mediaType() != "application/json")
        return {};
    return QJsonDocument::fromJson(body).object();
}

Response &&Response::with(const QByteArray &name, const QByteArray &value) &&
{
    headers.emplace_back(name, value);
    return std::move(*this);
}

Response jsonResponse(int status, const QJsonValue &value)
{
    const QJsonDocument document =
        value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return {.status = status,
            .contentType = "application/json; charset=utf-8",
            .body = document.toJson(QJsonDocument::Compact)};
}

Response emptyResponse(int status)
{
    return {.status = status};
}

Response envelopeError(int status, const QString &message)
{
    const QJsonObject inner{
        {u"error"_s, true}, {u"code"_s, status}, {u"type"_s, envelopeType(status)}, {u"message"_s, message}};
    return jsonResponse(status, QJsonObject{{u"status"_s, inner}});
}

Response envelopeSuccess(const QJsonObject &more, const QString &message)
{
    QJsonObject body = more;
    body.insert(u"status"_s, QJsonObject{{u"error"_s, false},
                                         {u"code"_s, 200},
                                         {u"type"_s, u"success"_s},
                                         {u"message"_s, message}});
    return jsonResponse(200, body);
}

Response apiError(int status, const QString &message, const QString &field)
{
    QJsonObject body{{u"message"_s, message}, {u"statusCode"_s, status}, {u"name"_s, apiErrorName(status)}};
    if (!field.isEmpty())
        body.insert(u"field"_s, field);
    return jsonResponse(status, body);
}

Response oauthError(int status, const QString &error, const QString &description)
{
    return jsonResponse(status, QJsonObject{{u"error"_s, error}, {u"error_description"_s, description}});
}

} // namespace latchkey::sandbox
