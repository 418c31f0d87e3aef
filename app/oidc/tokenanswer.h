// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "net/redaction.h"
#include "oidc/loginoutcome.h"

#include <QJsonObject>

namespace latchkey {

struct HttpRequest;
struct HttpResponse;

/// The answer of a token endpoint, RFC 6749 sections 5.1 and 5.2.
class TokenAnswer
{
public:
    /// The answer may echo the secrets of the request.
    explicit TokenAnswer(const HttpRequest &request);

    /// The outcome that was begun, with what the answer says: tokens or a refusal. An Error for what is
    /// no OAuth answer.
    Result<LoginOutcome> read(const HttpResponse &response, LoginOutcome begun);

private:
    QStringList scrubbed(QStringList texts) const;
    void readRefusal(const QJsonObject &answer);
    void readTokens(const QJsonObject &answer, Clock::Instant receivedAt);
    std::optional<IssuedToken> readToken(const QJsonObject &answer, QLatin1StringView name,
                                         Clock::Instant receivedAt);
    std::optional<std::chrono::seconds> readLifetime(const QJsonValue &value);
    tl::unexpected<Error> notAnAnswer(const HttpResponse &response, const QJsonObject &answer) const;

    RequestSecrets m_secrets;
    LoginOutcome m_outcome{};
};

} // namespace latchkey
