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

    /// The token that Introspect and Revoke are about.
    void setChosen(const QString &name, const IssuedToken &token, TokenUse use);
    void cancel();

signals:
    /// "Asking the provider about the access token"; empty: nothing is under way.
    void working(const QString &what);
    /// What the provider said, to be shown as a page of that name.
    void answered(const QString &title, const QString &name, const QJsonObject &members,
                  const QStringList &notes);
    void done(const QString &sentence, const QString &detail);
    void failed(const latchkey::Error &error);
    void refreshed(const latchkey::LoginOutcome &outcome);
    void reuseAsked();
    void compareAsked();

private:
    void makeMenu();
    QAction *addToMenu(const QString &text, const QString &name, void (TokenActions::*act)());
    template<typename T>
    Continuation<T> asking(const QString &what, std::function<void(const T &)> answer);
    void askUserInfo();
    void askIntrospection();
    void askRefresh();
    void confirmRevocation();
    void revokeChosen();
    void confirmLogout();
    void openLogout();

    Place m_place;
    LoginRun m_run;
    OidcClient m_client{};
    QString m_chosenName;
    Secret m_chosen{};
    TokenUse m_chosenUse = TokenUse::Access;
    std::unique_ptr<QObject> m_asking;
    QPushButton *m_userInfo = nullptr;
    QPushButton *m_introspect = nullptr;
    QMenu *m_menu = nullptr;
    QAction *m_revoke = nullptr;
};

} // namespace latchkey
