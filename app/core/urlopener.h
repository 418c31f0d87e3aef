// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

#include <functional>

namespace latchkey {

/// Opens an address in the browser; false if there is none to open it.
using UrlOpener = std::function<bool(const QUrl &)>;

} // namespace latchkey
