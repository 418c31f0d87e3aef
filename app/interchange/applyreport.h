// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/journalentry.h"

namespace latchkey {

/// What was applied to an authorization server, and what became of each line of it, as the journal has it.
struct ApplyReport
{
    Tenant tenant{};
    JournalEntry entry{};
};

/// One row a scope that was added or removed; an app without either has one row with an empty scope.
QByteArray applyReportCsv(const ApplyReport &report);
/// One page that needs nothing else.
QByteArray applyReportHtml(const ApplyReport &report);

} // namespace latchkey
