// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editablecombo.h"

#include <QComboBox>
#include <QCompleter>

namespace latchkey {

QComboBox *makeEditableCombo(const QString &objectName)
{
    auto *combo = new QComboBox;
    combo->setObjectName(objectName);
    combo->setEditable(true);
    combo->setInsertPolicy(QComboBox::NoInsert);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(10);
    combo->completer()->setFilterMode(Qt::MatchContains);
    combo->completer()->setCompletionMode(QCompleter::PopupCompletion);
    return combo;
}

} // namespace latchkey
