// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/partactions.h"

#include "authservers/addscopesdialog.h"
#include "authservers/claimdialog.h"
#include "authservers/fewnames.h"
#include "authservers/removal.h"
#include "authservers/scopedialog.h"
#include "confirmation.h"
#include "core/plaintext.h"
#include "grants/selflockout.h"
#include "onelogin/session.h"
#include "widgets/confirmdialog.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QPushButton>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

template<typename Record>
std::optional<Record> recordOf(const std::vector<Record> &all, decltype(Record::id) id)
{
    const auto found = std::ranges::find(all, id, &Record::id);
    return found == all.end() ? std::nullopt : std::optional(*found);
}

} // namespace

PartActions::PartActions(Session &session, ServerBook &book, Panel &panel)
    : m_session(session)
    , m_book(book)
    , m_panel(panel)
{
}

void PartActions::say(const QString &sentence)
{
    m_panel.banner()->showMessage(MessageBanner::Kind::Ok, sentence,
                                  tr("The tenant was read again and has it like this."));
}

void PartActions::addScopes(AuthServerId server)
{
    const ServerState *state = m_book.state(server);
    const AuthServer *known = m_book.server(server);
    if (!state || !known)
        return;
    auto *dialog = new AddScopesDialog(m_session, *known, state->scopes, &m_panel);
    connect(dialog, &AddScopesDialog::seen, this, [this, server](const std::vector<Scope> &scopes) {
        m_book.setScopes(server, scopes);
        emit changed(server);
    });
    connect(dialog, &AddScopesDialog::added, this,
            [this, server](const std::vector<Scope> &scopes) { sayAdded(server, scopes); });
    connect(dialog, &WriteDialog::abandoned, this, [this, server] { m_book.read(server, true); });
    dialog->open();
}

void PartActions::sayAdded(AuthServerId server, const std::vector<Scope> &scopes)
{
    ScopeSet ids;
    for (const Scope &scope : scopes)
        ids.insert(scope.id);
    const auto count = static_cast<int>(scopes.size());
    m_panel.banner()->showMessage(MessageBanner::Kind::Ok,
                                  count == 1 ? tr("%1 is stored.").arg(plainLine(scopes.front().value))
                                             : tr("%n scope(s) are stored.", nullptr, count),
                                  count == 1 ? tr("Nobody has it yet. Grant it to whom?")
                                             : tr("Nobody has them yet. Grant them to whom?"));
    emit scopeStored(server, scopes.front().id);
    const ServerState *state = m_book.state(server);
    if (!state || state->plan.appCount() == 0)
        return;
    QPushButton *grant = m_panel.banner()->addButton(tr("Grant to…"));
    grant->setObjectName(u"grantNewScope"_s);
    m_offer = grant;
    m_offered = ids;
    connect(
        grant, &QPushButton::clicked, this, [this, server, ids] { emit grantAsked(server, ids); },
        Qt::QueuedConnection);
}

void PartActions::endOffer(const ScopeSet &granted)
{
    if (m_offer && m_offered == granted)
        m_panel.banner()->clear();
}

void PartActions::editScope(AuthServerId server, ScopeId id)
{
    const ServerState *state = m_book.state(server);
    const AuthServer *known = m_book.server(server);
    const auto scope = state ? recordOf(state->scopes, id) : std::nullopt;
    if (!scope || !known)
        return;
    const auto uses = ownUsesOf(m_session);
    if (!uses)
        return m_panel.banner()->showError(uses.error());
    const QString broken = lockoutText(brokenByScope(*uses, *known, *scope));
    auto *dialog = new ScopeDialog(
        m_session,
        {.server = *known, .all = state->scopes, .apps = m_book.usesOf(server, id), .broken = broken}, *scope,
        &m_panel);
    connect(dialog, &ScopeDialog::seen, this, [this, server](const std::vector<Scope> &scopes) {
        m_book.setScopes(server, scopes);
        emit changed(server);
    });
    connect(dialog, &ScopeDialog::stored, this, [this, server](const Scope &stored) {
        say(tr("%1 is stored.").arg(plainLine(stored.value)));
        emit scopeStored(server, stored.id);
    });
    connect(dialog, &WriteDialog::abandoned, this, [this, server] { m_book.read(server, true); });
    dialog->open();
}

void PartActions::removeScope(AuthServerId server, ScopeId id)
{
    const ServerState *state = m_book.state(server);
    const AuthServer *known = m_book.server(server);
    const auto scope = state ? recordOf(state->scopes, id) : std::nullopt;
    if (!scope || !known || !m_session.api())
        return;
    const QString title = tr("Delete %1").arg(withVisibleControls(scope->value));
    auto *removal = new Removal(m_session, m_panel,
                                {.objectName = u"deleteScopeDialog"_s, .title = title, .verb = title}, this);
    removal->readFirst(
        tr("Reading who has it"), [this, removal, known = *known, scope = *scope](const AuthServersApi &api) {
            api.clientApps(known.id, then(removal, [=, this](const Result<std::vector<ClientApp>> &apps) {
                               if (removal->isRead(apps))
                                   fillScopeRemoval(*removal, known, scope, *apps);
                           }));
        });
    connect(removal, &Removal::confirmed, this,
            [this, removal, server, scope = *scope](const AuthServerWriter &writer) {
                writer.remove(server, scope.id,
                              then(removal, [=, this](const Result<std::vector<Scope>> &left) {
                                  if (!removal->isGone(left))
                                      return;
                                  m_book.setScopes(server, *left);
                                  emit changed(server);
                                  m_book.read(server, false); // the apps have lost it
                                  removal->tellGone(tr("%1 is deleted.").arg(plainLine(scope.value)));
                              }));
            });
}

void PartActions::fillScopeRemoval(Removal &removal, const AuthServer &server, const Scope &scope,
                                   const std::vector<ClientApp> &apps)
{
    QStringList holders;
    for (const ClientApp &app : apps) {
        if (app.scopes.contains(scope.id))
            holders.append(app.name);
    }
    const auto uses = ownUsesOf(m_session);
    if (!removal.isRead(uses))
        return;
    const QString broken = lockoutText(brokenByScope(*uses, server, scope));
    QStringList effects{
        holders.isEmpty() ? tr("No client app has it.")
        : areFew(holders) ? tr("%n client app(s) lose it: %1.", nullptr, static_cast<int>(holders.size()))
                                .arg(listed(holders))
                          : tr("These %n client app(s) lose it:", nullptr, static_cast<int>(holders.size())),
        tr("Issued tokens keep it until they expire."),
        tr("A scope made again gets a new ID: undo brings back the value, and the grants have to be made "
           "again.")};
    if (!broken.isEmpty())
        effects.append(broken);
    ConfirmDialog *dialog = removal.dialog();
    dialog->setEffects(effects);
    if (!areFew(holders))
        dialog->listBelow(0, holders);
    if (!holders.isEmpty() || !broken.isEmpty() || m_session.tenant().type == TenantType::Production)
        dialog->requireTyping(scope.value);
}

void PartActions::addClaim(AuthServerId server)
{
    openClaim(server, {});
}

void PartActions::editClaim(AuthServerId server, ClaimId id)
{
    const ServerState *state = m_book.state(server);
    if (const auto claim = state ? recordOf(state->claims, id) : std::nullopt)
        openClaim(server, *claim);
}

void PartActions::openClaim(AuthServerId server, const Claim &known)
{
    const ServerState *state = m_book.state(server);
    const AuthServer *owner = m_book.server(server);
    if (!state || !owner)
        return;
    auto *dialog = new ClaimDialog(m_session, *owner, state->claims, known, &m_panel);
    connect(dialog, &ClaimDialog::seen, this, [this, server](const std::vector<Claim> &claims) {
        m_book.setClaims(server, claims);
        emit changed(server);
    });
    connect(dialog, &ClaimDialog::stored, this, [this, server](const Claim &claim) {
        say(tr("The claim %1 is stored.").arg(plainLine(claim.name)));
        emit claimStored(server, claim.id);
    });
    connect(dialog, &WriteDialog::abandoned, this, [this, server] { m_book.read(server, true); });
    dialog->open();
}

void PartActions::removeClaim(AuthServerId server, ClaimId id)
{
    const ServerState *state = m_book.state(server);
    const auto claim = state ? recordOf(state->claims, id) : std::nullopt;
    if (!claim || !m_session.api())
        return;
    const QString title = tr("Delete the claim %1").arg(withVisibleControls(claim->title()));
    const bool isProduction = m_session.tenant().type == TenantType::Production;
    auto *removal = new Removal(
        m_session, m_panel,
        {.objectName = u"deleteClaimDialog"_s,
         .title = title,
         .verb = tr("Delete claim"),
         .effects = {tr("Access tokens of this server lack it from then on; what reads it may fail."),
                     tr("Issued tokens keep it until they expire."),
                     tr("A claim made again gets another ID and is otherwise the same.")},
         .typedName = isProduction ? claim->title() : QString()},
        this);
    connect(removal, &Removal::confirmed, this,
            [this, removal, server, claim = *claim](const AuthServerWriter &writer) {
                writer.remove(
                    server, claim.id, then(removal, [=, this](const Result<std::vector<Claim>> &left) {
                        if (!removal->isGone(left))
                            return;
                        m_book.setClaims(server, *left);
                        emit changed(server);
                        removal->tellGone(tr("The claim %1 is deleted.").arg(plainLine(claim.title())));
                    }));
            });
}

} // namespace latchkey
