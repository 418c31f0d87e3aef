// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/tokensource.h"

#include "core/json.h"
#include "net/formdata.h"
#include "net/redaction.h"
#include "onelogin/dialect.h"

#include <QPointer>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds kSpare = 1min;            // a token with less left is not handed out
constexpr std::chrono::seconds kLongestLife = 24h * 366; // beyond any sense; keeps the arithmetic sound

QUrl endpoint(QUrl base, const QString &path)
{
    base.setPath(path);
    return base;
}

/// The token object: bare as in v2, or the first of `data` as in v1.
QJsonValue tokenObject(const QJsonValue &body)
{
    const QJsonValue data = body.toObject().value("data"_L1);
    return data.isArray() ? data.toArray().first() : body;
}

/// The error of an answer to a request that the pair itself authorised.
Error pairError(Error error)
{
    if (error.kind == ErrorKind::Unauthorized)
        error.message =
            TokenSource::tr("The pair was refused. The secret may have been changed in the portal, "
                            "or the credential disabled or deleted.");
    else if (error.kind == ErrorKind::ServerFailure && error.httpStatus == 500)
        error.message = TokenSource::tr("The tenant failed (status 500). "
                                        "The user who owns the pair may have been deleted.");
    return error;
}

QString readAccountId(JsonReader &reader)
{
    return reader.has("account_id"_L1) ? QString::number(reader.integer("account_id"_L1)) : QString();
}

RateLimit readRateLimit(JsonReader &reader)
{
    JsonReader data = reader.object("data"_L1);
    return {.limit = data.integer("X-RateLimit-Limit"_L1),
            .remaining = data.integer("X-RateLimit-Remaining"_L1),
            .reset = std::chrono::seconds(data.integer("X-RateLimit-Reset"_L1))};
}

/// b64token of RFC 6750 section 2.1: what may follow "Bearer " in a header, and nothing a shell reads.
bool isBearerToken(QByteArrayView token)
{
    return !token.isEmpty() && std::all_of(token.begin(), token.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               QByteArrayView("-._~+/=").contains(c);
    });
}

/// Done is what says so: the success envelope, or an answer that has no body and is not cut off.
Result<> readRevocation(const Result<HttpResponse> &response)
{
    if (!response)
        return fail(response.error());
    if (response->body.isEmpty() && (response->status == 204 || response->header("Content-Length") == "0"))
        return {};
    const Result<QJsonValue> json = readAnswer(*response);
    if (!json)
        return fail(pairError(json.error()));
    JsonReader reader(*json);
    reader.object("status"_L1).boolean("error"_L1);
    return reader.finish(0).map([](int) {});
}

} // namespace

TokenSource::TokenSource(HttpClient &http, const Clock &clock, QUrl baseUrl, QString clientId, QString label,
                         SecretProvider secret, Access access, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_clock(clock)
    , m_baseUrl(std::move(baseUrl))
    , m_clientId(std::move(clientId))
    , m_label(std::move(label))
    , m_secret(std::move(secret))
    , m_access(access)
{
}

void TokenSource::token(Continuation<ManagementToken> continuation)
{
    if (m_token && m_token->deadline - m_clock.monotonic() >= kSpare)
        finishLater<ManagementToken>(continuation, *m_token);
    else
        fetch(std::move(continuation));
}

void TokenSource::fetch(Continuation<ManagementToken> continuation)
{
    m_waiting.push_back(std::move(continuation));
    if (m_waiting.size() > 1)
        return;
    // The source itself is the context: one caller who gives up must not take the token from the others.
    m_secret(then(this, [this](Result<Secret> secret) {
        if (secret)
            requestToken(*secret);
        else
            receive(fail(secret.error()));
    }));
}

HttpRequest TokenSource::pairRequest(const QString &path, const QJsonObject &body,
                                     const Secret &clientSecret) const
{
    QByteArray json = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return {.method = HttpMethod::Post,
            .url = endpoint(m_baseUrl, path),
            .authorization = basicAuthorization(m_clientId, clientSecret),
            .contentType = "application/json",
            .body = Secret::takeFrom(json),
            .repeatable = false,
            .maximumSize = 1 << 20};
}

void TokenSource::sendTokenRequest(const Secret &clientSecret, const QString &askedBy,
                                   std::function<void(Result<ManagementToken>)> receive)
{
    HttpRequest request =
        pairRequest(u"/auth/oauth2/v2/token"_s, {{u"grant_type"_s, u"client_credentials"_s}}, clientSecret);
    request.askedBy = askedBy.arg(m_label);
    const RequestSecrets secrets(request);
    const Secret pair = request.authorization;
    m_http.send(std::move(request), then(this, [this, secrets, pair,
                                                receive = std::move(receive)](Result<HttpResponse> response) {
                    Result<ManagementToken> result = readToken(response);
                    if (result)
                        result->pair = pair;
                    else
                        result = fail(secrets.scrub(result.error()));
                    receive(std::move(result));
                }));
}

void TokenSource::requestToken(const Secret &clientSecret)
{
    sendTokenRequest(clientSecret, tr("%1, get token"), [this](Result<ManagementToken> result) {
        const QPointer<TokenSource> alive(this);
        emit fetched(result ? std::nullopt : std::optional(result.error()));
        if (alive)
            receive(std::move(result));
    });
}

void TokenSource::probe(Continuation<> continuation)
{
    // The caller is the context: who stops watching wants no answer.
    m_secret(after<Secret>(continuation, [this, alive = QPointer(this), continuation](const Secret &secret) {
        if (!alive)
            return;
        sendTokenRequest(secret, tr("%1, watch"), [continuation](const Result<ManagementToken> &result) {
            continuation(result ? Result<void>() : Result<void>(fail(result.error())));
        });
    }));
}

Result<ManagementToken> TokenSource::readToken(const Result<HttpResponse> &response) const
{
    if (!response)
        return fail(response.error());
    const Result<QJsonValue> json = readAnswer(*response);
    if (!json)
        return fail(pairError(json.error()));
    JsonReader reader(tokenObject(*json));
    ManagementToken token;
    token.value = Secret::fromText(reader.string("access_token"_L1));
    if (!isBearerToken(token.value.bytes()))
        reader.reject("access_token"_L1, u"is empty or holds characters that no bearer token has"_s);
    if (reader.string("token_type"_L1, u"bearer"_s).compare("bearer"_L1, Qt::CaseInsensitive) != 0)
        reader.reject("token_type"_L1, u"is not bearer"_s);
    const QDateTime serverNow = response->date.isValid() ? response->date : m_clock.now();
    token.createdAt = reader.has("created_at"_L1) ? reader.dateTime("created_at"_L1) : serverNow;
    const auto limit = static_cast<qint64>(kLongestLife.count());
    token.lifetime = std::chrono::seconds(std::clamp<qint64>(reader.integer("expires_in"_L1), 0, limit));
    token.expiresAt = token.createdAt.addSecs(token.lifetime.count());
    // The tenant hands out the same token until it ends, so it may be old already, by its own clock.
    const auto age = std::chrono::seconds(std::clamp<qint64>(token.createdAt.secsTo(serverNow), 0, limit));
    token.deadline = response->receivedAt + (token.lifetime - age);
    token.accountId = readAccountId(reader);
    token.sameAsLast = m_lastValue && *m_lastValue == token.value;
    return reader.finish(std::move(token));
}

void TokenSource::receive(Result<ManagementToken> result)
{
    if (result) {
        m_token = *result;
        m_lastValue = result->value;
    }
    const std::vector<Continuation<ManagementToken>> waiting = std::exchange(m_waiting, {});
    const bool isNew = result.has_value();
    const QPointer<TokenSource> alive(this);
    if (isNew)
        emit changed();
    for (const Continuation<ManagementToken> &continuation : waiting) {
        if (alive)
            continuation(result);
    }
}

void TokenSource::forget(const Secret &refused)
{
    if (m_token && m_token->value == refused)
        drop(refused);
}

void TokenSource::drop(const Secret &value)
{
    if (!m_token || !(m_token->value == value))
        return;
    m_token.reset();
    emit changed();
}

void TokenSource::revoke(Continuation<> continuation)
{
    if (m_access == Access::ReadOnly) {
        finishLater<void>(continuation, fail(readOnlyError()));
        return;
    }
    if (!m_token) {
        finishLater<void>(continuation,
                          fail(ErrorKind::InvalidInput, tr("There is no token here to revoke.")));
        return;
    }
    // Goes on when the caller is gone: a revocation that was asked for is not half done.
    m_secret(then(this, [this, token = *m_token, continuation](Result<Secret> secret) {
        if (secret)
            sendRevocation(*secret, token, continuation);
        else
            continuation(fail(secret.error()));
    }));
}

void TokenSource::sendRevocation(const Secret &clientSecret, const ManagementToken &token,
                                 Continuation<> continuation)
{
    HttpRequest request =
        pairRequest(u"/auth/oauth2/revoke"_s, {{u"access_token"_s, token.value.revealed()}}, clientSecret);
    request.askedBy = tr("%1, revoke token").arg(m_label);
    const RequestSecrets secrets(request);
    const Secret value = token.value;
    m_http.send(std::move(request),
                then(this, [this, secrets, value, continuation](Result<HttpResponse> response) {
                    const Result<> done = readRevocation(response);
                    drop(value);
                    if (done)
                        continuation({});
                    else
                        continuation(fail(secrets.scrub(done.error())));
                }));
}

void TokenSource::rateLimit(Continuation<RateLimit> continuation)
{
    token(then(this, [this, continuation](const Result<ManagementToken> &token) {
        if (token)
            askRateLimit(*token, true, continuation);
        else
            continuation(fail(token.error()));
    }));
}

void TokenSource::askRateLimit(const ManagementToken &token, bool colon, Continuation<RateLimit> continuation)
{
    QByteArray authorization = (colon ? "bearer:"_ba : "bearer "_ba) + token.value.bytes().toByteArray();
    HttpRequest request{.url = endpoint(m_baseUrl, u"/auth/rate_limit"_s),
                        .authorization = Secret::takeFrom(authorization),
                        .pair = token.pair,
                        .maximumSize = 1 << 20,
                        .askedBy = tr("%1, rate limit").arg(m_label)};
    const RequestSecrets secrets(request);
    m_http.send(std::move(request), then(this, [=, this](const Result<HttpResponse> &response) {
                    if (!response)
                        return continuation(fail(response.error()));
                    const Result<QJsonValue> json = readAnswer(*response);
                    if (!json && colon && (response->status == 400 || response->status == 401))
                        return askRateLimit(token, false, continuation);
                    if (!json)
                        return continuation(fail(secrets.scrub(json.error())));
                    auto limit = readJsonObject<RateLimit>(*json, readRateLimit);
                    if (limit) {
                        limit->readAt = response->receivedAt;
                        m_rateLimit = *limit;
                        emit counted();
                        emit changed(); // may end this object
                    }
                    continuation(limit);
                }));
}

} // namespace latchkey
