// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/operationlog.h"

#include "core/process.h"
#include "store/database.h"
#include "store/rows.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Longer than one step takes: a request and the keychain, each with its deadline. A process id that the
// system gave to another program meanwhile delays the settling by no more than this.
constexpr std::chrono::seconds kLongestStep = std::chrono::minutes(3);

QString columns()
{
    return QString::fromLatin1(kOperationColumns);
}

QString marks(qsizetype count)
{
    return QStringList(count, u"?"_s).join(u',');
}

QVariantList place(const Operation &operation)
{
    return {operation.id.value, operationKindKey(operation.kind), operationStepKey(operation.step)};
}

Result<void> stillThere(const Result<QSqlQuery> &query)
{
    if (!query)
        return fail(query.error());
    if (query->numRowsAffected() == 1)
        return {};
    return fail(ErrorKind::Storage,
                OperationLog::tr("This has gone on meanwhile, perhaps in another window."));
}

} // namespace

OperationLog::OperationLog(QSqlDatabase database, QString readOnlyReason)
    : m_database(std::move(database))
    , m_readOnlyReason(std::move(readOnlyReason))
{
}

template<typename T, typename Work>
Result<T> OperationLog::write(Work work)
{
    if (!m_readOnlyReason.isEmpty())
        return fail(ErrorKind::StorageTooNew, m_readOnlyReason);
    return inTransaction<T>(m_database, work);
}

Result<std::vector<Operation>> OperationLog::read(const QString &rest, const QVariantList &values) const
{
    Result<QSqlQuery> query =
        run(m_database, u"SELECT id, %1 FROM operations WHERE %2 ORDER BY id"_s.arg(columns(), rest), values);
    if (!query)
        return fail(query.error());
    std::vector<Operation> operations;
    while (query->next())
        operations.push_back(readOperation(*query));
    return operations;
}

Result<Operation> OperationLog::begin(Operation operation)
{
    // A watch only looks; whatever comes after it takes its place.
    if (const auto before = ofCredential(operation.credential);
        before && *before && (*before)->kind != OperationKind::Watch && isUnderWay(**before))
        return fail(
            ErrorKind::Storage,
            tr("Another window or program is at work on %1. Wait until it is done.").arg(operation.name));
    operation.process = QCoreApplication::applicationPid();
    operation.startedAt = QDateTime::currentDateTimeUtc();
    operation.changedAt = operation.startedAt;
    return write<Operation>([&]() -> Result<Operation> {
        const QVariantList values = operationValues(operation);
        Result<QSqlQuery> done =
            run(m_database,
                u"DELETE FROM operations WHERE credential_id = ? AND (kind <> 'remove' OR step = 'begun')"_s,
                {values.at(1)});
        if (done)
            done = run(m_database,
                       u"INSERT INTO operations (%1) VALUES (%2)"_s.arg(columns(), marks(values.size())),
                       values);
        if (!done)
            return fail(done.error());
        operation.id = {done->lastInsertId().toLongLong()};
        return operation;
    });
}

Result<Operation> OperationLog::advance(const Operation &from, Operation to)
{
    to.process = QCoreApplication::applicationPid();
    to.changedAt = QDateTime::currentDateTimeUtc();
    return write<Operation>([&]() -> Result<Operation> {
        const QVariantList values = operationValues(to);
        return stillThere(
                   run(m_database,
                       u"UPDATE operations SET (%1) = (%2) WHERE id = ? AND kind = ? AND step = ?"_s.arg(
                           columns(), marks(values.size())),
                       values + place(from)))
            .map([&to] { return to; });
    });
}

Result<void> OperationLog::strike(const Operation &operation)
{
    return write<void>([&] {
        return stillThere(run(m_database, u"DELETE FROM operations WHERE id = ? AND kind = ? AND step = ?"_s,
                              place(operation)));
    });
}

Result<void> OperationLog::takeBack(const Operation &operation, const std::optional<Operation> &before)
{
    if (!before)
        return strike(operation);
    Operation again = *before;
    again.id = operation.id;
    return advance(operation, again).map([](const Operation &) {});
}

Result<std::vector<Operation>> OperationLog::all(TenantId tenant) const
{
    return read(u"tenant_id = ?"_s, {tenant.value});
}

Result<std::vector<Operation>> OperationLog::removals() const
{
    return read(u"kind = 'remove' AND step <> 'begun'"_s, {});
}

Result<std::optional<Operation>> OperationLog::ofCredential(CredentialId credential) const
{
    return read(u"credential_id = ?"_s, {credential.value}).map([](const std::vector<Operation> &found) {
        return found.empty() ? std::nullopt : std::optional(found.front());
    });
}

std::shared_ptr<const void> OperationLog::hold(OperationId id)
{
    std::shared_ptr<const void> handle = m_held[id].lock();
    if (!handle) {
        handle = std::make_shared<OperationId>(id);
        m_held[id] = handle;
    }
    return handle;
}

bool OperationLog::isUnderWay(const Operation &operation) const
{
    if (operation.process == QCoreApplication::applicationPid()) {
        const auto held = m_held.find(operation.id);
        return held != m_held.end() && !held->second.expired();
    }
    const qint64 age = operation.changedAt.secsTo(QDateTime::currentDateTimeUtc());
    return age >= 0 && age < kLongestStep.count() && isRunning(operation.process);
}

} // namespace latchkey
