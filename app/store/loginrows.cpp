// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/loginrows.h"

#include "core/enumkey.h"
#include "store/rows.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Seconds = std::chrono::seconds;

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject parsed(const QVariant &text)
{
    return QJsonDocument::fromJson(text.toString().toUtf8()).object();
}

QStringList strings(const QJsonValue &value)
{
    return value.toVariant().toStringList();
}

QString expectationKey(LoginExpectation::Kind kind)
{
    switch (kind) {
    case LoginExpectation::Kind::None:
        return u"none"_s;
    case LoginExpectation::Kind::Success:
        return u"success"_s;
    case LoginExpectation::Kind::Error:
        return u"error"_s;
    }
    return {};
}

/// Only what is harmless has a value here; `keys` says where in the keychain others are.
QJsonObject requestJson(const LoginRequest &request, const QMap<QString, QString> &keys = {})
{
    QJsonArray parameters;
    for (const auto &[name, value] : withoutSecrets(request).parameters) {
        QJsonArray parameter{name, value};
        if (keys.contains(name))
            parameter.append(keys.value(name));
        parameters.append(parameter);
    }
    QJsonObject endpoints;
    for (const auto &[name, endpoint] : kProviderEndpoints) {
        if (!(request.endpoints.*endpoint).isEmpty())
            endpoints.insert(
                name, (request.endpoints.*endpoint).toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo));
    }
    return {{u"grant"_s, grantKey(request.grant)},
            {u"issuer"_s, request.issuer.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo)},
            {u"client_id"_s, request.clientId},
            {u"auth"_s, clientAuthKey(request.auth)},
            {u"username"_s, request.username},
            {u"scopes"_s, QJsonArray::fromStringList(request.scopes)},
            {u"resource"_s, request.resource},
            {u"parameters"_s, parameters},
            {u"prompt"_s, request.prompt},
            {u"login_hint"_s, request.loginHint},
            {u"acr_values"_s, request.acrValues},
            {u"redirect_port"_s, request.redirectPort},
            {u"endpoints"_s, endpoints}};
}

QMap<QString, QString> readParameterKeys(const QJsonObject &json)
{
    QMap<QString, QString> keys;
    const QJsonArray parameters = json.value("parameters"_L1).toArray();
    for (const QJsonValue parameter : parameters) {
        if (const QString key = parameter.toArray().at(2).toString(); !key.isEmpty())
            keys.insert(parameter.toArray().at(0).toString(), key);
    }
    return keys;
}

LoginRequest readRequest(const QJsonObject &json)
{
    LoginRequest request{
        .grant = grantFromKey(json.value("grant"_L1).toString()).value_or(Grant::ClientCredentials),
        .issuer = QUrl(json.value("issuer"_L1).toString(), QUrl::StrictMode),
        .clientId = json.value("client_id"_L1).toString(),
        .auth =
            enumFromKey(json.value("auth"_L1).toString(), {ClientAuth::Post, ClientAuth::None}, clientAuthKey)
                .value_or(ClientAuth::Basic),
        .username = json.value("username"_L1).toString(),
        .scopes = strings(json.value("scopes"_L1)),
        .resource = json.value("resource"_L1).toString(),
        .prompt = json.value("prompt"_L1).toString(),
        .loginHint = json.value("login_hint"_L1).toString(),
        .acrValues = json.value("acr_values"_L1).toString(),
        .redirectPort = static_cast<quint16>(json.value("redirect_port"_L1).toInt())};
    const QJsonArray parameters = json.value("parameters"_L1).toArray();
    for (const QJsonValue pair : parameters)
        request.parameters.append({pair.toArray().at(0).toString(), pair.toArray().at(1).toString()});
    const QJsonObject endpoints = json.value("endpoints"_L1).toObject();
    for (const auto &[name, endpoint] : kProviderEndpoints)
        request.endpoints.*endpoint = QUrl(endpoints.value(name).toString(), QUrl::StrictMode);
    return request;
}

QJsonValue summaryJson(const std::optional<TokenSummary> &token)
{
    if (!token)
        return QJsonValue::Null;
    QJsonObject json{{u"kind"_s, tokenKindKey(token->kind)}, {u"size"_s, token->size}};
    if (token->expiresIn)
        json.insert(u"expires_in"_s, static_cast<qint64>(token->expiresIn->count()));
    if (token->endsAt.isValid())
        json.insert(u"ends_at"_s, timeValue(token->endsAt).toString());
    return json;
}

std::optional<TokenSummary> readSummary(const QJsonValue &value, const QJsonValue &claims)
{
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject json = value.toObject();
    TokenSummary token{.size = json.value("size"_L1).toInteger(),
                       .endsAt = readTime(json.value("ends_at"_L1).toVariant()),
                       .claims = claims.toObject()};
    token.kind =
        enumFromKey(json.value("kind"_L1).toString(), {TokenKind::Jwt, TokenKind::Encrypted}, tokenKindKey)
            .value_or(TokenKind::Opaque);
    if (json.contains("expires_in"_L1))
        token.expiresIn = Seconds(json.value("expires_in"_L1).toInteger());
    return token;
}

QJsonObject failureJson(const Error &error)
{
    return {{u"kind"_s, kindName(error.kind)}, {u"message"_s, error.message},
            {u"detail"_s, error.detail},       {u"reason"_s, error.reason},
            {u"code"_s, error.code},           {u"vendor_text"_s, error.vendorText}};
}

/// Status and request id are the record's.
std::optional<Error> readFailure(const QJsonValue &value, const LoginRecord &record)
{
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject json = value.toObject();
    return Error{.kind = kindFromName(json.value("kind"_L1).toString()),
                 .message = json.value("message"_L1).toString(),
                 .detail = json.value("detail"_L1).toString(),
                 .reason = json.value("reason"_L1).toString(),
                 .code = json.value("code"_L1).toString(),
                 .vendorText = json.value("vendor_text"_L1).toString(),
                 .httpStatus = record.httpStatus,
                 .requestId = record.requestId};
}

QJsonObject recordJson(const LoginRecord &record)
{
    return {{u"request"_s, requestJson(record.request)},
            {u"duration_ms"_s, static_cast<qint64>(record.duration.count())},
            {u"requests"_s, record.requests},
            {u"ok"_s, record.ok},
            {u"status"_s, record.httpStatus},
            {u"error"_s, record.error},
            {u"error_description"_s, record.errorDescription},
            {u"request_id"_s, record.requestId},
            {u"failure"_s, record.failure ? QJsonValue(failureJson(*record.failure)) : QJsonValue::Null},
            {u"token_type"_s, record.tokenType},
            {u"granted"_s, record.grantedScopes
                               ? QJsonValue(QJsonArray::fromStringList(*record.grantedScopes))
                               : QJsonValue::Null},
            {u"in_token"_s, QJsonArray::fromStringList(record.scopesInToken)},
            {u"access_token"_s, summaryJson(record.accessToken)},
            {u"id_token"_s, summaryJson(record.idToken)},
            {u"refresh_token"_s, summaryJson(record.refreshToken)},
            {u"notes"_s, QJsonArray::fromStringList(record.notes)}};
}

/// NULL where there are none, so that a query can tell.
QVariant claimsValue(const LoginRecord &record)
{
    QJsonObject claims;
    const auto add = [&claims](const QString &name, const std::optional<TokenSummary> &token) {
        if (token && !token->claims.isEmpty())
            claims.insert(name, token->claims);
    };
    add(u"access_token"_s, record.accessToken);
    add(u"id_token"_s, record.idToken);
    add(u"refresh_token"_s, record.refreshToken);
    return claims.isEmpty() ? QVariant() : QVariant(compact(claims));
}

} // namespace

QVariantList profileValues(const LoginProfile &profile)
{
    return {profile.tenant.value,
            profile.name,
            nameKey(profile.name),
            compact(requestJson(profile.request, profile.parameterKeys)),
            expectationKey(profile.expectation.kind),
            profile.expectation.error,
            profile.expectation.description,
            profile.keepsClaims,
            placeKey(profile.place),
            profile.secretKey,
            profile.passwordKey};
}

LoginProfile readProfile(const QSqlQuery &row)
{
    using Kind = LoginExpectation::Kind;
    LoginProfile profile{.id = {row.value(0).toLongLong()},
                         .tenant = {row.value(1).toLongLong()},
                         .name = row.value(2).toString(),
                         .request = readRequest(parsed(row.value(4))),
                         .expectation = {.kind = enumFromKey(row.value(5).toString(),
                                                             {Kind::Success, Kind::Error}, expectationKey)
                                                     .value_or(Kind::None),
                                         .error = row.value(6).toString(),
                                         .description = row.value(7).toString()},
                         .keepsClaims = row.value(8).toBool(),
                         .place = placeFromKey(row.value(9).toString()),
                         .secretKey = row.value(10).toString(),
                         .passwordKey = row.value(11).toString(),
                         .parameterKeys = readParameterKeys(parsed(row.value(4)))};
    profile.keepsSecret = !profile.secretKey.isEmpty();
    profile.keepsPassword = !profile.passwordKey.isEmpty();
    return profile;
}

QVariantList recordValues(const LoginRecord &record)
{
    return {record.tenant.value,
            record.profile.isValid() ? QVariant(record.profile.value) : QVariant(),
            record.name,
            timeValue(record.at),
            record.metExpectation ? QVariant(*record.metExpectation) : QVariant(),
            timeValue(record.tokensEndAt()),
            compact(recordJson(record)),
            claimsValue(record)};
}

LoginRecord readRecord(const QSqlQuery &row)
{
    const QJsonObject json = parsed(row.value(7));
    const QJsonObject claims = parsed(row.value(8));
    LoginRecord record{.id = {row.value(0).toLongLong()},
                       .tenant = {row.value(1).toLongLong()},
                       .profile = {row.value(2).toLongLong()},
                       .name = row.value(3).toString(),
                       .request = readRequest(json.value("request"_L1).toObject()),
                       .at = readTime(row.value(4)),
                       .duration = std::chrono::milliseconds(json.value("duration_ms"_L1).toInteger()),
                       .requests = json.value("requests"_L1).toInt(),
                       .ok = json.value("ok"_L1).toBool(),
                       .httpStatus = json.value("status"_L1).toInt(),
                       .error = json.value("error"_L1).toString(),
                       .errorDescription = json.value("error_description"_L1).toString(),
                       .requestId = json.value("request_id"_L1).toString(),
                       .tokenType = json.value("token_type"_L1).toString(),
                       .scopesInToken = strings(json.value("in_token"_L1)),
                       .notes = strings(json.value("notes"_L1))};
    if (!row.value(5).isNull())
        record.metExpectation = row.value(5).toBool();
    if (json.value("granted"_L1).isArray())
        record.grantedScopes = strings(json.value("granted"_L1));
    record.failure = readFailure(json.value("failure"_L1), record);
    record.accessToken = readSummary(json.value("access_token"_L1), claims.value("access_token"_L1));
    record.idToken = readSummary(json.value("id_token"_L1), claims.value("id_token"_L1));
    record.refreshToken = readSummary(json.value("refresh_token"_L1), claims.value("refresh_token"_L1));
    return record;
}

} // namespace latchkey
