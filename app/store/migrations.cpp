// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migrations.h"

#include "store/database.h"

#include <vector>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Step = std::vector<QString>;

/// Step n leads from version n to version n + 1. A step that was released is never changed.
const std::vector<Step> &steps()
{
    static const std::vector<Step> all{
        Step{
            // name_key is the name as it is compared: case folded.
            u"CREATE TABLE tenants (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,"
            " name_key TEXT NOT NULL UNIQUE, base_url TEXT NOT NULL, type TEXT NOT NULL,"
            " read_only INTEGER NOT NULL DEFAULT 0)"_s,
            u"CREATE TABLE credentials (id INTEGER PRIMARY KEY AUTOINCREMENT,"
            " tenant_id INTEGER NOT NULL REFERENCES tenants(id) ON DELETE CASCADE,"
            " name TEXT NOT NULL, name_key TEXT NOT NULL, client_id TEXT NOT NULL, level TEXT,"
            " note TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'enabled',"
            " place TEXT NOT NULL DEFAULT 'keychain', problem TEXT NOT NULL DEFAULT 'none',"
            " secret_missing INTEGER NOT NULL DEFAULT 0, secret_key TEXT NOT NULL,"
            " added_at TEXT NOT NULL, used_at TEXT, UNIQUE (tenant_id, name_key))"_s,
            u"CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"_s,
        },
        Step{
            // The index of the keychain: a key is noted before its secret is stored and forgotten
            // after the secret is gone, so that none can be left behind unseen.
            u"CREATE TABLE keychain_items (key TEXT PRIMARY KEY,"
            " credential_id INTEGER REFERENCES credentials(id) ON DELETE SET NULL,"
            " created_at TEXT NOT NULL) WITHOUT ROWID"_s,
            u"CREATE INDEX keychain_items_credential ON keychain_items(credential_id)"_s,
            u"INSERT INTO keychain_items (key, credential_id, created_at)"
            " SELECT secret_key, id, added_at FROM credentials WHERE place = 'keychain'"_s,
        },
        Step{u"ALTER TABLE tenants ADD COLUMN built_in INTEGER NOT NULL DEFAULT 0"_s},
        Step{
            // What is done with a credential in more than one place, noted before the first effect.
            u"CREATE TABLE operations (id INTEGER PRIMARY KEY AUTOINCREMENT,"
            " tenant_id INTEGER NOT NULL REFERENCES tenants(id) ON DELETE CASCADE,"
            " credential_id INTEGER UNIQUE REFERENCES credentials(id) ON DELETE CASCADE,"
            " kind TEXT NOT NULL, step TEXT NOT NULL, name TEXT NOT NULL, level TEXT, note TEXT NOT NULL,"
            " place TEXT NOT NULL, client_id TEXT NOT NULL, had_token INTEGER NOT NULL,"
            " portal_before INTEGER NOT NULL, portal_id INTEGER NOT NULL, process INTEGER NOT NULL,"
            " started_at TEXT NOT NULL, changed_at TEXT NOT NULL)"_s,
            u"CREATE INDEX operations_tenant ON operations(tenant_id)"_s,
        },
        Step{
            // One pair taking the place of another; what is before the step is proven.
            u"CREATE TABLE rotations (id INTEGER PRIMARY KEY AUTOINCREMENT,"
            " tenant_id INTEGER NOT NULL REFERENCES tenants(id) ON DELETE CASCADE,"
            " old_id INTEGER NOT NULL UNIQUE REFERENCES credentials(id) ON DELETE CASCADE,"
            " new_id INTEGER REFERENCES credentials(id) ON DELETE SET NULL,"
            " new_name TEXT NOT NULL, step TEXT NOT NULL, started_at TEXT NOT NULL,"
            " note TEXT NOT NULL DEFAULT '')"_s,
            u"CREATE INDEX rotations_new ON rotations(new_id)"_s,
            u"CREATE INDEX rotations_tenant ON rotations(tenant_id)"_s,
        },
        Step{
            // Test logins that are kept, and the history of all of them. What is only read back is JSON.
            u"CREATE TABLE login_profiles (id INTEGER PRIMARY KEY AUTOINCREMENT,"
            " tenant_id INTEGER NOT NULL REFERENCES tenants(id) ON DELETE CASCADE,"
            " name TEXT NOT NULL, name_key TEXT NOT NULL, request TEXT NOT NULL, expectation TEXT NOT NULL,"
            " expected_error TEXT NOT NULL, expected_text TEXT NOT NULL, keeps_claims INTEGER NOT NULL,"
            " place TEXT NOT NULL, secret_key TEXT NOT NULL, password_key TEXT NOT NULL,"
            " UNIQUE (tenant_id, name_key))"_s,
            u"CREATE TABLE login_records (id INTEGER PRIMARY KEY AUTOINCREMENT,"
            " tenant_id INTEGER NOT NULL REFERENCES tenants(id) ON DELETE CASCADE,"
            " profile_id INTEGER REFERENCES login_profiles(id) ON DELETE SET NULL,"
            " name TEXT NOT NULL, at TEXT NOT NULL, met_expectation INTEGER, tokens_end_at TEXT,"
            " record TEXT NOT NULL, claims TEXT)"_s,
            u"CREATE INDEX login_records_tenant ON login_records(tenant_id)"_s,
            u"CREATE INDEX login_records_profile ON login_records(profile_id)"_s,
            // A key of the keychain belongs to a credential or to a profile.
            u"ALTER TABLE keychain_items ADD COLUMN profile_id INTEGER"
            " REFERENCES login_profiles(id) ON DELETE SET NULL"_s,
            u"CREATE INDEX keychain_items_profile ON keychain_items(profile_id)"_s,
        },
    };
    return all;
}

Result<int> applyNextStep(const QSqlDatabase &database, int target)
{
    return inTransaction<int>(database, [&]() -> Result<int> {
        // Read again under the write lock: another program may have taken this step meanwhile.
        const Result<int> version = schemaVersion(database);
        if (!version || *version >= target)
            return version;
        for (const QString &statement : steps().at(static_cast<size_t>(*version))) {
            if (auto done = run(database, statement); !done)
                return fail(done.error());
        }
        if (auto done = run(database, u"PRAGMA user_version = %1"_s.arg(*version + 1)); !done)
            return fail(done.error());
        return *version + 1;
    });
}

} // namespace

int latestSchemaVersion()
{
    return static_cast<int>(steps().size());
}

Result<void> migrate(const QSqlDatabase &database, int version)
{
    Result<int> reached = schemaVersion(database);
    while (reached && *reached < version)
        reached = applyNextStep(database, version);
    if (!reached)
        return fail(reached.error());
    return {};
}

} // namespace latchkey
