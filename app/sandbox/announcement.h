// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/tenant.h"

namespace latchkey::sandbox {

/// The line that says where the tenant is and how to get in: one JSON object, the first 50 of each
/// kind of record. `certificate` is the PEM to trust over https, empty over http.
QByteArray announcement(const Tenant &tenant, const QByteArray &certificate);

} // namespace latchkey::sandbox
