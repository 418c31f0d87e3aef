// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <optional>

namespace latchkey {

/// What the tokens of an API credential may call; the five levels of the vendor's page
/// "Working with API Credentials".
enum class ScopeLevel { AuthenticationOnly, ReadUsers, ManageUsers, ReadAll, ManageAll };

inline constexpr std::array kScopeLevels{ScopeLevel::AuthenticationOnly, ScopeLevel::ReadUsers,
                                         ScopeLevel::ManageUsers, ScopeLevel::ReadAll, ScopeLevel::ManageAll};

/// The vendor's words: "Authentication Only", "Read Users", "Manage users", "Read All", "Manage All".
QString scopeLevelName(ScopeLevel level);
/// One plain sentence on what the level may call. Translated.
QString scopeLevelMeaning(ScopeLevel level);
/// Case, spaces, hyphens and underscores do not matter.
std::optional<ScopeLevel> scopeLevelFromName(QStringView name);

} // namespace latchkey
