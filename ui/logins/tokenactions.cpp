// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/tokenactions.h"

#include "confirmation.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/confirmdialog.h"

#include <QAbstractButton>
#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

TokenActions::TokenActions(const Place &place, LoginRun run, const Secret &clientSecret, QWidget *parent)
    : QWidget(parent)
    , m_place(place)
    , m_run(std::move(run))
    , m_client(m_run.request.client())
{
    m_client.clientSecret = clientSecret;
    const ProviderMetadata &provider = m_run.result->provider;
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(metrics::space8);
    const auto add = [&](const QString &text, const QString &name, void (TokenActions::*act)()) {
        QPushButton *button = makeButton(text);
        button->setObjectName(name);
        setSmall(button);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, act);
        return button;
    };
    m_userInfo = add(tr("UserInfo"), u"askUserInfo"_s, &TokenActions::askUserInfo);
    m_userInfo->setToolTip(tr("Ask the provider who the access token is of"));
    m_introspect = add(tr("Introspect"), u"askIntrospection"_s, &TokenActions::askIntrospection);
    // A service has no user to be told about.
    m_userInfo->setVisible(provider.userinfoEndpoint.isValid() &&
                           m_run.request.grant != Grant::ClientCredentials);
    m_introspect->setVisible(provider.introspectionEndpoint.isValid());
    makeMenu();
    QToolButton *more = makeToolButton(Icon::More, tr("More about this login"));
    more->setObjectName(u"moreOfRun"_s);
    more->setMenu(m_menu);
    more->setPopupMode(QToolButton::InstantPopup);
    setSmall(more);
    row->addWidget(more);
}

// A read-only tenant has nothing ended at it: no token, no session.
void TokenActions::makeMenu()
{
    const ProviderMetadata &provider = m_run.result->provider;
    m_menu = new QMenu(this);
    m_menu->setObjectName(u"moreOfRunMenu"_s);
    addToMenu(tr("Refresh"), u"refreshTokens"_s, &TokenActions::askRefresh)
        ->setEnabled(m_run.result->refreshToken.has_value());
    m_revoke = addToMenu(tr("Revoke…"), u"revokeToken"_s, &TokenActions::confirmRevocation);
    m_revoke->setEnabled(provider.revocationEndpoint.isValid() && !m_place.tenant.readOnly);
    addToMenu(tr("Log out…"), u"logOut"_s, &TokenActions::confirmLogout)
        ->setEnabled(provider.endSessionEndpoint.isValid() && !m_place.tenant.readOnly &&
                     m_run.request.grant != Grant::ClientCredentials);
    m_menu->addSeparator();
    addToMenu(tr("Compare with another token…"), u"compareToken"_s, &TokenActions::compareAsked);
}

QAction *TokenActions::addToMenu(const QString &text, const QString &name, void (TokenActions::*act)())
{
    QAction *action = m_menu->addAction(text);
    action->setObjectName(name);
    connect(action, &QAction::triggered, this, act);
    return action;
}

void TokenActions::setChosen(TokenRole role, const IssuedToken &token, bool isRevoked)
{
    m_chosen = token.value;
    m_chosenRole = role;
    m_introspect->setToolTip(tr("Ask the provider what it knows of the %1").arg(chosenName()));
    m_revoke->setText(tr("Revoke the %1…").arg(chosenName()));
    m_revoke->setVisible(!isRevoked);
}

QString TokenActions::chosenName() const
{
    return tokenWord(m_chosenRole);
}

TokenUse TokenActions::chosenUse() const
{
    return m_chosenRole == TokenRole::Refresh ? TokenUse::Refresh : TokenUse::Access;
}

void TokenActions::cancel()
{
    m_asking.reset();
    for (QWidget *widget : findChildren<QAbstractButton *>())
        widget->setEnabled(true);
    emit working({});
}

template<typename T>
Continuation<T> TokenActions::asking(const QString &what, std::function<void(const T &)> answer)
{
    m_asking = std::make_unique<QObject>();
    for (QWidget *widget : findChildren<QAbstractButton *>())
        widget->setEnabled(false);
    emit working(what);
    return then(m_asking.get(), [this, answer = std::move(answer)](const Result<T> &result) {
        cancel();
        if (result)
            answer(*result);
        else
            emit failed(result.error());
    });
}

void TokenActions::askUserInfo()
{
    const LoginOutcome &outcome = *m_run.result;
    const QString subject = outcome.idToken && outcome.idToken->decoded
                                ? outcome.idToken->decoded->payload.value("sub"_L1).toString()
                                : QString();
    userInfo(m_place.http, outcome.provider, outcome.accessToken->value, subject,
             asking<UserInfo>(tr("Asking the UserInfo endpoint"), [this](const UserInfo &info) {
                 emit answered({.title = tr("UserInfo"),
                                .name = u"userInfoPage"_s,
                                .members = info.claims,
                                .notes = info.notes});
             }));
}

void TokenActions::askIntrospection()
{
    introspect(m_place.http, m_run.result->provider, m_client, m_chosen, chosenUse(),
               asking<Introspection>(tr("Asking the provider about the %1").arg(chosenName()),
                                     [this, role = m_chosenRole](const Introspection &answer) {
                                         showIntrospection(role, answer);
                                     }));
}

void TokenActions::showIntrospection(TokenRole role, const Introspection &answer)
{
    // Of an ID token a provider may know nothing: it is nothing that is shown to an API.
    if (!answer.isActive && role != TokenRole::Id)
        emit ended(role, TokenEnd::How::Inactive);
    //: What a page is about: "Access token"
    emit answered({.title = tr("Introspection"),
                   .name = u"introspectionPage"_s,
                   .caption = tokenName(role),
                   .members = answer.members,
                   .notes = answer.notes});
}

void TokenActions::askRefresh()
{
    refresh(m_place.http, m_place.clock, m_run.result->provider, m_client, m_run.result->refreshToken->value,
            {}, asking<LoginOutcome>(tr("Asking for new tokens"), [this](const LoginOutcome &outcome) {
                emit refreshed(outcome);
            }));
}

void TokenActions::confirmRevocation()
{
    const bool isRefresh = m_chosenRole == TokenRole::Refresh;
    ConfirmDialog *dialog = openConfirmation(
        {.objectName = u"revokeDialog"_s,
         .title = tr("Revoke the %1 of %2").arg(chosenName(), m_run.name),
         .verb = tr("Revoke the %1").arg(chosenName()),
         .effects = {isRefresh ? tr("The whole grant ends: this refresh token and every token made with it.")
                               : tr("This token ends. Other tokens of the login stay."),
                     tr("A resource server that checks the token by itself takes it until it expires."),
                     tr("It cannot be undone.")}},
        m_place.tenant, this);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog] {
        dialog->accept();
        revokeChosen();
    });
}

void TokenActions::revokeChosen()
{
    revoke(m_place.http, m_run.result->provider, m_client, m_chosen, chosenUse(),
           asking<Revocation>(
               tr("Revoking the %1").arg(chosenName()),
               [this, role = m_chosenRole](const Revocation &answer) { tellRevocation(role, answer); }));
}

void TokenActions::tellRevocation(TokenRole role, const Revocation &answer)
{
    if (!answer.isActive.value_or(false))
        emit ended(role, TokenEnd::How::Revoked);
    const QString sentence = !answer.isActive   ? tr("The provider took the %1 back.")
                             : *answer.isActive ? tr("The %1 is still active.")
                                                : tr("The %1 is revoked.");
    const QString proof = !answer.isActive   ? tr("Not proven: it was not introspected.")
                          : *answer.isActive ? tr("The provider said yes, and its introspection says that "
                                                  "the token is active.")
                                             : tr("Proven: the introspection says that it is not active.");
    emit done(sentence.arg(tokenWord(role)), (QStringList{proof} + answer.notes).join(u' '));
}

void TokenActions::confirmLogout()
{
    ConfirmDialog *dialog = openConfirmation(
        {.objectName = u"logoutDialog"_s,
         .title = tr("Log out of %1").arg(m_run.result->provider.endSessionEndpoint.host()),
         .verb = tr("Log out in the browser"),
         .effects = {tr("The browser opens the logout page; the session that ends is the browser's own."),
                     tr("The tokens of every OIDC app in that session are revoked."),
                     tr("The address holds the ID token, so it is not shown.")}},
        m_place.tenant, this);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog] {
        dialog->accept();
        openLogout();
    });
}

void TokenActions::openLogout()
{
    LogoutRequest request{.clientId = m_run.request.clientId};
    if (m_run.result->idToken)
        request.idToken = m_run.result->idToken->value;
    const Result<QUrl> url = logoutUrl(m_run.result->provider, request);
    if (!url)
        return emit failed(url.error());
    if (!m_place.tools.openUrl || !m_place.tools.openUrl(*url))
        return emit failed({.kind = ErrorKind::Unreachable, .message = tr("The browser did not open.")});
    for (const auto &[role, token] : tokensOf(m_run))
        emit ended(role, TokenEnd::How::LoggedOut);
    emit done(tr("The logout page was opened in the browser."),
              tr("What it did is the browser's to say. Introspect tells whether a token is still active."));
}

} // namespace latchkey
