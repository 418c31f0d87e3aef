// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QTest>

namespace latchkey {

/// What to print when a Result is not the expected one.
inline QByteArray describe(const Error &error)
{
    return (kindName(error.kind) + QLatin1String(": ") + error.message + QLatin1String(" | ") + error.detail +
            QLatin1String(" | ") + error.code + QLatin1String(" ") + error.vendorText)
        .toUtf8();
}

template<typename T>
bool verifyOk(const Result<T> &result, const char *expression, const char *file, int line)
{
    const QByteArray why = result ? QByteArray() : describe(result.error());
    return QTest::qVerify(result.has_value(), expression, why.constData(), file, line);
}

} // namespace latchkey

#define QVERIFY_OK(result)                                                                                   \
    do {                                                                                                     \
        if (!latchkey::verifyOk((result), #result, __FILE__, __LINE__))                                      \
            return;                                                                                          \
    } while (false)
