// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "grants/grantapply.h"
#include "grants/servergrants.h"

namespace latchkey::cli {

/// Reads scopes and client apps of a server, or ends the run.
void readGrants(Command &command, ApiClient &api, const AuthServer &server,
                const std::function<void(const ServerGrants &)> &callback);

/// The change was sent and nothing says what became of it.
bool isUnknown(const AppliedChange &row);
QString stateKey(const AppliedChange &row);
/// A line for a person: what the tenant has now.
QString stateText(const AppliedChange &row, const ServerGrants &grants);

} // namespace latchkey::cli
