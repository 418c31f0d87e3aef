// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>

namespace latchkey {

/// The most that is read from one source, in bytes.
inline constexpr qint64 kLargestSource = 16 * 1024 * 1024;

/// The whole file. Error Invalid: no regular file, too large; Storage: cannot be read.
Result<QByteArray> readSource(const QString &path);
/// The error of something larger than kLargestSource.
Error tooLargeError();

/// The text of a file in UTF-8 or UTF-16 (by byte order mark, or by its zeros), with line feeds as line ends,
/// without the padding of NUL that some tools leave. Error Invalid where it is no text.
Result<QString> decodedText(QByteArrayView bytes);

/// What tells one content from another, for removeSource().
QByteArray fingerprintOf(QByteArrayView bytes);
/// Deletes a file if it still holds what was read from it. Error Invalid if not.
Result<void> removeSource(const QString &path, const QByteArray &fingerprint);

/// A sentence where others than the owner may read or change the file; empty where not.
QString looseModeWarning(const QString &path);

} // namespace latchkey
