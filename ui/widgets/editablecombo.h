// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QComboBox;

namespace latchkey {

/// A choice that can be typed too; what is typed filters the list and is not added to it. Return is the
/// dialog's, as in a field, unless it takes what is current in the list.
QComboBox *makeEditableCombo(const QString &objectName);

} // namespace latchkey
