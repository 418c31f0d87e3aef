// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/loginrun.h"
#include "logins/loginrunner.h"
#include "oidc/jwkscache.h"
#include "oidc/loginrecord.h"
#include "paneltools.h"
#include "sandboxhints.h"
#include "widgets/panel.h"

#include <memory>

class QAction;
class QPushButton;
class QToolButton;

namespace latchkey {

class LoginLists;
class ProfileChoice;
class ProfileRegister;
class ProfilesPane;
class RequestPane;
class ResultPane;
class RunsPane;
class SegmentedControl;
class Session;
struct SuiteRun;

/// OIDC test logins: what to ask, what came back and why, the runs of this session and the history.
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
    bool isRunning() const { return m_runner.isRunning(); }

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
    void makeToolRow();
    void addButtons();
    void makeActions();
    void connectParts();
    void run();
    void cancel();
    void finish(const LoginProfile &asked, const Result<LoginOutcome> &result);
    void addRun(LoginRun run);
    void addSuiteRun(const SuiteRun &run, LoginRecordId record);
    /// The last run of the chosen profile in this session, or that there is none.
    void showProfile();
    void keepRefreshed(const LoginOutcome &outcome);
    /// Puts what a run or a profile asked for into the form.
    void fill(const LoginRequest &request, LoginProfileId profile, const QString &origin);
    void openRun(int row);
    void openRecord(const LoginRecord &record);
    void showRun(int row);
    /// A login of a kind, or a token from elsewhere.
    void showMode(int segment);
    void showPasted();
    void showChosen();
    void takeStep(const QString &action);
    void updateRunning();

    Session &m_session;
    ProfileRegister &m_profiles;
    LoginRunModel m_runs;
    JwksCache m_keys;
    LoginRunner m_runner;
    LoginProfile m_asked{};   ///< of the run that is under way
    bool m_keepsForm = false; ///< a run is shown, and the form is left alone
    SegmentedControl *m_kind = nullptr;
    QToolButton *m_history = nullptr;
    QToolButton *m_compare = nullptr;
    QPushButton *m_export = nullptr;
    LoginLists *m_lists = nullptr;
    ProfilesPane *m_profilesPane = nullptr; ///< of the lists
    RunsPane *m_runsPane = nullptr;         ///< of the lists
    RequestPane *m_request = nullptr;
    ResultPane *m_result = nullptr;
    std::unique_ptr<ProfileChoice> m_profileChoice;
    QAction *m_runAction = nullptr;
};

} // namespace latchkey
