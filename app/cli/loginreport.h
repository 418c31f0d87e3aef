// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "oidc/loginoutcome.h"

namespace latchkey::cli {

/// Prints what a login or a refresh gave and ends the run; token values only with --show-tokens. `met` is
/// whether it ended as expected, which alone decides the exit code; none: nothing was expected.
void reportOutcome(Command &command, const LoginOutcome &outcome, std::optional<bool> met = std::nullopt);

/// One line for each note.
QString notesText(const QStringList &notes);
/// Scopes asked for, granted and in the token.
QJsonObject scopesJson(const QStringList &requested, const std::optional<QStringList> &granted,
                       const QStringList &inToken);

} // namespace latchkey::cli
