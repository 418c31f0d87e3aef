// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "core/tenant.h"
#include "net/httpclient.h"

#include <QTimer>
#include <QUrl>

namespace latchkey {

class TokenSource;

/// Parameters of a query string; percent-encoded one by one.
using Query = QList<std::pair<QString, QString>>;

/// Authorised, paged, rate-limit-aware JSON requests to one tenant under /api.
///
/// Errors: HttpClient's; the three dialects and html as in onelogin/dialect.h. A 401 gets one new
/// token and the request once more, only if that token differs from the refused one. A 429 makes
/// every request of this client wait (Retry-After, else the rate limit's reset, else 60 s; more
/// than an hour, or a fifth 429 in a row, is given back as RateLimited) and shows in waiting().
class ApiClient : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the client. With ReadOnly every write ends as ErrorKind::ReadOnly, unsent.
    ApiClient(HttpClient &http, TokenSource &tokens, const Clock &clock, QUrl baseUrl, QString label,
              Access access = Access::ReadAndWrite, QObject *parent = nullptr);

    /// `path` begins with /api. The value is an array or an object; 204 gives null.
    void get(const QString &path, const Query &query, Continuation<QJsonValue> continuation);
    /// Where the tenant asks to wait (429): Wait sends again afterwards; Fail gives RateLimited, at once too
    /// while others wait, for what may not be right any more by then.
    enum class WhenLimited { Wait, Fail };
    /// What the tenant asks for beyond that is an error.
    static constexpr std::chrono::seconds kLongestWait = std::chrono::hours(1);

    void post(const QString &path, const QJsonObject &body, Continuation<QJsonValue> continuation,
              WhenLimited whenLimited = WhenLimited::Wait);
    void put(const QString &path, const QJsonObject &body, Continuation<QJsonValue> continuation,
             WhenLimited whenLimited = WhenLimited::Wait);
    /// 404 is a success: it is gone.
    void remove(const QString &path, Continuation<> continuation,
                WhenLimited whenLimited = WhenLimited::Wait);

    /// As get(), for an answer of any length: parsed, and made a T by `reader`, in a worker. `reader` takes a
    /// QJsonValue, gives a Result<T> and touches nothing else.
    template<typename T, typename Read>
    void read(const QString &path, Read reader, Continuation<T> continuation)
    {
        const auto value = std::make_shared<std::optional<Result<T>>>();
        digest(
            path, [value, reader](const QJsonValue &json) { *value = reader(json); },
            after<void>(continuation, [value, continuation]() { continuation(std::move(value->value())); }));
    }

    /// Every page of a list by its After-Cursor, from the cursor `from` (empty: the first); stops where the
    /// tenant gives none or repeats one. `reader` makes a std::vector<T> of a page, in a worker. `onPage`
    /// gets each page as it comes, with the cursor of the next: an error in the middle can be gone on from.
    template<typename T, typename Read>
    void pages(const QString &path, const Query &query, const QString &from, Read reader,
               std::function<void(std::vector<T>, const QString &next)> onPage, Continuation<> continuation)
    {
        const auto page = std::make_shared<Result<std::vector<T>>>();
        digestPages(
            path, query, from, [page, reader](const QJsonValue &json) { *page = reader(json); },
            [page, onPage](const QString &next) -> Result<void> {
                if (!*page)
                    return fail(page->error());
                onPage(std::move(**page), next);
                return {};
            },
            std::move(continuation));
    }

    const QUrl &baseUrl() const { return m_baseUrl; }

signals:
    /// The queue waits for the tenant; zero seconds: it goes on.
    void waiting(std::chrono::seconds left);

private:
    class Call;
    class Pages;
    struct Answer
    {
        QJsonValue json{};
        QByteArray cursor{}; ///< of the next page
    };
    /// Takes the JSON of a good answer, in a worker where that is long; nobody else sees it.
    using Digest = std::function<void(const QJsonValue &)>;
    /// What was digested is to be delivered; tells the cursor of the next page.
    using Deliver = std::function<Result<void>(const QString &next)>;
    void send(HttpRequest request, Digest digest, Continuation<Answer> continuation,
              WhenLimited whenLimited = WhenLimited::Wait);
    void digest(const QString &path, Digest digest, const Continuation<> &continuation);
    void digestPages(const QString &path, const Query &query, const QString &from, Digest digest,
                     Deliver deliver, Continuation<> continuation);
    static Continuation<Answer> givingJson(const Continuation<QJsonValue> &continuation);
    HttpRequest makeRequest(HttpMethod method, const QString &path, const Query &query = {}) const;
    void write(HttpMethod method, const QString &path, const QJsonObject &body,
               Continuation<QJsonValue> continuation, WhenLimited whenLimited);
    bool isWaiting() const;
    Error limitedError() const;
    void waitFor(std::chrono::seconds wait);
    void tick();

    HttpClient &m_http;
    TokenSource &m_tokens;
    const Clock &m_clock;
    QUrl m_baseUrl;
    QString m_label;
    Access m_access;
    Clock::Instant m_waitUntil{};
    QTimer m_tick;
};

} // namespace latchkey
