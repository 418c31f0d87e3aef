// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/tenant.h"

namespace latchkey::sandbox {

/// The line that says where the tenant is and how to get in: one JSON object, the first 50 of each
/// kind of record.
QByteArray announcement(const Tenant &tenant);

} // namespace latchkey::sandbox
