// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

namespace latchkey {

/// What a request to the management API is for, as far as the scope levels tell requests apart.
enum class ApiUse {
    SignIn,    ///< the five authentication endpoints
    RateLimit, ///< `GET /auth/rate_limit`
    ReadUsers, ///< users, roles, groups
    WriteUsers,
    ReadApps,
    WriteApps,
    ReadAuthServers, ///< everything under /api/2/api_authorizations
    WriteAuthServers,
};

/// Whether a credential of the recorded level may do it; a level that nobody recorded rules nothing
/// out. Read All on authorization servers counts as allowed: the vendor's pages disagree.
bool levelAllows(std::optional<ScopeLevel> recorded, ApiUse use);

/// True if `low` may do nothing that `high` may not. Manage users and Read All are not comparable.
bool levelIsWithin(ScopeLevel low, ScopeLevel high);

/// Why the credential's level does not allow it, as a sentence; empty where it does.
QString levelReason(const ApiCredential &credential, ApiUse use);

/// The enabled credential of the lowest recorded level that allows it: whom to work as instead.
std::optional<ApiCredential> ableCredential(const std::vector<ApiCredential> &credentials, ApiUse use);

} // namespace latchkey
