// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QString>

namespace latchkey::cli {

/// Where secrets come from: standard input, the environment, or a person at the terminal. Never an
/// argument.
class SecretInput
{
public:
    SecretInput(bool fromStdin, bool mayAsk);

    /// One line of standard input with --secret-stdin, else the environment variable, else a prompt
    /// without echo. Error InvalidInput if it is nowhere to be had; empty if it is not needed.
    Result<Secret> read(const char *variable, const QString &prompt, bool isNeeded = true);

    /// The next line of standard input, or typed by a person without echo. Error InvalidInput if it is empty.
    Result<Secret> readToken();

    /// All of standard input but the spaces around it: a token to be judged as it is, even an empty one.
    Result<Secret> readWholeToken();

private:
    bool m_fromStdin;
    bool m_mayAsk;
};

} // namespace latchkey::cli
