// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/journalentry.h"

namespace latchkey {

/// "not stored": how a change that is written down stands, for a line of text.
QString journalStateText(JournalState state);

} // namespace latchkey
