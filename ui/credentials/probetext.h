// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/probereport.h"
#include "style/icons.h"
#include "style/theme.h"

namespace latchkey {

/// A finding or a match as glyph, tone and word.
struct ProbeLook
{
    Icon icon = Icon::Skip;
    Tone tone = Tone::Muted;
    QString word{};
};

ProbeLook lookOf(ProbeFinding finding);
ProbeLook lookOf(LevelMatch match);
/// What one answer shows, in a sentence.
QString probeLineText(const ProbeLine &line);
/// "Record Read All".
QString recordLevelText(ScopeLevel level);

} // namespace latchkey
