// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

namespace latchkey {

/// Gives the connection back. No query of it may live any more.
void closeDatabase(QSqlDatabase &database);

/// Runs one statement. A null string is bound as an empty one, an invalid variant as NULL.
Result<QSqlQuery> run(const QSqlDatabase &database, const QString &sql, const QVariantList &values = {});
/// Runs one INSERT for each row of values; the id of the last.
Result<qint64> runEach(const QSqlDatabase &database, const QString &sql, const QList<QVariantList> &rows);
Result<int> schemaVersion(const QSqlDatabase &database);
/// "?,?,?"
QString placeholders(qsizetype count);
/// What a statement that is to change one row came to; where it changed none, `otherwise` is told.
Result<void> oneRow(const Result<QSqlQuery> &query, const QString &otherwise);

/// Runs `work` in a transaction that takes the write lock at its start; an error rolls back.
template<typename T, typename Work>
Result<T> inTransaction(const QSqlDatabase &database, Work work)
{
    if (auto begun = run(database, QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return fail(begun.error());
    Result<T> result = work();
    if (result) {
        if (auto committed = run(database, QStringLiteral("COMMIT")); !committed)
            result = fail(committed.error());
    }
    if (!result)
        (void)run(database, QStringLiteral("ROLLBACK"));
    return result;
}

/// An open workspace file; `readOnlyReason` is a sentence where a newer version wrote it.
struct OpenDatabase
{
    QSqlDatabase database{};
    QString readOnlyReason{};

    /// A transaction, unless the file is only read here.
    template<typename T = void, typename Work>
    Result<T> write(Work work) const
    {
        if (!readOnlyReason.isEmpty())
            return fail(ErrorKind::StorageTooNew, readOnlyReason);
        return inTransaction<T>(database, work);
    }
};

/// `{folder}/workspace.sqlite`
QString workspaceFile(const QString &folder);
/// Opens or makes `{folder}/workspace.sqlite`, migrated and checked. Folder 0700, file 0600.
Result<OpenDatabase> openDatabase(const QString &folder);

} // namespace latchkey
