// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "oidc/loginprofile.h"

namespace latchkey::cli {

/// A login profile and its tenant.
struct ChosenProfile
{
    Tenant tenant{};
    LoginProfile profile{};
};

/// The tenant of --tenant, else all tenants of the workspace.
Result<std::vector<Tenant>> tenantsMeant(Command &command);
/// Their profiles, by tenant and name.
Result<std::vector<ChosenProfile>> profilesMeant(Command &command);
/// The one of that name, letter by letter or else whatever its case. NotFound and Invalid name the
/// candidates.
Result<ChosenProfile> profileNamed(const std::vector<ChosenProfile> &profiles, const QString &name);

} // namespace latchkey::cli
