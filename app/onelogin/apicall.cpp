// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/apicall.h"

#include "net/redaction.h"
#include "net/worker.h"
#include "onelogin/dialect.h"

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kMostWaits = 4;
constexpr qsizetype kReadHere = 32 << 10; // longer answers go to a worker

/// How long a 429 asks to wait: Retry-After, else the seconds until the rate limit's reset.
std::chrono::seconds waitAsked(const HttpResponse &response)
{
    if (const auto retryAfter = response.retryAfter())
        return std::max<std::chrono::seconds>(*retryAfter, 1s);
    bool isNumber = false;
    const int reset = response.header("X-RateLimit-Reset").toInt(&isNumber);
    return isNumber && reset > 0 ? std::chrono::seconds(reset) : 60s;
}

/// What the answer says, given to the digest where there is one.
Result<QJsonValue> understand(const HttpResponse &response, bool mayBeEmpty,
                              const std::function<void(const QJsonValue &)> &digest)
{
    if (mayBeEmpty && response.body.isEmpty())
        return QJsonValue();
    Result<QJsonValue> json = readAnswer(response);
    if (json && response.sent.mayBeToldIn(response.body))
        json = response.sent.scrub(*json);
    if (!json || !digest)
        return json;
    digest(*json);
    return QJsonValue();
}

} // namespace

ApiClient::Call::Call(ApiClient &api, HttpRequest request, Digest digest, Continuation<Answer> continuation,
                      WhenLimited whenLimited)
    : QObject(&api)
    , m_api(api)
    , m_request(std::move(request))
    , m_digest(std::move(digest))
    , m_continuation(std::move(continuation))
    , m_whenLimited(whenLimited)
{
    connect(m_continuation.context(), &QObject::destroyed, this, [this] { delete this; });
    connect(&m_api, &ApiClient::waiting, this, [this](std::chrono::seconds left) {
        if (left == 0s && std::exchange(m_isQueued, false))
            start();
    });
}

void ApiClient::Call::start()
{
    if (m_api.isWaiting())
        m_isQueued = true;
    else
        authorise();
}

void ApiClient::Call::authorise()
{
    m_api.m_tokens.token(then(this, [this](Result<ManagementToken> token) {
        if (!token)
            finish(fail(token.error()));
        else if (m_refusal && token->value == m_refused)
            finish(fail(*m_refusal)); // the tenant hands out the very token it refused
        else
            sendWith(*token);
    }));
}

void ApiClient::Call::sendWith(const ManagementToken &token)
{
    m_token = token.value;
    QByteArray authorization = "Bearer " + token.value.bytes().toByteArray();
    m_request.authorization = Secret::takeFrom(authorization);
    m_request.pair = token.pair;
    m_api.m_http.send(m_request, then(this, [this](Result<HttpResponse> response) {
                          if (response)
                              receive(std::move(*response));
                          else
                              finish(fail(response.error()));
                      }));
}

void ApiClient::Call::receive(HttpResponse response)
{
    if (response.status == 429 && m_waits < kMostWaits && waitAsked(response) <= kLongestWait) {
        m_api.waitFor(waitAsked(response));
        if (m_whenLimited == WhenLimited::Wait)
            return startAgain();
    }
    // A DELETE may succeed without a word.
    const bool mayBeEmpty = m_request.method == HttpMethod::Delete && response.status == 200;
    if (response.body.size() <= kReadHere)
        return take(response, understand(response, mayBeEmpty, m_digest));
    HttpResponse head = response;
    head.body.clear();
    inWorker(then(this, [this, head](const Result<QJsonValue> &json) { take(head, json); }),
             [response = std::move(response), mayBeEmpty, digest = m_digest] {
                 return understand(response, mayBeEmpty, digest);
             });
}

void ApiClient::Call::take(const HttpResponse &response, const Result<QJsonValue> &json)
{
    if (json)
        return finish(Answer{.json = *json, .cursor = response.header("After-Cursor").trimmed()});
    const Error error = failure(json.error(), response);
    if (response.status != 401 || m_refusal)
        return finish(fail(error));
    m_refusal = error;
    m_refused = m_token;
    m_api.m_tokens.forget(m_token);
    authorise();
}

void ApiClient::Call::startAgain()
{
    ++m_waits;
    start();
}

Error ApiClient::Call::failure(Error error, const HttpResponse &response) const
{
    error = RequestSecrets(m_request).scrub(std::move(error));
    if (error.kind == ErrorKind::RateLimited)
        error.retryAfter = waitAsked(response);
    return error;
}

void ApiClient::Call::finish(Result<Answer> result)
{
    deleteLater();
    const Continuation<Answer> continuation = m_continuation;
    continuation(std::move(result)); // may end this object and the client
}

} // namespace latchkey
