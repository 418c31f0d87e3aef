// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rows.h"

#include "core/enumkey.h"

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

} // namespace

QString nameKey(const QString &name)
{
    return name.normalized(QString::NormalizationForm_KC).toCaseFolded();
}

QVariant timeValue(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toUTC().toString(Qt::ISODateWithMs)) : QVariant();
}

QDateTime readTime(const QVariant &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

QString placeKey(SecretPlace place)
{
    return place == SecretPlace::Session ? u"session"_s : u"keychain"_s;
}

SecretPlace placeFromKey(const QString &key)
{
    return key == "session"_L1 ? SecretPlace::Session : SecretPlace::Keychain;
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
            placeKey(credential.place),
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
            .place = placeFromKey(row.value(8).toString()),
            .problem = enumFromKey(row.value(9).toString(),
                                   {CredentialProblem::Refused, CredentialProblem::OwnerDeleted}, problemKey)
                           .value_or(CredentialProblem::None),
            .secretMissing = row.value(10).toBool(),
            .secretKey = row.value(11).toString(),
            .addedAt = readTime(row.value(12)),
            .usedAt = readTime(row.value(13))};
}

QString operationKindKey(OperationKind kind)
{
    switch (kind) {
    case OperationKind::Create:
        return u"create"_s;
    case OperationKind::Remove:
        return u"remove"_s;
    case OperationKind::Disable:
        return u"disable"_s;
    case OperationKind::Enable:
        return u"enable"_s;
    case OperationKind::Watch:
        return u"watch"_s;
    }
    return {};
}

QString operationStepKey(OperationStep step)
{
    switch (step) {
    case OperationStep::Begun:
        return u"begun"_s;
    case OperationStep::Made:
        return u"made"_s;
    case OperationStep::Hidden:
        return u"hidden"_s;
    case OperationStep::Final:
        return u"final"_s;
    }
    return {};
}

QVariantList operationValues(const Operation &operation)
{
    return {operation.tenant.value,
            operation.credential.isValid() ? QVariant(operation.credential.value) : QVariant(),
            operationKindKey(operation.kind),
            operationStepKey(operation.step),
            operation.name,
            operation.level ? QVariant(scopeLevelName(*operation.level)) : QVariant(),
            operation.note,
            placeKey(operation.place),
            operation.clientId,
            operation.hadToken,
            operation.portalBefore.value,
            operation.portalId.value,
            operation.process,
            timeValue(operation.startedAt),
            timeValue(operation.changedAt)};
}

Operation readOperation(const QSqlQuery &row)
{
    using Kind = OperationKind;
    using Step = OperationStep;
    return {.id = {row.value(0).toLongLong()},
            .tenant = {row.value(1).toLongLong()},
            .credential = {row.value(2).toLongLong()},
            .kind = enumFromKey(row.value(3).toString(),
                                {Kind::Create, Kind::Remove, Kind::Disable, Kind::Enable, Kind::Watch},
                                operationKindKey)
                        .value_or(Kind::Create),
            .step = enumFromKey(row.value(4).toString(), {Step::Begun, Step::Made, Step::Hidden, Step::Final},
                                operationStepKey)
                        .value_or(Step::Begun),
            .name = row.value(5).toString(),
            .level = scopeLevelFromName(row.value(6).toString()),
            .note = row.value(7).toString(),
            .place = placeFromKey(row.value(8).toString()),
            .clientId = row.value(9).toString(),
            .hadToken = row.value(10).toBool(),
            .portalBefore = {row.value(11).toLongLong()},
            .portalId = {row.value(12).toLongLong()},
            .process = row.value(13).toLongLong(),
            .startedAt = readTime(row.value(14)),
            .changedAt = readTime(row.value(15))};
}

} // namespace latchkey
