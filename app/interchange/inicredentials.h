// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "interchange/foundcredential.h"

namespace latchkey {

/// Of `.onelogin-aws.config`: sections that fall back to `[defaults]`.
Result<CredentialFile> readIni(QStringView text);

} // namespace latchkey
