// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"

#include <QSet>

namespace latchkey {

class Workspace;

/// The wanted name of an API credential, or "name-2" … where the tenant has it, also of one that is being
/// removed, or where its nameKey() is in `alsoTaken`.
QString freeName(const Workspace &workspace, TenantId tenant, const QString &wanted,
                 const QSet<QString> &alsoTaken = {});

} // namespace latchkey
