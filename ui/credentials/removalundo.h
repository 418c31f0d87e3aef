// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/credentialremoval.h"
#include "paneltools.h"

#include <QPointer>

class QAction;
class QPushButton;

namespace latchkey {

class Panel;

/// Offers to take back the latest removal while that is possible: a banner with the seconds left, Ctrl+Z.
class RemovalUndo final : public QObject
{
    Q_OBJECT

public:
    RemovalUndo(Session &session, const PanelTools &tools, Panel &panel, QObject *parent = nullptr);

    /// `beside` is said too.
    void offer(const ApiCredential &removed, const RemovalOutcome &outcome, const QString &beside);
    void undo();

signals:
    void undone(latchkey::CredentialId id);

private:
    void tick();
    void end();
    void expire();

    Session &m_session;
    PanelTools m_tools;
    Panel &m_panel;
    QAction *m_action = nullptr;
    ApiCredential m_removed{};
    std::optional<Operation> m_before; ///< what the removal took the place of
    Clock::Instant m_deadline{};
    QPointer<QPushButton> m_button; ///< gone with its banner
    QMetaObject::Connection m_ticking;
};

} // namespace latchkey
