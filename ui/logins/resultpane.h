// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/loginrun.h"
#include "models/tablemodel.h"
#include "oidc/errorexplainer.h"

#include <QWidget>

class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace latchkey {

class Clipboard;
class StateBadge;
class Ticker;
class TokenTile;

/// One scope in the comparison of a login: asked for, granted, and in the token.
struct ScopeFate
{
    QString scope{};
    bool requested = false;
    std::optional<bool> granted{}; ///< none: the answer does not say, so as requested
    std::optional<bool> inToken{}; ///< none: the token cannot be read
};

std::vector<ScopeFate> scopeFates(const LoginOutcome &outcome);

/// What a test login gave: tokens and their claims, or a refusal and its explanation.
class ResultPane final : public QWidget
{
    Q_OBJECT

public:
    ResultPane(Clipboard &clipboard, Ticker &ticker, QWidget *parent = nullptr);

    void showNothing();
    void showRunning(const QString &step);
    /// `failures`: how often this user failed in this session, this run included.
    void showRun(const LoginRun &run, int failures);

signals:
    void actionRequested(const QString &action);
    /// The run's request shall go back into the form.
    void reuseRequested();

private:
    QWidget *makeHead(const LoginRun &run);
    QWidget *makeSuccess(const LoginRun &run);
    QWidget *makeTabs(const LoginOutcome &outcome);
    QWidget *makeFailure(const LoginRun &run, int failures);
    QWidget *makeEvidence(const Error &error, int failures);
    QWidget *makeScopes(const LoginOutcome &outcome);
    void choose(TokenTile *tile, const QDateTime &at);
    void setContent(QWidget *content);

    Clipboard &m_clipboard;
    Ticker &m_ticker;
    ErrorExplainer m_explainer;
    QVBoxLayout *m_column = nullptr;
    QWidget *m_content = nullptr;
    QList<TokenTile *> m_tiles;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_pages = nullptr;
    StateBadge *m_badge = nullptr;
};

} // namespace latchkey
