// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "grants/grantapply.h"
#include "grants/servergrants.h"

#include <utility>

namespace latchkey::cli {

/// The journal of the tenant that is asked for; a run without a workspace has none.
Result<std::pair<GrantJournal *, TenantId>> journalOf(Command &command);

/// An apply that writes itself down in the journal of the workspace, unless --url leaves that out.
GrantApply *makeApply(Command &command, ApiClient &api, const std::vector<GrantChange> &changes,
                      const JournalEntry &head);

/// What the journal's entry of an apply of this run begins with.
JournalEntry headOf(Command &command, const ServerGrants &grants, ChangeOrigin origin);

/// Says on standard error what an earlier apply left open.
void tellInterruptedApplies(Command &command);

} // namespace latchkey::cli
