// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/workspace.h"

#include "core/nameorder.h"
#include "grants/grantjournal.h"
#include "store/loginstore.h"
#include "store/rows.h"
#include "store/statements.h"

#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView kIsHidden =
    "EXISTS (SELECT 1 FROM operations WHERE credential_id = credentials.id"
    " AND kind = 'remove' AND step <> 'begun')"_L1;

} // namespace

Workspace::Workspace(OpenDatabase file)
    : m_file(std::move(file))
    , m_operations(std::make_unique<OperationLog>(m_file))
    , m_rotations(std::make_unique<RotationLog>(m_file))
    , m_logins(std::make_unique<LoginStore>(m_file))
    , m_grantJournal(std::make_unique<GrantJournal>(m_file))
{
}

Workspace::~Workspace()
{
    m_grantJournal.reset();
    m_logins.reset();
    m_rotations.reset();
    m_operations.reset();
    closeDatabase(m_file.database);
}

Result<std::unique_ptr<Workspace>> Workspace::open(const QString &folder)
{
    Result<OpenDatabase> opened = openDatabase(folder);
    if (!opened)
        return fail(opened.error());
    return std::unique_ptr<Workspace>(new Workspace(std::move(*opened)));
}

bool Workspace::exists(const QString &folder)
{
    return QFileInfo::exists(workspaceFile(folder));
}

QString Workspace::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/latchkey"_L1;
}

bool Workspace::isReadOnly() const
{
    return !m_file.readOnlyReason.isEmpty();
}

QString Workspace::readOnlyReason() const
{
    return m_file.readOnlyReason;
}

Result<std::vector<Tenant>> Workspace::tenants() const
{
    return sortedByName(readAll(run(m_file.database, select(kTenantColumns, "tenants"_L1, {})), readTenant));
}

Result<void> Workspace::checkName(const Tenant &tenant) const
{
    return checkNameIn(run(m_file.database, u"SELECT name FROM tenants WHERE name_key = ? AND id <> ?"_s,
                           {nameKey(tenant.name), tenant.id.value}),
                       tenant.name, tr("There is a tenant named %1 already. Choose another name."));
}

Result<Tenant> Workspace::addTenant(Tenant tenant)
{
    tenant.id = {};
    Result<Tenant> added = m_file.write<Tenant>([&]() -> Result<Tenant> {
        if (auto allowed = checkName(tenant); !allowed)
            return fail(allowed.error());
        const QVariantList values = tenantValues(tenant);
        auto done = run(m_file.database, insert(kTenantColumns, "tenants"_L1, values.size()), values);
        if (!done)
            return fail(done.error());
        tenant.id = {done->lastInsertId().toLongLong()};
        return tenant;
    });
    if (added)
        emit tenantsChanged();
    return added;
}

Result<void> Workspace::updateTenant(const Tenant &tenant)
{
    const Result<void> updated = m_file.write([&]() -> Result<void> {
        if (auto allowed = checkName(tenant); !allowed)
            return allowed;
        const QVariantList values = tenantValues(tenant);
        return exactlyOne(run(m_file.database, update(kTenantColumns, "tenants"_L1, values.size()),
                              values + QVariantList{tenant.id.value}));
    });
    if (updated)
        emit tenantsChanged();
    return updated;
}

Result<void> Workspace::removeTenant(TenantId id, Owning owning)
{
    const Result<void> removed = m_file.write([&]() -> Result<void> {
        auto owned = run(m_file.database,
                         u"SELECT 1 FROM credentials WHERE tenant_id = ?"
                         " UNION ALL SELECT 1 FROM login_profiles WHERE tenant_id = ?"_s,
                         {id.value, id.value});
        if (!owned)
            return fail(owned.error());
        if (owning == Owning::Nothing && owned->next())
            return fail(
                ErrorKind::Storage,
                tr("Something was added to the tenant meanwhile, perhaps by an import in another window "
                   "or program. The tenant is kept: remove it again once that is done."));
        return exactlyOne(run(m_file.database, u"DELETE FROM tenants WHERE id = ?"_s, {id.value}));
    });
    if (removed) {
        emit tenantsChanged();
        emit credentialsChanged(id);
        emit m_logins->profilesChanged(id);
        emit m_logins->recordsChanged(id);
    }
    return removed;
}

Result<std::vector<ApiCredential>> Workspace::credentials(TenantId tenant) const
{
    return sortedByName(readAll(
        run(m_file.database,
            select(kCredentialColumns, "credentials"_L1, "WHERE tenant_id = ? AND NOT "_L1 + kIsHidden),
            {tenant.value}),
        readCredential));
}

Result<std::vector<ApiCredential>> Workspace::hiddenCredentials(TenantId tenant) const
{
    return readAll(run(m_file.database,
                       select(kCredentialColumns, "credentials"_L1,
                              "WHERE tenant_id = ? AND "_L1 + kIsHidden + " ORDER BY name_key"_L1),
                       {tenant.value}),
                   readCredential);
}

Result<ApiCredential> Workspace::credential(CredentialId id) const
{
    const Result<std::vector<ApiCredential>> found = readAll(
        run(m_file.database, select(kCredentialColumns, "credentials"_L1, u"WHERE id = ?"_s), {id.value}),
        readCredential);
    if (!found)
        return fail(found.error());
    if (found->empty())
        return fail(ErrorKind::Storage, tr("The API credential is no longer in the workspace."));
    return found->front();
}

Result<void> Workspace::checkName(const ApiCredential &credential) const
{
    const Result<std::vector<ApiCredential>> hidden = hiddenCredentials(credential.tenant);
    const bool isHidden =
        hidden && std::any_of(hidden->begin(), hidden->end(), [&credential](const ApiCredential &each) {
            return nameKey(each.name) == nameKey(credential.name);
        });
    return checkNameIn(
        run(m_file.database,
            u"SELECT name FROM credentials WHERE tenant_id = ? AND name_key = ? AND id <> ?"_s,
            {credential.tenant.value, nameKey(credential.name), credential.id.value}),
        credential.name,
        isHidden
            ? tr("The API credential %1 is still being removed here. Wait until it is gone, or undo that.")
            : tr("There is an API credential named %1 in this tenant already. Choose another name."));
}

Result<void> Workspace::takeOverKey(const ApiCredential &credential)
{
    const bool isInKeychain = credential.place == SecretPlace::Keychain && !credential.secretKey.isEmpty();
    return takeOverKeys(m_file.database, "credential_id"_L1, credential.id.value,
                        isInKeychain ? QStringList{credential.secretKey} : QStringList());
}

/// Within a transaction; the credential gets its id.
Result<void> Workspace::insertCredential(ApiCredential &credential)
{
    credential.id = {};
    if (!credential.addedAt.isValid())
        credential.addedAt = QDateTime::currentDateTimeUtc();
    if (auto allowed = checkName(credential); !allowed)
        return allowed;
    if (auto allowed = checkNameIn(
            run(m_file.database, u"SELECT name FROM credentials WHERE tenant_id = ? AND client_id = ?"_s,
                {credential.tenant.value, credential.clientId}),
            credential.name, tr("This client ID is kept here already, as %1."));
        !allowed)
        return allowed;
    const QVariantList values = credentialValues(credential);
    auto done = run(m_file.database, insert(kCredentialColumns, "credentials"_L1, values.size()), values);
    if (!done)
        return fail(done.error());
    credential.id = {done->lastInsertId().toLongLong()};
    return takeOverKey(credential);
}

Result<ApiCredential> Workspace::addCredential(ApiCredential credential)
{
    return addCredentials({std::move(credential)}).map([](const std::vector<ApiCredential> &added) {
        return added.front();
    });
}

Result<std::vector<ApiCredential>> Workspace::addCredentials(std::vector<ApiCredential> credentials)
{
    auto added = m_file.write<std::vector<ApiCredential>>([&]() -> Result<std::vector<ApiCredential>> {
        for (ApiCredential &credential : credentials) {
            if (auto inserted = insertCredential(credential); !inserted)
                return fail(inserted.error());
        }
        return credentials;
    });
    if (added && !added->empty())
        emit credentialsChanged(added->front().tenant);
    return added;
}

Result<void> Workspace::updateCredential(const ApiCredential &credential)
{
    const Result<void> updated = m_file.write([&]() -> Result<void> {
        const Result<ApiCredential> before = this->credential(credential.id);
        const bool isRenamed = before && before->name != credential.name;
        if (auto allowed = isRenamed ? checkName(credential) : Result<void>(); !allowed)
            return allowed;
        const QVariantList values = credentialValues(credential);
        const Result<void> done =
            exactlyOne(run(m_file.database, update(kCredentialColumns, "credentials"_L1, values.size()),
                           values + QVariantList{credential.id.value}));
        return done ? takeOverKey(credential) : done;
    });
    if (updated)
        emit credentialsChanged(credential.tenant);
    return updated;
}

Result<void> Workspace::removeCredential(CredentialId id)
{
    const Result<ApiCredential> row = credential(id);
    if (!row)
        return fail(row.error());
    const Result<void> removed = m_file.write([&] {
        return exactlyOne(run(m_file.database, u"DELETE FROM credentials WHERE id = ?"_s, {id.value}));
    });
    if (removed)
        emit credentialsChanged(row->tenant);
    return removed;
}

Result<void> Workspace::noteMissingSecrets(TenantId tenant, const std::vector<CredentialId> &credentials)
{
    const Result<void> noted = m_file.write([&]() -> Result<void> {
        for (const CredentialId id : credentials) {
            const auto done =
                run(m_file.database, u"UPDATE credentials SET secret_missing = 1 WHERE id = ?"_s, {id.value});
            if (!done)
                return fail(done.error());
        }
        return {};
    });
    if (noted)
        emit credentialsChanged(tenant);
    return noted;
}

Result<void> Workspace::noteKeychainItem(const QString &key)
{
    return noteKeychainItems({key});
}

Result<void> Workspace::noteKeychainItems(const QStringList &keys)
{
    return m_file.write([&]() -> Result<void> {
        for (const QString &key : keys) {
            auto noted = run(m_file.database, u"INSERT INTO keychain_items (key, created_at) VALUES (?, ?)"_s,
                             {key, timeValue(QDateTime::currentDateTimeUtc())});
            if (!noted)
                return fail(noted.error());
        }
        return {};
    });
}

Result<void> Workspace::forgetKeychainItem(const QString &key)
{
    return m_file.write([&] {
        return withoutRows(run(
            m_file.database,
            u"DELETE FROM keychain_items WHERE key = ? AND credential_id IS NULL AND profile_id IS NULL"_s,
            {key}));
    });
}

Result<QStringList> Workspace::leftoverKeychainItems(const QDateTime &before) const
{
    auto found = run(m_file.database,
                     u"SELECT key FROM keychain_items WHERE credential_id IS NULL AND profile_id IS NULL"
                     " AND created_at < ? ORDER BY created_at"_s,
                     {timeValue(before)});
    if (!found)
        return fail(found.error());
    QStringList keys;
    while (found->next())
        keys.append(found->value(0).toString());
    return keys;
}

Result<std::vector<QDateTime>> Workspace::youngKeychainItems(const QDateTime &since) const
{
    auto found =
        run(m_file.database,
            u"SELECT created_at FROM keychain_items WHERE credential_id IS NULL AND profile_id IS NULL"
            " AND created_at >= ? ORDER BY created_at"_s,
            {timeValue(since)});
    if (!found)
        return fail(found.error());
    std::vector<QDateTime> times;
    while (found->next())
        times.push_back(QDateTime::fromString(found->value(0).toString(), Qt::ISODateWithMs));
    return times;
}

QString Workspace::setting(const QString &name, const QString &fallback) const
{
    auto found = run(m_file.database, u"SELECT value FROM settings WHERE name = ?"_s, {name});
    return found && found->next() ? found->value(0).toString() : fallback;
}

Result<void> Workspace::setSetting(const QString &name, const QString &value)
{
    return m_file.write([&] {
        return withoutRows(run(m_file.database,
                               u"INSERT INTO settings (name, value) VALUES (?, ?)"
                               " ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s,
                               {name, value}));
    });
}

} // namespace latchkey
