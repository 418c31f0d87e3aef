// SPDX-License-Identifier: GPL-3.0-or-later
// Starts two programs in turn and compares the time until the first pixel of their window is on
// the screen, and their peak memory. The screen must be empty and black before (a bare X server):
// Qt's windows have no background of their own, so a changed pixel means that they painted.
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QPixmap>
#include <QProcess>
#include <QScreen>
#include <QTextStream>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int kRuns = 9;
constexpr double kTimeRatio = 3.0;
constexpr double kMemoryRatio = 2.5;

struct Figures
{
    QList<double> milliseconds{};
    QList<double> megabytes{};
};

bool isPainted(QScreen &screen)
{
    const QSize size = screen.size();
    const QImage middle = screen.grabWindow(0, size.width() / 2, size.height() / 2, 2, 2).toImage();
    return middle.pixelColor(0, 0).rgb() != qRgb(0, 0, 0);
}

// Waiting is polling here: the harness has nothing else to do, and the watched program is not ours to hook.
template<typename Condition>
bool waitUntil(Condition condition, int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > milliseconds)
            return false;
        QThread::usleep(500);
    }
    return true;
}

double peakMegabytes(qint64 pid)
{
    QFile status(u"/proc/%1/status"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).simplified().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

bool runOnce(QScreen &screen, const QString &program, const QStringList &arguments, Figures &figures)
{
    if (!waitUntil([&] { return !isPainted(screen); }, 5000))
        return false;
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QElapsedTimer timer;
    timer.start();
    process.start(program, arguments);
    const bool painted = waitUntil([&] { return isPainted(screen); }, 20'000);
    const double elapsed = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    QThread::msleep(1500); // what is put off until after the first frame counts toward the memory
    const double memory = peakMegabytes(process.processId());
    process.terminate();
    if (!process.waitForFinished(5000))
        process.kill();
    process.waitForFinished(5000);
    if (!painted || memory <= 0)
        return false;
    figures.milliseconds.append(elapsed);
    figures.megabytes.append(memory);
    return true;
}

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

} // namespace

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    QTextStream out(stdout);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3) {
        out << "usage: bench_startup EMPTY LATCHKEY\n";
        return 2;
    }
    QScreen &screen = *QGuiApplication::primaryScreen();
    Figures empty;
    Figures latchkey;
    for (int run = 0; run <= kRuns; ++run) {
        if (run == 1) { // the first round only warms the disk cache
            empty = {};
            latchkey = {};
        }
        if (!runOnce(screen, arguments.at(1), {}, empty) || !runOnce(screen, arguments.at(2), {}, latchkey)) {
            out << "a program did not paint its window\n";
            return 1;
        }
    }
    const double time = median(latchkey.milliseconds) / median(empty.milliseconds);
    const double memory = median(latchkey.megabytes) / median(empty.megabytes);
    out << "medians of " << kRuns << " runs: first painted window " << median(latchkey.milliseconds)
        << " ms, empty window " << median(empty.milliseconds) << " ms, ratio " << time << " (at most "
        << kTimeRatio << ")\n"
        << "peak memory " << median(latchkey.megabytes) << " MB, empty window " << median(empty.megabytes)
        << " MB, ratio " << memory << " (at most " << kMemoryRatio << ")\n";
    return time <= kTimeRatio && memory <= kMemoryRatio ? 0 : 1;
}
