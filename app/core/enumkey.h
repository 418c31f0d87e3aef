// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <initializer_list>
#include <optional>

namespace latchkey {

/// The value among these whose stable name this is; none: a newer version or a person wrote another.
template<typename Enum, typename KeyOf>
std::optional<Enum> enumFromKey(QStringView key, std::initializer_list<Enum> values, KeyOf keyOf)
{
    for (const Enum value : values) {
        if (key == keyOf(value))
            return value;
    }
    return std::nullopt;
}

} // namespace latchkey
