// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/authserverspanel.h"

#include "authservers/apppickerdialog.h"
#include "authservers/claimspage.h"
#include "authservers/grantspage.h"
#include "authservers/linedrow.h"
#include "authservers/reviewdialog.h"
#include "authservers/scopespage.h"
#include "authservers/serverdetailspage.h"
#include "authservers/serverlistpane.h"
#include "onelogin/apiuse.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/emptystate.h"
#include "widgets/messagebanner.h"

#include <QAction>
#include <QComboBox>
#include <QListView>
#include <QPushButton>
#include <QShowEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kReadAhead = 24; ///< servers whose counts are read before they are selected
constexpr int kNarrow = 900;
enum Tab { GrantsTab, ScopesTab, ClaimsTab, DetailsTab };

void setTabCount(QTabBar *tabs, Tab tab, const QString &title, size_t count)
{
    tabs->setTabText(tab, count == 0 ? title : textWithCount(title, static_cast<int>(count)));
}

} // namespace

AuthServersPanel::AuthServersPanel(Session &session, QWidget *parent)
    : Panel(tr("Authorization servers"), parent)
    , m_session(session)
    , m_book(session)
    , m_serverActions(session, m_book, *this)
    , m_partActions(session, m_book, *this)
    , m_fileActions(session, m_book, *this)
{
    setObjectName(u"authServersPanel"_s);
    makeFileActions();
    makeActions();
    m_listPane = new ServerListPane(m_servers, m_newServer);
    m_listPane->list()->addActions({m_newServer, m_editServer, m_deleteServer});
    makePages();
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
    setFirstControl(m_listPane->list());
    setTabOrder(m_listPane->list(), m_combo);
    setTabOrder(m_combo, m_narrowNew);
    setTabOrder(m_narrowNew, m_tabs);
    connectSession();
    connectBook();
    connectParts();
}

AuthServersPanel::~AuthServersPanel()
{
    m_grants->showPlan({}, nullptr, {}); // the plans end before the page does
}

QAction *AuthServersPanel::makeAction(Icon glyph, const QString &text, const QString &name,
                                      const QKeySequence &keys)
{
    auto *action = new QAction(icon(glyph), text, this);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    return action;
}

void AuthServersPanel::makeFileActions()
{
    m_export = makeAction(Icon::Export, tr("Export grants…"), u"exportGrantsAction"_s, {});
    m_plan = makeAction(Icon::Compare, tr("Plan from a file…"), u"planGrantsAction"_s, {});
    connect(m_export, &QAction::triggered, this, [this] { m_fileActions.exportGrants(m_selected); });
    connect(m_plan, &QAction::triggered, this, [this] {
        m_fileActions.plan(m_selected, [this](AuthServerId id) { return m_servers.pendingOf(id); });
    });
    for (QAction *action : {m_export, m_plan}) {
        auto *button = makeButton(action->text());
        button->setIcon(action->icon());
        button->setObjectName(action == m_export ? u"exportGrants"_s : u"planGrants"_s);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, [action, button] {
            button->setEnabled(action->isEnabled());
            button->setToolTip(action->toolTip());
        });
        addAction(button);
        addAction(action); // of the main menu
    }
    connect(&m_fileActions, &FileActions::planned, this, &AuthServersPanel::stage);
}

void AuthServersPanel::makeActions()
{
    QToolButton *refresh = makeToolButton(Icon::Refresh, tr("Read again"));
    refresh->setObjectName(u"reloadServers"_s);
    addAction(refresh);
    QAction *reloadAction = makeAction(Icon::Refresh, tr("Read the authorization servers again"),
                                       u"reloadServersAction"_s, Qt::Key_F5);
    addAction(reloadAction);
    connect(refresh, &QToolButton::clicked, reloadAction, &QAction::trigger);
    connect(reloadAction, &QAction::triggered, this, &AuthServersPanel::reload);

    // Their keys are those of the list, so they are the list's; the main menu finds them there.
    m_newServer = makeAction(Icon::Plus, tr("New server…"), u"newServerAction"_s, QKeySequence::New);
    m_editServer = makeAction(Icon::Note, tr("Edit server…"), u"editServerAction"_s, Qt::Key_F2);
    m_deleteServer =
        makeAction(Icon::Trash, tr("Delete server…"), u"deleteServerAction"_s, QKeySequence::Delete);
    connect(m_newServer, &QAction::triggered, &m_serverActions, &ServerActions::create);
    connect(m_editServer, &QAction::triggered, this, [this] { m_serverActions.edit(m_selected); });
    connect(m_deleteServer, &QAction::triggered, this, [this] { m_serverActions.remove(m_selected); });
}

void AuthServersPanel::makePages()
{
    m_grants = new GrantsPage(m_session);
    m_scopes = new ScopesPage;
    m_claims = new ClaimsPage;
    m_details = new ServerDetailsPage(m_editServer, m_deleteServer);
    m_details->addAction(m_newServer);
    m_pages = new QStackedWidget;
    for (QWidget *page : {static_cast<QWidget *>(m_grants), static_cast<QWidget *>(m_scopes),
                          static_cast<QWidget *>(m_claims), static_cast<QWidget *>(m_details)})
        m_pages->addWidget(page);
}

QWidget *AuthServersPanel::makeTabs()
{
    m_tabs = new QTabBar;
    m_tabs->setObjectName(u"serverTabs"_s);
    m_tabs->setAccessibleName(tr("Parts of the authorization server"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    for (const QString &title : {tr("Grants"), tr("Scopes"), tr("Claims"), tr("Details")})
        m_tabs->addTab(title);
    m_combo = new QComboBox;
    m_combo->setObjectName(u"serverCombo"_s);
    m_combo->setAccessibleName(tr("Authorization server"));
    m_combo->setModel(&m_servers);
    m_combo->setMinimumContentsLength(16);
    m_combo->addActions({m_newServer, m_editServer});
    m_combo->hide();
    QToolButton *narrowNew = makeToolButton(Icon::Plus, tr("New server"));
    narrowNew->setObjectName(u"newServerNarrow"_s);
    narrowNew->hide();
    m_narrowNew = narrowNew;
    connect(narrowNew, &QToolButton::clicked, m_newServer, &QAction::trigger);
    connect(m_newServer, &QAction::changed, narrowNew,
            [this, narrowNew] { narrowNew->setEnabled(m_newServer->isEnabled()); });

    auto *tabRow = new LinedRow;
    auto *row = new QHBoxLayout(tabRow);
    row->setContentsMargins(metrics::space20, 6, metrics::space20, 0);
    row->setSpacing(metrics::space16);
    row->addWidget(m_combo);
    row->addWidget(narrowNew);
    row->addWidget(m_tabs);
    row->addStretch(1);
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(tabRow);
    column->addWidget(m_pages, 1);
    pane->setFocusProxy(m_grants);
    connect(m_tabs, &QTabBar::currentChanged, this, [this, pane](int tab) {
        m_pages->setCurrentIndex(tab);
        pane->setFocusProxy(m_pages->widget(tab));
    });
    connect(m_combo, &QComboBox::activated, this,
            [this](int index) { select(m_servers.serverAt(index).id); });
    return pane;
}

void AuthServersPanel::connectSession()
{
    connect(&m_session.credentials(), &CredentialRegister::changed, this, [this] {
        const std::optional<ApiCredential> credential = m_session.workingCredential();
        if (m_started && credential && credential->level != m_checkedLevel)
            reload(); // another level is recorded
    });
    connect(&m_session, &Session::workingCredentialChanged, this, [this] {
        m_book.stop();
        if (m_started)
            reload();
    });
}

void AuthServersPanel::connectBook()
{
    connect(&m_book, &ServerBook::listed, this, &AuthServersPanel::takeServers);
    connect(&m_book, &ServerBook::listingFailed, this, &AuthServersPanel::failListing);
    connect(&m_book, &ServerBook::loaded, this, &AuthServersPanel::takeServer);
    connect(&m_book, &ServerBook::failed, this, &AuthServersPanel::failReading);
    connect(&m_book, &ServerBook::busyChanged, this,
            [this] { setLoading(m_book.isListing() || m_book.isReading(m_selected)); });
}

void AuthServersPanel::connectParts()
{
    connect(m_listPane, &ServerListPane::serverChosen, this, &AuthServersPanel::select);
    connect(m_listPane, &ServerListPane::filtered, this, &AuthServersPanel::markSelected);
    connect(&m_grants->model(), &GrantGridModel::changed, this, &AuthServersPanel::countPending);
    connect(m_grants, &GrantsPage::reviewRequested, this, &AuthServersPanel::openReview);
    connect(&m_serverActions, &ServerActions::changed, this, &AuthServersPanel::showServers);
    connect(&m_serverActions, &ServerActions::created, this, &AuthServersPanel::select);
    connect(&m_serverActions, &ServerActions::readingAsked, this, &AuthServersPanel::reload);
    connect(&m_partActions, &PartActions::changed, this, &AuthServersPanel::showParts);
    connect(&m_partActions, &PartActions::grantAsked, this, &AuthServersPanel::grantTo);
    connect(m_scopes, &PartsPage::addAsked, this, [this] { m_partActions.addScopes(m_selected); });
    connect(m_scopes, &PartsPage::editAsked, this,
            [this](qint64 id) { m_partActions.editScope(m_selected, {id}); });
    connect(m_scopes, &PartsPage::removeAsked, this,
            [this](qint64 id) { m_partActions.removeScope(m_selected, {id}); });
    m_scopes->addRowAction(Icon::App, tr("Grant to…"), u"grantAction"_s,
                           [this](qint64 id) { grantTo(m_selected, {ScopeId{id}}); });
    connect(m_claims, &PartsPage::addAsked, this, [this] { m_partActions.addClaim(m_selected); });
    connect(m_claims, &PartsPage::editAsked, this,
            [this](qint64 id) { m_partActions.editClaim(m_selected, {id}); });
    connect(m_claims, &PartsPage::removeAsked, this,
            [this](qint64 id) { m_partActions.removeClaim(m_selected, {id}); });
}

QString AuthServersPanel::readOnlyReason() const
{
    if (m_session.tenant().readOnly)
        return tr("%1 is read-only here. Edit tenant, in the main menu, can change that.")
            .arg(m_session.tenant().name);
    const std::optional<ApiCredential> credential = m_session.workingCredential();
    return credential ? levelReason(*credential, ApiUse::WriteAuthServers) : QString();
}

bool AuthServersPanel::checkAccess()
{
    const std::optional<ApiCredential> credential = m_session.workingCredential();
    followAccess();
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
    return true;
}

/// What may be written, and why not.
void AuthServersPanel::followAccess()
{
    const bool isReadOnly = m_session.tenant().readOnly;
    const QString reason = readOnlyReason();
    const bool mayWrite = reason.isEmpty() && m_session.api();
    const auto withLevel = [&](const QString &sentence) {
        return reason.isEmpty() || isReadOnly ? reason
                                              : sentence.arg(reason, scopeLevelName(ScopeLevel::ManageAll));
    };
    m_grants->setReadOnlyReason(
        withLevel(tr("%1 Grants are changed with the level %2.")),
        isReadOnly ? std::nullopt : ableCredential(m_session.registered(), ApiUse::WriteAuthServers));
    const QString why = withLevel(tr("%1 That takes the level %2."));
    m_scopes->setReadOnlyReason(why);
    m_claims->setReadOnlyReason(why);
    const bool hasServer = m_servers.server(m_selected) != nullptr;
    const bool mayRead = hasServer && m_session.api();
    m_export->setEnabled(mayRead);
    m_plan->setEnabled(mayRead && mayWrite);
    m_plan->setToolTip(why.isEmpty() ? m_plan->text() : why);
    for (QAction *action : {m_newServer, m_editServer, m_deleteServer}) {
        action->setEnabled(mayWrite && (action == m_newServer || hasServer));
        action->setToolTip(why.isEmpty() ? action->text() : why);
    }
}

void AuthServersPanel::reload()
{
    m_started = true;
    if (checkAccess())
        m_book.list();
}

void AuthServersPanel::takeServers()
{
    banner()->clear();
    setNote({});
    m_readAt = m_session.clock().now();
    showServers();
    if (m_servers.servers().empty())
        return;
    std::vector<AuthServerId> ahead;
    for (const AuthServer &server : m_servers.servers()) {
        if (server.id != m_selected && ahead.size() < kReadAhead)
            ahead.push_back(server.id);
    }
    m_book.read(m_selected, true);
    m_book.readAhead(ahead);
}

/// The list of the book, which is another one.
void AuthServersPanel::showServers()
{
    const int pendingBefore = m_servers.pendingTotal();
    m_servers.setServers(m_book.servers());
    forgetGone();
    if (pendingBefore != m_servers.pendingTotal())
        emit pendingChangesChanged(m_servers.pendingTotal());
    if (m_servers.servers().empty()) {
        auto *none = new EmptyState(Icon::AuthServer, tr("No authorization servers"),
                                    tr("%1 has none yet.").arg(m_session.tenant().name));
        if (m_newServer->isEnabled()) {
            QPushButton *create = none->setMainButton(Icon::Plus, m_newServer->text());
            create->setObjectName(u"newFirstServer"_s);
            connect(create, &QPushButton::clicked, m_newServer, &QAction::trigger);
        }
        setEmptyState(none);
        return;
    }
    if (!m_servers.server(m_selected)) {
        m_selected = m_servers.rowCount() > 0 ? m_servers.serverAt(0).id : m_servers.servers().front().id;
        m_book.complete(m_selected);
    }
    selectWanted();
    showSelected();
    markSelected(); // before the list can take the focus: without a current row it would take its first
    setEmptyState(nullptr);
}

// Servers that were deleted go with what was staged for them.
void AuthServersPanel::forgetGone()
{
    if (!m_servers.server(m_selected)) {
        delete m_review; // it works on the plan that goes
        m_selected = {};
        showSelected();
    }
    m_book.forgetGone();
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

void AuthServersPanel::failReading(AuthServerId id, const Error &error)
{
    if (id != m_selected)
        return;
    banner()->showError(error);
    offerAgain(banner()->addButton(tr("Try again")));
}

void AuthServersPanel::offerAgain(QPushButton *button)
{
    button->setObjectName(u"retryServers"_s);
    connect(button, &QPushButton::clicked, this, &AuthServersPanel::reload);
}

// A model that was reset has lost it.
void AuthServersPanel::markSelected()
{
    m_listPane->markSelected(m_selected);
    m_combo->setCurrentIndex(m_servers.rowOf(m_selected));
}

void AuthServersPanel::setSecrets(ProfileRegister *profiles, SandboxHints hints)
{
    m_grants->setSecrets(profiles, std::move(hints));
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
    m_book.complete(id);
}

void AuthServersPanel::takeServer(AuthServerId id)
{
    const ServerState &state = *m_book.state(id);
    m_servers.setCounts(id, {static_cast<int>(state.scopes.size()), state.plan.loadedCount()});
    if (id == m_selected)
        showSelected();
}

void AuthServersPanel::showSelected()
{
    ServerState *state = m_book.state(m_selected);
    const AuthServer *server = m_servers.server(m_selected);
    if (server && state && state->isLoaded)
        m_grants->showPlan(*server, &state->plan, state->scopes);
    else
        m_grants->showPlan({}, nullptr, {});
    const size_t scopes = m_scopes->showScopes(m_book, m_selected);
    setTabCount(m_tabs, ScopesTab, tr("Scopes"), scopes);
    const size_t claims = m_claims->showClaims(m_book, m_selected);
    setTabCount(m_tabs, ClaimsTab, tr("Claims"), claims);
    m_details->showServer(server ? m_book.bestKnown(m_selected) : nullptr, state && state->isWhole);
    followAccess();
}

void AuthServersPanel::showParts(AuthServerId id)
{
    if (m_book.state(id))
        takeServer(id);
}

/// New scopes are staged like any other: the review sends them.
void AuthServersPanel::grantTo(AuthServerId server, const ScopeSet &scopes)
{
    const ServerState *state = m_book.state(server);
    if (!state || scopes.empty() || server != m_selected)
        return;
    const auto known = std::find_if(state->scopes.begin(), state->scopes.end(),
                                    [&](const Scope &each) { return each.id == *scopes.begin(); });
    const QString what = scopes.size() == 1 && known != state->scopes.end()
                             ? known->value
                             : tr("%n scope(s)", nullptr, static_cast<int>(scopes.size()));
    auto *dialog = new AppPickerDialog(tr("Grant %1 to").arg(what), tr("Stage grants"), true, this);
    dialog->setObjectName(u"grantNewDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setSubtitle(tr("The grants are staged; nothing is sent before the review."));
    std::vector<PickableApp> apps;
    for (size_t row = 0; row < state->plan.rowCount(); ++row) {
        if (!state->plan.isListed(row) || state->plan.isRemovedAt(row))
            continue;
        const AppId app = state->plan.table().idAt(row);
        const ScopeSet wanted = state->plan.wanted(app);
        const bool has = std::includes(wanted.begin(), wanted.end(), scopes.begin(), scopes.end());
        apps.push_back({app, state->plan.table().nameAt(row), tr("App ID %1").arg(app.value),
                        has ? tr("Has it") : QString()});
    }
    dialog->append(apps);
    dialog->setComplete();
    connect(dialog, &AppPickerDialog::picked, this, [this, scopes](const auto &picked) {
        std::map<AppId, ScopeSet> edits;
        for (const auto &[app, name] : picked) {
            ScopeSet wanted = m_grants->model().plan()->wanted(app);
            wanted.insert(scopes.begin(), scopes.end());
            edits.emplace(app, std::move(wanted));
        }
        m_grants->model().setWanted(edits);
        m_tabs->setCurrentIndex(GrantsTab);
    });
    dialog->open();
}

/// What a file plans, instead of what is staged: it is reviewed like anything else.
void AuthServersPanel::stage(AuthServerId server, const std::vector<GrantChange> &changes)
{
    select(server);
    m_tabs->setCurrentIndex(GrantsTab);
    if (!m_grants->model().plan())
        return;
    GrantGridModel &grid = m_grants->model();
    grid.discard();
    std::vector<std::pair<AppId, QString>> added;
    std::map<AppId, ScopeSet> wanted;
    for (const GrantChange &change : changes) {
        if (change.action == GrantAction::AddClientApp)
            added.emplace_back(change.app, change.appName);
        if (change.action != GrantAction::RemoveClientApp)
            wanted.emplace(change.app, change.after);
    }
    grid.addApps(added);
    grid.setWanted(wanted);
    for (const GrantChange &change : changes) {
        if (change.action == GrantAction::RemoveClientApp)
            grid.removeApp(change.app);
    }
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
    ServerState *state = m_book.state(m_selected);
    if (!state || state->plan.isEmpty() || !readOnlyReason().isEmpty())
        return;
    auto *dialog =
        new ReviewDialog(m_session, *m_book.bestKnown(m_selected), state->scopes, state->plan, this);
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
    for (const ReviewLine &line : reviewLines(change.change, m_book.state(m_selected)->scopes)) {
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
    m_grants->model().refresh();
    for (const AppliedChange &change : changes)
        markProgress(change);
    takeServer(m_selected);
}

void AuthServersPanel::updateLayout()
{
    const bool narrow = width() < kNarrow;
    m_listPane->setVisible(!narrow);
    m_combo->setVisible(narrow);
    m_narrowNew->setVisible(narrow);
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
