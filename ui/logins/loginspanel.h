// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/loginrun.h"
#include "oidc/jwkscache.h"
#include "oidc/loginprofile.h"
#include "paneltools.h"
#include "sandboxhints.h"
#include "widgets/panel.h"

#include <memory>

class QAction;
class QComboBox;
class QListView;
class QPushButton;
class QStackedWidget;

namespace latchkey {

class LoginForm;
class ProfileRegister;
class ProfilesPane;
class ResultPane;
class SegmentedControl;
class Session;
class TokenPasteForm;

/// OIDC test logins: what to ask, what came back and why, and the runs of this session.
class LoginsPanel final : public Panel
{
    Q_OBJECT

public:
    /// All must outlive the panel.
    LoginsPanel(Session &session, ProfileRegister &profiles, const PanelTools &tools,
                QWidget *parent = nullptr);
    ~LoginsPanel() override;

    /// Only for a sandbox tenant: its secrets are known and offered.
    void setSandboxHints(SandboxHints hints);
    bool isRunning() const { return m_flow != nullptr; }

signals:
    /// The grants of the authorization server with this resource identifier are to be looked at.
    void grantsAsked(const QString &resource);
    /// "Login took 1.9 s, 3 requests", for the status bar.
    void runFinished(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeLists();
    QWidget *makeRuns();
    QWidget *makeForm(Clipboard &clipboard);
    void makeActions();
    void run();
    void cancel();
    void finish(const LoginProfile &asked, const Result<LoginOutcome> &result);
    /// The chosen profile if the form still asks for what it does, else one that is not kept.
    LoginProfile askedProfile() const;
    void saveProfile();
    void editProfile(const LoginProfile &profile);
    void openProfileDialog(const LoginProfile &profile);
    void useChosenProfile();
    void runAll();
    void addRun(LoginRun run);
    void keepRefreshed(const LoginOutcome &outcome);
    void chooseComparison();
    void showRun(int row);
    /// A login of a kind, or a token from elsewhere.
    void showMode(int segment);
    bool isPasting() const;
    void showPasted();
    void showChosenRun();
    int failuresBefore(int row) const;
    void updateRunning();
    bool hasFocusIn(const QWidget *widget) const;
    void arrangePanes();

    Session &m_session;
    ProfileRegister &m_profiles;
    UrlOpener m_openUrl;
    LoginRunModel m_runs;
    JwksCache m_keys;
    std::vector<Exchange> m_exchanges; ///< of the run that is under way
    std::unique_ptr<LoginFlow> m_flow;
    std::unique_ptr<QObject> m_readingProfile;
    SegmentedControl *m_grant = nullptr;
    ProfilesPane *m_profilesPane = nullptr;
    QWidget *m_lists = nullptr;
    QListView *m_runList = nullptr;
    QComboBox *m_runCombo = nullptr;
    QStackedWidget *m_forms = nullptr;
    LoginForm *m_form = nullptr;
    TokenPasteForm *m_paste = nullptr;
    QWidget *m_foot = nullptr;
    ResultPane *m_result = nullptr;
    QPushButton *m_run = nullptr;
    QPushButton *m_cancel = nullptr;
    QAction *m_runAction = nullptr;
};

} // namespace latchkey
