// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "oidc/clientrequest.h"
#include "widgets/formcolumn.h"

#include <QHash>

#include <memory>
#include <vector>

class QComboBox;
class QLineEdit;

namespace latchkey {

class FormField;
class PasswordField;
class SegmentedControl;
class Session;

/// The client app of a login: one of the tenant's OIDC apps or a client ID that is typed, how it proves
/// itself, and its secret, which stays in memory.
class ClientFields final : public FormColumn
{
    Q_OBJECT

public:
    explicit ClientFields(Session &session, QWidget *parent = nullptr);

    /// Lists the tenant's apps; they stream in.
    void readApps();
    OidcClient client() const;
    void setClient(const QString &clientId, ClientAuth auth);
    void setAuth(ClientAuth auth);
    /// As if it was typed.
    void setSecret(const Secret &secret);
    /// The chosen app, or the client ID.
    QString name() const;
    /// The secret of a client app, if this session knows it.
    Secret knownSecret(const QString &clientId) const;
    /// Secrets that protect nothing, by client ID.
    void setTellableSecrets(QHash<QString, Secret> secrets);
    /// Whether a client without a secret may log in.
    void setPublicClientsAllowed(bool allowed);

    QComboBox *appBox() const { return m_app; }
    QLineEdit *clientIdEdit() const { return m_clientId; }
    QLineEdit *secretEdit() const;
    SegmentedControl *authControl() const { return m_auth; }

signals:
    void edited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Secrets { KeepTyped, Replace };

    void makeFields();
    void connectFields();
    void addApps(const std::vector<OidcApp> &page);
    void chooseApp(int row);
    void takeApp(size_t index, const OidcApp &app);
    void takeClientId(const QString &text, Secrets secrets);
    void rememberSecret();
    void updateSecretField();

    Session &m_session;
    bool m_secretIsTyped = false; ///< not filled in from what is known
    bool m_publicClientsAllowed = false;
    std::vector<OidcApp> m_apps;
    QHash<QString, Secret> m_secrets; ///< typed in this session, by client ID
    QHash<QString, Secret> m_tellableSecrets;
    std::unique_ptr<QObject> m_listing;
    std::unique_ptr<QObject> m_choosing;
    QComboBox *m_app = nullptr;
    FormField *m_appField = nullptr;
    QLineEdit *m_clientId = nullptr;
    SegmentedControl *m_auth = nullptr;
    PasswordField *m_secret = nullptr;
    FormField *m_secretField = nullptr;
};

} // namespace latchkey
