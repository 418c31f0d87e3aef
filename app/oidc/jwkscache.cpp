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

void JwksCache::keysFor(const KeySource &source, const QString &kid, Continuation<IssuerKeys> continuation)
{
    Entry &entry = m_entries[source];
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
    fetch(source);
}

bool JwksCache::isEnough(const Entry &entry, const QString &kid) const
{
    const bool isCoolingDown = entry.refetchedAt && m_clock.monotonic() - *entry.refetchedAt < kCoolDown;
    return kid.isEmpty() || entry.kept->keys.knows(kid) || isCoolingDown;
}

void JwksCache::fetch(const KeySource &source)
{
    if (!source.jwksUri.isEmpty())
        return fetchKeys(source,
                         {.issuer = source.issuer.toString(QUrl::FullyEncoded), .jwksUri = source.jwksUri});
    discover(m_http, source.issuer, then(this, [this, source](const Result<ProviderMetadata> &provider) {
                 if (!provider)
                     finish(source, fail(provider.error()));
                 else
                     fetchKeys(source, *provider);
             }));
}

void JwksCache::fetchKeys(const KeySource &source, const ProviderMetadata &provider)
{
    if (provider.jwksUri.isEmpty())
        return finish(source, fail(ErrorKind::NotUnderstood, tr("The issuer does not publish its keys.")));
    HttpRequest request;
    request.url = provider.jwksUri;
    request.maximumSize = 1 << 20;
    request.askedBy = tr("Read the issuer's keys");
    m_http.send(std::move(request),
                then(this, [this, source, provider](const Result<HttpResponse> &response) {
                    if (!response)
                        return finish(source, fail(response.error()));
                    const Result<IssuerKeys> keys = read(provider, *response);
                    if (keys)
                        m_entries[source].goodUntil = m_clock.monotonic() + lifetime(*response);
                    finish(source, keys);
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
        error.detail = safeExcerpt(response);
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

void JwksCache::finish(const KeySource &source, const Result<IssuerKeys> &result)
{
    Entry &entry = m_entries[source];
    if (result)
        entry.kept = *result;
    // A caller may ask for more from within.
    for (const Continuation<IssuerKeys> &each : std::exchange(entry.waiting, {}))
        each(result);
}

} // namespace latchkey
