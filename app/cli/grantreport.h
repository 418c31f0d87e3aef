// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "grants/grantapply.h"
#include "grants/servergrants.h"

namespace latchkey::cli {

/// Reads scopes and client apps of a server, or ends the run.
void readGrants(Command &command, ApiClient &api, const AuthServer &server,
                const std::function<void(const ServerGrants &)> &callback);
/// Of the server that the first argument names.
void withGrants(Command &command, ApiClient &api, const std::function<void(const ServerGrants &)> &callback);

QString stateKey(const AppliedChange &row); ///< "verified", "not_stored", "conflict", "skipped", "unknown"
/// A line for a person: what the tenant has now.
QString stateText(const AppliedChange &row, const ServerGrants &grants);
/// The worst of them: what could not be found out is told by its own code only where nothing was refused.
Exit outcome(const std::vector<AppliedChange> &rows);

} // namespace latchkey::cli
