// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/secret.h"
#include "net/continuation.h"
#include "net/exchange.h"
#include "net/redaction.h"

#include <QByteArray>
#include <QList>
#include <QNetworkAccessManager>
#include <QSslConfiguration>
#include <QUrl>

#include <chrono>
#include <optional>

namespace latchkey {

/// What HttpClient asks with.
enum class HttpMethod { Get, Post, Put, Delete };

/// A header line of an answer.
struct HttpHeader
{
    QByteArray name{};
    QByteArray value{};
};

/// What to send. `authorization` and `body` are secrets until proven otherwise.
struct HttpRequest
{
    HttpMethod method = HttpMethod::Get;
    QUrl url{};
    Secret authorization{};       ///< the whole value of the Authorization header; empty: none is sent
    Secret pair{};                ///< the Basic credentials that fetched the token in it; not sent
    QByteArray contentType{};     ///< of the body
    Secret body{};                ///< sent as it is, empty or not, with a Content-Length
    bool repeatable = true;       ///< false: not even a GET is sent again
    qint64 maximumSize = 8 << 20; ///< bytes of the answer; more is an error
    QString askedBy{};            ///< for the activity log
};

/// A whole HTTP answer of any status. `body` is complete but not yet understood.
struct HttpResponse
{
    int status = 0;
    QList<HttpHeader> headers{};
    QByteArray body{};
    QDateTime date{};            ///< the Date header; invalid if absent
    Clock::Instant receivedAt{}; ///< when the last byte was there
    std::chrono::milliseconds duration{};
    RequestSecrets sent{}; ///< of the request, which the answer may echo

    /// The value of the first header of that name, whatever its case.
    QByteArray header(QByteArrayView name) const;
    QString requestId() const;
    /// Retry-After as seconds or date, RFC 9110 section 10.2.3.
    std::optional<std::chrono::seconds> retryAfter() const;
};

/// The time in a header, RFC 9110 section 5.6.7; invalid if it is none.
QDateTime httpDate(QByteArray text);

/// Deadlines of one request.
struct HttpTimeouts
{
    std::chrono::milliseconds idle{30'000};  ///< no byte moved
    std::chrono::milliseconds whole{60'000}; ///< from send to the last byte
};

/// Sends one request and returns one classified result: an HttpResponse for every whole HTTP
/// answer, or an Error of kind Unreachable, Timeout, Tls, NotUnderstood, OutcomeUnknown or
/// InvalidInput (a URL that is neither https nor loopback).
///
/// The only class that touches QNetworkReply. It never follows redirects (a 3xx is an error that
/// names the target's host), keeps no cookies, ignores no TLS error, sends a write exactly once and
/// a GET at most three times (network error, 502, 503, 504). Destroying the continuation's context
/// aborts the request.
class HttpClient : public QObject
{
    Q_OBJECT

public:
    /// `network` and `clock` must outlive the client.
    HttpClient(QNetworkAccessManager &network, const Clock &clock, QObject *parent = nullptr);

    void send(HttpRequest request, Continuation<HttpResponse> continuation);

    void setTimeouts(HttpTimeouts timeouts);
    /// Trusts the CA certificates of a PEM file besides the system's. Error InvalidInput.
    Result<void> addCaFile(const QString &path);

signals:
    /// After every answer or failure, each attempt of a repeated GET included.
    void exchanged(const latchkey::Exchange &exchange);

private:
    class Transfer;
    QNetworkAccessManager &m_network;
    const Clock &m_clock;
    HttpTimeouts m_timeouts{};
    std::optional<QSslConfiguration> m_tls{}; ///< with extra authorities; none: the default
    quint64 m_lastNumber = 0;
};

} // namespace latchkey
