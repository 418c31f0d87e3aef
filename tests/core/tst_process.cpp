// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process.h"

#include <QTest>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace latchkey;

class TestProcess : public QObject
{
    Q_OBJECT

private slots:
    void hardensItself()
    {
        // In a child, because a hardened process cannot be checked for leaks at its end.
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            hardenProcess();
            rlimit core{};
            ::getrlimit(RLIMIT_CORE, &core);
            const bool done =
                ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 && core.rlim_cur == 0 && core.rlim_max == 0;
            ::_exit(done ? 0 : 1);
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }

    void tellsARunningProcessFromOneThatEnded()
    {
        QVERIFY(isRunning(::getpid()));
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0)
            ::_exit(0);
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(!isRunning(child));
        QVERIFY(!isRunning(0));
    }
};

QTEST_GUILESS_MAIN(TestProcess)
#include "tst_process.moc"
