// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainmenu.h"

#include "widgets/panel.h"

#include <QHash>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// Each once; null is a line.
QList<QAction *> actionsOf(const QWidget &panel)
{
    QList<QAction *> found;
    if (const auto *known = qobject_cast<const Panel *>(&panel))
        found = known->menuActions();
    if (!found.isEmpty())
        found.append(nullptr);
    const auto append = [&found](QAction *action) {
        if (!found.contains(action))
            found.append(action);
    };
    for (QAction *action : panel.actions())
        append(action);
    for (const QWidget *part : panel.findChildren<QWidget *>()) {
        for (QAction *action : part->actions()) {
            if (part->isVisible() && !action->shortcut().isEmpty() && !action->text().isEmpty())
                append(action);
        }
    }
    return found;
}

/// How near an action is to being what its keys do now.
int nearness(const QAction &action)
{
    int nearest = 0;
    for (QObject *owner : action.associatedObjects()) {
        const auto *widget = qobject_cast<QWidget *>(owner);
        if (widget && !qobject_cast<QMenu *>(owner))
            nearest = std::max(nearest, widget->hasFocus() ? 2 : widget->isVisible() ? 1 : 0);
    }
    return nearest;
}

} // namespace

MainMenu::MainMenu(QWidget *window, std::function<QWidget *()> panel)
    : QMenu(window)
    , m_window(window)
    , m_panelMenu(new QMenu(tr("In this panel"), this))
    , m_panel(std::move(panel))
{
    setObjectName(u"mainMenu"_s);
    m_panelMenu->setObjectName(u"panelMenu"_s);
    connect(this, &QMenu::aboutToShow, this, &MainMenu::fill);
}

QAction *MainMenu::make(Icon glyph, const QString &text, const QKeySequence &keys, std::function<void()> act)
{
    auto *action = new QAction(latchkey::icon(glyph), text, m_window);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, m_window, std::move(act));
    m_window->addAction(action);
    return action;
}

QAction *MainMenu::addPanel(Icon glyph, const QString &text, const QKeySequence &keys,
                            std::function<void()> act)
{
    m_panelActions.append(make(glyph, text, keys, std::move(act)));
    return m_panelActions.last();
}

QAction *MainMenu::addWindowAction(Icon glyph, const QString &text, const QKeySequence &keys,
                                   std::function<void()> act)
{
    m_windowActions.append(make(glyph, text, keys, std::move(act)));
    return m_windowActions.last();
}

void MainMenu::fill()
{
    clear();
    fillPanelMenu(*m_panel());
    if (!m_panelMenu->isEmpty()) {
        addMenu(m_panelMenu);
        addSeparator();
    }
    addActions(m_panelActions);
    addSeparator();
    addActions(m_windowActions);
}

/// Two parts may have a key in common: it is said beside the action of the one with the focus.
void MainMenu::fillPanelMenu(const QWidget &panel)
{
    m_panelMenu->clear();
    const QList<QAction *> actions = actionsOf(panel);
    QHash<QKeySequence, QAction *> owners;
    for (QAction *action : actions) {
        if (!action || action->shortcut().isEmpty())
            continue;
        QAction *&owner = owners[action->shortcut()];
        if (!owner || nearness(*action) > nearness(*owner))
            owner = action;
    }
    for (QAction *action : actions) {
        if (!action)
            m_panelMenu->addSeparator();
        else if (action->shortcut().isEmpty() || owners.value(action->shortcut()) == action)
            m_panelMenu->addAction(action);
        else
            addWithoutKeys(action);
    }
}

void MainMenu::addWithoutKeys(QAction *action)
{
    QAction *quiet = m_panelMenu->addAction(action->icon(), action->text(), action, &QAction::trigger);
    quiet->setObjectName(action->objectName());
    quiet->setEnabled(action->isEnabled());
}

} // namespace latchkey
