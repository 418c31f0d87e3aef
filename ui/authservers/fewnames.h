// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace latchkey {

/// So few that a sentence holds them; else a list does.
bool areFew(const QStringList &names);
/// "a, b, c", sorted.
QString listed(QStringList names);

} // namespace latchkey
