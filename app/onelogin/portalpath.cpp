// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/portalpath.h"

#include <QCoreApplication>

namespace latchkey {

QString portalPath()
{
    return QCoreApplication::translate("PortalPath", "Developers, API Credentials");
}

} // namespace latchkey
