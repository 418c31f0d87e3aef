// SPDX-License-Identifier: GPL-3.0-or-later
// The panel of API credentials with 2,000 pairs, beside a tree of the same rows made of Qt's own models.
#include "credentials/credentialspanel.h"
#include "onelogin/session.h"
#include "style/latchkeystyle.h"
#include "translations.h"
#include "ui/appfixture.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTextStream>
#include <QTreeView>

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPairs = 2000;
constexpr int kRounds = 15;
constexpr double kFrame = 16; ///< milliseconds

QString nameOf(int number)
{
    return u"%1-service-%2"_s.arg(number % 7 == 0 ? u"billing"_s : u"directory"_s).arg(number);
}

Tenant fill(Workspace &workspace)
{
    const Tenant tenant = *workspace.addTenant(
        {.name = u"acme"_s, .baseUrl = QUrl(u"https://acme.example.com"_s), .type = TenantType::Staging});
    for (int number = 0; number < kPairs; ++number) {
        (void)workspace.addCredential(
            {.tenant = tenant.id,
             .name = nameOf(number),
             .clientId = QString::number(number).rightJustified(64, u'0'),
             .level = ScopeLevel::ReadAll,
             .state = number % 5 == 0 ? CredentialState::Disabled : CredentialState::Enabled,
             .secretKey = u"latchkey/%1"_s.arg(number),
             .addedAt = QDateTime::currentDateTimeUtc()});
    }
    return tenant;
}

/// Milliseconds of the main thread until what `act` did is on screen: the median.
double median(QWidget &window, const std::function<void(int)> &act)
{
    std::vector<double> times;
    for (int round = 0; round < kRounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        act(round);
        QCoreApplication::sendPostedEvents();
        window.repaint();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        QCoreApplication::processEvents();
    }
    std::ranges::sort(times);
    return times.at(times.size() / 2);
}

double qtItself()
{
    QStandardItemModel items;
    for (int number = 0; number < kPairs; ++number) {
        QList<QStandardItem *> row;
        for (const QString &text :
             {u"Enabled"_s, nameOf(number), u"Read All"_s, u"Keychain"_s, u"None"_s, u"Never"_s})
            row.append(new QStandardItem(text));
        items.appendRow(row);
    }
    QSortFilterProxyModel filtered;
    filtered.setSourceModel(&items);
    filtered.setFilterKeyColumn(1);
    filtered.setFilterCaseSensitivity(Qt::CaseInsensitive);
    filtered.setSortLocaleAware(true);
    QTreeView view;
    view.setModel(&filtered);
    view.setUniformRowHeights(true);
    view.setSortingEnabled(true);
    view.sortByColumn(1, Qt::AscendingOrder);
    view.resize(660, 720);
    view.show();
    (void)QTest::qWaitForWindowExposed(&view);
    return median(view,
                  [&](int round) { filtered.setFilterFixedString(round % 2 ? u"billing"_s : QString()); });
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    installTranslations(application);
    QApplication::setStyle(new LatchkeyStyle);
    AppFixture app;
    const Tenant tenant = fill(*app.workspace);
    Session session(tenant, app.http, app.credentials, app.clock);
    CredentialsPanel panel(session, app.tools());
    panel.resize(1052, 720);
    panel.show();
    (void)QTest::qWaitForWindowExposed(&panel);

    auto *filter = panel.findChild<QLineEdit *>(u"credentials.filter"_s);
    auto *list = panel.findChild<QTreeView *>(u"credentials.list"_s);
    const double filtering =
        median(panel, [&](int round) { filter->setText(round % 2 ? u"billing"_s : QString()); });
    filter->clear();
    const double sorting = median(panel, [&](int round) {
        list->sortByColumn(1, round % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
    });
    const double moving = median(panel, [&](int) { QTest::keyClick(list, Qt::Key_Down); });
    const double reloading = median(panel, [&](int) { panel.reload(); });
    const double baseline = qtItself();

    QTextStream(stdout) << kPairs << " credentials, medians of " << kRounds << ", key to painted\n"
                        << "filter " << filtering << " ms, sort " << sorting << " ms, next row " << moving
                        << " ms, reload " << reloading << " ms (each at most " << kFrame << ")\n"
                        << "Qt's own models, flat and of one height, filter in " << baseline << " ms, ratio "
                        << filtering / baseline << "\n";
    return std::max({filtering, sorting, moving, reloading}) <= kFrame ? 0 : 1;
}
