// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/credentialregister.h"
#include "secrets/memorystore.h"
#include "store/database.h"
#include "store/workspace.h"
#include "support/fakekeychain.h"

#include <QTemporaryDir>

#include <memory>

namespace latchkey {

/// A statement on a workspace file from outside, for what goes wrong there.
inline bool executeIn(const QString &folder, const QString &sql, const QVariantList &values = {})
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("raw"));
    database.setDatabaseName(folder + QStringLiteral("/workspace.sqlite"));
    const bool isDone = database.open() && run(database, sql, values).has_value();
    closeDatabase(database);
    return isDone;
}

/// A register of credentials on a folder and a keychain of the test's own, with one tenant.
class RegisterDesk
{
public:
    /// Once before all else, and again for what the next start of the program finds.
    bool open()
    {
        close();
        Result<std::unique_ptr<Workspace>> opened = Workspace::open(folder.path());
        if (!opened)
            return false;
        workspace = std::move(*opened);
        keychain = std::make_unique<FakeKeychain>();
        session = std::make_unique<MemoryStore>();
        credentials = std::make_unique<CredentialRegister>(*workspace, *keychain, *session);
        if (!tenant.id.isValid())
            tenant = workspace
                         ->addTenant({.name = QStringLiteral("acme"),
                                      .baseUrl = QUrl(QStringLiteral("https://acme.example.com"))})
                         .value_or(Tenant{});
        return tenant.id.isValid();
    }
    void close()
    {
        credentials.reset();
        workspace.reset();
    }
    QStringList leftovers() const
    {
        return *workspace->leftoverKeychainItems(QDateTime::currentDateTimeUtc().addSecs(60));
    }
    bool execute(const QString &sql) { return executeIn(folder.path(), sql); }
    bool ageTheIndex()
    {
        return execute(QStringLiteral("UPDATE keychain_items SET created_at = '2026-01-01T00:00:00.000Z'"));
    }

    QTemporaryDir folder;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<FakeKeychain> keychain;
    std::unique_ptr<MemoryStore> session;
    std::unique_ptr<CredentialRegister> credentials;
    Tenant tenant{};
};

} // namespace latchkey
