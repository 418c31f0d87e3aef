// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"

#include <QHash>
#include <QString>

#include <vector>

namespace latchkey {

/// A user of the sandbox whose password everybody may know.
struct SandboxUser
{
    QString username{};
    Secret password{};
    QString state{}; ///< "active", "locked", …
};

/// What the sandbox tells of itself when it starts: its secrets protect nothing.
struct SandboxHints
{
    QHash<QString, Secret> clientSecrets{}; ///< by client id
    std::vector<SandboxUser> users{};
};

} // namespace latchkey
