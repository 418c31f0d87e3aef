// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "core/secret.h"

#include <QUrl>

namespace latchkey {

/// How a source of API credentials is written.
enum class CredentialFormat { Environment, EnvFile, Json, Postman, Properties, Ini, Csv, Sealed };

/// One API credential as another tool, or an export, holds it.
struct FoundCredential
{
    QString name{};
    QUrl baseUrl{}; ///< of its tenant; empty where the source does not say
    QString clientId{};
    Secret clientSecret{}; ///< empty after an export without secrets
    std::optional<ScopeLevel> level{};
    QString note{};
    CredentialState state = CredentialState::Enabled;
    QString where{}; ///< "line 3", "prod", "tenants[1]"
};

/// What cannot be used or was left out, and where it stands. Never quotes a value.
struct ImportProblem
{
    QString where{};
    QString message{};
};

/// What was read from one source.
struct CredentialFile
{
    CredentialFormat format = CredentialFormat::EnvFile;
    std::vector<FoundCredential> credentials{};
    std::vector<ImportProblem> problems{};
};

} // namespace latchkey
