// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"
#include "grants/servergrants.h"

#include <QDateTime>

namespace latchkey {

/// Which app may get which scopes of which authorization server, as a tenant said at one time.
struct AccessReport
{
    Tenant tenant{};
    QDateTime readAt{};
    std::vector<ServerGrants> servers{};
};

/// One row a grant (RFC 4180), by server, app and scope; a client app without scopes has one row
/// with an empty scope.
QByteArray accessReportCsv(const AccessReport &report);
/// One page that needs nothing else: servers, their apps with scopes, scopes that nobody has.
QByteArray accessReportHtml(const AccessReport &report);

} // namespace latchkey
