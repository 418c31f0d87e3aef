// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/fileactions.h"
#include "authservers/partactions.h"
#include "authservers/reviewactions.h"
#include "authservers/serveractions.h"
#include "authservers/serverlistmodel.h"
#include "grants/serverbook.h"
#include "widgets/panel.h"

#include <QDateTime>

class QPushButton;

namespace latchkey {

class ChangesPage;
class ClaimsPage;
class DroppedChanges;
class GrantsPage;
class InterruptedChanges;
class ProfileRegister;
class ScopesPage;
class ServerDetailsPage;
class Clipboard;
class ServerListPane;
class ServerTabs;
class Session;
struct SandboxHints;

/// The authorization servers of a tenant and who may get which of their scopes.
class AuthServersPanel final : public Panel
{
    Q_OBJECT

public:
    /// Session and clipboard must outlive the panel.
    AuthServersPanel(Session &session, Clipboard &clipboard, QWidget *parent = nullptr);
    ~AuthServersPanel() override;

    /// Reads the servers and the selected one again; what is staged stays.
    void reload();
    /// Chooses the server with this resource identifier, once the servers are read.
    void showServer(const QString &resource);
    /// For the proof of a grant by a login: where an app's secret may be kept.
    void setSecrets(ProfileRegister *profiles, SandboxHints hints);
    int pendingChanges() const { return m_servers.pendingTotal(); }

signals:
    void pendingChangesChanged(int changes);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeActions();
    void makePages();
    void followPage(QWidget *page);
    void connectSession();
    void connectBook();
    void connectParts();
    void connectChanges();
    bool checkAccess();
    void followAccess();
    void takeServers();
    void tellGone();
    void showServers();
    void updateServers();
    void forgetGone();
    void failListing(const Error &error);
    void failReading(AuthServerId id, const Error &error);
    void takeServer(AuthServerId id);
    void offerAgain(QPushButton *button);
    void select(AuthServerId id);
    void selectWanted();
    void markSelected();
    void showSelected();
    void showFacts();
    void showParts(AuthServerId id);
    void askToReload();
    void discardAll();
    void showGrants();
    void grantTo(AuthServerId server, const ScopeSet &scopes);
    void stage(AuthServerId server, const std::vector<GrantChange> &changes);
    void countPending();
    void setPending(AuthServerId server, int changes);
    void updateLayout();

    Session &m_session;
    ServerBook m_book;
    ServerListModel m_servers;
    ServerActions m_serverActions;
    PartActions m_partActions;
    FileActions m_fileActions;
    ReviewActions m_reviewActions;
    AuthServerId m_selected{};
    /// To be staged once the grants of their server are read.
    std::map<AuthServerId, std::vector<GrantChange>> m_planned;
    QString m_wanted; ///< resource identifier of the server to choose once it is known
    QDateTime m_readAt;
    std::optional<ScopeLevel> m_checkedLevel; ///< of the credential at work
    bool m_started = false;

    QList<QAction *> m_pageActions; ///< of the page in sight, with keys for the whole panel
    QAction *m_newServer = nullptr;
    QAction *m_editServer = nullptr;
    QAction *m_deleteServer = nullptr;
    ServerListPane *m_listPane = nullptr;
    ServerTabs *m_tabs = nullptr;
    GrantsPage *m_grants = nullptr;
    ScopesPage *m_scopes = nullptr;
    ClaimsPage *m_claims = nullptr;
    ServerDetailsPage *m_details = nullptr;
    ChangesPage *m_changes = nullptr;
    InterruptedChanges *m_interrupted = nullptr;
    DroppedChanges *m_dropped = nullptr;
};

} // namespace latchkey
