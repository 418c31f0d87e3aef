// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/serveractions.h"

#include "authservers/fewnames.h"
#include "authservers/removal.h"
#include "authservers/serverdialog.h"
#include "confirmation.h"
#include "core/plaintext.h"
#include "grants/selflockout.h"
#include "onelogin/session.h"
#include "widgets/confirmdialog.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAppsEffect = 2; ///< where effects() tells of the client apps

QStringList namesOf(const std::vector<ClientApp> &apps)
{
    QStringList names;
    for (const ClientApp &app : apps)
        names.append(app.name);
    return names;
}

} // namespace

ServerActions::ServerActions(Session &session, ServerBook &book, Panel &panel)
    : m_session(session)
    , m_book(book)
    , m_panel(panel)
{
}

void ServerActions::create()
{
    ServerDialog *dialog = ServerDialog::create(m_session, m_book.servers(), &m_panel);
    connect(dialog, &ServerDialog::seen, this, [this](const AuthServer &server) {
        m_book.setServer(server);
        emit changed();
        emit created(server.id);
    });
    connect(dialog, &ServerDialog::stored, this, [this](const AuthServer &server) {
        m_book.setServer(server);
        emit changed();
        emit created(server.id);
        m_panel.banner()->showMessage(MessageBanner::Kind::Ok, tr("%1 is stored.").arg(server.name),
                                      tr("It was read again and is as it was entered."));
    });
    connect(dialog, &WriteDialog::abandoned, this, &ServerActions::readingAsked);
    dialog->open();
}

void ServerActions::edit(AuthServerId id)
{
    const AuthServer *known = m_book.bestKnown(id);
    if (!known)
        return;
    const auto uses = ownUsesOf(m_session);
    if (!uses)
        return m_panel.banner()->showError(uses.error());
    ServerDialog *dialog = ServerDialog::edit(m_session, m_book.servers(), *known, *uses, &m_panel);
    const auto take = [this](const AuthServer &server) {
        m_book.setServer(server);
        emit changed();
    };
    connect(dialog, &ServerDialog::seen, this, take);
    connect(dialog, &ServerDialog::stored, this, [this, take](const AuthServer &server) {
        take(server);
        m_panel.banner()->showMessage(MessageBanner::Kind::Ok,
                                      tr("The changes of %1 are stored.").arg(server.name),
                                      tr("It was read again and is as it was entered."));
    });
    connect(dialog, &WriteDialog::abandoned, this, &ServerActions::readingAsked);
    dialog->open();
}

void ServerActions::readHoldings(const AuthServersApi &api, AuthServerId id,
                                 const Continuation<Holdings> &continuation)
{
    api.scopes(id, after<std::vector<Scope>>(continuation, [=](const std::vector<Scope> &scopes) {
                   api.claims(id,
                              after<std::vector<Claim>>(continuation, [=](const std::vector<Claim> &claims) {
                                  api.clientApps(
                                      id, after<std::vector<ClientApp>>(continuation, [=](const auto &apps) {
                                          continuation(Holdings{scopes, claims, apps});
                                      }));
                              }));
               }));
}

QStringList ServerActions::effects(const AuthServer &server, const Holdings &holdings) const
{
    QStringList effects{tr("%n scope(s) go with it.", nullptr, static_cast<int>(holdings.scopes.size())),
                        tr("%n claim(s) go with it.", nullptr, static_cast<int>(holdings.claims.size()))};
    const QStringList apps = namesOf(holdings.apps);
    if (apps.isEmpty())
        effects.append(tr("No client app loses anything."));
    else if (areFew(apps))
        effects.append(tr("%n client app(s) lose their grants: %1.", nullptr, static_cast<int>(apps.size()))
                           .arg(listed(apps)));
    else
        effects.append(
            tr("These %n client app(s) lose their grants:", nullptr, static_cast<int>(apps.size())));
    effects.append(tr("Nobody gets tokens for %1 any more; issued tokens work until they expire.")
                       .arg(plainLine(server.resourceIdentifier)));
    if (const ServerState *state = m_book.state(server.id); state && !state->plan.isEmpty())
        effects.append(tr("What is staged for it is dropped."));
    const auto uses = ownUsesOf(m_session);
    const QString broken = uses ? lockoutText(brokenByServer(*uses, server)) : uses.error().message;
    if (!broken.isEmpty())
        effects.append(broken);
    effects.append(tr("It cannot be undone: a server made again gets another ID."));
    return effects;
}

void ServerActions::remove(AuthServerId id)
{
    const AuthServer *known = m_book.bestKnown(id);
    if (!known || !m_session.api())
        return;
    const AuthServer server = *known;
    const QString title = tr("Delete %1").arg(withVisibleControls(server.name));
    auto *removal = new Removal(m_session, m_panel,
                                {.objectName = u"deleteServerDialog"_s, .title = title, .verb = title}, this);
    removal->readFirst(tr("Reading what goes with it"), [this, removal, server](const AuthServersApi &api) {
        readHoldings(api, server.id, then(removal, [=, this](const Result<Holdings> &holdings) {
                         if (removal->isRead(holdings))
                             fillRemoval(*removal->dialog(), server, *holdings);
                     }));
    });
    connect(removal, &Removal::confirmed, this, [this, removal, server](const AuthServerWriter &writer) {
        writer.remove(server.id, then(removal, [=, this](const Result<> &result) {
                          if (!removal->isGone(result))
                              return;
                          m_book.removeServer(server.id);
                          emit changed();
                          removal->tellGone(tr("%1 is deleted.").arg(server.name));
                      }));
    });
}

void ServerActions::fillRemoval(ConfirmDialog &dialog, const AuthServer &server,
                                const Holdings &holdings) const
{
    dialog.setEffects(effects(server, holdings));
    if (const QStringList apps = namesOf(holdings.apps); !areFew(apps))
        dialog.listBelow(kAppsEffect, apps);
    dialog.requireTyping(server.name);
}

} // namespace latchkey
