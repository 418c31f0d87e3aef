// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "oidc/clientrequest.h"
#include "oidc/discovery.h"

namespace latchkey {

enum class Grant { ClientCredentials, Password, AuthorizationCode };

/// One OIDC test login as a person asks for it.
struct LoginRequest
{
    Grant grant = Grant::ClientCredentials;
    QUrl issuer{};
    QString clientId{};
    Secret clientSecret{};
    ClientAuth auth = ClientAuth::Basic;
    QString username{};
    Secret password{};
    QStringList scopes{};
    QString resource{};
    QList<std::pair<QString, QString>> parameters{}; ///< further ones, sent as they are

    // Of the code flow, in the authorization request.
    QString prompt{};
    QString loginHint{};
    QString acrValues{};
    quint16 redirectPort = 8765; ///< of redirectUri(); 0: any free one

    ProviderMetadata endpoints{}; ///< a URL that is set here replaces the one of discovery

    OidcClient client() const { return {clientId, clientSecret, auth}; }
    friend bool operator==(const LoginRequest &, const LoginRequest &) = default;
};

/// Whether a further parameter of that name is known to hold no secret: only such a value is kept in the
/// open, or goes into an address.
bool isOpenParameter(QStringView name);

/// Where the browser comes back to: `http://127.0.0.1:PORT/callback`. The provider must know it,
/// character by character.
QUrl redirectUri(quint16 port);

/// RFC 6749 sections 3.1 and 3.2: none of the form-encoded parameters may be in the address of the endpoint
/// already. Error InvalidInput.
Result<void> checkNotRepeated(const QUrl &endpoint, QByteArrayView parameters);

enum class LoginInput { ClientId, ClientSecret, Username, Password };

/// The first that a login of this kind cannot go without, and that is empty.
std::optional<LoginInput> missingInput(const LoginRequest &request);
QString missingText(LoginInput input); ///< a sentence

/// Whether the request can be sent at all. Error InvalidInput.
Result<void> checkLogin(const LoginRequest &request);

} // namespace latchkey
