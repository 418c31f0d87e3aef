// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include "store/migrations.h"
#include "store/workspace.h"

#include <QDir>
#include <QFile>
#include <QSqlError>
#include <QUuid>

#include <algorithm>

#include <unistd.h>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr QFile::Permissions kPrivateFile = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions kPrivateFolder = kPrivateFile | QFile::ExeOwner;

// https://sqlite.org/rescode.html; the low byte of an extended code is the primary one.
enum SqliteCode {
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    Constraint = 19,
    NotADatabase = 26
};
constexpr int kForeignKey = Constraint | (3 << 8);

Error damaged(const QString &path, const QString &detail)
{
    return {.kind = ErrorKind::Storage,
            .message =
                Workspace::tr(
                    "The workspace file %1 is damaged. Move it away to start with an empty one, or put a "
                    "copy in its place; the secrets in the keychain are untouched.")
                    .arg(path),
            .detail = detail};
}

/// Names in use and the like are asked for before: what is left is another window that was faster.
Error overtaken(int code)
{
    return {.kind = ErrorKind::Storage,
            .message =
                code == kForeignKey
                    ? Workspace::tr("What this belongs to is no longer in the workspace. Another window "
                                    "may have removed it.")
                    : Workspace::tr("Another window has changed the workspace in the same moment, so "
                                    "nothing was saved. Look again before you repeat it.")};
}

Error storageError(const QString &path, const QSqlError &error)
{
    QString sentence;
    const int code = error.nativeErrorCode().toInt();
    switch (code & 0xff) {
    case Constraint:
        return overtaken(code);
    case Busy:
    case Locked:
        sentence = Workspace::tr("Another program is writing to %1. Try again.");
        break;
    case ReadOnly:
    case CannotOpen:
        sentence = Workspace::tr(
            "The workspace file %1 cannot be opened for writing. Check who owns it and its folder.");
        break;
    case Corrupt:
    case NotADatabase:
        return damaged(path, error.text());
    case Full:
        sentence = Workspace::tr("There is no room left on the disk for %1. Nothing was saved.");
        break;
    default:
        sentence = Workspace::tr("The workspace file %1 could not be read or written.");
        break;
    }
    return {.kind = ErrorKind::Storage, .message = sentence.arg(path), .detail = error.text()};
}

/// A folder that nothing else uses. Another, such as a home given with --data-dir, keeps its mode.
bool isOurs(const QString &folder)
{
    const QStringList names =
        QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    return std::all_of(names.begin(), names.end(),
                       [](const QString &name) { return name.startsWith("workspace.sqlite"_L1); });
}

bool makePrivate(const QString &folder)
{
    return isOurs(folder) ? QFile::setPermissions(folder, kPrivateFolder)
                          : QFileInfo(folder).ownerId() == ::geteuid();
}

/// The file is made with its mode before SQLite sees it; SQLite gives the same mode to -wal and -shm.
Result<void> makeFile(const QString &folder, const QString &path)
{
    if (!QDir().mkpath(folder) || !makePrivate(folder)) {
        return fail(ErrorKind::Storage,
                    Workspace::tr("The folder %1 could not be made or is not yours.").arg(folder));
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite) || !file.setPermissions(kPrivateFile)) {
        return fail(
            ErrorKind::Storage,
            Workspace::tr(
                "The workspace file %1 cannot be opened for writing. Check who owns it and its folder.")
                .arg(path),
            file.errorString());
    }
    return {};
}

Result<QSqlDatabase> connectTo(const QString &path, const QString &options)
{
    QSqlDatabase database =
        QSqlDatabase::addDatabase(u"QSQLITE"_s, QUuid::createUuid().toString(QUuid::Id128));
    database.setDatabaseName(path);
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=2000"_s + options);
    if (database.open())
        return database;
    const Error error = storageError(path, database.lastError());
    closeDatabase(database);
    return fail(error);
}

Result<void> check(const QSqlDatabase &database)
{
    auto answer = run(database, u"PRAGMA quick_check(1)"_s);
    if (!answer)
        return fail(answer.error());
    const QString verdict = answer->next() ? answer->value(0).toString() : QString();
    if (verdict != "ok"_L1)
        return fail(damaged(database.databaseName(), verdict));
    return {};
}

Result<void> prepare(const QSqlDatabase &database)
{
    // A second program that starts at the same moment may hold the file; then it does this for us.
    (void)run(database, u"PRAGMA journal_mode = WAL"_s);
    for (const QString &pragma : {u"PRAGMA synchronous = FULL"_s, u"PRAGMA foreign_keys = ON"_s}) {
        if (auto done = run(database, pragma); !done)
            return fail(done.error());
    }
    return migrate(database);
}

Result<OpenDatabase> reopenReadOnly(QSqlDatabase &database, const QString &path)
{
    closeDatabase(database);
    Result<QSqlDatabase> readOnly = connectTo(path, u";QSQLITE_OPEN_READONLY"_s);
    if (!readOnly)
        return fail(readOnly.error());
    return OpenDatabase{.database = *readOnly,
                        .readOnlyReason =
                            Workspace::tr("A newer version of Latchkey wrote %1. This version shows it and "
                                          "changes nothing.")
                                .arg(path)};
}

void bind(QSqlQuery &query, const QVariantList &values)
{
    for (qsizetype i = 0; i < values.size(); ++i) {
        const QVariant &value = values.at(i);
        const bool isText = value.metaType().id() == QMetaType::QString;
        query.bindValue(static_cast<int>(i), isText && value.toString().isNull() ? QVariant(u""_s) : value);
    }
}

} // namespace

QString workspaceFile(const QString &folder)
{
    return QDir(folder).absoluteFilePath(u"workspace.sqlite"_s);
}

Result<OpenDatabase> openDatabase(const QString &folder)
{
    const QString path = workspaceFile(folder);
    if (auto made = makeFile(folder, path); !made)
        return fail(made.error());
    Result<QSqlDatabase> database = connectTo(path, {});
    if (!database)
        return fail(database.error());

    const Result<int> version = schemaVersion(*database);
    if (version && *version > latestSchemaVersion())
        return reopenReadOnly(*database, path);
    Result<void> ready = version ? check(*database) : Result<void>(fail(version.error()));
    if (ready)
        ready = prepare(*database);
    if (ready)
        return OpenDatabase{.database = *database};
    closeDatabase(*database);
    return fail(ready.error());
}

void closeDatabase(QSqlDatabase &database)
{
    const QString name = database.connectionName();
    database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

Result<QSqlQuery> run(const QSqlDatabase &database, const QString &sql, const QVariantList &values)
{
    QSqlQuery query(database);
    query.setForwardOnly(true); // else Qt keeps a copy of every row that was read
    bool done = query.prepare(sql);
    bind(query, values);
    done = done && query.exec();
    if (!done)
        return fail(storageError(database.databaseName(), query.lastError()));
    return query;
}

Result<qint64> runEach(const QSqlDatabase &database, const QString &sql, const QList<QVariantList> &rows)
{
    QSqlQuery query(database);
    bool done = query.prepare(sql);
    for (const QVariantList &values : rows) {
        bind(query, values);
        done = done && query.exec();
    }
    if (!done)
        return fail(storageError(database.databaseName(), query.lastError()));
    return query.lastInsertId().toLongLong();
}

QString placeholders(qsizetype count)
{
    return QStringList(count, u"?"_s).join(u',');
}

Result<void> oneRow(const Result<QSqlQuery> &query, const QString &otherwise)
{
    if (!query)
        return fail(query.error());
    if (query->numRowsAffected() != 1)
        return fail(ErrorKind::Storage, otherwise);
    return {};
}

Result<int> schemaVersion(const QSqlDatabase &database)
{
    auto answer = run(database, u"PRAGMA user_version"_s);
    if (!answer)
        return fail(answer.error());
    const int version = answer->next() ? answer->value(0).toInt() : 0;
    if (version < 0)
        return fail(damaged(database.databaseName(), u"user_version is %1"_s.arg(version)));
    return version;
}

} // namespace latchkey
