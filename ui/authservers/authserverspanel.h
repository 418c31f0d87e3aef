// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/serverlistmodel.h"
#include "grants/grantplan.h"
#include "models/tablemodel.h"
#include "widgets/panel.h"

#include <QPointer>

#include <deque>
#include <memory>

class QComboBox;
class QListView;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace latchkey {

class ChangesPage;
class FactList;
class FilterField;
class GrantsPage;
class InterruptedChanges;
class ReviewDialog;
class Session;
struct AppliedChange;

/// The authorization servers of a tenant and who may get which of their scopes.
class AuthServersPanel final : public Panel
{
    Q_OBJECT

public:
    explicit AuthServersPanel(Session &session, QWidget *parent = nullptr);
    ~AuthServersPanel() override;

    /// Reads the servers and the selected one again; what is staged stays.
    void reload();
    /// Chooses the server with this resource identifier, once the servers are read.
    void showServer(const QString &resource);
    int pendingChanges() const { return m_servers.pendingTotal(); }

signals:
    void pendingChangesChanged(int changes);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// What is known of one server.
    struct ServerState
    {
        AuthServer server{};
        std::vector<Scope> scopes{};
        GrantPlan plan{};
        bool isLoaded = false;
        bool hasDetails = false;
    };
    struct ScopeUse
    {
        Scope scope{};
        int apps = 0;
    };
    class Reading;

    QWidget *makeServerList();
    QWidget *makeTabs();
    QWidget *makeScopesTab();
    QWidget *makeDetailsTab();
    void connectChanges();
    bool checkAccess();
    QString readOnlyReason() const;
    void takeServers(std::vector<AuthServer> servers);
    void forgetGone();
    void failListing(const Error &error);
    void offerAgain(QPushButton *button);
    void select(AuthServerId id);
    void selectWanted();
    void markSelected();
    void read(AuthServerId id, bool details);
    void readDetails(AuthServerId id);
    void readDone(Reading &reading);
    void readFailed(AuthServerId id, const Error &error);
    void pump();
    void showSelected();
    void showDetails();
    void showScopes();
    void countPending();
    void openReview();
    void markProgress(const AppliedChange &change);
    void takeOutcome(const std::vector<AppliedChange> &changes);
    void updateBusy();
    void updateLayout();

    Session &m_session;
    ServerListModel m_servers;
    TableModel<ScopeUse> m_scopeTable;
    std::map<AuthServerId, ServerState> m_states;
    std::unique_ptr<QObject> m_listing;
    std::unique_ptr<QObject> m_detailing;
    std::map<AuthServerId, std::unique_ptr<Reading>> m_readings;
    std::deque<AuthServerId> m_queue;
    AuthServerId m_selected{};
    QString m_wanted; ///< resource identifier of the server to choose once it is known
    QPointer<ReviewDialog> m_review;
    QDateTime m_readAt;
    std::optional<ScopeLevel> m_checkedLevel; ///< of the credential at work
    bool m_started = false;

    QWidget *m_listPane = nullptr;
    QListView *m_list = nullptr;
    QComboBox *m_combo = nullptr;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_pages = nullptr;
    GrantsPage *m_grants = nullptr;
    ChangesPage *m_changes = nullptr;
    InterruptedChanges *m_interrupted = nullptr;
    QTableView *m_scopesView = nullptr;
    FactList *m_facts = nullptr;
};

} // namespace latchkey
