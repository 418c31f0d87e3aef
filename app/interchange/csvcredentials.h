// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "interchange/foundcredential.h"

namespace latchkey {

/// Of a table with a heading (RFC 4180; comma, semicolon or tab): name, address, client_id, client_secret,
/// scope_level, note, state; the order does not matter and all but the client ID may be left out.
Result<CredentialFile> readCsv(QStringView text);
/// Whether a line is such a heading.
bool isCsvHeading(QStringView line);

} // namespace latchkey
