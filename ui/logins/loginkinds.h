// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginrequest.h"

#include <optional>

namespace latchkey {

class SegmentedControl;

/// A login of a kind, or a token from elsewhere: what the panel of test logins is for at the moment.
SegmentedControl *makeLoginKinds();
int kindOf(Grant grant); ///< the segment of it
int kindOfPasted();
std::optional<Grant> grantOfKind(int segment); ///< none: a token from elsewhere

} // namespace latchkey
