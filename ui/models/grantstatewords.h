// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/grantplan.h"
#include "style/icons.h"
#include "style/theme.h"

#include <QString>

namespace latchkey {

/// How the state of a grant is shown.
struct GrantStateWords
{
    Icon icon = Icon::Skip;
    Tone tone = Tone::Muted;
    QString text{}; ///< "Pending grant"
};

GrantStateWords wordsFor(GrantState state);

} // namespace latchkey
