// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "oidc/loginoutcome.h"

namespace latchkey::cli {

/// Prints what a login or a refresh gave and ends the run; token values only with --show-tokens.
void reportOutcome(Command &command, const LoginOutcome &outcome);

/// One line for each note.
QString notesText(const QStringList &notes);
QJsonValue orNull(const QString &text);

} // namespace latchkey::cli
