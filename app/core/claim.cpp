// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/claim.h"

namespace latchkey {

using namespace Qt::StringLiterals;

Claim Claim::read(JsonReader &reader)
{
    return {.id = {reader.integer("id"_L1)},
            .name = reader.string("name"_L1, {}),
            .label = reader.string("label"_L1, {}),
            .mapping = reader.string("user_attribute_mappings"_L1, {}),
            .macro = reader.string("user_attribute_macros"_L1, {}),
            .transformations = reader.string("attributes_transformations"_L1, {})};
}

bool Claim::usesMacro() const
{
    return mapping == kMacroMapping;
}

} // namespace latchkey
