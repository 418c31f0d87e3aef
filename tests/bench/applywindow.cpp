// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window stands still while 2,000 staged changes are reviewed, applied and proven in it.
#include "activity/activitylog.h"
#include "authservers/authserverspanel.h"
#include "authservers/grantspage.h"
#include "authservers/reviewdialog.h"
#include "bench/heartbeat.h"
#include "style/latchkeystyle.h"
#include "translations.h"
#include "ui/opensandbox.h"
#include "ui/testclipboard.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QPushButton>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr int kChanges = 2000;
constexpr int kPatience = 120'000;

int fail(const QString &why)
{
    QTextStream(stderr) << why << Qt::endl;
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    installTranslations(application);
    QApplication::setStyle(new LatchkeyStyle);
    OpenSandbox sandbox(
        {u"--apps"_s, QString::number(kChanges), u"--scopes"_s, u"10"_s, u"--rate-limit"_s, u"0"_s});
    if (const auto opened = sandbox.open(); !opened)
        return fail(opened.error().message);
    ActivityLog activity; // as in the window: each exchange is redacted and kept
    QObject::connect(&sandbox.http, &HttpClient::exchanged, &activity, &ActivityLog::append);
    TestClipboard clipboard;
    AuthServersPanel panel(*sandbox.session, clipboard);
    panel.resize(1280, 800);
    panel.showServer(u"https://api.example.com/scale"_s);
    panel.show();
    auto *page = panel.findChild<GrantsPage *>(u"grantsPage"_s);
    if (!runUntil([&] { return page->model().rowCount() >= kChanges; }, kPatience))
        return fail(u"only %1 client apps came"_s.arg(page->model().rowCount()));

    GrantGridModel &model = page->model();
    model.toggle(QItemSelection(model.index(0, 0), model.index(kChanges - 1, 0)));
    QTest::qWait(500);
    bool holds = true;
    QElapsedTimer timer;
    {
        Heartbeat heart;
        timer.start();
        emit page->reviewRequested();
        const auto isReady = [&] {
            const auto *go = panel.findChild<QPushButton *>(u"reviewApply"_s);
            return go && go->isEnabled();
        };
        if (!runUntil(isReady, kPatience))
            return fail(u"the review did not get ready"_s);
        QTest::qWait(100);
        holds &= report(u"%1 changes, review"_s.arg(model.changeCount()), heart, timer.elapsed());
    }
    auto *dialog = panel.findChild<ReviewDialog *>();
    {
        Heartbeat heart;
        timer.start();
        panel.findChild<QPushButton *>(u"reviewApply"_s)->click();
        if (!runUntil([&] { return dialog->windowTitle().endsWith(u"stored"_s); }, kPatience))
            return fail(dialog->windowTitle());
        QTest::qWait(500);
        holds &= report(u"apply and proof: "_s + dialog->windowTitle(), heart, timer.elapsed());
    }
    return holds ? 0 : 1;
}
