// SPDX-License-Identifier: GPL-3.0-or-later
// The grid of grants at scale, beside the same cells in Qt's own models.
#include "authservers/grantgridview.h"
#include "authservers/grantspage.h"
#include "onelogin/session.h"
#include "style/latchkeystyle.h"
#include "translations.h"
#include "ui/appfixture.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTableView>
#include <QTextStream>

#include <algorithm>
#include <malloc.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRounds = 9;
constexpr int kWidth = 230 + 30 * 76; ///< thirty columns in sight
constexpr double kFilterBar = 16;
constexpr double kPaintedBar = 33;
constexpr double kColumnBar = 100;
constexpr double kMemoryBar = 20;

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

/// Prints a figure beside its bar; false if it is missed.
bool judge(const QString &what, double value, double bar, const QString &unit, bool isMost = true)
{
    const bool holds = isMost ? value <= bar : value >= bar;
    out() << "  " << what.leftJustified(44) << QString::number(value, 'f', 2).rightJustified(9) << ' ' << unit
          << "  (at " << (isMost ? "most " : "least ") << bar << ')' << (holds ? "" : "  MISSED") << Qt::endl;
    return holds;
}

QString nameOf(int app)
{
    return u"%1-service-%2"_s.arg(app % 7 == 0 ? u"billing"_s : u"directory"_s)
        .arg(app, 6, 10, QLatin1Char('0'));
}

std::vector<Scope> makeScopes(int count)
{
    std::vector<Scope> scopes;
    for (int i = 1; i <= count; ++i)
        scopes.push_back({{i}, u"read:resource-%1"_s.arg(i), u"Read the resource"_s});
    return scopes;
}

/// Each app has about a quarter of the scopes.
ClientAppTable makeTable(int apps, int scopes)
{
    quint32 dice = 1;
    std::vector<ClientApp> loaded;
    for (int app = 1; app <= apps; ++app) {
        ClientApp each{.id = {app}, .name = nameOf(app)};
        for (int scope = 1; scope <= scopes; ++scope) {
            dice = dice * 1664525 + 1013904223;
            if (dice >> 30 == 0)
                each.scopes.insert({scope});
        }
        loaded.push_back(std::move(each));
    }
    return loaded;
}

/// Milliseconds: the median.
double median(const std::function<void(int)> &act, const std::function<void(int)> &after = {})
{
    std::vector<double> times;
    for (int round = 0; round < kRounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        act(round);
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        if (after)
            after(round);
    }
    std::ranges::sort(times);
    return times.at(times.size() / 2);
}

void paint(QWidget &window)
{
    QCoreApplication::sendPostedEvents();
    window.repaint();
}

/// Bytes on the heap that `make` leaves.
template<typename Make>
double heapOf(Make make)
{
    const auto inUse = [] {
        const struct mallinfo2 now = mallinfo2();
        return static_cast<double>(now.uordblks + now.hblkhd);
    };
    const double before = inUse();
    make();
    return inUse() - before;
}

bool measure(Session &session, int apps, int scopes)
{
    out() << apps << " client apps x " << scopes << " scopes, medians of " << kRounds << Qt::endl;
    GrantPlan plan(makeTable(apps, scopes));
    bool holds = true;
    {
        GrantGridModel model;
        model.setPlan(&plan, makeScopes(scopes));
        const double filter =
            median([&](int round) { model.setAppFilter(round % 2 ? u"billing"_s : u"directory"_s); });
        holds &= judge(u"filter step of the model"_s, filter, kFilterBar, u"ms"_s);
        model.setAppFilter({});
        const double differences = median([&](int round) {
            model.setShow(round % 2 ? GrantGridModel::Show::All : GrantGridModel::Show::Differences);
        });
        holds &= judge(u"All, Differences"_s, differences, kFilterBar, u"ms"_s);
        const double sort =
            median([&](int round) { model.sortBy(GrantGridModel::Sort::Scopes, round % 2 == 0); });
        holds &= judge(u"sort by scopes"_s, sort, kFilterBar, u"ms"_s);
    }
    GrantsPage page(session);
    page.resize(kWidth, 700);
    page.show();
    page.showPlan({.id = {1}, .name = u"Scale API"_s}, &plan, makeScopes(scopes));
    page.showAsGrid(true);
    (void)QTest::qWaitForWindowExposed(&page);
    auto *grid = page.findChild<GrantGridView *>(u"grantsGrid"_s);
    auto *filter = page.findChild<QLineEdit *>(u"filterGrantApps"_s);
    grid->setFocus();
    const auto settle = [](int) { QCoreApplication::processEvents(); };
    const double typed = median(
        [&](int round) {
            QTest::keyClick(filter, round % 2 ? Qt::Key_Backspace : Qt::Key_B);
            paint(page);
        },
        settle);
    holds &= judge(u"filter: key to painted"_s, typed, kPaintedBar, u"ms"_s);
    filter->clear();
    grid->setCurrentIndex(page.model().index(0, 0));
    const auto key = [&](const QString &what, Qt::Key code, Qt::KeyboardModifiers modifiers, double bar) {
        const double took = median(
            [&](int) {
                QTest::keyClick(grid, code, modifiers);
                paint(page);
            },
            settle);
        holds &= judge(what, took, bar, u"ms"_s);
    };
    key(u"next row: key to painted"_s, Qt::Key_Down, {}, kPaintedBar);
    key(u"Page Down: key to painted"_s, Qt::Key_PageDown, {}, kPaintedBar);
    key(u"last cell: key to painted"_s, Qt::Key_End, Qt::ControlModifier, kPaintedBar);
    key(u"toggle a cell: key to painted"_s, Qt::Key_Space, {}, kPaintedBar);
    QTest::keyClick(grid, Qt::Key_Space, Qt::ControlModifier);
    key(u"stage a whole column: key to painted"_s, Qt::Key_Space, {}, kColumnBar);
    const double undo = median(
        [&](int) {
            page.findChild<QAction *>(u"undoGrantsAction"_s)->trigger();
            paint(page);
        },
        settle);
    holds &= judge(u"undo it: action to painted"_s, undo, kColumnBar, u"ms"_s);
    QTest::keyClick(grid, Qt::Key_A, Qt::ControlModifier);
    const double all = median(
        [&](int) {
            QTest::keyClick(grid, Qt::Key_Space);
            paint(page);
        },
        settle);
    out() << "  stage every cell: key to painted              " << all << " ms" << Qt::endl;
    page.showPlan({}, nullptr, {});
    return holds;
}

/// Qt's own models with the same cells.
bool compareMemory()
{
    constexpr int apps = 5000;
    constexpr int scopes = 200;
    const double cells = double(apps) * scopes;
    out() << "Memory a cell at " << apps << " x " << scopes << ", with names, ids and heads" << Qt::endl;
    std::unique_ptr<GrantPlan> plan;
    std::unique_ptr<GrantGridModel> model;
    std::vector<Scope> heads = makeScopes(scopes);
    const double ours = heapOf([&] {
        plan = std::make_unique<GrantPlan>(makeTable(apps, scopes));
        model = std::make_unique<GrantGridModel>();
        model->setPlan(plan.get(), heads);
    });
    auto items = std::make_unique<QStandardItemModel>();
    const double qts = heapOf([&] {
        for (int row = 0; row < apps; ++row) {
            QList<QStandardItem *> cellsOfRow;
            for (int column = 0; column < scopes; ++column) {
                auto *item = new QStandardItem;
                item->setCheckable(true);
                item->setCheckState((row * 31 + column * 17) % 4 == 0 ? Qt::Checked : Qt::Unchecked);
                cellsOfRow.append(item);
            }
            items->appendRow(cellsOfRow);
            items->setVerticalHeaderItem(row, new QStandardItem(nameOf(row)));
        }
    });
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(items.get());
    QTableView view;
    view.setModel(&proxy);
    view.resize(kWidth, 700);
    view.show();
    (void)QTest::qWaitForWindowExposed(&view);
    const double toggled = median(
        [&](int round) {
            items->item(round, 0)->setCheckState(Qt::Checked);
            paint(view);
        },
        [](int) { QCoreApplication::processEvents(); });
    const double column = median([&](int round) {
        for (int row = 0; row < apps; ++row)
            items->item(row, 1)->setCheckState(round % 2 ? Qt::Checked : Qt::Unchecked);
        paint(view);
    });
    out() << "  grants " << ours / cells << " bytes, QStandardItemModel " << qts / cells << " bytes"
          << Qt::endl
          << "  QStandardItemModel: toggle to painted " << toggled << " ms, a whole column " << column
          << " ms" << Qt::endl;
    return judge(u"times less than QStandardItemModel"_s, qts / ours, kMemoryBar, u"x"_s, false);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    installTranslations(application);
    QApplication::setStyle(new LatchkeyStyle);
    AppFixture app;
    const Tenant tenant = *app.workspace->addTenant(
        {.name = u"acme"_s, .baseUrl = QUrl(u"https://acme.example.com"_s), .type = TenantType::Staging});
    Session session(tenant, app.http, app.credentials, app.clock);
    bool holds = compareMemory();
    holds &= measure(session, 5000, 200);
    holds &= measure(session, 100000, 50);
    return holds ? 0 : 1;
}
