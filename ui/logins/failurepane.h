// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/loginrun.h"
#include "oidc/errorexplainer.h"
#include "paneltools.h"

#include <QWidget>

#include <memory>

namespace latchkey {

class ExplainPane;
class Session;
class TabStrip;

/// A login that failed or was cancelled: what was said, why, what to do next, and what a report to somebody
/// else needs.
class FailurePane final : public QWidget
{
    Q_OBJECT

public:
    /// `failures`: how often this user failed in this session, this run included.
    FailurePane(Session &session, const PanelTools &tools, LoginRun run, int failures,
                QWidget *parent = nullptr);

    /// The next steps that are done here; others are the form's.
    static QStringList actions();

signals:
    /// A next step of the form or of the panel.
    void actionRequested(const QString &action);
    void grantsAsked(const QString &resource);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrangeFoot();
    QWidget *makeBanner();
    QWidget *makeTabs();
    std::optional<QString> offer(const QString &action) const;
    void perform(const QString &action);
    void lookUpUser();
    void openPortal();
    QString userName() const;

    Session &m_session;
    PanelTools m_tools;
    LoginRun m_run;
    Error m_error;
    Explanation m_explanation;
    ExplainPane *m_explain = nullptr;
    TabStrip *m_tabs = nullptr;
    QWidget *m_foot = nullptr; ///< none of a run that was cancelled
    std::unique_ptr<QObject> m_looking;
};

} // namespace latchkey
