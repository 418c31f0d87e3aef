// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandboxhints.h"
#include "widgets/formcolumn.h"

class QLineEdit;
class QMenu;
class QPushButton;

namespace latchkey {

class PasswordField;

/// The user of a password login.
class UserFields final : public FormColumn
{
    Q_OBJECT

public:
    explicit UserFields(QWidget *parent = nullptr);

    /// Offers these in a menu.
    void setDemoUsers(const std::vector<SandboxUser> &users);
    QPushButton *demoButton() const { return m_demo; }
    QLineEdit *usernameEdit() const { return m_username; }
    QLineEdit *passwordEdit() const;

signals:
    void edited();

private:
    QPushButton *m_demo = nullptr;
    QMenu *m_demoMenu = nullptr;
    QLineEdit *m_username = nullptr;
    PasswordField *m_password = nullptr;
};

} // namespace latchkey
