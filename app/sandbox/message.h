// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/form.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <chrono>
#include <utility>
#include <vector>

namespace latchkey::sandbox {

using Headers = std::vector<std::pair<QByteArray, QByteArray>>;

/// What a client sent, without the means by which it came.
struct Request
{
    QByteArray method{}; ///< upper case
    QString path{};
    QByteArray query{}; ///< as sent, percent-encoded
    Headers headers{};
    QByteArray body{};

    QByteArray header(QByteArrayView name) const; ///< case does not matter; empty where absent
    bool hasHeader(QByteArrayView name) const;
    /// The media type of the body in lower case, without its parameters.
    QByteArray mediaType() const;
    Form queryFields() const;
    /// The JSON object in the body; empty where there is none, or where the media type says otherwise.
    QJsonObject jsonBody() const;
};

/// What the tenant answers.
struct Response
{
    int status = 200;
    QByteArray contentType{};
    QByteArray body{};
    Headers headers{};
    std::chrono::milliseconds delay{0}; ///< it is sent this much later
    bool isSent = true;                 ///< false: the client waits in vain

    Response &&with(const QByteArray &name, const QByteArray &value) &&;
};

Response jsonResponse(int status, const QJsonValue &value);
Response emptyResponse(int status);

/// The envelope of /auth and /api/1: `{"status":{error,code,type,message}}`.
Response envelopeError(int status, const QString &message);
Response envelopeSuccess(const QJsonObject &more = {}, const QString &message = QStringLiteral("Success"));
/// The errors of /api/2: `{message,statusCode,name}`, and the field where one is named.
Response apiError(int status, const QString &message, const QString &field = {});
/// RFC 6749 section 5.2.
Response oauthError(int status, const QString &error, const QString &description);

} // namespace latchkey::sandbox
