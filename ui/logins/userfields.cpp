// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/userfields.h"

#include "style/buttonrole.h"
#include "widgets/breakable.h"
#include "widgets/passwordfield.h"

#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString stateWords(const QString &state)
{
    static const QHash<QString, QString> words{{u"active"_s, UserFields::tr("active")},
                                               {u"locked"_s, UserFields::tr("locked")},
                                               {u"suspended"_s, UserFields::tr("suspended")},
                                               {u"expired"_s, UserFields::tr("password expired")},
                                               {u"no_password"_s, UserFields::tr("has no password")},
                                               {u"mfa"_s, UserFields::tr("needs MFA")},
                                               {u"unassigned"_s, UserFields::tr("not assigned to the app")}};
    return words.value(state, state);
}

} // namespace

UserFields::UserFields(QWidget *parent)
    : FormColumn(parent)
{
    m_demo = makeButton(tr("Fill in a demo user"));
    m_demo->setObjectName(u"demoUsers"_s);
    setSmall(m_demo);
    m_demoMenu = new QMenu(m_demo);
    m_demoMenu->setObjectName(u"demoUserMenu"_s);
    m_demo->setMenu(m_demoMenu);
    m_username = new QLineEdit;
    m_username->setObjectName(u"loginUsername"_s);
    addField(tr("User name"), m_username);
    m_password = new PasswordField(tr("password"));
    m_password->setObjectName(u"loginPassword"_s);
    addField(tr("Password"), m_password, tr("Forgotten once a login succeeds; never saved."));
    for (QLineEdit *edit : {m_username, static_cast<QLineEdit *>(m_password)})
        connect(edit, &QLineEdit::textChanged, this, &UserFields::edited);
}

QLineEdit *UserFields::passwordEdit() const
{
    return m_password;
}

void UserFields::setDemoUsers(const std::vector<SandboxUser> &users)
{
    m_demoMenu->clear();
    for (const SandboxUser &user : users) {
        //: "jdoe.test, locked"
        QAction *action =
            m_demoMenu->addAction(asLabel(tr("%1, %2").arg(user.username, stateWords(user.state))));
        connect(action, &QAction::triggered, this, [this, user] {
            m_username->setText(user.username);
            m_password->setText(user.password.revealed());
        });
    }
}

} // namespace latchkey
