// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"
#include "onelogin/portalpath.h"
#include "paneltools.h"

#include <QString>

namespace latchkey {

class MessageBanner;

/// The page of a tenant's portal where API credentials are made, disabled and deleted: there is no API
/// for it.
QUrl portalPage(const Tenant &tenant);
/// Opens it in the browser. Without one the banner tells the address and offers to copy it.
void openPortal(const Tenant &tenant, const PanelTools &tools, MessageBanner &banner);

} // namespace latchkey
