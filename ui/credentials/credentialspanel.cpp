// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialspanel.h"

#include "credentials/abilitysection.h"
#include "credentials/credentialdetail.h"
#include "credentials/hygieneview.h"
#include "credentials/keychainnotice.h"
#include "credentials/tokencard.h"
#include "credentials/watchline.h"
#include "keychainstate.h"
#include "models/itemroles.h"
#include "store/workspace.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/typography.h"
#include "widgets/emptystate.h"
#include "widgets/filterfield.h"
#include "widgets/listdetailpanes.h"
#include "widgets/messagebanner.h"
#include "widgets/secretfield.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/tablecolumns.h"
#include "widgets/tabledelegate.h"
#include "widgets/ticker.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kListMinimum = 480;
constexpr int kDetailMinimum = 340;
constexpr int kDetailFirst = 376;

const QString kColumns = u"columns/credentials"_s;

/// The groups in the order of the segments; the first is all of them.
constexpr std::array<std::optional<CredentialGroup>, 4> kSegments{
    std::nullopt, CredentialGroup::NeedsAttention, CredentialGroup::Enabled, CredentialGroup::Disabled};

} // namespace

CredentialsPanel::CredentialsPanel(Session &session, const PanelTools &tools, QWidget *parent)
    : Panel(tr("API credentials"), parent)
    , m_session(session)
    , m_tools(tools)
    , m_model(session.clock())
    , m_lifecycle(session, tools, *this)
    , m_actions(session, tools, *this, m_lifecycle.watches())
    , m_interchange(session, tools, *this)
{
    setObjectName(u"credentialsPanel"_s);
    makeTools();
    makeList();
    makeHygiene();
    makeColumns();
    m_detail = new CredentialDetail(m_session, m_tools);
    m_watch = new WatchLine(m_lifecycle.watches(), session, tools);
    m_detail->addNotice(m_watch);
    connectDetail();
    m_panes = new ListDetailPanes(m_stack, m_detail, {kListMinimum, kDetailMinimum, kDetailFirst});
    setContent(m_panes);
    setFirstControl(m_list);
    makeShortcuts();

    connect(m_panes, &ListDetailPanes::onePaneChanged, m_detail, &CredentialDetail::setBackShown);
    connect(m_panes, &ListDetailPanes::detailOpened, m_detail,
            [this] { m_detail->setFocus(Qt::OtherFocusReason); });
    connect(&session.credentials(), &CredentialRegister::changed, this, [this](TenantId tenant) {
        if (tenant == m_session.tenant().id)
            reload();
    });
    connect(&session, &Session::tokenChanged, this, &CredentialsPanel::reload);
    connect(&session, &Session::workingCredentialChanged, this, &CredentialsPanel::reload);
    connect(&tools.keychain, &KeychainState::changed, m_detail, &CredentialDetail::refresh);
    connect(&tools.ticker, &Ticker::ticked, &m_model, &CredentialModel::tick);
    connectLifecycle();
    reload();
    if (!session.tenant().isBuiltIn) // whose secrets stay in memory
        new KeychainNotice(tools.keychain, *this, this);
    checkSessionSecrets();
    m_lifecycle.resume();
}

void CredentialsPanel::connectLifecycle()
{
    const auto show = [this](CredentialId id) {
        reload();
        select(id);
    };
    const auto follow = [this] { m_detail->setBusy(m_actions.isBusy() || m_lifecycle.isBusy()); };
    connect(&m_actions, &CredentialActions::touched, this, show);
    connect(&m_actions, &CredentialActions::busyChanged, this, follow);
    connect(&m_lifecycle, &CredentialLifecycle::touched, this, show);
    connect(&m_lifecycle, &CredentialLifecycle::busyChanged, this, follow);
    connect(&m_lifecycle.watches(), &CredentialWatches::changed, this, &CredentialsPanel::reload);
    m_lifecycle.follow(*m_watch);
}

void CredentialsPanel::makeMoreMenu()
{
    auto *more = makeToolButton(Icon::More, tr("More"));
    more->setObjectName(u"credentials.more"_s);
    more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(more);
    QAction *exporting =
        menu->addAction(tr("Export…"), &m_interchange, &InterchangeActions::exportCredentials);
    exporting->setObjectName(u"credentials.export"_s);
    QAction *repair =
        menu->addAction(tr("Check keychain and register…"), &m_lifecycle, &CredentialLifecycle::repair);
    repair->setObjectName(u"credentials.repair"_s);
    QWidget::addAction(repair);
    more->setMenu(menu);
    toolRow()->addWidget(more);
}

void CredentialsPanel::makeTools()
{
    auto *import = makeButton(Icon::Import, tr("Import…"));
    import->setObjectName(u"credentials.import"_s);
    addAction(import);
    m_hygieneButton = makeButton({});
    m_hygieneButton->setObjectName(u"credentials.hygiene"_s);
    m_hygieneButton->setCheckable(true);
    m_hygieneButton->setToolTip(tr("What there is to look after among the pairs"));
    addAction(m_hygieneButton);
    auto *add = makeButton(Icon::Plus, tr("New credential…"), ButtonRole::Main);
    add->setObjectName(u"credentials.new"_s);
    connect(add, &QPushButton::clicked, &m_lifecycle, &CredentialLifecycle::create);
    addAction(add);

    m_filter = new FilterField(tr("Filter by name, ID or note"));
    m_filter->setObjectName(u"credentials.filter"_s);
    m_filter->setKeyHint(QKeySequence::Find);
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(264);
    m_segments = new SegmentedControl(tr("Which credentials to show"));
    m_segments->setObjectName(u"credentials.segments"_s);
    m_segments->addSegment(tr("All"), 0);
    for (size_t i = 1; i < kSegments.size(); ++i)
        m_segments->addSegment(credentialGroupName(*kSegments[i]), 0);
    auto *refresh = makeToolButton(Icon::Refresh, tr("Reload"));
    refresh->setObjectName(u"credentials.reload"_s);
    toolRow()->addWidget(m_filter, 1);
    toolRow()->addWidget(m_segments);
    toolRow()->addStretch();
    toolRow()->addWidget(refresh);
    makeMoreMenu();
    connect(m_filter, &QLineEdit::textChanged, this, &CredentialsPanel::applyFilter);
    connect(m_segments, &SegmentedControl::currentChanged, this, &CredentialsPanel::applyFilter);
    connect(refresh, &QToolButton::clicked, this, &CredentialsPanel::reload);
    connect(import, &QPushButton::clicked, &m_interchange, &InterchangeActions::importCredentials);
    connect(&m_interchange, &InterchangeActions::imported, this, [this](CredentialId id) {
        reload();
        select(id);
    });
}

void CredentialsPanel::makeList()
{
    m_list = new QTreeView;
    m_list->setObjectName(u"credentials.list"_s);
    m_list->setAccessibleName(tr("API credentials"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new TableDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(0);
    m_list->setAllColumnsShowFocus(true);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    m_list->header()->setFixedHeight(metrics::heightFor(metrics::tableHead, m_list->fontMetrics()));
    m_list->header()->setSectionsMovable(false);
    m_list->header()->setHighlightSections(false);
    m_list->sortByColumn(CredentialModel::Name, Qt::AscendingOrder);
    m_list->setSortingEnabled(true);
    m_list->installEventFilter(this);

    auto *nothing =
        new EmptyState(Icon::Search, tr("Nothing matches"), tr("No credential matches the filter."));
    nothing->setMainButton(tr("Clear filter"))->setObjectName(u"credentials.clearFilter"_s);
    connect(nothing->findChild<QPushButton *>(u"credentials.clearFilter"_s), &QPushButton::clicked, this,
            [this] {
                m_filter->clear();
                m_segments->setCurrentIndex(0);
                applyFilter();
            });
    m_nothing = nothing;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_nothing);

    const auto restore = [this] {
        for (int group = 0; group < m_model.rowCount(); ++group)
            m_list->setFirstColumnSpanned(group, {}, true);
        m_list->expandAll();
        if (m_current)
            select(*m_current);
    };
    connect(&m_model, &QAbstractItemModel::modelReset, this, restore);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &CredentialsPanel::showSelected);
    connect(m_list, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        if (!m_model.row(index))
            m_list->setExpanded(index, !m_list->isExpanded(index));
        else
            m_panes->openDetail();
    });
    connect(m_list, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (m_model.row(index))
            m_panes->openDetail();
    });
}

void CredentialsPanel::makeHygiene()
{
    m_hygiene = new HygieneView(m_session);
    m_stack->addWidget(m_hygiene);
    connect(m_hygieneButton, &QPushButton::toggled, this, &CredentialsPanel::showHygiene);
    connect(m_hygiene, &HygieneView::pairChosen, this, &CredentialsPanel::select);
    connect(m_hygiene, &HygieneView::stepAsked, this, &CredentialsPanel::takeStep);
    connect(m_hygiene, &HygieneView::countChanged, this, &CredentialsPanel::showCounts);
    connect(m_hygiene, &HygieneView::clearFilterAsked, m_filter, &QLineEdit::clear);
    connect(m_hygiene, &HygieneView::failed, &m_actions, &CredentialActions::showError);
}

void CredentialsPanel::showHygiene(bool shown)
{
    m_segments->setVisible(!shown);
    applyFilter();
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void CredentialsPanel::takeStep(CredentialId id, HygieneStep step)
{
    const CredentialRow *row = m_model.row(id);
    if (!row)
        return;
    const ApiCredential credential = row->credential;
    switch (step) {
    case HygieneStep::Rotate:
        return m_actions.rotate(credential);
    case HygieneStep::PasteSecret:
        return m_actions.pasteSecret(credential);
    case HygieneStep::CheckLevel:
        m_panes->openDetail();
        return m_detail->abilities()->check();
    case HygieneStep::Disable:
        return m_lifecycle.disable(credential);
    case HygieneStep::Delete:
        return m_lifecycle.remove(credential);
    case HygieneStep::AddNote:
        return m_actions.edit(credential);
    }
}

void CredentialsPanel::connectDetail()
{
    const auto act = [this](auto action) {
        return [this, action] { (m_actions.*action)(m_detail->credential()); };
    };
    const auto live = [this](auto action) {
        return [this, action] { (m_lifecycle.*action)(m_detail->credential()); };
    };
    connect(m_detail, &CredentialDetail::backAsked, this, [this] {
        m_panes->closeDetail();
        m_list->setFocus(Qt::OtherFocusReason);
    });
    connect(m_detail, &CredentialDetail::disableAsked, this, live(&CredentialLifecycle::disable));
    connect(m_detail, &CredentialDetail::enableAsked, this, live(&CredentialLifecycle::enable));
    connect(m_detail, &CredentialDetail::editAsked, this, act(&CredentialActions::edit));
    connect(m_detail, &CredentialDetail::deleteAsked, this, live(&CredentialLifecycle::remove));
    connect(m_detail, &CredentialDetail::rotateAsked, this, act(&CredentialActions::rotate));
    connect(m_detail, &CredentialDetail::workAsAsked, this, live(&CredentialLifecycle::workAs));
    connect(m_detail->tokenCard(), &TokenCard::getAsked, this, act(&CredentialActions::getToken));
    connect(m_detail->tokenCard(), &TokenCard::testAsked, this, act(&CredentialActions::test));
    connect(m_detail->tokenCard(), &TokenCard::revokeAsked, this, act(&CredentialActions::revoke));
    connect(m_detail->abilities(), &AbilitySection::failed, &m_actions, &CredentialActions::showError);
    connect(m_detail->abilities(), &AbilitySection::recordAsked, this,
            [this](ScopeLevel level) { m_actions.recordLevel(m_detail->credential(), level); });
    connect(m_detail->secretField(), &SecretField::pasteRequested, this,
            act(&CredentialActions::pasteSecret));
    connect(m_detail->secretField(), &SecretField::unlockRequested, &m_tools.keychain,
            &KeychainState::unlock);
    connect(m_detail->secretField(), &SecretField::failed, &m_actions, &CredentialActions::showError);
}

void CredentialsPanel::makeShortcuts()
{
    const auto make = [this](const QString &text, const QKeySequence &keys, auto slot) {
        auto *action = new QAction(text, this);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, slot);
        QWidget::addAction(action);
        return action;
    };
    make(tr("New credential…"), QKeySequence::New, [this] { m_lifecycle.create(); });
    make(tr("Filter credentials"), QKeySequence::Find,
         [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    make(tr("Reload credentials"), QKeySequence::Refresh, [this] { reload(); });
}

void CredentialsPanel::reload()
{
    const Result<std::vector<ApiCredential>> list = m_session.credentials().list(m_session.tenant().id);
    if (!list) {
        banner()->showError(list.error());
        return;
    }
    const std::optional<ApiCredential> working = m_session.workingCredential();
    std::vector<CredentialRow> rows;
    rows.reserve(list->size());
    for (const ApiCredential &credential : *list) {
        CredentialRow row{.credential = credential};
        if (const TokenSource *source = m_session.existingTokenSource(credential.id);
            source && source->current())
            row.tokenDeadline = source->current()->deadline;
        row.isDisabling = m_lifecycle.watches().state(credential.id) != CredentialWatches::State::None;
        row.isAtWork = working && working->id == credential.id;
        rows.push_back(std::move(row));
    }
    m_model.setRows(std::move(rows));
    m_hygiene->setCredentials(*list);
    showCounts();
    showSelected();
}

void CredentialsPanel::showCounts()
{
    m_segments->setCount(0, m_model.total());
    for (size_t i = 1; i < kSegments.size(); ++i)
        m_segments->setCount(static_cast<int>(i), m_model.count(*kSegments[i]));
    m_hygieneButton->setText(m_hygiene->count() == 0 ? tr("Hygiene")
                                                     : tr("Hygiene · %1").arg(m_hygiene->count()));
    const bool none = m_model.total() == 0;
    if (none) {
        auto *empty = new EmptyState(Icon::Key, tr("No API credentials yet"),
                                     SandboxPortal::isFor(m_session.tenant())
                                         ? tr("The sandbox makes a pair here.")
                                         : tr("A pair is made in the portal and taken over from there."));
        QPushButton *add = empty->setMainButton(Icon::Plus, tr("New credential…"));
        add->setObjectName(u"credentials.empty.new"_s);
        connect(add, &QPushButton::clicked, &m_lifecycle, &CredentialLifecycle::create);
        setEmptyState(empty);
        return;
    }
    setEmptyState(nullptr);
    m_stack->setCurrentWidget(m_hygieneButton->isChecked() ? static_cast<QWidget *>(m_hygiene)
                              : m_model.rowCount() == 0    ? m_nothing
                                                           : m_list);
}

void CredentialsPanel::applyFilter()
{
    const bool hygiene = m_hygieneButton->isChecked(); // then the list behind it has every pair
    m_model.setFilter(hygiene ? std::nullopt : kSegments.at(static_cast<size_t>(m_segments->currentIndex())),
                      hygiene ? QString() : m_filter->text());
    m_hygiene->setFilter(m_filter->text());
    showCounts();
    showSelected();
}

std::optional<CredentialId> CredentialsPanel::selectedId() const
{
    const CredentialRow *row = m_model.row(m_list->currentIndex());
    return row ? std::optional(row->credential.id) : std::nullopt;
}

void CredentialsPanel::select(CredentialId id)
{
    const QModelIndex index = m_model.indexOf(id);
    if (index.isValid() && index.siblingAtColumn(0) != m_list->currentIndex().siblingAtColumn(0))
        m_list->setCurrentIndex(index);
}

void CredentialsPanel::showSelected()
{
    if (const auto id = selectedId())
        m_current = id;
    QModelIndex current = m_current ? m_model.indexOf(*m_current) : QModelIndex();
    if (!current.isValid() && m_model.rowCount() > 0) {
        const auto working = m_session.workingCredential();
        current = working ? m_model.indexOf(working->id) : QModelIndex();
        if (!current.isValid())
            current = m_model.index(0, 0, m_model.index(0, 0));
        m_current = m_model.row(current)->credential.id;
        m_list->setCurrentIndex(current);
    }
    const CredentialRow *row = m_model.row(current); // none where the filter leaves nothing
    if (row) {
        m_detail->setCredential(row->credential, row->isDisabling);
        m_watch->setCredential(row->credential);
    }
    m_panes->setHasDetail(row != nullptr);
}

void CredentialsPanel::checkSessionSecrets()
{
    // Pairs of an earlier session have lost their secret; asking makes the register note it.
    for (int group = 0; group < m_model.rowCount(); ++group) {
        const QModelIndex parent = m_model.index(group, 0);
        for (int at = 0; at < m_model.rowCount(parent); ++at) {
            const ApiCredential &credential = m_model.row(m_model.index(at, 0, parent))->credential;
            if (credential.place == SecretPlace::Session && !credential.secretMissing)
                m_session.credentials().secret(credential, then(this, [](const Result<Secret> &) {}));
        }
    }
}

void CredentialsPanel::makeColumns()
{
    const QFontMetrics text = m_list->fontMetrics();
    const auto width = [&text](const QString &widest, int extra) {
        return text.horizontalAdvance(widest) + extra;
    };
    const int fixed =
        QFontMetrics(fontFor(TextStyle::Fixed)).horizontalAdvance(shortClientId(QString(40, u'm')));
    using Model = CredentialModel;
    m_columns = new TableColumns(
        m_list->header(), Model::Name, u"name"_s,
        {{Model::State, u"state"_s, width(tr("Owner deleted"), 50), 0},
         {Model::ClientId, u"client_id"_s, fixed + 20, 5, false},
         {Model::Level, u"level"_s, width(tr("Authentication Only"), 20), 0},
         {Model::SecretAt, u"secret"_s, width(tr("Keychain"), 24), 2},
         {Model::Token, u"token"_s, width(u"14 min 12 s"_s, 20), 0},
         {Model::Used, u"used"_s, width(tr("142 days ago"), 28), 1},
         {Model::Age, u"age"_s, width(tr("142 days"), 28), 3, false},
         {Model::Note, u"note"_s, width(tr("Nightly sync, identity-platform"), 20), 4, false}});
    Workspace &workspace = m_session.credentials().workspace();
    m_columns->restore(workspace.setting(kColumns));
    connect(m_columns, &TableColumns::changed, m_columns, [columns = m_columns, &workspace] {
        (void)workspace.setSetting(kColumns, columns->saved()); // also while the panel goes
    });

    auto *choose = makeToolButton(Icon::Columns, tr("Columns"));
    choose->setObjectName(u"credentials.columns"_s);
    choose->setPopupMode(QToolButton::InstantPopup);
    choose->setMenu(m_columns->makeMenu(choose));
    toolRow()->insertWidget(toolRow()->count() - 2, choose);
    connect(m_hygieneButton, &QPushButton::toggled, choose, &QWidget::setHidden); // they are the list's
}

bool CredentialsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const CredentialRow *row = m_model.row(m_list->currentIndex());
        if (row && key->key() == Qt::Key_Delete)
            m_lifecycle.remove(row->credential);
        else if (row && key->key() == Qt::Key_F2)
            m_actions.edit(row->credential);
        else
            return Panel::eventFilter(watched, event);
        return true;
    }
    return Panel::eventFilter(watched, event);
}

} // namespace latchkey
