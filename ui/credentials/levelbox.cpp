// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/levelbox.h"

#include "core/records.h"

#include <QComboBox>
#include <QCoreApplication>

namespace latchkey {

QComboBox *makeLevelBox()
{
    auto *box = new QComboBox;
    for (const ScopeLevel level : kScopeLevels) {
        box->addItem(scopeLevelName(level), static_cast<int>(level));
        box->setItemData(box->count() - 1, scopeLevelMeaning(level), Qt::ToolTipRole);
    }
    box->setPlaceholderText(QCoreApplication::translate("LevelBox", "Choose a level"));
    box->setCurrentIndex(-1);
    return box;
}

} // namespace latchkey
