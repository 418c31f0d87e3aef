// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/grantplan.h"

#include <QStringList>

namespace latchkey {

/// Grants that were staged and are no longer, because the server has lost their scopes.
struct DroppedGrants
{
    int count = 0;        ///< of a scope to an app
    QStringList scopes{}; ///< what they were called, in the order of their ids
};

/// Takes staged grants of scopes that the server does not have now out of its plan, and ends the undo history
/// where one of `before` is gone: a step may grant it. What is granted of them is not ours to touch.
DroppedGrants dropGoneScopes(GrantPlan &plan, const std::vector<Scope> &before,
                             const std::vector<Scope> &now);

/// Makes a plan as if the apps had been loaded with what they have `now` of scopes that the server does not
/// list: that went, or came, with the scopes, so nobody has changed the app by it.
void takeUnlisted(GrantPlan &plan, const std::vector<Scope> &scopes, const std::vector<ClientApp> &now);

} // namespace latchkey
