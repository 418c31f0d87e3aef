// SPDX-License-Identifier: GPL-3.0-or-later
#include "activity/activitypanel.h"

#include "models/itemroles.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/typography.h"
#include "widgets/confirmdialog.h"
#include "widgets/emptystate.h"
#include "widgets/exchangedetail.h"
#include "widgets/filterfield.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/listdetailpanes.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/tabledelegate.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kListMinimum = 480;
constexpr int kDetailMinimum = 360;
constexpr int kDetailFirst = 408;
constexpr int kPathMinimum = 180;

/// Paths give way at their slashes.
class ActivityDelegate final : public TableDelegate
{
public:
    using TableDelegate::TableDelegate;

protected:
    QString textFor(const QModelIndex &index, const QFontMetrics &metrics, int width) const override
    {
        const QString text = TableDelegate::textFor(index, metrics, width);
        return index.column() == ActivityModel::Path ? elidedPath(text, metrics, width) : text;
    }
};

} // namespace

ActivityPanel::ActivityPanel(ActivityLog &log, const PanelTools &tools, QWidget *parent)
    : Panel(tr("Activity"), parent)
    , m_log(log)
    , m_tools(tools)
    , m_model(log)
{
    setObjectName(u"activityPanel"_s);
    makeTools();
    makeList();
    m_detail = new ExchangeDetail(tools);
    m_panes = new ListDetailPanes(m_stack, m_detail, {kListMinimum, kDetailMinimum, kDetailFirst});
    setContent(m_panes);
    setFirstControl(m_list);
    makeShortcuts();
    connect(&m_model, &ActivityModel::countsChanged, this, &ActivityPanel::showCounts);
    connect(m_panes, &ListDetailPanes::onePaneChanged, m_detail, &ExchangeDetail::setBackShown);
    connect(m_detail, &ExchangeDetail::backAsked, this, [this] {
        m_panes->closeDetail();
        m_list->setFocus(Qt::OtherFocusReason);
    });
    showCounts();
    showSelected();
}

void ActivityPanel::makeTools()
{
    m_clear = makeButton(Icon::Trash, tr("Clear…"));
    m_clear->setObjectName(u"activity.clear"_s);
    connect(m_clear, &QPushButton::clicked, this, &ActivityPanel::clear);
    addAction(m_clear);

    m_filter = new FilterField(tr("Filter by path, status or ID"));
    m_filter->setObjectName(u"activity.filter"_s);
    m_filter->setKeyHint(QKeySequence::Find);
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(264);
    m_segments = new SegmentedControl(tr("Which exchanges to show"));
    m_segments->setObjectName(u"activity.segments"_s);
    for (const QString &text : {tr("All"), tr("Writes"), tr("Errors")})
        m_segments->addSegment(text, 0);
    toolRow()->addWidget(m_filter, 1);
    toolRow()->addWidget(m_segments);
    toolRow()->addStretch();
    toolRow()->addWidget(new Glyph(Icon::Lock, Tone::Muted, metrics::iconButton));
    auto *promise = new Label(tr("Secrets are never recorded"), TextStyle::Caption, Tone::Muted);
    promise->setElide(Label::Elide::End);
    toolRow()->addWidget(promise);
    connect(m_filter, &QLineEdit::textChanged, this, &ActivityPanel::applyFilter);
    connect(m_segments, &SegmentedControl::currentChanged, this, &ActivityPanel::applyFilter);
}

void ActivityPanel::makeList()
{
    m_list = new QTableView;
    m_list->setObjectName(u"activity.list"_s);
    m_list->setAccessibleName(tr("Exchanges, newest first"));
    prepareTable(m_list, metrics::denseRow);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new ActivityDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_list->viewport()->installEventFilter(this);

    m_new = makeButton(QString(), ButtonRole::Link, m_list);
    m_new->setObjectName(u"activity.new"_s);
    m_new->hide();
    connect(m_new, &QPushButton::clicked, this, [this] { m_list->scrollToTop(); });

    auto *none = new EmptyState(Icon::Activity, tr("No exchanges yet"),
                                tr("Every request to a tenant is listed here, without its secrets."));
    auto *nothing =
        new EmptyState(Icon::Search, tr("Nothing matches"), tr("No exchange matches the filter."));
    QPushButton *clearFilter = nothing->setMainButton(tr("Clear filter"));
    clearFilter->setObjectName(u"activity.clearFilter"_s);
    connect(clearFilter, &QPushButton::clicked, this, [this] {
        m_filter->clear();
        m_segments->setCurrentIndex(0);
        applyFilter();
    });
    auto *holder = new QWidget;
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_new);
    column->addWidget(m_list);
    m_stack = new QStackedWidget;
    m_stack->addWidget(holder);
    m_stack->addWidget(none);
    m_stack->addWidget(nothing);

    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, &ActivityPanel::followScroll);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ActivityPanel::showSelected);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        const int row = m_current ? m_model.rowOf(*m_current) : -1;
        if (row >= 0)
            m_list->selectRow(row);
    });
    for (auto signal : {&QTableView::activated, &QTableView::clicked}) {
        connect(m_list, signal, this, [this] { m_panes->openDetail(); });
    }
}

void ActivityPanel::makeShortcuts()
{
    const auto make = [this](const QString &text, const QKeySequence &keys, auto slot) {
        auto *action = new QAction(text, this);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, slot);
        QWidget::addAction(action);
    };
    make(tr("Filter exchanges"), QKeySequence::Find, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    make(tr("Copy as curl"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), [this] {
        if (m_current)
            m_detail->copyCurl();
    });
    make(tr("Clear activity…"), QKeySequence(), [this] { clear(); });
}

void ActivityPanel::applyFilter()
{
    m_model.setFilter(static_cast<ActivityModel::Kind>(m_segments->currentIndex()), m_filter->text());
    showCounts();
    showSelected();
}

void ActivityPanel::showCounts()
{
    const ActivityModel::Counts counts = m_model.counts();
    m_segments->setCount(0, counts.all);
    m_segments->setCount(1, counts.writes);
    m_segments->setCount(2, counts.errors);
    m_clear->setEnabled(counts.all > 0);
    m_new->setVisible(m_model.waiting() > 0);
    m_new->setText(tr("%1 new").arg(m_model.waiting()));
    m_stack->setCurrentIndex(counts.all == 0 ? 1 : m_model.rowCount() == 0 ? 2 : 0);
    if (!m_current && m_model.rowCount() > 0)
        m_list->selectRow(0);
    m_panes->setHasDetail(m_current.has_value());
}

void ActivityPanel::showSelected()
{
    const QModelIndex index = m_list->currentIndex();
    if (index.isValid()) {
        m_current = m_model.at(index.row()).number;
        m_detail->setExchange(m_model.at(index.row()));
    } else if (m_model.counts().all == 0) {
        m_current.reset();
    }
    m_panes->setHasDetail(m_current.has_value());
}

void ActivityPanel::followScroll()
{
    const QScrollBar *bar = m_list->verticalScrollBar();
    m_model.setHeld(bar->value() > bar->minimum());
}

void ActivityPanel::clear()
{
    auto *dialog = new ConfirmDialog(tr("Clear the activity list"), tr("Clear list"), this);
    dialog->setObjectName(u"clearDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setEffects({tr("All recorded exchanges are forgotten. It cannot be undone."),
                        tr("Nothing changes on any tenant.")});
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog] {
        dialog->accept();
        m_current.reset();
        m_log.clear();
        showSelected();
    });
    dialog->open();
}

void ActivityPanel::fitColumns()
{
    const QFontMetrics fixed(fontFor(TextStyle::Fixed));
    const QFontMetrics text = m_list->fontMetrics();
    const int time = fixed.horizontalAdvance(u"00:00:00.000"_s) + 34;
    const int method = fixed.horizontalAdvance(u"DELETE"_s) + 22;
    const int status = text.horizontalAdvance(u"000"_s) + 48;
    const int milliseconds = text.horizontalAdvance(u"60,000"_s) + 24;
    const int size = text.horizontalAdvance(u"999.9 kB"_s) + 28;
    QHeaderView *header = m_list->horizontalHeader();
    header->resizeSection(ActivityModel::Time, time);
    header->resizeSection(ActivityModel::Method, method);
    header->resizeSection(ActivityModel::Status, status);
    header->resizeSection(ActivityModel::Milliseconds, milliseconds);
    header->resizeSection(ActivityModel::Size, size);
    // Where room is short the path matters most.
    const int room = m_list->viewport()->width();
    const bool all = room - time - method - status - milliseconds - size >= kPathMinimum;
    header->setSectionHidden(ActivityModel::Milliseconds, !all);
    header->setSectionHidden(ActivityModel::Size, !all);
    const int rest = room - time - method - status - (all ? milliseconds + size : 0);
    header->resizeSection(ActivityModel::Path, std::max(80, rest));
}

bool ActivityPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    return Panel::eventFilter(watched, event);
}

} // namespace latchkey
