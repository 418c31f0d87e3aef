// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rows.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString problemKey(CredentialProblem problem)
{
    switch (problem) {
    case CredentialProblem::None:
        return u"none"_s;
    case CredentialProblem::Refused:
        return u"refused"_s;
    case CredentialProblem::OwnerDeleted:
        return u"owner_deleted"_s;
    }
    return {};
}

CredentialProblem problemFromKey(const QString &key)
{
    for (CredentialProblem problem : {CredentialProblem::Refused, CredentialProblem::OwnerDeleted}) {
        if (key == problemKey(problem))
            return problem;
    }
    return CredentialProblem::None;
}

QDateTime readTime(const QVariant &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

} // namespace

QString nameKey(const QString &name)
{
    return name.normalized(QString::NormalizationForm_KC).toCaseFolded();
}

QVariant timeValue(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toUTC().toString(Qt::ISODateWithMs)) : QVariant();
}

QVariantList tenantValues(const Tenant &tenant)
{
    return {tenant.name,
            nameKey(tenant.name),
            tenant.baseUrl.toString(QUrl::FullyEncoded),
            tenantTypeKey(tenant.type),
            tenant.readOnly,
            tenant.isBuiltIn};
}

Tenant readTenant(const QSqlQuery &row)
{
    return {.id = {row.value(0).toLongLong()},
            .name = row.value(1).toString(),
            .baseUrl = QUrl(row.value(3).toString(), QUrl::StrictMode),
            .type = tenantTypeFromKey(row.value(4).toString()).value_or(TenantType::Production),
            .readOnly = row.value(5).toBool(),
            .isBuiltIn = row.value(6).toBool()};
}

QVariantList credentialValues(const ApiCredential &credential)
{
    return {credential.tenant.value,
            credential.name,
            nameKey(credential.name),
            credential.clientId,
            credential.level ? QVariant(scopeLevelName(*credential.level)) : QVariant(),
            credential.note,
            credential.state == CredentialState::Disabled ? u"disabled"_s : u"enabled"_s,
            credential.place == SecretPlace::Session ? u"session"_s : u"keychain"_s,
            problemKey(credential.problem),
            credential.secretMissing,
            credential.secretKey,
            timeValue(credential.addedAt),
            timeValue(credential.usedAt)};
}

ApiCredential readCredential(const QSqlQuery &row)
{
    return {.id = {row.value(0).toLongLong()},
            .tenant = {row.value(1).toLongLong()},
            .name = row.value(2).toString(),
            .clientId = row.value(4).toString(),
            .level = scopeLevelFromName(row.value(5).toString()),
            .note = row.value(6).toString(),
            .state = row.value(7) == u"disabled"_s ? CredentialState::Disabled : CredentialState::Enabled,
            .place = row.value(8) == u"session"_s ? SecretPlace::Session : SecretPlace::Keychain,
            .problem = problemFromKey(row.value(9).toString()),
            .secretMissing = row.value(10).toBool(),
            .secretKey = row.value(11).toString(),
            .addedAt = readTime(row.value(12)),
            .usedAt = readTime(row.value(13))};
}

} // namespace latchkey
