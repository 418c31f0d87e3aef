// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/message.h"
#include "sandbox/tenant.h"

#include <tl/expected.hpp>

namespace latchkey::sandbox {

/// An authorization request that may go on to the login: RFC 6749 section 4.1.1, RFC 7636 and OpenID
/// Connect Core section 3.1.2.1.
struct Authorization
{
    const App *app = nullptr;
    QString redirectUri{};
    QString state{};
    QString scope{};
    QString resource{};
    QString challenge{};
    QString nonce{};
    QString loginHint{};
    bool isSilent = false;  ///< `prompt=none`
    bool asksAgain = false; ///< a session does not spare the login
};

/// Reads the query; or the answer that refuses it: with the browser, once it is known where that may go,
/// before that with a page.
tl::expected<Authorization, Response> readAuthorization(const Tenant &tenant, const Form &query);

using Parameters = QList<std::pair<QString, QString>>;

/// Sends the browser to an address with these parameters behind those that it has.
Response redirectTo(const QString &address, const Parameters &parameters);
/// Back to the client with these parameters, the state and the issuer (RFC 9207).
Response redirectBack(const Tenant &tenant, const Authorization &request, Parameters parameters);
Response refuseBack(const Tenant &tenant, const Authorization &request, const QString &error,
                    const QString &description);

/// Whether the app has registered the address: character by character, but for the port of a loopback
/// address of a native app (RFC 8252 section 7.3).
bool isRegistered(const App &app, const QString &redirectUri);

} // namespace latchkey::sandbox
