// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowpanels.h"

#include "activity/activitypanel.h"
#include "authservers/authserverspanel.h"
#include "credentials/credentialspanel.h"
#include "credentials/credentialtext.h"
#include "logins/loginspanel.h"
#include "mainmenu.h"
#include "onelogin/session.h"
#include "settings/settingspanel.h"
#include "store/workspace.h"
#include "widgets/navigationlist.h"
#include "widgets/panel.h"
#include "widgets/statusbar.h"

#include <QStackedWidget>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

WindowPanels::WindowPanels(const Services &services, const Place &place, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_place(place)
    , m_panes(services.workspace)
{
    addItems();
    connect(&m_place.navigation, &NavigationList::currentChanged, this, [this](int index) {
        const auto found = std::find_if(m_items.begin(), m_items.end(),
                                        [index](const auto &item) { return item.second == index; });
        if (found != m_items.end())
            bringToFront(found->first);
    });
    connect(&m_place.navigation, &NavigationList::chosen, this, [this] {
        if (auto *panel = qobject_cast<Panel *>(m_place.stack.currentWidget()))
            panel->takeFocus();
    });
    connect(&m_services.credentials, &CredentialRegister::changed, this, &WindowPanels::countAttention);
}

void WindowPanels::addItems()
{
    struct Item
    {
        PanelId id;
        Icon icon;
        QString text;
    };
    const QList<Item> items{{PanelId::Credentials, Icon::Key, tr("API credentials")},
                            {PanelId::Logins, Icon::Login, tr("Test logins")},
                            {PanelId::AuthServers, Icon::AuthServer, tr("Authorization servers")},
                            {PanelId::Activity, Icon::Activity, tr("Activity")},
                            {PanelId::Settings, Icon::Settings, tr("Settings")}};
    const QList<QKeySequence> keys{Qt::CTRL | Qt::Key_1, Qt::CTRL | Qt::Key_2, Qt::CTRL | Qt::Key_3,
                                   Qt::CTRL | Qt::Key_4, Qt::CTRL | Qt::Key_Comma};
    for (qsizetype i = 0; i < items.size(); ++i) {
        const Item &item = items.at(i);
        m_items[item.id] = m_place.navigation.addItem(item.icon, item.text, item.id == PanelId::Settings);
        m_actions[item.id] =
            m_place.menu.addPanel(item.icon, item.text, keys.at(i), [this, id = item.id] { show(id); });
    }
}

void WindowPanels::open(Session &session, SandboxHints hints)
{
    m_session = &session;
    m_hints = std::move(hints);
    for (const auto &[id, item] : m_items) {
        m_place.navigation.setItemEnabled(item, true);
        m_actions.at(id)->setEnabled(true);
    }
    countAttention();
}

void WindowPanels::close()
{
    for (const auto &[id, item] : m_items) {
        const bool enabled = id == PanelId::Settings;
        m_place.navigation.setItemEnabled(item, enabled, enabled ? QString() : tr("Open a tenant first"));
        m_actions.at(id)->setEnabled(enabled);
    }
    countAttention();
}

void WindowPanels::destroy()
{
    m_panes.save();
    for (const auto &[id, panel] : m_panels)
        delete panel;
    m_panels.clear();
    m_session = nullptr;
}

void WindowPanels::show(PanelId id)
{
    bringToFront(id);
    if (auto *panel = qobject_cast<Panel *>(m_place.stack.currentWidget()))
        panel->takeFocus();
}

void WindowPanels::bringToFront(PanelId id)
{
    if (!m_items.contains(id))
        return;
    if (!m_session && id != PanelId::Settings)
        return;
    m_place.stack.setCurrentWidget(m_panels.contains(id) ? m_panels.at(id) : make(id));
    m_place.navigation.setCurrentIndex(m_items.at(id));
}

QWidget *WindowPanels::panel(PanelId id) const
{
    const auto found = m_panels.find(id);
    return found == m_panels.end() ? nullptr : found->second;
}

QString WindowPanels::helpPage() const
{
    static const std::map<PanelId, QString> pages{{PanelId::Logins, u"logins"_s},
                                                  {PanelId::AuthServers, u"authservers"_s},
                                                  {PanelId::Activity, u"activity"_s},
                                                  {PanelId::Settings, u"keys"_s}};
    const auto shown = std::find_if(m_panels.begin(), m_panels.end(), [this](const auto &panel) {
        return panel.second == m_place.stack.currentWidget();
    });
    const auto page = shown == m_panels.end() ? pages.end() : pages.find(shown->first);
    return page == pages.end() ? u"credentials"_s : page->second;
}

int WindowPanels::stagedChanges() const
{
    const auto *servers = static_cast<const AuthServersPanel *>(panel(PanelId::AuthServers));
    return servers ? servers->pendingChanges() : 0;
}

void WindowPanels::movePane(int step)
{
    m_panes.move(&m_place.navigation, m_place.stack.currentWidget(), &m_place.statusBar, step);
}

void WindowPanels::countAttention()
{
    int count = 0;
    if (m_session) {
        const auto list = m_services.credentials.list(m_session->tenant().id);
        for (const ApiCredential &credential : list.value_or(std::vector<ApiCredential>()))
            count += groupOf(credential) == CredentialGroup::NeedsAttention ? 1 : 0;
    }
    m_place.navigation.setCount(m_items.at(PanelId::Credentials), count, true,
                                count == 1 ? tr("one needs attention") : tr("%1 need attention").arg(count));
}

QWidget *WindowPanels::make(PanelId id)
{
    QWidget *panel = nullptr;
    switch (id) {
    case PanelId::Credentials:
        panel = makeCredentials();
        break;
    case PanelId::Activity:
        panel = new ActivityPanel(m_services.activity, m_services.tools, &m_place.stack);
        break;
    case PanelId::Settings:
        panel = new SettingsPanel(m_services.workspace, m_services.colors, &m_place.stack);
        break;
    case PanelId::Logins:
        panel = makeLogins();
        break;
    case PanelId::AuthServers:
        panel = makeAuthServers();
        break;
    }
    m_panels[id] = panel;
    m_place.stack.addWidget(panel);
    m_panes.restore(panel);
    // The status bar was there before, yet it is read last.
    for (QWidget *segment : m_place.statusBar.findChildren<StatusSegment *>())
        QWidget::setTabOrder(segment->window()->previousInFocusChain(), segment);
    return panel;
}

QWidget *WindowPanels::makeCredentials()
{
    auto *panel = new CredentialsPanel(*m_session, m_services.tools, &m_place.stack);
    connect(panel, &CredentialsPanel::activityAsked, this, [this] { show(PanelId::Activity); });
    connect(panel, &CredentialsPanel::addressAsked, this, &WindowPanels::editTenantAsked);
    return panel;
}

QWidget *WindowPanels::makeLogins()
{
    auto *panel = new LoginsPanel(*m_session, m_services.profiles, m_services.tools, &m_place.stack);
    if (m_session->tenant().isBuiltIn)
        panel->setSandboxHints(m_hints);
    connect(panel, &LoginsPanel::runFinished, this, &WindowPanels::said);
    connect(panel, &LoginsPanel::grantsAsked, this, [this](const QString &resource) {
        show(PanelId::AuthServers);
        if (auto *servers = qobject_cast<AuthServersPanel *>(m_place.stack.currentWidget()))
            servers->showServer(resource);
    });
    return panel;
}

QWidget *WindowPanels::makeAuthServers()
{
    auto *panel = new AuthServersPanel(*m_session, m_services.tools.clipboard, &m_place.stack);
    panel->setSecrets(&m_services.profiles, m_session->tenant().isBuiltIn ? m_hints : SandboxHints());
    connect(panel, &AuthServersPanel::pendingChangesChanged, this, [this](int changes) {
        m_place.navigation.setCount(m_items.at(PanelId::AuthServers), changes, false,
                                    tr("%n staged change(s)", nullptr, changes));
    });
    return panel;
}

} // namespace latchkey
