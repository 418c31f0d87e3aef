// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

/// "Developers, API Credentials": how the page of the portal is found by hand where API credentials are made,
/// disabled and deleted. There is no API for it.
QString portalPath();

} // namespace latchkey
