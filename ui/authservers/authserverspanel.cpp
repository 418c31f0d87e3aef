// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/authserverspanel.h"

#include "authservers/changespage.h"
#include "authservers/claimspage.h"
#include "authservers/grantpicker.h"
#include "authservers/grantspage.h"
#include "authservers/interruptedchanges.h"
#include "authservers/reviewdialog.h"
#include "authservers/scopespage.h"
#include "authservers/serverdetailspage.h"
#include "authservers/serverlistpane.h"
#include "authservers/serverstates.h"
#include "authservers/servertabs.h"
#include "onelogin/apiuse.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "widgets/emptystate.h"
#include "widgets/messagebanner.h"

#include <QAction>
#include <QComboBox>
#include <QListView>
#include <QPushButton>
#include <QShowEvent>
#include <QSplitter>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kReadAhead = 24; ///< servers whose counts are read before they are selected
constexpr int kNarrow = 900;

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
    splitter->addWidget(m_tabs);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({208, 1000});
    setContent(splitter);
    setFirstControl(m_listPane->list());
    setTabOrder(m_listPane->list(), m_tabs->combo());
    connectSession();
    connectBook();
    connectParts();
    connectChanges();
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
    m_newServer = makeAction(Icon::Plus, tr("New server…"), u"newServerAction"_s,
                             QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
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
    m_tabs = new ServerTabs(m_servers, m_newServer);
    m_tabs->combo()->addActions({m_newServer, m_editServer});
    m_tabs->addPage(tr("Grants"), m_grants);
    m_tabs->addPage(tr("Scopes"), m_scopes);
    m_tabs->addPage(tr("Claims"), m_claims);
    m_tabs->addPage(tr("Details"), m_details);
    m_changes = new ChangesPage(m_session, m_grants->model());
    m_tabs->addPage(tr("Changes"), m_changes);
    m_interrupted = new InterruptedChanges(m_session);
    m_tabs->addNotice(m_interrupted);
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
    connect(m_tabs, &ServerTabs::serverChosen, this, &AuthServersPanel::select);
    connect(m_listPane, &ServerListPane::filtered, this, &AuthServersPanel::markSelected);
    connect(&m_grants->model(), &GrantGridModel::changed, this, &AuthServersPanel::countPending);
    connect(m_grants, &GrantsPage::reviewRequested, this, &AuthServersPanel::openReview);
    connect(&m_serverActions, &ServerActions::changed, this, &AuthServersPanel::showServers);
    connect(&m_serverActions, &ServerActions::created, this, &AuthServersPanel::select);
    connect(&m_serverActions, &ServerActions::readingAsked, this, &AuthServersPanel::reload);
    connect(&m_partActions, &PartActions::changed, this, &AuthServersPanel::showParts);
    connect(&m_partActions, &PartActions::grantAsked, this, &AuthServersPanel::grantTo);
    connect(m_grants, &GrantsPage::readingAsked, this, &AuthServersPanel::reload);
    connect(m_scopes, &PartsPage::readingAsked, this, &AuthServersPanel::reload);
    connect(m_claims, &PartsPage::readingAsked, this, &AuthServersPanel::reload);
    connect(m_scopes, &PartsPage::addAsked, this, [this] { m_partActions.addScopes(m_selected); });
    connect(m_scopes, &PartsPage::editAsked, this,
            [this](qint64 id) { m_partActions.editScope(m_selected, {id}); });
    connect(m_scopes, &PartsPage::removeAsked, this,
            [this](qint64 id) { m_partActions.removeScope(m_selected, {id}); });
    m_scopes->addRowAction(Icon::App, tr("Grant to…"), u"grantAction"_s, Qt::CTRL | Qt::Key_G,
                           [this](qint64 id) { grantTo(m_selected, {ScopeId{id}}); });
    connect(m_claims, &PartsPage::addAsked, this, [this] { m_partActions.addClaim(m_selected); });
    connect(m_claims, &PartsPage::editAsked, this,
            [this](qint64 id) { m_partActions.editClaim(m_selected, {id}); });
    connect(m_claims, &PartsPage::removeAsked, this,
            [this](qint64 id) { m_partActions.removeClaim(m_selected, {id}); });
}

void AuthServersPanel::connectChanges()
{
    connect(m_changes, &ChangesPage::staged, this, [this] { m_tabs->showPage(m_grants); });
    connect(m_changes, &ChangesPage::serverRequested, this, &AuthServersPanel::select);
    connect(m_changes, &ChangesPage::settled, this, &AuthServersPanel::reload);
    connect(m_changes, &ChangesPage::settled, m_interrupted, &InterruptedChanges::look);
    connect(m_interrupted, &InterruptedChanges::settled, this, &AuthServersPanel::reload);
    connect(m_interrupted, &InterruptedChanges::showAsked, this, [this](JournalEntryId id) {
        m_tabs->showPage(m_changes);
        m_changes->showEntry(id);
    });
}

bool AuthServersPanel::checkAccess()
{
    followAccess();
    if (EmptyState *state = makeNoAccessState(m_session)) {
        setEmptyState(state);
        return false;
    }
    m_checkedLevel = m_session.workingCredential()->level;
    return true;
}

/// What may be written, and why not.
void AuthServersPanel::followAccess()
{
    const bool isReadOnly = m_session.tenant().readOnly;
    const QString reason = serverWriteProblem(m_session);
    const bool mayWrite = reason.isEmpty() && m_session.api();
    const auto withLevel = [&](const QString &sentence) {
        return reason.isEmpty() || isReadOnly ? reason
                                              : sentence.arg(reason, scopeLevelName(ScopeLevel::ManageAll));
    };
    m_grants->setReadOnlyReason(
        withLevel(tr("%1 Grants are changed with the level %2.")),
        isReadOnly ? std::nullopt : ableCredential(m_session.registered(), ApiUse::WriteAuthServers));
    const QString why = withLevel(tr("%1 That takes the level %2."));
    m_changes->setReadOnlyReason(reason);
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
    const AuthServerId before = m_selected;
    updateServers();
    if (m_selected == before)
        showFacts(); // the grants are shown once they are read again
    else
        showSelected();
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
    updateServers();
    showSelected();
}

void AuthServersPanel::updateServers()
{
    const int pendingBefore = m_servers.pendingTotal();
    m_servers.setServers(m_book.servers());
    forgetGone();
    if (pendingBefore != m_servers.pendingTotal())
        emit pendingChangesChanged(m_servers.pendingTotal());
    if (m_servers.servers().empty()) {
        setEmptyState(makeNoServersState(m_session, m_newServer->isEnabled() ? m_newServer : nullptr));
        return;
    }
    if (!m_servers.server(m_selected)) {
        m_selected = m_servers.rowCount() > 0 ? m_servers.serverAt(0).id : m_servers.servers().front().id;
        m_book.complete(m_selected);
    }
    selectWanted();
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
    const bool isRefused = error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Forbidden;
    if (isRefused || m_servers.servers().empty()) {
        EmptyState *state = makeNotReadState(error);
        setEmptyState(state);
        offerAgain(state->findChild<QPushButton *>(u"retryServers"_s));
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
    m_grants->setFailed(error.message);
    m_scopes->setFailed(error.message);
    m_claims->setFailed(error.message);
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
    m_tabs->markSelected(m_selected);
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
    showFacts();
}

/// All but the grants.
void AuthServersPanel::showFacts()
{
    const ServerState *state = m_book.state(m_selected);
    const AuthServer *server = m_servers.server(m_selected);
    m_tabs->setCount(m_scopes, m_scopes->showScopes(m_book, m_selected));
    m_tabs->setCount(m_claims, m_claims->showClaims(m_book, m_selected));
    m_changes->showServer(server);
    m_details->showServer(server ? m_book.bestKnown(m_selected) : nullptr, state && state->isWhole);
    followAccess();
}

void AuthServersPanel::showParts(AuthServerId id)
{
    if (m_book.state(id))
        takeServer(id);
}

/// They are staged like any other: the review sends them.
void AuthServersPanel::grantTo(AuthServerId server, const ScopeSet &scopes)
{
    const ServerState *state = m_book.state(server);
    if (!state || server != m_selected)
        return;
    pickAppsToGrant(*state, scopes, this, [this](const std::map<AppId, ScopeSet> &edits) {
        m_grants->model().setWanted(edits);
        m_tabs->showPage(m_grants);
    });
}

/// What a file plans, instead of what is staged: it is reviewed like anything else.
void AuthServersPanel::stage(AuthServerId server, const std::vector<GrantChange> &changes)
{
    select(server);
    m_tabs->showPage(m_grants);
    m_grants->model().stageInstead(changes);
    // Where it can be undone; after the dialog has given the focus back.
    QMetaObject::invokeMethod(m_grants, qOverload<>(&QWidget::setFocus), Qt::QueuedConnection);
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
    if (!state || state->plan.isEmpty() || !serverWriteProblem(m_session).isEmpty())
        return;
    auto *dialog =
        new ReviewDialog(m_session, *m_book.bestKnown(m_selected), state->scopes, state->plan, this);
    m_review = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReviewDialog::planRebased, &m_grants->model(), &GrantGridModel::refresh);
    connect(dialog, &ReviewDialog::progressed, this, &AuthServersPanel::markProgress);
    connect(dialog, &ReviewDialog::applied, this, &AuthServersPanel::takeOutcome);
    connect(dialog, &ReviewDialog::undoAsked, this, [this](JournalEntryId entry) {
        m_tabs->showPage(m_changes);
        m_changes->undo(entry);
    });
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
    m_interrupted->look(); // what could not be read back
    for (const AppliedChange &change : changes)
        markProgress(change);
    takeServer(m_selected);
}

void AuthServersPanel::updateLayout()
{
    const bool narrow = width() < kNarrow;
    m_listPane->setVisible(!narrow);
    m_tabs->setNarrow(narrow);
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
