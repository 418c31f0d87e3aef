// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace latchkey {

/// Shuts this process to debuggers and memory readers of the same user, and to core files, where the
/// platform can: secrets are in its memory. Root can always read. A core file that the system pipes to a
/// collector is kept away by the first measure, not by the size limit.
void hardenProcess();

} // namespace latchkey
