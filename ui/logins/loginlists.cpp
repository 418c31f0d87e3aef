// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/loginlists.h"

#include "logins/loginrun.h"
#include "logins/profilespane.h"
#include "logins/requestpane.h"
#include "logins/runspane.h"
#include "oidc/profileregister.h"
#include "store/workspace.h"

#include <QComboBox>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

LoginLists::LoginLists(Session &session, ProfileRegister &profiles, LoginRunModel &runs)
    : QSplitter(Qt::Vertical)
    , m_runs(runs)
{
    setObjectName(u"loginListsSplitter"_s);
    setChildrenCollapsible(false);
    setHandleWidth(1);
    m_profiles = new ProfilesPane(session, profiles);
    m_runsPane = new RunsPane(session, profiles.workspace().logins(), runs);
    addWidget(m_profiles);
    addWidget(m_runsPane);
    setStretchFactor(0, 0);
    setStretchFactor(1, 1);
    setMinimumWidth(180);
}

void LoginLists::share(RequestPane &form, QToolButton &button)
{
    m_form = &form;
    m_button = &button;
    m_runsPane->shareChoice(*form.runBox());
    connect(m_button, &QToolButton::clicked, this, &LoginLists::showEarlier);
}

void LoginLists::setNarrow(bool narrow)
{
    m_isNarrow = narrow;
    arrange();
}

void LoginLists::showEarlier()
{
    if (m_isNarrow) {
        m_isAsked = !m_isAsked;
        arrange();
    }
    if (isVisible())
        m_runsPane->openEarlier();
}

void LoginLists::giveBack()
{
    m_isAsked = false;
    arrange();
}

void LoginLists::arrange()
{
    setVisible(!m_isNarrow || m_isAsked);
    m_form->setVisible(!m_isNarrow || !m_isAsked);
    m_form->runBox()->setVisible(m_isNarrow && !m_runs.runs().empty());
    const QString name = !m_isNarrow ? tr("Earlier runs")
                         : m_isAsked ? tr("Back to the form")
                                     : tr("Profiles and runs");
    m_button->setToolTip(name);
    m_button->setAccessibleName(name);
}

} // namespace latchkey
