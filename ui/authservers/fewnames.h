// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace latchkey {

/// So few that a sentence holds them; else a list does.
bool areFew(const QStringList &names);
/// "a, b, c", sorted.
QString listed(QStringList names);
/// "a, b and 3 more", in their order; `most` 0: all of them.
QString firstNames(const QStringList &names, qsizetype most);

} // namespace latchkey
