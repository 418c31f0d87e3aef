// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "core/tenant.h"
#include "store/operation.h"

#include <QSqlQuery>
#include <QVariant>

namespace latchkey {

// How records lie in the tables: enums as stable words, times as ISO 8601 UTC. The values follow
// the column lists.

inline constexpr const char *kTenantColumns = "name, name_key, base_url, type, read_only, built_in";
QVariantList tenantValues(const Tenant &tenant);
Tenant readTenant(const QSqlQuery &row); ///< of `SELECT id, {columns}`

inline constexpr const char *kCredentialColumns =
    "tenant_id, name, name_key, client_id, level, note, state, place, problem, secret_missing, secret_key,"
    " added_at, used_at";
QVariantList credentialValues(const ApiCredential &credential);
ApiCredential readCredential(const QSqlQuery &row); ///< of `SELECT id, {columns}`

inline constexpr const char *kOperationColumns =
    "tenant_id, credential_id, kind, step, name, level, note, place, client_id, had_token, portal_before,"
    " portal_id, process, started_at, changed_at";
QVariantList operationValues(const Operation &operation);
Operation readOperation(const QSqlQuery &row); ///< of `SELECT id, {columns}`
QString operationKindKey(OperationKind kind);
QString operationStepKey(OperationStep step);

/// What makes two names the same: case and the ways to write one character do not count.
QString nameKey(const QString &name);
/// NULL for an invalid time.
QVariant timeValue(const QDateTime &time);
QDateTime readTime(const QVariant &value);
QString placeKey(SecretPlace place);
SecretPlace placeFromKey(const QString &key);

} // namespace latchkey
