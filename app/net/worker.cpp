// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/worker.h"

namespace latchkey {

QThreadPool &workers()
{
    static QThreadPool pool;
    [[maybe_unused]] static const bool isAwaited = [] {
        // What comes back is sent to the application, so it ends after the work.
        qAddPostRoutine([] { workers().waitForDone(); });
        return true;
    }();
    return pool;
}

} // namespace latchkey
