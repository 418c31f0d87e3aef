// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/userlogin.h"

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFailuresUntilLocked = 5;
constexpr qint64 kLockedSeconds = 1800;

} // namespace

QString barredBecause(const User &user)
{
    switch (user.status) {
    case UserStatus::Locked:
        return u"User is locked. Access is unauthorized"_s;
    case UserStatus::Suspended:
        return u"User is suspended. Access is unauthorized"_s;
    case UserStatus::PasswordExpired:
        return u"Password expired"_s;
    case UserStatus::Active:
    case UserStatus::PasswordPending:
        break;
    }
    return {};
}

tl::expected<User *, QString> checkPassword(Tenant &tenant, const QString &username, const QString &password)
{
    const auto refused = [](const QString &why) { return tl::unexpected(why); };
    User *user = tenant.directory.userByName(username);
    if (!user)
        return refused(u"Authentication Failed: Invalid user credentials"_s);
    if (user->status == UserStatus::Locked)
        return refused(barredBecause(*user));
    if (user->password.isEmpty())
        return refused(u"Authentication Failed"_s);
    if (user->password != password) {
        noteFailedLogin(tenant, *user);
        return refused(u"Authentication Failed: Invalid user credentials"_s);
    }
    // Only who knows the password learns of the rest.
    if (const QString why = barredBecause(*user); !why.isEmpty())
        return refused(why);
    return user;
}

void noteLogin(const Tenant &tenant, User &user)
{
    user.failedLogins = 0;
    user.lastLogin = tenant.clock.now();
}

void noteFailedLogin(const Tenant &tenant, User &user)
{
    if (++user.failedLogins < kFailuresUntilLocked)
        return;
    user.status = UserStatus::Locked;
    user.lockedUntil = tenant.clock.now().addSecs(kLockedSeconds);
}

} // namespace latchkey::sandbox
