// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/tokenactions.h"

#include <QTimer>

class QLayout;

namespace latchkey {

class JwksCache;
class MessageBanner;
class TokenPages;
class TokenTile;
struct TokenQuestion;

/// The tokens of a login that succeeded: what they are, whether they are good, and what can be done with
/// them. What was asked about them is kept with the run.
class TokensPane final : public QWidget
{
    Q_OBJECT

public:
    /// `clientSecret`: of the app, for tokens that are signed with it; it may be empty. All references
    /// outlive the pane.
    TokensPane(const TokenActions::Place &place, JwksCache &keys, LoginRunModel &runs, int number,
               const Secret &clientSecret, QWidget *parent = nullptr);

    /// Offers every other token that can be read beside the chosen one.
    void offerComparison(const QPoint &at);
    /// The next steps that are done here; others are the form's.
    static QStringList actions();

signals:
    /// The run was given new tokens.
    void refreshed(const latchkey::LoginOutcome &outcome);
    /// The grants of the run's authorization server are to be looked at.
    void grantsAsked(const QString &resource);
    /// A next step of an explanation, of the form or of the panel.
    void actionRequested(const QString &action);

private:
    TokenActions *makeActions();
    QLayout *makeTiles(const PanelTools &tools);
    QWidget *makePages(const PanelTools &tools);
    void showWaiting(const QString &what);
    void showPage(const RunPage &page);
    void keepPage(const RunPage &page);
    void compareWith(const QString &title, const QJsonObject &claims);
    void choose(TokenTile *tile);
    void judge();
    void takeEnd(TokenRole role, TokenEnd::How how);
    void showEnds();
    TokenQuestion question() const;
    bool offers(const QString &action) const;
    void perform(const QString &action);

    TokenActions::Place m_place;
    JwksCache &m_keys;
    LoginRunModel &m_runs;
    const LoginRun m_run; ///< as it was when it was shown
    Secret m_clientSecret;
    QList<TokenTile *> m_tiles;
    TokenTile *m_chosen = nullptr;
    TokenActions *m_actions = nullptr;
    MessageBanner *m_banner = nullptr;
    TokenPages *m_pages = nullptr;
    QTimer m_waiting; ///< what is over soon is not announced
    std::unique_ptr<QObject> m_judging;
};

/// "billing-service, access token, 14:02:11"
QString tokenTitle(const LoginRun &run, TokenRole role);

} // namespace latchkey
