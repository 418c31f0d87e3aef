// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

namespace latchkey {

// What became of a write, where the tenant was read again after it. The answer to the write, if it was an
// error, is only a hint.

/// The reading failed too: kind OutcomeUnknown, unless the write surely was refused.
Error unprovenWrite(const std::optional<Error> &sendError, const Error &readError);
/// The reading does not show the change, and so has answered what the request could not.
Error writeNotStored(const std::optional<Error> &sendError);

} // namespace latchkey
