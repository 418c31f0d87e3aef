// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/loginrun.h"
#include "logins/tokenactions.h"
#include "logins/tokenpasteform.h"
#include "oidc/errorexplainer.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QLayout;
class QVBoxLayout;

namespace latchkey {

class JwksCache;
class MessageBanner;
class TokenPages;
class TokenTile;

/// What a test login gave: tokens and their claims, or a refusal and its explanation.
class ResultPane final : public QWidget
{
    Q_OBJECT

public:
    /// `keys` are those that tokens are verified with; they outlive the pane.
    ResultPane(const TokenActions::Place &place, JwksCache &keys, QWidget *parent = nullptr);

    void showNothing();
    void showNoToken();
    void showRunning(const QString &step);
    /// The login goes on in the browser, at this address.
    void showBrowser(const QUrl &address);
    /// `failures`: how often this user failed in this session, this run included. `clientSecret`: of the
    /// app, for tokens that are signed with it; it may be empty.
    void showRun(const LoginRun &run, int failures, const Secret &clientSecret);
    /// A token from elsewhere. The same one again is only judged again.
    void showPasted(const PastedToken &pasted);
    /// The claims of the chosen token beside those of another one, which is called `title`.
    void compareWith(const QString &title, const QJsonObject &claims);

signals:
    void actionRequested(const QString &action);
    /// The run's request shall go back into the form.
    void reuseRequested();
    void compareAsked();
    /// The shown run was given new tokens.
    void refreshed(const latchkey::LoginOutcome &outcome);
    /// The grants of the run's authorization server are to be looked at.
    void grantsAsked(const QString &resource);

private:
    QWidget *makeHead(const LoginRun &run, QWidget *actions);
    TokenActions *makeActions(const LoginRun &run);
    QWidget *makeReuse();
    void showWaiting(const QString &what);
    void showAnswer(const QString &title, const QString &name, const QJsonObject &members,
                    const QStringList &notes);
    QWidget *makeSuccess(const LoginRun &run);
    QLayout *makeTiles(const LoginOutcome &outcome);
    QWidget *makePages(const LoginRun &run);
    QWidget *makeFailure(const LoginRun &run, int failures);
    QWidget *makeFailureTabs(const LoginRun &run, const Error &error);
    void choose(TokenTile *tile);
    void judge(const TokenQuestion &question);
    void showProgress(const QString &words, QWidget *further);
    void forgetContent();
    void setContent(QWidget *content);

    TokenActions::Place m_place;
    JwksCache &m_keys;
    ErrorExplainer m_explainer;
    LoginRun m_run{}; ///< the one that is shown
    Secret m_clientSecret{};
    QVBoxLayout *m_column = nullptr;
    QWidget *m_content = nullptr;
    QList<TokenTile *> m_tiles;
    TokenTile *m_chosen = nullptr;
    TokenActions *m_actions = nullptr;
    MessageBanner *m_banner = nullptr; ///< about what is done with the tokens
    TokenPages *m_pages = nullptr;
    QTimer m_waiting;  ///< what is over soon is not announced
    Secret m_pasted{}; ///< the token that is shown, if it came from elsewhere
    std::unique_ptr<QObject> m_judging;
};

} // namespace latchkey
