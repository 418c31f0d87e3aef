// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rotationlog.h"

#include "store/rows.h"

#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const std::array<QString, kRotationSteps> kStepKeys{u"make-pair"_s,   u"test-pair"_s, u"hand-over"_s,
                                                    u"disable-old"_s, u"watch"_s,     u"delete-old"_s};

QString keyOf(RotationStep step)
{
    return kStepKeys.at(static_cast<size_t>(step));
}

RotationStep stepFrom(const QString &key)
{
    const auto found = std::find(kStepKeys.begin(), kStepKeys.end(), key);
    return found == kStepKeys.end() ? RotationStep::MakePair
                                    : static_cast<RotationStep>(found - kStepKeys.begin());
}

QVariant idOrNull(CredentialId id)
{
    return id.isValid() ? QVariant(id.value) : QVariant();
}

Rotation readRotation(const QSqlQuery &row)
{
    return {.id = {row.value(0).toLongLong()},
            .tenant = {row.value(1).toLongLong()},
            .oldPair = {row.value(2).toLongLong()},
            .newPair = {row.value(3).toLongLong()},
            .newName = row.value(4).toString(),
            .step = stepFrom(row.value(5).toString()),
            .startedAt = QDateTime::fromString(row.value(6).toString(), Qt::ISODateWithMs),
            .note = row.value(7).toString()};
}

Result<std::vector<Rotation>> read(const QSqlDatabase &database, const QString &rest,
                                   const QVariantList &values)
{
    Result<QSqlQuery> query = run(database,
                                  u"SELECT id, tenant_id, old_id, new_id, new_name, step, started_at, note"
                                  " FROM rotations WHERE %1 ORDER BY id"_s.arg(rest),
                                  values);
    if (!query)
        return fail(query.error());
    std::vector<Rotation> rotations;
    while (query->next())
        rotations.push_back(readRotation(*query));
    return rotations;
}

Result<void> stillThere(const Result<QSqlQuery> &query)
{
    return oneRow(query, RotationLog::tr("The rotation has gone on meanwhile, perhaps in another window."));
}

} // namespace

RotationLog::RotationLog(OpenDatabase file)
    : m_file(std::move(file))
{
}

Result<Rotation> RotationLog::begin(const Rotation &rotation)
{
    return m_file.write<Rotation>([&]() -> Result<Rotation> {
        const Result<QSqlQuery> done =
            run(m_file.database,
                u"INSERT INTO rotations (tenant_id, old_id, new_id, new_name, step, started_at, note)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (old_id) DO NOTHING"_s,
                {rotation.tenant.value, rotation.oldPair.value, idOrNull(rotation.newPair), rotation.newName,
                 keyOf(rotation.step), timeValue(QDateTime::currentDateTimeUtc()), rotation.note});
        if (!done)
            return fail(done.error());
        return read(m_file.database, u"old_id = ?"_s, {rotation.oldPair.value})
            .map([](const std::vector<Rotation> &found) { return found.front(); });
    });
}

Result<Rotation> RotationLog::update(const Rotation &from, const Rotation &to)
{
    return m_file.write<Rotation>([&]() -> Result<Rotation> {
        return stillThere(run(m_file.database,
                              u"UPDATE rotations SET (new_id, new_name, step, note) = (?, ?, ?, ?)"
                              " WHERE id = ? AND step = ? AND new_name = ? AND new_id IS ?"_s,
                              {idOrNull(to.newPair), to.newName, keyOf(to.step), to.note, from.id.value,
                               keyOf(from.step), from.newName, idOrNull(from.newPair)}))
            .map([&to] { return to; });
    });
}

Result<void> RotationLog::strike(const Rotation &rotation)
{
    return m_file.write([&] {
        return stillThere(run(m_file.database, u"DELETE FROM rotations WHERE id = ? AND step = ?"_s,
                              {rotation.id.value, keyOf(rotation.step)}));
    });
}

Result<std::vector<Rotation>> RotationLog::all(TenantId tenant) const
{
    return read(m_file.database, u"tenant_id = ?"_s, {tenant.value});
}

} // namespace latchkey
