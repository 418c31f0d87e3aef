// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/directory.h"
#include "sandbox/random.h"

namespace latchkey::sandbox {

/// Records made on top of the company's own, for tests of scale.
struct SeedExtras
{
    int servers = 0;
    int apps = 0;   ///< OIDC apps, clients of "Scale API" as well
    int scopes = 0; ///< of "Scale API"
};

/// A small company: API credentials at all five levels, users in every state, apps, and
/// authorization servers with their scopes, claims and client apps. Names never change; ids and
/// secrets come from the random source.
Directory seedDirectory(Random &random, const QDateTime &now, const SeedExtras &extras);

} // namespace latchkey::sandbox
