// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/changespage.h"

#include "authservers/changedetail.h"
#include "authservers/changetext.h"
#include "authservers/reviewcards.h"
#include "grants/grantjournal.h"
#include "grants/reconcile.h"
#include "grants/undoplan.h"
#include "models/grantgridmodel.h"
#include "onelogin/session.h"
#include "store/workspace.h"
#include "style/metrics.h"
#include "widgets/confirmdialog.h"
#include "widgets/emptystate.h"
#include "widgets/listdetailpanes.h"
#include "widgets/messagebanner.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/tabledelegate.h"

#include <QHeaderView>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

enum Column { When, Server, Apps, Outcome };
constexpr int kListMinimum = 360;
constexpr int kDetailMinimum = 448;
constexpr int kDetailFirst = 1000; ///< all that the list leaves
constexpr int kConfirmWidth = 600;
constexpr std::chrono::milliseconds kRefreshDelay{150};

std::vector<latchkey::Column<JournalSummary>> columns(const Clock &clock)
{
    using Summary = JournalSummary;
    return {{.title = ChangesPage::tr("When"),
             .text = [&clock](const Summary &each) { return whenText(each.entry.at, clock.now()); },
             .subtitle = [](const Summary &each) { return each.entry.who; },
             .toolTip =
                 [](const Summary &each) {
                     return QLocale().toString(each.entry.at.toLocalTime(), QLocale::LongFormat);
                 }},
            {.title = ChangesPage::tr("Server"),
             .text = [](const Summary &each) { return each.entry.serverName; }},
            {.title = ChangesPage::tr("Apps"),
             .text = [](const Summary &each) { return QLocale().toString(each.total()); },
             .alignment = Qt::AlignTrailing | Qt::AlignVCenter},
            {.title = ChangesPage::tr("Outcome"),
             .text = [](const Summary &each) { return outcomeOf(each).text; },
             .glyph = [](const Summary &each) { return std::optional(outcomeOf(each).icon); },
             .tone = [](const Summary &each) { return outcomeOf(each).tone; }}};
}

std::vector<ClientApp> loadedApps(const GrantPlan &plan)
{
    std::vector<ClientApp> apps;
    for (size_t row = 0; row < static_cast<size_t>(plan.loadedCount()); ++row)
        apps.push_back({.id = plan.table().idAt(row),
                        .name = plan.table().nameAt(row),
                        .scopes = plan.scopesIn(plan.grantedAt(row))});
    return apps;
}

} // namespace

ChangesPage::ChangesPage(Session &session, GrantGridModel &grants, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_grants(grants)
    , m_entries(columns(session.clock()),
                [](const JournalSummary &each) { return QVariant(each.entry.id.value); })
{
    setObjectName(u"changesPage"_s);
    m_refreshDelay.setSingleShot(true);
    m_refreshDelay.setInterval(kRefreshDelay);
    m_detail = new ChangeDetail;
    m_panes = new ListDetailPanes(makeList(), m_detail, {kListMinimum, kDetailMinimum, kDetailFirst});
    m_panes->setStretchFactor(0, 0); // it is the detail that has much to say
    m_panes->setStretchFactor(1, 1);
    m_panes->setSizes({kListMinimum, kDetailFirst});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_panes);
    connectParts();
}

QWidget *ChangesPage::makeList()
{
    m_which = new SegmentedControl(tr("Which changes to show"));
    m_which->setObjectName(u"whichChanges"_s);
    m_which->addSegment(tr("This server"));
    m_which->addSegment(tr("All servers"));
    auto *tools = new QWidget;
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(metrics::space16, 9, metrics::space16, 9);
    row->addWidget(m_which);
    row->addStretch(1);

    m_list = new QTableView;
    m_list->setObjectName(u"changesTable"_s);
    m_list->setAccessibleName(tr("Changes"));
    m_list->setModel(&m_entries);
    prepareTable(m_list, metrics::twoLineRow);
    m_list->setColumnWidth(When, 124);
    m_list->setColumnWidth(Server, 96);
    m_list->setColumnWidth(Apps, 52);
    m_list->horizontalHeader()->setStretchLastSection(true);
    m_nothing = new EmptyState(Icon::Note, tr("No changes yet"),
                               tr("What is applied from here is written down before it is sent."));
    auto *holder = new QWidget;
    m_stack = new QStackedLayout(holder);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_nothing);

    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(tools);
    column->addWidget(holder, 1);
    list->setFocusProxy(m_list);
    setFocusProxy(m_list);
    return list;
}

void ChangesPage::connectParts()
{
    connect(&m_refreshDelay, &QTimer::timeout, this, &ChangesPage::refresh);
    connect(&journal(), &GrantJournal::changed, this, [this](TenantId tenant) {
        if (tenant == m_session.tenant().id && isVisible() && !m_refreshDelay.isActive())
            m_refreshDelay.start();
    });
    connect(&m_session, &Session::workingCredentialChanged, this, [this] { m_check.reset(); });
    connect(m_which, &SegmentedControl::currentChanged, this, &ChangesPage::refresh);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ChangesPage::showCurrent);
    connect(m_list, &QTableView::activated, m_panes, &ListDetailPanes::openDetail);
    connect(m_list, &QTableView::clicked, m_panes, &ListDetailPanes::openDetail);
    connect(m_panes, &ListDetailPanes::onePaneChanged, m_detail, &ChangeDetail::setBackShown);
    connect(m_detail, &ChangeDetail::backAsked, this, [this] {
        m_panes->closeDetail();
        m_list->setFocus(Qt::OtherFocusReason);
    });
    connect(m_detail, &ChangeDetail::undoAsked, this, [this] { stage(Direction::Undo); });
    connect(m_detail, &ChangeDetail::redoAsked, this, [this] { stage(Direction::Redo); });
    connect(m_detail, &ChangeDetail::checkAsked, this, &ChangesPage::check);
    connect(m_detail, &ChangeDetail::serverAsked, this, [this] { emit serverRequested(m_current->server); });
    connect(&m_grants, &GrantGridModel::changed, this, &ChangesPage::updateReason);
    connect(&m_grants, &QAbstractItemModel::modelReset, this, &ChangesPage::updateReason);
}

GrantJournal &ChangesPage::journal() const
{
    return m_session.credentials().workspace().grantJournal();
}

void ChangesPage::showServer(const AuthServer *server)
{
    m_server = server ? server->id : AuthServerId();
    m_serverName = server ? server->name : QString();
    if (isVisible())
        refresh();
}

void ChangesPage::setReadOnlyReason(const QString &reason)
{
    m_readOnlyReason = reason;
    updateReason();
}

void ChangesPage::showEntry(JournalEntryId id)
{
    refresh();
    if (m_entries.rowOf(id.value) < 0)
        m_which->setCurrentIndex(1);
    if (m_entries.rowOf(id.value) < 0)
        refresh();
    const int row = m_entries.rowOf(id.value);
    if (row < 0)
        return;
    m_list->setCurrentIndex(m_entries.index(row, 0));
    m_panes->openDetail();
}

void ChangesPage::undo(JournalEntryId id)
{
    showEntry(id);
    if (m_current && m_current->id == id && m_current->server == m_server && m_readOnlyReason.isEmpty())
        stage(Direction::Undo);
}

void ChangesPage::refresh()
{
    const bool all = m_which->currentIndex() == 1;
    auto summaries = journal().summaries(m_session.tenant().id,
                                         all ? JournalServers() : JournalServers(std::vector{m_server}));
    if (!summaries) {
        m_detail->banner()->showError(summaries.error());
        return;
    }
    const QVariant current = m_entries.idOf(m_list->currentIndex().row());
    m_entries.setRecords(std::move(*summaries));
    m_list->setColumnHidden(Server, !all);
    const bool isEmpty = m_entries.rowCount() == 0;
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    m_panes->setHasDetail(!isEmpty);
    const int row = std::max(0, m_entries.rowOf(current));
    if (!isEmpty && m_list->currentIndex().row() != row)
        m_list->setCurrentIndex(m_entries.index(row, 0));
    else
        showCurrent();
}

void ChangesPage::showCurrent()
{
    const JournalSummary *summary = m_entries.record(m_list->currentIndex().row());
    m_current.reset();
    if (!summary)
        return;
    Result<JournalEntry> entry = journal().entry(m_session.tenant().id, summary->entry.id);
    if (!entry) {
        m_detail->banner()->showError(entry.error());
        return;
    }
    m_current = std::move(*entry);
    m_detail->showEntry(*m_current, m_grants.scopes());
    m_detail->setOtherServer(m_current->server == m_server ? QString() : m_current->serverName);
    updateReason();
}

void ChangesPage::updateReason()
{
    QString reason = m_readOnlyReason;
    if (reason.isEmpty() && !m_grants.plan())
        reason = tr("The grants of this server are not read yet.");
    if (reason.isEmpty() && !m_grants.plan()->isEmpty())
        reason = tr("Changes are staged already. Review or discard them first.");
    m_detail->setReason(reason);
}

void ChangesPage::check()
{
    if (!m_current || m_check || !m_session.api())
        return;
    m_check = std::make_unique<QObject>();
    reconcile(journal(), AuthServersApi(*m_session.api()), *m_current,
              then(m_check.get(), [this](const Result<JournalEntry> &entry) {
                  m_check.reset();
                  if (!entry)
                      return m_detail->banner()->showError(entry.error());
                  refresh();
                  emit settled();
              }));
}

void ChangesPage::stage(Direction direction)
{
    if (!m_current || !m_grants.plan())
        return;
    const std::vector<ClientApp> apps = loadedApps(*m_grants.plan());
    const UndoPlan plan = direction == Direction::Undo ? undoPlan(*m_current, m_grants.scopes(), apps)
                                                       : redoPlan(*m_current, m_grants.scopes(), apps);
    if (!plan.changes.empty())
        return confirm(direction, plan);
    QStringList notes;
    for (const UndoNote &note : plan.notes)
        notes.append(note.text);
    m_detail->banner()->showMessage(MessageBanner::Kind::Info,
                                    direction == Direction::Undo ? tr("Nothing of this can be taken back.")
                                                                 : tr("Nothing of this can be staged."),
                                    notes.join(u' '));
}

void ChangesPage::confirm(Direction direction, const UndoPlan &plan)
{
    auto *cards = new ReviewCards;
    cards->setChanges(plan.changes, m_grants.scopes());
    auto *dialog =
        new ConfirmDialog(direction == Direction::Undo ? tr("Undo changes to %1").arg(m_serverName)
                                                       : tr("Stage changes to %1").arg(m_serverName),
                          tr("Stage %n change(s)", nullptr, cards->lineCount()), this);
    dialog->setObjectName(u"undoDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setVerbRole(ButtonRole::Main);
    dialog->setEnvironment(m_session.tenant().type);
    QStringList effects{
        tr("The changes below are staged in Grants. Nothing is sent before you have reviewed them.")};
    if (const int pending = m_grants.changeCount(); pending > 0)
        effects.append(
            tr("The %n change(s) still pending make room for them; Undo in Grants brings them back.", nullptr,
               pending));
    for (const UndoNote &note : plan.notes)
        effects.append(note.text);
    dialog->setEffects(effects);
    dialog->setMinimumWidth(kConfirmWidth);
    dialog->body()->insertWidget(1, cards);
    connect(cards, &ReviewCards::fitWanted, dialog, &DialogFrame::fit, Qt::QueuedConnection);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog, plan] {
        dialog->accept();
        putIntoPlan(plan);
    });
    dialog->open();
}

void ChangesPage::putIntoPlan(const UndoPlan &plan)
{
    m_grants.stageInstead(plan.changes);
    emit staged();
}

void ChangesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

} // namespace latchkey
