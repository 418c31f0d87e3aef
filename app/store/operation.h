// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

namespace latchkey {

/// What is done with an API credential in more than one place. Watch: after a disable, whether the
/// tenant refuses the pair is still to be seen.
enum class OperationKind { Create, Remove, Disable, Enable, Watch };

/// How far it surely came.
enum class OperationStep {
    Begun,  ///< noted; whether anything was done yet is not known
    Made,   ///< Create: the tenant made the pair
    Hidden, ///< Remove: all is done at the tenant; the row is hidden and can still come back
    Final,  ///< Remove: its secret and its row are going
};

/// Something under way with a credential, noted before its first effect outside the workspace, so that
/// whatever ends the program leaves something to settle it by. Never a secret.
struct Operation
{
    OperationId id{};
    TenantId tenant{};
    CredentialId credential{}; ///< invalid for Create
    OperationKind kind = OperationKind::Create;
    OperationStep step = OperationStep::Begun;
    QString name{}; ///< of the credential
    std::optional<ScopeLevel> level{};
    QString note{};
    SecretPlace place = SecretPlace::Keychain;
    QString clientId{};
    bool hadToken = false;   ///< Remove, Disable: there was a token here to revoke
    PortalId portalBefore{}; ///< Create: the highest id at the portal before
    PortalId portalId{};     ///< Create: of the pair, once it is made
    qint64 process = 0;      ///< that wrote it last
    QDateTime startedAt{};
    QDateTime changedAt{};
};

} // namespace latchkey
