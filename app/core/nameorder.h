// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

#include <algorithm>
#include <vector>

namespace latchkey {

/// How a person sorts names: without regard to case, and numbers by their value. Negative, 0 or positive.
int compareNames(const QString &left, const QString &right);

/// Records that have a name, in that order.
template<typename Record>
Result<std::vector<Record>> sortedByName(Result<std::vector<Record>> records)
{
    if (records) {
        std::sort(records->begin(), records->end(), [](const Record &left, const Record &right) {
            return compareNames(left.name, right.name) < 0;
        });
    }
    return records;
}

} // namespace latchkey
