// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/announcement.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kListed = 50;

QString stateKey(const User &user)
{
    switch (user.status) {
    case UserStatus::Suspended:
        return u"suspended"_s;
    case UserStatus::Locked:
        return u"locked"_s;
    case UserStatus::PasswordExpired:
        return u"expired"_s;
    case UserStatus::PasswordPending:
        return u"no_password"_s;
    case UserStatus::Active:
        break;
    }
    if (user.deviceId > 0)
        return u"mfa"_s;
    return user.roles.empty() ? u"unassigned"_s : u"active"_s;
}

QJsonArray credentials(const Directory &directory)
{
    QJsonArray list;
    for (const Pair &pair : directory.pairs) {
        if (list.size() == kListed)
            break;
        list.append(QJsonObject{{u"id"_s, pair.id.value},
                                {u"name"_s, pair.name},
                                {u"scope_level"_s, scopeLevelName(pair.level)},
                                {u"client_id"_s, pair.clientId},
                                {u"client_secret"_s, pair.clientSecret},
                                {u"state"_s, pair.owner ? pairStateKey(pair.state) : u"owner_deleted"_s},
                                {u"note"_s, pair.note}});
    }
    return list;
}

QJsonArray users(const Directory &directory)
{
    QJsonArray list;
    for (const auto &[id, user] : directory.users) {
        if (list.size() == kListed)
            break;
        QJsonObject entry{
            {u"username"_s, user.username}, {u"password"_s, user.password}, {u"state"_s, stateKey(user)}};
        if (user.deviceId > 0)
            entry.insert(u"otp"_s, QString(kDemoOtp));
        list.append(entry);
    }
    return list;
}

QJsonArray apps(const Directory &directory)
{
    QJsonArray list;
    for (const auto &[id, app] : directory.apps) {
        if (list.size() == kListed)
            break;
        if (app.method != AppMethod::OpenIdConnect)
            continue;
        list.append(QJsonObject{{u"app_id"_s, id.value},
                                {u"name"_s, app.name},
                                {u"client_id"_s, app.clientId},
                                {u"client_secret"_s, app.clientSecret},
                                {u"auth"_s, clientAuthKey(app.auth)}});
    }
    return list;
}

QJsonArray servers(const Directory &directory)
{
    QJsonArray list;
    for (const auto &[id, server] : directory.servers) {
        if (list.size() == kListed)
            break;
        list.append(QJsonObject{{u"id"_s, id.value},
                                {u"name"_s, server.name},
                                {u"resource_identifier"_s, server.resourceIdentifier}});
    }
    return list;
}

} // namespace

QByteArray announcement(const Tenant &tenant, const QByteArray &certificate)
{
    QJsonObject line{{u"url"_s, tenant.baseUrl},
                     {u"issuer"_s, tenant.issuer()},
                     {u"credentials"_s, credentials(tenant.directory)},
                     {u"users"_s, users(tenant.directory)},
                     {u"apps"_s, apps(tenant.directory)},
                     {u"servers"_s, servers(tenant.directory)}};
    if (!certificate.isEmpty())
        line.insert(u"certificate"_s, QString::fromLatin1(certificate));
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace latchkey::sandbox
