// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "net/continuation.h"

#include <QDateTime>

#include <optional>

namespace latchkey {

class ApiClient;

/// A user as far as it decides whether a login works.
struct DirectoryUser
{
    QString username{};
    QString email{};
    int status = -1; ///< 1 active, 2 suspended, 3 locked, 4 password expired, …
    int state = -1;  ///< 1 approved, 0 unapproved, 2 rejected, 3 unlicensed
    QDateTime lockedUntil{};
    int failedLogins = 0; ///< since the last one that worked
    QDateTime passwordChangedAt{};
    QDateTime lastLogin{};

    static DirectoryUser read(JsonReader &reader);
};

/// The users of a tenant, /api/2/users: read only.
class UsersApi
{
public:
    explicit UsersApi(ApiClient &api)
        : m_api(&api)
    {
    }

    /// By user name, or by email address where the name has an @. None: the tenant has no such user.
    void find(const QString &name, Continuation<std::optional<DirectoryUser>> continuation) const;

private:
    ApiClient *m_api;
};

/// "jdoe.test is locked until 14:30. Logins that failed since the last one that worked: 5." Times are local.
QString describeUser(const DirectoryUser &user);

} // namespace latchkey
