// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"

namespace latchkey {

/// The exchange's request as a POSIX shell command. Whatever was redacted is a shell variable
/// ($OL_CLIENT_SECRET, $OL_TOKEN …), the tenant's address is $OL_URL: it runs once they are set.
QString curlText(const Exchange &exchange);

} // namespace latchkey
