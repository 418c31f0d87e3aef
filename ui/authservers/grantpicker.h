// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/serverbook.h"

#include <functional>

class QWidget;

namespace latchkey {

/// Asks to which client apps of a server these scopes are to be granted. It changes nothing itself.
void pickAppsToGrant(const ServerState &state, const ScopeSet &scopes, QWidget *parent,
                     const std::function<void(const std::vector<AppId> &)> &picked);

} // namespace latchkey
