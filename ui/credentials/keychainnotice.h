// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace latchkey {

class KeychainState;
class Panel;

/// Says in a panel's banner that the keychain cannot be used, and what can be done about it.
class KeychainNotice final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    KeychainNotice(KeychainState &keychain, Panel &panel, QObject *parent = nullptr);

private:
    void show();
    void addButtons();

    KeychainState &m_keychain;
    Panel &m_panel;
    bool m_isShown = false;
};

} // namespace latchkey
