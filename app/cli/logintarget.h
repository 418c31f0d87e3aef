// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "oidc/clientrequest.h"

#include <QUrl>

namespace latchkey::cli {

/// The issuer of --issuer, or of the tenant.
Result<QUrl> issuerOf(Command &command);
/// The OIDC app of --app-id and --auth; its secret is still to be read.
Result<OidcClient> clientOf(Command &command);
/// The app's secret; empty for an app without one.
Result<Secret> appSecret(Command &command, ClientAuth auth);

} // namespace latchkey::cli
