// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/continuation.h"

#include <QCoreApplication>
#include <QThreadPool>

namespace latchkey {

/// Not Qt's own pool: painting waits for that one.
QThreadPool &workers();

/// Runs `work`, which returns a Result<T> and touches nothing that the caller's thread may touch, in a thread
/// of its own, and calls back in the thread of the application. Work that was begun is not interrupted; a
/// context that is gone only drops its result.
template<typename T, typename Work>
void inWorker(Continuation<T> continuation, Work work)
{
    workers().start([continuation = std::move(continuation), work = std::move(work)]() mutable {
        Result<T> result = work();
        // Moved on, so that what the callback holds is let go of in its own thread.
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [continuation = std::move(continuation), result = std::move(result)]() { continuation(result); },
            Qt::QueuedConnection);
    });
}

} // namespace latchkey
