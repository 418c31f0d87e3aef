// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/jwkscache.h"

#include "net/httpclient.h"
#include "oidc/discovery.h"
#include "onelogin/dialect.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds kUsualLife = 5min; // where the answer does not say
constexpr std::chrono::seconds kLongestLife = 1h;
constexpr std::chrono::seconds kCoolDown = 1min;
constexpr std::chrono::seconds kSameTime = 2s; // Date has whole seconds, and the answer was on its way

/// RFC 9111 section 5.2.2, as far as it concerns a cache of one.
std::chrono::seconds lifetime(const HttpResponse &response)
{
    const QByteArray control = response.header("Cache-Control").toLower();
    for (const QByteArray &part : control.split(',')) {
        const QByteArray directive = part.trimmed();
        if (directive == "no-store" || directive == "no-cache")
            return 0s;
        if (directive.startsWith("max-age=")) {
            bool isNumber = false;
            const qint64 seconds = directive.sliced(8).toLongLong(&isNumber);
            return isNumber ? std::clamp(std::chrono::seconds(seconds), 0s, kLongestLife) : 0s;
        }
    }
    return kUsualLife;
}

} // namespace

JwksCache::JwksCache(HttpClient &http, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_clock(clock)
{
}

void JwksCache::keysFor(const QUrl &issuer, const QString &kid, Continuation<IssuerKeys> continuation)
{
    Entry &entry = m_entries[issuer];
    if (!entry.waiting.empty()) {
        entry.waiting.push_back(std::move(continuation));
        return;
    }
    const Clock::Instant now = m_clock.monotonic();
    const bool isFresh = entry.kept && now < entry.goodUntil;
    if (isFresh && isEnough(entry, kid))
        return finishLater<IssuerKeys>(continuation, *entry.kept);
    if (isFresh)
        entry.refetchedAt = now;
    entry.waiting.push_back(std::move(continuation));
    fetch(issuer);
}

bool JwksCache::isEnough(const Entry &entry, const QString &kid) const
{
    const bool isCoolingDown = entry.refetchedAt && m_clock.monotonic() - *entry.refetchedAt < kCoolDown;
    return kid.isEmpty() || entry.kept->keys.knows(kid) || isCoolingDown;
}

void JwksCache::fetch(const QUrl &issuer)
{
    discover(m_http, issuer, then(this, [this, issuer](const Result<ProviderMetadata> &provider) {
                 if (!provider)
                     finish(issuer, fail(provider.error()));
                 else
                     fetchKeys(issuer, *provider);
             }));
}

void JwksCache::fetchKeys(const QUrl &issuer, const ProviderMetadata &provider)
{
    if (provider.jwksUri.isEmpty())
        return finish(issuer, fail(ErrorKind::NotUnderstood, tr("The issuer does not publish its keys.")));
    HttpRequest request;
    request.url = provider.jwksUri;
    request.maximumSize = 1 << 20;
    request.askedBy = tr("Read the issuer's keys");
    m_http.send(std::move(request),
                then(this, [this, issuer, provider](const Result<HttpResponse> &response) {
                    if (!response)
                        return finish(issuer, fail(response.error()));
                    const Result<IssuerKeys> keys = read(provider, *response);
                    if (keys)
                        m_entries[issuer].goodUntil = m_clock.monotonic() + lifetime(*response);
                    finish(issuer, keys);
                }));
}

Result<IssuerKeys> JwksCache::read(const ProviderMetadata &provider, const HttpResponse &response) const
{
    Error error{
        .kind = ErrorKind::NotUnderstood, .httpStatus = response.status, .requestId = response.requestId()};
    if (response.status != 200) {
        if (const std::optional<Error> known = apiError(response))
            return fail(*known);
        error.message = tr("The issuer does not give out its keys.");
        error.detail = safeExcerpt(response.body);
        return fail(error);
    }
    Result<Jwks> keys = parseJwks(response.body);
    if (!keys) {
        error.message = tr("The issuer's key set cannot be used.");
        error.detail = keys.error().message + u' ' + keys.error().detail;
        return fail(error);
    }
    IssuerKeys issuerKeys{
        .issuer = provider.issuer, .keys = std::move(*keys), .idTokenAlgorithms = provider.idTokenAlgorithms};
    if (response.date.isValid()) {
        const auto ago =
            std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.monotonic() - response.receivedAt);
        const QDateTime receivedAt = m_clock.now().addMSecs(-ago.count());
        const std::chrono::seconds offset(receivedAt.secsTo(response.date));
        issuerKeys.clockOffset = std::abs(offset.count()) <= kSameTime.count() ? 0s : offset;
    }
    return issuerKeys;
}

void JwksCache::finish(const QUrl &issuer, const Result<IssuerKeys> &result)
{
    Entry &entry = m_entries[issuer];
    if (result)
        entry.kept = *result;
    // A caller may ask for more from within.
    for (const Continuation<IssuerKeys> &each : std::exchange(entry.waiting, {}))
        each(result);
}

} // namespace latchkey
