// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/sandboxprocess.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

namespace latchkey {

using Headers = QList<std::pair<QByteArray, QByteArray>>;

/// An answer as it came.
struct Answer
{
    int status = 0;
    QByteArray body{};
    QHash<QByteArray, QByteArray> headers{}; ///< names in lower case

    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QJsonArray list() const { return QJsonDocument::fromJson(body).array(); }
};

/// Plain requests to the sandbox, with nothing of the client under test in between.
class PlainHttp
{
public:
    explicit PlainHttp(const SandboxProcess &sandbox)
        : m_sandbox(sandbox)
    {
    }

    Answer send(const QByteArray &method, const QString &path, const Headers &headers = {},
                const QByteArray &body = {})
    {
        QNetworkRequest request(QUrl(m_sandbox.url().toString() + path));
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        // Qt warns and guesses where a body has no media type.
        if (!body.isEmpty())
            request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/octet-stream"));
        for (const auto &[name, value] : headers)
            request.setRawHeader(name, value);
        const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
        if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 30000))
            return {};
        Answer answer{.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                      .body = reply->readAll()};
        for (const auto &[name, value] : reply->rawHeaderPairs())
            answer.headers.insert(name.toLower(), value);
        return answer;
    }

    Answer get(const QString &path, const QByteArray &token)
    {
        return send("GET", path, {{"Authorization", "bearer " + token}});
    }

    Answer write(const QByteArray &method, const QString &path, const QByteArray &token,
                 const QJsonObject &body = {})
    {
        return send(method, path,
                    {{"Authorization", "bearer " + token}, {"Content-Type", "application/json"}},
                    QJsonDocument(body).toJson());
    }

    /// Generate Token with Basic; the whole answer.
    Answer requestToken(const SandboxProcess::Credential &credential)
    {
        return send("POST", QStringLiteral("/auth/oauth2/v2/token"),
                    {{"Authorization", basic(credential.clientId, credential.clientSecret)},
                     {"Content-Type", "application/json"}},
                    R"({"grant_type":"client_credentials"})");
    }

    QByteArray tokenOf(QStringView credential)
    {
        return requestToken(m_sandbox.credential(credential))
            .json()
            .value(QLatin1StringView("access_token"))
            .toString()
            .toLatin1();
    }

    static QByteArray basic(const QString &user, const QString &password)
    {
        return "Basic " + (user + QLatin1Char(':') + password).toUtf8().toBase64();
    }

private:
    const SandboxProcess &m_sandbox;
    QNetworkAccessManager m_network{};
};

} // namespace latchkey
