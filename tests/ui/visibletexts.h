// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/itemroles.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QLabel>
#include <QTabBar>

namespace latchkey {

/// What a person can read in a window: titles, labels, buttons, tabs, and the items and heads of views.
inline QStringList visibleTexts(const QWidget &top)
{
    QStringList texts{top.windowTitle()};
    for (const QWidget *widget : top.findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        texts << widget->accessibleName() << widget->accessibleDescription() << widget->toolTip();
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            texts << label->text();
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            texts << button->text();
        if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int tab = 0; tab < tabs->count(); ++tab)
                texts << tabs->tabText(tab);
        }
        const auto *view = qobject_cast<const QAbstractItemView *>(widget);
        const QAbstractItemModel *model = view ? view->model() : nullptr;
        for (int row = 0; model && row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                for (int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole),
                                 int(SubtitleRole), int(ThirdLineRole)})
                    texts << model->index(row, column).data(role).toString();
                texts << model->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString()
                      << model->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString();
            }
        }
    }
    return texts;
}

} // namespace latchkey
