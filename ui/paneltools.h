// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

#include <functional>

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
    /// Opens an address in the browser; false if there is none to open it.
    std::function<bool(const QUrl &)> openUrl{};
};

} // namespace latchkey
