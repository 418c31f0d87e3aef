// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window stands still while a large tenant streams in from the sandbox.
#include "activity/activitylog.h"
#include "authservers/addclientappdialog.h"
#include "authservers/authserverspanel.h"
#include "authservers/grantspage.h"
#include "bench/heartbeat.h"
#include "style/latchkeystyle.h"
#include "translations.h"
#include "ui/opensandbox.h"
#include "ui/testclipboard.h"
#include "widgets/label.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTableView>
#include <QTextStream>

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kLongest = std::chrono::minutes(4);

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
    if (!runUntil([&] { return list->model()->rowCount() >= apps; },
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
    TestClipboard clipboard;
    AuthServersPanel panel(*sandbox.session, clipboard);
    panel.resize(1280, 800);
    panel.showServer(u"https://api.example.com/scale"_s);
    panel.show();
    auto *page = panel.findChild<GrantsPage *>(u"grantsPage"_s);
    const int patience = static_cast<int>(std::chrono::milliseconds(kLongest).count());
    if (!runUntil([&] { return page->model().rowCount() >= apps; }, patience))
        return fail(u"only %1 client apps came"_s.arg(page->model().rowCount()));
    QTest::qWait(500);
    // Read again: what is measured is the answer, not the first painting of each icon.
    QSignalSpy shown(&page->model(), &QAbstractItemModel::modelReset);
    Heartbeat heart;
    QElapsedTimer timer;
    timer.start();
    panel.reload();
    if (!runUntil([&] { return !shown.isEmpty(); }, patience))
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
