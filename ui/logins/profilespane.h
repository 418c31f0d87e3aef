// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/profilelistmodel.h"

#include <QWidget>

class QListView;
class QPushButton;

namespace latchkey {

class FilterField;
class Label;
class ProfileRegister;
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
    void reload();

signals:
    void chosenChanged();
    void editAsked(const latchkey::LoginProfile &profile);
    void runAllAsked();
    void failed(const latchkey::Error &error);

private:
    void makeList();
    QWidget *makeFoot();
    void openMenu(const QPoint &place);
    void duplicate(const LoginProfile &profile);
    void confirmRemoval(const LoginProfile &profile);
    void updateFoot();

    Session &m_session;
    ProfileRegister &m_profiles;
    ProfileListModel m_model;
    FilterField *m_filter = nullptr;
    QListView *m_list = nullptr;
    Label *m_counts = nullptr;
    Label *m_hint = nullptr;
    QPushButton *m_runAll = nullptr;
};

} // namespace latchkey
