// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"
#include "core/json.h"
#include "core/scopelevel.h"

#include <QStringList>

#include <chrono>
#include <set>
#include <vector>

namespace latchkey {

/// An API Authorization server of a tenant, `/api/2/api_authorizations`.
struct AuthServer
{
    AuthServerId id{};
    QString name{};
    QString description{}; ///< null on the wire is read as empty
    QString resourceIdentifier{};
    QStringList audiences{};
    std::optional<std::chrono::minutes> accessTokenLifetime{}; ///< left out by lists
    std::optional<std::chrono::minutes> refreshTokenLifetime{};

    static AuthServer read(JsonReader &reader);
};

/// A scope of an authorization server.
struct Scope
{
    ScopeId id{};
    QString value{};
    QString description{};

    static Scope read(JsonReader &reader);
};

using ScopeSet = std::set<ScopeId>;

/// An OIDC app that may ask an authorization server for tokens, and for which scopes.
struct ClientApp
{
    AppId id{}; ///< the app's id, not the OAuth client_id
    QString name{};
    ScopeSet scopes{};

    static ClientApp read(JsonReader &reader);
    /// What a server lists. An app that stands twice has no scopes to go by: NotUnderstood.
    static Result<std::vector<ClientApp>> readList(const QJsonValue &json);
    /// Rejects what readList() does, of the next app of a list.
    static void checkListed(JsonReader &reader, bool isThereAlready, size_t before);
    static constexpr size_t kMost =
        250'000; ///< in a list: a hostile one costs no more memory than this takes
};

/// How a client proves itself at the token endpoint, RFC 6749 section 2.3.
enum class ClientAuth { Basic, Post, None };

QString clientAuthKey(ClientAuth auth); ///< "basic", "post", "none"

/// An app of the tenant's catalogue. A list has the first two members only.
struct OidcApp
{
    AppId id{};
    QString name{};
    QString description{};
    QString clientId{}; ///< `sso.client_id`
    ClientAuth auth = ClientAuth::Basic;
    QStringList redirectUris{};
    std::optional<std::chrono::minutes> accessTokenLifetime{};
    std::optional<std::chrono::minutes> refreshTokenLifetime{};

    static OidcApp read(JsonReader &reader);
};

enum class CredentialState { Enabled, Disabled };
enum class SecretPlace { Keychain, Session };
/// What the last token request said of the pair itself.
enum class CredentialProblem { None, Refused, OwnerDeleted };

/// An API credential as the register knows it. The secret lies elsewhere, under `secretKey`.
struct ApiCredential
{
    CredentialId id{};
    TenantId tenant{};
    QString name{};
    QString clientId{};
    std::optional<ScopeLevel> level{}; ///< as recorded by a person; the tenant does not tell
    QString note{};
    CredentialState state = CredentialState::Enabled;
    SecretPlace place = SecretPlace::Keychain;
    CredentialProblem problem = CredentialProblem::None;
    bool secretMissing = false; ///< as last seen
    QString secretKey{};        ///< opaque: keychain labels are readable while it is locked
    QDateTime addedAt{};
    QDateTime usedAt{}; ///< last used here; invalid: never
};

} // namespace latchkey
