// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

namespace latchkey {

/// The error's detail without its status line and the vendor's text, for where those are said anyway.
QString detailBeyond(const Error &error);
/// The message names the status already.
bool saysStatus(const Error &error);

} // namespace latchkey
