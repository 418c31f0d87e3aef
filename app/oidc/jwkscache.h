// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "jose/jwks.h"
#include "net/continuation.h"

#include <QUrl>

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace latchkey {

class HttpClient;
struct HttpResponse;
struct ProviderMetadata;

/// The published keys of one issuer, and what was learnt when they were fetched.
struct IssuerKeys
{
    QString issuer{};
    Jwks keys{};
    QStringList idTokenAlgorithms{}; ///< by its discovery document; empty: it does not say
    /// The server's clock minus this computer's; none without a Date header.
    std::optional<std::chrono::seconds> clockOffset{};
};

/// Where the keys of an issuer are.
struct KeySource
{
    QUrl issuer{};
    QUrl jwksUri{}; ///< empty: what the issuer's discovery document says

    friend bool operator<(const KeySource &left, const KeySource &right)
    {
        return std::tie(left.issuer, left.jwksUri) < std::tie(right.issuer, right.jwksUri);
    }
};

/// Fetches the keys of issuers through discovery and keeps them as long as the answer allows, an hour at
/// most. However many callers wait, there is one fetch.
class JwksCache : public QObject
{
    Q_OBJECT

public:
    /// `http` and `clock` must outlive the cache.
    JwksCache(HttpClient &http, const Clock &clock, QObject *parent = nullptr);

    /// The keys to verify a token with that names `kid`; empty: it names none. An id that the kept keys
    /// do not have fetches them again, at most once a minute for each issuer: keys rotate, but anyone can
    /// make up ids. The answer may still not have it. Errors are those of discover(); NotUnderstood for
    /// what is no key set.
    void keysFor(const KeySource &source, const QString &kid, Continuation<IssuerKeys> continuation);
    void keysFor(const QUrl &issuer, const QString &kid, Continuation<IssuerKeys> continuation)
    {
        keysFor(KeySource{.issuer = issuer}, kid, std::move(continuation));
    }

private:
    struct Entry
    {
        std::optional<IssuerKeys> kept{};
        Clock::Instant goodUntil{};
        std::optional<Clock::Instant> refetchedAt{};
        std::vector<Continuation<IssuerKeys>> waiting{}; ///< not empty: a fetch is under way
    };

    bool isEnough(const Entry &entry, const QString &kid) const;
    void fetch(const KeySource &source);
    void fetchKeys(const KeySource &source, const ProviderMetadata &provider);
    Result<IssuerKeys> read(const ProviderMetadata &provider, const HttpResponse &response) const;
    void finish(const KeySource &source, const Result<IssuerKeys> &result);

    HttpClient &m_http;
    const Clock &m_clock;
    std::map<KeySource, Entry> m_entries{};
};

} // namespace latchkey
