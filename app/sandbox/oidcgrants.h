// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/message.h"
#include "sandbox/tenant.h"

#include <tl/expected.hpp>

namespace latchkey::sandbox {

/// What an app asks for, by itself or on behalf of a user.
struct Wish
{
    const User *user = nullptr;
    QString scope{};
    QString resource{}; ///< empty: none
};

/// Cuts what was asked down to what the app may have; or the answer that refuses the resource.
tl::expected<OidcGrant, Response> grantFor(Tenant &tenant, const App &app, const Wish &wish);

} // namespace latchkey::sandbox
