// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migrations.h"

#include "store/database.h"

#include <vector>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Step = std::vector<QString>;

/// Append-only, which triggers enforce; so it outlives its tenant, and refers to it by number alone.
Step journalOfGrants()
{
    Step step{
        u"CREATE TABLE grant_entries (id INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id INTEGER NOT NULL,"
        " server_id INTEGER NOT NULL, server_name TEXT NOT NULL, who TEXT NOT NULL, origin TEXT NOT NULL,"
        " source TEXT NOT NULL, undoes INTEGER REFERENCES grant_entries(id), scopes TEXT NOT NULL,"
        " at TEXT NOT NULL, process INTEGER NOT NULL)"_s,
        u"CREATE INDEX grant_entries_tenant ON grant_entries(tenant_id)"_s,
        u"CREATE TABLE grant_rows (id INTEGER PRIMARY KEY AUTOINCREMENT,"
        " entry_id INTEGER NOT NULL REFERENCES grant_entries(id), app_id INTEGER NOT NULL,"
        " app_name TEXT NOT NULL, action TEXT NOT NULL, before_scopes TEXT NOT NULL,"
        " after_scopes TEXT NOT NULL)"_s,
        u"CREATE INDEX grant_rows_entry ON grant_rows(entry_id)"_s,
        u"CREATE TABLE grant_events (id INTEGER PRIMARY KEY AUTOINCREMENT,"
        " row_id INTEGER NOT NULL REFERENCES grant_rows(id), at TEXT NOT NULL, state TEXT NOT NULL,"
        " reason TEXT NOT NULL, request_id TEXT NOT NULL, read_at TEXT, found TEXT)"_s,
        u"CREATE INDEX grant_events_row ON grant_events(row_id, id)"_s,
        u"CREATE TABLE grant_ends (entry_id INTEGER PRIMARY KEY REFERENCES grant_entries(id),"
        " at TEXT NOT NULL)"_s};
    for (const QString &table : {u"grant_entries"_s, u"grant_rows"_s, u"grant_events"_s, u"grant_ends"_s}) {
        for (const QString &verb : {u"UPDATE"_s, u"DELETE"_s})
            step.push_back(u"CREATE TRIGGER %1_no_%2 BEFORE %2 ON %1 BEGIN"
                           " SELECT RAISE(ABORT, 'The journal is append-only.'); END"_s.arg(table, verb));
    }
    return step;
}

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
        journalOfGrants(),
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
