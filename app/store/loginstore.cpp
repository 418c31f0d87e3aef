// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/loginstore.h"

#include "core/nameorder.h"
#include "store/loginrows.h"
#include "store/rows.h"
#include "store/statements.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool isSameOrigin(const QUrl &left, const QUrl &right)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == "https"_L1 ? 443 : 80); };
    return left.isValid() && left.scheme() == right.scheme() && left.host() == right.host() &&
           port(left) == port(right);
}

} // namespace

LoginStore::LoginStore(OpenDatabase file)
    : m_file(std::move(file))
{
}

Result<std::vector<LoginProfile>> LoginStore::profiles(TenantId tenant) const
{
    return sortedByName(
        readAll(run(m_file.database, select(kProfileColumns, "login_profiles"_L1, u"WHERE tenant_id = ?"_s),
                    {tenant.value}),
                readProfile));
}

Result<std::vector<LoginProfile>> LoginStore::profilesAt(const QUrl &baseUrl) const
{
    const auto all =
        readAll(run(m_file.database, select(kProfileColumns, "login_profiles"_L1, {})), readProfile);
    const auto tenants = readAll(run(m_file.database, select(kTenantColumns, "tenants"_L1, {})), readTenant);
    if (!all || !tenants)
        return fail(all ? tenants.error() : all.error());
    std::vector<LoginProfile> found;
    std::ranges::copy_if(*all, std::back_inserter(found), [&](const LoginProfile &profile) {
        const auto tenant = std::ranges::find(*tenants, profile.tenant, &Tenant::id);
        return (tenant != tenants->end() && isSameOrigin(tenant->baseUrl, baseUrl)) ||
               isSameOrigin(profile.request.issuer, baseUrl) ||
               isSameOrigin(profile.request.endpoints.tokenEndpoint, baseUrl);
    });
    return sortedByName(Result<std::vector<LoginProfile>>(std::move(found)));
}

Result<LoginProfile> LoginStore::profile(LoginProfileId id) const
{
    const Result<std::vector<LoginProfile>> found = readAll(
        run(m_file.database, select(kProfileColumns, "login_profiles"_L1, u"WHERE id = ?"_s), {id.value}),
        readProfile);
    if (!found)
        return fail(found.error());
    if (found->empty())
        return fail(ErrorKind::Storage, tr("The login profile is no longer in the workspace."));
    return found->front();
}

Result<void> LoginStore::checkName(const LoginProfile &profile) const
{
    return checkNameIn(
        run(m_file.database,
            u"SELECT name FROM login_profiles WHERE tenant_id = ? AND name_key = ? AND id <> ?"_s,
            {profile.tenant.value, nameKey(profile.name), profile.id.value}),
        profile.name, tr("There is a login profile named %1 in this tenant already. Choose another name."));
}

Result<void> LoginStore::takeOverKeys(const LoginProfile &profile)
{
    const bool isInKeychain = profile.place == SecretPlace::Keychain;
    return latchkey::takeOverKeys(m_file.database, "profile_id"_L1, profile.id.value,
                                  isInKeychain ? profile.keys() : QStringList());
}

Result<LoginProfile> LoginStore::addProfile(LoginProfile profile)
{
    profile.id = {};
    Result<LoginProfile> added = m_file.write<LoginProfile>([&]() -> Result<LoginProfile> {
        if (auto allowed = checkName(profile); !allowed)
            return fail(allowed.error());
        const QVariantList values = profileValues(profile);
        auto done = run(m_file.database, insert(kProfileColumns, "login_profiles"_L1, values.size()), values);
        if (!done)
            return fail(done.error());
        profile.id = {done->lastInsertId().toLongLong()};
        return takeOverKeys(profile).map([&profile] { return profile; });
    });
    if (added)
        emit profilesChanged(added->tenant);
    return added;
}

Result<void> LoginStore::updateProfile(const LoginProfile &profile)
{
    const Result<void> updated = m_file.write([&]() -> Result<void> {
        if (auto allowed = checkName(profile); !allowed)
            return allowed;
        const QVariantList values = profileValues(profile);
        const Result<void> done =
            exactlyOne(run(m_file.database, update(kProfileColumns, "login_profiles"_L1, values.size()),
                           values + QVariantList{profile.id.value}));
        return done ? takeOverKeys(profile) : done;
    });
    if (updated)
        emit profilesChanged(profile.tenant);
    return updated;
}

Result<void> LoginStore::renameProfile(LoginProfileId id, const QString &name)
{
    Result<LoginProfile> row = profile(id);
    if (!row)
        return fail(row.error());
    row->name = name;
    const Result<void> renamed = m_file.write([&]() -> Result<void> {
        if (auto allowed = checkName(*row); !allowed)
            return allowed;
        return exactlyOne(run(m_file.database,
                              u"UPDATE login_profiles SET name = ?, name_key = ? WHERE id = ?"_s,
                              {name, nameKey(name), id.value}));
    });
    if (renamed)
        emit profilesChanged(row->tenant);
    return renamed;
}

Result<void> LoginStore::removeProfile(LoginProfileId id)
{
    const Result<LoginProfile> row = profile(id);
    if (!row)
        return fail(row.error());
    const Result<void> removed = m_file.write([&] {
        return exactlyOne(run(m_file.database, u"DELETE FROM login_profiles WHERE id = ?"_s, {id.value}));
    });
    if (removed)
        emit profilesChanged(row->tenant);
    return removed;
}

Result<std::vector<LoginRecord>> LoginStore::records(TenantId tenant, int limit) const
{
    return readAll(
        run(m_file.database,
            select(kRecordColumns, "login_records"_L1, u"WHERE tenant_id = ? ORDER BY id DESC LIMIT ?"_s),
            {tenant.value, limit}),
        readRecord);
}

Result<LoginRecord> LoginStore::addRecord(LoginRecord record)
{
    Result<LoginRecord> added = m_file.write<LoginRecord>([&]() -> Result<LoginRecord> {
        const QVariantList values = recordValues(record);
        auto done = run(m_file.database, insert(kRecordColumns, "login_records"_L1, values.size()), values);
        if (!done)
            return fail(done.error());
        record.id = {done->lastInsertId().toLongLong()};
        return withoutRows(run(m_file.database,
                               u"DELETE FROM login_records WHERE tenant_id = ? AND id <="
                               " (SELECT id FROM login_records WHERE tenant_id = ? ORDER BY id DESC"
                               " LIMIT 1 OFFSET ?)"_s,
                               {record.tenant.value, record.tenant.value, kMostRecords}))
            .map([&record] { return record; });
    });
    if (added)
        emit recordsChanged(added->tenant);
    return added;
}

Result<void> LoginStore::clearRecords(TenantId tenant)
{
    const Result<void> cleared = m_file.write([&] {
        return withoutRows(
            run(m_file.database, u"DELETE FROM login_records WHERE tenant_id = ?"_s, {tenant.value}));
    });
    if (cleared)
        emit recordsChanged(tenant);
    return cleared;
}

Result<int> LoginStore::clearExpired(TenantId tenant, const QDateTime &now, Expired what)
{
    const QString which = u"WHERE tenant_id = ? AND tokens_end_at <= ?"_s;
    const QString statement = what == Expired::Runs ? "DELETE FROM login_records "_L1 + which
                                                    : "UPDATE login_records SET claims = NULL "_L1 + which +
                                                          " AND claims IS NOT NULL"_L1;
    const Result<int> cleared = m_file.write<int>([&]() -> Result<int> {
        return run(m_file.database, statement, {tenant.value, timeValue(now)})
            .map([](const QSqlQuery &query) { return query.numRowsAffected(); });
    });
    if (cleared && *cleared > 0)
        emit recordsChanged(tenant);
    return cleared;
}

} // namespace latchkey
