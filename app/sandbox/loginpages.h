// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/message.h"

namespace latchkey::sandbox {

// The pages of the login, without a script and with everything from outside escaped.

/// What a login page shows besides its fields.
struct LoginPage
{
    QByteArray query{}; ///< of the authorization request, as it came
    QString appName{};
    QString redirectUri{}; ///< where the form may lead to
    QString problem{};     ///< why the last attempt failed; empty: there was none
};

Response passwordPage(const LoginPage &page, const QString &username);
/// For the second factor of the login that this state token stands for.
Response factorPage(const LoginPage &page, const QString &stateToken);
Response signedOutPage();
/// For what cannot be said to the client, since it is not known where that is.
Response errorPage(const QString &error, const QString &description, int status = 400);

} // namespace latchkey::sandbox
