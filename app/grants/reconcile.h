// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/journalentry.h"
#include "net/continuation.h"
#include "onelogin/authserversapi.h"

namespace latchkey {

class GrantJournal;

/// Settles an entry that was left open by reading the client apps of its server once: what was sent is
/// proven, not stored, or was changed by someone else; what was not sent is skipped. Sends no change.
/// Gives the entry as it stands then; an error means that the tenant could not be read and nothing is known.
void reconcile(GrantJournal &journal, AuthServersApi api, const JournalEntry &entry,
               Continuation<JournalEntry> continuation);

} // namespace latchkey
