// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginprofile.h"

namespace latchkey {

/// What is kept of a token: never the token itself.
struct TokenSummary
{
    TokenKind kind = TokenKind::Opaque;
    qsizetype size = 0;
    std::optional<std::chrono::seconds> expiresIn{}; ///< as the answer said
    QDateTime endsAt{};                              ///< invalid: not stated
    QJsonObject claims{};                            ///< of a JWT, only if asked for
};

/// One test login as the history keeps it: nothing secret in it.
struct LoginRecord
{
    LoginRecordId id{};
    TenantId tenant{};
    LoginProfileId profile{}; ///< invalid: of none, or of one that was removed
    QString name{};           ///< of the profile, else the user or the client app
    LoginRequest request{};   ///< without secrets; a parameter that is not known to be harmless has no value
    QDateTime at{};
    std::chrono::milliseconds duration{};
    int requests = 0;
    bool ok = false;
    int httpStatus = 0;
    QString error{};
    QString errorDescription{};
    QString requestId{};
    std::optional<Error> failure{}; ///< what came instead of an answer of the provider
    QString tokenType{};
    std::optional<QStringList> grantedScopes{}; ///< none: the answer did not say
    QStringList scopesInToken{};
    std::optional<TokenSummary> accessToken{};
    std::optional<TokenSummary> idToken{};
    std::optional<TokenSummary> refreshToken{};
    QStringList notes{};
    std::optional<bool> metExpectation{}; ///< none: nothing was expected

    /// When the last token has expired; invalid where there is none, or one whose end is not known.
    /// Nothing ever says when a refresh token ends, so it does not count.
    QDateTime tokensEndAt() const;
};

enum class Claims { Kept, Dropped };

/// What the history keeps of a run. `at` counts where there is no outcome.
LoginRecord recordOf(const LoginRequest &request, const Result<LoginOutcome> &result, const QDateTime &at,
                     Claims claims);

/// Of a run of a profile: with its name, and whether it met the expectation.
LoginRecord recordOf(const LoginProfile &profile, const Result<LoginOutcome> &result, const QDateTime &at);

} // namespace latchkey
