// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainmenu.h"

#include <QHash>

namespace latchkey {

using namespace Qt::StringLiterals;

MainMenu::MainMenu(QWidget *window, std::function<QWidget *()> panel)
    : QMenu(window)
    , m_window(window)
    , m_panel(std::move(panel))
{
    setObjectName(u"mainMenu"_s);
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
    QWidget *panel = m_panel();
    addActions(panel->actions());
    addPartActions(*panel);
    if (!isEmpty())
        addSeparator();
    addActions(m_panelActions);
    addSeparator();
    addActions(m_windowActions);
}

/// Two parts may have a key in common: it is said beside the action of the one with the focus.
void MainMenu::addPartActions(const QWidget &panel)
{
    std::vector<std::pair<const QWidget *, QAction *>> found;
    for (const QWidget *part : panel.findChildren<QWidget *>()) {
        for (QAction *action : part->actions()) {
            if (part->isVisible() && !action->shortcut().isEmpty() && !action->text().isEmpty())
                found.emplace_back(part, action);
        }
    }
    QHash<QKeySequence, QAction *> owners;
    for (const auto &[part, action] : found) {
        QAction *&owner = owners[action->shortcut()];
        if (!owner || part->hasFocus())
            owner = action;
    }
    for (const auto &[part, action] : found) {
        if (owners.value(action->shortcut()) == action) {
            addAction(action);
            continue;
        }
        auto *quiet = new QAction(action->icon(), action->text(), this);
        quiet->setObjectName(action->objectName());
        quiet->setEnabled(action->isEnabled());
        connect(quiet, &QAction::triggered, action, &QAction::trigger);
        addAction(quiet);
    }
}

} // namespace latchkey
