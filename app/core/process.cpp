// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#include <sys/resource.h>
#endif
#ifdef Q_OS_UNIX
#include <cerrno>
#include <csignal>
#endif

namespace latchkey {

void hardenProcess()
{
#ifdef Q_OS_LINUX
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    ::setrlimit(RLIMIT_CORE, &none);
#endif
}

bool isRunning(qint64 processId)
{
#ifdef Q_OS_UNIX
    if (processId <= 0)
        return false;
    return ::kill(static_cast<pid_t>(processId), 0) == 0 || errno == EPERM;
#else
    Q_UNUSED(processId)
    return false;
#endif
}

} // namespace latchkey
