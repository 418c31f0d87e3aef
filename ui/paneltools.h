// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/urlopener.h"

namespace latchkey {

class Clipboard;
class KeychainState;
class Ticker;

/// What panels share besides their session; each outlives every panel.
struct PanelTools
{
    KeychainState &keychain;
    Clipboard &clipboard;
    Ticker &ticker;
    UrlOpener openUrl{};
};

} // namespace latchkey
