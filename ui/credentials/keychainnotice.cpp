// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/keychainnotice.h"

#include "keychainstate.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QPushButton>

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

KeychainNotice::KeychainNotice(KeychainState &keychain, Panel &panel, QObject *parent)
    : QObject(parent)
    , m_keychain(keychain)
    , m_panel(panel)
{
    connect(&keychain, &KeychainState::changed, this, &KeychainNotice::show);
    show();
}

void KeychainNotice::show()
{
    if (m_keychain.state() == KeychainState::State::Checking)
        return;
    MessageBanner *banner = m_panel.banner();
    if (m_keychain.isReady() || m_keychain.isSessionOnly()) {
        if (std::exchange(m_isShown, false))
            banner->clear();
        return;
    }
    m_isShown = true;
    banner->showMessage(MessageBanner::Kind::Warn, m_keychain.sentence(),
                        m_keychain.isUnlocking() ? tr("Waiting for the keychain's own prompt.")
                                                 : m_keychain.detail());
    banner->setIcon(Icon::Lock);
    banner->setClosable(false);
    addButtons();
}

void KeychainNotice::addButtons()
{
    MessageBanner *banner = m_panel.banner();
    if (m_keychain.state() == KeychainState::State::Locked) {
        QPushButton *unlock = banner->addButton(tr("Unlock…"));
        unlock->setObjectName(u"keychain.unlock"_s);
        unlock->setEnabled(!m_keychain.isUnlocking());
        connect(unlock, &QPushButton::clicked, &m_keychain, &KeychainState::unlock, Qt::QueuedConnection);
    } else {
        QPushButton *again = banner->addButton(tr("Check again"));
        again->setObjectName(u"keychain.again"_s);
        connect(again, &QPushButton::clicked, &m_keychain, &KeychainState::probe, Qt::QueuedConnection);
    }
    QPushButton *session = banner->addButton(tr("Use for this session"));
    session->setObjectName(u"keychain.session"_s);
    connect(session, &QPushButton::clicked, &m_keychain, &KeychainState::useSessionOnly,
            Qt::QueuedConnection);
}

} // namespace latchkey
