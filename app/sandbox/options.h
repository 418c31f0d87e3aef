// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "sandbox/faults.h"
#include "sandbox/seed.h"

#include <QStringList>

namespace latchkey::sandbox {

/// What the command line asks for.
struct Options
{
    quint16 port = 0;
    SeedExtras extras{};
    std::optional<quint32> seedNumber{};
    std::chrono::seconds clockOffset{0};
    int callsPerHour = 5000;
    std::chrono::seconds disableDelay{5};
    std::vector<Fault> faults{};
    bool strict = false;
    bool tls = false;
    bool withParent = false;
    bool quiet = false;
    QString print{}; ///< the answer to --help or --version; nothing else is to be done then

    /// Reads the arguments, the program's name first. The error's message is for the terminal.
    static Result<Options> parse(const QStringList &arguments);
};

} // namespace latchkey::sandbox
