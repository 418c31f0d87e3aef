// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/loginform.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QPushButton;
class QStackedWidget;

namespace latchkey {

class ExpectationButton;
class LoginRunModel;
class TokenPasteForm;

/// What is asked: a login with the buttons that run it, or a token from elsewhere. Filling in something else
/// keeps what was typed as a draft.
class RequestPane final : public QWidget
{
    Q_OBJECT

public:
    /// All outlive the pane.
    RequestPane(Session &session, Clipboard &clipboard, LoginRunModel &runs, QWidget *parent = nullptr);

    LoginForm *form() const { return m_form; }
    TokenPasteForm *paste() const { return m_paste; }
    ExpectationButton *expectation() const { return m_expect; }
    QPushButton *runButton() const { return m_run; }
    /// The runs of this session, where there is no room for their list.
    QComboBox *runBox() const { return m_runs; }

    bool isPasting() const;
    void setPasting(bool pasting);
    /// The person chose another kind of login.
    void setGrant(Grant grant);
    /// Puts it into the form. `origin` says where it comes from, as a sentence; empty:
    /// from the profile that is chosen.
    void fill(const LoginRequest &request, const QString &origin);
    /// What is in the form is kept elsewhere: it is no draft.
    void noteKept() { m_filled = m_form->request(); }
    void setRunning(bool running);

signals:
    void runAsked();
    void cancelAsked();

private:
    QWidget *makeFoot();
    void restoreDraft();

    LoginRequest m_filled{};               ///< what the form held before the person edited it
    std::optional<LoginRequest> m_draft{}; ///< what was typed before something else was filled in
    LoginForm *m_form = nullptr;
    TokenPasteForm *m_paste = nullptr;
    QStackedWidget *m_forms = nullptr;
    QComboBox *m_runs = nullptr;
    QWidget *m_foot = nullptr;
    QPushButton *m_run = nullptr;
    QPushButton *m_cancel = nullptr;
    ExpectationButton *m_expect = nullptr;
};

} // namespace latchkey
