// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/loginreport.h"
#include "cli/profilechoice.h"
#include "cli/verbs.h"
#include "store/loginstore.h"

#include <algorithm>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QJsonObject requestJson(const LoginRequest &request)
{
    return {{u"flow"_s, grantKey(request.grant)},      {u"issuer"_s, request.issuer.toString()},
            {u"app_id"_s, request.clientId},           {u"auth"_s, clientAuthKey(request.auth)},
            {u"username"_s, orNull(request.username)}, {u"scopes"_s, toJson(request.scopes)},
            {u"resource"_s, orNull(request.resource)}};
}

QJsonObject profileJson(const ChosenProfile &chosen)
{
    const LoginProfile &profile = chosen.profile;
    QJsonObject json = requestJson(profile.request);
    json.insert(u"tenant"_s, chosen.tenant.name);
    json.insert(u"name"_s, profile.name);
    json.insert(u"expect"_s, orNull(profile.expectation.text()));
    json.insert(u"keeps_secret"_s, profile.keepsSecret);
    json.insert(u"keeps_password"_s, profile.keepsPassword);
    json.insert(u"keeps_claims"_s, profile.keepsClaims);
    return json;
}

QJsonValue tokenJson(const std::optional<TokenSummary> &token)
{
    if (!token)
        return QJsonValue::Null;
    QJsonObject json{{u"kind"_s, tokenKindKey(token->kind)},
                     {u"size"_s, token->size},
                     {u"ends_at"_s, toJson(token->endsAt)}};
    if (!token->claims.isEmpty())
        json.insert(u"claims"_s, token->claims);
    return json;
}

QJsonObject recordJson(const Tenant &tenant, const LoginRecord &record)
{
    QJsonObject json = requestJson(record.request);
    const QJsonObject tokens{{u"access_token"_s, tokenJson(record.accessToken)},
                             {u"id_token"_s, tokenJson(record.idToken)},
                             {u"refresh_token"_s, tokenJson(record.refreshToken)}};
    json.insert(u"tenant"_s, tenant.name);
    json.insert(u"name"_s, record.name);
    json.insert(u"at"_s, toJson(record.at));
    json.insert(u"duration_ms"_s, static_cast<qint64>(record.duration.count()));
    json.insert(u"ok"_s, record.ok);
    json.insert(u"status"_s, record.httpStatus);
    json.insert(u"error"_s, orNull(record.error));
    json.insert(u"error_description"_s, orNull(record.errorDescription));
    json.insert(u"request_id"_s, orNull(record.requestId));
    json.insert(u"failure"_s, record.failure ? QJsonValue(errorJson(*record.failure)) : QJsonValue::Null);
    json.insert(u"scopes"_s, scopesJson(record.request.scopes, record.grantedScopes, record.scopesInToken));
    json.insert(u"tokens"_s, tokens);
    json.insert(u"met_expectation"_s,
                record.metExpectation ? QJsonValue(*record.metExpectation) : QJsonValue::Null);
    return json;
}

QString resultText(const LoginRecord &record)
{
    if (record.ok)
        return Command::tr("works");
    if (record.failure)
        return record.failure->message;
    return record.errorDescription.isEmpty() ? record.error
                                             : record.error + u": "_s + record.errorDescription;
}

struct TenantRecord
{
    Tenant tenant{};
    LoginRecord record{};
};

/// Of all tenants that are meant, the newest first.
Result<std::vector<TenantRecord>> recordsMeant(Command &command, int limit)
{
    const Result<std::vector<Tenant>> tenants = tenantsMeant(command);
    if (!tenants)
        return fail(tenants.error());
    std::vector<TenantRecord> all;
    for (const Tenant &tenant : *tenants) {
        const Result<std::vector<LoginRecord>> records =
            (*command.workspace())->logins().records(tenant.id, limit);
        if (!records)
            return fail(records.error());
        for (const LoginRecord &record : *records)
            all.push_back({tenant, record});
    }
    std::stable_sort(all.begin(), all.end(), [](const TenantRecord &left, const TenantRecord &right) {
        return left.record.at > right.record.at;
    });
    all.resize(std::min(all.size(), static_cast<size_t>(limit)));
    return all;
}

} // namespace

void loginProfiles(Command &command)
{
    const Result<std::vector<ChosenProfile>> profiles = profilesMeant(command);
    if (!profiles)
        return command.refuse(profiles.error());
    QJsonArray json;
    std::vector<QStringList> rows;
    for (const ChosenProfile &each : *profiles) {
        json.append(profileJson(each));
        const LoginRequest &request = each.profile.request;
        rows.push_back({each.profile.name, each.tenant.name, grantKey(request.grant),
                        request.username.isEmpty() ? request.clientId : request.username,
                        each.profile.expectation.text()});
    }
    command.succeed({{u"profiles"_s, json}},
                    table({Command::tr("NAME"), Command::tr("TENANT"), Command::tr("FLOW"),
                           Command::tr("WHO"), Command::tr("EXPECTED")},
                          rows));
}

void loginHistory(Command &command)
{
    const Result<int> limit = command.number(u"limit"_s, 50, 1, LoginStore::kMostRecords);
    if (!limit)
        return command.refuse(limit.error());
    const Result<std::vector<TenantRecord>> records = recordsMeant(command, *limit);
    if (!records)
        return command.refuse(records.error());
    QJsonArray json;
    std::vector<QStringList> rows;
    for (const auto &[tenant, record] : *records) {
        json.append(recordJson(tenant, record));
        rows.push_back({record.at.toUTC().toString(Qt::ISODate), record.name, tenant.name,
                        grantKey(record.request.grant), resultText(record)});
    }
    command.succeed({{u"runs"_s, json}}, table({Command::tr("AT"), Command::tr("NAME"), Command::tr("TENANT"),
                                                Command::tr("FLOW"), Command::tr("RESULT")},
                                               rows));
}

void loginForget(Command &command)
{
    const Result<std::vector<ChosenProfile>> profiles = profilesMeant(command);
    if (!profiles)
        return command.refuse(profiles.error());
    const Result<ChosenProfile> chosen = profileNamed(*profiles, command.argument(0));
    if (!chosen)
        return command.refuse(chosen.error(), Exit::Usage);
    const QString name = chosen->profile.name;
    command.profiles().remove(chosen->profile, command.expect<void>([&command, name] {
        command.succeed({{u"removed"_s, name}}, Command::tr("%1 is removed.").arg(name) + u'\n');
    }));
}

} // namespace latchkey::cli
