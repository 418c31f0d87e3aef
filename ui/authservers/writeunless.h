// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "interchange/privatefile.h"

#include <QFile>

#include <atomic>

namespace latchkey {

/// Makes a text and writes it, in a worker. A file that nobody wants any more is not left behind.
template<typename MakeText>
Result<void> writeUnless(const std::atomic_bool &isCancelled, const MakeText &makeText, const QString &path)
{
    const Result<QByteArray> text = makeText();
    if (!text)
        return fail(text.error());
    if (isCancelled)
        return {};
    const Result<void> written = writePrivateFile(path, *text);
    if (written && isCancelled)
        QFile::remove(path);
    return written;
}

} // namespace latchkey
