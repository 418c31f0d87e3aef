// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"

#include <QAction>
#include <QPushButton>
#include <QWidget>

namespace latchkey {

/// An action whose keys work in the whole panel.
inline QAction *makePanelAction(QWidget &panel, Icon glyph, const QString &text, const QString &name,
                                const QKeySequence &keys = {})
{
    auto *action = new QAction(icon(glyph), text, &panel);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    return action;
}

/// The button does what the action does, and while that is disabled its tooltip says why.
inline QPushButton *bound(QPushButton *button, QAction *action)
{
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->isEnabled() ? QString() : action->toolTip());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace latchkey
