// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginflow.h"
#include "sandboxhints.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QLineEdit;
class QMenu;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace latchkey {

class FormField;
class Label;
class MessageBanner;
class ParameterRows;
class PasswordField;
class ScopeChips;
class SegmentedControl;
class Session;

/// What a person asks of a test login. Reads the issuer's endpoints, the tenant's OIDC apps and its
/// authorization servers to help; everything can be typed too.
class LoginForm final : public QWidget
{
    Q_OBJECT

public:
    explicit LoginForm(Session &session, QWidget *parent = nullptr);
    ~LoginForm() override;

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
    /// The secret of a client app, if this session knows it.
    Secret knownSecret(const QString &clientId) const;
    /// The user, or the chosen client app, or the client id.
    QString runName() const;
    /// A password is not kept once it has bought a token.
    void forgetPassword();
    /// A next step of an explanation, if it is one that only needs this form.
    void perform(const QString &action);
    static bool canPerform(const QString &action);

signals:
    void edited();
    /// A next step has prepared the form; the person decides whether to run it.
    void readyToRun();

private:
    enum class Secrets { KeepTyped, Replace };
    struct Wish
    {
        QStringList scopes{};
        QString resource{};
    };
    using Step = void (*)(LoginForm &);

    void makeFields();
    FormField *addField(const QString &label, QWidget *field, const QString &help = {});
    void connectFields();
    void readDiscovery();
    void readApps();
    void readServers();
    void readScopes();
    void chooseApp(int row);
    void takeClientId(const QString &text, Secrets secrets);
    void rememberSecret();
    static const QHash<QString, Step> &steps();
    void switchTo(Grant grant);
    void listResources();
    void tryAuth(ClientAuth auth);
    /// With what the step changed in view.
    void offerToRun(QWidget *changed = nullptr);
    void bringIntoView(QWidget *field);
    void updateFields();
    void updateSuggestions();
    void fillMenu();
    void focusField(QWidget *field);

    Session &m_session;
    SandboxHints m_hints;
    Grant m_grant = Grant::ClientCredentials;
    Wish m_otherWish{.scopes = {QStringLiteral("openid"), QStringLiteral("profile")}}; ///< of the other grant
    bool m_loaded = false;
    bool m_secretIsTyped = false; ///< not filled in from what is known
    std::vector<OidcApp> m_apps;
    std::vector<AuthServer> m_servers;
    QStringList m_metadataScopes;
    QStringList m_resourceScopes;
    QHash<QString, Secret> m_secrets; ///< typed in this session, by client id
    std::unique_ptr<QObject> m_discovering;
    std::unique_ptr<QObject> m_choosing;
    std::unique_ptr<QObject> m_readingScopes;
    std::unique_ptr<QObject> m_listing;

    QScrollArea *m_scroll = nullptr;
    QVBoxLayout *m_column = nullptr;
    Label *m_title = nullptr;
    QPushButton *m_demo = nullptr;
    QMenu *m_demoMenu = nullptr;
    MessageBanner *m_legacy = nullptr;
    QLineEdit *m_issuer = nullptr;
    FormField *m_issuerField = nullptr;
    QComboBox *m_app = nullptr;
    FormField *m_appField = nullptr;
    QLineEdit *m_clientId = nullptr;
    FormField *m_clientIdField = nullptr;
    SegmentedControl *m_auth = nullptr;
    PasswordField *m_secret = nullptr;
    FormField *m_secretField = nullptr;
    QLineEdit *m_username = nullptr;
    FormField *m_usernameField = nullptr;
    PasswordField *m_password = nullptr;
    FormField *m_passwordField = nullptr;
    ScopeChips *m_scopes = nullptr;
    QComboBox *m_resource = nullptr;
    FormField *m_resourceField = nullptr;
    ParameterRows *m_parameters = nullptr;
};

} // namespace latchkey
