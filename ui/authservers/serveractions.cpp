// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/serveractions.h"

#include "authservers/serverdialog.h"
#include "authservers/tenantadvice.h"
#include "confirmation.h"
#include "core/plaintext.h"
#include "oidc/loginprofile.h"
#include "onelogin/session.h"
#include "store/loginstore.h"
#include "store/workspace.h"
#include "widgets/confirmdialog.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kFewNames = 10;
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

void ServerActions::readHoldings(AuthServerId id, const Continuation<Holdings> &continuation) const
{
    const AuthServersApi api(*m_session.api());
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
    ConfirmDialog *dialog = openConfirmation(
        {.objectName = u"deleteServerDialog"_s, .title = title, .verb = title}, m_session.tenant(), &m_panel);
    followTenant(*dialog, m_session);
    dialog->setBusy(true, tr("Reading what goes with it"));
    readHoldings(id, then(dialog, [this, server, dialog](const Result<Holdings> &holdings) {
                     if (!holdings) {
                         dialog->showError(holdings.error());
                         dialog->verbButton()->setEnabled(false);
                         return;
                     }
                     dialog->setBusy(false);
                     dialog->setEffects(effects(server, *holdings));
                     if (const QStringList apps = namesOf(holdings->apps); !areFew(apps))
                         dialog->listBelow(kAppsEffect, apps);
                     dialog->requireTyping(server.name);
                 }));
    confirmRemoval(server, dialog);
}

void ServerActions::confirmRemoval(const AuthServer &server, ConfirmDialog *dialog)
{
    connect(dialog, &ConfirmDialog::confirmed, this, [this, server, dialog] {
        if (!m_session.api())
            return;
        dialog->setBusy(true, tr("Deleting and reading back"));
        // The outcome is told though the dialog is closed meanwhile.
        AuthServerWriter(AuthServersApi(*m_session.api()))
            .remove(server.id, then(this, [this, server, dialog = QPointer(dialog)](const Result<> &result) {
                        receiveRemoval(server, dialog, result);
                    }));
    });
}

void ServerActions::receiveRemoval(const AuthServer &server, ConfirmDialog *dialog, const Result<> &result)
{
    if (!result) {
        if (dialog)
            dialog->showError(result.error());
        else
            m_panel.banner()->showError(result.error());
        return;
    }
    if (dialog)
        dialog->accept();
    m_book.removeServer(server.id);
    emit changed();
    m_panel.banner()->showMessage(MessageBanner::Kind::Ok, tr("%1 is deleted.").arg(server.name),
                                  tr("The tenant was read again and has it no more."));
}

Result<std::vector<OwnUse>> ownUsesOf(const Session &session)
{
    return session.credentials().workspace().logins().profilesAt(session.tenant().baseUrl).map(ownUses);
}

bool areFew(const QStringList &names)
{
    return names.size() <= kFewNames;
}

QString listed(QStringList names)
{
    names.sort(Qt::CaseInsensitive);
    for (QString &name : names)
        name = plainLine(name);
    return names.join(u", "_s);
}

} // namespace latchkey
