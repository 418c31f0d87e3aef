// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "interchange/foundcredential.h"

#include <QProcessEnvironment>

namespace latchkey {

/// Of the process's environment variables.
Result<CredentialFile> readEnvironment(const QProcessEnvironment &environment);
/// Of a `.env` file: NAME=VALUE, `export`, quotes, comments. A pair that its variables do not name is called
/// after the file.
Result<CredentialFile> readEnvFile(QStringView text, const QString &fileName = {});
/// Of a Java properties file, as the vendor's Java SDK has it.
Result<CredentialFile> readProperties(QStringView text, const QString &fileName = {});

} // namespace latchkey
