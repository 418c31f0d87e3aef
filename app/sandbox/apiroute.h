// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/message.h"
#include "sandbox/tenant.h"

#include <initializer_list>
#include <vector>

namespace latchkey::sandbox {

/// One request to the management API whose caller was found to be allowed.
struct ApiCall
{
    const Request &request;
    ScopeLevel level = ScopeLevel::AuthenticationOnly; ///< of the caller
    std::vector<qint64> ids{};                         ///< the numbers in the path, from left to right
};

/// A set of scope levels.
class Levels
{
public:
    constexpr Levels(std::initializer_list<ScopeLevel> levels)
    {
        for (ScopeLevel level : levels)
            m_bits |= bit(level);
    }
    constexpr bool contain(ScopeLevel level) const { return (m_bits & bit(level)) != 0; }

private:
    static constexpr unsigned bit(ScopeLevel level) { return 1U << static_cast<unsigned>(level); }
    unsigned m_bits = 0;
};

inline constexpr Levels kManage{ScopeLevel::ManageAll};
inline constexpr Levels kReadAny{ScopeLevel::ReadAll, ScopeLevel::ManageAll};
inline constexpr Levels kReadUsers{ScopeLevel::ReadUsers, ScopeLevel::ManageUsers, ScopeLevel::ReadAll,
                                   ScopeLevel::ManageAll};

inline constexpr Levels kSignIn{ScopeLevel::AuthenticationOnly, ScopeLevel::ManageUsers,
                                ScopeLevel::ManageAll};
inline constexpr Levels kManageUsers{ScopeLevel::ManageUsers, ScopeLevel::ManageAll};

/// One line of the management API: a method, a path and who may call it.
struct ApiRoute
{
    QByteArrayView method;
    QLatin1StringView path; ///< an asterisk stands for a number
    Levels levels;
    Levels strictLevels; ///< what counts with --strict
    Response (*answer)(Tenant &, const ApiCall &);
};

std::vector<ApiRoute> apiAuthRoutes();
std::vector<ApiRoute> clientAppRoutes();
std::vector<ApiRoute> appRoutes();
std::vector<ApiRoute> userRoutes();
std::vector<ApiRoute> loginRoutes();

/// Who a user is, as lists beside that of the users say it.
QJsonObject userSummary(const User &user);

Response notFound();
/// 422 with `Validation failed: ` before the text.
Response invalid(const QString &what);
/// An error as the version of the API that was called words it.
Response versionedError(const Request &request, int status, const QString &message);
/// The refusal of a token, or of a level that does not suffice.
Response unauthorized(const Request &request);

} // namespace latchkey::sandbox
