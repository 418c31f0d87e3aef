// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/sandboxportal.h"
#include "onelogin/session.h"

namespace latchkey {

/// What became of a removal.
struct RemovalOutcome
{
    bool isGoneAtTenant = false; ///< the sandbox deleted the pair
    bool canUndo = false;        ///< the row is hidden, and comes back with CredentialRegister::undoRemoval()
    /// What was left of an earlier operation, for undoRemoval(): a watch that was due.
    std::optional<Operation> before{};
