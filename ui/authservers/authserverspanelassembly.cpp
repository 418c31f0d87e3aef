// SPDX-License-Identifier: GPL-3.0-or-later
// How the panel of authorization servers is put together.
#include "authservers/authserverspanel.h"

#include "authservers/changespage.h"
#include "authservers/claimspage.h"
#include "authservers/droppedchanges.h"
#include "authservers/grantspage.h"
#include "authservers/interruptedchanges.h"
#include "authservers/panelaction.h"
#include "authservers/scopespage.h"
#include "authservers/serverdetailspage.h"
#include "authservers/serverlistpane.h"
#include "authservers/servertabs.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"

#include <QComboBox>
#include <QListView>
#include <QSplitter>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

AuthServersPanel::AuthServersPanel(Session &session, Clipboard &clipboard, QWidget *parent)
    : Panel(tr("Authorization servers"), parent)
    , m_session(session)
    , m_book(session)
    , m_serverActions(session, m_book, *this)
    , m_partActions(session, m_book, *this)
    , m_fileActions(session, m_book, *this, [this](AuthServerId id) { return m_servers.pendingOf(id); })
    , m_reviewActions(session, clipboard, m_book, *this)
{
    setObjectName(u"authServersPanel"_s);
    m_fileActions.addButtons();
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
    addAction(m_newServer);
    addAction(m_grants->reviewAction());
    followPage(m_tabs->page());
    setFirstControl(m_listPane->list());
    connectSession();
    connectBook();
    connectParts();
    connectChanges();
}

void AuthServersPanel::makeActions()
{
    QToolButton *refresh = makeToolButton(Icon::Refresh, tr("Read again"));
    refresh->setObjectName(u"reloadServers"_s);
    addAction(refresh);
    QAction *reloadAction = makePanelAction(*this, Icon::Refresh, tr("Read the authorization servers again"),
                                            u"reloadServersAction"_s, Qt::Key_F5);
    addAction(reloadAction);
    connect(refresh, &QToolButton::clicked, reloadAction, &QAction::trigger);
    connect(reloadAction, &QAction::triggered, this, &AuthServersPanel::askToReload);

    // F2 and Delete are for the list, so these are the list's; the main menu finds them there.
    m_newServer = makePanelAction(*this, Icon::Plus, tr("New server…"), u"newServerAction"_s,
                                  QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    m_editServer = makePanelAction(*this, Icon::Note, tr("Edit server…"), u"editServerAction"_s, Qt::Key_F2);
    m_deleteServer = makePanelAction(*this, Icon::Trash, tr("Delete server…"), u"deleteServerAction"_s,
                                     QKeySequence::Delete);
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
    m_dropped = new DroppedChanges;
    m_tabs->addNotice(m_dropped);
    connect(m_tabs, &ServerTabs::pageShown, this, &AuthServersPanel::followPage);
}

/// Its keys are heard wherever in the panel the focus is; two pages have some of them in common.
void AuthServersPanel::followPage(QWidget *page)
{
    for (QAction *action : m_pageActions)
        removeAction(action);
    m_pageActions.clear();
    QList<QAction *> menu;
    if (page == m_grants) {
        m_pageActions = m_grants->panelActions();
        menu = m_grants->menuActions();
    } else if (const auto *parts = qobject_cast<PartsPage *>(page)) {
        m_pageActions = parts->panelActions();
        menu = parts->menuActions();
    }
    addActions(m_pageActions);
    setMenuActions(menu + QList<QAction *>{nullptr, m_newServer, m_editServer, m_deleteServer});
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
    connect(&m_book, &ServerBook::dropped, this, [this](AuthServerId id, const DroppedGrants &grants) {
        if (const AuthServer *server = m_book.server(id))
            m_dropped->addScopes(server->name, grants);
    });
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
    connect(m_grants, &GrantsPage::reviewRequested, this, [this] {
        if (content()->isVisible())
            m_reviewActions.open(m_selected, m_grants->model());
    });
    connect(&m_serverActions, &ServerActions::changed, this, &AuthServersPanel::showServers);
    connect(&m_serverActions, &ServerActions::created, this, &AuthServersPanel::select);
    connect(&m_serverActions, &ServerActions::readingAsked, this, &AuthServersPanel::reload);
    connect(&m_partActions, &PartActions::changed, this, &AuthServersPanel::showParts);
    connect(&m_partActions, &PartActions::scopeStored, this, [this](AuthServerId server, ScopeId id) {
        if (server == m_selected)
            m_scopes->select(id.value);
    });
    connect(&m_partActions, &PartActions::claimStored, this, [this](AuthServerId server, ClaimId id) {
        if (server == m_selected)
            m_claims->select(id.value);
    });
    connect(&m_partActions, &PartActions::grantAsked, this, &AuthServersPanel::grantTo);
    connect(&m_fileActions, &FileActions::planned, this, &AuthServersPanel::stage);
    connect(m_grants, &GrantsPage::readingAsked, this, &AuthServersPanel::reload);
    connect(m_scopes, &PartsPage::readingAsked, this, &AuthServersPanel::reload);
    connect(m_claims, &PartsPage::readingAsked, this, &AuthServersPanel::reload);
    connect(m_grants, &GrantsPage::addScopesAsked, this, [this] { m_partActions.addScopes(m_selected); });
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
    connect(m_changes, &ChangesPage::staged, this, &AuthServersPanel::showGrants);
    connect(m_changes, &ChangesPage::serverRequested, this, &AuthServersPanel::select);
    connect(m_changes, &ChangesPage::settled, this, &AuthServersPanel::reload);
    connect(m_changes, &ChangesPage::settled, m_interrupted, &InterruptedChanges::look);
    connect(&m_reviewActions, &ReviewActions::applied, this, &AuthServersPanel::takeServer);
    connect(&m_reviewActions, &ReviewActions::rebased, this, &AuthServersPanel::takeServer);
    connect(&m_reviewActions, &ReviewActions::applied, m_interrupted,
            &InterruptedChanges::look); // what could not be read back
    connect(&m_reviewActions, &ReviewActions::undoAsked, this, [this](JournalEntryId entry) {
        m_tabs->showPage(m_changes);
        m_changes->undo(entry);
    });
    connect(m_interrupted, &InterruptedChanges::settled, this, &AuthServersPanel::reload);
    connect(m_interrupted, &InterruptedChanges::showAsked, this, [this](JournalEntryId id) {
        m_tabs->showPage(m_changes);
        m_changes->showEntry(id);
    });
}

} // namespace latchkey
