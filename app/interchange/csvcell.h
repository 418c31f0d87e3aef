// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace latchkey {

/// A line of a CSV file (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it.
QString csvRow(QStringList cells);
/// Without the apostrophe that csvRow() put before it.
QString withoutApostrophe(const QString &cell);

} // namespace latchkey
