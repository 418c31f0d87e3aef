// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

namespace latchkey {

/// What a tenant says of one authorization server and who may get which of its scopes.
struct ServerGrants
{
    AuthServer server{};
    std::vector<Scope> scopes{};
    std::vector<ClientApp> clientApps{};

    const Scope *scope(ScopeId id) const;        ///< null if the server does not list it
    const Scope *scope(QStringView value) const; ///< likewise
    /// Sorted; a scope that the server does not list stands as its id.
    QStringList valuesOf(const ScopeSet &ids) const;
};

/// The scopes with these ids in the order of `scopes`, then those that it does not have, with their id as
/// their value.
std::vector<Scope> scopesNamed(const ScopeSet &ids, const std::vector<Scope> &scopes);

} // namespace latchkey
