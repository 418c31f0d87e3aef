// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

namespace latchkey {

/// What was odd but tolerated, a muted line each; hidden if there is nothing.
QWidget *makeNotes(const QStringList &notes);

} // namespace latchkey
