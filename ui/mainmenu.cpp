// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainmenu.h"

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
    for (const QWidget *part : panel->findChildren<QWidget *>()) {
        for (QAction *action : part->actions()) {
            if (part->isVisible() && !action->shortcut().isEmpty() && !action->text().isEmpty())
                addAction(action);
        }
    }
    if (!isEmpty())
        addSeparator();
    addActions(m_panelActions);
    addSeparator();
    addActions(m_windowActions);
}

} // namespace latchkey
