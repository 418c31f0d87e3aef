// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpclient.h"
#include "net/redaction.h"

#include <QNetworkReply>
#include <QPointer>
#include <QTimer>

namespace latchkey {

/// One call of HttpClient::send(): its attempts, its deadlines, its one result. Deletes itself.
class HttpClient::Transfer final : public QObject
{
public:
    Transfer(HttpClient &client, HttpRequest request, Continuation<HttpResponse> continuation);
    ~Transfer() override;

    void start();

private:
    bool isWrite() const { return m_request.method != HttpMethod::Get; }
    QNetworkRequest networkRequest() const;
    void takeBody();
    bool takeSlice();
    void checkCertificate();
    void stop(Error error);
    void cancel();
    void finish();
    QString shownAtOnce() const;
    void deliver(const QString &shown);
    bool isListenedTo() const;
    void report(const Result<HttpResponse> &result, const QString &shown);
    void dropReply();
    bool mayRepeat(const Result<HttpResponse> &result) const;

    Result<HttpResponse> outcome() const;
    QByteArray contentType() const;
    HttpResponse response() const;
    Error transportError() const;
    Error brokenConnection(const QString &detail) const;
    Error tlsError() const;
    Error timeoutError(std::chrono::milliseconds limit) const;
    Error redirectError(const HttpResponse &response) const;
    Error tooLarge() const;

    HttpClient &m_client;
    HttpRequest m_request;
    Continuation<HttpResponse> m_continuation;
    RequestSecrets m_secrets;
    HttpTimeouts m_timeouts;
    QString m_host; ///< as errors name it, with the port if there is one
    QPointer<QNetworkReply> m_reply;
    QByteArray m_body;
    QTimer m_deadline;
    std::optional<Error> m_stopped; ///< why we aborted the attempt
    QList<QSslError> m_tlsErrors;
    QDateTime m_startedAt;
    Clock::Instant m_began;
    int m_attempts = 0;
};

} // namespace latchkey
