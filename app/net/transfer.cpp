// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transfer.h"

#include "net/certificatenames.h"
#include "net/networkerrors.h"
#include "net/oneshotbody.h"
#include "net/worker.h"

#include <QMetaMethod>
#include <QRandomGenerator>
#include <QSslConfiguration>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kMostAttempts = 3;
constexpr qint64 kSlice = 1 << 20;            // of a body, taken in one turn of the event loop
constexpr qsizetype kRedactedHere = 32 << 10; // longer bodies are redacted by a worker

QByteArray verbOf(HttpMethod method)
{
    switch (method) {
    case HttpMethod::Get:
        return "GET"_ba;
    case HttpMethod::Post:
        return "POST"_ba;
    case HttpMethod::Put:
        return "PUT"_ba;
    case HttpMethod::Delete:
        return "DELETE"_ba;
    }
    return {};
}

QString shownBody(const RequestSecrets &secrets, const QByteArray &contentType, const QByteArray &body)
{
    return secrets.scrub(redactBody(contentType, body));
}

std::chrono::milliseconds repeatDelay(int attempts)
{
    const int most = 200 << attempts;
    return std::chrono::milliseconds(most / 2 + QRandomGenerator::global()->bounded(most / 2));
}

} // namespace

HttpClient::Transfer::Transfer(HttpClient &client, HttpRequest request,
                               Continuation<HttpResponse> continuation)
    : QObject(&client)
    , m_client(client)
    , m_request(std::move(request))
    , m_continuation(std::move(continuation))
    , m_secrets(m_request)
    , m_timeouts(client.m_timeouts)
    , m_host(m_request.url.host() +
             (m_request.url.port() < 0 ? QString() : u":%1"_s.arg(m_request.url.port())))
{
    connect(m_continuation.context(), &QObject::destroyed, this, &Transfer::cancel);
    m_deadline.setSingleShot(true);
    m_deadline.callOnTimeout(this, [this] {
        if (m_reply && !m_reply->isFinished()) // else the answer is whole, and only being redacted
            stop(timeoutError(m_timeouts.whole));
    });
    m_deadline.start(m_timeouts.whole);
}

HttpClient::Transfer::~Transfer()
{
    dropReply();
}

void HttpClient::Transfer::start()
{
    ++m_attempts;
    m_body.clear();
    m_stopped.reset();
    m_tlsErrors.clear();
    m_startedAt = m_client.m_clock.now();
    m_began = m_client.m_clock.monotonic();

    auto *body = new OneShotBody(m_request.body);
    m_reply = m_client.m_network.sendCustomRequest(networkRequest(), verbOf(m_request.method), body);
    body->setParent(m_reply);
    if (!isWrite()) // whose answers are short; the limit costs turns of two threads
        m_reply->setReadBufferSize(kSlice);
    connect(m_reply, &QNetworkReply::readyRead, this, &Transfer::takeBody);
    connect(m_reply, &QNetworkReply::encrypted, this, &Transfer::checkCertificate);
    connect(m_reply, &QNetworkReply::sslErrors, this,
            [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
    // Queued, so that the caller's code never runs inside Qt's network code, whatever ended it.
    connect(m_reply, &QNetworkReply::finished, this, &Transfer::finish, Qt::QueuedConnection);
}

QNetworkRequest HttpClient::Transfer::networkRequest() const
{
    QNetworkRequest request(m_request.url);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // With the one-shot body and its length: Qt neither buffers nor repeats, a GET no more than a write.
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    request.setHeader(QNetworkRequest::ContentLengthHeader, m_request.body.size());
    request.setTransferTimeout(static_cast<int>(m_timeouts.idle.count()));

    request.setRawHeader("User-Agent", "Latchkey/" LATCHKEY_VERSION);
    request.setRawHeader("Accept", "application/json");
    if (!m_request.contentType.isEmpty())
        request.setRawHeader("Content-Type", m_request.contentType);
    if (!m_request.authorization.isEmpty())
        request.setRawHeader("Authorization", m_request.authorization.bytes().toByteArray());
    if (m_client.m_tls)
        request.setSslConfiguration(*m_client.m_tls);
    return request;
}

void HttpClient::Transfer::takeBody()
{
    if (takeSlice())
        QMetaObject::invokeMethod(this, &Transfer::takeBody, Qt::QueuedConnection);
}

/// Whether there is more.
bool HttpClient::Transfer::takeSlice()
{
    if (!m_reply || m_stopped || !m_reply->isOpen()) // Qt's own timeout closes it
        return false;
    const QByteArray slice = m_reply->read(std::min(kSlice, m_reply->bytesAvailable())); // it allocates that
    m_body += slice;
    if (m_body.size() > m_request.maximumSize)
        stop(tooLarge());
    return !m_stopped && !slice.isEmpty() && m_reply->bytesAvailable() > 0;
}

void HttpClient::Transfer::checkCertificate()
{
    // Qt's network thread waits for this slot, so nothing of the request has left yet.
    const QString host = m_request.url.host();
    if (certificateNames(m_reply->sslConfiguration().peerCertificate(), host))
        return;
    stop({.kind = ErrorKind::Tls,
          .message = tr("%1 could not prove who it is: its certificate does not name %2.").arg(m_host, host),
          .detail = u"no matching subjectAltName"_s,
          .reason = u"certificate_other_host"_s});
}

void HttpClient::Transfer::stop(Error error)
{
    if (!m_reply || m_stopped)
        return;
    m_stopped = std::move(error);
    m_reply->abort();
}

void HttpClient::Transfer::cancel()
{
    if (m_reply) {
        const QPointer<Transfer> alive(this);
        report(fail(ErrorKind::Unreachable, tr("Cancelled here before a whole answer came.")), shownAtOnce());
        if (!alive)
            return;
    }
    dropReply();
    m_deadline.stop();
    deleteLater();
}

void HttpClient::Transfer::dropReply()
{
    if (!m_reply)
        return;
    QNetworkReply *reply = m_reply;
    m_reply = nullptr;
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

void HttpClient::Transfer::finish()
{
    if (!m_reply)
        return;
    if (takeSlice()) {
        QMetaObject::invokeMethod(this, &Transfer::finish, Qt::QueuedConnection);
        return;
    }
    if (m_body.size() <= kRedactedHere || !isListenedTo())
        return deliver(shownAtOnce());
    inWorker(then(this,
                  [this](const Result<QString> &shown) {
                      if (m_reply)
                          deliver(*shown);
                  }),
             [secrets = m_secrets, type = contentType(), body = m_body]() -> Result<QString> {
                 return shownBody(secrets, type, body);
             });
}

/// The body as the exchange shows it, where that is asked for and takes no time.
QString HttpClient::Transfer::shownAtOnce() const
{
    return isListenedTo() && m_body.size() <= kRedactedHere ? shownBody(m_secrets, contentType(), m_body)
                                                            : QString();
}

/// The body as the exchange shows it.
void HttpClient::Transfer::deliver(const QString &shown)
{
    Result<HttpResponse> result = outcome();
    if (!result)
        result = fail(m_secrets.scrub(result.error()));
    const QPointer<Transfer> alive(this);
    report(result, shown);
    if (!alive)
        return;
    dropReply();
    const std::chrono::milliseconds delay = repeatDelay(m_attempts);
    if (mayRepeat(result) && m_deadline.remainingTimeAsDuration() > 2 * delay) {
        QTimer::singleShot(delay, this, &Transfer::start);
        return;
    }
    m_deadline.stop();
    deleteLater();
    const Continuation<HttpResponse> continuation = m_continuation;
    continuation(result); // may end this object, the client and the context
}

bool HttpClient::Transfer::mayRepeat(const Result<HttpResponse> &result) const
{
    if (isWrite() || !m_request.repeatable || m_attempts >= kMostAttempts)
        return false;
    if (!result)
        return result.error().kind == ErrorKind::Unreachable;
    const bool isPassing = result->status == 502 || result->status == 503 || result->status == 504;
    return isPassing && result->retryAfter().value_or(0s) <= 1s;
}

bool HttpClient::Transfer::isListenedTo() const
{
    return m_client.isSignalConnected(QMetaMethod::fromSignal(&HttpClient::exchanged));
}

void HttpClient::Transfer::report(const Result<HttpResponse> &result, const QString &shown)
{
    const quint64 number = ++m_client.m_lastNumber;
    if (!isListenedTo())
        return;
    Exchange exchange;
    exchange.number = number;
    exchange.startedAt = m_startedAt;
    exchange.askedBy = m_request.askedBy;
    exchange.method = QString::fromLatin1(verbOf(m_request.method));
    exchange.url = redactUrl(m_request.url);
    const QNetworkRequest sent = networkRequest();
    for (const QByteArray &name : sent.rawHeaderList())
        exchange.requestHeaders.append({QString::fromUtf8(name), redactHeader(name, sent.rawHeader(name))});
    QByteArray sentBody = m_request.body.bytes().toByteArray();
    exchange.requestBody = redactBody(m_request.contentType, sentBody);
    wipe(sentBody);

    const HttpResponse answer = response();
    exchange.status = answer.status;
    exchange.statusText =
        m_secrets.scrub(m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString());
    for (const HttpHeader &header : answer.headers)
        exchange.responseHeaders.append(
            {QString::fromUtf8(header.name), m_secrets.scrub(redactHeader(header.name, header.value))});
    exchange.responseBody = shown;
    exchange.responseSize = answer.body.size();
    exchange.duration = answer.duration;
    exchange.requestId = m_secrets.scrub(answer.requestId());
    if (!result)
        exchange.failure = result.error().message;
    emit m_client.exchanged(exchange);
}

Result<HttpResponse> HttpClient::Transfer::outcome() const
{
    if (m_stopped)
        return fail(*m_stopped);
    const QNetworkReply::NetworkError error = m_reply->error();
    const HttpResponse answer = response();
    // First of all: at a 307 and 308 Qt tries to rewind the body, and fails, before it asks the redirect
    // policy.
    if (answer.status >= 300 && answer.status < 400)
        return fail(redirectError(answer));
    if (answer.status == 407)
        return fail({.kind = ErrorKind::Unreachable,
                     .message = tr("The proxy in front of %1 asks for a login.").arg(m_host),
                     .reason = u"proxy_login"_s});
    const bool isWhole = isAboutStatus(error) && answer.status != 0;
    if (!isWhole || (error != QNetworkReply::NoError && answer.status < 300))
        return fail(transportError());
    bool hasLength = false;
    const qint64 length = answer.header("Content-Length").toLongLong(&hasLength);
    if (hasLength && length != answer.body.size() && answer.status != 204)
        return fail(brokenConnection(u"%1 of %2 bytes came"_s.arg(answer.body.size()).arg(length)));
    return answer;
}

QByteArray HttpClient::Transfer::contentType() const
{
    return m_reply->rawHeader("Content-Type");
}

HttpResponse HttpClient::Transfer::response() const
{
    HttpResponse answer;
    answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    for (const auto &[name, value] : m_reply->rawHeaderPairs())
        answer.headers.append({name, value});
    answer.body = m_body;
    answer.sent = m_secrets;
    answer.date = httpDate(answer.header("Date"));
    answer.receivedAt = m_client.m_clock.monotonic();
    answer.duration = std::chrono::duration_cast<std::chrono::milliseconds>(answer.receivedAt - m_began);
    return answer;
}

} // namespace latchkey
