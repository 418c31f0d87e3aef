// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

class QToolButton;

namespace latchkey {

class LoginRunModel;
class ProfileRegister;
class ProfilesPane;
class RequestPane;
class RunsPane;
class Session;

/// Profiles and runs beside the form; in a narrow panel they stand in its place while they are asked for.
class LoginLists final : public QSplitter
{
    Q_OBJECT

public:
    /// All outlive it.
    LoginLists(Session &session, ProfileRegister &profiles, LoginRunModel &runs);

    ProfilesPane *profiles() const { return m_profiles; }
    RunsPane *runs() const { return m_runsPane; }

    /// Whose place it is, and what asks for it. Both are there as long as it is.
    void share(RequestPane &form, QToolButton &button);
    void setNarrow(bool narrow);
    /// Shows the history and goes to it; in a narrow panel once more gives the form back.
    void showEarlier();
    /// The form has its place again.
    void giveBack();
    /// After the first run of this session.
    void arrange();

private:
    LoginRunModel &m_runs;
    ProfilesPane *m_profiles = nullptr;
    RunsPane *m_runsPane = nullptr;
    RequestPane *m_form = nullptr;
    QToolButton *m_button = nullptr;
    bool m_isNarrow = false;
    bool m_isAsked = false; ///< in the place of the form
};

} // namespace latchkey
