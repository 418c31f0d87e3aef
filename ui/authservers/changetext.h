// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/grantapply.h"
#include "style/icons.h"
#include "style/theme.h"

namespace latchkey {

/// What became of an entry of the journal, in a few words.
struct ChangeOutcome
{
    Icon icon = Icon::Success;
    Tone tone = Tone::Ok;
    QString text{};
};

ChangeOutcome outcomeOf(const JournalSummary &summary);
JournalSummary summaryOf(const JournalEntry &entry);
/// "in the window", "from grants.yaml", "to undo entry 12"
QString originText(const JournalEntry &entry);
/// "12 verified, 3 not known, 35 not sent"
QString countsText(const JournalSummary &summary);
/// Short today, with the date before.
QString whenText(const QDateTime &at, const QDateTime &now);
/// What was written down of a change, as an apply would have given it.
AppliedChange pastChange(const JournalRow &row);
/// The scopes as they were called then, described as they are now.
std::vector<Scope> scopesOfEntry(const JournalEntry &entry, const std::vector<Scope> &known);

} // namespace latchkey
