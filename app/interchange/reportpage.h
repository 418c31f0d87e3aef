// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace latchkey {

/// A line of a CSV file; what prints nothing is spelled out.
QString reportRow(QStringList cells);
/// One page that needs nothing else and loads nothing. The title is plain text, the content is HTML.
QByteArray htmlPage(const QString &title, const QString &content);
/// The head of a table; the titles are HTML.
QString htmlHeadings(const QStringList &titles);
/// The values as code, a space between two.
QString htmlCodes(const QStringList &values);

} // namespace latchkey
