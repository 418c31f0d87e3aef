// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/session.h"
#include "paneltools.h"

#include <QWidget>

class QAction;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace latchkey {

class AbilitySection;
class ClientIdField;
class FactList;
class Label;
class RotationStrip;
class SecretField;
class StateBadge;
class TokenCard;

/// All that is known of one pair, and what can be done with it. It asks; the panel acts.
class CredentialDetail final : public QWidget
{
    Q_OBJECT

public:
    CredentialDetail(Session &session, const PanelTools &tools, QWidget *parent = nullptr);

    /// Disabling: the tenant may still accept the disabled pair.
    void setCredential(const ApiCredential &credential, bool isDisabling);
    /// There is none to act on; what is shown stays, out of sight.
    void setNone();
    /// What can be done with the pair; Delete and F2 are keys of the widget they are added to.
    QList<QAction *> pairActions() const;
    const ApiCredential &credential() const { return m_credential; }
    /// Reads what may change by itself: token, keychain, ages.
    void refresh();
    void setBusy(bool busy);
    /// Between the head and what scrolls; takes no room while it is hidden.
    void addNotice(QWidget *notice);
    /// One pane at a time: a way back to the list.
    void setBackShown(bool shown);

    TokenCard *tokenCard() const { return m_card; }
    SecretField *secretField() const { return m_secret; }
    AbilitySection *abilities() const { return m_abilities; }

signals:
    void backAsked();
    void disableAsked();
    void enableAsked();
    void editAsked();
    void deleteAsked();
    void workAsAsked();
    void rotateAsked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void makeHead(QVBoxLayout *column);
    void makeFacts(QVBoxLayout *column);
    void makeActions();
    void showActions();
    void showAges();
    QString proof() const;
    void showSecretState();

    Session &m_session;
    PanelTools m_tools;
    ApiCredential m_credential{};
    QToolButton *m_back = nullptr;
    Label *m_name = nullptr;
    QPushButton *m_disable = nullptr;
    QPushButton *m_enable = nullptr;
    StateBadge *m_badge = nullptr;
    StateBadge *m_atWork = nullptr;
    Label *m_proof = nullptr;
    Label *m_level = nullptr;
    Label *m_levelMeaning = nullptr;
    ClientIdField *m_clientId = nullptr;
    SecretField *m_secret = nullptr;
    Label *m_note = nullptr;
    Label *m_age = nullptr;
    TokenCard *m_card = nullptr;
    Label *m_shared = nullptr;
    AbilitySection *m_abilities = nullptr;
    RotationStrip *m_rotation = nullptr;
    QAction *m_workAs = nullptr;
    QAction *m_disablePair = nullptr;
    QAction *m_enablePair = nullptr;
    QAction *m_rotate = nullptr;
    QAction *m_edit = nullptr;
    QAction *m_delete = nullptr;
    QMetaObject::Connection m_ageing;
    bool m_isThere = false; ///< a pair
    bool m_isBusy = false;
};

} // namespace latchkey
