// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/authserverspanel.h"

#include "authservers/changespage.h"
#include "authservers/claimspage.h"
#include "authservers/droppedchanges.h"
#include "authservers/grantpicker.h"
#include "authservers/grantspage.h"
#include "authservers/interruptedchanges.h"
#include "authservers/scopespage.h"
#include "authservers/serverdetailspage.h"
#include "authservers/serverlistpane.h"
#include "authservers/serverstates.h"
#include "authservers/servertabs.h"
#include "onelogin/apiuse.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/confirmdialog.h"
#include "widgets/emptystate.h"
#include "widgets/messagebanner.h"

#include <QAction>
#include <QPushButton>
#include <QShowEvent>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kReadAhead = 24; ///< servers whose counts are read before they are selected
constexpr int kNarrow = 900;

} // namespace

AuthServersPanel::~AuthServersPanel()
{
    m_grants->showPlan({}, nullptr, {}); // the plans end before the page does
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
    m_fileActions.follow(m_selected, mayWrite, why);
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
    tellGone();
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

/// What was staged for servers that someone has deleted, before they leave the list.
void AuthServersPanel::tellGone()
{
    for (const AuthServer &server : m_servers.servers()) {
        if (!m_book.server(server.id))
            m_dropped->addServer(server.name, m_servers.pendingOf(server.id));
    }
    if (m_book.servers().empty() && !m_dropped->isEmpty())
        m_dropped->tellIn(*banner()); // the tabs are not in sight then
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
        m_reviewActions.close();
        m_selected = {};
        showSelected();
    }
    m_book.forgetGone();
    std::erase_if(m_planned, [this](const auto &each) { return !m_book.server(each.first); });
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
    const bool isPlanned = m_planned.contains(id);
    if (id != m_selected && !isPlanned)
        return;
    const QString advice = isPlanned ? tr("What the file changes in %1 is staged once its grants are read.")
                                           .arg(m_book.server(id)->name)
                                     : QString();
    banner()->showMessage(MessageBanner::Kind::Danger, error.message,
                          (advice + u' ' + errorDetail(error)).trimmed());
    offerAgain(banner()->addButton(tr("Try again")));
    if (id != m_selected)
        return;
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
    ServerState &state = *m_book.state(id);
    if (const auto planned = m_planned.find(id); planned != m_planned.end() && state.isLoaded) {
        state.plan.stageInstead(planned->second);
        m_planned.erase(planned);
    }
    m_servers.setCounts(id, {static_cast<int>(state.scopes.size()), state.plan.loadedCount()});
    setPending(id, state.plan.totals().changes());
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
    pickAppsToGrant(*state, scopes, this, [this, server, scopes](const std::vector<AppId> &apps) {
        if (server != m_selected || !m_grants->model().plan())
            return; // it was read again meanwhile, and is gone
        m_partActions.endOffer(scopes);
        m_grants->model().editScopes(apps, {scopes.begin(), scopes.end()}, GrantEdit::Grant);
        showGrants();
    });
}

/// What a file plans, instead of what is staged: it is reviewed like anything else.
void AuthServersPanel::stage(AuthServerId server, const std::vector<GrantChange> &changes)
{
    select(server);
    showGrants();
    if (m_grants->model().plan())
        return m_grants->model().stageInstead(changes);
    m_planned[server] = changes;
    m_book.complete(server);
}

/// Where what was staged elsewhere can be undone; after the dialog has given the focus back.
void AuthServersPanel::showGrants()
{
    m_tabs->showPage(m_grants);
    QMetaObject::invokeMethod(m_grants, &GrantsPage::focusGrants, Qt::QueuedConnection);
}

void AuthServersPanel::askToReload()
{
    const int changes = m_servers.pendingTotal();
    if (changes == 0)
        return reload();
    auto *dialog = new ConfirmDialog(tr("Read again with %n staged change(s)", nullptr, changes),
                                     tr("Keep and read again"), this);
    dialog->setObjectName(u"reloadDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setVerbRole(ButtonRole::Main);
    dialog->setEffects(
        {tr("Kept, they go on top of what the tenant has then; what it already has is no longer pending."),
         tr("Discarded, they and their undo history are dropped. Nothing has been sent to the tenant.")});
    QPushButton *discard = dialog->addButton(tr("Discard and read again"), QDialogButtonBox::DestructiveRole,
                                             ButtonRole::Danger);
    discard->setObjectName(u"discardAndReload"_s);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog] {
        dialog->accept();
        reload();
    });
    connect(discard, &QPushButton::clicked, this, [this, dialog] {
        dialog->accept();
        discardAll();
        reload();
    });
    dialog->open();
}

void AuthServersPanel::discardAll()
{
    m_planned.clear();
    for (const AuthServer &server : m_book.servers()) {
        if (ServerState *state = m_book.state(server.id))
            state->plan.discard();
        m_servers.setPending(server.id, 0);
    }
    if (m_grants->model().plan())
        m_grants->model().refresh();
    emit pendingChangesChanged(m_servers.pendingTotal());
}

void AuthServersPanel::countPending()
{
    if (!m_grants->model().plan())
        return;
    setPending(m_selected, m_grants->model().changeCount());
}

void AuthServersPanel::setPending(AuthServerId server, int changes)
{
    const int before = m_servers.pendingTotal();
    m_servers.setPending(server, changes);
    if (before != m_servers.pendingTotal())
        emit pendingChangesChanged(m_servers.pendingTotal());
}

void AuthServersPanel::updateLayout()
{
    const bool narrow = width() < kNarrow;
    m_listPane->setVisible(!narrow);
    m_tabs->setNarrow(narrow);
    setSideMargin(narrow ? metrics::space16 : metrics::panelMargin);
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
