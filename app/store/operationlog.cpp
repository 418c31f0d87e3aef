// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/operationlog.h"

#include "core/process.h"
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

QVariantList place(const Operation &operation)
{
    return {operation.id.value, operationKindKey(operation.kind), operationStepKey(operation.step)};
}

Result<void> stillThere(const Result<QSqlQuery> &query)
{
    return oneRow(query, OperationLog::tr("This has gone on meanwhile, perhaps in another window."));
}

} // namespace

OperationLog::OperationLog(OpenDatabase file)
    : m_file(std::move(file))
{
}

Result<std::vector<Operation>> OperationLog::read(const QString &rest, const QVariantList &values) const
{
    Result<QSqlQuery> query =
        run(m_file.database, u"SELECT id, %1 FROM operations WHERE %2 ORDER BY id"_s.arg(columns(), rest),
            values);
    if (!query)
        return fail(query.error());
    std::vector<Operation> operations;
    while (query->next())
        operations.push_back(readOperation(*query));
    return operations;
}

Result<Operation> OperationLog::begin(Operation operation)
{
    operation.process = QCoreApplication::applicationPid();
    operation.startedAt = QDateTime::currentDateTimeUtc();
    operation.changedAt = operation.startedAt;
    return m_file.write<Operation>([&]() -> Result<Operation> {
        // Asked under the lock: of two windows that begin at once, the later one hears of the other.
        const Result<std::optional<Operation>> before = ofCredential(operation.credential);
        if (!before)
            return fail(before.error());
        if (*before && !givesWay(**before))
            return fail(
                ErrorKind::Storage,
                tr("Another window or program is at work on %1. Wait until it is done.").arg(operation.name));
        const QVariantList values = operationValues(operation);
        Result<QSqlQuery> done =
            run(m_file.database, u"DELETE FROM operations WHERE credential_id = ?"_s, {values.at(1)});
        if (done)
            done =
                run(m_file.database,
                    u"INSERT INTO operations (%1) VALUES (%2)"_s.arg(columns(), placeholders(values.size())),
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
    return m_file.write<Operation>([&]() -> Result<Operation> {
        const QVariantList values = operationValues(to);
        return stillThere(
                   run(m_file.database,
                       u"UPDATE operations SET (%1) = (%2) WHERE id = ? AND kind = ? AND step = ?"_s.arg(
                           columns(), placeholders(values.size())),
                       values + place(from)))
            .map([&to] { return to; });
    });
}

Result<void> OperationLog::strike(const Operation &operation)
{
    return m_file.write<void>([&] {
        return stillThere(run(m_file.database,
                              u"DELETE FROM operations WHERE id = ? AND kind = ? AND step = ?"_s,
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

/// A watch only looks, and what was left behind is taken over; a removal that hid its row goes on.
bool OperationLog::givesWay(const Operation &operation) const
{
    if (operation.kind == OperationKind::Remove && operation.step != OperationStep::Begun)
        return false;
    return operation.kind == OperationKind::Watch || !isUnderWay(operation);
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
