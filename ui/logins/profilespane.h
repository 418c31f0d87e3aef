// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/profilelistmodel.h"
#include "oidc/loginsuite.h"

#include <QWidget>

class QPushButton;

namespace latchkey {

class FilterField;
class Label;
class ProfileRegister;
class RowList;
class Session;

/// The login profiles of a tenant: choose one, rename, duplicate or delete it, run them all.
class ProfilesPane final : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive the pane.
    ProfilesPane(Session &session, ProfileRegister &profiles, QWidget *parent = nullptr);

    const std::vector<ProfileRow> &rows() const { return m_model.rows(); }
    std::optional<LoginProfile> chosen() const;
    void choose(LoginProfileId id);
    /// No profile is chosen any more.
    void letGo();
    /// Whether the history knows a run of it.
    bool wasRun(LoginProfileId id) const;
    void reload();
    /// In a dialog; saved() and the choice follow.
    void edit(const LoginProfile &profile);
    /// Those of the last Run all; empty before it.
    const std::vector<SuiteRun> &results() const { return m_results; }

signals:
    void chosenChanged();
    /// A profile was clicked, or chosen with Enter: not merely passed with the arrows.
    void taken();
    void editAsked(const latchkey::LoginProfile &profile);
    void saved(const latchkey::LoginProfile &profile);
    /// One of Run all is over.
    void ranOne(const latchkey::SuiteRun &run, latchkey::LoginRecordId record);
    /// results() are there.
    void runAllEnded();
    void failed(const latchkey::Error &error);

private:
    void makeList();
    QWidget *makeFoot();
    void openMenu(const QPoint &place);
    void duplicate(const LoginProfile &profile);
    void confirmRemoval(const LoginProfile &profile);
    void runAll();
    void updateFoot();

    Session &m_session;
    ProfileRegister &m_profiles;
    ProfileListModel m_model;
    std::vector<SuiteRun> m_results;
    FilterField *m_filter = nullptr;
    RowList *m_list = nullptr;
    Label *m_counts = nullptr;
    Label *m_hint = nullptr;
    QPushButton *m_runAll = nullptr;
};

} // namespace latchkey
