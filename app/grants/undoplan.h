// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/journalentry.h"

namespace latchkey {

/// What cannot be taken back exactly, in words.
struct UndoNote
{
    AppId app{};
    QString text{};
    bool isRefused = false; ///< nothing of this app's change is taken back
};

/// How changes of an entry are taken back, or made after all, on top of what is there now.
struct UndoPlan
{
    std::vector<GrantChange> changes{};
    std::vector<UndoNote> notes{};
    int rows = 0; ///< of the entry that this is about
};

/// Takes back what was stored.
UndoPlan undoPlan(const JournalEntry &entry, const std::vector<Scope> &scopes,
                  const std::vector<ClientApp> &apps);
/// Makes what was not stored.
UndoPlan redoPlan(const JournalEntry &entry, const std::vector<Scope> &scopes,
                  const std::vector<ClientApp> &apps);

} // namespace latchkey
