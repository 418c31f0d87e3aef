// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginrecord.h"

#include <QSqlQuery>
#include <QVariant>

namespace latchkey {

// How login profiles and the history lie in the tables: what is searched for in columns, the rest as JSON.
// The values follow the column lists.

inline constexpr const char *kProfileColumns =
    "tenant_id, name, name_key, request, expectation, expected_error, expected_text, keeps_claims, place,"
    " secret_key, password_key";
QVariantList profileValues(const LoginProfile &profile);
LoginProfile readProfile(const QSqlQuery &row); ///< of `SELECT id, {columns}`

inline constexpr const char *kRecordColumns =
    "tenant_id, profile_id, name, at, met_expectation, tokens_end_at, record, claims";
QVariantList recordValues(const LoginRecord &record);
LoginRecord readRecord(const QSqlQuery &row); ///< of `SELECT id, {columns}`

} // namespace latchkey
