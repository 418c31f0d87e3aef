// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/requestspage.h"

#include "models/exchangetext.h"
#include "models/tablemodel.h"
#include "style/metrics.h"
#include "widgets/exchangedetail.h"
#include "widgets/tabledelegate.h"

#include <QHeaderView>
#include <QLocale>
#include <QTableView>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostRows = 5; ///< more scroll
constexpr int kRow = 26;

QAbstractItemModel *makeModel(const std::vector<Exchange> &exchanges, QObject *parent)
{
    auto *model = new TableModel<Exchange>(
        {{.title = RequestsPage::tr("Method"),
          .text = [](const Exchange &each) { return each.method; },
          .fixedFont = true},
         {.title = RequestsPage::tr("Path"),
          .text = [](const Exchange &each) { return exchangePath(each); },
          .fixedFont = true,
          .elide = Qt::ElideMiddle},
         {.title = RequestsPage::tr("Status"),
          .text = [](const Exchange &each) { return exchangeStatus(each); },
          .glyph =
              [](const Exchange &each) {
                  return std::optional(each.isError() ? Icon::Error : Icon::Success);
              },
          .tone = [](const Exchange &each) { return each.isError() ? Tone::Danger : Tone::Ok; }},
         {.title = RequestsPage::tr("Took"),
          .text =
              [](const Exchange &each) {
                  return RequestsPage::tr("%1 ms").arg(
                      QLocale().toString(static_cast<qlonglong>(each.duration.count())));
              },
          .alignment = Qt::AlignTrailing | Qt::AlignVCenter}},
        [](const Exchange &each) { return QVariant(each.number); }, parent);
    model->setRecords(exchanges);
    return model;
}

} // namespace

RequestsPage::RequestsPage(const std::vector<Exchange> &exchanges, const PanelTools &tools, QWidget *parent)
    : QWidget(parent)
{
    auto *list = new QTableView;
    list->setObjectName(u"runRequests"_s);
    list->setAccessibleName(tr("Requests of this login"));
    list->setModel(makeModel(exchanges, list));
    prepareTable(list, kRow);
    setEdgeMargins(list, metrics::space8, metrics::space8);
    list->horizontalHeader()->hide();
    list->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    list->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    list->setFixedHeight(std::clamp(static_cast<int>(exchanges.size()), 1, kMostRows) *
                         list->verticalHeader()->defaultSectionSize());
    auto *detail = new ExchangeDetail(tools);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(list);
    column->addWidget(detail, 1);
    connect(list->selectionModel(), &QItemSelectionModel::currentRowChanged, detail,
            [detail, exchanges](const QModelIndex &current) {
                if (current.isValid())
                    detail->setExchange(exchanges[static_cast<size_t>(current.row())]);
            });
    // The last one is what the result was read from.
    if (exchanges.empty())
        detail->hide();
    else
        list->selectRow(static_cast<int>(exchanges.size()) - 1);
}

} // namespace latchkey
