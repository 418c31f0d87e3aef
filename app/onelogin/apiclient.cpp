// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/apiclient.h"

#include "onelogin/apicall.h"

#include <QSet>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype kMostPages = 250;      // of up to 1000 items: well above the largest tenant in sight
constexpr qint64 kLargestList = 256 << 20; // 5,000 client apps with all of 200 scopes are 90 MB

QString encodedQuery(const Query &query)
{
    QStringList parts;
    for (const auto &[name, value] : query)
        parts.append(
            QString::fromLatin1(QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value)));
    return parts.join(u'&');
}

} // namespace

/// Reads the pages of one list. Ends with its caller's context; deletes itself.
class ApiClient::Pages final : public QObject
{
public:
    Pages(ApiClient &api, QString path, Query query, Digest digest, Deliver deliver,
          Continuation<> continuation)
        : QObject(&api)
        , m_api(api)
        , m_path(std::move(path))
        , m_query(std::move(query))
        , m_digest(std::move(digest))
        , m_deliver(std::move(deliver))
        , m_continuation(std::move(continuation))
    {
        connect(m_continuation.context(), &QObject::destroyed, this, [this] { delete this; });
    }

    void read(const QString &cursor)
    {
        Query query = m_query;
        if (!cursor.isEmpty()) {
            query.append({u"cursor"_s, cursor});
            m_seen.insert(cursor);
        }
        m_api.send(m_api.makeRequest(HttpMethod::Get, m_path, query), m_digest,
                   then(this, [this](const Result<Answer> &answer) {
                       if (answer)
                           take(*answer);
                       else
                           finish(fail(answer.error()));
                   }));
    }

private:
    void take(const Answer &answer)
    {
        // The header may hold it percent-encoded already.
        QString cursor = QString::fromUtf8(QByteArray::fromPercentEncoding(answer.cursor));
        if (m_seen.contains(cursor))
            cursor.clear();
        const QPointer<Pages> alive(this);
        const Result<void> delivered = m_deliver(cursor);
        if (!alive)
            return;
        if (!delivered || cursor.isEmpty())
            return finish(delivered);
        if (m_seen.size() >= kMostPages)
            return finish(fail(ErrorKind::NotUnderstood, ApiClient::tr("The list has no end."),
                               u"%1 pages of %2 came"_s.arg(kMostPages).arg(m_path)));
        read(cursor);
    }

    void finish(Result<void> result)
    {
        deleteLater();
        const Continuation<> continuation = m_continuation;
        continuation(std::move(result));
    }

    ApiClient &m_api;
    QString m_path;
    Query m_query;
    Digest m_digest;
    Deliver m_deliver;
    Continuation<> m_continuation;
    QSet<QString> m_seen;
};

ApiClient::ApiClient(HttpClient &http, TokenSource &tokens, const Clock &clock, QUrl baseUrl, QString label,
                     Access access, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_tokens(tokens)
    , m_clock(clock)
    , m_baseUrl(std::move(baseUrl))
    , m_label(std::move(label))
    , m_access(access)
{
    m_tick.callOnTimeout(this, &ApiClient::tick);
}

void ApiClient::get(const QString &path, const Query &query, Continuation<QJsonValue> continuation)
{
    send(makeRequest(HttpMethod::Get, path, query), {}, givingJson(continuation));
}

void ApiClient::post(const QString &path, const QJsonObject &body, Continuation<QJsonValue> continuation,
                     WhenLimited whenLimited)
{
    write(HttpMethod::Post, path, body, std::move(continuation), whenLimited);
}

void ApiClient::put(const QString &path, const QJsonObject &body, Continuation<QJsonValue> continuation,
                    WhenLimited whenLimited)
{
    write(HttpMethod::Put, path, body, std::move(continuation), whenLimited);
}

void ApiClient::remove(const QString &path, Continuation<> continuation, WhenLimited whenLimited)
{
    send(makeRequest(HttpMethod::Delete, path), {},
         then(continuation.context(),
              [continuation](const Result<Answer> &answer) {
                  if (answer || answer.error().kind == ErrorKind::NotFound)
                      continuation({});
                  else
                      continuation(fail(answer.error()));
              }),
         whenLimited);
}

void ApiClient::digest(const QString &path, Digest digest, const Continuation<> &continuation)
{
    HttpRequest request = makeRequest(HttpMethod::Get, path);
    request.maximumSize = kLargestList;
    send(std::move(request), std::move(digest),
         after<Answer>(continuation, [continuation](const Answer &) { continuation({}); }));
}

void ApiClient::digestPages(const QString &path, const Query &query, const QString &from, Digest digest,
                            Deliver deliver, Continuation<> continuation)
{
    if (!continuation.context())
        return;
    auto *pages =
        new Pages(*this, path, query, std::move(digest), std::move(deliver), std::move(continuation));
    pages->read(from);
}

void ApiClient::write(HttpMethod method, const QString &path, const QJsonObject &body,
                      Continuation<QJsonValue> continuation, WhenLimited whenLimited)
{
    HttpRequest request = makeRequest(method, path);
    request.contentType = "application/json";
    request.body = Secret::copyOf(QJsonDocument(body).toJson(QJsonDocument::Compact));
    send(std::move(request), {}, givingJson(continuation), whenLimited);
}

Continuation<ApiClient::Answer> ApiClient::givingJson(const Continuation<QJsonValue> &continuation)
{
    return after<Answer>(continuation, [continuation](const Answer &answer) { continuation(answer.json); });
}

HttpRequest ApiClient::makeRequest(HttpMethod method, const QString &path, const Query &query) const
{
    QUrl url = m_baseUrl;
    url.setPath(path);
    if (!query.isEmpty())
        url.setQuery(encodedQuery(query), QUrl::StrictMode);
    return {.method = method, .url = url, .askedBy = m_label};
}

void ApiClient::send(HttpRequest request, Digest digest, Continuation<Answer> continuation,
                     WhenLimited whenLimited)
{
    if (!continuation.context())
        return;
    if (m_access == Access::ReadOnly && request.method != HttpMethod::Get) {
        return finishLater<Answer>(continuation, fail(readOnlyError()));
    }
    if (whenLimited == WhenLimited::Fail && isWaiting())
        return finishLater<Answer>(continuation, fail(limitedError()));
    auto *call = new Call(*this, std::move(request), std::move(digest), std::move(continuation), whenLimited);
    call->start();
}

bool ApiClient::isWaiting() const
{
    return m_clock.monotonic() < m_waitUntil;
}

Error ApiClient::limitedError() const
{
    return {.kind = ErrorKind::RateLimited,
            .message = tr("The tenant asks to wait. Nothing was sent."),
            .retryAfter = std::chrono::ceil<std::chrono::seconds>(m_waitUntil - m_clock.monotonic())};
}

void ApiClient::waitFor(std::chrono::seconds wait)
{
    m_waitUntil = std::max(m_waitUntil, m_clock.monotonic() + wait);
    if (!m_tick.isActive())
        m_tick.start(1s);
    emit waiting(wait);
}

void ApiClient::tick()
{
    const auto left = std::chrono::ceil<std::chrono::seconds>(m_waitUntil - m_clock.monotonic());
    if (left <= 0s)
        m_tick.stop();
    emit waiting(std::max<std::chrono::seconds>(left, 0s));
}

} // namespace latchkey
