// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArrayView>

class QSaveFile;

namespace latchkey {

/// Opens it to be written for its owner alone (0600), whatever was there before. Error Storage.
Result<void> openPrivateFile(QSaveFile &file);

/// Writes the whole file or leaves what was there, for the owner alone (0600). Error Storage.
Result<void> writePrivateFile(const QString &path, QByteArrayView bytes);

} // namespace latchkey
