// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "credentials/credentialactions.h"
#include "credentials/credentiallifecycle.h"
#include "credentials/credentialmodel.h"
#include "credentials/interchangeactions.h"
#include "credentials/levelfinding.h"
#include "onelogin/hygiene.h"
#include "widgets/panel.h"

class QPushButton;
class QStackedWidget;

namespace latchkey {

class CredentialDetail;
class CredentialList;
class CredentialTools;
class EmptyState;
class HygieneView;
class ListDetailPanes;
class WatchLine;

/// The API credentials of a tenant: list and detail.
class CredentialsPanel final : public Panel
{
    Q_OBJECT

public:
    CredentialsPanel(Session &session, const PanelTools &tools, QWidget *parent = nullptr);

    void reload();
    void addCredential() { m_lifecycle.create(); }
    CredentialLifecycle &lifecycle() { return m_lifecycle; }
    void importCredentials() { m_interchange.importCredentials(); }
    InterchangeActions &interchange() { return m_interchange; }

signals:
    /// To the requests of this session.
    void activityAsked();
    /// To the address of the tenant.
    void addressAsked();

private:
    void makePages();
    void makeHead();
    void makeActions();
    void connectPages();
    void connectDetail();
    void connectLifecycle();
    void connectSession();
    void reloadSoon();
    void showPair(CredentialId id);
    void applyFilter();
    void showHygiene(bool shown);
    void takeStep(CredentialId id, HygieneStep step);
    void showCounts();
    void showPage();
    void showSelected();
    EmptyState *makeEmptyState();

    Session &m_session;
    PanelTools m_tools;
    CredentialModel m_model;
    CredentialLifecycle m_lifecycle;
    CredentialActions m_actions;
    InterchangeActions m_interchange;
    LevelFinding m_levels;
    CredentialList *m_list = nullptr;
    HygieneView *m_hygiene = nullptr;
    EmptyState *m_nothing = nullptr;
    QStackedWidget *m_pages = nullptr;
    CredentialDetail *m_detail = nullptr;
    WatchLine *m_watch = nullptr;
    ListDetailPanes *m_panes = nullptr;
    CredentialTools *m_row = nullptr;
    QPushButton *m_add = nullptr;
    QPushButton *m_hygieneButton = nullptr;
    QPushButton *m_clearFilter = nullptr;
    QAction *m_export = nullptr;
    QAction *m_repair = nullptr;
    bool m_isReloadDue = false;
};

} // namespace latchkey
