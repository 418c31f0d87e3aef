// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>

#include <vector>

namespace latchkey {

// The statements that every table of records has, and what their results mean.

/// `SELECT id, {columns} FROM table rest`
QString select(const char *columns, QLatin1StringView table, const QString &rest);
QString insert(const char *columns, QLatin1StringView table, qsizetype count);
/// `UPDATE table SET (a, b) = (?, ?) WHERE id = ?`
QString update(const char *columns, QLatin1StringView table, qsizetype count);

template<typename Record>
Result<std::vector<Record>> readAll(Result<QSqlQuery> query, Record (*read)(const QSqlQuery &))
{
    if (!query)
        return fail(query.error());
    std::vector<Record> records;
    while (query->next())
        records.push_back(read(*query));
    return records;
}

/// Error Storage where the row was gone.
Result<void> exactlyOne(const Result<QSqlQuery> &query);
Result<void> withoutRows(const Result<QSqlQuery> &query);
/// InvalidInput for an empty name and where `others` has a row: `taken` with that row's name.
Result<void> checkNameIn(Result<QSqlQuery> others, const QString &name, const QString &taken);

/// The keys are the owner's own in the index of the keychain; those it had before become leftovers. `column`
/// is the one of the owner.
Result<void> takeOverKeys(const QSqlDatabase &database, QLatin1StringView column, qint64 owner,
                          const QStringList &keys);

} // namespace latchkey
