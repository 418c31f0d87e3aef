// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"

#include <QMenu>

#include <functional>

namespace latchkey {

/// The menu of the window: what the panel in sight can do, as a menu of its own that keeps its order, then
/// the panels, then the window itself. Filled each time it opens.
class MainMenu final : public QMenu
{
    Q_OBJECT

public:
    /// `panel` tells which one is in sight. The actions work in the whole window, menu or not.
    MainMenu(QWidget *window, std::function<QWidget *()> panel);

    QAction *addPanel(Icon glyph, const QString &text, const QKeySequence &keys, std::function<void()> act);
    QAction *addWindowAction(Icon glyph, const QString &text, const QKeySequence &keys,
                             std::function<void()> act);

private:
    QAction *make(Icon glyph, const QString &text, const QKeySequence &keys, std::function<void()> act);
    void fill();
    void fillPanelMenu(const QWidget &panel);
    void addWithoutKeys(QAction *action);

    QWidget *m_window;
    QMenu *m_panelMenu;
    std::function<QWidget *()> m_panel;
    QList<QAction *> m_panelActions;
    QList<QAction *> m_windowActions;
};

} // namespace latchkey
