// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/unfinishedwork.h"

namespace latchkey {

/// What the button of a remedy says.
QString remedyText(const Operation &operation, Remedy remedy);
/// Its object name: "remedy.keep" …
QString remedyName(Remedy remedy);
/// Carries it out; a pair that is kept gets a free name. The value: what did not work beside it.
/// `work` must outlive it.
void applyRemedy(UnfinishedWork &work, const Workspace &workspace, const Operation &operation, Remedy remedy,
                 Continuation<std::optional<Error>> continuation);

} // namespace latchkey
