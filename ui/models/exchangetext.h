// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"

namespace latchkey {

/// The path and query of an exchange's URL.
QString exchangePath(const Exchange &exchange);
/// "2.1 kB", "96 B".
QString sizeText(qint64 bytes);
/// "200 OK", "No answer".
QString exchangeStatus(const Exchange &exchange);

} // namespace latchkey
