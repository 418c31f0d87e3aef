// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/message.h"
#include "sandbox/tenant.h"

namespace latchkey::sandbox {

/// /sandbox/portal: what an administrator does by hand on the vendor's page of API credentials. The
/// path is the sandbox's own; the vendor has no such API.
Response answerPortal(Tenant &tenant, const Request &request);

} // namespace latchkey::sandbox
