// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/tokenanswer.h"

#include "core/json.h"
#include "core/plaintext.h"
#include "net/httpclient.h"
#include "onelogin/dialect.h"

#include <QCoreApplication>

#include <cmath>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// The expiry is added to clocks that count nanoseconds in 64 bits.
constexpr double kLongestLife = 100.0 * 365 * 24 * 3600;

QString tr(const char *text)
{
    return QCoreApplication::translate("LoginFlow", text);
}

QStringList scopeList(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList scopes;
        for (const auto &each : value.toArray())
            scopes.append(each.toString());
        return scopes;
    }
    return value.toString().split(u' ', Qt::SkipEmptyParts);
}

} // namespace

TokenAnswer::TokenAnswer(const HttpRequest &request)
    : m_secrets(request)
{
}

Result<LoginOutcome> TokenAnswer::read(const HttpResponse &response, LoginOutcome begun)
{
    m_outcome = std::move(begun);
    m_outcome.httpStatus = response.status;
    m_outcome.requestId = m_secrets.brief(response.requestId());
    m_outcome.retryAfter = response.retryAfter();

    const Result<QJsonValue> json = parseJson(response.body);
    const QJsonObject answer = json ? json->toObject() : QJsonObject();
    const bool isSuccess = response.status >= 200 && response.status < 300;
    if (answer.value("error"_L1).isString() && !answer.contains("access_token"_L1)) {
        readRefusal(answer);
        return m_outcome;
    }
    if (isSuccess && !answer.value("access_token"_L1).toString().isEmpty() &&
        !answer.value("token_type"_L1).toString().isEmpty()) {
        readTokens(answer, response.receivedAt);
        return m_outcome;
    }
    return notAnAnswer(response, answer);
}

void TokenAnswer::readRefusal(const QJsonObject &answer)
{
    m_outcome.error = answer.value("error"_L1).toString();
    m_outcome.errorDescription = answer.value("error_description"_L1).toString();
    for (QString *text : {&m_outcome.error, &m_outcome.errorDescription})
        *text = plainLine(m_secrets.brief(*text));
    if (m_outcome.httpStatus < 400)
        m_outcome.notes.append(
            tr("The refusal came with the status %1 of a success.").arg(m_outcome.httpStatus));
}

void TokenAnswer::readTokens(const QJsonObject &answer, Clock::Instant receivedAt)
{
    m_outcome.ok = true;
    m_outcome.tokenType = m_secrets.brief(answer.value("token_type"_L1).toString());
    if (m_outcome.tokenType.compare("Bearer"_L1, Qt::CaseInsensitive) != 0)
        m_outcome.notes.append(tr("The token type is %1, not Bearer.").arg(plainLine(m_outcome.tokenType)));
    if (answer.contains("error"_L1))
        m_outcome.notes.append(tr("The answer holds both a token and the error %1.")
                                   .arg(plainLine(m_secrets.brief(answer.value("error"_L1).toString()))));
    m_outcome.accessToken = readToken(answer, "access_token"_L1, receivedAt);
    m_outcome.accessToken->expiresIn = readLifetime(answer.value("expires_in"_L1));
    m_outcome.idToken = readToken(answer, "id_token"_L1, receivedAt);
    m_outcome.refreshToken = readToken(answer, "refresh_token"_L1, receivedAt);
    if (answer.contains("scope"_L1))
        m_outcome.grantedScopes = scrubbed(scopeList(answer.value("scope"_L1)));
    if (m_outcome.accessToken->decoded)
        m_outcome.scopesInToken =
            scrubbed(scopeList(m_outcome.accessToken->decoded->payload.value("scope"_L1)));
}

QStringList TokenAnswer::scrubbed(QStringList texts) const
{
    for (QString &text : texts)
        text = m_secrets.scrub(text);
    return texts;
}

std::optional<IssuedToken> TokenAnswer::readToken(const QJsonObject &answer, QLatin1StringView name,
                                                  Clock::Instant receivedAt)
{
    const QJsonValue value = answer.value(name);
    if (value.isUndefined() || value.isNull())
        return std::nullopt;
    QString text = value.toString();
    if (text.isEmpty()) {
        m_outcome.notes.append(tr("The member %1 is no token and was ignored.").arg(name));
        return std::nullopt;
    }
    IssuedToken token{.value = Secret::fromText(text), .receivedAt = receivedAt};
    wipe(text);
    token.kind = tokenKind(token.value.bytes());
    if (token.kind == TokenKind::Jwt) {
        Result<DecodedJwt> decoded = decodeJwt(token.value.bytes());
        if (decoded) {
            token.claims = m_secrets.scrub(QJsonValue(decoded->payload)).toObject();
            token.decoded = std::move(*decoded);
        } else {
            m_outcome.notes.append(
                tr("The %1 looks like a JWT, but cannot be decoded. %2").arg(name, decoded.error().message));
        }
    }
    return token;
}

std::optional<std::chrono::seconds> TokenAnswer::readLifetime(const QJsonValue &value)
{
    if (value.isUndefined() || value.isNull())
        return std::nullopt;
    bool isNumber = value.isDouble();
    double seconds = value.toDouble();
    if (value.isString()) {
        seconds = value.toString().toDouble(&isNumber);
        if (isNumber)
            m_outcome.notes.append(tr("expires_in is a string, not a number."));
    }
    if (!isNumber || !std::isfinite(seconds)) {
        m_outcome.notes.append(tr("expires_in is not a number and was ignored."));
        return std::nullopt;
    }
    if (seconds <= 0)
        m_outcome.notes.append(tr("expires_in says that the token has expired already."));
    if (std::abs(seconds) > kLongestLife)
        m_outcome.notes.append(tr("expires_in is more than a hundred years."));
    return std::chrono::seconds(static_cast<qint64>(std::clamp(seconds, -kLongestLife, kLongestLife)));
}

tl::unexpected<Error> TokenAnswer::notAnAnswer(const HttpResponse &response, const QJsonObject &answer) const
{
    if (const std::optional<Error> error = apiError(response))
        return fail(m_secrets.scrub(*error));
    Error error{
        .kind = ErrorKind::NotUnderstood, .httpStatus = response.status, .requestId = response.requestId()};
    if (answer.isEmpty()) {
        error.message = tr("The answer to the login is not the token endpoint's.");
        error.detail = safeExcerpt(response);
    } else {
        // Its values may be tokens, its names are enough.
        error.message = tr("The answer to the login holds no usable access token and token type.");
        error.detail = tr("Members of the answer: %1").arg(plainLine(answer.keys().join(u", "_s)));
    }
    return fail(m_secrets.scrub(std::move(error)));
}

} // namespace latchkey
