// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"
#include "services.h"
#include "windowpanels.h"

#include <QMainWindow>

#include <functional>
#include <memory>

class QStackedWidget;

namespace latchkey {

class CredentialsPanel;
class EnvironmentBand;
class FirstRun;
class HelpWindow;
class MainMenu;
class MessageBanner;
class NavigationList;
class SandboxEntry;
class Session;
class StatusBar;
class StatusPresenter;
class TenantSwitcher;

/// The window: one tenant at a time, one panel in sight.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// `services` must outlive the window.
    explicit MainWindow(const Services &services, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Reads the workspace and probes the keychain: to be called once the window has been painted.
    void begin(bool withSandbox);
    void startSandbox();
    void openTenant(const Tenant &tenant);
    /// Brings it to the front, with the focus in it.
    void showPanel(PanelId id);
    Session *session() const { return m_session.get(); }

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeParts();
    void makeActions();
    void connectParts();
    void loadTenants();
    void chooseTenant(const Tenant &tenant);
    void addTenant();
    void addTenantThen(void (CredentialsPanel::*next)());
    void editTenant();
    void closeTenant();
    void destroyPanels();
    void showHelp();
    void endSandboxStart();
    void cancelSandboxStart();
    void askForSandbox();
    void sandboxEnded(const QString &sentence);
    /// Goes on at once, or asks first if staged changes would be lost; `verb` says "Discard and …".
    void leaveTenant(const QString &verb, std::function<void()> goOn);
    bool finishRemovalsFirst();

    const Services m_services;
    std::unique_ptr<Session> m_session;

    EnvironmentBand *m_band = nullptr;
    TenantSwitcher *m_switcher = nullptr;
    MainMenu *m_menu = nullptr;
    NavigationList *m_navigation = nullptr;
    MessageBanner *m_banner = nullptr;
    QStackedWidget *m_stack = nullptr;
    FirstRun *m_firstRun = nullptr;
    StatusPresenter *m_status = nullptr;
    WindowPanels *m_panels = nullptr;
    SandboxEntry *m_sandbox = nullptr;
    QAction *m_editTenant = nullptr;
    HelpWindow *m_help = nullptr; ///< once it was asked for
    QAction *m_startSandbox = nullptr;
    StatusBar *m_statusBar = nullptr;
    bool m_mayClose = false;            ///< staged changes may be lost
    bool m_hasFinishedRemovals = false; ///< or has waited for it long enough
};

} // namespace latchkey
