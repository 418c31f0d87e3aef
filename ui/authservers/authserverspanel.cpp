// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/authserverspanel.h"

#include "authservers/changespage.h"
#include "authservers/grantspage.h"
#include "authservers/interruptedchanges.h"
#include "authservers/reviewdialog.h"
#include "onelogin/apiuse.h"
#include "onelogin/authserversapi.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/filterfield.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/scrolled.h"
#include "widgets/tabledelegate.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QShowEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kReadAtOnce = 2;
constexpr size_t kReadAhead = 24; ///< servers whose counts are read before they are selected
constexpr int kNarrow = 900;
enum Tab { GrantsTab, ScopesTab, DetailsTab, ChangesTab };

QString minutesText(const std::optional<std::chrono::minutes> &minutes)
{
    return minutes ? AuthServersPanel::tr("%n minute(s)", nullptr, static_cast<int>(minutes->count()))
                   : AuthServersPanel::tr("Not stated");
}

/// A row with a line below it.
class LinedRow final : public QWidget
{
protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(QRect(0, height() - 1, width(), 1), themeFor(palette()).line);
    }
};

} // namespace

/// One server being read: its scopes, its client apps, and its details where they are wanted.
class AuthServersPanel::Reading : public QObject
{
public:
    AuthServerId id{};
    std::optional<std::vector<Scope>> scopes;
    std::optional<std::vector<ClientApp>> apps;
    std::optional<AuthServer> details;
    bool wantsDetails = false;

    bool isComplete() const { return scopes && apps && (!wantsDetails || details); }
};

AuthServersPanel::AuthServersPanel(Session &session, QWidget *parent)
    : Panel(tr("Authorization servers"), parent)
    , m_session(session)
    , m_scopeTable(
          {{.title = tr("Scope"),
            .text = [](const ScopeUse &use) { return use.scope.value; },
            .fixedFont = true},
           {.title = tr("Description"), .text = [](const ScopeUse &use) { return use.scope.description; }},
           {.title = tr("Used by"),
            .text = [](const ScopeUse &use) { return tr("%n app(s)", nullptr, use.apps); },
            .sortKey = [](const ScopeUse &use) { return QVariant(use.apps); },
            .textTone = [](const ScopeUse &use) { return use.apps == 0 ? Tone::Muted : Tone::Normal; }}},
          [](const ScopeUse &use) { return QVariant(use.scope.id.value); })
{
    setObjectName(u"authServersPanel"_s);
    QToolButton *refresh = makeToolButton(Icon::Refresh, tr("Read again"));
    refresh->setObjectName(u"reloadServers"_s);
    addAction(refresh);
    auto *reloadAction = new QAction(tr("Read the authorization servers again"), this);
    reloadAction->setObjectName(u"reloadServersAction"_s);
    reloadAction->setShortcut(QKeySequence(Qt::Key_F5));
    reloadAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(reloadAction);
    connect(refresh, &QToolButton::clicked, reloadAction, &QAction::trigger);
    connect(reloadAction, &QAction::triggered, this, &AuthServersPanel::reload);

    m_listPane = makeServerList();
    auto *splitter = new QSplitter;
    splitter->setObjectName(u"authServersSplitter"_s);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_listPane);
    splitter->addWidget(makeTabs());
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({208, 1000});
    setContent(splitter);
    setFirstControl(m_list);
    setTabOrder(m_list, m_combo);
    setTabOrder(m_combo, m_tabs);

    connect(&session.credentials(), &CredentialRegister::changed, this, [this] {
        const std::optional<ApiCredential> credential = m_session.workingCredential();
        if (m_started && credential && credential->level != m_checkedLevel)
            reload(); // another level is recorded
    });
    connect(&session, &Session::workingCredentialChanged, this, [this] {
        m_listing.reset();
        m_detailing.reset();
        m_readings.clear();
        if (m_started)
            reload();
    });
}

AuthServersPanel::~AuthServersPanel()
{
    m_grants->showPlan({}, nullptr, {}); // the plans end before the page does
}

QWidget *AuthServersPanel::makeServerList()
{
    auto *filter = new FilterField(tr("Filter servers"));
    filter->setObjectName(u"filterServers"_s);
    filter->setAccessibleName(tr("Filter authorization servers"));
    m_list = new QListView;
    m_list->setObjectName(u"serverList"_s);
    m_list->setAccessibleName(tr("Authorization servers"));
    m_list->setModel(&m_servers);
    prepareList(m_list);

    auto *pane = new QWidget;
    pane->setMinimumWidth(180);
    auto *headRow = new LinedRow;
    auto *head = new QVBoxLayout(headRow);
    head->setContentsMargins(metrics::space16, 10, metrics::space12, 10);
    head->addWidget(filter);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(headRow);
    column->addWidget(m_list, 1);

    connect(filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_servers.setFilter(text);
        markSelected();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    select(m_servers.serverAt(current.row()).id);
            });
    return pane;
}

QWidget *AuthServersPanel::makeTabs()
{
    m_tabs = new QTabBar;
    m_tabs->setObjectName(u"serverTabs"_s);
    m_tabs->setAccessibleName(tr("Parts of the authorization server"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->addTab(tr("Grants"));
    m_tabs->addTab(tr("Scopes"));
    m_tabs->addTab(tr("Details"));
    m_tabs->addTab(tr("Changes"));
    m_combo = new QComboBox;
    m_combo->setObjectName(u"serverCombo"_s);
    m_combo->setAccessibleName(tr("Authorization server"));
    m_combo->setModel(&m_servers);
    m_combo->setMinimumContentsLength(16);
    m_combo->hide();
    m_grants = new GrantsPage(m_session);
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_grants);
    m_pages->addWidget(makeScopesTab());
    m_pages->addWidget(makeDetailsTab());
    m_changes = new ChangesPage(m_session, m_grants->model());
    m_pages->addWidget(m_changes);
    m_interrupted = new InterruptedChanges(m_session);

    auto *tabRow = new LinedRow;
    auto *row = new QHBoxLayout(tabRow);
    row->setContentsMargins(metrics::space20, 6, metrics::space20, 0);
    row->setSpacing(metrics::space16);
    row->addWidget(m_combo);
    row->addWidget(m_tabs);
    row->addStretch(1);
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_interrupted);
    column->addWidget(tabRow);
    column->addWidget(m_pages, 1);
    pane->setFocusProxy(m_grants);

    connect(m_tabs, &QTabBar::currentChanged, this, [this, pane](int tab) {
        m_pages->setCurrentIndex(tab);
        pane->setFocusProxy(m_pages->widget(tab));
    });
    connect(m_combo, &QComboBox::activated, this,
            [this](int index) { select(m_servers.serverAt(index).id); });
    connect(&m_grants->model(), &GrantGridModel::changed, this, &AuthServersPanel::countPending);
    connect(m_grants, &GrantsPage::reviewRequested, this, &AuthServersPanel::openReview);
    connectChanges();
    return pane;
}

void AuthServersPanel::connectChanges()
{
    connect(m_changes, &ChangesPage::staged, m_tabs, [this] { m_tabs->setCurrentIndex(GrantsTab); });
    connect(m_changes, &ChangesPage::serverRequested, this, &AuthServersPanel::select);
    connect(m_changes, &ChangesPage::settled, this, &AuthServersPanel::reload);
    connect(m_changes, &ChangesPage::settled, m_interrupted, &InterruptedChanges::look);
    connect(m_interrupted, &InterruptedChanges::settled, this, &AuthServersPanel::reload);
    connect(m_interrupted, &InterruptedChanges::showAsked, this, [this](JournalEntryId id) {
        m_tabs->setCurrentIndex(ChangesTab);
        m_changes->showEntry(id);
    });
}

QWidget *AuthServersPanel::makeScopesTab()
{
    m_scopesView = new QTableView;
    m_scopesView->setObjectName(u"scopesTable"_s);
    m_scopesView->setAccessibleName(tr("Scopes"));
    m_scopesView->setModel(&m_scopeTable);
    prepareTable(m_scopesView, metrics::row);
    m_scopesView->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_scopesView->setColumnWidth(0, 220);
    return m_scopesView;
}

QWidget *AuthServersPanel::makeDetailsTab()
{
    m_facts = new FactList;
    m_facts->setObjectName(u"serverFacts"_s);
    auto *holder = new QWidget;
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(metrics::space20, metrics::space16, metrics::space20, metrics::space16);
    column->addWidget(m_facts);
    column->addStretch(1);
    return scrolled(holder);
}

QString AuthServersPanel::readOnlyReason() const
{
    if (m_session.tenant().readOnly)
        return tr("%1 is read-only here. Edit tenant, in the main menu, can change that.")
            .arg(m_session.tenant().name);
    const std::optional<ApiCredential> credential = m_session.workingCredential();
    const QString reason = credential ? levelReason(*credential, ApiUse::WriteAuthServers) : QString();
    return reason.isEmpty() ? reason
                            : tr("%1 Grants are changed with the level %2.")
                                  .arg(reason, scopeLevelName(ScopeLevel::ManageAll));
}

bool AuthServersPanel::checkAccess()
{
    const std::optional<ApiCredential> credential = m_session.workingCredential();
    if (!credential || !m_session.api()) {
        setEmptyState(
            new EmptyState(Icon::Key, tr("No API credential is enabled"),
                           tr("Authorization servers are read with an API credential of the level %1. "
                              "Add one under API credentials.")
                               .arg(scopeLevelName(ScopeLevel::ManageAll))));
        return false;
    }
    m_checkedLevel = credential->level;
    if (const QString reason = levelReason(*credential, ApiUse::ReadAuthServers); !reason.isEmpty()) {
        auto *locked = new EmptyState(
            Icon::Lock, tr("This needs the level %1").arg(scopeLevelName(ScopeLevel::ManageAll)), reason);
        if (const auto able = ableCredential(m_session.registered(), ApiUse::ReadAuthServers)) {
            QPushButton *workAs = locked->setMainButton(tr("Work as %1").arg(able->name));
            workAs->setObjectName(u"workAsAble"_s);
            connect(
                workAs, &QPushButton::clicked, this, [this, id = able->id] { m_session.workAs(id); },
                Qt::QueuedConnection);
        }
        setEmptyState(locked);
        return false;
    }
    m_changes->setReadOnlyReason(readOnlyReason());
    m_grants->setReadOnlyReason(readOnlyReason(),
                                m_session.tenant().readOnly
                                    ? std::nullopt
                                    : ableCredential(m_session.registered(), ApiUse::WriteAuthServers));
    return true;
}

void AuthServersPanel::reload()
{
    m_started = true;
    if (!checkAccess())
        return;
    m_queue.clear();
    m_readings.clear();
    m_listing = std::make_unique<QObject>();
    updateBusy();
    AuthServersApi(*m_session.api())
        .list(then(m_listing.get(), [this](Result<std::vector<AuthServer>> servers) {
            m_listing.reset();
            if (servers)
                takeServers(std::move(*servers));
            else
                failListing(servers.error());
            updateBusy();
        }));
}

void AuthServersPanel::takeServers(std::vector<AuthServer> servers)
{
    banner()->clear();
    setNote({});
    m_readAt = m_session.clock().now();
    const int pendingBefore = m_servers.pendingTotal();
    m_servers.setServers(std::move(servers));
    forgetGone();
    if (pendingBefore != m_servers.pendingTotal())
        emit pendingChangesChanged(m_servers.pendingTotal());
    if (m_servers.servers().empty()) {
        setEmptyState(new EmptyState(Icon::AuthServer, tr("No authorization servers"),
                                     tr("%1 has none yet.").arg(m_session.tenant().name)));
        return;
    }
    if (!m_servers.server(m_selected)) {
        m_selected = m_servers.rowCount() > 0 ? m_servers.serverAt(0).id : m_servers.servers().front().id;
        showSelected();
    }
    selectWanted();
    markSelected(); // before the list can take the focus: without a current row it would take its first
    setEmptyState(nullptr);
    for (size_t i = 0; i < std::min(kReadAhead, m_servers.servers().size()); ++i)
        m_queue.push_back(m_servers.servers()[i].id);
    read(m_selected, true);
    pump();
}

// Servers that were deleted elsewhere go with what was staged for them.
void AuthServersPanel::forgetGone()
{
    m_detailing.reset();
    if (!m_servers.server(m_selected)) {
        delete m_review; // it works on the plan that goes
        m_selected = {};
        showSelected();
    }
    std::erase_if(m_states, [this](const auto &entry) { return !m_servers.server(entry.first); });
}

void AuthServersPanel::failListing(const Error &error)
{
    if (error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Forbidden) {
        auto *state = new EmptyState(Icon::Lock, tr("The tenant refused"),
                                     tr("%1 Authorization servers need the level %2.")
                                         .arg(error.message, scopeLevelName(ScopeLevel::ManageAll)));
        offerAgain(state->setMainButton(tr("Try again")));
        setEmptyState(state);
        return;
    }
    if (m_servers.servers().empty()) {
        auto *state =
            new EmptyState(Icon::Error, tr("The authorization servers could not be read"), error.message);
        offerAgain(state->setMainButton(tr("Try again")));
        setEmptyState(state);
        return;
    }
    banner()->showError(error);
    offerAgain(banner()->addButton(tr("Try again")));
    setNote(tr("As of %1").arg(QLocale().toString(m_readAt.toLocalTime().time(), QLocale::ShortFormat)));
}

void AuthServersPanel::offerAgain(QPushButton *button)
{
    button->setObjectName(u"retryServers"_s);
    connect(button, &QPushButton::clicked, this, &AuthServersPanel::reload);
}

// A model that was reset has lost it.
void AuthServersPanel::markSelected()
{
    const int row = m_servers.rowOf(m_selected);
    if (row >= 0 && m_list->currentIndex().row() != row)
        m_list->setCurrentIndex(m_servers.index(row));
    m_combo->setCurrentIndex(row);
}

void AuthServersPanel::showServer(const QString &resource)
{
    m_wanted = resource;
    selectWanted();
}

void AuthServersPanel::selectWanted()
{
    const auto &servers = m_servers.servers();
    const auto found = std::find_if(servers.begin(), servers.end(), [this](const AuthServer &each) {
        return !m_wanted.isEmpty() && each.resourceIdentifier == m_wanted;
    });
    if (found == servers.end())
        return;
    m_wanted.clear();
    select(found->id);
}

void AuthServersPanel::select(AuthServerId id)
{
    if (id == m_selected)
        return;
    m_selected = id;
    markSelected();
    showSelected();
    const ServerState &state = m_states[id];
    if (!state.isLoaded)
        read(id, true);
    else if (!state.hasDetails)
        readDetails(id);
}

void AuthServersPanel::read(AuthServerId id, bool details)
{
    if (!m_session.api())
        return;
    std::erase(m_queue, id);
    auto &reading = m_readings[id] = std::make_unique<Reading>();
    reading->id = id;
    reading->wantsDetails = details;
    updateBusy();
    Reading *context = reading.get();
    const auto into = [this, context](auto member) {
        return [this, context, member](auto result) {
            if (!result)
                return readFailed(context->id, result.error());
            context->*member = std::move(*result);
            readDone(*context);
        };
    };
    const AuthServersApi api(*m_session.api());
    api.scopes(id, Continuation<std::vector<Scope>>(context, into(&Reading::scopes)));
    api.clientApps(id, Continuation<std::vector<ClientApp>>(context, into(&Reading::apps)));
    if (details)
        api.get(id, Continuation<AuthServer>(context, into(&Reading::details)));
}

// What is shown already is not read again: that would end its undo history.
void AuthServersPanel::readDetails(AuthServerId id)
{
    m_detailing = std::make_unique<QObject>();
    AuthServersApi(*m_session.api()).get(id, then(m_detailing.get(), [this, id](Result<AuthServer> server) {
                                             if (!server)
                                                 return readFailed(id, server.error());
                                             m_states[id].server = std::move(*server);
                                             m_states[id].hasDetails = true;
                                             if (id == m_selected)
                                                 showDetails();
                                         }));
}

void AuthServersPanel::readDone(Reading &reading)
{
    if (!reading.isComplete())
        return;
    const AuthServerId id = reading.id;
    ServerState &state = m_states[id];
    m_servers.setCounts(id,
                        {static_cast<int>(reading.scopes->size()), static_cast<int>(reading.apps->size())});
    state.scopes = std::move(*reading.scopes);
    state.plan.rebase(std::move(*reading.apps));
    state.isLoaded = true;
    if (reading.details) {
        state.server = *reading.details;
        state.hasDetails = true;
    }
    m_readings.erase(id);
    if (id == m_selected)
        showSelected();
    pump();
    updateBusy();
}

void AuthServersPanel::readFailed(AuthServerId id, const Error &error)
{
    m_readings.erase(id);
    if (id == m_selected) {
        banner()->showError(error);
        offerAgain(banner()->addButton(tr("Try again")));
    }
    pump();
    updateBusy();
}

void AuthServersPanel::pump()
{
    while (!m_queue.empty() && m_readings.size() < kReadAtOnce) {
        const AuthServerId id = m_queue.front();
        m_queue.pop_front();
        if (!m_readings.contains(id))
            read(id, false);
    }
}

void AuthServersPanel::showSelected()
{
    const auto state = m_states.find(m_selected);
    const AuthServer *server = m_servers.server(m_selected);
    if (server && state != m_states.end() && state->second.isLoaded)
        m_grants->showPlan(server->name, &state->second.plan, state->second.scopes);
    else
        m_grants->showPlan({}, nullptr, {});
    m_changes->showServer(server);
    showScopes();
    showDetails();
}

void AuthServersPanel::showScopes()
{
    const auto state = m_states.find(m_selected);
    std::vector<ScopeUse> uses;
    if (state != m_states.end()) {
        for (const Scope &scope : state->second.scopes) {
            const std::vector<ClientApp> &apps = state->second.plan.apps();
            uses.push_back(
                {scope, static_cast<int>(std::count_if(apps.begin(), apps.end(), [&](const ClientApp &app) {
                     return state->second.plan.granted(app.id).contains(scope.id);
                 }))});
        }
    }
    m_tabs->setTabText(ScopesTab, uses.empty() ? tr("Scopes")
                                               : textWithCount(tr("Scopes"), static_cast<int>(uses.size())));
    m_scopeTable.setRecords(std::move(uses));
}

void AuthServersPanel::showDetails()
{
    m_facts->clear();
    const AuthServer *listed = m_servers.server(m_selected);
    if (!listed)
        return;
    const auto state = m_states.find(m_selected);
    const AuthServer &server =
        state != m_states.end() && state->second.hasDetails ? state->second.server : *listed;
    m_facts->addFact(tr("Name"), server.name);
    m_facts->addFact(tr("Resource identifier"), new Label(server.resourceIdentifier, TextStyle::Fixed));
    m_facts->addFact(tr("Description"), server.description.isEmpty() ? tr("None") : server.description);
    m_facts->addFact(tr("Audiences"), server.audiences.isEmpty()
                                          ? new Label(tr("None"))
                                          : new Label(server.audiences.join(u'\n'), TextStyle::Fixed));
    m_facts->addFact(tr("Access token"), minutesText(server.accessTokenLifetime));
    m_facts->addFact(tr("Refresh token"), minutesText(server.refreshTokenLifetime));
    m_facts->addFact(tr("Server ID"), new Label(server.id.toString(), TextStyle::Fixed));
}

void AuthServersPanel::countPending()
{
    if (!m_grants->model().plan())
        return;
    const int before = m_servers.pendingTotal();
    m_servers.setPending(m_selected, m_grants->model().changeCount());
    if (before != m_servers.pendingTotal())
        emit pendingChangesChanged(m_servers.pendingTotal());
}

void AuthServersPanel::openReview()
{
    const auto state = m_states.find(m_selected);
    if (state == m_states.end() || state->second.plan.isEmpty() || !readOnlyReason().isEmpty())
        return;
    AuthServer server = state->second.hasDetails ? state->second.server : *m_servers.server(m_selected);
    auto *dialog =
        new ReviewDialog(m_session, std::move(server), state->second.scopes, state->second.plan, this);
    m_review = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReviewDialog::planRebased, &m_grants->model(), &GrantGridModel::refresh);
    connect(dialog, &ReviewDialog::progressed, this, &AuthServersPanel::markProgress);
    connect(dialog, &ReviewDialog::applied, this, &AuthServersPanel::takeOutcome);
    dialog->open();
}

void AuthServersPanel::markProgress(const AppliedChange &change)
{
    const bool sending = change.state == ApplyState::Sending || change.state == ApplyState::ReadingBack;
    const auto &scopes = m_states.at(m_selected).scopes;
    for (const ReviewLine &line : reviewLines(change.change, scopes)) {
        if (!line.scope)
            continue;
        const bool failed = change.state == ApplyState::NotStored && !isStored(line, change);
        m_grants->model().setMark(change.change.app, line.scope->id,
                                  sending  ? CellMark::Sending
                                  : failed ? CellMark::NotStored
                                           : CellMark::None);
    }
}

void AuthServersPanel::takeOutcome(const std::vector<AppliedChange> &changes)
{
    ServerState &state = m_states.at(m_selected);
    m_grants->model().refresh();
    m_interrupted->look(); // what could not be read back
    for (const AppliedChange &change : changes)
        markProgress(change);
    const auto apps = std::count_if(state.plan.apps().begin(), state.plan.apps().end(),
                                    [&](const ClientApp &app) { return !state.plan.isAdded(app.id); });
    m_servers.setCounts(m_selected, {static_cast<int>(state.scopes.size()), static_cast<int>(apps)});
    showScopes();
}

void AuthServersPanel::updateBusy()
{
    setLoading(m_listing || m_readings.contains(m_selected));
}

void AuthServersPanel::updateLayout()
{
    const bool narrow = width() < kNarrow;
    m_listPane->setVisible(!narrow);
    m_combo->setVisible(narrow);
}

void AuthServersPanel::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    if (!m_started)
        reload();
}

void AuthServersPanel::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    updateLayout();
}

} // namespace latchkey
