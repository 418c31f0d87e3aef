// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginflow.h"
#include "sandboxhints.h"

#include <QWidget>

#include <map>

class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace latchkey {

class BrowserFields;
class ClientFields;
class Clipboard;
class FormColumn;
class IssuerFields;
class Label;
class MessageBanner;
class ParameterRows;
class ScopeFields;
class Session;
class UserFields;

/// What a person asks of a test login. Reads the issuer's endpoints, the tenant's OIDC apps and its
/// authorization servers to help; everything can be typed too.
class LoginForm final : public QWidget
{
    Q_OBJECT

public:
    LoginForm(Session &session, Clipboard &clipboard, QWidget *parent = nullptr);

    /// Where the work on a new login begins.
    QWidget *firstField() const;
    /// Reads what helps to fill it in. Called when the panel is first shown.
    void load();
    void setGrant(Grant grant);
    Grant grant() const { return m_grant; }
    void setHints(SandboxHints hints);
    LoginRequest request() const;
    /// Fills in what a run asked for; its secrets come from this session, if they are known.
    void setRequest(const LoginRequest &request);
    /// The secrets of a request that is filled in, those that it has.
    void takeSecrets(const LoginRequest &request);
    /// Where the inputs come from: "From the run at 14:02:11", with a way back to what was typed before.
    /// Empty: they are the person's.
    void setOrigin(const QString &origin, bool hasDraft);
    /// The secret of a client app, if this session knows it.
    Secret knownSecret(const QString &clientId) const;
    /// The user, or the chosen client app, or the client id.
    QString runName() const;
    /// Says at the field what a login cannot go without, and goes there.
    void showMissing();
    /// A password is not kept once it has bought a token.
    void forgetPassword();
    /// A next step of an explanation, if it is one that only needs this form.
    void perform(const QString &action);
    static bool canPerform(const QString &action) { return actions().contains(action); }
    static QStringList actions() { return steps().keys(); }

signals:
    void edited();
    void grantChanged(Grant grant);
    /// A next step has prepared the form; the person decides whether to run it.
    void readyToRun();
    /// What was typed before shall come back.
    void draftAsked();

private:
    struct Wish
    {
        QStringList scopes{};
        QString resource{};
    };
    using Step = void (*)(LoginForm &);

    void makeFields(Clipboard &clipboard);
    void connectFields();
    static const QHash<QString, Step> &steps();
    void switchTo(Grant grant);
    void startAnew();
    void tryAuth(ClientAuth auth);
    void addOpenId();
    /// With what the step changed in view.
    void offerToRun(QWidget *changed = nullptr);
    void bringIntoView(QWidget *field);
    void focusField(QWidget *field);
    QLineEdit *fieldToMend() const;
    void updateFields();
    void placeIssuer();

    Session &m_session;
    Grant m_grant = Grant::ClientCredentials;
    std::map<Grant, Wish> m_wishes; ///< of the kinds that are not shown
    bool m_loaded = false;
    bool m_hasDemoUsers = false;

    QScrollArea *m_scroll = nullptr;
    QVBoxLayout *m_column = nullptr;
    Label *m_title = nullptr;
    MessageBanner *m_origin = nullptr;
    MessageBanner *m_legacy = nullptr;
    IssuerFields *m_issuer = nullptr;
    ClientFields *m_client = nullptr;
    UserFields *m_user = nullptr;
    ScopeFields *m_scopes = nullptr;
    BrowserFields *m_browser = nullptr;
    ParameterRows *m_parameters = nullptr;
};

} // namespace latchkey
