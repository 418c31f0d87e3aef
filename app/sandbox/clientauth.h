// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/message.h"
#include "sandbox/tenant.h"

#include <tl/expected.hpp>

namespace latchkey::sandbox {

/// How a client presented itself to an OIDC endpoint, whether it is right or not.
struct PresentedClient
{
    QString clientId{};
    QString clientSecret{};
    ClientAuth mechanism = ClientAuth::None;
};

/// Reads RFC 6749 section 2.3.1 from header and form; or the answer that refuses what cannot be
/// read, is there twice or contradicts itself.
tl::expected<PresentedClient, Response> readClient(const Request &request, const Form &form);

/// Whether the app may present itself so: its own mechanism and the right secret.
bool isProven(const App &app, const PresentedClient &presented);

/// The answer to a client that is unknown or not proven.
Response clientRefused(const Tenant &tenant, const Request &request);

} // namespace latchkey::sandbox
