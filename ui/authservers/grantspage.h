// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/grantgridmodel.h"
#include "sandboxhints.h"

#include <QWidget>

class QAction;
class QPushButton;
class QStackedLayout;

namespace latchkey {

class CellStrip;
class EmptyState;
class FilterField;
class GrantChecklist;
class GrantGridView;
class GrantMenus;
class MessageBanner;
class PendingBar;
class ProfileRegister;
class SegmentedControl;
class Session;

/// The Grants tab: filters, the grid of client apps by scopes, the current cell in words, and what
/// is pending. Stages only; the review is asked for by a signal.
class GrantsPage final : public QWidget
{
    Q_OBJECT

public:
    explicit GrantsPage(Session &session, QWidget *parent = nullptr);

    GrantGridModel &model() { return m_model; }
    /// Null: nothing is loaded. The plan must outlive its use here.
    void showPlan(const AuthServer &server, GrantPlan *plan, std::vector<Scope> scopes);
    /// Why what is not loaded could not be read; until showPlan().
    void setFailed(const QString &sentence);
    /// For the proof of a grant by a login: where an app's secret may be kept.
    void setSecrets(ProfileRegister *profiles, SandboxHints hints);
    /// Where there are many scopes: the grid in place of the checklist.
    void showAsGrid(bool asGrid);
    /// An empty reason: changes may be staged. `able` is the credential to work as instead.
    void setReadOnlyReason(const QString &reason, const std::optional<ApiCredential> &able);

    /// Whose keys work in the whole panel while the page is shown.
    QList<QAction *> panelActions() const { return {m_undo, m_redo, m_addApp, m_find}; }
    /// In the order of the main menu; null is a line.
    QList<QAction *> menuActions() const;
    /// It is that of the whole panel, whatever page is shown.
    QAction *reviewAction() const { return m_review; }
    /// The grid or the checklist, whichever is in sight.
    void focusGrants();

signals:
    void reviewRequested();
    void readingAsked(); ///< after a failure
    void addScopesAsked();

private:
    QWidget *makeTools();
    QWidget *makeGrid();
    void makeActions();
    void makeMenuActions();
    void updateRowActions();
    void connectParts();
    void refresh();
    void addApps();
    void askDiscard();
    void connectGrid();
    void connectChecklist();
    QWidget *makeNoScopesHint();
    bool hasNoScopes() const;
    bool isChecklist() const;
    /// What is current, in the grid or in the checklist.
    QModelIndex currentCell() const;
    std::optional<AppId> currentApp() const;
    std::vector<AppId> affectedApps() const;
    void followCurrent();
    void followPending();
    void showNothing();
    void actOnNothing();
    void prove(AppId app);
    QString filterSentence() const;
    void clearFilters();

    Session &m_session;
    GrantGridModel m_model;
    AuthServer m_server;
    GrantMenus *m_menus = nullptr;
    ProfileRegister *m_profiles = nullptr;
    SandboxHints m_hints;
    QString m_readOnlyReason;
    QString m_failure;
    std::optional<CredentialId> m_able; ///< whom the read-only note offers to work as
    MessageBanner *m_readOnly = nullptr;
    FilterField *m_appFilter = nullptr;
    FilterField *m_scopeFilter = nullptr;
    SegmentedControl *m_show = nullptr;
    QPushButton *m_add = nullptr;
    QStackedLayout *m_stack = nullptr;
    GrantGridView *m_grid = nullptr;
    GrantChecklist *m_checklist = nullptr;
    QPushButton *m_form = nullptr; ///< grid or checklist
    bool m_asGrid = false;
    EmptyState *m_nothing = nullptr;
    QPushButton *m_nothingButton = nullptr;
    QPushButton *m_nothingAdd = nullptr; ///< where there are neither scopes nor apps
    QPushButton *m_addScopes = nullptr;  ///< beside the apps of a server without scopes
    CellStrip *m_strip = nullptr;
    PendingBar *m_bar = nullptr;
    QAction *m_undo = nullptr;
    QAction *m_redo = nullptr;
    QAction *m_review = nullptr;
    QAction *m_addApp = nullptr;
    QAction *m_find = nullptr;
    QAction *m_remove = nullptr; ///< of the grid and the checklist
    QAction *m_discard = nullptr;
    QAction *m_copyFrom = nullptr;
    QAction *m_copyTo = nullptr;
    QAction *m_prove = nullptr;
};

} // namespace latchkey
