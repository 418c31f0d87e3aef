// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/tenant.h"

#include <tl/expected.hpp>

namespace latchkey::sandbox {

// What every way in has in common: the OIDC password grant and the authentication endpoints.

/// Why the user may not come in at all, in the vendor's words; nothing for a user who may.
QString barredBecause(const User &user);
/// The user of that name and password, or the vendor's words for why not.
tl::expected<User *, QString> checkPassword(Tenant &tenant, const QString &username, const QString &password);
void noteLogin(const Tenant &tenant, User &user);
/// Locks the user after too many of them.
void noteFailedLogin(const Tenant &tenant, User &user);

} // namespace latchkey::sandbox
