// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QString>

#include <compare>

namespace latchkey {

/// A 64-bit id that cannot be mixed up with the id of another kind of thing.
template<typename Tag>
struct Id
{
    qint64 value = 0;

    bool isValid() const { return value > 0; }
    QString toString() const { return QString::number(value); }
    friend auto operator<=>(const Id &, const Id &) = default;
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.value, seed); }
};

using AppId = Id<struct AppIdTag>;                   ///< `id` of an app, `app_id` of a client app
using AuthServerId = Id<struct AuthServerIdTag>;     ///< `id` of an authorization server
using ScopeId = Id<struct ScopeIdTag>;               ///< `id` of a scope of an authorization server
using TenantId = Id<struct TenantIdTag>;             ///< row of the workspace
using CredentialId = Id<struct CredentialIdTag>;     ///< row of the workspace
using OperationId = Id<struct OperationIdTag>;       ///< row of the workspace
using LoginProfileId = Id<struct LoginProfileIdTag>; ///< row of the workspace
using LoginRecordId = Id<struct LoginRecordIdTag>;   ///< row of the workspace
using PortalId = Id<struct PortalIdTag>;             ///< `id` of a credential at a sandbox's portal

} // namespace latchkey
