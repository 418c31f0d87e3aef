// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/runspane.h"

#include "confirmation.h"
#include "logins/rowlist.h"
#include "onelogin/session.h"
#include "store/loginstore.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/confirmdialog.h"
#include "widgets/fold.h"
#include "widgets/label.h"

#include <QComboBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

RunsPane::RunsPane(Session &session, LoginStore &store, LoginRunModel &runs, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_store(store)
    , m_runs(runs)
    , m_records(session.clock())
{
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
    m_runsPart = makeRuns();
    m_column->addWidget(m_runsPart, 1);
    m_fold = makeEarlier();
    m_column->addWidget(m_fold);
    connect(m_fold, &Fold::toggled, this, [this](bool open) {
        if (open)
            read();
        giveRoom();
    });
    connect(&m_store, &LoginStore::recordsChanged, this, [this](TenantId tenant) {
        if (tenant == m_session.tenant().id && m_fold->isOpen())
            read();
    });
    // A record is there before the run that it is of.
    connect(&m_runs, &LoginRunModel::rowsInserted, this, [this] {
        if (m_fold->isOpen())
            read();
    });
    // One choice in two lists.
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (!current.isValid() || m_isQuiet)
                    return;
                m_earlier->setCurrentIndex({});
                emit runChosen(current.row());
            });
    connect(m_earlier->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (!current.isValid() || m_isQuiet)
                    return;
                m_list->setCurrentIndex({});
                emit recordChosen(m_records.at(current.row()));
            });
}

QWidget *RunsPane::makeRuns()
{
    m_list = new RowList(2);
    m_list->setObjectName(u"loginRuns"_s);
    m_list->setAccessibleName(tr("Runs of this session"));
    m_list->setModel(&m_runs);
    auto *title = new Label(tr("Runs"), TextStyle::CaptionStrong, Tone::Muted);
    title->setContentsMargins(metrics::space20, metrics::space16, metrics::space12, metrics::space8);
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(title);
    column->addWidget(m_list, 1);
    return widget;
}

Fold *RunsPane::makeEarlier()
{
    m_earlier = new RowList(2);
    m_earlier->setObjectName(u"earlierRuns"_s);
    m_earlier->setAccessibleName(tr("Earlier runs"));
    m_earlier->setModel(&m_records);
    m_clearExpired = makeButton(tr("Clear expired"));
    m_clearExpired->setObjectName(u"clearExpired"_s);
    m_clearExpired->setToolTip(tr("Removes the runs whose tokens have all expired"));
    m_clearAll = makeButton(tr("Clear all…"));
    m_clearAll->setObjectName(u"clearHistory"_s);
    connect(m_clearExpired, &QPushButton::clicked, this, &RunsPane::clearExpired);
    connect(m_clearAll, &QPushButton::clicked, this, &RunsPane::confirmClearing);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(metrics::space20, 0, metrics::space12, metrics::space8);
    row->setSpacing(metrics::space8);
    for (QPushButton *button : {m_clearExpired, m_clearAll}) {
        setSmall(button);
        row->addWidget(button);
    }
    row->addStretch(1);
    auto *fold = new Fold(tr("Earlier"), u"earlierFold"_s);
    fold->setHeadMargins({metrics::space16, metrics::space8, 0, metrics::space4});
    fold->setCount(Fold::kUnknown);
    fold->body()->addWidget(m_earlier, 1);
    fold->body()->addLayout(row);
    return fold;
}

void RunsPane::read()
{
    const Result<std::vector<LoginRecord>> records = m_store.records(m_session.tenant().id);
    if (!records)
        return emit failed(records.error());
    std::set<qint64> shown;
    for (const LoginRun &run : m_runs.runs())
        shown.insert(run.record.value);
    const std::optional<LoginRecord> before = chosenRecord();
    m_isQuiet = true;
    m_records.setRecords(*records, shown);
    if (before)
        m_earlier->setCurrentIndex(m_records.index(m_records.rowOf(before->id)));
    m_isQuiet = false;
    m_fold->setCount(m_records.rowCount());
    giveRoom();
    m_clearExpired->setEnabled(!records->empty());
    m_clearAll->setEnabled(!records->empty());
}

// An empty history takes no more room than it says; beside a full one the runs take what they need.
void RunsPane::giveRoom()
{
    const bool isFull = m_fold->isOpen() && m_records.rowCount() > 0;
    m_earlier->setVisible(m_records.rowCount() > 0);
    m_column->setStretchFactor(m_fold, isFull ? 1 : 0);
    m_column->setStretchFactor(m_runsPart, isFull ? 0 : 1);
}

int RunsPane::chosenRow() const
{
    return m_list->currentIndex().row();
}

void RunsPane::chooseRow(int row)
{
    m_list->setCurrentIndex(m_runs.index(row));
    if (row < 0)
        m_earlier->setCurrentIndex({});
}

void RunsPane::shareChoice(QComboBox &box)
{
    connect(&box, &QComboBox::activated, this, &RunsPane::chooseRow);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, &box,
            [&box](const QModelIndex &current) { box.setCurrentIndex(current.row()); });
}

std::optional<LoginRecord> RunsPane::chosenRecord() const
{
    const int row = m_earlier->currentIndex().row();
    return row < 0 ? std::nullopt : std::optional(m_records.at(row));
}

void RunsPane::setAside()
{
    m_asideRun = chosenRow() < 0 ? 0 : m_runs.at(chosenRow()).number;
    const std::optional<LoginRecord> record = chosenRecord();
    m_asideRecord = record ? record->id : LoginRecordId();
    chooseRow(-1);
}

void RunsPane::takeBack()
{
    if (chosenRow() >= 0 || chosenRecord())
        return;
    m_isQuiet = true;
    m_list->setCurrentIndex(m_runs.index(m_runs.rowOf(m_asideRun)));
    m_earlier->setCurrentIndex(m_records.index(m_records.rowOf(m_asideRecord)));
    m_isQuiet = false;
}

void RunsPane::openEarlier()
{
    m_fold->setOpen(true);
    m_earlier->setFocus(Qt::OtherFocusReason);
}

void RunsPane::clearExpired()
{
    const Result<int> cleared =
        m_store.clearExpired(m_session.tenant().id, m_session.clock().now(), LoginStore::Expired::Runs);
    if (!cleared)
        return emit failed(cleared.error());
    emit told(*cleared == 0 ? tr("No run has expired tokens alone.")
                            : tr("%n run(s) were removed from the history.", nullptr, *cleared));
}

void RunsPane::confirmClearing()
{
    ConfirmDialog *dialog = openConfirmation(
        {.objectName = u"clearHistoryDialog"_s,
         .title = tr("Clear the history of %1").arg(m_session.tenant().name),
         .verb = tr("Clear the history"),
         .effects = {tr("Every login of this tenant is removed from the history. The runs of "
                        "this session stay in their list until the tenant is closed."),
                     tr("Profiles stay, without the result of their last run."),
                     tr("It cannot be undone. Nothing changes at the tenant.")}},
        m_session.tenant(), this);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog] {
        if (const Result<> cleared = m_store.clearRecords(m_session.tenant().id); !cleared)
            return dialog->showError(cleared.error());
        dialog->accept();
        emit told(tr("The history is empty."));
    });
}

} // namespace latchkey
