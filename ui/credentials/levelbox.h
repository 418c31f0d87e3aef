// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QComboBox;

namespace latchkey {

/// The five scope levels to choose from, each with int(ScopeLevel) as its data and what it allows as its
/// tooltip. None is chosen.
QComboBox *makeLevelBox();

} // namespace latchkey
