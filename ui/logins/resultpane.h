// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/loginrun.h"
#include "logins/tokenpasteform.h"
#include "paneltools.h"

#include <QWidget>

#include <memory>

class QVBoxLayout;

namespace latchkey {

class JwksCache;
class Session;
class TokenPages;
class TokensPane;
struct BrowserWait;
struct LoginRecord;

/// What a test login gave: tokens and their claims, or a refusal and its explanation.
class ResultPane final : public QWidget
{
    Q_OBJECT

public:
    /// `keys` are those that tokens are verified with, `runs` those that are shown. All outlive the pane.
    ResultPane(Session &session, const PanelTools &tools, JwksCache &keys, LoginRunModel &runs,
               QWidget *parent = nullptr);

    void showNothing();
    void showNoToken();
    /// A profile without a run in this session.
    void showNotRun(const QString &profile, bool isInHistory);
    void showRunning(const QString &step);
    void showBrowser(const BrowserWait &wait);
    /// `failures`: how often this user failed in this session, this run included. `clientSecret`: of the
    /// app, for tokens that are signed with it; it may be empty.
    void showRun(int number, int failures, const Secret &clientSecret);
    /// A run of the history, whose tokens are gone.
    void showRecord(const LoginRecord &record);
    /// A token from elsewhere. The same one again is only judged again.
    void showPasted(const PastedToken &pasted);
    /// Whether there is a token that another one could stand beside.
    bool canCompare() const { return m_tokens != nullptr; }
    void offerComparison(const QPoint &at);

signals:
    /// A next step of an explanation.
    void actionRequested(const QString &action);
    /// The shown run was given new tokens.
    void refreshed(const latchkey::LoginOutcome &outcome);
    /// The grants of the run's authorization server are to be looked at.
    void grantsAsked(const QString &resource);
    /// canCompare() may have.
    void changed();

private:
    void setContent(QWidget *content);
    void showFailure(const LoginRun &run, int failures);
    void judge(const PastedToken &pasted);

    Session &m_session;
    PanelTools m_tools;
    JwksCache &m_keys;
    LoginRunModel &m_runs;
    QVBoxLayout *m_column = nullptr;
    QWidget *m_content = nullptr;
    TokensPane *m_tokens = nullptr; ///< the content, if it is one
    TokenPages *m_pages = nullptr;  ///< of the pasted token
    Secret m_pasted{};              ///< the token that is shown, if it came from elsewhere
    std::unique_ptr<QObject> m_judging;
};

} // namespace latchkey
