// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/continuation.h"

#include <QStringList>
#include <QUrl>

#include <array>

namespace latchkey {

class HttpClient;

/// What an OpenID provider says of itself, OpenID Connect Discovery 1.0 section 3.
struct ProviderMetadata
{
    QString issuer{};
    QUrl tokenEndpoint{};
    QUrl authorizationEndpoint{};
    QUrl userinfoEndpoint{};
    QUrl introspectionEndpoint{};
    QUrl revocationEndpoint{};
    QUrl endSessionEndpoint{};
    QUrl jwksUri{};
    QStringList scopesSupported{};
    QStringList idTokenAlgorithms{};    ///< empty: it does not say
    QStringList codeChallengeMethods{}; ///< empty: it does not say
    bool issuerInRedirects = false;     ///< it promises `iss` in every answer with the browser, RFC 9207

    /// With the endpoints that `replacements` has instead of its own.
    ProviderMetadata with(const ProviderMetadata &replacements) const;
    friend bool operator==(const ProviderMetadata &, const ProviderMetadata &) = default;
};

/// The endpoints that a person may replace, by their names in the discovery document.
inline constexpr std::array kProviderEndpoints{
    std::pair{QLatin1StringView("token_endpoint"), &ProviderMetadata::tokenEndpoint},
    std::pair{QLatin1StringView("authorization_endpoint"), &ProviderMetadata::authorizationEndpoint},
    std::pair{QLatin1StringView("userinfo_endpoint"), &ProviderMetadata::userinfoEndpoint},
    std::pair{QLatin1StringView("introspection_endpoint"), &ProviderMetadata::introspectionEndpoint},
    std::pair{QLatin1StringView("revocation_endpoint"), &ProviderMetadata::revocationEndpoint},
    std::pair{QLatin1StringView("end_session_endpoint"), &ProviderMetadata::endSessionEndpoint},
    std::pair{QLatin1StringView("jwks_uri"), &ProviderMetadata::jwksUri}};

/// Reads `{issuer}/.well-known/openid-configuration`. NotUnderstood if the document is none, its
/// issuer differs from the one asked in any character (section 4.3), or an endpoint is neither
/// https nor loopback or is of another origin than the issuer.
void discover(HttpClient &http, const QUrl &issuer, Continuation<ProviderMetadata> continuation);

} // namespace latchkey
