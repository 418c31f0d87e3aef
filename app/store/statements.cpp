// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/statements.h"

#include "core/plaintext.h"
#include "store/database.h"
#include "store/rows.h"
#include "store/workspace.h"

namespace latchkey {

using namespace Qt::StringLiterals;

QString select(const char *columns, QLatin1StringView table, const QString &rest)
{
    return "SELECT id, "_L1 + QLatin1StringView(columns) + " FROM "_L1 + table + u' ' + rest;
}

QString insert(const char *columns, QLatin1StringView table, qsizetype count)
{
    return "INSERT INTO "_L1 + table + " ("_L1 + QLatin1StringView(columns) + ") VALUES ("_L1 +
           placeholders(count) + u')';
}

QString update(const char *columns, QLatin1StringView table, qsizetype count)
{
    return "UPDATE "_L1 + table + " SET ("_L1 + QLatin1StringView(columns) + ") = ("_L1 +
           placeholders(count) + ") WHERE id = ?"_L1;
}

Result<void> exactlyOne(const Result<QSqlQuery> &query)
{
    return oneRow(
        query, Workspace::tr("The entry is no longer in the workspace. Another window may have removed it."));
}

Result<void> withoutRows(const Result<QSqlQuery> &query)
{
    if (!query)
        return fail(query.error());
    return {};
}

Result<void> takeOverKeys(const QSqlDatabase &database, QLatin1StringView column, qint64 owner,
                          const QStringList &keys)
{
    Result<void> done = withoutRows(
        run(database, u"UPDATE keychain_items SET %1 = NULL WHERE %1 = ?"_s.arg(column), {owner}));
    for (const QString &key : keys) {
        if (!done)
            return done;
        done = withoutRows(run(database,
                               u"INSERT INTO keychain_items (key, %1, created_at) VALUES (?, ?, ?)"
                               " ON CONFLICT (key) DO UPDATE SET %1 = excluded.%1"_s.arg(column),
                               {key, owner, timeValue(QDateTime::currentDateTimeUtc())}));
    }
    return done;
}

Result<void> checkNameIn(Result<QSqlQuery> others, const QString &name, const QString &taken)
{
    if (name.trimmed().isEmpty())
        return fail(ErrorKind::InvalidInput, Workspace::tr("The name is empty."));
    if (hasControls(name))
        return fail(ErrorKind::InvalidInput,
                    Workspace::tr("The name holds a line end or another character that prints nothing: %1")
                        .arg(plainLine(name)));
    if (!others)
        return fail(others.error());
    if (others->next())
        return fail(ErrorKind::InvalidInput, taken.arg(others->value(0).toString()));
    return {};
}

} // namespace latchkey
