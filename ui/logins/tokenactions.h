// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"
#include "logins/loginrun.h"
#include "net/continuation.h"
#include "oidc/tokencalls.h"
#include "paneltools.h"

#include <QWidget>

#include <memory>

class QAction;
class QMenu;
class QPushButton;
class QToolButton;

namespace latchkey {

class HttpClient;

/// What can be done with the tokens of a login that succeeded: ask the provider about them, refresh,
/// revoke, log out. One thing at a time; destroying it cancels what is under way.
class TokenActions final : public QWidget
{
    Q_OBJECT

public:
    /// Where requests go and who is asked first; all outlive the widget.
    struct Place
    {
        HttpClient &http;
        const Clock &clock;
        const Tenant &tenant;
        PanelTools tools;
    };

    TokenActions(const Place &place, LoginRun run, const Secret &clientSecret, QWidget *parent = nullptr);

    /// The token that Introspect and Revoke are about. One that is revoked is not revoked again.
    void setChosen(TokenRole role, const IssuedToken &token, bool isRevoked);
    void askIntrospection();
    void cancel();

signals:
    /// "Asking the provider about the access token"; empty: nothing is under way.
    void working(const QString &what);
    /// What the provider said.
    void answered(const latchkey::RunPage &page);
    /// The token of that role is of no use any more.
    void ended(latchkey::TokenRole role, latchkey::TokenEnd::How how);
    void done(const QString &sentence, const QString &detail);
    void failed(const latchkey::Error &error);
    void refreshed(const latchkey::LoginOutcome &outcome);
    void compareAsked();

private:
    void makeMenu();
    QAction *addToMenu(const QString &text, const QString &name, void (TokenActions::*act)());
    template<typename T>
    Continuation<T> asking(const QString &what, std::function<void(const T &)> answer);
    void askUserInfo();
    void showIntrospection(TokenRole role, const Introspection &answer);
    void askRefresh();
    void confirmRevocation();
    void revokeChosen();
    void tellRevocation(TokenRole role, const Revocation &answer);
    TokenUse chosenUse() const;
    QString chosenName() const;
    void confirmLogout();
    void openLogout();

    Place m_place;
    LoginRun m_run;
    OidcClient m_client{};
    Secret m_chosen{};
    TokenRole m_chosenRole = TokenRole::Access;
    std::unique_ptr<QObject> m_asking;
    QPushButton *m_userInfo = nullptr;
    QPushButton *m_introspect = nullptr;
    QMenu *m_menu = nullptr;
    QAction *m_revoke = nullptr;
};

} // namespace latchkey
