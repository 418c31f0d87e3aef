// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "interchange/foundcredential.h"

namespace latchkey {

/// Of every JSON document that holds pairs: `onelogin.sdk.json`, `profiles.json`, `servers.json`,
/// `tenants.json`, a Postman environment, our own export. What is wrong is named by its path.
Result<CredentialFile> readJsonCredentials(QStringView text);

} // namespace latchkey
