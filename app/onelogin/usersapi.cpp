// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/usersapi.h"

#include "onelogin/apiclient.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLocked = 3;
constexpr int kApproved = 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("UsersApi", text);
}

QDateTime optionalTime(JsonReader &reader, QLatin1StringView name)
{
    return reader.has(name) ? reader.dateTime(name) : QDateTime();
}

QString timeText(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}

QString statusText(const DirectoryUser &user)
{
    switch (user.status) {
    case 0:
        return tr("%1 is not activated yet.");
    case 1:
        return tr("%1 is active.");
    case 2:
        return tr("%1 is suspended.");
    case kLocked:
        return user.lockedUntil.isValid()
                   ? tr("%1 is locked until %2.").arg(u"%1"_s, timeText(user.lockedUntil))
                   : tr("%1 is locked.");
    case 4:
        return tr("%1 is active, but the password has expired.");
    case 5:
        return tr("%1 has to reset the password.");
    case 7:
        return tr("%1 has no password yet.");
    case 8:
        return tr("%1 has to answer the security questions.");
    default:
        return tr("%1 has a status that is not documented: %2.").arg(u"%1"_s, QString::number(user.status));
    }
}

QString stateText(int state)
{
    switch (state) {
    case 0:
        return tr("The account is not approved.");
    case 2:
        return tr("The account was rejected.");
    case 3:
        return tr("The account has no licence.");
    default:
        return {};
    }
}

} // namespace

DirectoryUser DirectoryUser::read(JsonReader &reader)
{
    DirectoryUser user;
    user.username = reader.string("username"_L1, {});
    user.email = reader.string("email"_L1, {});
    user.status = static_cast<int>(reader.integer("status"_L1, -1));
    user.state = static_cast<int>(reader.integer("state"_L1, kApproved));
    user.lockedUntil = optionalTime(reader, "locked_until"_L1);
    user.failedLogins = static_cast<int>(reader.integer("invalid_login_attempts"_L1, 0));
    user.passwordChangedAt = optionalTime(reader, "password_changed_at"_L1);
    user.lastLogin = optionalTime(reader, "last_login"_L1);
    return user;
}

void UsersApi::find(const QString &name, Continuation<std::optional<DirectoryUser>> continuation) const
{
    const bool isAddress = name.contains(u'@');
    m_api->get(
        u"/api/2/users"_s, {{isAddress ? u"email"_s : u"username"_s, name}},
        after<QJsonValue>(continuation, [continuation, name, isAddress](const QJsonValue &json) {
            const auto users = readJsonArray<DirectoryUser>(json, &DirectoryUser::read);
            if (!users)
                return continuation(tl::unexpected(users.error()));
            // The tenant may take the name for a pattern.
            const auto found = std::find_if(users->begin(), users->end(), [&](const DirectoryUser &user) {
                return (isAddress ? user.email : user.username).compare(name, Qt::CaseInsensitive) == 0;
            });
            continuation(found == users->end() ? std::nullopt : std::optional(*found));
        }));
}

QString describeUser(const DirectoryUser &user)
{
    QStringList sentences{statusText(user).arg(user.username), stateText(user.state)};
    if (user.failedLogins > 0)
        sentences.append(tr("Logins that failed since the last one that worked: %1.").arg(user.failedLogins));
    if (user.passwordChangedAt.isValid())
        sentences.append(tr("The password was set on %1.").arg(timeText(user.passwordChangedAt)));
    if (user.lastLogin.isValid())
        sentences.append(tr("The last login was on %1.").arg(timeText(user.lastLogin)));
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

} // namespace latchkey
