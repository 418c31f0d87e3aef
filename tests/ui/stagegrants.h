// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/grantgridmodel.h"

namespace latchkey {

/// Stages in a grid that these apps have exactly these scopes.
inline void stageWanted(GrantGridModel &grid, const std::map<AppId, ScopeSet> &edits)
{
    grid.plan()->setWanted(edits);
    grid.refresh();
}

} // namespace latchkey
