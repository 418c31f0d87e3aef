// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/continuation.h"

#include <QTest>

#include <optional>

namespace latchkey {

/// Runs the event loop until the continuation was called, at most `timeout`:
/// `auto token = waitFor<ManagementToken>([&](auto k) { source.token(k); });`
template<typename T = void, typename Start>
Result<T> waitFor(Start start, std::chrono::milliseconds timeout = std::chrono::seconds(30))
{
    QObject context;
    std::optional<Result<T>> result;
    start(Continuation<T>(&context, [&result](Result<T> value) { result = std::move(value); }));
    if (result)
        return fail(ErrorKind::NotUnderstood,
                    QStringLiteral("the continuation was called before the function returned"));
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, static_cast<int>(timeout.count())))
        return fail(ErrorKind::Timeout, QStringLiteral("the continuation was not called"));
    return std::move(*result);
}

} // namespace latchkey
