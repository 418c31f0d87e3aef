// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginrecord.h"

#include "core/plaintext.h"

#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// A thousand records are kept, and what a server sends may be of any size.
constexpr qsizetype kLongestText = 1000;
constexpr qsizetype kLongestList = 16'000;
constexpr qsizetype kMostClaims = 64'000;
constexpr double kLastSecond = 253'402'300'799.0; ///< of the year 9999

QString kept(const QString &text)
{
    return withVisibleControls(text.first(std::min(text.size(), kLongestText)));
}

QStringList kept(const QStringList &texts)
{
    QStringList some;
    qsizetype length = 0;
    for (const QString &text : texts) {
        length += text.size();
        if (length > kLongestList)
            break;
        some.append(kept(text));
    }
    return some;
}

Error kept(Error error)
{
    for (QString *text : {&error.message, &error.detail, &error.code, &error.vendorText, &error.requestId})
        *text = kept(*text);
    error.fieldErrors.clear();
    error.retryAfter.reset();
    return error;
}

std::optional<TokenSummary> summaryOf(const std::optional<IssuedToken> &token, const QDateTime &at,
                                      Claims claims)
{
    if (!token)
        return std::nullopt;
    TokenSummary summary{.kind = token->kind, .size = token->value.size(), .expiresIn = token->expiresIn};
    const QJsonObject &payload = token->claims;
    const double expires = payload.value("exp"_L1).toDouble();
    if (token->expiresIn)
        summary.endsAt = at.addSecs(token->expiresIn->count());
    else if (std::isfinite(expires) && expires > 0 && expires < kLastSecond)
        summary.endsAt = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(expires), Qt::UTC);
    if (claims == Claims::Kept && QJsonDocument(payload).toJson(QJsonDocument::Compact).size() <= kMostClaims)
        summary.claims = payload;
    return summary;
}

} // namespace

QDateTime LoginRecord::tokensEndAt() const
{
    QDateTime last;
    for (const std::optional<TokenSummary> &token : {accessToken, idToken}) {
        if (!token)
            continue;
        if (!token->endsAt.isValid())
            return {};
        last = last.isValid() ? std::max(last, token->endsAt) : token->endsAt;
    }
    return last;
}

LoginRecord recordOf(const LoginRequest &request, const Result<LoginOutcome> &result, const QDateTime &at,
                     Claims claims)
{
    LoginRecord record{.request = withoutSecrets(request), .at = at};
    if (!result) {
        record.failure = kept(result.error());
        record.httpStatus = result.error().httpStatus;
        record.requestId = record.failure->requestId;
        return record;
    }
    if (result->at.isValid())
        record.at = result->at;
    record.duration = result->duration;
    record.requests = result->requests;
    record.ok = result->ok;
    record.httpStatus = result->httpStatus;
    record.error = kept(result->error);
    record.errorDescription = kept(result->errorDescription);
    record.requestId = kept(result->requestId);
    record.tokenType = kept(result->tokenType);
    if (result->grantedScopes)
        record.grantedScopes = kept(*result->grantedScopes);
    record.scopesInToken = kept(result->scopesInToken);
    record.accessToken = summaryOf(result->accessToken, record.at, claims);
    record.idToken = summaryOf(result->idToken, record.at, claims);
    record.refreshToken = summaryOf(result->refreshToken, record.at, claims);
    record.notes = kept(result->notes);
    return record;
}

LoginRecord recordOf(const LoginProfile &profile, const Result<LoginOutcome> &result, const QDateTime &at)
{
    LoginRecord record =
        recordOf(profile.request, result, at, profile.keepsClaims ? Claims::Kept : Claims::Dropped);
    record.tenant = profile.tenant;
    record.profile = profile.id;
    record.name = profile.name;
    record.metExpectation = profile.expectation.isMetBy(result);
    return record;
}

} // namespace latchkey
