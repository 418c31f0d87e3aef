// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace latchkey {

/// Shuts this process to debuggers and memory readers of the same user, and to core files, where the
/// platform can: secrets are in its memory. Root can always read. A core file that the system pipes to a
/// collector is kept away by the first measure, not by the size limit.
void hardenProcess();

/// Whether a process of that id runs on this computer; false also where it cannot be known.
bool isRunning(qint64 processId);

} // namespace latchkey
