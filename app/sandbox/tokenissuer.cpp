// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/tokenissuer.h"

#include "core/base64url.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int kJtiLength = 21;
constexpr int kRefreshTokenLength = 64;

QStringList roleNames(const Tenant &tenant, const User &user)
{
    QStringList names;
    for (const Role &role : tenant.directory.roles) {
        if (user.roles.contains(role.id))
            names.append(role.name);
    }
    return names;
}

/// What a claim of an authorization server maps to; nothing where the user has no such attribute.
QJsonValue mappedAttribute(const Tenant &tenant, const User &user, const Claim &claim)
{
    const QString attribute = claim.userAttributeMappings.toString();
    if (attribute == "email"_L1)
        return user.email;
    if (attribute == "username"_L1)
        return user.username;
    if (attribute == "firstname"_L1)
        return user.firstName;
    if (attribute == "lastname"_L1)
        return user.lastName;
    if (attribute != "roles"_L1)
        return QJsonValue::Undefined;
    const QStringList roles = roleNames(tenant, user);
    if (claim.attributesTransformations.toString() == "semicolon_separated_list"_L1)
        return roles.join(u';');
    return QJsonArray::fromStringList(roles);
}

// An expiry has no maximum, the steady clock has: a century is as good as for ever.
Clock::Instant expiryAfter(const Clock &clock, qint64 seconds)
{
    constexpr qint64 century = 3'155'760'000;
    return clock.monotonic() + std::chrono::seconds(std::min(seconds, century));
}

QByteArray leftHalfHash(const QString &accessToken)
{
    const QByteArray hash = QCryptographicHash::hash(accessToken.toLatin1(), QCryptographicHash::Sha256);
    return toBase64Url(QByteArrayView(hash).first(hash.size() / 2));
}

} // namespace

QJsonObject userClaims(const Tenant &tenant, const User &user, const QStringList &scopes)
{
    if (!scopes.contains("openid"_L1))
        return {};
    QJsonObject claims{{u"sub"_s, user.id.toString()}};
    if (scopes.contains("profile"_L1)) {
        claims.insert(u"preferred_username"_s, user.username);
        claims.insert(u"name"_s, user.fullName());
        claims.insert(u"given_name"_s, user.firstName);
        claims.insert(u"family_name"_s, user.lastName);
        claims.insert(u"updated_at"_s, user.changedAt.toMSecsSinceEpoch());
    }
    if (scopes.contains("email"_L1))
        claims.insert(u"email"_s, user.email);
    if (scopes.contains("groups"_L1))
        claims.insert(u"groups"_s, QJsonArray::fromStringList(roleNames(tenant, user)));
    return claims;
}

TokenIssuer::TokenIssuer(Tenant &tenant)
    : m_tenant(tenant)
    , m_now(tenant.clock.now().toSecsSinceEpoch())
{
}

Result<TokenIssuer::Access> TokenIssuer::issueAccess(const App &app, const OidcGrant &grant)
{
    const Server *server =
        grant.resource.isEmpty() ? nullptr : m_tenant.directory.serverByResource(grant.resource);
    const User *user = grant.user ? findIn(m_tenant.directory.users, *grant.user) : nullptr;
    const qint64 seconds = 60 * qint64(server ? server->accessMinutes : app.accessMinutes);
    QJsonObject claims{{u"jti"_s, m_tenant.random.urlSafe(kJtiLength)},
                       {u"iss"_s, m_tenant.issuer()},
                       {u"iat"_s, m_now},
                       {u"exp"_s, m_now + seconds},
                       {u"aud"_s, app.clientId}};
    if (user)
        claims.insert(u"sub"_s, user->id.toString());
    if (!grant.scopes.isEmpty())
        claims.insert(u"scope"_s, grant.scopes.join(u' '));
    if (server) {
        claims.insert(u"aud"_s, QJsonArray::fromStringList(server->audiences));
        claims.insert(u"azp"_s, app.clientId);
        for (const auto &[id, claim] : server->claims) {
            if (user && !claims.contains(claim.name))
                claims.insert(claim.name, mappedAttribute(m_tenant, *user, claim));
        }
    }
    const Result<QByteArray> text = m_tenant.signingKey.sign(claims);
    if (!text)
        return tl::unexpected(text.error());
    m_tenant.oidcTokens.add(QString::fromLatin1(*text), {.kind = OidcToken::Kind::Access,
                                                         .grant = grant,
                                                         .claims = claims,
                                                         .issuedAt = m_now,
                                                         .expires = expiryAfter(m_tenant.clock, seconds),
                                                         .expiresAt = m_now + seconds});
    return Access{.text = QString::fromLatin1(*text), .seconds = seconds};
}

Result<QByteArray> TokenIssuer::idToken(const App &app, const OidcGrant &grant,
                                        const QString &accessToken) const
{
    const User *user = findIn(m_tenant.directory.users, *grant.user);
    QJsonObject claims = userClaims(m_tenant, *user, grant.scopes);
    claims.insert(u"iss"_s, m_tenant.issuer());
    claims.insert(u"aud"_s, app.clientId);
    claims.insert(u"iat"_s, m_now);
    claims.insert(u"exp"_s, m_now + qint64{60} * app.accessMinutes);
    claims.insert(u"at_hash"_s, QString::fromLatin1(leftHalfHash(accessToken)));
    if (!grant.session.isEmpty())
        claims.insert(u"sid"_s, grant.session);
    if (grant.signedInAt > 0)
        claims.insert(u"auth_time"_s, grant.signedInAt);
    if (!grant.nonce.isEmpty())
        claims.insert(u"nonce"_s, grant.nonce);
    return m_tenant.signingKey.sign(claims);
}

QString TokenIssuer::issueRefresh(const App &app, const OidcGrant &grant)
{
    const QString text = m_tenant.random.urlSafe(kRefreshTokenLength);
    const qint64 seconds = 60 * qint64(app.refreshMinutes);
    m_tenant.oidcTokens.add(text, {.kind = OidcToken::Kind::Refresh,
                                   .grant = grant,
                                   .issuedAt = m_now,
                                   .expires = expiryAfter(m_tenant.clock, seconds),
                                   .expiresAt = m_now + seconds});
    return text;
}

Response TokenIssuer::answer(const App &app, const OidcGrant &grant)
{
    const Result<Access> access = issueAccess(app, grant);
    if (!access)
        return oauthError(500, u"server_error"_s, access.error().message);
    QJsonObject body{{u"access_token"_s, access->text},
                     {u"expires_in"_s, access->seconds},
                     {u"token_type"_s, u"Bearer"_s}};
    if (!grant.resource.isEmpty())
        body.insert(u"scope"_s, grant.scopes.join(u' '));
    if (grant.user && grant.scopes.contains("openid"_L1)) {
        const Result<QByteArray> id = idToken(app, grant, access->text);
        if (!id)
            return oauthError(500, u"server_error"_s, id.error().message);
        body.insert(u"id_token"_s, QString::fromLatin1(*id));
    }
    if (grant.user && grant.isRefreshable && app.refreshMinutes > 0)
        body.insert(u"refresh_token"_s, issueRefresh(app, grant));
    return jsonResponse(200, body).with("Cache-Control", "no-cache, no-store").with("Pragma", "no-cache");
}

} // namespace latchkey::sandbox
