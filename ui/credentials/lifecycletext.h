// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/session.h"

namespace latchkey {

/// What Latchkey can learn of a pair before it is deleted.
enum class AtTenant {
    Known,    ///< the sandbox has it, and deletes it
    Unknown,  ///< the sandbox has no such pair
    NotAsked, ///< the sandbox could not be asked
    NoPortal, ///< nobody to ask: it is deleted in the portal
};

/// What disabling the pair does, one sentence each.
QStringList disableEffects(Session &session, const ApiCredential &credential);
/// What deleting the pair does.
QStringList removeEffects(Session &session, const ApiCredential &credential, AtTenant at);

} // namespace latchkey
