// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace latchkey::cli {

/// The whole of a file, or of standard input where the path is `-`; at most kLargestSource bytes.
Result<QByteArray> readFileOrInput(const QString &path);

} // namespace latchkey::cli
