// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

class QSqlDatabase;

namespace latchkey {

/// The schema version this program writes.
int latestSchemaVersion();

/// Brings the file up to `version` step by step, each step and its `user_version` in one
/// transaction. Two programs may do so at the same time.
Result<void> migrate(const QSqlDatabase &database, int version = latestSchemaVersion());

} // namespace latchkey
