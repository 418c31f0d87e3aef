// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window stands still while a large tenant streams in from the sandbox.
#include "activity/activitylog.h"
#include "authservers/addclientappdialog.h"
#include "authservers/authserverspanel.h"
#include "authservers/grantspage.h"
#include "style/latchkeystyle.h"
#include "translations.h"
#include "ui/opensandbox.h"
#include "widgets/label.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTableView>
#include <QTextStream>

#include <algorithm>
#include <time.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr double kBar = 16;
constexpr auto kLongest = std::chrono::minutes(4);

double milliseconds(clockid_t clock)
{
    struct timespec now = {};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// A heartbeat of one millisecond: what lies between two beats is the event loop being busy, or this thread
/// waiting for a core. The time that the thread itself worked tells the two apart.
class Heartbeat : public QObject
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.callOnTimeout(this, &Heartbeat::beat);
        m_timer.start(1);
        m_wall = milliseconds(CLOCK_MONOTONIC);
        m_work = milliseconds(CLOCK_THREAD_CPUTIME_ID);
    }

    double longestGap = 0;
    double longestWork = 0;
    int beats = 0;

private:
    void beat()
    {
        const double wall = milliseconds(CLOCK_MONOTONIC);
        const double work = milliseconds(CLOCK_THREAD_CPUTIME_ID);
        longestGap = std::max(longestGap, wall - m_wall);
        longestWork = std::max(longestWork, work - m_work);
        m_wall = wall;
        m_work = work;
        ++beats;
    }

    QTimer m_timer;
    double m_wall = 0;
    double m_work = 0;
};

bool report(const QString &what, const Heartbeat &heart, qint64 took)
{
    const bool holds = heart.longestWork <= kBar;
    QTextStream(stdout) << what << ": " << took << " ms, longest gap of the event loop " << heart.longestGap
                        << " ms, of which this thread worked at most " << heart.longestWork << " ms (at most "
                        << kBar << ")" << (holds ? "" : "  MISSED") << Qt::endl;
    return holds;
}

bool fail(const QString &why)
{
    QTextStream(stderr) << why << Qt::endl;
    return false;
}

/// The picker over all OIDC apps of the tenant.
bool streamApps(int apps)
{
    OpenSandbox sandbox({u"--apps"_s, QString::number(apps), u"--scopes"_s, u"1"_s});
    if (const auto opened = sandbox.open(); !opened)
        return fail(opened.error().message);
    ActivityLog activity; // as in the window: each exchange is redacted and kept
    QObject::connect(&sandbox.http, &HttpClient::exchanged, &activity, &ActivityLog::append);
    GrantPlan plan;
    GrantGridModel model;
    model.setPlan(&plan, {});
    QWidget window;
    window.resize(1280, 800);
    window.show();
    (void)QTest::qWaitForWindowExposed(&window);
    auto *dialog = new AddClientAppDialog(*sandbox.session, u"Scale API"_s, model, &window);
    dialog->open();
    const auto *list = dialog->findChild<QTableView *>(u"appPickerList"_s);
    Heartbeat heart;
    QElapsedTimer timer;
    timer.start();
    if (!QTest::qWaitFor([&] { return list->model()->rowCount() >= apps; },
                         static_cast<int>(std::chrono::milliseconds(kLongest).count())))
        return fail(u"only %1 apps came"_s.arg(list->model()->rowCount()));
    return report(u"%1 apps, page by page"_s.arg(list->model()->rowCount()), heart, timer.elapsed());
}

/// The client apps of one server, a single answer of many megabytes.
bool loadClientApps(int apps, int scopes)
{
    OpenSandbox sandbox({u"--apps"_s, QString::number(apps), u"--scopes"_s, QString::number(scopes)});
    if (const auto opened = sandbox.open(); !opened)
        return fail(opened.error().message);
    ActivityLog activity;
    QObject::connect(&sandbox.http, &HttpClient::exchanged, &activity, &ActivityLog::append);
    AuthServersPanel panel(*sandbox.session);
    panel.resize(1280, 800);
    panel.showServer(u"https://api.example.com/scale"_s);
    panel.show();
    auto *page = panel.findChild<GrantsPage *>(u"grantsPage"_s);
    const int patience = static_cast<int>(std::chrono::milliseconds(kLongest).count());
    if (!QTest::qWaitFor([&] { return page->model().rowCount() >= apps; }, patience))
        return fail(u"only %1 client apps came"_s.arg(page->model().rowCount()));
    QTest::qWait(500);
    // Read again: what is measured is the answer, not the first painting of each icon.
    QSignalSpy shown(&page->model(), &QAbstractItemModel::modelReset);
    Heartbeat heart;
    QElapsedTimer timer;
    timer.start();
    panel.reload();
    if (!QTest::qWaitFor([&] { return !shown.isEmpty(); }, patience))
        return fail(u"the client apps did not come again"_s);
    QTest::qWait(200);
    return report(u"%1 client apps with %2 scopes, one answer"_s.arg(apps).arg(scopes), heart,
                  timer.elapsed());
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    installTranslations(application);
    QApplication::setStyle(new LatchkeyStyle);
    bool holds = loadClientApps(5000, 200);
    holds &= streamApps(100000);
    return holds ? 0 : 1;
}
