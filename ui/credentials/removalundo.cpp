// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/removalundo.h"

#include "credentials/portalpage.h"
#include "widgets/clipboard.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"
#include "widgets/ticker.h"

#include <QAction>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

RemovalUndo::RemovalUndo(Session &session, const PanelTools &tools, Panel &panel, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_tools(tools)
    , m_panel(panel)
{
    m_action = new QAction(tr("Undo delete"), &panel);
    m_action->setObjectName(u"credentials.undo"_s);
    m_action->setShortcut(QKeySequence::Undo);
    m_action->setEnabled(false);
    static_cast<QWidget &>(panel).addAction(m_action);
    connect(m_action, &QAction::triggered, this, &RemovalUndo::undo);
}

void RemovalUndo::offer(const ApiCredential &removed, const RemovalOutcome &outcome, const QString &beside)
{
    end();
    m_removed = removed;
    m_before = outcome.before;
    const std::optional<Error> &warning = outcome.warning;
    m_deadline = m_session.clock().monotonic() + m_session.credentials().undoTime();
    m_action->setEnabled(true);
    MessageBanner *banner = m_panel.banner();
    const QString inPortal =
        tr("In the portal it stays until it is deleted there, under %1.").arg(portalPath());
    const QString detail =
        warning ? tr("Its token could not be revoked. %1").arg(warning->message) : inPortal;
    banner->showMessage(warning ? MessageBanner::Kind::Warn : MessageBanner::Kind::Ok,
                        tr("Deleted %1 here.").arg(removed.name),
                        beside.isEmpty() ? detail : beside + u' ' + detail);
    m_button = banner->addButton({});
    m_button->setObjectName(u"credentials.undoDelete"_s);
    connect(m_button, &QPushButton::clicked, this, &RemovalUndo::undo, Qt::QueuedConnection);
    QPushButton *portal = banner->addButton(tr("Open the portal"));
    portal->setObjectName(u"credentials.openPortal"_s);
    connect(
        portal, &QPushButton::clicked, this,
        [this] {
            if (!m_tools.openUrl(portalPage(m_session.tenant())))
                m_tools.clipboard.copyText(portalPage(m_session.tenant()).toString());
        },
        Qt::QueuedConnection);
    m_ticking = connect(&m_tools.ticker, &Ticker::ticked, this, &RemovalUndo::tick);
    tick();
}

void RemovalUndo::tick()
{
    const auto left =
        std::chrono::ceil<std::chrono::seconds>(m_deadline - m_session.clock().monotonic()).count();
    if (left <= 0)
        return expire();
    if (m_button)
        m_button->setText(tr("Undo, %1 s").arg(left));
}

void RemovalUndo::end()
{
    disconnect(m_ticking);
    m_action->setEnabled(false);
    if (m_button)
        m_panel.banner()->clear();
    m_button = nullptr;
}

/// What it says stays until the pointer is elsewhere: rows never jump under it.
void RemovalUndo::expire()
{
    const bool isShown = !m_button.isNull();
    m_button = nullptr;
    end();
    if (isShown)
        m_panel.banner()->letGo();
}

void RemovalUndo::undo()
{
    if (!m_action->isEnabled())
        return;
    end();
    const Result<> result = m_session.credentials().undoRemoval(m_removed.id, m_before);
    if (!result) {
        m_panel.banner()->showError(result.error());
        return;
    }
    m_panel.banner()->showMessage(MessageBanner::Kind::Ok, tr("%1 is back.").arg(m_removed.name));
    emit undone(m_removed.id);
}

} // namespace latchkey
