// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/tenant.h"

namespace latchkey::sandbox {

/// A SAML 2.0 response that tells the app who the user is. It is not signed: it has the form, and
/// no service provider may trust it.
QByteArray samlResponse(const Tenant &tenant, const App &app, const User &user);

} // namespace latchkey::sandbox
