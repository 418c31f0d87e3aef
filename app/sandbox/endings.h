// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QObject;

namespace latchkey::sandbox {

/// Calls back from the event loop when SIGTERM or SIGINT arrives.
void onTerminationSignal(QObject *context, std::function<void()> call);

/// Calls back once standard input has come to its end.
void onInputClosed(QObject *context, std::function<void()> call);

} // namespace latchkey::sandbox
