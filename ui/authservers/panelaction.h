// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"

#include <QAction>
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

} // namespace latchkey
