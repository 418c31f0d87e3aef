// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panes.h"
#include "sandboxhints.h"
#include "services.h"

#include <QObject>

#include <map>

class QAction;
class QStackedWidget;

namespace latchkey {

class MainMenu;
class NavigationList;
class Session;
class StatusBar;

enum class PanelId { Credentials, Logins, AuthServers, Activity, Settings };

/// The panels of the window with their items in navigation and menu: each is made when it is first asked for,
/// and all but the settings need a tenant.
class WindowPanels final : public QObject
{
    Q_OBJECT

public:
    /// The parts of the window around the panels; all outlive them.
    struct Place
    {
        NavigationList &navigation;
        MainMenu &menu;
        QStackedWidget &stack;
        StatusBar &statusBar;
    };

    /// `services` must outlive it.
    WindowPanels(const Services &services, const Place &place, QObject *parent = nullptr);

    /// Of this tenant from now on; the session outlives the panels. `hints`: of the sandbox, if it is one.
    void open(Session &session, SandboxHints hints);
    /// There is no tenant.
    void close();
    /// Before their session ends.
    void destroy();
    /// Brings it to the front, with the focus in it.
    void show(PanelId id);
    /// Null: it was not asked for yet.
    QWidget *panel(PanelId id) const;
    /// Of the panel in sight.
    QString helpPage() const;
    int stagedChanges() const;
    /// The focus goes to another pane of the panel, or to what is beside it.
    void movePane(int step);

signals:
    void editTenantAsked();
    /// A sentence for the status bar.
    void said(const QString &sentence);

private:
    void addItems();
    void bringToFront(PanelId id);
    void countAttention();
    QWidget *make(PanelId id);
    QWidget *makeCredentials();
    QWidget *makeLogins();
    QWidget *makeAuthServers();

    const Services m_services;
    const Place m_place;
    Panes m_panes;
    SandboxHints m_hints;
    Session *m_session = nullptr;
    std::map<PanelId, int> m_items;        ///< places in the navigation
    std::map<PanelId, QWidget *> m_panels; ///< those made so far
    std::map<PanelId, QAction *> m_actions;
};

} // namespace latchkey
