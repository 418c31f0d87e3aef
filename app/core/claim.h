// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"
#include "core/json.h"

namespace latchkey {

using ClaimId = Id<struct ClaimIdTag>; ///< `id` of a claim of an authorization server

/// A claim that an authorization server puts into its access tokens. Of every text null and empty are
/// the same here: the tenant gives null for what was never set.
struct Claim
{
    ClaimId id{};
    QString name{};
    QString label{};           ///< read only
    QString mapping{};         ///< `user_attribute_mappings`: where the value comes from
    QString macro{};           ///< `user_attribute_macros`, where the mapping is `_macro_`
    QString transformations{}; ///< `attributes_transformations`

    static Claim read(JsonReader &reader);
    /// The name, or the label of a claim without one.
    QString title() const { return name.isEmpty() ? label : name; }
    bool usesMacro() const;
};

/// The mapping that turns the macro on.
inline constexpr auto kMacroMapping = QLatin1StringView("_macro_");

} // namespace latchkey
