// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/clipboard.h"

#include <QClipboard>
#include <QGuiApplication>

namespace latchkey {

/// A Clipboard and what it needs.
class TestClipboard
{
public:
    operator Clipboard &() { return m_clipboard; }

private:
    SystemClock m_clock;
    Ticker m_ticker{m_clock};
    Clipboard m_clipboard{*QGuiApplication::clipboard(), m_ticker};
};

} // namespace latchkey
