// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "sandbox/directory.h"

#include <QHash>
#include <QJsonObject>

namespace latchkey::sandbox {

/// What a client was allowed, by itself or on behalf of a user.
struct OidcGrant
{
    qint64 number = 0; ///< what the tokens of one login have in common
    AppId app{};
    std::optional<UserId> user{};
    QStringList scopes{};
    QString resource{};         ///< empty: none
    QString session{};          ///< the claim `sid` of a user's login; empty: none
    qint64 signedInAt = 0;      ///< seconds since 1970, of a login with a browser; 0: it was none
    QString nonce{};            ///< for the next ID token
    bool isRefreshable = false; ///< where the app keeps refresh tokens
};

/// An access or refresh token that was issued and has not been revoked.
struct OidcToken
{
    enum class Kind { Access, Refresh };

    Kind kind = Kind::Access;
    OidcGrant grant{};
    QJsonObject claims{}; ///< of an access token
    qint64 issuedAt = 0;  ///< seconds since 1970
    Clock::Instant expires{};
    qint64 expiresAt = 0;
};

/// The tokens of the OIDC provider, by their text.
class OidcTokens
{
public:
    explicit OidcTokens(const Clock &clock);

    void add(const QString &text, const OidcToken &token);
    /// Null when unknown, expired or revoked.
    const OidcToken *find(const QString &text) const;
    void remove(const QString &text);
    /// Every token of that login.
    void removeGrant(qint64 number);
    void removeUser(UserId user);
    /// Every token of that session, whatever the app.
    void removeSession(const QString &session);
    qint64 nextGrant() { return ++m_grants; }

private:
    const Clock &m_clock;
    QHash<QString, OidcToken> m_tokens{};
    qint64 m_grants = 0;
};

} // namespace latchkey::sandbox
