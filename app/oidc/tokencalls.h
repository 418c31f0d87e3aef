// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "net/continuation.h"
#include "oidc/loginoutcome.h"
#include "oidc/loginrequest.h"

#include <QJsonObject>

#include <optional>

namespace latchkey {

class HttpClient;

// What can be done with the tokens of a login. Each is one request that is never sent twice. A refusal
// is an Error of kind LoginRefused with the provider's own code and text; InvalidInput where the
// provider has no such endpoint, its address has one of the parameters already, or something is missing.

/// What `token_type_hint` says, RFC 7009 section 2.1.
enum class TokenUse { Access, Refresh };

/// New tokens for a refresh token, RFC 6749 section 6: an outcome like that of a login, a refusal too.
/// Its refresh token is the one to keep: the new one, or the old where none came back. No scopes: those
/// that were granted.
void refresh(HttpClient &http, const Clock &clock, const ProviderMetadata &provider, const OidcClient &client,
             const Secret &refreshToken, const QStringList &scopes, Continuation<LoginOutcome> continuation);

/// What the UserInfo endpoint says of a user.
struct UserInfo
{
    QJsonObject claims{};
    bool isSigned = false; ///< it came as a JWT; decoded, not verified
    QString requestId{};
    QStringList notes{}; ///< what was odd but tolerated, in sentences
};

/// OpenID Connect Core section 5.3. `subject` is the `sub` of the ID token: an answer for somebody else
/// is an Error NotUnderstood (section 5.3.2). Empty: nothing to compare with, which is a note.
void userInfo(HttpClient &http, const ProviderMetadata &provider, const Secret &accessToken,
              const QString &subject, Continuation<UserInfo> continuation);

/// What the provider knows of a token, RFC 7662.
struct Introspection
{
    bool isActive = false;
    QJsonObject members{}; ///< the whole answer, but for what it echoes of the request's secrets
    QString requestId{};
    QStringList notes{};
};

void introspect(HttpClient &http, const ProviderMetadata &provider, const OidcClient &client,
                const Secret &token, TokenUse use, Continuation<Introspection> continuation);

/// What became of a token that was to be revoked.
struct Revocation
{
    /// What an introspection said afterwards; none without such an endpoint, or without an answer of it.
    std::optional<bool> isActive{};
    QString requestId{};
    QStringList notes{};
};

/// RFC 7009, then an introspection to prove it. A provider answers 200 for tokens it never knew.
void revoke(HttpClient &http, const ProviderMetadata &provider, const OidcClient &client, const Secret &token,
            TokenUse use, Continuation<Revocation> continuation);

/// What a logout tells the provider; what is empty is left out.
struct LogoutRequest
{
    Secret idToken{};
    QString clientId{};
    QUrl returnTo{}; ///< `post_logout_redirect_uri`: needs the ID token at OneLogin, and to be registered
    QString state{};
    bool keepSession = false; ///< OneLogin's `logout=false`: ends the tokens, not the session
};

/// The address to open in the browser that has the session, OpenID Connect RP-Initiated Logout. With an
/// ID token it holds that token: not for logs.
Result<QUrl> logoutUrl(const ProviderMetadata &provider, const LogoutRequest &request);

} // namespace latchkey
